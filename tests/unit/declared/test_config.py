"""stackmap.yaml: what it says, what it may never say, and where its secrets come from."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from stackmap.declared import (
    ConnectorConfig,
    SecretResolver,
    check_settings,
    parse_config,
    parse_reference,
    read_private_file,
    resolve_settings,
    run_command,
)
from stackmap.errors import ConfigError


@dataclass(frozen=True)
class Declared:
    """A connector's declaration of a setting."""

    name: str
    secret: bool = False
    required: bool = True
    default: str = ""


KNOWN = (Declared("tenant", required=False, default="main"), Declared("api_key", secret=True))


def connector(text: str) -> ConnectorConfig:
    """The only connector of a file with these lines below `connectors:`."""
    (found,) = parse_config(f"connectors:\n{text}").connectors
    return found


def resolver(**environment: str) -> SecretResolver:
    """A resolver with some variables, one keyring entry, one file and one command."""
    entries = {("stackmap", "n8n"): "from-keyring"}

    def run(words: Sequence[str]) -> str:
        if words[0] == "json":
            return '{"result": {"accessToken": "from-json"}, "keys": ["first", "second"], "number": 7}'
        return "+".join(words) + "\n"

    return SecretResolver(environment, lambda *entry: entries.get(entry), lambda path: f"in {path.name}\n", run)


def test_a_connector_is_read_with_its_settings() -> None:
    config = parse_config("connectors:\n  emea:\n    connector: n8n\n    tenant: 4711\nsettings:\n  quota_floor: 0.5\n")
    (found,) = config.connectors
    assert (found.name, found.connector, dict(found.settings)) == ("emea", "n8n", {"tenant": "4711"})
    assert config.settings.quota_floor == 0.5


def test_a_connector_without_settings_is_named_for_its_key() -> None:
    assert connector("  n8n:\n").connector == "n8n"


def test_an_empty_file_names_nothing() -> None:
    assert parse_config("").connectors == ()


def test_an_unknown_section_is_named_with_the_nearest() -> None:
    with pytest.raises(ConfigError, match=r"stackmap.yaml, line 1, column 1: .*did you mean 'connectors'\?"):
        parse_config("conectors: {}\n")


def test_an_unknown_setting_is_named_with_the_nearest() -> None:
    with pytest.raises(ConfigError, match=r"line 4, column 5: unknown key 'tenat' .*did you mean 'tenant'\?"):
        check_settings(connector("  n8n:\n    api_key: env:K\n    tenat: x\n"), KNOWN)


def test_a_missing_setting_says_how_to_refer_to_it() -> None:
    with pytest.raises(ConfigError, match=r"line 2, column 3: .*needs the key 'api_key' .*env:API_KEY"):
        check_settings(connector("  n8n:\n    tenant: x\n"), KNOWN)


@pytest.mark.parametrize("literal", ["s3cr3t-value", "keyring:s3cr3t-value", "command:s3cr3t-value", "env:"])
def test_a_literal_secret_is_an_error_that_does_not_repeat_it(literal: str) -> None:
    with pytest.raises(ConfigError) as caught:
        check_settings(connector(f'  n8n:\n    api_key: "{literal}"\n'), KNOWN)
    assert "line 3" in str(caught.value)
    assert "s3cr3t" not in str(caught.value)


def test_settings_do_not_show_in_a_repr() -> None:
    assert "s3cr3t" not in repr(connector("  n8n:\n    api_key: s3cr3t\n"))


BASE_URLS = {
    "https://eu.example.test": "",
    "http://127.0.0.1:5678": "",
    "http://localhost:5678": "",
    "http://[::1]:5678": "",
    "http://example.test": "plain http only to this machine",
    "http://127.0.0.1.example.test": "plain http only to this machine",
    "https://user:s3cr3t@example.test": "no user and password",
    "ftp://example.test": "no URL",
    "example.test": "no URL",
    "https://[bad": "no URL",
}


@pytest.mark.parametrize(("url", "says"), BASE_URLS.items(), ids=BASE_URLS)
def test_plain_http_leads_to_this_machine_only(url: str, says: str) -> None:
    config = connector(f'  n8n:\n    api_key: env:K\n    base_url: "{url}"\n')
    if not says:
        check_settings(config, KNOWN)
        return
    with pytest.raises(ConfigError, match=says) as caught:
        check_settings(config, KNOWN)
    assert "s3cr3t" not in str(caught.value)


REFERENCES = {
    "env:K": "from-env",
    "keyring:stackmap/n8n": "from-keyring",
    "file:/run/key": "in key",
    'command:["sf", "org token"]': "sf+org token",
    'command:["json", "#"]#result.accessToken': "from-json",
    'command:["json"]#keys.1': "second",
}


@pytest.mark.parametrize(("written", "secret"), REFERENCES.items(), ids=REFERENCES)
def test_a_reference_is_looked_up_where_it_points(written: str, secret: str) -> None:
    config = ConnectorConfig("n8n", "n8n", {"api_key": written})
    assert resolve_settings(config, KNOWN, resolver(K="from-env")) == {"tenant": "main", "api_key": secret}


@pytest.mark.parametrize("written", ["env:MISSING", "keyring:stackmap/nobody", "env:EMPTY"])
def test_a_reference_that_leads_nowhere_is_named(written: str) -> None:
    with pytest.raises(ConfigError, match=written):
        resolve_settings(ConnectorConfig("n8n", "n8n", {"api_key": written}), KNOWN, resolver(EMPTY=" "))


def test_a_base_url_from_the_environment_is_held_to_the_same_rules() -> None:
    config = ConnectorConfig("n8n", "n8n", {"api_key": "env:K", "base_url": "env:URL"})
    with pytest.raises(ConfigError, match="plain http only"):
        resolve_settings(config, KNOWN, resolver(K="k", URL="http://example.test"))


def test_a_text_with_a_colon_is_no_reference() -> None:
    assert parse_reference("https://example.test") is None


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ('command:["json"]#result', "no text at result"),
        ('command:["json"]#result.accessToken.x', "no text at"),
        ('command:["json"]#keys.7', "no text at"),
        ('command:["json"]#number', "no text at"),
        ('command:["sf", "x"]#result', "printed no JSON"),
    ],
)
def test_a_place_that_the_printed_json_lacks_is_named_and_nothing_of_the_output(written: str, says: str) -> None:
    with pytest.raises(ConfigError, match=says) as caught:
        resolve_settings(ConnectorConfig("n8n", "n8n", {"api_key": written}), KNOWN, resolver())
    assert "command:" in str(caught.value)
    for printed in ("from-json", "second", "sf+x"):
        assert printed not in str(caught.value)
        assert printed not in str(caught.value.__cause__)


@pytest.mark.parametrize("rest", ["#", "#a..b", "#a.", " #a", "x"])
def test_what_stands_behind_a_command_is_a_place_or_nothing(rest: str) -> None:
    with pytest.raises(ValueError, match="a place in the JSON"):
        parse_reference(f'command:["sf"]{rest}')


def test_a_command_with_a_place_survives_stackmap_yaml() -> None:
    entry = connector("""  n8n:\n    api_key: 'command:["sf", "a b", "#x"]#result.token'\n""")
    reference = parse_reference(entry.settings["api_key"])
    assert reference is not None
    assert (reference.arguments, reference.within) == (("sf", "a b", "#x"), ("result", "token"))
    assert str(reference) == "command:sf"


HTTPS = {"base_url": "https://n8n.example.test", "api_key": "env:K"}


def test_every_connector_takes_a_file_of_authorities(tmp_path: Path) -> None:
    authority = tmp_path / "ca.pem"
    authority.write_text("-----BEGIN CERTIFICATE-----\n")
    config = ConnectorConfig("n8n", "n8n", {**HTTPS, "ca_file": str(authority)})
    assert resolve_settings(config, KNOWN, resolver(K="k"))["ca_file"] == str(authority)


def test_a_file_of_authorities_that_is_none_is_a_mistake_of_its_line(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("dear diary")
    for path, says in (
        ("nothing.pem", "there is no such file"),
        (".", "no such file"),
        ("notes.txt", "no certificate"),
    ):
        entry = connector(f'  n8n:\n    api_key: env:K\n    ca_file: "{tmp_path / path}"\n')
        with pytest.raises(ConfigError, match=rf"line 4, column 14: ca_file: .*{says}"):
            resolve_settings(entry, KNOWN, resolver(K="k"))


def test_plain_http_needs_no_authorities() -> None:
    config = ConnectorConfig("n8n", "n8n", {**HTTPS, "base_url": "http://127.0.0.1:1", "ca_file": "ca.pem"})
    with pytest.raises(ConfigError, match="only https asks for certificates"):
        resolve_settings(config, KNOWN, resolver(K="k"))


def test_a_file_that_others_can_read_is_refused(tmp_path: Path) -> None:
    secret = tmp_path / "key"
    secret.write_text("s3cr3t\n")
    secret.chmod(0o600)
    assert read_private_file(secret) == "s3cr3t\n"
    for mode in (0o640, 0o604, 0o660):
        secret.chmod(mode)
        with pytest.raises(ConfigError, match="chmod 600"):
            read_private_file(secret)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read"):
        read_private_file(tmp_path / "nothing")


def test_a_command_runs_without_a_shell() -> None:
    assert run_command(["printf", "%s", "$HOME;x"]) == "$HOME;x"


def test_a_command_that_fails_does_not_show_its_output() -> None:
    with pytest.raises(ConfigError, match="exit code 3") as caught:
        run_command(["sh", "-c", "echo s3cr3t; exit 3"])
    assert "s3cr3t" not in str(caught.value)


def test_a_command_that_does_not_exist_is_named() -> None:
    with pytest.raises(ConfigError, match="no-such-program-here"):
        run_command(["no-such-program-here"])


def test_what_stands_after_a_colon_without_a_blank_is_not_repeated() -> None:
    with pytest.raises(ConfigError) as caught:
        parse_config('connectors:\n  n8n: {"api_key:s3cr3t": x}\n')
    assert "api_key: a blank is missing after the colon" in str(caught.value)
    assert "s3cr3t" not in str(caught.value)


def test_an_anchor_merged_into_itself_is_a_mistake_of_the_file() -> None:
    with pytest.raises(ConfigError, match="merged into itself"):
        parse_config("connectors: &a {<<: [*a, *a]}\n")
