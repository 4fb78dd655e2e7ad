"""Settings of one connector, checked and complete, that never show a secret."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches

from stackmap.errors import ConfigError
from stackmap.sdk.connector import Connector, Setting

__all__ = ["COMMON", "ResolvedSettings", "resolve_settings"]

COMMON = (
    Setting(
        "ca_file",
        "a file of certificate authorities (PEM) to trust beside the usual ones: for an address with one of your own",
        required=False,
    ),
)
"""What every connector takes without declaring it."""


class ResolvedSettings(Mapping[str, str]):
    """Settings by name. `repr` masks secrets; `open` are the others, `secrets` the values to keep quiet."""

    __slots__ = ("_secret", "_values")

    def __init__(self, values: Mapping[str, str], secret: frozenset[str]) -> None:
        self._values = dict(values)
        self._secret = secret

    def __getitem__(self, name: str) -> str:
        return self._values[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __repr__(self) -> str:
        shown = (f"{name}={'...' if name in self._secret else repr(value)}" for name, value in self._values.items())
        return f"ResolvedSettings({', '.join(shown)})"

    @property
    def open(self) -> dict[str, str]:
        """What may be shown."""
        return {name: value for name, value in self._values.items() if name not in self._secret}

    @property
    def secrets(self) -> tuple[str, ...]:
        """What may not."""
        return tuple(value for name, value in self._values.items() if name in self._secret and value)


def resolve_settings(connector: Connector, given: Mapping[str, str]) -> ResolvedSettings:
    """The settings a connector declares, defaults filled in, and those of `COMMON` that are given.

    Raises ConfigError for a missing or unknown one.
    """
    common = {setting.name: setting for setting in COMMON if given.get(setting.name)}
    declared = {**common, **{setting.name: setting for setting in connector.settings}}
    for name in given:
        if name not in declared:
            near = get_close_matches(name, declared, 1)
            hint = f"did you mean {near[0]}?" if near else f"it takes {', '.join(declared) or 'none'}"
            raise ConfigError(f"{connector.name}: there is no setting {name}; {hint}")
    values = {name: given.get(name) or setting.default for name, setting in declared.items()}
    for name, setting in declared.items():
        if setting.required and not values[name]:
            raise ConfigError(f"{connector.name}: the setting {name} is missing ({setting.says})")
    return ResolvedSettings(values, frozenset(name for name, setting in declared.items() if setting.secret))
