"""The laws of leaving hold for the engine on random stacks (semantics, rule 27)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from random import Random
from typing import Any

from stackmap.analysis import Analysis, Leaving, Stack, bus_factors
from stackmap.analysis.compiling.holders import falls_with
from stackmap.analysis.gates.marks import RUN_MARKS, Reading, Run, run_of, state_of
from stackmap.analysis.gates.network import gone_by
from stackmap.model import Act, EdgeKind, State
from tests.support.agreement import answer
from tests.support.laws import on_random_stacks
from tests.support.loading import stack_of

Line = Mapping[str, Any]
Lines = Sequence[Line]
States = dict[str, State]

_NEW = "new/runner"
_HOW = Leaving(Act.DEACTIVATED)


def _analysis(lines: Lines) -> Analysis:
    return Analysis(stack_of(lines), _HOW)


def _states(analysis: Analysis, leavers: Sequence[str], reading: Reading) -> States:
    """The state of every vertex after these people left."""
    gained, baseline, run = analysis.solver.leaving(leavers), analysis.solver.baseline, run_of(reading)
    index = analysis.network.index
    return {
        vertex.id: state_of(baseline[index[vertex.id]] | gained.get(index[vertex.id], 0), run)
        for vertex in analysis.stack.graph.vertices()
        if vertex.id in index
    }


def _growing(lines: Lines) -> Iterator[list[str]]:
    """Nobody, one, two ... everybody, in an order that the stack decides."""
    people = list(stack_of(lines).people)
    Random(len(people)).shuffle(people)
    yield from (people[:size] for size in range(len(people) + 1))


def _worse(states: States, than: States) -> set[str]:
    return {node for node, state in states.items() if state > than.get(node, State.WORKS) and node != _NEW}


@on_random_stacks(200)
def test_proven_is_never_worse_than_at_worst(lines: Lines) -> None:
    analysis = _analysis(lines)
    for leavers in _growing(lines):
        proven, worst = (_states(analysis, leavers, reading) for reading in Reading)
        assert not _worse(proven, than=worst)


@on_random_stacks(200)
def test_nothing_gets_better_by_more_leaving(lines: Lines) -> None:
    analysis = _analysis(lines)
    for reading in Reading:
        before: States = {}
        for leavers in _growing(lines):
            after = _states(analysis, leavers, reading)
            assert not _worse(before, than=after)
            before = after


@on_random_stacks(200)
def test_one_more_writer_or_trigger_that_works_never_worsens_anything(lines: Lines) -> None:
    seen = [_without_last_use(line) for line in lines]
    more = [*seen, *_newcomers(seen)]
    before, after = _analysis(seen), _analysis(more)
    for reading in Reading:
        for leavers in _growing(seen):
            assert not _worse(_states(after, leavers, reading), than=_states(before, leavers, reading))


def _without_last_use(line: Line) -> Line:
    return {**line, "properties": {k: v for k, v in line.get("properties", {}).items() if k != "last_used"}}


def _newcomers(lines: Lines) -> Iterator[Line]:
    """A further member for every group of writers and of triggers that the kinds form by themselves."""
    yield {"type": "node", "kind": "Automation", "id": _NEW}
    kinds = {line["id"]: line["kind"] for line in lines if line["type"] == "node"}
    fed = {(line["kind"], line["to"]) for line in lines if line.get("kind") in {"WRITES_TO", "TRIGGERS"}}
    loose = {(line["kind"], line["to"]) for line in lines if line["type"] == "edge" and "group" not in line}
    for kind, target in sorted(fed & loose):
        if kind == "TRIGGERS" or kinds.get(target) == "Dataset":
            yield {"type": "edge", "kind": kind, "from": _NEW, "to": target}


@on_random_stacks(200)
def test_renaming_people_and_reordering_lines_change_no_verdict(lines: Lines) -> None:
    other = [_renamed(line) for line in _reordered(lines)]
    before, after = _analysis(lines), _analysis(other)
    for leavers in _growing(lines):
        assert answer(after.leave(map(_new_name, leavers))) == answer(before.leave(leavers))


def _new_name(name: str) -> str:
    return f"somebody-{name[::-1]}" if name.startswith("person-") else name


def _renamed(line: Line) -> Line:
    """Other ids for people, other names for everything."""
    renamed = {key: _new_name(value) if key in {"id", "from", "to"} else value for key, value in line.items()}
    return {**renamed, "name": "renamed"} if line["type"] == "node" else renamed


def _reordered(lines: Lines) -> list[Line]:
    """The other source first, and within a source every line elsewhere."""
    sections: list[list[Line]] = []
    for line in lines:
        if line["type"] == "source":
            sections.append([])
        sections[-1].append(line)
    return [line for first, *rest in reversed(sections) for line in (first, *reversed(rest))]


@on_random_stacks(200)
def test_at_worst_fewer_people_suffice(lines: Lines) -> None:
    for factor in bus_factors(_analysis(lines)):
        if factor.running is not None:
            assert factor.running_at_worst is not None
            assert factor.running_at_worst <= factor.running


@on_random_stacks(200)
def test_the_reading_after_a_departure_shows_what_was_proven(lines: Lines) -> None:
    analysis = _analysis(lines)
    for leaver in analysis.stack.people:
        fallen = (
            analysis.network.names[number]
            for number, gained in analysis.solver.leaving([leaver]).items()
            if gained & RUN_MARKS[Run.POSSIBLE]
        )
        acts = [went for name in fallen if (went := gone_by(name))]
        if any(act not in {Act.DEACTIVATED, Act.FROZEN} for act, _ in acts):
            continue  # a removed login needs a complete list to be missed
        predicted = _states(analysis, [leaver], Reading.PROVEN)
        later = _analysis([_later(line, leaver, acts) for line in lines])
        if _run_by_logins_that_are_on(later.stack) != _run_by_logins_that_are_on(analysis.stack) - {leaver}:
            continue  # as long as somebody who is gone logs in, what runs as them is not read as broken
        after = _states(later, [], Reading.PROVEN)
        for thing in analysis.counted:
            assert after.get(thing, State.WORKS) == predicted.get(thing, State.WORKS)


def _run_by_logins_that_are_on(stack: Stack) -> set[str]:
    """People read as gone as whom something runs all the same."""
    links = stack.graph.links(EdgeKind.RUNS_AS, EdgeKind.AUTHORIZED_BY, EdgeKind.ROUTES_TO)
    return {link.target for link in links if falls_with(stack, link, link.target) != link.target}


def _later(line: Line, leaver: str, acts: Sequence[tuple[Act, str]]) -> Line:
    """The line as the next reading has it."""
    if line["type"] != "node":
        return line
    off = line["id"] == leaver or (Act.DEACTIVATED, line["id"]) in acts
    frozen = (Act.FROZEN, line["id"]) in acts
    said = {**({"active": False} if off else {}), **({"frozen": True} if frozen else {})}
    return {**line, "properties": {**line.get("properties", {}), **said}}
