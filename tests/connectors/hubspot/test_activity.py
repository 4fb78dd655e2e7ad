"""What the activity logs come to: keys and apps that stand, those that were ended, and who knows which secret."""

from typing import Any

import pytest

from connectors.hubspot.activity import EVENTS
from connectors.hubspot.departures import PERSONAL_KEY, PRIVATE_APP, SALESFORCE_SYNC, SERVICE_KEY
from stackmap.model import (
    Act,
    Certainty,
    Edge,
    EdgeKind,
    FixBy,
    How,
    Node,
    NodeKind,
    Outcome,
    Reach,
    Sort,
    SourceReading,
    is_unread,
)
from tests.connectors.hubspot.reading import by_id, company, facts, ident, read, read_with, server
from tests.support.readings import covered, edges, ends

WHOLE = read(server())


def event(number: int, type_: str, *, by: int | None = 501, about: str | None = "7", days: int) -> dict[str, Any]:
    return {"id": f"e{number}", "type": type_, "userId": by, "objectId": about, "createdAt": f"-{days}d"}


def moment(type_: str) -> dict[str, Any]:
    """An event as it is read: its time is a time."""
    return event(1, type_, days=1) | {"createdAt": "2026-11-21T00:00:00Z"}


def logged(*events: dict[str, Any]) -> SourceReading:
    return read_with(security=list(events))


def knowing(reading: SourceReading) -> set[str]:
    return {account for account, _ in ends(reading.facts, EdgeKind.KNOWS)}


@pytest.mark.parametrize(
    ("begin", "end", "kinds"),
    [
        ("INSTALL_INTEGRATION", "UNINSTALL_INTEGRATION", {"Integration": "app:7", "Grant": "app:7:501"}),
        (
            "PRIVATE_APP_ACCESS_TOKEN_CREATE",
            "PRIVATE_APP_ACCESS_TOKEN_DEACTIVATE",
            {"Integration": "private-app:7", "Credential": "private-app:7"},
        ),
        (
            "SERVICE_KEY_CREATE",
            "SERVICE_KEY_DEACTIVATE",
            {"Integration": "service-key:7", "Credential": "service-key:7"},
        ),
        ("PERSONAL_ACCESS_KEY_CREATE", "PERSONAL_ACCESS_KEY_DEACTIVATE", {"Credential": "personal-key:501"}),
        ("SMTP_TOKEN_CREATED", "SMTP_TOKEN_DELETED", {"Credential": "smtp-token:7"}),
    ],
)
def test_an_undoing_ends_it_and_a_doing_after_that_begins_it_anew(begin: str, end: str, kinds: dict[str, str]) -> None:
    made, ended, again = event(1, begin, days=30), event(2, end, days=20), event(3, begin, days=10)
    for events, over in (((made,), False), ((made, ended), True), ((ended, made), True), ((again, ended, made), False)):
        found = by_id(logged(*events).facts)
        for kind, vendor_id in kinds.items():
            properties = found[ident(NodeKind(kind), vendor_id)]
            assert properties.get("active") is (False if over else None), (begin, events)
    assert knowing(logged(made, ended)) == set(), "a dead secret needs no rotation"


def test_a_change_to_a_key_that_was_ended_does_not_revive_it() -> None:
    ended = event(1, "SERVICE_KEY_DEACTIVATE", days=9)
    found = by_id(logged(ended, event(2, "SERVICE_KEY_PERMISSIONS_UPDATE", days=8)).facts)
    assert found[ident(NodeKind.INTEGRATION, "service-key:7")]["active"] is False


def test_a_personal_key_hangs_on_its_user_whatever_the_log_tells_of_it() -> None:
    for type_ in ("PERSONAL_ACCESS_KEY_CREATE", "PERSONAL_ACCESS_KEY_VIEW", "PERSONAL_ACCESS_KEY_ROTATE"):
        held = ends(facts("security-activity", moment(type_)), EdgeKind.AUTHORIZED_BY)
        assert held == {("personal-key%3A501", "501")}
    assert knowing(logged(event(1, "PERSONAL_ACCESS_KEY_VIEW", days=1))) == set(), "it ends with the user's login"


def test_the_logs_tell_what_happened_and_never_that_there_is_nothing_else() -> None:
    for name in ("security-activity", "log-ins", "audit-log"):
        item = covered(WHOLE)[name]
        assert (item.state, item.sort, item.kinds) == (Reach.COMPLETE, Sort.EVENT, frozenset())
        assert not item.proves_absence


def test_an_app_installed_anew_by_somebody_else_hangs_on_the_new_consent_only() -> None:
    first = event(1, "INSTALL_INTEGRATION", by=502, days=30)
    ended = event(2, "UNINSTALL_INTEGRATION", days=20)
    reading = logged(first, ended, event(3, "INSTALL_INTEGRATION", by=504, days=10))
    found = by_id(reading.facts)
    assert "active" not in found[ident(NodeKind.INTEGRATION, "app:7")]
    assert found[ident(NodeKind.GRANT, "app:7:502")]["active"] is False
    assert "active" not in found[ident(NodeKind.GRANT, "app:7:504")]


def test_who_made_saw_or_rotated_a_secret_knows_it_until_the_next_rotation() -> None:
    assert {account for account, key in ends(WHOLE.facts, EdgeKind.KNOWS) if key == "service-key%3A91"} == {
        "501",
        "504",
    }
    made, seen = event(1, "SERVICE_KEY_CREATE", by=502, days=9), event(2, "SERVICE_KEY_REVEAL", by=503, days=8)
    assert knowing(logged(made, seen)) == {"502", "503"}
    changed = event(3, "SERVICE_KEY_PERMISSIONS_UPDATE", by=504, days=7)
    assert knowing(logged(made, seen, changed)) == {"502", "503"}, "to change its permissions is not to see it"


def test_a_client_secret_is_another_secret_than_the_token() -> None:
    seen = event(1, "PRIVATE_APP_CLIENT_SECRET_VIEW", by=503, days=9)
    rotated = event(2, "PRIVATE_APP_ACCESS_TOKEN_ROTATE", by=502, days=8)
    assert ends(logged(seen, rotated).facts, EdgeKind.KNOWS) == {
        ("503", "private-app-secret%3A7"),
        ("502", "private-app%3A7"),
    }


def test_a_private_app_whose_creation_the_log_does_not_hold_hangs_on_somebody_unread() -> None:
    held = {edge.source: edge for edge in edges(WHOLE.facts, EdgeKind.AUTHORIZED_BY)}
    unread = held[ident(NodeKind.CREDENTIAL, "private-app:3301")]
    assert is_unread(unread.target)
    assert unread.outcomes is not None
    assert unread.outcomes.row == "hubspot:private-app"
    named = [edge for edge in edges(WHOLE.facts, EdgeKind.AUTHORIZED_BY) if "3300" in edge.source]
    assert {edge.target for edge in named} == {ident(NodeKind.ACCOUNT, "501")}


def test_a_service_key_of_an_unknown_maker_hangs_on_nobody() -> None:
    assert not edges(logged(event(1, "SERVICE_KEY_REVEAL", days=1)).facts, EdgeKind.AUTHORIZED_BY)[1:]


def test_names_are_not_told_and_so_things_are_called_by_number() -> None:
    names = {fact.id: fact.name for fact in WHOLE.facts if isinstance(fact, Node)}
    assert names[ident(NodeKind.INTEGRATION, "private-app:3301")] == "Private app 3301"
    assert names[ident(NodeKind.INTEGRATION, "service-key:91")] == "Service key 91"


@pytest.mark.parametrize(
    "row",
    [
        event(1, "SERVICE_KEY_CREATE", about=None, days=1),
        event(1, "SERVICE_KEY_CREATE", days=1) | {"createdAt": None},
        event(1, "PERSONAL_ACCESS_KEY_CREATE", by=None, days=1),
    ],
)
def test_an_event_that_does_not_say_what_it_is_about_makes_the_log_partial(row: dict[str, Any]) -> None:
    item = covered(logged(row))["security-activity"]
    assert (item.state, item.fix_by) == (Reach.PARTIAL, FixBy.US)
    assert "which app or key" in item.reason


def test_events_of_other_types_and_new_ones_are_passed_over() -> None:
    reading = logged(event(1, "ADD_ADMIN_USER", days=1), event(2, "NOBODY_KNOWS_THIS_YET", about=None, days=1))
    assert covered(reading)["security-activity"].state is Reach.COMPLETE
    assert not [fact for fact in reading.facts if any(item.inventory == "security-activity" for item in fact.evidence)]


def test_addresses_and_places_of_the_log_are_not_kept() -> None:
    made = event(1, "SERVICE_KEY_CREATE", days=1)
    where = {"ipAddress": "192.0.2.9", "location": "Hamburg", "actingUser": "ana.admin@example.test"}
    assert logged(made | where).facts == logged(made).facts


@pytest.mark.parametrize("name", sorted(EVENTS))
def test_every_known_event_is_understood(name: str) -> None:
    row = {"id": "1", "type": name, "userId": 5, "objectId": "7", "createdAt": "2026-11-01T00:00:00Z"}
    found = facts("security-activity", row)
    assert found
    assert all(isinstance(fact, Edge) or "@" not in fact.name for fact in found)


def test_departures_are_what_the_sources_say() -> None:
    def outcomes(table: Any) -> list[Outcome]:
        return [table.outcomes("hubspot").of(act).outcome for act in (Act.DEACTIVATED, Act.REMOVED, Act.FROZEN)]

    assert outcomes(SERVICE_KEY) == [Outcome.SURVIVES, Outcome.SURVIVES, Outcome.UNKNOWN]
    assert outcomes(PRIVATE_APP) == [Outcome.UNKNOWN, Outcome.UNKNOWN, Outcome.UNKNOWN]
    assert outcomes(PERSONAL_KEY) == [Outcome.STOPS, Outcome.STOPS, Outcome.UNKNOWN]


def test_only_what_a_page_states_is_certain() -> None:
    def certain(table: Any) -> set[Act]:
        return {row.act for row in table.rows if row.judgement.certainty is Certainty.CERTAIN}

    assert certain(SERVICE_KEY) == certain(PERSONAL_KEY) == {Act.DEACTIVATED, Act.REMOVED}
    assert certain(PRIVATE_APP) == certain(SALESFORCE_SYNC) == set()
    frozen = SALESFORCE_SYNC.outcomes("hubspot").of(Act.FROZEN)
    assert (frozen.outcome, frozen.certainty) == (Outcome.STOPS, Certainty.POSSIBLE)


def test_log_ins_are_kept_as_windows_and_failed_ones_not_at_all() -> None:
    found = by_id(WHOLE.facts)
    used = {number: found[ident(NodeKind.ACCOUNT, number)]["used_within"] for number in ("501", "502", "503", "504")}
    assert used["501"] == {"30": "yes", "90": "yes", "180": "yes"}
    assert used["502"] == {"30": "no", "90": "yes", "180": "yes"}
    assert used["503"] == used["504"] == {"30": "no", "90": "no", "180": "unknown"}, "not in the whole log"
    silent = [fact.evidence[0].how for fact in WHOLE.facts if fact.key == ident(NodeKind.ACCOUNT, "504")]
    assert silent.count(How.INFERRED_KEY) == 1, "that somebody did not sign in is concluded"
    assert "used_within" not in found[ident(NodeKind.ACCOUNT, "488")], "who left is asked no more"
    assert not facts("log-ins", company()["logins"][2])


def test_without_the_whole_list_of_log_ins_nobody_is_said_not_to_sign_in() -> None:
    found = by_id(read(server(deny={"account-info.security.read"})).facts)
    assert "used_within" not in found[ident(NodeKind.ACCOUNT, "504")]


@pytest.mark.parametrize(
    ("address", "link"),
    [
        ("app.hubspot.com/settings/123/users", "https://app.hubspot.com/settings/123/users"),
        ("https://app-eu1.hubspot.com/keys/123", "https://app-eu1.hubspot.com/keys/123"),
        ("http://app.hubspot.com/settings", ""),
        ("app.hubspot.com.example.test/settings", ""),
        ("javascript:alert(1)", ""),
        ("https://app.hubspot.com/settings?token=secret", ""),
        (None, ""),
        (7, ""),
    ],
)
def test_evidence_links_into_hubspots_own_screens_only(address: object, link: str) -> None:
    row = moment("SERVICE_KEY_CREATE") | {"infoUrl": address}
    found = facts("security-activity", row)
    assert {fact.evidence[0].link for fact in found if isinstance(fact, Node)} == {link}


def test_an_app_that_nobody_is_said_to_have_installed_hangs_on_somebody_who_was_not_read() -> None:
    reading = logged(event(1, "INSTALL_INTEGRATION", by=None, days=3))
    held = [edge for edge in edges(reading.facts, EdgeKind.AUTHORIZED_BY) if "app%3A7" in edge.source]
    assert [is_unread(edge.target) for edge in held] == [True]
    assert [edge.outcomes and edge.outcomes.row for edge in held] == ["hubspot:installed-app"]
