"""What each person alone would break, as text, JSON and table: nobody with something is left to an all-clear."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from csv import DictReader
from dataclasses import replace
from datetime import UTC, datetime
from io import StringIO
from json import loads

import pytest

from stackmap.analysis import Fate, LoginFate, everyone
from stackmap.analysis.departures.besides import Besides, besides
from stackmap.model import Outcome
from stackmap.render.bus_factor_everyone import EveryoneReport, everyone_csv, everyone_json, everyone_text
from stackmap.render.bus_factor_gone import Gone
from tests.support.stacks import case_of

PICTURE = """
    dana:Person -HAS_ACCOUNT-> a:Account
    greta:Person -HAS_ACCOUNT-> b:Account
    max:Person -HAS_ACCOUNT-> c:Account
    nora:Person -HAS_ACCOUNT-> d:Account
    zoe:Person
    router:Automation -RUNS_AS-> a {outcome=stops certainty=certain}
    n8n:System -OWNED_BY-> b {outcome=refused certainty=certain}
    alarm:Automation -NOTIFIES-> c
"""
NAMES = {"dana": "Dana Okafor", "greta": "Greta Holm", "max": "Max Ernst", "nora": "Nora Blum", "zoe": "Zoe Lind"}
LOGIN = LoginFate("zap/x/account/1", (), Fate.COULD_BE_THEIRS, "", ("router", "alarm"))


def report_of(gone: Mapping[str, Gone] | None = None, anybodys: Sequence[LoginFate] = ()) -> EveryoneReport:
    case = case_of(PICTURE, names=NAMES)
    people = tuple(everyone(case.analysis))
    beside = besides(case.analysis, [one.person for one in people if not any(one.counts.values())])
    taken = datetime(2026, 11, 22, tzinfo=UTC)
    return EveryoneReport(taken, case.graph, case.coverage, people, gone or {}, besides=beside, anybodys=anybodys)


def joined(report: EveryoneReport, *, everything: bool = False) -> str:
    return " ".join(everyone_text(report, everything=everything).split())


def row_of(report: EveryoneReport, name: str) -> list[str]:
    return next(line.split() for line in everyone_text(report).splitlines() if line.startswith(f"  {name} "))


def test_whose_last_day_is_blocked_stands_in_the_table() -> None:
    assert row_of(report_of(), "Greta Holm") == ["Greta", "Holm", "1", "-", "-", "-", "-", "1"]
    assert row_of(report_of(), "Dana Okafor") == ["Dana", "Okafor", "-", "1", "-", "-", "-", "-"]


def test_what_else_hangs_on_those_in_the_table_is_told_elsewhere() -> None:
    told = "secrets and the like of those above: stackmap leave NAME"
    assert told in joined(report_of())
    assert told not in joined(replace(report_of(), people=())), "there is no table"


def test_every_column_stands_under_its_heading_and_within_eighty_columns() -> None:
    lines = everyone_text(report_of({"dana": Gone.LOGINS_OFF})).splitlines()
    first = next(number for number, line in enumerate(lines) if line.endswith("may     no"))
    assert lines[first + 1].split() == ["last", "day", "stops", "data", "later", "stop", "carer"]
    assert {len(line.removesuffix("  (logins off)")) for line in lines[first : first + 4]} == {len(lines[first])}
    assert max(map(len, lines)) <= 80


def test_of_whom_only_lesser_things_are_told_is_said_with_what_they_are() -> None:
    assert "On these only lesser things hang (which ones: stackmap leave NAME) Max Ernst · 1 alarm reaches nobody" in (
        joined(report_of())
    )


@pytest.mark.parametrize(
    ("beside", "words"),
    [
        (Besides(1, 2, 0, 0, 0, 0), "2 systems with one administrator less"),
        (Besides(1, 0, 1, 0, 0, 0), "1 secret to change"),
        (Besides(1, 0, 0, 1, 0, 0), "1 login whose mail goes to them"),
        (Besides(1, 0, 0, 0, 3, 0), "3 things go on with less"),
        (Besides(1, 0, 0, 0, 0, 1), "1 thing with nobody named for it left"),
    ],
)
def test_nobody_with_anything_beside_is_told_to_have_nothing(beside: Besides, words: str) -> None:
    plain = report_of()
    assert "Nothing that was read hangs on 1 other person alone." in joined(plain)
    shown = joined(replace(plain, besides={**plain.besides, "nora": beside}))
    assert f"Nora Blum · {words}" in shown
    assert "Nothing that was read" not in shown


def test_a_key_that_ends_or_changes_hands_is_something() -> None:
    plain = report_of()
    tokens = {Outcome.STOPS: 1, Outcome.UNKNOWN: 1, Outcome.MOVED: 1}
    people = [replace(one, tokens=tokens) if one.person == "nora" else one for one in plain.people]
    told = "Nora Blum · 1 key or connection changes hands, 2 keys or connections end, or may"
    assert told in joined(replace(plain, people=people))


def test_of_somebody_without_a_login_little_can_be_said() -> None:
    assert "No login was found of Zoe Lind: little can be said." in joined(report_of())


def test_somebody_gone_on_whom_nothing_hangs_is_no_all_clear() -> None:
    shown = joined(report_of({"nora": Gone.LEFT, "zoe": Gone.LEFT}))
    named = "Nothing more hangs on Nora Blum (has left); Zoe Lind (has left)."
    assert f"{named} What is open because somebody has left: stackmap leave NAME" in shown
    assert "Nothing that was read" not in shown
    assert "No login" not in shown


def test_of_whom_nobody_says_that_they_have_left_nothing_is_open_because_of_it() -> None:
    """`leave` has a list of what is open for those who have left, and for nobody else."""
    assert "Nothing more hangs on Zoe Lind (logins off)." in joined(report_of({"zoe": Gone.LOGINS_OFF}))
    assert "What is open" not in joined(report_of({"zoe": Gone.LOGINS_OFF}))
    both = joined(report_of({"nora": Gone.LEFT, "zoe": Gone.LOGINS_OFF}))
    assert "What is open because somebody has left: stackmap leave NAME" in both


def test_what_hangs_on_somebody_gone_says_so_and_what_takes_it() -> None:
    shown = report_of({"dana": Gone.LEFT, "max": Gone.LOGINS_OFF})
    assert row_of(shown, "Dana Okafor")[-2:] == ["(has", "left)"]
    assert "(has left): the day somebody switches their login off takes it" in joined(shown)
    assert "Max Ernst (logins off) · 1 alarm" in joined(shown)
    assert "(logins off): what is done next to those logins" in joined(shown)
    assert "(has left)" not in joined(report_of())


def test_logins_that_could_be_anybodys_are_never_silent() -> None:
    shown = joined(report_of(anybodys=[LOGIN]))
    assert "Not counted above: 1 login whose holder could not be read. 2 things hang on it, and could hang on" in shown
    assert "Not counted" not in joined(report_of())
    [login] = loads(everyone_json(report_of(anybodys=[LOGIN])))["could_be_theirs"]
    assert (login["id"], login["things"]) == ("zap/x/account/1", ["router", "alarm"])


def test_of_many_such_logins_and_of_many_people_the_first_are_named_unless_all_are_asked_for() -> None:
    logins = [replace(LOGIN, id=f"zap/x/account/{number}") for number in range(8)]
    assert "; and 2 more: --all" in joined(report_of(anybodys=logins))
    assert "more: --all" not in joined(report_of(anybodys=logins), everything=True)
    plain = report_of()
    alike = [replace(one, person=f"m{n:02}") for n in range(25) for one in plain.people if one.person == "max"]
    many = replace(plain, people=alike)
    assert "m19 · 1 alarm reaches nobody and 5 more: --all" in joined(many)
    assert "m24 · 1 alarm reaches nobody" in joined(many, everything=True)


def test_programs_get_every_count_and_who_is_gone() -> None:
    shown = report_of({"dana": Gone.LOGINS_OFF})
    told = {one["id"]: one for one in loads(everyone_json(shown))["people"]}
    assert (told["dana"]["stops"], told["dana"]["gone"], told["dana"]["partial"]) == (1, "logins_off", None)
    assert (told["greta"]["refused"], told["greta"]["gone"]) == (1, None)
    assert (told["max"]["muted"], told["nora"]["partial"], told["zoe"]["logins"]) == (1, 0, 0)
    rows = list(DictReader(StringIO(everyone_csv(shown).removeprefix("\ufeff"))))
    for row in rows:
        in_json = {key: "" if value is None else str(value) for key, value in told[row["id"]].items()}
        assert row == in_json
