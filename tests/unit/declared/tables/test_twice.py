"""Rows about one login."""

from datetime import UTC, datetime

from stackmap.declared.tables.twice import named_twice
from stackmap.model import Fact, How, NodeKind
from stackmap.sdk import Scope

AT = Scope("crm", "acme", "users", "users", datetime(2026, 10, 3, tzinfo=UTC), {}, "salt")


def _row(line: int, record: str, *beside: Fact, how: How = How.OBSERVED) -> tuple[int, tuple[Fact, ...]]:
    at = Scope("crm", "acme", "users", "users", AT.taken_at, {}, "salt", how)
    return line, (at.node(NodeKind.ACCOUNT, record, "x"), *beside)


def test_the_rows_are_told_with_the_one_that_counts_and_why() -> None:
    rows = [_row(2, "a"), _row(3, "b"), _row(7, "a"), _row(9, "a")]
    assert list(named_twice(rows)) == [
        "lines 2, 7, 9 are about one login: line 2 counts, for it comes first; what only lines 7, 9 say is added"
    ]


def test_rows_about_something_else_may_name_a_login_as_often_as_they_like() -> None:
    app = AT.node(NodeKind.INTEGRATION, "i", "App")
    assert list(named_twice([_row(2, "a", app), _row(3, "a", app)])) == []
    assert list(named_twice([_row(line, "a", how=How.INFERRED_KEY) for line in (2, 3)])) == []


def test_of_many_the_first_few_are_told_and_the_others_counted() -> None:
    rows = [_row(2 * number + again, str(number)) for number in range(1, 9) for again in (0, 1)]
    told = list(named_twice(rows))
    assert (len(told), told[-1]) == (6, "and so it is with 3 more logins, first seen on lines 12, 14, 16")
