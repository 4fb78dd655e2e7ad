"""How sentences of rules name several things."""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["several"]


def several(names: Sequence[str], shown: int = 3) -> str:
    """Names as a sentence lists them: "a, b and c"; beyond `shown`, "a, b, c and 4 more"."""
    if len(names) > shown:
        return f"{', '.join(names[:shown])} and {len(names) - shown} more"
    *first, last = names or ("",)
    return f"{', '.join(first)} and {last}" if first else last
