"""Names come from other people's systems: made harmless, each in the way its format needs."""

from __future__ import annotations

import re
import unicodedata

__all__ = ["csv_cell", "markdown", "plain"]

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
_MARKDOWN = re.compile(r"([\\`*_\[\]<>|&~]|^[#+=-])")
_NUMBERED = re.compile(r"^(\d+)([.)])")
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


def plain(text: str) -> str:
    """One line without control characters, terminal escapes and marks that turn the reading direction."""
    shown = "".join(" " if unicodedata.category(char) in _HIDDEN else char for char in text)
    return " ".join(shown.split())


def markdown(text: str) -> str:
    """One line that Markdown shows as it stands, in tables too."""
    return _NUMBERED.sub(r"\1\\\2", _MARKDOWN.sub(r"\\\1", plain(text)))


def csv_cell(text: str) -> str:
    """A cell that no spreadsheet takes for a formula, and no terminal for a command."""
    bare = text.lstrip()
    formula = bare.startswith(_FORMULA) or text.startswith(_FORMULA)
    shown = "".join(" " if unicodedata.category(char) in _HIDDEN else char for char in text)
    return f"'{shown}" if formula else shown
