"""The verdict in a few lines: numbers that add up, and an example each."""

from datetime import UTC, datetime

import pytest

from stackmap.app.leaving import departure_report
from stackmap.render.departure_verdict import verdict_lines
from tests.support.stacks import case_of

TAKEN = datetime(2026, 11, 22, 9, tzinfo=UTC)
PEOPLE = """
    ann:Person -HAS_ACCOUNT-> a:Account
    bea:Person -HAS_ACCOUNT-> b:Account
"""


def zap(name: str, *, cared: bool = False) -> str:
    """A Zap of Ann's that passes to Bea; `cared`: somebody else answers for it, too."""
    handed = f"{name}:Automation -OWNED_BY-> a {{outcome=moved certainty=certain moved_to=b}}"
    return f"{handed}\n{name} -OWNED_BY-> bea {{how=declared}}" if cared else handed


def verdict(*lines: str, people: tuple[str, ...] = ("ann",)) -> list[str]:
    analysis = case_of("\n".join([PEOPLE, *lines])).analysis
    return [" ".join(line.split()) for line in verdict_lines(departure_report(analysis, people, "usual", 1, TAKEN))]


@pytest.mark.parametrize(
    ("things", "says"),
    [
        ((zap("one"),), "1 runs on with nobody left to care the same thing that changes hands"),
        ((zap("one"), zap("two")), "2 run on with nobody left to care the same 2 things that change hands"),
        (
            (zap("one"), zap("two", cared=True)),
            "1 runs on with nobody left to care 1 of the 2 things that change hands",
        ),
        (
            (zap("one"), zap("two"), "lone:Automation -OWNED_BY-> ann {how=declared}"),
            "3 run on with nobody left to care lone; 2 of these change hands, too",
        ),
    ],
)
def test_what_an_earlier_line_counted_is_said_to_be_the_same(things: tuple[str, ...], says: str) -> None:
    assert says in verdict(*things)


def test_each_line_names_another_thing_where_there_is_one() -> None:
    lines = verdict(zap("all"), "all -NOTIFIES-> a", "bell:Automation -NOTIFIES-> a")
    assert lines[0] == "1 silently changes hands all"
    assert lines[-1] == "2 alarms reach nobody bell; 1 of these changes hands, too"


def test_a_connection_that_passes_to_somebody_is_counted_though_nothing_is_known_to_use_it() -> None:
    lines = verdict("key:Grant -AUTHORIZED_BY-> a {outcome=moved certainty=likely moved_to=b}")
    assert lines == ["1 key or connection changes hands (likely) key"]


def test_a_long_line_is_broken_below_its_own_column() -> None:
    long = "a-" + "very-" * 5 + "long-name"
    things = [zap(long), zap("two"), f"{long}x:Automation -OWNED_BY-> ann {{how=declared}}"]
    analysis = case_of("\n".join([PEOPLE, *things])).analysis
    lines = verdict_lines(departure_report(analysis, ["ann"], "usual", 1, TAKEN))
    assert len(lines) == 3
    assert all(len(line) <= 80 for line in lines)
    assert lines[2].startswith(" " * 38)
