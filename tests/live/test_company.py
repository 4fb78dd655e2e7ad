"""The shape of the company and of the list of departures."""

from tests.live.company import FLOWS, PEOPLE, SECRETS, needs_secret
from tests.live.departures import DEPARTURES


def test_every_workflow_comes_after_those_it_calls() -> None:
    seen: set[str] = set()
    for flow in FLOWS:
        assert set(flow.calls) <= seen
        seen.add(flow.key)


def test_owners_holders_and_leavers_are_people_of_the_company() -> None:
    people = {person.key for person in PEOPLE}
    assert {flow.owner for flow in FLOWS} | {secret.holder for secret in SECRETS} <= people
    assert {key for departure in DEPARTURES for key in departure.people} == people


def test_every_departure_is_tried_once() -> None:
    cases = [(departure.people, departure.how) for departure in DEPARTURES]
    assert len(cases) == len(set(cases))


def test_a_caller_needs_the_credential_of_the_workflow_it_calls() -> None:
    assert {flow.key for flow in FLOWS if needs_secret(flow)} == {
        "ads_sync",
        "billing_export",
        "consent_sync",
        "health",
        "pipeline",
        "rates",
        "webinar",
    }
