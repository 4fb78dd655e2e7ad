"""Somebody who has left and whose login is still on: nothing is broken yet, and their leaving shows what will be."""

import pytest

from stackmap.analysis import Analysis, Departure, Leaving, bus_factors, everyone
from stackmap.model import Outcome
from tests.support.loading import stack_of
from tests.support.notation import notation

HAS_LEFT = """
    P:Person {active=false}
    P -HAS_ACCOUNT-> a:Account
    load:Automation -RUNS_AS-> a {outcome=stops certainty=certain}
    upload:Automation -RUNS_AS-> P {outcome=stops certainty=certain}
    chore:Automation {via=manual}
    chore -RUNS_AS-> P {outcome=stops certainty=certain}
"""


def _analysis(more: str = "", picture: str = HAS_LEFT, how: Leaving | None = None) -> Analysis:
    return Analysis(stack_of(notation(picture + more)), how or Leaving())


def _broken(departure: Departure) -> list[str]:
    return [loss.thing for loss in departure.already_broken]


@pytest.mark.parametrize("read", ["", "a:Account {active=true}", "a:Account {account_type=unknown}"])
def test_what_runs_as_them_or_as_their_login_still_runs_and_what_they_did_by_hand_does_not(read: str) -> None:
    assert _broken(_analysis(read).leave([])) == ["chore"]


def test_once_their_login_goes_it_stops_because_of_them() -> None:
    departure = _analysis().leave(["P"])
    assert [(row.thing, row.outcome.value) for row in departure.rows] == [("load", "stops"), ("upload", "stops")]
    causes = [[(cause.node, cause.link and cause.link.kind.value) for cause in row.because] for row in departure.rows]
    assert causes == [[("a", "RUNS_AS")], [("P", "RUNS_AS")]]


def test_it_hangs_on_one_person_in_both_readings_and_in_the_count_of_everyone() -> None:
    found = {factor.thing: factor for factor in bus_factors(_analysis())}
    upload = found["upload"]
    assert (upload.running, upload.running_at_worst, upload.minimal_sets) == (1, 1, (("P",),))
    [counted] = [one.counts for one in everyone(_analysis()) if one.person == "P"]
    assert counted[Outcome.STOPS] == 2


def test_a_login_that_was_read_as_off_had_its_effect_already() -> None:
    departure = _analysis("a:Account {active=false}").leave(["P"])
    assert departure.rows == ()
    assert _broken(departure) == ["chore", "load", "upload"]


@pytest.mark.parametrize("theirs", ["a:Account {frozen=true}", "a:Account {account_type=shared}"])
def test_a_frozen_login_or_a_shared_one_keeps_nothing_of_theirs_running(theirs: str) -> None:
    assert "upload" in _broken(_analysis(theirs).leave([]))


def test_of_a_token_of_theirs_and_of_work_routed_to_them_the_same_holds() -> None:
    departure = _analysis("""
        app:Integration -AUTHENTICATES_WITH-> token:Grant
        token -AUTHORIZED_BY-> P {outcome=stops}
        rule:Automation -ROUTES_TO-> P {outcome=stops}
    """).leave(["P"])
    assert [row.thing for row in departure.rows] == ["app", "load", "rule", "upload"]
    assert _broken(departure) == ["chore"]


def test_what_depends_on_them_in_person_is_broken_whatever_login_is_on() -> None:
    departure = _analysis("seal:Automation -DEPENDS_ON-> P\nlist:Dataset -OWNED_BY-> P {outcome=stops}").leave([])
    assert _broken(departure) == ["chore", "list", "seal"]


def test_what_may_stop_is_explained_by_the_person_where_an_heir_would_have_to_go_too() -> None:
    departure = _analysis("""
        Q:Person -HAS_ACCOUNT-> q:Account
        move:Automation -RUNS_AS-> P {outcome=moved moved_to=q}
    """).leave(["P", "Q"])
    [row] = [row for row in departure.rows if row.thing == "move"]
    assert row.outcome is Outcome.UNKNOWN
    assert [cause.node for cause in row.because] == ["P", "q"]


def test_where_more_are_needed_than_anybody_listed_their_part_of_it_may_stop_only_with_them() -> None:
    departure = _analysis("pair:Automation -RUNS_AS-> P {group=pair need=2 outcome=stops}").leave(["P"])
    assert _broken(departure) == ["chore"]
    [row] = [row for row in departure.rows if row.thing == "pair"]
    assert row.outcome is Outcome.UNKNOWN
    assert [cause.node for cause in row.because] == ["P"]


def test_somebody_who_has_left_and_is_asked_about_as_changing_jobs_has_broken_nothing_before() -> None:
    departure = _analysis(how=Leaving(moving=True)).leave(["P"])
    later = [(row.thing, row.outcome) for row in departure.rows]
    assert later == [("load", Outcome.LATER), ("upload", Outcome.LATER)]
    assert _broken(departure) == ["chore"]
