"""The bus-factor report: things ranked by what is lost with them, with the evidence."""

from pathlib import Path

import pytest

from stackmap.analysis.bus_factor.standing import Standing
from stackmap.app.report.reporting import bus_factor_report
from stackmap.render.chains import chain
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
RANKED = f"""
    crm/prod/system/prod:System
    mail/x/system/x:System
    dana:Person -HAS_ACCOUNT-> crm/prod/account/1:Account
    crm/prod/account/1 {{account_type=human}}
    alpha:Automation -RUNS_AS-> crm/prod/account/1 {STOPS}
    zeta:Automation -RUNS_AS-> crm/prod/account/1 {STOPS}
    after:Automation -CALLS-> zeta
    sync:Integration -RUNS_AS-> crm/prod/account/1 {STOPS}
    sync -PART_OF-> crm/prod/system/prod
    sync -CONNECTS-> mail/x/system/x
    sync {{app_kind=native sync}}
"""
TOKENS = f"""
    crm/prod/account/1:Account {{account_type=human active=false}}
    crm/prod/account/2:Account {{account_type=human}}
    owen:Person -HAS_ACCOUNT-> crm/prod/account/1
    dana:Person -HAS_ACCOUNT-> crm/prod/account/2
    app:Integration -AUTHENTICATES_WITH-> a:Grant
    app -AUTHENTICATES_WITH-> b:Grant
    a -AUTHORIZED_BY-> crm/prod/account/1 {STOPS}
    b -AUTHORIZED_BY-> crm/prod/account/2 {STOPS}
"""
BOTH = f"""
    crm/prod/account/1:Account {{account_type=human}}
    crm/prod/account/2:Account {{account_type=human}}
    dana:Person -HAS_ACCOUNT-> crm/prod/account/1
    ravi:Person -HAS_ACCOUNT-> crm/prod/account/2
    app:Integration -AUTHENTICATES_WITH-> a:Grant
    app -AUTHENTICATES_WITH-> b:Grant
    app -RUNS_AS-> crm/prod/account/2 {STOPS}
    a -AUTHORIZED_BY-> crm/prod/account/1 {STOPS}
    b -AUTHORIZED_BY-> crm/prod/account/1 {STOPS}
"""
LEFTOVER = """
    n8n/x/system/x:System {usual_act=removed}
    n8n/x/account/1:Account {account_type=human active=false}
    n8n/x/account/2:Account {account_type=human active=false}
    n8n/x/account/1 -PART_OF-> n8n/x/system/x
    owen:Person -HAS_ACCOUNT-> n8n/x/account/1
    owen -HAS_ACCOUNT-> n8n/x/account/2
    job:Automation -OWNED_BY-> n8n/x/account/1 {removed=stops/certain deactivated=survives/certain}
"""
CALLED = f"""
    dana:Person -HAS_ACCOUNT-> crm/prod/account/1:Account
    crm/prod/automation/router:Automation -RUNS_AS-> crm/prod/account/1 {STOPS}
    crm/prod/automation/form:Automation -CALLS-> crm/prod/automation/router
"""
LEFT = f"""
    crm/prod/account/1:Account {{email=owen@larkfield.test}}
    crm/prod/account/2:Account {{email=dana@larkfield.test}}
    owen:Person {{email=owen@larkfield.test active=false}}
    load:Automation -RUNS_AS-> crm/prod/account/1 {STOPS}
    sheet:Integration
    kept:Integration
"""
OWNED = """
people:
  dana: {name: Dana, emails: dana@larkfield.test}
things:
  load: {kind: Automation, owner: owen@larkfield.test}
  sheet: {kind: Integration, owner: owen@larkfield.test}
  kept: {kind: Integration, owner: [owen@larkfield.test, dana]}
"""
NOTES = """
things:
  weekly: {kind: Automation, weight: 5, means: no numbers on Monday, noticed_after: 1 week, owner: ravi}
people:
  ravi: {name: Ravi Menon}
"""


PAIRED = f"""
    crm/prod/system/prod:System
    dana:Person -HAS_ACCOUNT-> crm/prod/account/1:Account
    iris:Person -HAS_ACCOUNT-> crm/prod/account/2:Account
    crm/prod/account/1 {{account_type=human}}
    crm/prod/account/2 {{account_type=human}}
    iris {{active=false}}
    queue:Group
    crm/prod/account/1 -MEMBER_OF-> queue
    crm/prod/account/2 -MEMBER_OF-> queue
    rule:Automation -ROUTES_TO-> queue {STOPS}
    zeta:Automation -ROUTES_TO-> queue {STOPS}
    rule -PART_OF-> crm/prod/system/prod
    sure:Automation -RUNS_AS-> crm/prod/account/1 {STOPS}
"""


@pytest.fixture(name="report")
def _report(tmp_path: Path) -> Report:
    return bus_factor_report(reading_of(tmp_path, COMPANY, notes=NOTES, names={"dana": "Dana Okafor"}))


def test_the_heaviest_comes_first_and_what_falls_with_it_is_told_there(report: Report) -> None:
    told = [(one.name, one.weight, one.takes_along) for one in report.hanging]
    assert told == [("weekly", "weight 5", ()), ("router", "", ("form",))]


def test_without_weights_a_sync_comes_before_what_works_inside_one_system(tmp_path: Path) -> None:
    report = bus_factor_report(reading_of(tmp_path, RANKED))
    assert [(one.name, one.weight) for one in report.hanging] == [("sync", ""), ("zeta", ""), ("alpha", "")]


def test_each_line_says_why_it_matters_what_happens_how_sure_and_where_it_was_seen(report: Report) -> None:
    (weekly, _) = report.hanging
    (loss,) = weekly.losses
    assert (weekly.means, weekly.noticed_after) == ("no numbers on Monday", "1 week")
    assert (loss.outcome, loss.certainty) == ("stops", "certain")
    assert loss.fix == "let it run as an integration login, then run it once"
    (way,) = loss.ways
    assert (way.why, way.already) == ("runs as Ravi Menon's login crm/prod/account/2", False)
    assert way.seen == (("picture, facts, 22 Nov 2026", ""),)


def test_the_live_token_comes_first_and_that_of_a_login_off_already_is_called_so(tmp_path: Path) -> None:
    (app,) = bus_factor_report(reading_of(tmp_path, TOKENS)).hanging
    (loss,) = app.losses
    assert [(way.why, way.already) for way in loss.ways] == [
        ("signs in with b, which was authorised by dana's login crm/prod/account/2", False),
        ("signs in with a, which was authorised by the login crm/prod/account/1, which is off already", True),
    ]


def test_further_down_a_way_the_live_cause_is_followed_too(tmp_path: Path) -> None:
    reading = reading_of(tmp_path, f"{TOKENS}\nnightly:Automation -DEPENDS_ON-> app {STOPS}")
    departure = reading.analysis().leave(("dana",))
    (row,) = (row for row in departure.rows if row.thing == "nightly")
    assert chain(reading.stack.graph, departure, "nightly", row.because[0]) == (
        "depends on app, which signs in with b (and 1 more), which was authorised by dana's login crm/prod/account/2"
    )


def test_several_tokens_of_one_login_are_one_way_and_another_persons_is_its_own(tmp_path: Path) -> None:
    both = bus_factor_report(reading_of(tmp_path, BOTH)).hanging
    (app,) = (one for one in both if one.name == "app")
    assert [way.why for loss in app.losses for way in loss.ways] == [
        "signs in with a, which was authorised by dana's login crm/prod/account/1 (and 1 more way by the same login)",
        "runs as ravi's login crm/prod/account/2",
    ]


def test_a_login_that_is_off_already_is_called_so_with_what_is_still_to_come(tmp_path: Path) -> None:
    (job,) = bus_factor_report(reading_of(tmp_path, LEFTOVER)).hanging
    (loss,) = job.losses
    so_far = "off already, as all logins of that person are"
    assert loss.ways[0].why == f"belongs to owen's login n8n/x/account/1 ({so_far}; removing it stops this)"
    assert loss.fix == "hand it over to somebody who stays before anybody removes that login, then run it once"


def test_a_thing_without_a_word_of_its_own_says_what_goes_with_it(tmp_path: Path) -> None:
    notes = "things:\n  crm/prod/automation/form: {means: no leads, weight: 2}\n"
    (one,) = bus_factor_report(reading_of(tmp_path, CALLED, notes=notes)).hanging
    assert one.stakes == "with it goes crm/prod/automation/form: no leads"
    assert one.takes_along == ("crm/prod/automation/form (weight 2)",)


def test_systems_in_your_notes_are_told_apart_from_those_that_others_name(tmp_path: Path) -> None:
    notes = "systems:\n  sheets: {name: Sheets}\n"
    report = bus_factor_report(reading_of(tmp_path, "outreach/u/system/u:System", notes=notes))
    assert (report.only_noted, report.only_named) == (("Sheets",), ("outreach/u/system/u",))


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


def test_what_hangs_on_the_login_of_somebody_who_has_left_is_not_called_lost_and_says_so(tmp_path: Path) -> None:
    (load,) = bus_factor_report(reading_of(tmp_path, LEFT, notes=OWNED)).hanging
    ways = [(way.why, way.already) for loss in load.losses for way in loss.ways]
    note = "its holder has left; it was not read as switched off"
    assert ways == [(f"runs as owen's login crm/prod/account/1 ({note})", False)]


def test_a_thing_whose_owner_has_left_is_listed_though_nobody_read_who_else_looks_after_it(tmp_path: Path) -> None:
    told = {one.name: (one.who, one.gone) for one in bus_factor_report(reading_of(tmp_path, LEFT, notes=OWNED)).uncared}
    assert told == {
        "load": (None, "load is owned by owen, who has left"),
        "sheet": (None, "sheet is owned by owen, who has left"),
        "kept": ("Dana", ""),
    }


def test_what_two_people_together_stop_is_told_the_heaviest_first_with_where_it_stands(tmp_path: Path) -> None:
    notes = "things:\n  zeta: {kind: Automation, weight: 3}\n"
    report = bus_factor_report(reading_of(tmp_path, PAIRED, notes=notes))
    pair = (("dana", "iris (has left)"),)
    assert [(one.name, one.system, one.pairs) for one in report.paired] == [
        ("zeta", "", pair),
        ("rule", "crm/prod/system/prod", pair),
    ]
    assert {one.stands for one in report.paired} == {Standing.CARE_NOT_READ}
    assert (report.may_be_paired, report.all_pairs) == (0, True)


def test_of_how_many_things_care_was_read_is_counted(tmp_path: Path) -> None:
    known = bus_factor_report(reading_of(tmp_path, COMPANY))
    assert known.care_read + known.care_not_read == sum(known.standings.values())
    assert known.care_read
    (tmp_path / "alone").mkdir()
    alone = bus_factor_report(reading_of(tmp_path / "alone", "only:Automation"))
    assert (alone.care_read, alone.care_not_read) == (0, 1)
