"""Last days that lie ahead: nobody's is stored."""

from datetime import UTC, datetime
from typing import Any

import pytest

from stackmap.app.last_days import days_ahead_told, without_days_ahead
from stackmap.model import Evidence, Node, NodeKind, SourceReading

TAKEN = datetime(2026, 11, 22, 9, tzinfo=UTC)


def reading(**properties: Any) -> SourceReading:
    node = Node(NodeKind.PERSON, "p/a", "Ann Lee", (Evidence("s", "facts"),), properties)
    return SourceReading("s", TAKEN, (node,), ())


def kept(**properties: Any) -> dict[str, Any]:
    return dict(without_days_ahead(reading(**properties)).facts[0].properties)


def test_who_leaves_on_the_day_of_the_reading_or_later_looks_like_everybody_else() -> None:
    assert kept(left_on="2027-12-24", title="Lead") == {"title": "Lead"}
    assert kept(left_on="2026-11-22") == {}
    assert kept(left_on="2026-11-22", active=False) == {"active": True}, "as in a staff list: they are still here"


def test_a_last_day_that_is_past_stays_as_it_was_read() -> None:
    assert kept(left_on="2026-11-21", active=False) == {"left_on": "2026-11-21", "active": False}
    assert kept(active=False) == {"active": False}


@pytest.mark.parametrize(
    ("day", "said"), [("2027-12-24", ["s: 1 last day in the future was not stored"]), ("2026-01-01", [])]
)
def test_of_a_last_day_ahead_only_the_number_is_told(day: str, said: list[str]) -> None:
    assert list(days_ahead_told([reading(left_on=day)])) == said
