"""Paging: ask which columns there are, then for those, and notice when fewer rows come than were promised."""

from __future__ import annotations

from collections.abc import Collection, Generator, Mapping
from dataclasses import dataclass
from typing import TypeAlias, TypeVar

from connectors.salesforce.queries import CUSTOMERS, USERS, Query
from stackmap.model import FixBy, Reach
from stackmap.sdk import Answer, Ask, Get, Pages, Paging, Probe, ReadError, Trouble, link, lookup

__all__ = ["Steps", "counted", "described", "misshapen", "pages", "partial", "people", "shown"]

_T = TypeVar("_T")
Steps: TypeAlias = Generator[Ask | Probe, Answer, _T]
"""Some of a paginator's requests, and what they led to."""

_NEXT = link("nextRecordsUrl")


@dataclass(frozen=True, slots=True)
class _Described:
    """What an object's description holds: names of fields, and of relationships that can be followed."""

    fields: frozenset[str]
    relationships: frozenset[str]


def described(query: Query) -> Paging:
    """Reads a list with the columns that the org shows; those it had to do without are told in the end."""

    def read(_first: Ask) -> Pages:
        columns, note = yield from shown(query)
        yield from pages(query.get(query.soql(columns)))
        return note

    return read


def people(_first: Ask) -> Pages:
    """Reads the users, but for customers' portal logins: those are counted only."""
    columns, note = yield from shown(USERS)
    customers = yield from counted(CUSTOMERS.get(CUSTOMERS.counting()))
    yield from pages(USERS.get(USERS.soql(columns)))
    left_out = f"{customers} logins of customers' portals are left out" if customers else ""
    return "; ".join(filter(None, (note, left_out)))


def shown(query: Query) -> Steps[tuple[tuple[str, ...], str]]:
    """The columns of a query that the org shows, and a sentence about the others ("" when there are none).

    Raises ReadError where one is missing that cannot be done without.
    """
    own = yield from _describe(query.description())
    related: dict[str, _Described] = {}
    for relationship, sobject in query.related:
        related[relationship] = yield from _describe(query.description(sobject))
    there = tuple(column for column in query.columns if _is_there(column, own, related))
    missing = [column for column in query.columns if column not in there]
    hidden = [column for column in missing if column in query.needed]
    if hidden or not there:
        raise ReadError(_hidden(query, hidden or missing))
    note = f"read without {', '.join(missing)}: this org shows no such field" if missing else ""
    return there, note


def _describe(ask: Get) -> Steps[_Described]:
    answer = yield Probe(ask)
    fields = lookup(answer.body, "fields")
    if not isinstance(fields, list) or not all(isinstance(item, Mapping) for item in fields):
        raise misshapen("a description without fields")
    return _Described(_texts(fields, "name") | {"Id"}, _texts(fields, "relationshipName"))


def _texts(fields: Collection[Mapping[str, object]], name: str) -> frozenset[str]:
    return frozenset(found for item in fields if isinstance(found := item.get(name), str))


def _is_there(column: str, own: _Described, related: Mapping[str, _Described]) -> bool:
    head, dot, rest = column.partition(".")
    if not dot:
        return column in own.fields
    return head in own.relationships and (head not in related or _is_there(rest, related[head], {}))


def _hidden(query: Query, columns: Collection[str]) -> Trouble:
    reason = f"the login is not shown {', '.join(columns)} of {query.sobject}, without which it cannot be read"
    return Trouble(Reach.DENIED, reason, FixBy.ADMIN, "INVALID_FIELD")


def counted(ask: Get) -> Steps[int]:
    """How many rows there are."""
    answer = yield Probe(ask)
    total = lookup(answer.body, "totalSize")
    if not isinstance(total, int) or isinstance(total, bool):
        raise misshapen("a count without a number")
    return total


def pages(ask: Get) -> Steps[int]:
    """All pages of one statement; how many rows they held.

    Raises ReadError when they end before as many came as the first page promised.
    """
    following, rows, promised = _NEXT(ask), 0, 0
    request = next(following)
    while True:
        answer = yield request
        records = lookup(answer.body, "records")
        rows += len(records) if isinstance(records, list) else 0
        total = lookup(answer.body, "totalSize")
        promised = max(promised, total) if isinstance(total, int) else promised
        try:
            request = following.send(answer)
        except StopIteration:
            break
    if rows < promised or lookup(answer.body, "done") is False:
        raise partial(f"the list was cut: {rows} of {promised} rows came")
    return rows


def partial(reason: str, code: str = "cut") -> ReadError:
    """Not everything came; what did is kept."""
    return ReadError(Trouble(Reach.PARTIAL, reason, FixBy.VENDOR, code))


def misshapen(what: str) -> ReadError:
    """An answer of success that is not one."""
    return ReadError(Trouble(Reach.FAILED, f"the answer is {what}", FixBy.VENDOR, "shape"))
