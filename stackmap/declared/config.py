"""`stackmap.yaml`: which connectors to read, with which settings. Secrets are only ever references."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, ClassVar, Protocol
from urllib.parse import urlsplit

from pydantic import Field

from stackmap.declared.forms import Form, Text
from stackmap.declared.secrets import SecretResolver, parse_reference
from stackmap.declared.written import Place, Problem, complain, nearest, read_text
from stackmap.declared.yaml_source import YamlSource, parse_yaml

__all__ = [
    "Config",
    "ConfigForm",
    "ConnectorConfig",
    "SettingLike",
    "WorkspaceSettings",
    "check_settings",
    "load_config",
    "parse_config",
    "resolve_settings",
    "told_settings",
]

BASE_URL = "base_url"
CA_FILE = "ca_file"
_MOST_BYTES = 10_000_000
_CONNECTOR = "connector"
_TOP = Place(1)


class SettingsForm(Form):
    """`settings:` of stackmap.yaml."""

    called: ClassVar[str] = "the settings"

    quota_floor: Annotated[float, Field(ge=0, le=1)] = 0.3


class ConfigForm(Form):
    """The whole of stackmap.yaml. A connector's own settings are checked against the connector."""

    connectors: dict[Text, dict[str, Text] | None] = Field(default_factory=dict)
    settings: SettingsForm | None = None


class SettingLike(Protocol):
    """What is asked of a connector's declaration of one setting."""

    @property
    def name(self) -> str: ...

    @property
    def secret(self) -> bool: ...

    @property
    def required(self) -> bool: ...

    @property
    def default(self) -> str: ...


@dataclass(frozen=True, slots=True)
class WorkspaceSettings:
    """`quota_floor`: the share of a vendor's daily quota that is always left (0 to 1)."""

    quota_floor: float = 0.3


@dataclass(frozen=True, slots=True)
class ConnectorConfig:
    """One entry below `connectors:`. `name` names the source; `connector` says which connector reads it.

    `settings` are as written: secrets are still references.
    """

    name: str
    connector: str
    settings: Mapping[str, str] = field(repr=False)
    file: str = "stackmap.yaml"
    place: Place = _TOP
    places: Mapping[str, Place] = field(default_factory=dict, repr=False)

    def problem(self, setting: str, says: str) -> Problem:
        """A mistake at one of its settings, or at the entry where that setting is not written."""
        return Problem(self.places.get(setting, self.place), says)


@dataclass(frozen=True, slots=True)
class Config:
    """The whole of stackmap.yaml, in the order of the file."""

    connectors: tuple[ConnectorConfig, ...] = ()
    settings: WorkspaceSettings = WorkspaceSettings()


def told_settings(entry: ConnectorConfig | None, declared: Iterable[SettingLike]) -> dict[str, str]:
    """An entry's settings that are no secrets, with the defaults of those that it does not give; None for no entry."""
    given = entry.settings if entry else {}
    defaults = {one.name: one.default for one in declared if one.default and one.name not in given}
    return defaults | {name: value for name, value in given.items() if parse_reference(value) is None}


def load_config(path: Path) -> Config:
    """Read stackmap.yaml. Raises ConfigError listing every mistake with line and column."""
    return parse_config(read_text(path), path.name)


def parse_config(text: str, name: str = "stackmap.yaml") -> Config:
    """As `load_config`, from text."""
    source = parse_yaml(text, name)
    _refuse_missing_blanks(source)
    _refuse_exact_times(source)
    form = source.form(ConfigForm)
    connectors = tuple(_connector(source, key, below or {}) for key, below in form.connectors.items())
    settings = form.settings or SettingsForm()
    return Config(connectors, WorkspaceSettings(settings.quota_floor))


def _refuse_missing_blanks(source: YamlSource) -> None:
    """`key:value` is one word to YAML; what stands after the colon may be a secret and is not repeated."""
    wrong = [path for path in source.paths() if path[0] == "connectors" and ":" in str(path[-1])]
    if wrong:
        says = "a blank is missing after the colon"
        raise complain(
            source.name, [Problem(source.key(*path), f"{str(path[-1]).partition(':')[0]}: {says}") for path in wrong]
        )


def _refuse_exact_times(source: YamlSource) -> None:
    """A setting of earlier versions, by which nothing was ever kept."""
    path = ("settings", "exact_login_times")
    if path in source.paths():
        says = (
            "exact_login_times is no setting any more: when somebody last signed in is never kept, only whether that "
            "was within 30, 90 and 180 days; take this line out"
        )
        raise complain(source.name, [Problem(source.key(*path), says)])


def _connector(source: YamlSource, key: str, below: Mapping[str, str]) -> ConnectorConfig:
    settings = {name: value for name, value in below.items() if name != _CONNECTOR}
    places = {name: source.value("connectors", key, name) for name in below}
    places |= {f"{name}:": source.key("connectors", key, name) for name in below}
    place = source.key("connectors", key)
    return ConnectorConfig(key, below.get(_CONNECTOR, key), settings, source.name, place, places)


def check_settings(config: ConnectorConfig, known: Sequence[SettingLike]) -> None:
    """Hold an entry against what its connector declares.

    Raises ConfigError listing unknown and missing settings, literals where a secret's reference belongs (the literal
    is not repeated), and base URLs that would send a secret in clear.
    """
    problems = [*_unknown(config, known), *_missing(config, known), *_values(config, known)]
    if problems:
        raise complain(config.file, problems)


def _unknown(config: ConnectorConfig, known: Sequence[SettingLike]) -> Iterator[Problem]:
    allowed = {setting.name for setting in known} | {BASE_URL, CA_FILE}
    for name in config.settings:
        if name not in allowed:
            near = nearest(name, allowed | {_CONNECTOR})
            yield config.problem(f"{name}:", f"unknown key {name!r} in connector {config.name!r}{near}")


def _missing(config: ConnectorConfig, known: Sequence[SettingLike]) -> Iterator[Problem]:
    for setting in known:
        if setting.required and not setting.default and setting.name not in config.settings:
            hint = f" (a reference such as env:{setting.name.upper()})" if setting.secret else ""
            yield config.problem("", f"connector {config.name!r} needs the key {setting.name!r}{hint}")


def _values(config: ConnectorConfig, known: Sequence[SettingLike]) -> Iterator[Problem]:
    secret = {setting.name for setting in known if setting.secret}
    for name, value in config.settings.items():
        try:
            reference = parse_reference(value)
        except ValueError as error:
            yield config.problem(name, f"{name}: {error}")
            continue
        if reference is None and name in secret:
            yield config.problem(name, f"{name} is a secret: {_REFER}")
        if reference is None and name == BASE_URL and (says := _url_problem(value)):
            yield config.problem(name, f"{name}: {says}")


_REFER = "refer to it as env:NAME, keyring:SERVICE/USER, file:PATH or command:[...], never write it here"


def _url_problem(url: str) -> str:
    """What is wrong with a base URL, or ""."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return "this is no URL"
    if parts.scheme not in {"http", "https"} or not host:
        return "this is no URL; it starts with https:// and names a host"
    if parts.username is not None or parts.password is not None:
        return "a URL holds no user and password here"
    if parts.scheme == "http" and not _loopback(host):
        return "plain http only to this machine (127.0.0.1); use https"
    return ""


def _loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _ca_problem(values: Mapping[str, str]) -> str:
    """What is wrong with a file of certificate authorities, or ""."""
    if urlsplit(values.get(BASE_URL, "")).scheme == "http":
        return "only https asks for certificates, and base_url is plain http; leave it out"
    try:
        path = Path(values[CA_FILE]).expanduser()
        if not path.is_file():
            return "there is no such file"
        with path.open("rb") as file:
            found = b"-----BEGIN" in file.read(_MOST_BYTES)
    except (OSError, RuntimeError, ValueError) as error:
        return f"this file cannot be read ({getattr(error, 'strerror', None) or type(error).__name__})"
    return "" if found else "this file holds no certificate in PEM form"


def resolve_settings(
    config: ConnectorConfig, known: Sequence[SettingLike], resolver: SecretResolver
) -> Mapping[str, str]:
    """Every setting with its value: defaults filled in, references looked up. Never print the result.

    Raises ConfigError as `check_settings` does, and where a reference leads nowhere.
    """
    check_settings(config, known)
    values = {setting.name: setting.default for setting in known if setting.default}
    for name, written in config.settings.items():
        reference = parse_reference(written)
        values[name] = written if reference is None else resolver.resolve(reference)
    if BASE_URL in values and (says := _url_problem(values[BASE_URL])):
        raise complain(config.file, [config.problem(BASE_URL, f"{BASE_URL}: {says}")])
    if CA_FILE in values and (says := _ca_problem(values)):
        raise complain(config.file, [config.problem(CA_FILE, f"{CA_FILE}: {says}")])
    return values
