"""The bus-factor report: things ranked by what is lost with them, with the evidence."""

from pathlib import Path

import pytest

from stackmap.analysis.standing import Standing
from stackmap.app.reporting import bus_factor_report
from stackmap.render.report_page import Report
from tests.support.workspaces import reading_of

STOPS = "{outcome=stops certainty=certain}"
COMPANY = f"""
    crm/prod/system/prod:System
    crm/prod/account/1:Account
    crm/prod/account/2:Account
    dana:Person -HAS_ACCOUNT-> crm/prod/account/1
    ravi:Person -HAS_ACCOUNT-> crm/prod/account/2
    crm/prod/account/1 -ADMINISTERS-> crm/prod/system/prod
    crm/prod/account/1 -PART_OF-> crm/prod/system/prod
    router:Automation -RUNS_AS-> crm/prod/account/1 {STOPS}
    form:Automation -CALLS-> router
    weekly:Automation -RUNS_AS-> crm/prod/account/2 {STOPS}
    guess:Automation -RUNS_AS-> crm/prod/account/2
    lost:Automation -RUNS_AS-> crm/prod/account/9 {STOPS}
    router -PART_OF-> crm/prod/system/prod
    coverage crm/prod {{inventory=users kinds=Account,ADMINISTERS}}
"""
NOTES = """
things:
  weekly: {kind: Automation, weight: 5, means: no numbers on Monday, noticed_after: 1 week, owner: ravi}
people:
  ravi: {name: Ravi Menon}
"""


@pytest.fixture(name="report")
def _report(tmp_path: Path) -> Report:
    return bus_factor_report(reading_of(tmp_path, COMPANY, notes=NOTES, names={"dana": "Dana Okafor"}))


def test_the_heaviest_comes_first_and_what_falls_with_it_is_told_there(report: Report) -> None:
    told = [(one.name, one.weight, one.takes_along) for one in report.hanging]
    assert told == [("weekly", 5.0, ()), ("router", 2.0, ("form",))]


def test_each_line_says_why_it_matters_what_happens_how_sure_and_where_it_was_seen(report: Report) -> None:
    (weekly, _) = report.hanging
    (loss,) = weekly.losses
    assert (weekly.means, weekly.noticed_after) == ("no numbers on Monday", "1 week")
    assert (loss.outcome, loss.certainty) == ("stops", "certain")
    assert loss.why == "runs as Ravi Menon's login crm/prod/account/2"
    assert loss.fix == "let it run as an integration login, then run it once"
    assert loss.seen == (("picture, facts, 22 Nov 2026", ""),)


def test_what_may_hang_on_one_person_is_told_apart(report: Report) -> None:
    assert [one.name for one in report.unsure] == ["guess"]
    assert report.standings[Standing.MAYBE_ONE_PERSON] == 1


def test_what_is_broken_already_is_not_said_to_hang_on_somebody(report: Report) -> None:
    assert report.standings[Standing.BROKEN] == 1
    assert "lost" not in {one.name for one in report.hanging}


def test_what_one_person_looks_after_is_told_with_all_that_lies_in_it(report: Report) -> None:
    told = {one.name: (one.who, one.also) for one in report.uncared}
    assert told["crm/prod/system/prod"] == ("Dana Okafor", ("router",))
    assert told["weekly"] == ("Ravi Menon", ())


def test_every_counted_thing_stands_in_one_group(report: Report) -> None:
    assert sum(report.standings.values()) == 6
