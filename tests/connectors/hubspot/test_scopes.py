"""Each scope taken away alone: what it opened is denied, by name, and all else is read as before."""

import pytest

from stackmap.model import Fact, FixBy, Reach, SourceReading
from stackmap.sdk import Reply, Request, StandIn
from tests.connectors.hubspot.reading import inventory, read, server
from tests.support.readings import covered

WHOLE = read(server())
CLOSES = {
    "account-info.security.read": {"security-activity", "log-ins", "audit-log"},
    "automation": {"flows", "flow-details", "workflows-v3", "workflow-ids"},
    "crm.schemas.contacts.read": {"property-groups"},
    "settings.users.read": {"users", "roles"},
    "settings.users.teams.read": {"teams"},
    "crm.objects.owners.read": set[str](),  # automation opens the owners too
}
JOINED = {"log-ins"}
"""Lists to which others add conclusions: they change with those."""


def of(reading: SourceReading, name: str) -> list[Fact]:
    return [fact for fact in reading.facts if any(item.inventory == name for item in fact.evidence)]


@pytest.mark.parametrize("scope", sorted(CLOSES))
def test_a_scope_taken_away_closes_what_it_opened_and_nothing_else(scope: str) -> None:
    reading = read(server(deny={scope}))
    for name, item in covered(reading).items():
        if name in CLOSES[scope]:
            below = name in {"flow-details", "workflow-ids"}
            assert item.state is (Reach.SKIPPED if below else Reach.DENIED), f"{name}: {item.state}"
            assert item.fix_by is FixBy.ADMIN
            assert below or inventory(name).needs[0] in item.reason
            assert not of(reading, name)
        else:
            assert item == covered(WHOLE)[name], name
            known = {repr(fact) for fact in of(WHOLE, name)}
            told = {repr(fact) for fact in of(reading, name)} if name != "own-token" else known
            assert told == known or name in JOINED, f"{name} tells something else without {scope}"


def test_the_scopes_that_are_left_are_told_of_the_token() -> None:
    reading = read(server(deny={"automation"}))
    told = next(fact for fact in of(reading, "own-token") if fact.kind == "System")
    assert "automation" not in told.properties["reader_may"]
    assert "settings.users.read" in told.properties["reader_may"]


def test_owners_are_closed_only_when_neither_of_their_scopes_is_left() -> None:
    found = covered(read(server(deny={"crm.objects.owners.read", "automation"})))
    assert {found["owners"].state, found["owners-archived"].state} == {Reach.DENIED}
    users = found["users"]
    assert (users.state, users.vendor_code) == (Reach.PARTIAL, "owners-archived"), "who was deactivated is not known"
    assert found["owners-archived"].reason in users.reason


def test_one_sensitive_workflow_costs_the_others_nothing() -> None:
    def answer(request: Request) -> Reply:
        if request.path.endswith("/flows/6002"):
            return Reply(403, {"status": "error", "category": "MISSING_SCOPES"})
        return server()(request)

    item = covered(read(answer))["flow-details"]
    assert (item.state, item.records) == (Reach.PARTIAL, 3)
    assert item.reason.startswith("1 of 4 requests brought nothing")


def test_an_audit_log_that_is_refused_for_no_scope_is_not_in_this_edition() -> None:
    item = covered(read(server(enterprise=False)))["audit-log"]
    assert (item.state, item.fix_by) == (Reach.ABSENT, FixBy.NOBODY)
    assert "Enterprise" in item.reason


def test_a_service_key_has_no_creator_to_be_told_and_that_is_no_error() -> None:
    item = covered(read(server(kind="service-key")))["own-token"]
    assert (item.state, item.fix_by) == (Reach.ABSENT, FixBy.NOBODY)


def test_the_old_workflows_are_absent_once_they_are_switched_off() -> None:
    def without_v3(answers: StandIn) -> StandIn:
        return lambda request: Reply(404) if request.path == "/automation/v3/workflows" else answers(request)

    found = covered(read(without_v3(server())))
    assert (found["workflows-v3"].state, found["workflow-ids"].state) == (Reach.ABSENT, Reach.SKIPPED)
    assert found["flows"].state is Reach.COMPLETE


def test_the_token_of_another_portal_than_the_settings_name_is_told() -> None:
    item = covered(read(server(), tenant="999"))["account"]
    assert (item.state, item.fix_by) == (Reach.PARTIAL, FixBy.OPERATOR)
    assert item.reason == "the token opens portal 146020001, but tenant says 999: correct one of the two"
    assert covered(read(server(), tenant="larkfield"))["account"].state is Reach.COMPLETE
