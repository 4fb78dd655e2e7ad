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
        ("dashboard", "let it run as a service login with interface access, then compare its figures once"),
        ("scheduled job", "schedule it anew as a service login with interface access, then run it once"),
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
    assert fix(stack, Outcome.REFUSED).startswith(
        "point it to a login that stays, or a queue where the setting takes one"
    )


def test_what_somebody_does_by_hand_is_given_to_a_program_and_not_to_a_login() -> None:
    said = "let a program do it, as a login that belongs to no person, and show a second person how until then"
    assert fix(graph("x:Integration -RUNS_AS-> Kim:Person", via="manual")) == said
    assert fix(graph(RUNS_AS.format("Integration"), via="Manual"), Outcome.UNKNOWN) == f"find out ({said}, to be safe)"
    assert fix(graph(RUNS_AS.format("Integration"), via="script")).startswith("let it run as an integration login")
