"""Judging a departure: what counts as agreeing, and what never does."""

from typing import Any

import pytest

from tests.live.company import FLOWS, needs_secret
from tests.live.departures import DEACTIVATED, REMOVED, TRANSFERRED, Departure
from tests.live.predict import BROKEN_ALREADY, COULD_BE_THEIRS, Prediction
from tests.live.verdict import GOES_ON, STOPS, Trial, fault

WORKING = {flow.key: True for flow in FLOWS}
SECRETS = {flow.key: COULD_BE_THEIRS for flow in FLOWS if needs_secret(flow)}


def trial(said: dict[str, str], stopped: tuple[str, ...] = (), **changes: Any) -> Trial:
    """Dana leaves; what needs a credential could be hers, besides what is said here."""
    values: dict[str, Any] = {
        "departure": Departure(("dana",), "made up", changes.pop("how", REMOVED)),
        "predicted": Prediction(SECRETS | said, changes.pop("refusal", False)),
        "before": WORKING,
        "after": WORKING | dict.fromkeys(stopped, False),
        "refused": False,
    }
    return Trial(**values | changes)


@pytest.mark.parametrize(
    ("said", "before", "after", "agrees"),
    [
        (STOPS, True, False, True),
        (STOPS, True, True, False),
        (STOPS, False, False, True),
        (GOES_ON, True, True, True),
        (GOES_ON, True, False, False),
        (GOES_ON, False, True, False),
        (GOES_ON, False, False, False),
        ("survives", True, False, False),
        ("later", True, True, True),
        ("unknown", True, True, True),
        ("unknown", True, False, True),
        (COULD_BE_THEIRS, True, False, True),
        (COULD_BE_THEIRS, False, False, True),
        (BROKEN_ALREADY, False, False, True),
        (BROKEN_ALREADY, True, False, False),
        (BROKEN_ALREADY, True, True, False),
    ],
)
def test_an_outcome_agrees_only_with_what_it_says(said: str, before: bool, after: bool, agrees: bool) -> None:
    assert (fault(said, before=before, after=after) == "") is agrees


def test_what_nobody_switched_on_need_not_be_foreseen_to_fail() -> None:
    assert fault(GOES_ON, before=False, after=False, switched_on=False) == ""


def test_a_trial_as_predicted_has_no_differences() -> None:
    assert trial({"enrich": STOPS, "lead_router": STOPS}, ("enrich", "lead_router")).differences() == []


def test_a_workflow_that_stops_unforeseen_is_a_difference() -> None:
    assert trial({}, ("lead_router",)).differences() == ["Lead router: stopped, and was said: goes on"]


def test_a_workflow_that_goes_on_against_the_prediction_is_a_difference() -> None:
    assert trial({"form_a": STOPS}).differences() == ["Contact form: went on, and was said to stop"]


@pytest.mark.parametrize("said", ["unknown", COULD_BE_THEIRS])
def test_leaving_it_open_where_the_api_shows_enough_is_a_difference(said: str) -> None:
    assert trial({"form_a": said}).differences() == [f'Contact form: only "{said}", though the API shows enough']


@pytest.mark.parametrize("flow", [flow for flow in FLOWS if flow.secret], ids=lambda flow: str(flow.key))
def test_a_workflow_whose_credential_has_no_known_holder_may_never_be_called_safe(flow: Any) -> None:
    said = "though nobody can know whose credential it uses"
    assert trial({flow.key: GOES_ON}).differences() == [f'{flow.name}: "goes on", {said}']


@pytest.mark.parametrize("how", [TRANSFERRED, DEACTIVATED])
def test_it_may_be_called_safe_where_the_act_takes_no_credential(how: str) -> None:
    assert trial(dict.fromkeys(SECRETS, GOES_ON), how=how).differences() == []


def test_a_refusal_that_nobody_foresaw_is_a_difference() -> None:
    assert trial({}, refused=True).differences() == ["refused, which nobody said"]


def test_a_refusal_that_does_not_come_is_a_difference() -> None:
    assert trial({}, refusal=True).differences() == ["not refused, though that was said"]


def test_a_refused_departure_takes_nothing() -> None:
    assert trial(dict.fromkeys(SECRETS, GOES_ON), refusal=True, refused=True).differences() == []


def test_no_answer_is_a_difference() -> None:
    assert trial({}, predicted=Prediction({}, silence="nobody is called so")).differences() == [
        "no answer: nobody is called so"
    ]


def test_a_trial_without_prediction_cannot_differ() -> None:
    assert trial({}, ("lead_router",), predicted=None).differences() == []
