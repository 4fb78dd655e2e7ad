"""What an answer about leavers says of what was so before anybody left: logins off, things broken, ways not there."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from stackmap.analysis import Analysis, Leaving
from stackmap.app.leaving import departure_report
from stackmap.model import Act
from stackmap.render.departure import departure_json
from stackmap.render.departure_text import departure_text
from tests.support.stacks import case_of

TAKEN = datetime(2026, 11, 22, 9, tzinfo=UTC)


def told(picture: str, *people: str, how: str = "usual", **more: Any) -> tuple[str, Any]:
    """The text in one line, and the JSON."""
    shown = departure_report(_analysed(picture, how, **more), people, how, 1, TAKEN)
    return " ".join(departure_text(shown).split()), json.loads(departure_json(shown))


def _analysed(picture: str, how: str, **more: Any) -> Analysis:
    stack = case_of(picture, **more).analysis.stack
    return Analysis(stack, Leaving(None if how == "usual" else Act(how)))


@pytest.mark.parametrize(
    ("state", "how", "says"),
    [
        ("active=false", "deactivated", "Off already: a in crm"),
        ("active=false", "removed", "Off already: a in crm (then removed)"),
        ("frozen=true", "frozen", "Off already: a in crm (frozen)"),
        ("frozen=true", "deactivated", "Off already: a in crm (frozen, then deactivated)"),
    ],
)
def test_a_login_that_is_off_does_not_go_off(state: str, how: str, says: str) -> None:
    text, document = told(
        f"ann:Person -HAS_ACCOUNT-> a:Account\na -PART_OF-> crm:System\na {{{state}}}", "ann", how=how
    )
    assert f"{says} " in text
    assert "Logins that go off" not in text
    assert [one["off_already"] for one in document["accounts"]] == [True]


def test_a_login_that_the_platform_refuses_to_take_off_is_not_told_as_going_off() -> None:
    picture = """
        instance:System -OWNED_BY-> a:Account {removed=refused/likely deactivated=survives/likely}
        ann:Person -HAS_ACCOUNT-> a
    """
    text, document = told(picture, "ann", how="removed")
    assert "The platform refuses to take these logins off, until what blocks it is settled: a " in text
    assert "Logins that go off" not in text
    assert [one["off_already"] for one in document["accounts"]] == [False]


LATER = """
    ann:Person -HAS_ACCOUNT-> a:Account
    a {active=false}
    load:Automation -OWNED_BY-> a {deactivated=later/certain removed=stops/certain}
"""


def test_what_is_broken_already_and_gets_worse_says_so_in_both_places() -> None:
    text, _ = told(LATER, "ann", how="removed")
    assert "STOPS (1) load · broken already, gets worse belongs to" in text
    assert "Broken already, whoever leaves: 1 thing; above, too, because this makes it worse or may: load. See" in text


def test_what_may_be_broken_already_and_stops_now_says_so() -> None:
    doubtful = LATER.replace("deactivated=later/certain ", "")
    text, _ = told(doubtful, "ann", how="removed")
    assert "STOPS (1) load · may be broken already belongs to" in text
    assert "whoever leaves: 1 thing, of them 1 perhaps; above, too, because this makes it worse or may: load." in text


def test_what_is_broken_already_and_stays_as_it_is_stands_once() -> None:
    text, _ = told(LATER, "ann", how="deactivated")
    assert "Broken already, whoever leaves: 1 thing. See" in text


WAYS = """
    coverage crm/acme {kinds=Automation state=complete}
    ann:Person -HAS_ACCOUNT-> a:Account
    flow:Automation -CALLS-> crm/acme/entry/1:Automation {group=ways outcome=stops}
    crm/acme/entry/1 -OWNED_BY-> a {outcome=stops}
    flow -CALLS-> crm/acme/automation/gone {group=ways outcome=stops}
"""


def test_another_way_that_was_never_there_is_no_thing_that_is_lost_now() -> None:
    text, _ = told(WAYS, "ann")
    section = text[text.index(" flow ") :]
    assert "waits for crm/acme/entry/1, which belongs to ann's login a" in section
    assert "no other takes over: the automation gone is not there [" in section


def test_two_ways_that_read_the_same_are_told_once() -> None:
    text, _ = told(WAYS + "flow -CALLS-> crm/acme/automation/x%2Fgone {group=ways outcome=stops}", "ann")
    assert text.count("no other takes over:") == 2
    named = {"crm/acme/entry/1": "one way", "crm/acme/entry/2": "one way"}
    both = (
        WAYS
        + """
        flow -CALLS-> crm/acme/entry/2:Automation {group=ways outcome=stops}
        crm/acme/entry/2 -OWNED_BY-> a {outcome=stops}
        crm/acme/entry/1 {internal=true}
        crm/acme/entry/2 {internal=true}
    """
    )
    assert told(both, "ann", names=named)[0].count("waits for one way, which belongs to") == 1


DOORS = """
    coverage n8n/cloud {kinds=Automation,Endpoint state=complete}
    ann:Person -HAS_ACCOUNT-> a:Account
    flow:Automation -CALLS-> n8n/cloud/endpoint/call%3A7%3Aany:Endpoint {group=call outcome=stops}
    flow -CALLS-> n8n/cloud/endpoint/call%3A7%3Amine {group=call outcome=stops target_name=a}
    n8n/cloud/endpoint/call%3A7%3Aany {internal=true}
    n8n/cloud/endpoint/call%3A7%3Aany -SERVED_BY-> n8n/cloud/automation/7:Automation
    n8n/cloud/automation/7 -OWNED_BY-> a {outcome=stops}
"""


def test_an_address_that_no_system_shows_is_told_by_what_stands_behind_it() -> None:
    names = {"n8n/cloud/automation/7": "Clean up", "n8n/cloud/endpoint/call%3A7%3Aany": "Calls of Clean up"}
    text, _ = told(DOORS, "ann", names=names)
    section = text[text.index(" flow ") : text.index("fix: comes back with")]
    assert "waits for Clean up, which belongs to ann's login a" in section
    assert "fix: comes back with Clean up" in text
    assert "Calls of" not in text
    assert "no other takes over" not in text, "that a workflow has no second address is no news"


def test_of_somebody_of_whom_nobody_can_tell_it_is_said_what_is_not_known() -> None:
    text, _ = told(LATER, "ann", names={"ann": "Ann Roe"})
    assert "whether Ann Roe has left is not known: no directory and no staff list tells" in text
