"""What nobody can do on a platform, and logins that may be a program's, in an answer about leavers."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from connectors.salesforce import CONNECTOR as SALESFORCE
from stackmap.app.explaining import never_done
from stackmap.app.leaving import leave
from stackmap.app.lists import Said
from stackmap.app.what_if.unheld import leavers_asked
from stackmap.model import Act
from stackmap.render.departure import DepartureReport, departure_json
from stackmap.render.departure_text import departure_text
from tests.support.notation import notation
from tests.support.supposed import reading_of_lines

PICTURE = """
    dana:Person -HAS_ACCOUNT-> salesforce/acme/account/d:Account
    dana -HAS_ACCOUNT-> n8n/acme/account/d:Account
    salesforce/acme/account/d -PART_OF-> salesforce/acme/system/acme:System
    n8n/acme/account/d -PART_OF-> n8n/acme/system/acme:System
    job:Automation -RUNS_AS-> salesforce/acme/account/d {outcome=stops certainty=certain}
    console:Account {account_type=unknown}
    nobodys:Account
    export:Automation -RUNS_AS-> console {outcome=stops certainty=certain}
    feed:Automation -RUNS_AS-> salesforce/acme/account/n:Account {outcome=stops certainty=certain}
    report:Automation -RUNS_AS-> nobodys {outcome=stops certainty=certain}
"""


def report(how: str, person: str = "dana", picture: str = PICTURE) -> DepartureReport:
    reading = reading_of_lines([{**line, "name": line.get("id", "")} for line in notation(picture)])
    return replace(leave(reading, [person], how), never_done=never_done(Act(how) if how in set(Act) else None))


def flat(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("how", ["removed", "transferred"])
def test_where_nobody_can_do_what_was_asked_for_the_answer_says_so_and_what_is_done_instead(how: str) -> None:
    told = report(how)
    text = flat(departure_text(told))
    assert f"no login can be {how} in salesforce/acme/system/acme: {SALESFORCE.never_done[Act(how)]}" in text
    assert f"salesforce/acme/account/d in salesforce/acme/system/acme (cannot be {how} there)" in text
    assert f"n8n/acme/account/d in n8n/acme/system/acme ({how})" in text
    assert [one["account"] for one in json.loads(departure_json(told))["never_done"]] == ["salesforce/acme/account/d"]


@pytest.mark.parametrize("how", ["usual", "deactivated", "changes-role"])
def test_what_can_be_done_needs_no_such_word(how: str) -> None:
    assert "no login can be" not in departure_text(report(how))
    assert "never_done" not in json.loads(departure_json(report(how)))


def test_a_login_that_is_off_already_cannot_be_removed_there_either() -> None:
    text = flat(departure_text(report("removed", picture=f"{PICTURE}\nsalesforce/acme/account/d {{active=false}}")))
    assert "salesforce/acme/account/d in salesforce/acme/system/acme (cannot be removed there)" in text


def test_of_a_login_of_nobody_that_may_be_a_programs_the_answer_says_so() -> None:
    reading = reading_of_lines([{**line, "name": line.get("id", "")} for line in notation(PICTURE)])
    asked = (leavers_asked(reading, [Said(login)], then="stackmap leave") for login in ("console", "nobodys"))
    doubtful, plain = (departure_text(leave(given, people)) for given, people in asked)
    assert "whether console is a person's or a program's login is not known" in flat(doubtful)
    assert "\n    stackmap people classify console integration\n" in doubtful
    assert "program" not in plain
