"""Paging of RFC 7644 (section 3.4.2.4), by cursor (RFC 9865) where that is a server's own way, and what it tells."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from stackmap.model import FixBy, Reach
from stackmap.sdk import MISSING, Answer, Ask, Get, Pages, Paging, ReadError, Record, Trouble, lookup

__all__ = ["PAGE", "counted", "resources"]

PAGE = 100
_MANY_PAGES_ALIKE = 3


def resources(answer: Answer) -> Any:
    """The records of a page. A server may leave `Resources` out where `totalResults` is 0, and only there."""
    if lookup(answer.body, "Resources") is None and lookup(answer.body, "totalResults") == 0:
        return ()
    rows = lookup(answer.body, "Resources")
    return rows if isinstance(rows, list) else MISSING


@dataclass(slots=True)
class _Seen:
    """What came until now. `total` is the most that the server ever said there is."""

    ids: set[str] = field(default_factory=set)
    rows: int = 0
    total: int | None = None
    without_news: int = 0
    by_cursor: bool = False

    def take(self, answer: Answer, rows: Sequence[Record]) -> None:
        before = len(self.ids)
        # A record without an id counts by its place: that it cannot be read is told elsewhere.
        self.ids |= {str(row.get("id") or f"row {at}") for at, row in enumerate(rows, self.rows)}
        self.rows += len(rows)
        said = lookup(answer.body, "totalResults")
        if isinstance(said, int) and not isinstance(said, bool):
            self.total = max(said, self.total or 0)
        self.without_news = self.without_news + 1 if rows and len(self.ids) == before else 0

    def check(self) -> None:
        """Nobody is lost in silence: pages of an order that changes may hold one record twice and another never."""
        if self.total is not None and len(self.ids) < self.total:
            reason = f"the server counts {self.total} and its pages held {len(self.ids)} different ones: read again"
            raise ReadError(Trouble(Reach.PARTIAL, reason, FixBy.VENDOR, "count"))


def counted(noted: Callable[[Sequence[Record]], str] | None = None) -> Paging:
    """Every page until what the server counts is there; fewer than that is a list read in part.

    The first request names neither an index nor a cursor, so that the server answers in its own way. `noted` says in a
    sentence what it had to do without, of all records.
    """

    def pages(first: Ask) -> Pages:
        assert isinstance(first, Get)
        seen, kept = _Seen(), list[Record]()
        ask = replace(first, params={**first.params, "count": PAGE})
        while True:
            answer = yield ask
            rows = [row for row in resources(answer) or () if isinstance(row, Mapping)]
            seen.take(answer, rows)
            kept += rows if noted else ()
            following = _following(answer, rows, seen)
            if following is None:
                seen.check()
                return noted(kept) if noted else None
            ask = replace(first, params={**first.params, "count": PAGE, **following})

    return pages


def _following(answer: Answer, rows: Sequence[Record], seen: _Seen) -> dict[str, str | int] | None:
    """Where the next page is. A page may hold fewer than were asked for, so what came is counted."""
    if seen.without_news >= _MANY_PAGES_ALIKE:
        reason = "the server gives the same pages again and again: going on would never end"
        raise ReadError(Trouble(Reach.FAILED, reason, FixBy.VENDOR, "repeated"))
    cursor = lookup(answer.body, "nextCursor")
    if isinstance(cursor, str) and cursor:
        seen.by_cursor = True
        return {"cursor": cursor}
    if seen.by_cursor or not rows or (seen.total is not None and seen.rows >= seen.total):
        return None
    return {"startIndex": seen.rows + 1}
