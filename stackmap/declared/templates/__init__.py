"""The commented files that `init` writes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib import resources
from textwrap import wrap
from typing import Protocol

from stackmap.declared.config import SettingLike

__all__ = ["ConnectorLike", "config_template", "manifest_template"]

_WIDTH = 113
"""Of an explanation: 120 with what stands before it."""


class ConnectorLike(Protocol):
    """What a template needs to know of a connector."""

    @property
    def name(self) -> str: ...

    @property
    def title(self) -> str: ...

    @property
    def settings(self) -> Sequence[SettingLike]: ...


def manifest_template() -> str:
    """The text of a new stack.yaml: it declares nothing until somebody takes a "#" away."""
    return _file("stack.yaml")


def config_template(connectors: Sequence[ConnectorLike]) -> str:
    """The text of a new stackmap.yaml, with an example for each connector."""
    examples = "".join(line for connector in connectors for line in _example(connector))
    section = f"#connectors:\n{examples}" if connectors else ""
    return _file("stackmap.yaml") + section + _file("settings.yaml")


def _file(name: str) -> str:
    return resources.files(__name__).joinpath(name).read_text(encoding="utf-8")


def _example(connector: ConnectorLike) -> Iterator[str]:
    """Without the first character of each line it is a valid entry; what may be left out still stands behind a "#"."""
    yield f"#  # {connector.title}\n#  {connector.name}:\n"
    for setting in connector.settings:
        says = getattr(setting, "says", "")
        shown, optional = ("", "") if setting.required else ("#", " (may be left out)")
        for line in wrap(f"{says}{optional}", _WIDTH, break_long_words=False, break_on_hyphens=False):
            yield f"#    # {line}\n"
        variable = f"{connector.name}_{setting.name}".upper().replace("-", "_")
        value = f"env:{variable}" if setting.secret else setting.default or "..."
        yield f'#    {shown}{setting.name}: "{value}"\n'
