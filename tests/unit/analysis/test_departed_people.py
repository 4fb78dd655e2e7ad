"""Somebody who has left and whose login is still on: nothing is broken yet, and their leaving shows what will be."""

import pytest

from stackmap.analysis import Analysis, Leaving
from tests.support.loading import stack_of
from tests.support.notation import notation

HAS_LEFT = """
    P:Person {active=false}
    P -HAS_ACCOUNT-> a:Account
    load:Automation -RUNS_AS-> a {outcome=stops certainty=certain}
    chore:Automation -RUNS_AS-> P {outcome=stops certainty=certain}
"""


def _analysis(more: str = "") -> Analysis:
    return Analysis(stack_of(notation(HAS_LEFT + more)), Leaving())


@pytest.mark.parametrize("read", ["", "a:Account {active=true}"])
def test_what_runs_as_their_login_still_runs_and_what_they_did_themselves_does_not(read: str) -> None:
    departure = _analysis(read).leave([])
    assert [loss.thing for loss in departure.already_broken] == ["chore"]


def test_once_their_login_goes_it_stops() -> None:
    departure = _analysis().leave(["P"])
    assert {(row.thing, row.outcome.value) for row in departure.rows} == {("load", "stops")}
    assert departure.rows[0].because


def test_a_login_that_was_read_as_off_had_its_effect_already() -> None:
    departure = _analysis("a:Account {active=false}").leave(["P"])
    assert departure.rows == ()
    assert [loss.thing for loss in departure.already_broken] == ["chore", "load"]
