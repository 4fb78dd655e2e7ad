"""Reading every token although Salesforce gives at most 2,500 of one question, and then stops without a word.

The rows are counted first. What does not fit is cut into spans of time that do not overlap, each counted again; one
second that holds too many is cut by user.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta

from connectors.salesforce.describe import Steps, counted, misshapen, pages, partial, shown
from connectors.salesforce.queries import TOKENS, outermost_token, token_groups
from stackmap.sdk import Answer, Ask, Pages, Probe, lookup, parse_time

__all__ = ["LIMIT", "all_tokens"]

LIMIT = 2500
"""Most rows of one query on OauthToken: sforce_api_objects_oauthtoken in the object reference."""

_MOST_GROUPS = 2000
_SECOND = timedelta(seconds=1)


class _Reader:
    """One reading: the columns to ask for, and what did not come."""

    def __init__(self, columns: Sequence[str]) -> None:
        self._columns = columns
        self._missing = 0

    def everything(self) -> Steps[None]:
        """All rows there are, as far as they can be had. Raises ReadError in the end for those that cannot."""
        total = yield from self._count("")
        if total <= LIMIT:
            yield from self._fetch("", total)
        else:
            start = yield from self._when("ASC")
            end = yield from self._when("DESC")
            yield from self._span(start, end + _SECOND, total)
        if self._missing:
            raise partial(f"{self._missing} of {total} tokens did not come: the list changed or was cut")

    def _span(self, start: datetime, end: datetime, count: int) -> Steps[None]:
        """The rows of [start, end), of which there are so many."""
        where = _between(start, end)
        if count <= LIMIT:
            yield from self._fetch(where, count)
        elif end - start <= _SECOND:
            yield from self._by_user(where, count)
        else:
            middle = start + timedelta(seconds=(end - start) // (2 * _SECOND))
            older = yield from self._count(_between(start, middle))
            yield from self._span(start, middle, older)
            yield from self._span(middle, end, max(0, count - older))

    def _by_user(self, where: str, count: int) -> Steps[None]:
        """The rows of one second, by ranges of users in the order in which Salesforce itself sorts them."""
        found: dict[str, int] = {}
        last = ""
        while True:
            answer = yield Probe(TOKENS.get(token_groups(where, last, _MOST_GROUPS)))
            groups = {user: tokens for user, tokens in _groups(answer) if user not in found}
            found |= groups
            if len(groups) < _MOST_GROUPS:
                break
            last = [*groups][-1]
        for users in _packed(found):
            between = f"UserId >= '{users[0]}' AND UserId <= '{users[-1]}'"
            yield from self._fetch(f"{where} AND {between}", sum(found[user] for user in users))
        self._missing += max(0, count - sum(found.values()))

    def _fetch(self, where: str, count: int) -> Steps[None]:
        if count:
            rows = yield from pages(TOKENS.get(TOKENS.soql(self._columns, where)))
            self._missing += max(0, count - rows)

    def _count(self, where: str) -> Steps[int]:
        return (yield from counted(TOKENS.get(TOKENS.counting(where))))

    def _when(self, direction: str) -> Steps[datetime]:
        """When the oldest or newest token was made, to the second."""
        answer = yield Probe(TOKENS.get(outermost_token(direction)))
        found = parse_time(lookup(answer.body, "records.0.CreatedDate"))
        if found is None:
            raise misshapen("a token without the time it was made")
        return found.replace(microsecond=0)


def all_tokens(_first: Ask) -> Pages:
    """Reads all tokens, whatever their number."""
    columns, note = yield from shown(TOKENS)
    yield from _Reader(columns).everything()
    return note


def _between(start: datetime, end: datetime) -> str:
    return f"CreatedDate >= {_literal(start)} AND CreatedDate < {_literal(end)}"


def _literal(when: datetime) -> str:
    return when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _groups(answer: Answer) -> Iterator[tuple[str, int]]:
    rows = lookup(answer.body, "records")
    if not isinstance(rows, list):
        raise misshapen("no list of groups")
    for row in rows:
        user, tokens = lookup(row, "UserId"), lookup(row, "tokens")
        if isinstance(user, str) and user.isalnum() and isinstance(tokens, int):
            yield user, tokens


def _packed(found: Mapping[str, int]) -> Iterator[list[str]]:
    """Neighbours whose tokens fit into one question together. Who has too many stands alone, and will be cut."""
    pack: list[str] = []
    size = 0
    for user, tokens in found.items():
        if pack and size + tokens > LIMIT:
            yield pack
            pack, size = [], 0
        pack.append(user)
        size += tokens
    if pack:
        yield pack
