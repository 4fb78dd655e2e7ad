"""What suppositions change in an answer about leavers."""

from __future__ import annotations

from stackmap.app.leaving import leave
from stackmap.app.what_if.supposing import suppose
from stackmap.render.departure_text import departure_text
from tests.support.notation import notation
from tests.support.supposed import reading_of_lines

PICTURE = """
    doubtful:Automation -RUNS_AS-> a:Account {outcome=unknown}
    sure:Automation -RUNS_AS-> a {outcome=stops certainty=certain}
    p:Person
    q:Person -HAS_ACCOUNT-> a:Account
"""


def test_what_only_the_at_worst_reading_calls_broken_is_perhaps_broken_already() -> None:
    reading = reading_of_lines([{**line, "name": line.get("id", "")} for line in notation(PICTURE)])
    report = leave(suppose(reading, ["a is off"]), ["p"])
    assert report.supposed.difference is not None
    assert {shift.group: shift.newly for shift in report.supposed.difference.shifts} == {
        "already_broken": ("sure",),
        "may_be_already_broken": ("doubtful",),
    }
    text = departure_text(report)
    assert "  broken already: 1, without it 0; newly sure\n" in text
    assert "  perhaps broken already, not known for sure: 1, without it 0; newly doubtful\n" in text
