"""Where a thing stands that second holders were asked for by name."""

from __future__ import annotations

from collections.abc import Collection

import pytest

from stackmap.analysis.succession.asked import Stands, asked_about
from stackmap.analysis.succession.plan import second_holders
from stackmap.analysis.succession.remains import OneMore
from tests.support.stacks import case_of

_CREW = """
    crm:System
    crm/x/account/dana:Account -PART_OF-> crm
    crm/x/account/ravi:Account -PART_OF-> crm
    dana:Person -HAS_ACCOUNT-> crm/x/account/dana
    ravi:Person -HAS_ACCOUNT-> crm/x/account/ravi
    left:Person {active=false}
    left -HAS_ACCOUNT-> crm/x/account/left:Account
    job:Automation
"""

_DOUBT = "doubt:Account {account_type=unknown}\n ravi -HAS_ACCOUNT-> doubt\n job -OWNED_BY-> doubt"


def _stands(picture: str, leaving: Collection[str] = ()) -> tuple[Stands, Stands]:
    analysis = case_of(f"{_CREW}\n{picture}").analysis
    plan = second_holders(analysis, ["job"], leaving=leaving)
    (one,) = asked_about(OneMore(analysis, leaving), ["job"], plan)
    assert one.thing == "job"
    return one.running, one.care


@pytest.mark.parametrize(
    ("picture", "leaving", "stands"),
    [
        ("", (), Stands.FINE),
        ("job -RUNS_AS-> crm/x/account/dana {outcome=stops certainty=certain}", (), Stands.PLANNED),
        ("job -RUNS_AS-> crm/x/account/dana {outcome=stops certainty=certain}", ["ravi"], Stands.PLANNED),
        ("job -RUNS_AS-> crm/x/account/dana {outcome=stops certainty=certain}", ["dana"], Stands.GOES_FIRST),
        ("job -RUNS_AS-> crm/x/account/left {outcome=stops certainty=certain}", (), Stands.LEFT_ALREADY),
        ("job -RUNS_AS-> crm/x/account/whose:Account {outcome=stops certainty=certain}", (), Stands.NOT_KNOWN_WHOSE),
        ("job -RUNS_AS-> crm/x/account/dana {outcome=unknown}", (), Stands.NOT_PROVEN),
        ("job -RUNS_AS-> crm/x/account/unlisted {outcome=stops certainty=certain}", (), Stands.NOT_READ),
        ("off:Automation {active=false}\n job -DEPENDS_ON-> off", (), Stands.BROKEN),
        ("off:Automation {active=false}\n job -DEPENDS_ON-> off {outcome=unknown}", (), Stands.MAY_BE_BROKEN),
        ("off:Automation {active=false}\n job -DEPENDS_ON-> off", ["dana"], Stands.BROKEN),
    ],
)
def test_whether_it_runs(picture: str, leaving: Collection[str], stands: Stands) -> None:
    assert _stands(picture, leaving)[0] is stands


@pytest.mark.parametrize(
    ("picture", "leaving", "stands"),
    [
        ("", (), Stands.NOT_READ),
        ("job -PART_OF-> crm/x/system/x:System\n coverage crm/x {kinds=Account,ADMINISTERS}", (), Stands.NOBODY),
        ("job -OWNED_BY-> dana", (), Stands.PLANNED),
        ("job -OWNED_BY-> dana", ["dana"], Stands.GOES_FIRST),
        ("job -OWNED_BY-> dana\n job -OWNED_BY-> ravi", (), Stands.FINE),
        ("job -OWNED_BY-> dana\n job -OWNED_BY-> ravi", ["dana"], Stands.PLANNED),
        ("job -OWNED_BY-> crm/x/account/whose:Account", (), Stands.NOT_KNOWN_WHOSE),
        (f"{_DOUBT}\n job -OWNED_BY-> dana", (), Stands.NOT_PROVEN),
        (_DOUBT, (), Stands.PLANNED),
    ],
)
def test_whether_somebody_looks_after_it(picture: str, leaving: Collection[str], stands: Stands) -> None:
    assert _stands(picture, leaving)[1] is stands
