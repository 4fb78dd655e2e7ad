"""A workspace made of files alone: what breaks when Dana leaves."""

from __future__ import annotations

from datetime import date
from functools import cache

import pytest

from stackmap.analysis import Analysis, Leaving, Stack
from stackmap.identity import resolve
from stackmap.model import Act, EdgeKind, Fact, IdentityHints, Outcome, Snapshot, build_graph
from stackmap.sdk import Row
from tests.support.exports import TAKEN_AT, edges, facts_of

DANA, OLGA = "dana.okafor@example.com", "olga.petrov@example.com"
DANA_LOGIN = f"{DANA}.prod"


def zap(number: str, *, private: bool) -> Row:
    return {"type": "Zap", "id": number, "name": f"Zap {number}", "private": private}


def files(owner: str) -> list[Fact]:
    """Exports, and templates that somebody filled in."""
    users = [
        {"username": f"{email}.prod", "email": email, "name": name, "active": True, "profile": "Marketing"}
        for email, name in ((DANA, "Dana Okafor"), (OLGA, "Olga Petrov"))
    ]
    members = [
        {"email": DANA, "name": "Dana Okafor", "role": "member"},
        {"email": OLGA, "name": "Olga Petrov", "role": "owner"},
    ]
    ads = {
        "platform": "LinkedIn Ads",
        "account_id": "507",
        "connected_by": f"Dana Okafor <{DANA}>",
        "expires_on": date(2027, 3, 1),
    }
    script = {"name": "Upload", "runs_where": "Google Apps Script", "runs_as": f"Dana Okafor <{DANA}>"}
    return [
        *facts_of("salesforce-users", *users),
        *facts_of("salesforce-default-users", {"setting": "Default Lead Owner", "user": DANA_LOGIN}),
        *facts_of("zapier-members", *members),
        *facts_of("zapier-zaps", zap("1", private=True), zap("2", private=False), member=DANA, owner=owner),
        *facts_of("marketo-launchpoint", {"service": "Webinars", "api_user": DANA}),
        *facts_of("ads-accounts", ads),
        *facts_of("scripts", {**script, "name": "Stopping", "if_switched_off": "stops"}, script),
    ]


@cache
def verdicts(*leavers: str, owner: str = OLGA, act: Act | None = None) -> dict[str, set[Outcome]]:
    """Outcomes by the thing's own part of its id, of those whose logins have these addresses."""
    found = resolve(files(owner), IdentityHints(), {})
    snapshot = Snapshot(1, TAKEN_AT, found.facts, ())
    stack = Stack(build_graph(snapshot.facts, snapshot.coverage), snapshot.coverage, snapshot.taken_at.date())
    holders = {
        str(vertex.properties.get("email")): edge.source
        for edge in edges(found.facts, EdgeKind.HAS_ACCOUNT)
        if (vertex := stack.graph.get(edge.target)) is not None
    }
    rows = Analysis(stack, Leaving(act) if act else Leaving()).leave([holders[email] for email in leavers]).rows
    told: dict[str, set[Outcome]] = {}
    for row in rows:
        told.setdefault(row.thing.rpartition("/")[2].replace("%3A", ":").replace("%20", " "), set()).add(row.outcome)
    return told


def test_every_login_of_dana_is_one_person_s() -> None:
    found = resolve(files(OLGA), IdentityHints(), {})
    held = edges(found.facts, EdgeKind.HAS_ACCOUNT)
    assert sorted(sum(edge.source == person for edge in held) for person in {edge.source for edge in held}) == [2, 4]


@pytest.mark.parametrize("number", ["1", "2"])
def test_dana_s_zaps_move_to_the_owner_be_they_private_or_shared(number: str) -> None:
    assert Outcome.MOVED in verdicts(DANA)[number]
    assert not {Outcome.STOPS, Outcome.UNKNOWN} & verdicts(DANA)[number]


@pytest.mark.parametrize("number", ["1", "2"])
def test_without_the_owner_s_address_nobody_knows_what_becomes_of_zaps(number: str) -> None:
    assert Outcome.UNKNOWN in verdicts(DANA, owner="")[number]


@pytest.mark.parametrize("number", ["1", "2"])
def test_where_the_owner_leaves_too_a_zap_may_stop(number: str) -> None:
    assert Outcome.UNKNOWN in verdicts(DANA, OLGA)[number]


def test_the_default_lead_owner_blocks_the_last_day() -> None:
    assert Outcome.REFUSED in verdicts(DANA)["default-lead-owner"]
    assert Outcome.SURVIVES in verdicts(DANA, act=Act.FROZEN)["default-lead-owner"]


def test_the_ads_account_breaks_later() -> None:
    assert verdicts(DANA)["ads-account:507"] >= {Outcome.LATER}


def test_a_script_does_what_the_notes_say_and_else_may_stop() -> None:
    assert Outcome.STOPS in verdicts(DANA)["script:stopping"]
    assert Outcome.UNKNOWN in verdicts(DANA)["script:upload"]


def test_an_api_user_with_dana_s_address_is_not_dana() -> None:
    assert "launchpoint:webinars" not in verdicts(DANA)


def test_the_owner_of_the_zapier_account_cannot_be_removed() -> None:
    assert Outcome.REFUSED in verdicts(OLGA)["unknown"]


@pytest.mark.parametrize("leaver", [DANA, OLGA])
def test_what_hangs_on_the_other_goes_on(leaver: str) -> None:
    mine = {"ads-account:507", "script:stopping"}
    stopped = {thing for thing, told in verdicts(leaver).items() if told & {Outcome.STOPS, Outcome.LATER}}
    assert stopped == (mine if leaver == DANA else set())
