"""`stackmap people`: everybody, or some of them."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from stackmap.analysis import Whereabouts
from stackmap.analysis.whereabouts import Word
from stackmap.app.people.entries import people_report
from stackmap.app.people.selecting import Selection, selected
from tests.functional.cli import inside
from tests.functional.people.larkfield import Run
from tests.support.workspaces import reading_of


@pytest.mark.parametrize(
    ("words", "shown", "hidden"),
    [
        (["--type", "integration"], "svc-sync", "Dana Okafor"),
        (["--system", "mail/eu"], "Dana Kim", "svc-sync"),
        (["--system", "crm"], "Mia Sorensen", "Dana Kim"),
        (["--search", "OKAFOR"], "Dana Okafor", "Mia"),
        (["--search", "sync"], "svc-sync", "Mia"),
        (["--unresolved"], "console", "d.okafor@"),
        (["--gone"], "Dana Kim", "Mia"),
        (["--conflicts"], "", "Mia"),
    ],
)
def test_the_list_shows_what_was_asked_for(run: Run, words: list[str], shown: str, hidden: str) -> None:
    done = run(*words)
    assert done.code == 0, done.notes
    assert shown in done.out
    assert hidden not in done.out


def test_a_system_or_a_team_that_is_none_is_told_with_those_there_are(run: Run) -> None:
    assert "crm/prod, mail/eu, okta/acme" in run("--system", "hubspot").notes
    assert run("--team", "sales").code == 2


def test_an_option_of_the_list_is_no_option_of_another_command(run: Run) -> None:
    done = run("--search", "x", "show", "Dana Okafor")
    assert (done.code, "belongs behind the command" in done.notes) == (2, True)


def test_no_terminal_escape_of_a_login_reaches_the_terminal(run: Run) -> None:
    for words in ([], ["--unresolved"], ["suggest"], ["show", "Dana Okafor"]):
        assert "\x1b" not in run(*words).out
    done = run("classify", "mail/eu/account/8", "shared", "--reason", "two\x1b[2J use it")
    assert "\x1b" not in done.out + done.notes
    assert done.code == 0


def test_that_nothing_is_open_is_said_with_what_may_be_hidden(run: Run, tmp_path: Path) -> None:
    none = run("--unresolved", "--type", "vendor_managed").out
    assert "\n\nNo login of type vendor_managed that is nobody's.\n\n" in none
    hidden = "Lists of logins that were read in part, or not at all, may hide some."
    assert hidden in none
    assert hidden not in run("--unresolved").out
    assert "Nothing is left to decide: no tie was refused, and no sources differ about who\n" in run("--conflicts").out


@pytest.mark.parametrize(("state", "hides"), [("complete", False), ("denied", True)])
def test_every_login_is_somebodys_as_far_as_was_read(tmp_path: Path, state: str, hides: bool) -> None:
    listed = "crm/1/account/1:Account {email=mia@larkfield.test}\ncoverage crm/1 {kinds=Account state=%s reason=no}"
    reading_of(tmp_path, listed % state)
    done = inside("people", "--unresolved", cwd=tmp_path)
    assert "\nEvery login that was read is somebody's.\n" in done.out
    assert ("may hide some" in done.out) is hides


LISTS = """
    staff/1:Person {{email=cat@larkfield.test active={listed}}}
    okta/lark/system/lark:System {{directory=true}}
    okta/lark/account/1:Account {{email=cat@larkfield.test active={on} account_type=human}}
    okta/lark/account/1 -PART_OF-> okta/lark/system/lark
    coverage okta/lark {{kinds=Account state=complete}}
"""


@pytest.mark.parametrize("words", ["--gone", "--conflicts"])
@pytest.mark.parametrize(("on", "told"), [("false", True), ("true", False)])
def test_people_of_whom_sources_differ_are_named_with_who_says_what(
    tmp_path: Path, words: str, on: str, told: bool
) -> None:
    reading_of(tmp_path, LISTS.format(listed="true", on=on))
    done = inside("people", words, cwd=tmp_path)
    assert done.code == 0, done.notes
    assert ("cat@larkfield.test" in done.out) is told
    assert ("says otherwise" in " ".join(done.out.split())) is told
    assert ("Nobody: no source says" in done.out or "Nothing is left" in done.out) is not told


OFF = Word("Okta", False, "login off", date(2026, 11, 20))
ON = Word("staff-list", True, "", date(2026, 11, 21))
MISSING = Word("staff-list", None, "", None, "not on staff-list, which is said to hold everybody")


@pytest.mark.parametrize(
    ("whereabouts", "shown"),
    [
        (Whereabouts(True, (ON, OFF)), True),
        (Whereabouts(True, (ON,)), False),
        (Whereabouts(None, (), absent=(MISSING,)), True),
        (Whereabouts(True, (ON,), absent=(MISSING,)), False),
    ],
)
def test_whom_the_newest_list_has_as_here_is_shown_too_where_another_source_differs(
    tmp_path: Path, whereabouts: Whereabouts, shown: bool
) -> None:
    reading = reading_of(tmp_path, "crm/1/account/1:Account {email=cat@larkfield.test}")
    report = people_report(reading)
    told = replace(report, people=[replace(one, here=True, whereabouts=whereabouts) for one in report.people])
    assert bool(selected(reading, told, Selection(gone=True)).people) is shown
