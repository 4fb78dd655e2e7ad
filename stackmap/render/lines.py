"""Lines of a text answer: eighty columns, names and addresses never broken."""

from __future__ import annotations

import textwrap

__all__ = ["WIDTH", "wrapped"]

WIDTH = 80


def wrapped(text: str, indent: str = "", hanging: str | None = None) -> list[str]:
    """The text in lines; all but the first begin with `hanging`, by default two blanks more than the first.

    What is longer than a line stays whole, so that it can be copied.
    """
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent=indent,
        subsequent_indent=indent + "  " if hanging is None else hanging,
        break_long_words=False,
        break_on_hyphens=False,
    )
