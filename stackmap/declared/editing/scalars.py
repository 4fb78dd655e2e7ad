"""Values as YAML writes them: bare where every reader takes them for the same text, else in quotes."""

from __future__ import annotations

import re
from collections.abc import Mapping

from stackmap.declared.editing.changes import Value, lone

__all__ = ["block_lines", "flow", "flow_safe", "scalar"]

_WIDTH = 120
_BARE = re.compile(r"[^\s!\"#%&'*,:<=>?@\[\]`{|}~-](?:[^\[\]{},]*[^\s:\[\]{},])?")
_NUMBER = re.compile(r"[-+.]?[0-9][0-9a-fA-F_.,:xXoOeEtTzZ+-]*|[-+]?\.(?:inf|nan)", re.IGNORECASE)
_WORDS = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n"})
"""What some YAML readers take for something else than a text."""


def scalar(text: str) -> str:
    """A text, in quotes only where it needs them."""
    if not text.isprintable():
        return f'"{"".join(_escaped(char) for char in text)}"'
    return text if flow_safe(text) else "'" + text.replace("'", "''") + "'"


def flow_safe(text: str) -> bool:
    """Whether a text may stand bare, within brackets too."""
    if not _BARE.fullmatch(text) or ": " in text or " #" in text or ":\t" in text:
        return False
    return text.casefold() not in _WORDS and not _NUMBER.fullmatch(text)


def _escaped(char: str) -> str:
    if char in {'"', "\\"}:
        return f"\\{char}"
    code = ord(char)
    return char if char.isprintable() else f"\\u{code:04X}" if code < 0x10000 else f"\\U{code:08X}"


def flow(value: Value) -> str:
    """A value on one line."""
    if isinstance(value, str):
        return scalar(value)
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{scalar(key)}: {flow(below)}" for key, below in value.items()) + "}"
    return "[" + ", ".join(flow(item) for item in value) + "]"


def block_lines(key: str, value: Value, column: int, step: int) -> list[str]:
    """An entry in lines of its own. Lists stand in brackets on one line as long as they fit and hold plain texts."""
    head = " " * column + scalar(key) + ":"
    if isinstance(value, Mapping):
        below = [block_lines(name, item, column + step, step) for name, item in value.items()]
        return [head, *(line for lines in below for line in lines)]
    line = f"{head} {flow(value)}"
    if isinstance(value, str) or (len(line) <= _WIDTH and all(map(lone, value))):
        return [line]
    return [head, *(" " * (column + step) + f"- {flow(item)}" for item in value)]
