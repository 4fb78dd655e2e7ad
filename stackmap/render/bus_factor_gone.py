"""People who are not here any more, in a list of what hangs on whom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import Enum

from stackmap.render.lines import wrapped

__all__ = ["Gone", "gone_lines"]


class Gone(Enum):
    """How somebody is not here any more."""

    LEFT = "has left"
    LOGINS_OFF = "logins off already"

    @property
    def key(self) -> str:
        """As machine-readable outputs write it."""
        return self.name.lower()

    @property
    def short(self) -> str:
        """As a table with narrow columns has it."""
        return self.value.removesuffix(" already")


_NEXT = {
    Gone.LEFT: "the day somebody switches their login off",
    Gone.LOGINS_OFF: "what is done next to those logins, removing them say,",
}


def gone_lines(gone: Mapping[str, Gone], named: Iterable[str], *, short: bool = False) -> Iterator[str]:
    """What the words behind the names of some people mean; nothing where nobody named is gone."""
    for how in sorted({gone[person] for person in named if person in gone}, key=list(Gone).index):
        words = how.short if short else how.value
        yield from wrapped(f"({words}): {_NEXT[how]} takes it", hanging="  ")
