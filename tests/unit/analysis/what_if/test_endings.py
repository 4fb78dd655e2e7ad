"""What ends by a day: only what a list gives a date for."""

from __future__ import annotations

from datetime import date

from stackmap.analysis import Analysis
from stackmap.analysis.what_if.endings import ended, endings
from stackmap.model import Act, Outcome
from tests.support.loading import stack_of
from tests.support.notation import notation
from tests.support.supposed import supposed

DAY = date(2026, 12, 31)


def _lines() -> list[dict[str, object]]:
    lines = notation("""
        app:Integration -AUTHENTICATES_WITH-> soon:Credential
        feed:Integration -AUTHENTICATES_WITH-> later:Grant
        tool:Integration -AUTHENTICATES_WITH-> never:Grant
        old:Integration -AUTHENTICATES_WITH-> over:Credential {slot=x}
        svc:Account {account_type=integration}
        over:Credential {active=false}
        job:Automation -RUNS_AS-> svc {frozen=unknown/possible}
        thing:Dataset
    """)
    dates = {
        "soon": "2026-12-20T09:00:00.000Z",
        "later": "2027-01-01",
        "never": "not a date",
        "over": "2026-12-01",
        "svc": "2026-12-31",
        "thing": "2026-12-01",
    }
    for line in lines:
        if line.get("id") in dates:
            line["properties"]["expires_at"] = dates[line["id"]]
    return lines


def test_tokens_and_logins_end_on_their_day_and_not_before() -> None:
    graph = stack_of(_lines()).graph
    found = [(one.node, one.day, one.things) for one in endings(graph, DAY)]
    assert found == [("soon", date(2026, 12, 20), ("app",)), ("svc", date(2026, 12, 31), ("job",))]
    assert [one.node for one in endings(graph, date(2026, 12, 30))] == ["soon"]
    assert endings(graph, date(2026, 12, 19)) == ()


def test_what_ended_is_broken_then_whoever_leaves() -> None:
    stack = stack_of(_lines())
    after = supposed(stack, *ended(stack.graph, endings(stack.graph, DAY)))
    assert after.is_off("soon")
    assert after.accounts["svc"].past_acts == {Act.FROZEN}
    broken = {loss.thing: loss.outcome for loss in Analysis(after).leave(()).already_broken}
    assert broken["app"] is Outcome.STOPS
    assert broken["job"] is Outcome.UNKNOWN, "what ends of a login nobody wrote down"
    assert not {"feed", "tool"} & broken.keys()
