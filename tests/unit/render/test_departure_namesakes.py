"""What an answer says of things, logins and systems that are called the same, and of how many there are."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from stackmap.analysis import Cause, Row
from stackmap.app.leaving import departure_report
from stackmap.model import Certainty, Outcome
from stackmap.render.departure import DepartureReport
from stackmap.render.departure_text import departure_text
from stackmap.render.departure_ways import ways_told
from stackmap.render.finding_words import broken_things
from stackmap.rules import evaluate
from tests.support.stacks import case_of

TAKEN = datetime(2026, 11, 22, 9, tzinfo=UTC)
TWINS = """
    dana:Person -HAS_ACCOUNT-> crm/live/account/1:Account
    dana -HAS_ACCOUNT-> crm/test/account/1:Account
    crm/live/account/1 -PART_OF-> crm/live/system/live:System
    crm/test/account/1 -PART_OF-> crm/test/system/test:System
    crm/live/system/live -DEPENDS_ON-> dana {deactivated=stops/certain}
    crm/live/automation/9:Automation -RUNS_AS-> crm/live/account/1 {deactivated=stops/certain}
    crm/live/automation/9 -PART_OF-> crm/live/system/live
"""
NAMES = {
    "dana": "Dana Kim",
    "crm/live/account/1": "d.kim",
    "crm/test/account/1": "d.kim",
    "crm/live/system/live": "CRM",
    "crm/test/system/test": "CRM",
    "crm/live/automation/9": "Sync",
}
NOBODYS = """
    ann:Person -HAS_ACCOUNT-> x/1/account/ann:Account
    crm/live/account/7:Account {account_type=human}
    crm/live/account/7 -PART_OF-> crm/live/system/live:System
    erp/live/automation/1:Automation -PART_OF-> erp/live/system/live:System
    crm/live/automation/1:Automation -RUNS_AS-> crm/live/account/7 {deactivated=stops/certain}
    crm/live/automation/1 -PART_OF-> crm/live/system/live
    erp/live/automation/1 -RUNS_AS-> crm/live/account/7 {deactivated=stops/certain}
    crm/live/automation/2:Automation -RUNS_AS-> crm/live/account/7 {deactivated=stops/certain}
    crm/live/automation/3:Automation -RUNS_AS-> crm/live/account/7 {deactivated=stops/certain}
"""
NOBODYS_NAMES = {
    "crm/live/automation/1": "Sync",
    "erp/live/automation/1": "Sync",
    "crm/live/automation/2": "Digest",
    "crm/live/automation/3": "Alerts",
    "crm/live/system/live": "CRM",
    "erp/live/system/live": "ERP",
}


def report_of(picture: str, person: str, names: dict[str, str], **more: Any) -> DepartureReport:
    return departure_report(case_of(picture, names=names, **more).analysis, [person], "usual", 1, TAKEN)


def told(picture: str, person: str, names: dict[str, str]) -> str:
    return " ".join(departure_text(report_of(picture, person, names)).split())


def test_logins_and_things_in_systems_of_one_name_are_told_with_the_tenant() -> None:
    text = told(TWINS, "dana", NAMES)
    assert "d.kim in CRM (id live)" in text
    assert "d.kim in CRM (id test)" in text
    assert "Sync · CRM (id live)" in text


def test_a_system_is_not_said_to_lie_in_itself() -> None:
    text = told(TWINS, "dana", NAMES)
    assert "CRM (id live)" in text
    assert "CRM (id live) · CRM" not in text
    named_so = TWINS + "\n    crm/test/integration/1:Integration -PART_OF-> crm/test/system/test"
    alone = {**NAMES, "crm/live/system/live": "Sales", "crm/live/automation/9": "Sales"}
    assert "Sales (system) · Sales" not in told(named_so, "dana", alone)


def test_a_broken_system_is_not_said_to_lie_in_itself() -> None:
    picture = """
        crm/live/system/live:System -DEPENDS_ON-> crm/live/account/1:Account {deactivated=stops/certain}
        crm/live/account/1 {active=false}
        crm/test/system/test:System
    """
    case = case_of(picture, names=NAMES)
    ((thing, _),) = broken_things(evaluate(case), case.graph)
    assert thing.startswith("CRM (id live) ")
    assert "(CRM" not in thing


def test_things_that_could_be_theirs_are_counted_each_however_they_are_called() -> None:
    text = told(NOBODYS, "ann", NOBODYS_NAMES)
    assert "on it run 4 things: Alerts, Digest, Sync in CRM and 1 more (which login: --all)" in text


def test_one_other_is_no_others() -> None:
    inside = [Cause(f"in-{number}", None) for number in range(4)]
    outside = [Cause(f"out-{number}", None) for number in range(7)]
    rows = [Row(one.node, Outcome.STOPS, Certainty.CERTAIN, None, True, (Cause("thing", None),)) for one in inside]
    row = Row("thing", Outcome.STOPS, Certainty.CERTAIN, None, True, (*inside, *outside))
    report = report_of(TWINS, "dana", NAMES)
    departure = replace(report.departure, rows=(*rows, row))
    assert ways_told(departure, row, everything=False).counted(report.graph).endswith(", and on 1 other (each: --all)")
