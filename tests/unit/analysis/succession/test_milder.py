"""Whose leaving alone makes a thing stop later, or blocks whose last day, once some have left."""

from __future__ import annotations

from collections.abc import Collection

import pytest

from stackmap.analysis.succession.milder import Milder, milder
from tests.support.stacks import case_of

_CREW = """
    dana:Person -HAS_ACCOUNT-> danas:Account
    ravi:Person -HAS_ACCOUNT-> ravis:Account
    job:Automation
"""
_LATER = "job -RUNS_AS-> danas {outcome=later certainty=certain}"
_SHARED = "ravi -HAS_ACCOUNT-> danas"


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
    ],
)
def test_what_comes_short_of_stopping(picture: str, away: Collection[str], told: Milder | None) -> None:
    analysis = case_of(f"{_CREW}\n{picture}").analysis
    assert milder(analysis, ["job"], away).get("job") == told
