"""Whoever follows the reasons of a row comes to somebody who leaves: they run in no circle, and nothing hides him."""

from __future__ import annotations

from random import Random
from typing import Any

from stackmap.analysis import Analysis, Cause, Departure, Leaving, Row
from stackmap.analysis.departures.verdict import Verdict
from stackmap.analysis.gates.marks import Reading
from stackmap.model import Act, Outcome
from tests.oracle.stacks import smallest
from tests.oracle.supplied import tangle, with_circles
from tests.support.laws import MANY, on_random_stacks
from tests.support.loading import stack_of
from tests.support.notation import notation

_CHAIN = frozenset({Outcome.STOPS, Outcome.STARVES, Outcome.LATER, Outcome.UNKNOWN})


def _left(lines: list[dict[str, Any]] | str, *leavers: str, act: Act = Act.DEACTIVATED) -> Departure:
    return Analysis(stack_of(notation(lines) if isinstance(lines, str) else lines), Leaving(act)).leave(leavers)


def _told(departure: Departure) -> dict[str, list[str]]:
    """What each node hangs on: its row of the chain, else how it is explained on the way."""
    found = {node: [cause.node for cause in why.because] for node, why in departure.via.items()}
    rows = {row.thing: [cause.node for cause in row.because] for row in departure.rows if row.outcome in _CHAIN}
    return found | rows


def _reached(departure: Departure, causes: tuple[Cause, ...]) -> set[str]:
    told, waiting = _told(departure), [cause.node for cause in causes]
    reached = set(waiting)
    for node in waiting:
        fresh = [one for one in dict.fromkeys(told.get(node, ())) if one not in reached]
        reached.update(fresh)
        waiting.extend(fresh)
    return reached


def _assert_every_reason_leads_to_a_leaver(lines: list[dict[str, Any]]) -> None:
    for act in (Act.DEACTIVATED, Act.REMOVED):
        analysis = Analysis(stack_of(lines), Leaving(act))
        people = sorted(analysis.stack.people)
        for leavers in [people, *([person] for person in people)]:
            departure = analysis.leave(leavers)
            for row in (*departure.rows, *departure.tokens, *departure.handed_tokens):
                for reason in (row.because, *row.also, *_at_worst(analysis, departure, row)):
                    assert not _reached(departure, reason).isdisjoint(leavers), (act, leavers, row.thing, row.outcome)


def _at_worst(analysis: Analysis, departure: Departure, row: Row) -> list[tuple[Cause, ...]]:
    """What is told of the at-worst reading, where leaving made that worse too."""
    if row.because_at_worst is None or row.at_worst is None:
        return []
    before = Verdict(analysis, departure.leavers).before(row.thing, Reading.WORST)
    return [row.because_at_worst] if before < row.at_worst else []


def test_in_a_mixed_circle_the_feeder_that_was_lost_is_told_not_the_next_in_the_circle() -> None:
    picture = """
        P:Person -HAS_ACCOUNT-> a:Account
        f0:Automation -DEPENDS_ON-> f2:Automation {outcome=stops}
        f2 -DEPENDS_ON-> f3:Automation {outcome=stops}
        f3 -DEPENDS_ON-> f0 {outcome=stops}
        f3 -DEPENDS_ON-> f5:Automation {outcome=stops supply=true}
        f5 -DEPENDS_ON-> f2 {outcome=stops group=q need=1}
        f5 -DEPENDS_ON-> a {outcome=stops group=q need=1}
    """
    told = _told(_left(picture, "P"))
    assert told == {"f0": ["f2"], "f2": ["f3"], "f3": ["f5"], "f5": ["a", "f2"], "a": ["P"]}


def test_in_a_circle_of_supply_what_is_fed_from_outside_is_told_not_what_it_feeds() -> None:
    picture = """
        P:Person
        b:System -DEPENDS_ON-> a:Automation {outcome=stops supply=true}
        a -PART_OF-> b
        a -DEPENDS_ON-> s:Automation {outcome=stops supply=true}
        s -DEPENDS_ON-> box:Endpoint {outcome=stops supply=true}
        box -MAILBOX_OF-> P
        box -DEPENDS_ON-> b {outcome=unknown supply=true}
    """
    told = _told(_left(picture, "P"))
    assert told == {"a": ["s"], "b": ["a"], "s": ["box"], "box": ["P"]}


def test_a_token_that_was_off_before_does_not_hide_whose_login_it_needs() -> None:
    picture = """
        P:Person -HAS_ACCOUNT-> a:Account
        X:Automation -AUTHENTICATES_WITH-> key:Grant {slot=app}
        X -AUTHENTICATES_WITH-> other:Grant {slot=app}
        key -AUTHORIZED_BY-> a {outcome=refused}
        key:Grant {active=false}
    """
    departure = _left(picture, "P")
    assert [(row.thing, row.outcome) for row in departure.rows] == [("X", Outcome.REFUSED)]
    assert [cause.node for cause in departure.via["key"].because] == ["a", "key"]


def test_a_login_that_was_off_before_is_explained_by_what_a_further_act_does() -> None:
    picture = """
        P:Person -HAS_ACCOUNT-> a:Account
        a:Account {active=false account_type=unknown}
        b:Account {account_type=integration}
        b -PROVISIONED_BY-> a {outcome=cascade}
        X:Automation -RUNS_AS-> b {outcome=stops}
    """
    departure = _left(picture, "P", act=Act.REMOVED)
    assert [(row.thing, row.outcome) for row in departure.rows] == [("X", Outcome.UNKNOWN)]
    assert _told(departure) == {"X": ["b"], "b": ["a"], "a": ["P"]}


def test_a_login_that_did_not_work_before_is_explained_by_its_holder_where_he_made_the_difference() -> None:
    picture = """
        P:Person -HAS_ACCOUNT-> a:Account
        a -DEPENDS_ON-> acme/prod/endpoint/7
        coverage acme/prod {kinds=Endpoint}
        X:Automation -RUNS_AS-> a {outcome=survives}
    """
    departure = _left(picture, "P")
    assert [(row.thing, row.outcome) for row in departure.rows] == [("X", Outcome.SURVIVES)]
    assert _told(departure)["a"] == ["P"]


@on_random_stacks(200, large=True)
def test_every_reason_leads_to_a_leaver(lines: list[dict[str, Any]]) -> None:
    _assert_every_reason_leads_to_a_leaver(lines)


@on_random_stacks(120)
def test_every_reason_leads_to_a_leaver_in_circles_of_supply(lines: list[dict[str, Any]]) -> None:
    _assert_every_reason_leads_to_a_leaver(with_circles(lines, Random(str(len(lines)))))


def test_every_reason_leads_to_a_leaver_where_stacks_are_little_else_than_circles() -> None:
    for number in range(60 * MANY):
        lines = tangle(Random(f"reasons {number}"))
        try:
            _assert_every_reason_leads_to_a_leaver(lines)
        except AssertionError:
            _assert_every_reason_leads_to_a_leaver(smallest(lines, _runs_in_a_circle))


def _runs_in_a_circle(lines: list[dict[str, Any]]) -> bool:
    try:
        _assert_every_reason_leads_to_a_leaver(lines)
    except AssertionError:
        return True
    return False
