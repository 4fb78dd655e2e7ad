"""Two hundred random stacks in one workspace, asked through the commands, against the oracle stack by stack."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import pytest

from tests.functional.cli import inside
from tests.functional.many_stacks import Line, mark_of, marked, takeable, write_lines
from tests.oracle import brute
from tests.oracle.facts import read
from tests.oracle.stacks import ACTS, AS_OF, random_stack

STACKS = 200
SEED = 20261122
ORDER = 3
AS_OF_OPTION = ("--as-of", AS_OF.isoformat(), "--format", "json")


@dataclass(frozen=True, slots=True)
class Many:
    """A workspace and the stacks that it holds, by mark."""

    folder: Path
    stacks: Mapping[str, list[Line]]

    def ask(self, *command: str, stdin: str = "") -> Any:
        done = inside(*command, *AS_OF_OPTION, cwd=self.folder, stdin=stdin)
        assert done.code == 0, done.notes
        return done.json()


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Many:
    folder = tmp_path_factory.mktemp("many")
    stacks = {f"s{number}": random_stack(Random(SEED + number)) for number in range(STACKS)}
    here = {mark: marked(takeable(stack), mark) for mark, stack in stacks.items()}
    write_lines(folder / "facts.jsonl", (line for stack in here.values() for line in stack))
    done = inside("import", "facts.jsonl", cwd=folder)
    assert done.code == 0, done.notes
    return Many(folder, here)


@pytest.mark.parametrize("act", ACTS)
def test_some_people_of_every_stack_leave_together_and_each_stack_answers_as_alone(many: Many, act: str) -> None:
    rng = Random(f"{SEED} {act}")
    leavers = {mark: _some(read(stack, AS_OF).people, rng) for mark, stack in many.stacks.items()}
    everybody = "\n".join(person for some in leavers.values() for person in sorted(some))
    found = many.ask("leave", "--file", "-", "--how", act, stdin=everybody)
    parts = {part: _by_mark(_ids_only(found[part])) for part in ("outcomes", "partial", "already_broken")}
    rotate = _by_mark({"id": row["id"], "things": row["things"]} for row in found["rotate"])
    for mark, stack in many.stacks.items():
        gone = leavers[mark]
        assert parts["outcomes"][mark] == _sorted(brute.outcomes(stack, gone, act, AS_OF)), mark
        assert parts["partial"][mark] == _sorted(brute.partial(stack, gone, act, AS_OF)), mark
        assert parts["already_broken"][mark] == _sorted(brute.already_broken(stack, AS_OF)), mark
        _assert_rotate_no_less(_shared(stack, rotate[mark]), brute.rotate(stack, gone, AS_OF), mark)


def test_the_people_of_one_stack_leave_and_nothing_else_is_touched(many: Many) -> None:
    for mark in list(many.stacks)[::40]:
        stack = many.stacks[mark]
        people = read(stack, AS_OF).people
        found = many.ask("leave", *people, "--how", "deactivated")
        expected = brute.outcomes(stack, frozenset(people), "deactivated", AS_OF)
        assert _sorted(_ids_only(found["outcomes"])) == _sorted(expected), mark


def test_the_bus_factor_of_every_thing_is_the_oracles(many: Many) -> None:
    found = many.ask("bus-factor")
    things = defaultdict[str, dict[str, Any]](dict)
    for row in (*found["things"], *found["systems"]):
        things[mark_of(row["id"])][row["id"]] = row
    for mark, stack in many.stacks.items():
        expected = brute.bus_factor(stack, "deactivated", AS_OF)
        assert things[mark].keys() == expected.keys(), mark
        for thing, row in expected.items():
            ours = things[mark][thing]
            same = ("running", "care", "at_worst")
            assert {key: ours[key] for key in same} == {key: row[key] for key in same}, thing
            known = [count for count in (row["running"], row["care"]) if isinstance(count, int)]
            assert ours["bus_factor"] == min(known, default=None), thing
            for sets in ("minimal_sets", "care_sets"):
                _assert_same_sets(ours[sets], row[sets], thing)


def test_each_person_alone_breaks_what_the_oracle_says(many: Many) -> None:
    found = {row["id"]: row for row in many.ask("bus-factor", "--everyone")["people"]}
    people = {person: mark for mark, stack in many.stacks.items() for person in read(stack, AS_OF).people}
    assert found.keys() == people.keys()
    for person, mark in people.items():
        rows = brute.outcomes(many.stacks[mark], frozenset({person}), "deactivated", AS_OF)
        for word in ("stops", "starves", "later", "unknown", "unowned"):
            assert found[person][word] == sum(row["outcome"] == word for row in rows), f"{person} {word}"


def _some(people: list[str], rng: Random) -> frozenset[str]:
    return frozenset(rng.sample(people, rng.randint(1, len(people)))) if people else frozenset()


def _ids_only(rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Rows in the oracle's words: without explanations, things by id."""
    dropped = ("because", "because_at_worst", "also", "fix", "moved_to")
    bare = [{key: value for key, value in row.items() if key not in dropped} for row in rows]
    return [{**row, "thing": row["thing"]["id"] if isinstance(row["thing"], dict) else row["thing"]} for row in bare]


def _by_mark(rows: Iterable[Mapping[str, Any]]) -> defaultdict[str, list[Mapping[str, Any]]]:
    found = defaultdict[str, list[Mapping[str, Any]]](list)
    for row in rows:
        found[mark_of(row.get("thing") or row["id"])].append(row)
    return defaultdict(list, {mark: _sorted(some) for mark, some in found.items()})


def _sorted(rows: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    return sorted(rows, key=lambda row: sorted((key, str(value)) for key, value in row.items()))


def _shared(stack: Iterable[Line], rows: Iterable[Mapping[str, Any]]) -> dict[str, set[str]]:
    """Logins to rotate, and the things behind; of the credentials that leavers know the oracle says nothing."""
    kinds = {line["id"]: line["kind"] for line in stack if line["type"] == "node"}
    return {row["id"]: set(row["things"]) for row in rows if kinds.get(row["id"]) == "Account"}


def _assert_rotate_no_less(ours: Mapping[str, set[str]], theirs: Iterable[Mapping[str, Any]], mark: str) -> None:
    """The same logins. Behind one, the answer also counts alarms and group members, which the oracle does not."""
    expected = {row["id"]: set(row["things"]) for row in theirs}
    assert ours.keys() == expected.keys(), mark
    for login, things in expected.items():
        assert things <= ours[login], login


def _assert_same_sets(ours: list[list[str]], theirs: list[list[str]], thing: str) -> None:
    """All sets of up to the stated order; beyond that, one of the smallest."""
    small = [one for one in theirs if len(one) <= ORDER]
    if small or not theirs:
        assert ours == small, thing
    else:
        assert len(ours) == 1, thing
        assert ours[0] in theirs, thing
        assert len(ours[0]) == len(theirs[0]), thing
