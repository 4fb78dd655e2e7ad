"""Whose leaving alone makes a thing stop later, or blocks whose last day, once some have left."""

from __future__ import annotations

from collections.abc import Collection

import pytest

from stackmap.analysis.succession.milder import Milder, milder
from tests.support.stacks import case_of

_CREW = """
    dana:Person -HAS_ACCOUNT-> danas:Account
    ravi:Person -HAS_ACCOUNT-> ravis:Account
    nora:Person -HAS_ACCOUNT-> noras:Account
    job:Automation
"""
_LATER = "job -RUNS_AS-> danas {outcome=later certainty=certain}"
_SHARED = "ravi -HAS_ACCOUNT-> danas"
_TO_RAVI = "job -RUNS_AS-> danas {outcome=moved certainty=certain moved_to=ravis}"
_TO_NORA = "job -RUNS_AS-> danas {outcome=moved certainty=certain moved_to=noras}"
_TOKEN_OF_RAVI = """
    job -AUTHENTICATES_WITH-> token:Grant
    token -AUTHORIZED_BY-> ravis {outcome=moved certainty=certain moved_to=noras}
"""


@pytest.mark.parametrize(
    ("picture", "away", "told"),
    [
        ("", (), None),
        ("job -RUNS_AS-> danas {outcome=stops certainty=certain}", (), None),
        (_LATER, (), Milder(later=("dana",))),
        (_LATER, ["ravi"], Milder(later=("dana",))),
        (_LATER, ["dana"], Milder(gone_later=True)),
        (f"{_SHARED}\n{_LATER}", (), None),
        (f"{_SHARED}\n{_LATER}", ["ravi"], Milder(may_be_later=("dana",))),
        (f"{_SHARED}\n{_LATER}", ["dana", "ravi"], None),
        ("job -ROUTES_TO-> danas {deactivated=refused/certain}", (), Milder(blocks=("dana",))),
        ("job -ROUTES_TO-> danas {deactivated=refused/certain}", ["dana"], None),
        (_TO_RAVI, ["dana"], Milder(gone_over=True)),
        (_TO_RAVI, ["ravi"], None),
        (_TO_RAVI, ["dana", "ravi"], None),
        (_TO_NORA, (), Milder(passes_from=("dana",), at_worst=2)),
        (_TO_NORA, ["ravi"], Milder(passes_from=("dana",))),
        (_TO_NORA, ["dana"], Milder(gone_over=True)),
        (f"{_SHARED}\n{_TO_NORA}", ["dana", "ravi"], None),
        (f"{_TO_NORA}\n{_TOKEN_OF_RAVI}", ["dana"], Milder(passes_from=("ravi",), gone_over=True)),
    ],
)
def test_what_comes_short_of_stopping(picture: str, away: Collection[str], told: Milder | None) -> None:
    analysis = case_of(f"{_CREW}\n{picture}").analysis
    assert milder(analysis, ["job"], away).get("job") == told


def test_what_passes_to_somebody_else_may_stop_once_both_are_gone() -> None:
    analysis = case_of(f"{_CREW}\n{_TO_RAVI}").analysis
    assert milder(analysis, ["job"])["job"] == Milder(passes_from=("dana",), at_worst=2)


def test_what_has_passed_on_already_is_not_laid_at_the_door_of_whoever_leaves_next() -> None:
    other = "next:Automation -RUNS_AS-> ravis {outcome=moved certainty=certain moved_to=noras}"
    analysis = case_of(f"{_CREW}\n{_TO_NORA}\n{other}").analysis
    assert milder(analysis, ["job", "next"], ["dana"]) == {
        "job": Milder(gone_over=True),
        "next": Milder(passes_from=("ravi",)),
    }
