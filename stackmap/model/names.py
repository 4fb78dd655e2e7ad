"""Names, made comparable."""

from __future__ import annotations

import unicodedata

__all__ = ["fold_name"]

_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


def fold_name(name: str) -> str:
    """A name as it is compared: as it is shown, without regard to case, width and blanks."""
    if not name.isprintable():
        name = "".join(" " if unicodedata.category(char) in _HIDDEN else char for char in name)
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())
