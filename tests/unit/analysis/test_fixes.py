"""The first thing to do about a row: by its outcome, by the link it hangs on, by the sort of thing it is."""

from typing import Any

import pytest

from stackmap.analysis import Cause, Row, fix_for
from stackmap.model import Certainty, Outcome, StackGraph
from tests.support.stacks import case_of


def graph(picture: str, **properties: Any) -> StackGraph:
    return case_of(picture, properties={"x": properties}).graph


def fix(stack: StackGraph, outcome: Outcome = Outcome.STOPS) -> str:
    """For x, which hangs on the one thing it is tied to."""
    (link,) = stack.out("x")
    certainty = None if outcome is Outcome.UNKNOWN else Certainty.CERTAIN
    return fix_for(stack, Row("x", outcome, certainty, None, True, (Cause(link.target, link),)))


RUNS_AS = "x:{} -RUNS_AS-> kim_sf:Account {{outcome=stops certainty=certain}}"
SIGNS_IN = "x:{} -AUTHENTICATES_WITH-> t:{}"


@pytest.mark.parametrize(
    ("sort", "said"),
    [
        ("dashboard", "let it run as a service login that may open the screens, then compare its figures once"),
        ("scheduled job", "schedule it anew as a service login that may open the screens, then run it once"),
        ("flow", "let it run as an integration login, then run it once"),
    ],
)
def test_what_is_set_up_on_screens_needs_a_login_that_may_open_them(sort: str, said: str) -> None:
    assert fix(graph(RUNS_AS.format("Automation"), automation_type=sort)) == said


def test_a_sync_is_connected_anew_in_its_own_settings() -> None:
    said = "connect a login that belongs to no person in its settings, then run it once"
    assert fix(graph(RUNS_AS.format("Integration"), app_kind="native sync")) == said
    assert fix(graph(RUNS_AS.format("Integration"), app_kind="connected app")).startswith(
        "let it run as an integration"
    )


def test_a_token_that_somebody_made_for_an_app_can_be_rotated_too() -> None:
    said = "sign it in again, or rotate its token, as a login that stays, then run it once"
    assert fix(graph(SIGNS_IN.format("Integration", "Credential"))) == said
    assert fix(graph(SIGNS_IN.format("Integration", "Credential")), Outcome.UNKNOWN) == f"find out ({said}, to be safe)"


@pytest.mark.parametrize(("thing", "token"), [("Integration", "Grant"), ("Automation", "Credential")])
def test_a_consent_and_a_credential_in_somebodys_space_are_not_rotated(thing: str, token: str) -> None:
    said = "sign it in again as a login that stays, then run it once"
    assert fix(graph(SIGNS_IN.format(thing, token))) == said


def test_what_blocks_the_last_day_goes_to_a_queue_only_where_the_setting_takes_one() -> None:
    stack = graph(RUNS_AS.format("Automation"))
    assert fix(stack, Outcome.REFUSED).startswith("hand it to a login that stays, or to a queue where it takes one")


def test_what_somebody_does_by_hand_is_given_to_a_program_and_not_to_a_login() -> None:
    said = "let a program do it, as a login that belongs to no person, and show a second person how until then"
    assert fix(graph("x:Integration -RUNS_AS-> Kim:Person", via="manual")) == said
    assert fix(graph(RUNS_AS.format("Integration"), via="Manual"), Outcome.UNKNOWN) == f"find out ({said}, to be safe)"
    assert fix(graph(RUNS_AS.format("Integration"), via="script")).startswith("let it run as an integration login")


@pytest.mark.parametrize(
    ("login", "said"),
    [
        ({}, "hand it over to somebody who stays before the login goes, then run it once"),
        ({"active": False}, "hand it over to somebody who stays before anybody removes that login, then run it once"),
        (
            {"frozen": True},
            "hand it over to somebody who stays before anybody switches off or removes that login, then run it once",
        ),
    ],
)
def test_of_a_login_that_is_off_nobody_is_told_to_act_before_it_goes(login: dict[str, Any], said: str) -> None:
    stack = case_of("x:Automation -OWNED_BY-> kim_sf:Account {outcome=stops}", properties={"kim_sf": login}).graph
    assert fix(stack) == said
    assert fix(stack, Outcome.UNKNOWN) == f"find out ({said}, to be safe)"


def test_of_an_owner_who_has_left_there_is_no_login_to_wait_for() -> None:
    picture = "x:Automation -OWNED_BY-> Kim:Person {outcome=stops}"
    said = "hand it over to somebody who stays, then run it once"
    assert fix(case_of(picture, properties={"Kim": {"active": False}}).graph) == said


def test_of_a_login_that_is_off_no_last_day_is_to_come() -> None:
    stack = case_of(RUNS_AS.format("Automation"), properties={"kim_sf": {"active": False}}).graph
    assert fix(stack, Outcome.REFUSED) == (
        "hand it to a login that stays, or to a queue where it takes one, before that login is removed for good"
    )


def test_nothing_comes_back_with_whoever_leaves() -> None:
    said = "let it hang on a login that stays, then run it once"
    assert fix(graph("x:Automation -DEPENDS_ON-> kim_sf:Account {outcome=stops}")) == said
    assert fix(graph("x:Automation -DEPENDS_ON-> acme/prod/account/kim {outcome=stops}")) == said
    assert fix(graph("x:Automation -DEPENDS_ON-> Kim:Person {outcome=stops}")) == "hand it over to somebody who stays"
    assert fix(graph("x:Endpoint -MAILBOX_OF-> Kim:Person")) == "hand it over to somebody who stays"
    assert fix(graph("x:Automation -DEPENDS_ON-> y:Automation {outcome=stops}")) == "comes back with y"


def test_a_group_that_takes_work_gets_a_member_who_stays() -> None:
    assert fix(graph("x:Automation -ROUTES_TO-> leads:Group")) == "add a member who stays to leads"
    to_one = graph("x:Automation -ROUTES_TO-> kim_sf:Account {outcome=stops certainty=certain}")
    assert fix(to_one) == "let it hand its work to a queue with two members"


def test_what_comes_back_with_an_address_that_no_system_shows_comes_back_with_what_is_behind_it() -> None:
    picture = """
        x:Automation -CALLS-> door:Endpoint
        door {internal=true}
        door -SERVED_BY-> scoring:Automation
    """
    assert fix(graph(picture)) == "comes back with scoring"
    assert fix(graph(picture.replace("{internal=true}", ""))) == "comes back with door"


def test_what_no_list_has_is_told_by_what_it_is_called_or_by_its_sort_and_never_by_its_id() -> None:
    unlisted = "x:Automation -CALLS-> n8n/cloud/endpoint/call%3A7{}"
    assert fix(graph(unlisted.format(""))) == "comes back with the endpoint that it hangs on, which no list has"
    assert fix(graph(unlisted.format(" {target_name=Scoring}"))) == "comes back with Scoring"
