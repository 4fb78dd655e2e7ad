"""The sandbox as a reader uses it: start it, paste what it says, read, ask; and end it."""

from __future__ import annotations

import re
import shlex
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from connectors.n8n import CONNECTOR
from stackmap.app.serving import FIRST_PORT, made_certificate, ports_of, serve_company
from stackmap.declared import parse_config
from stackmap.errors import UsageError
from stackmap.render.serving import Served, serving_text
from stackmap.sdk import Client, Get, api_key, serve
from tests.functional.cli import inside

LAST_LINE = " leave "


@dataclass
class Running:
    """A sandbox in a process of its own, and what it has said."""

    process: subprocess.Popen[str]
    text: str

    @property
    def secrets(self) -> dict[str, str]:
        pairs = (line.partition("=") for line in re.findall(r"^export (.*)$", self.text, re.MULTILINE))
        return {name: shlex.split(value)[0] for name, _, value in pairs if name != "SSL_CERT_FILE"}

    @property
    def settings(self) -> str:
        return self.text[self.text.index("\nconnectors:") : self.text.index("\n\n3. ")] + "\n"

    def end(self, how: signal.Signals) -> tuple[int, str]:
        self.process.send_signal(how)
        _, notes = self.process.communicate(timeout=20)
        return self.process.returncode, notes


@contextmanager
def sandbox(*options: str | Path) -> Iterator[Running]:
    command = [sys.executable, "-m", "stackmap", "sandbox", "--port", "0", *map(str, options)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        said = ""
        for line in process.stdout:
            said += line
            if LAST_LINE in line:
                break
        try:
            yield Running(process, said)
        finally:
            process.kill()


def test_what_it_says_leads_to_an_answer_over_https_and_sigterm_ends_it_with_nothing_left(tmp_path: Path) -> None:
    with sandbox("--tls") as running:
        assert inside("init", "--yes", cwd=tmp_path).code == 0
        config = tmp_path / "stackmap.yaml"
        config.write_text(config.read_text(encoding="utf-8") + running.settings, encoding="utf-8")
        collected = inside("collect", cwd=tmp_path, env=running.secrets)
        assert collected.code == 0, collected.notes
        (ca_file,) = set(re.findall(r'ca_file: "(.*)"', running.settings))
        assert Path(ca_file).stat().st_mode & 0o077 == 0
        assert running.end(signal.SIGTERM) == (0, "stopped serving\n")
        assert not Path(ca_file).parent.exists()
    answer = inside("leave", "Dana Okafor", cwd=tmp_path)
    assert answer.code == 0, answer.notes
    assert "STOPS" in answer.out


def test_ctrl_c_is_how_it_is_meant_to_end_and_the_authority_stays_where_told(tmp_path: Path) -> None:
    ca_file = tmp_path / "my ca.pem"
    with sandbox("--tls", "--ca-file", ca_file, "--only", "n8n") as running:
        assert f"export SSL_CERT_FILE='{ca_file}'" in running.text
        assert running.end(signal.SIGINT) == (0, "stopped serving\n")
    assert "PRIVATE" not in ca_file.read_text()
    assert [path.name for path in tmp_path.iterdir()] == ["my ca.pem"]


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("--only", "nobody"), "no connector nobody has a share in the made-up company; there are"),
        (("--ca-file", "ca.pem"), "add --tls"),
        (("--tls", "--ca-file", "no/such/folder/ca.pem"), "cannot be written"),
    ],
)
def test_a_wrong_option_is_explained(tmp_path: Path, options: Sequence[str], says: str) -> None:
    done = inside("sandbox", *options, cwd=tmp_path)
    assert done.code == 2
    assert says in done.notes


def test_a_taken_port_is_named_with_the_way_out(tmp_path: Path) -> None:
    with serve(lambda request: pytest.fail("nobody asks")) as url:
        done = inside("sandbox", "--only", "n8n", "--port", url.rpartition(":")[2], cwd=tmp_path)
    assert done.code == 2
    assert "is taken" in done.notes
    assert "--port" in done.notes


def test_without_the_library_for_certificates_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "trustme", None)
    with pytest.raises(UsageError, match=re.escape('pip install "stackmap[tls]"')), made_certificate():
        pass


def test_a_port_beyond_the_last_is_refused() -> None:
    with pytest.raises(UsageError, match="no port 65536"), serve_company({"n8n": CONNECTOR}, (), 65_536):
        pass


def test_ports_follow_the_order_of_names() -> None:
    assert ports_of(["a", "b", "c"], ["c"], None) == {"c": FIRST_PORT + 2}
    assert ports_of(["a", "b", "c"], ["b", "c"], 9000) == {"b": 9000, "c": 9001}
    assert ports_of(["a", "b"], ["a", "b"], 0) == {"a": 0, "b": 0}


def test_every_connector_with_a_share_has_an_address_settings_and_secrets_of_its_own() -> None:
    connectors = {name: replace(CONNECTOR, name=name, title=name.upper()) for name in ("one", "two")}
    connectors["bare"] = replace(CONNECTOR, name="bare", demo="")
    with serve_company(connectors, (), 0) as served:
        text = serving_text(served, "Dana")
        for one in served:
            (variable, key), *_ = one.secrets.items()
            with Client(one.address, api_key("X-N8N-API-KEY", key), per_second=100_000) as asked:
                assert asked.send(Get("/api/v1/users")).status == 200
            assert f"export {variable}={key}" in text
    assert len({one.address for one in served}) == 2
    assert [entry.name for entry in parse_config(text[text.index("connectors:") : text.index("3. ")]).connectors] == [
        "one",
        "two",
    ]


def test_a_secret_with_blanks_survives_the_shell_and_shows_in_no_repr() -> None:
    served = Served("n8n", "n8n", "http://127.0.0.1:1", ("  n8n:",), {"N8N_API_KEY": "it's two words"})
    (line,) = [line for line in serving_text([served], "Dana").splitlines() if line.startswith("export")]
    assert shlex.split(line) == ["export", "N8N_API_KEY=it's two words"]
    assert "two words" not in repr(served)
    assert "\n  n8n:\n" in serving_text([served], "Dana")


def test_a_certificate_takes_no_other_files_place(tmp_path: Path) -> None:
    mine = tmp_path / "mine.txt"
    mine.write_text("keep\n", encoding="utf-8")
    done = inside("sandbox", "--tls", "--ca-file", mine, "--port", "0", cwd=tmp_path)
    assert done.code == 2
    assert mine.read_text(encoding="utf-8") == "keep\n"
