"""Logins that nobody is known to hold: `leave` takes them for whoever holds them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from stackmap.analysis import Analysis, Leaving, anonymous_id
from stackmap.app.leaving import leave
from stackmap.app.opening import Reading
from stackmap.app.what_if.supposing import suppose
from stackmap.app.what_if.unheld import leavers_asked
from stackmap.errors import UsageError
from stackmap.model import AccountType, Act, Outcome
from stackmap.render.departure_text import departure_text
from tests.support.laws import on_random_stacks
from tests.support.notation import notation
from tests.support.supposed import reading_of_lines

PICTURE = """
    acme/prod/automation/sync:Automation -RUNS_AS-> acme/prod/account/7:Account {outcome=stops certainty=certain}
    acme/prod/automation/other:Automation -RUNS_AS-> acme/prod/account/8:Account {outcome=stops certainty=certain}
    acme/prod/automation/ours:Automation -RUNS_AS-> acme/prod/account/9:Account {outcome=stops certainty=certain}
    acme/prod/account/7 {account_type=human}
    acme/prod/account/8 {account_type=unknown}
    acme/prod/account/svc:Account {account_type=integration}
    dana:Person -HAS_ACCOUNT-> acme/prod/account/9
    acme/prod/account/9 -PART_OF-> acme/prod/system/prod:System
    acme/prod/account/7 -PART_OF-> acme/prod/system/prod
"""
NAMES = {
    "acme/prod/account/7": "zaps2021",
    "acme/prod/account/8": "console",
    "acme/prod/account/9": "d.kim",
    "acme/prod/account/svc": "svc",
    "acme/prod/system/prod": "Acme",
    "dana": "Dana Kim",
}
_HOW = Leaving(Act.DEACTIVATED)
_PROVEN = {Outcome.STOPS, Outcome.STARVES, Outcome.LATER}


def _reading() -> Reading:
    lines = notation(PICTURE)
    return reading_of_lines([{**line, "name": NAMES.get(line.get("id", ""), line.get("id", ""))} for line in lines])


def _asked(reading: Reading, *words: str) -> tuple[Reading, list[str]]:
    return leavers_asked(reading, words, then="stackmap leave")


@pytest.mark.parametrize(
    "word",
    [
        "zaps2021",
        "ZAPS2021",
        "Acme:zaps2021",
        "acme/prod/account/7",
        "anonymous/acme/prod/account/7",
        "whoever holds zaps2021 in Acme",
    ],
)
def test_a_login_is_asked_about_as_whoever_holds_it(word: str) -> None:
    given, people = _asked(_reading(), word)
    assert people == ["anonymous/acme/prod/account/7"]
    report = leave(given, people)
    assert [(row.thing, row.outcome) for row in report.departure.rows] == [("acme/prod/automation/sync", Outcome.STOPS)]
    text = " ".join(departure_text(report).split())
    assert "If whoever holds zaps2021 in Acme left" in text
    assert (
        "nobody is known to hold zaps2021 in Acme. If you know whose it is, say so: stackmap people merge NAME" in text
    )
    assert "runs as the login zaps2021, whose holder no list names" in text


def test_of_a_login_of_unknown_type_what_hangs_on_it_only_may_stop() -> None:
    given, people = _asked(_reading(), "console", "Dana Kim")
    rows = {row.thing.rpartition("/")[2]: row.outcome for row in leave(given, people).departure.rows}
    assert rows == {"other": Outcome.UNKNOWN, "ours": Outcome.STOPS}


@pytest.mark.parametrize("word", ["Dana Kim", "d.kim"])
def test_where_somebody_is_named_nobody_is_made_up(word: str) -> None:
    reading = _reading()
    given, people = _asked(reading, word)
    assert given is reading
    assert people == ["dana"]


@pytest.mark.parametrize("word", ["svc", "zaps2022", "", "whoever holds d.kim in Acme"])
def test_what_fits_nobody_is_still_an_error(word: str) -> None:
    with pytest.raises(UsageError):
        _asked(_reading(), word, "zaps2021")


def test_of_several_such_logins_it_is_asked_which() -> None:
    lines = notation("a/1/account/1:Account {account_type=human}\n b/1/account/1:Account {account_type=unknown}")
    reading = reading_of_lines([{**line, "name": "zaps"} for line in lines])
    with pytest.raises(UsageError, match="2 logins that nobody is known to hold match") as raised:
        _asked(reading, "zaps")
    assert "Say which: stackmap leave a/1/account/1" in str(raised.value)
    assert _asked(reading, "a/1/account/1")[1] == ["anonymous/a/1/account/1"]


def test_where_somebody_is_supposed_to_hold_it_they_are_meant() -> None:
    _, people = _asked(suppose(_reading(), ["Dana Kim holds zaps2021"]), "zaps2021")
    assert people == ["dana"]


def test_without_what_is_supposed_the_same_is_asked() -> None:
    supposed = suppose(_reading(), ["d.kim is off"])
    given, people = _asked(supposed, "zaps2021")
    assert given.unsupposed is not None
    assert people[0] in given.unsupposed.stack.people
    held = replace(supposed, unsupposed=suppose(_reading(), ["Dana Kim holds zaps2021"]))
    before = _asked(held, "zaps2021")[0].unsupposed
    assert before is not None
    assert [tie.person for tie in before.stack.accounts["acme/prod/account/7"].holders] == ["dana"]


@on_random_stacks(40)
def test_what_is_proven_of_a_nameless_holder_is_proven_of_whoever_holds_the_login(lines: list[dict[str, Any]]) -> None:
    for login in [one.id for one in reading_of_lines(lines).stack.accounts.values() if one.type is AccountType.HUMAN]:
        reading = reading_of_lines(
            [one for one in lines if not (one.get("kind") == "HAS_ACCOUNT" and one["to"] == login)]
        )
        person = anonymous_id(login)
        given, asked = _asked(reading, login)
        assert asked == [person]
        assert _proven(given, person) == _proven(reading, person), login


def _proven(reading: Reading, person: str) -> set[tuple[str, Outcome]]:
    return {one for one in Analysis(reading.stack, _HOW).outcomes([person]) if one[1] in _PROVEN}
