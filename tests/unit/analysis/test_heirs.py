"""To whom a platform hands what belonged to a login that goes off."""

import pytest

from stackmap.analysis import Analysis
from stackmap.analysis.departures.heirs import Heir, heirs
from tests.support.loading import stack_of
from tests.support.notation import notation

PEOPLE = """
    P:Person -HAS_ACCOUNT-> p:Account
    Q:Person -HAS_ACCOUNT-> q:Account
    spare:Account
"""


def told(picture: str, *people: str) -> dict[tuple[str, str], tuple[Heir, ...] | None]:
    analysis = Analysis(stack_of(notation(PEOPLE + picture)))
    return {(row.thing, row.outcome.value): heirs(analysis, row) for row in analysis.leave(people).rows}


def test_a_zap_passes_to_the_login_that_is_named_and_its_person() -> None:
    picture = "zap:Automation -OWNED_BY-> p {outcome=moved moved_to=q}"
    assert told(picture, "P")["zap", "moved"] == (Heir("q", ("Q",)),)


@pytest.mark.parametrize("to", ["spare", "unlisted"])
def test_a_login_that_is_nobodys_is_named_by_itself(to: str) -> None:
    # At worst it is somebody's who leaves, or it was never read: then nothing is called safe.
    answers = told(f"zap:Automation -RUNS_AS-> p {{outcome=moved moved_to={to}}}", "P")
    assert set(answers.values()) == {(Heir(to, ()),)}


def test_what_signs_in_with_a_token_passes_where_the_token_does() -> None:
    picture = """
        app:Integration -AUTHENTICATES_WITH-> key:Grant
        key -AUTHORIZED_BY-> p {outcome=moved moved_to=q}
    """
    assert told(picture, "P")["app", "moved"] == (Heir("q", ("Q",)),)


def test_where_nobody_says_to_whom_that_is_said() -> None:
    assert told("zap:Automation -RUNS_AS-> p {outcome=moved}", "P") == {("zap", "unknown"): ()}


def test_an_heir_who_leaves_too_is_still_told() -> None:
    picture = "zap:Automation -RUNS_AS-> p {outcome=moved moved_to=q}"
    assert told(picture, "P", "Q")["zap", "unknown"] == (Heir("q", ("Q",)),)


@pytest.mark.parametrize("outcome", ["stops", "unknown", "survives", "later"])
def test_what_is_not_handed_on_has_no_heir(outcome: str) -> None:
    assert set(told(f"zap:Automation -RUNS_AS-> p {{outcome={outcome}}}", "P").values()) == {None}
