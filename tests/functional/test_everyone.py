"""`bus-factor` and `bus-factor --everyone` say of each person and thing what `leave` says, in the demo company."""

from __future__ import annotations

from collections import Counter, defaultdict
from json import loads
from pathlib import Path
from typing import Any

import pytest

from stackmap.analysis.departures.everyone import Everyone
from stackmap.app.asking import every_departure, how_few
from stackmap.app.leaving import leave
from stackmap.app.opening import Question, Reading, open_reading
from stackmap.app.workspace import Workspace
from stackmap.render.bus_factor import bus_factor_json
from stackmap.render.bus_factor_everyone import everyone_json
from stackmap.render.departure import departure_json
from tests.functional.cli import Done, inside

_ROWS = ("stops", "starves", "later", "unknown", "unowned", "refused", "moved", "muted", "survives")


@pytest.fixture(scope="module", name="reading")
def _reading(made_demo: tuple[Path, Done]) -> Reading:
    return open_reading(Workspace(made_demo[0]), Question())


@pytest.fixture(scope="module", name="answers")
def _answers(reading: Reading) -> dict[str, dict[str, Any]]:
    """What `leave` says of each person, by id."""
    return {person: loads(departure_json(leave(reading, [person]))) for person in reading.stack.people}


def test_every_count_is_that_of_the_answer_about_that_person(
    reading: Reading, answers: dict[str, dict[str, Any]]
) -> None:
    told = {one["id"]: one for one in loads(everyone_json(every_departure(reading)))["people"]}
    assert told.keys() == answers.keys()
    for person, answer in answers.items():
        rows = Counter(row["outcome"] for row in answer["outcomes"])
        expected: dict[str, int | None] = {outcome: rows[outcome] for outcome in _ROWS}
        expected |= {key: len(answer[key]) for key in ("tokens", "handed_tokens", "rotate", "mail")}
        expected["administrators"] = len(answer["administrators"]["changes"])
        expected |= {key: None if rows else len(answer[key]) for key in ("partial", "forsaken")}
        assert {key: told[person][key] for key in expected} == expected, person


def test_logins_that_could_be_theirs_are_those_of_every_answer(
    reading: Reading, answers: dict[str, dict[str, Any]], made_demo: tuple[Path, Done]
) -> None:
    told = loads(everyone_json(every_departure(reading)))["could_be_theirs"]
    for answer in answers.values():
        could_be = [one for one in answer["accounts"] if one["what"] == "could_be_theirs"]
        assert [{key: one[key] for key in ("id", "name", "system", "things")} for one in could_be] == told
    shown = " ".join(inside("bus-factor", "--everyone", cwd=made_demo[0]).out.split())
    assert f"Not counted above: {len(told)} logins whose holder could not be read" in shown
    assert "zaps2021 in zapier/larkfield (1); whoever stands behind" in shown


def test_a_thing_names_whoever_makes_it_stop_later_or_has_their_last_day_blocked(
    reading: Reading, answers: dict[str, dict[str, Any]]
) -> None:
    by_outcome: dict[tuple[str, str], list[str]] = defaultdict(list)
    for person, answer in answers.items():
        for row in answer["outcomes"]:
            by_outcome[row["outcome"], row["thing"]["id"]].append(person)
    told = loads(bus_factor_json(how_few(reading)))
    for one in (*told["things"], *told["systems"]):
        assert [person for person in one["blocks_last_day_of"] if person in answers] == by_outcome["refused", one["id"]]
        alone = [people[0] for people in one["later_sets"] if len(people) == 1 and people[0] in answers]
        assert alone == by_outcome["later", one["id"]]
    assert sum(bool(people) for (outcome, _), people in by_outcome.items() if outcome in {"refused", "later"}) > 3


def test_nobody_with_a_row_or_anything_beside_is_counted_among_those_without(
    reading: Reading, answers: dict[str, dict[str, Any]], made_demo: tuple[Path, Done]
) -> None:
    report = every_departure(reading)
    beside = ("tokens", "handed_tokens", "rotate", "mail", "partial", "forsaken")
    without = [
        one
        for one in report.people
        if not answers[one.person]["outcomes"]
        and not any(answers[one.person][key] for key in beside)
        and not answers[one.person]["administrators"]["changes"]
        and _is_here_with_a_login(reading, one)
    ]
    told = inside("bus-factor", "--everyone", cwd=made_demo[0]).out
    assert f"Nothing that was read hangs on {len(without)} other people alone." in told


def _is_here_with_a_login(reading: Reading, one: Everyone) -> bool:
    return reading.stack.is_here(one.person) and bool(reading.stack.accounts_of.get(one.person))
