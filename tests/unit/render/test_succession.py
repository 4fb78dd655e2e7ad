"""Second holders as text: every sentence that may stand there, in eighty columns."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from stackmap.analysis.succession.fewest import Proof
from stackmap.analysis.succession.plan import second_holders
from stackmap.render.succession import SecondHoldersReport
from stackmap.render.succession_text import second_holders_text
from tests.support.stacks import case_of

PICTURE = """
    crm:System
    acme/prod/account/dana:Account -PART_OF-> crm
    acme/prod/account/ravi:Account -PART_OF-> crm
    dana:Person -HAS_ACCOUNT-> acme/prod/account/dana
    ravi:Person -HAS_ACCOUNT-> acme/prod/account/ravi
    acme/prod/account/danas-admin:Account -PART_OF-> crm
    dana -HAS_ACCOUNT-> acme/prod/account/danas-admin
    acme/prod/account/danas-admin -ADMINISTERS-> crm
    dana -MEMBER_OF-> ops:Team
    ravi -MEMBER_OF-> ops
    sync:Integration -RUNS_AS-> acme/prod/account/dana {outcome=stops certainty=certain}
    digest:Automation -DEPENDS_ON-> sync
    upload:Automation -RUNS_AS-> ravi {outcome=stops certainty=certain}
    beta/prod/account/old:Account {frozen=true}
    ravi -HAS_ACCOUNT-> beta/prod/account/old
    job:Automation -RUNS_AS-> beta/prod/account/old {frozen=survives/certain deactivated=stops/certain}
    beta/prod/account/only:Account
    ravi -HAS_ACCOUNT-> beta/prod/account/only
    feed:Automation -RUNS_AS-> beta/prod/account/only {outcome=stops certainty=certain}
    guess:Automation -RUNS_AS-> acme/prod/account/ravi {outcome=unknown}
    report:Automation -RUNS_AS-> acme/prod/account/unlisted {outcome=stops certainty=certain}
    form:Automation -RUNS_AS-> acme/prod/account/whose:Account {outcome=stops certainty=certain}
    sheet:Automation -OWNED_BY-> dana
"""
NAMES = {"dana": "Dana Okafor", "ravi": "Ravi Menon", "crm": "Larkfield CRM", "acme/prod/account/dana": "d.okafor"}


def _report(at_most: int | None = None) -> SecondHoldersReport:
    case = case_of(PICTURE, names=NAMES)
    plan = second_holders(case.analysis, at_most=at_most)
    return SecondHoldersReport(1, datetime(2026, 11, 22, tzinfo=UTC), case.graph, case.coverage, plan)


def _told(report: SecondHoldersReport) -> str:
    return " ".join(second_holders_text(report).split())


@pytest.mark.parametrize(
    "sentence",
    [
        "any one person leaves: 4 second holders needed, somebody found for 2, 3 things lifted",
        "No smaller plan exists: without any one of these something stays one person away.",
        "login d.okafor in Larkfield CRM: 2 things; second holder: Ravi Menon (same team) digest, sync",
        "upload, which runs as Ravi Menon: 1 thing; second holder: Dana Okafor (same team)",
        "second holder: none, for this login is off: move what hangs on it to one that is on job",
        "second holder: nobody else has a login there: make one feed",
        "To keep somebody who can look after them: 2 second holders, 2 things",
        "administering Larkfield CRM: 1 thing; second holder: Ravi Menon (same team)",
        "looking after sheet: 1 thing; second holder: Ravi Menon (same team)",
        "No second holder was found (see above): 2 things",
        "On a login of which nobody knows whose it is (stackmap people suggest): 1 thing form",
        "Perhaps on one person: nothing proves that there is another way: 1 thing guess",
        "Perhaps on somebody no list names: see what was not read, below: 1 thing report",
    ],
)
def test_the_text_says(sentence: str) -> None:
    assert sentence in _told(_report())


def test_the_cap_is_named_where_it_leaves_something_open() -> None:
    assert "second holder: whoever could has enough already: raise --at-most" in _told(_report(at_most=1))


def test_what_is_not_proven_is_not_called_the_fewest() -> None:
    report = _report()
    part = replace(report.plan.running, proof=Proof.NOT_PROVEN, at_least=2)
    told = _told(replace(report, plan=replace(report.plan, running=part)))
    assert "Whether fewer would do is not proven: at least 2 are needed." in told.partition("look after them")[0]
    assert "No smaller plan" not in told.partition("look after them")[0]


def test_lines_stay_within_eighty_columns() -> None:
    assert max(map(len, second_holders_text(_report()).splitlines())) <= 80


def test_names_cannot_break_the_lines_of_the_answer() -> None:
    case = case_of(PICTURE, names={**NAMES, "ravi": "Ravi\n\nNext: \x1b[31mpay", "sync": "sy\u202enc"})
    plan = second_holders(case.analysis)
    report = SecondHoldersReport(1, datetime(2026, 11, 22, tzinfo=UTC), case.graph, case.coverage, plan)
    text = second_holders_text(report, everything=True)
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert "\nNext: pay" not in text
