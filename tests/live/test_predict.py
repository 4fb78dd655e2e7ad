"""Reading the command line's answer."""

from typing import Any

import pytest

from tests.live.predict import BROKEN_ALREADY, COULD_BE_THEIRS, Prediction, read_answer


def answer(**sections: Any) -> dict[str, Any]:
    return {"outcomes": [], "accounts": [], "already_broken": []} | sections


def row(thing: str, outcome: str) -> dict[str, Any]:
    return {"thing": {"id": f"n8n/live/{thing}"}, "outcome": outcome}


def login(what: str, *things: str) -> dict[str, Any]:
    return {"what": what, "things": [f"n8n/live/{thing}" for thing in things]}


def test_of_several_rows_of_one_workflow_the_gravest_counts() -> None:
    rows = [row("automation/w1", "unowned"), row("automation/w1", "stops"), row("automation/w1", "survives")]
    assert read_answer(answer(outcomes=rows)) == Prediction({"w1": "stops"})


def test_things_behind_an_unread_login_could_be_theirs() -> None:
    said = read_answer(answer(accounts=[login("could_be_theirs", "automation/w%201")]))
    assert said == Prediction({"w 1": COULD_BE_THEIRS})


@pytest.mark.parametrize("what", ["goes_off", "may_go_off", "no_holder_left"])
def test_things_behind_a_login_whose_holder_is_known_have_rows_of_their_own(what: str) -> None:
    assert read_answer(answer(accounts=[login(what, "automation/w1")])) == Prediction({})


def test_what_survives_for_its_owner_could_still_go_with_its_credential() -> None:
    said = read_answer(
        answer(
            outcomes=[row("automation/w1", "survives")],
            accounts=[login("could_be_theirs", "automation/w1")],
        )
    )
    assert said.outcomes == {"w1": COULD_BE_THEIRS}


def test_only_a_proven_break_counts_as_broken_already() -> None:
    broken = [
        {"thing": "n8n/live/automation/w1", "outcome": "stops"},
        {"thing": "n8n/live/automation/w2", "outcome": "unknown"},
    ]
    assert read_answer(answer(already_broken=broken)).outcomes == {"w1": BROKEN_ALREADY}


def test_rows_of_addresses_and_systems_are_no_workflows() -> None:
    rows = [row("endpoint/w1", "stops"), row("system/live", "stops")]
    assert read_answer(answer(outcomes=rows)) == Prediction({})


def test_a_refusal_of_the_instance_is_kept() -> None:
    assert read_answer(answer(outcomes=[row("system/live", "refused")])) == Prediction({}, refused=True)
