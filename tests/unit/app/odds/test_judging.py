"""Odds of a reading: who is meant by each line, and what beside the odds is told."""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any
from unittest.mock import patch

import pytest

from stackmap.app.leaving import leave
from stackmap.app.odds.judging import judge_odds
from stackmap.app.odds.listed import read_odds
from stackmap.app.opening import Reading
from stackmap.app.people import finding
from stackmap.errors import UsageError
from stackmap.model import Outcome, State
from stackmap.render.odds import OddsReport, odds_json
from stackmap.render.odds_text import odds_text
from tests.support.laws import on_random_stacks
from tests.support.notation import notation
from tests.support.supposed import reading_of_lines

_NAMES = {"p1": "Dana Okafor", "p2": "Dana Petrov", "p3": "Ravi Menon", "p4": "Owen Blake", "ops": "Marketing Ops"}
_OFF = {"properties": {"active": False, "account_type": "human"}}
_PICTURE = """
    Sync:Automation -RUNS_AS-> a:Account {outcome=stops certainty=certain}
    p1:Person -HAS_ACCOUNT-> a
    p2:Person -HAS_ACCOUNT-> b:Account
    p3:Person -MEMBER_OF-> ops:Team
    p1 -MEMBER_OF-> ops
    p4:Person -HAS_ACCOUNT-> d:Account
    p3 -HAS_ACCOUNT-> c:Account
"""


def _reading() -> Reading:
    """Owen Blake's only login, and Ravi Menon's, are off."""
    named = [{**line, "name": _NAMES.get(line.get("id", ""), line.get("id", ""))} for line in notation(_PICTURE)]
    return reading_of_lines([{**line, **_OFF} if line.get("id") in {"c", "d"} else line for line in named])


def _judged(text: str) -> OddsReport:
    return judge_odds(_reading(), read_odds(text, "odds.txt"))


def _wrong(text: str) -> list[str]:
    with pytest.raises(UsageError) as raised:
        _judged(text)
    return str(raised.value).splitlines()


def test_each_line_is_about_the_one_its_name_fits() -> None:
    found = _judged("Dana Okafor, 30 %\nmenon, 0.1\n")
    assert found.odds.said == {"p1": 0.3, "p3": 0.1}
    assert found.without_login == []


def test_of_whoever_has_no_login_in_use_it_is_said() -> None:
    found = _judged("Owen Blake, 5 %\nDana Okafor, 10 %")
    assert list(found.left) == ["p4"]
    assert "all logins are off" in found.left["p4"]


def test_the_order_of_lines_changes_nothing() -> None:
    one, other = _judged("Owen Blake, 5 %\nRavi Menon, 10 %"), _judged("Ravi Menon, 10 %\nOwen Blake, 5 %")
    assert odds_text(one) == odds_text(other)
    assert odds_json(one) == odds_json(other)


def test_what_is_wrong_with_names_and_numbers_is_told_together_and_in_order() -> None:
    told = _wrong("Dana, 30 %\nRavi Menon\nDana Okafro, 0.1\nRavi Menon, 5 %\np3, 5 %\n")
    places = [line for line in told if line.startswith("odds.txt:")]
    assert [place.partition(": in the line ")[0] for place in places] == [f"odds.txt:{line}" for line in (1, 2, 3, 5)]
    assert '"Dana, 30 %": 2 people match "Dana":' in places[0]
    assert '"Ravi Menon": it does not say how likely' in places[1]
    assert 'nobody here is called "Dana Okafro"; nearest:' in places[2]
    assert "this is who is meant in line 4, too" in places[3]


def test_what_to_try_is_a_line_of_the_list() -> None:
    assert "Try: p1, 12.5 %" in _wrong("Dana Okafro, 12.5 %")
    assert "Say which: p1, 30 %" in _wrong("Dana, 30 %")


def test_of_a_team_it_is_said_that_odds_are_of_people_and_who_is_in_it() -> None:
    [told] = _wrong("Marketing Ops, 20 %")
    assert told.endswith(
        '"Marketing Ops" is a team: odds are said of people, one by one. In it: Dana Okafor and Ravi Menon'
    )


def test_of_a_login_that_nobody_is_known_to_hold_it_is_said_that_odds_are_of_people() -> None:
    nobodys = {"type": "node", "kind": "Account", "id": "acme/prod/account/7", "name": "zaps2021"}
    reading = reading_of_lines([*notation(_PICTURE), {**nobodys, "properties": {"account_type": "human"}}])
    for word in ("zaps2021", "whoever holds zaps2021 in acme/prod"):
        with pytest.raises(UsageError) as raised:
            judge_odds(reading, read_odds(f"{word}, 30 %", "odds.txt"))
        assert f'"{word}" is a login that nobody is known to hold: odds are said of people. What' in str(raised.value)
        assert f"stackmap leave {shlex.quote(word)}" in str(raised.value)


def test_what_is_wrong_with_equal_lines_is_told_once() -> None:
    [told] = _wrong("Dana Okafor, 30 %\n" * 50)
    assert told.startswith("odds.txt:2: ")
    assert [line for line in _wrong("Nobody, 30 %\n" * 50) if line.startswith("odds.txt:")] == [
        'odds.txt:1: in the line "Nobody, 30 %": nobody here is called "Nobody". See: stackmap people'
    ]
    assert len(_wrong("Dana Okafor, 30 %\nDana Okafor, 40 %\n" * 50)) == 2, "lines that differ are told each"


def test_what_comes_near_is_only_looked_for_where_it_is_told() -> None:
    with patch.object(finding, "near_people", wraps=finding.near_people) as near:
        told = _wrong("\n".join(f"Nobody {number}, 30 %" for number in range(25)))
    assert near.call_count == 10
    assert told[-1] == "and 15 more lines that cannot be used"


_SHORT_OF_LOST = {Outcome.REFUSED, Outcome.LATER, Outcome.MOVED, Outcome.UNOWNED, Outcome.MUTED}


@on_random_stacks(80)
def test_what_is_told_beside_odds_is_what_leave_tells_of_all_of_them(lines: Sequence[Mapping[str, Any]]) -> None:
    reading = reading_of_lines(lines)
    stays, *people = reading.stack.people or ("",)
    if not people:
        return
    lines_of = [f'"{stays}"; 0 %', *(f'"{person}"; 50 %' for person in people)]
    found = judge_odds(reading, read_odds("\n".join(lines_of), "odds.txt"))
    told = leave(reading, people)
    beside = Counter(row.outcome for row in told.departure.rows if row.outcome in _SHORT_OF_LOST)
    rows = [row for row in told.departure.rows if row.outcome is Outcome.UNKNOWN]
    late = Counter(row.outcome for row in rows if row.at_worst is State.LATER)
    assert found.not_counted.outcomes == beside + late
    assert list(found.not_counted.administrators) == [change.system for change in told.administrators]
    assert {person: said for person, said in found.left.items() if person != stays} == dict(told.left)
    lost = {one.thing for one in found.odds.things}
    worse = {one.thing for one in told.departure.already_broken}
    assert {row.thing for row in told.departure.rows if row.outcome in {Outcome.STOPS, Outcome.STARVES}} - worse <= lost
    assert {row.thing for row in rows if row.at_worst is not State.LATER} - worse <= lost
