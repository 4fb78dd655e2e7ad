"""The laws of leaving hold for the engine on random stacks (semantics, rule 27)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from random import Random
from typing import Any

from stackmap.analysis import Analysis, Leaving, Stack, bus_factors
from stackmap.analysis.compiling.holders import falls_with
from stackmap.analysis.gates.marks import RUN_MARKS, Reading, Run, run_of, state_of
from stackmap.analysis.gates.network import gone_by
from stackmap.model import Act, EdgeKind, State
from tests.functional.many_stacks import marked, marked_id
from tests.support.agreement import answer
from tests.support.laws import on_random_stacks
from tests.support.loading import stack_of

Line = Mapping[str, Any]
Lines = Sequence[Line]
States = dict[str, State]

_NEW = "new/runner"
_QUEUED = "new/login"
_HOSTS = {"WRITES_TO": "Dataset", "TRIGGERS": None, "MEMBER_OF": "Group"}


def _analysis(lines: Lines, act: Act) -> Analysis:
    return Analysis(stack_of(lines), Leaving(act))


def _some_act(lines: Lines) -> Act:
    """An act that one line of the stack decides, so that a smaller stack mostly has the same."""
    first = next((line["id"] for line in lines if line.get("kind") == "Account" and "id" in line), "")
    return tuple(Act)[sum(map(ord, first)) % len(Act)]


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


@on_random_stacks(200, large=True)
def test_proven_is_never_worse_than_at_worst(lines: Lines) -> None:
    analysis = _analysis(lines, _some_act(lines))
    for leavers in _growing(lines):
        proven, worst = (_states(analysis, leavers, reading) for reading in Reading)
        assert not _worse(proven, than=worst)


@on_random_stacks(200, large=True)
def test_nothing_gets_better_by_more_leaving(lines: Lines) -> None:
    analysis = _analysis(lines, _some_act(lines))
    for reading in Reading:
        before: States = {}
        for leavers in _growing(lines):
            after = _states(analysis, leavers, reading)
            assert not _worse(before, than=after)
            before = after


@on_random_stacks(200, large=True)
def test_one_more_member_that_works_never_worsens_anything(lines: Lines) -> None:
    seen = [_without_last_use(line) for line in lines]
    more = [*_with_newcomers(seen)]
    act = _some_act(lines)
    before, after = _analysis(seen, act), _analysis(more, act)
    mended = _worse(*(_states(one, (), Reading.PROVEN) for one in (before, after)))
    for reading in [Reading.PROVEN] if mended else Reading:  # of an assumed group all that work are needed at worst
        for leavers in _growing(seen):
            assert not _worse(_states(after, leavers, reading), than=_states(before, leavers, reading))


def _without_last_use(line: Line) -> Line:
    return {**line, "properties": {k: v for k, v in line.get("properties", {}).items() if k != "last_used"}}


def _with_newcomers(lines: Lines) -> Iterator[Line]:
    """The stack with a further member in every proven group: writers, triggers, a queue's logins, declared ones."""
    yield from lines[:1]
    yield {"type": "node", "kind": "Automation", "id": _NEW}
    yield {"type": "node", "kind": "Account", "id": _QUEUED, "properties": {"account_type": "integration"}}
    kinds = {line["id"]: line["kind"] for line in lines if line["type"] == "node"}
    others = {line["group"] for line in lines if line.get("need", 1) > 1 or line.get("proven") is False}
    joined = set[tuple[str, ...]]()
    for line in lines[1:]:
        yield line
        if line["type"] != "edge" or line.get("group") in others:
            continue  # of a group that lists fewer than it needs nothing is known: one more can make it known, and lost
        if (newcomer := _newcomer(line, kinds)) and newcomer not in joined:
            joined.add(newcomer)
            kind, start, end, group = newcomer
            yield {"type": "edge", "kind": kind, "from": start, "to": end, **({"group": group} if group else {})}


def _newcomer(line: Line, kinds: Mapping[str, str]) -> tuple[str, str, str, str] | None:
    """Who joins the group that the edge is of, as kind, start, end and group; None where that group is not proven."""
    kind, group = line["kind"], line.get("group", "")
    if kind in _HOSTS:
        if group or _HOSTS[kind] not in {None, kinds.get(line["to"])}:
            return None
        return kind, _QUEUED if kind == "MEMBER_OF" else _NEW, line["to"], ""
    return ("DEPENDS_ON", line["from"], _NEW, group) if group else None


@on_random_stacks(200, large=True)
def test_renaming_people_and_reordering_lines_change_no_verdict(lines: Lines) -> None:
    other = [_renamed(line) for line in _reordered(lines)]
    before, after = (_analysis(one, _some_act(lines)) for one in (lines, other))
    for leavers in _growing(lines):
        assert answer(after.leave(map(_new_name, leavers))) == answer(before.leave(leavers))


def _new_name(name: str) -> str:
    return f"somebody-{name[::-1]}" if name.startswith("person-") else name


def _renamed(line: Line) -> Line:
    """Other ids for people, other names for everything."""
    renamed = {key: _new_name(value) if key in {"id", "from", "to"} else value for key, value in line.items()}
    return {**renamed, "name": "renamed"} if line["type"] == "node" else renamed


def _reordered(lines: Lines) -> list[Line]:
    """The other source first, and within a source the lines in any order."""
    sections: list[list[Line]] = []
    for line in lines:
        if line["type"] == "source":
            sections.append([])
        sections[-1].append(line)
    dice = Random(len(lines))
    return [line for first, *rest in reversed(sections) for line in (first, *dice.sample(rest, len(rest)))]


@on_random_stacks(200, large=True)
def test_at_worst_fewer_people_suffice(lines: Lines) -> None:
    for factor in bus_factors(_analysis(lines, _some_act(lines))):
        if factor.running is not None:
            assert factor.running_at_worst is not None
            assert factor.running_at_worst <= factor.running


@on_random_stacks(60)
def test_needs_take_the_smallest_number_and_alternatives_that_share_nobody_add_up(lines: Lines) -> None:
    act = _some_act(lines)
    numbers = {one.thing: one.running for one in bus_factors(_analysis(lines, act)) if one.running != 0}
    pairs = [*pairwise(numbers)]
    hung_on = [line for number, pair in enumerate(pairs) for line in _needing_and_choosing(number, *pair)]
    twice = [*marked(lines, "a"), *marked(lines, "b"), *hung_on]
    found = {one.thing: one.running for one in bus_factors(_analysis(twice, act))}
    for number, (one, other) in enumerate(pairs):
        known = [count for count in (numbers[one], numbers[other]) if count is not None]
        assert found[f"both{number}"] == min(known, default=None)
        assert found[f"either{number}"] == (sum(known) if len(known) == 2 else None)


def _needing_and_choosing(number: int, one: str, other: str) -> Iterator[Line]:
    """Something that needs a thing of the one stack and one of the other, and something that needs either of them."""
    for name, alternatives in (("both", {}), ("either", {"group": "g"})):
        yield {"type": "node", "kind": "Automation", "id": f"{name}{number}"}
        for end in (marked_id(one, "a"), marked_id(other, "b")):
            yield {"type": "edge", "kind": "DEPENDS_ON", "from": f"{name}{number}", "to": end, **alternatives}


@on_random_stacks(200, large=True)
def test_the_reading_after_a_departure_shows_what_was_proven(lines: Lines) -> None:
    act = Act.FROZEN if _some_act(lines) is Act.FROZEN and not _refuses_to_freeze(lines) else Act.DEACTIVATED
    analysis = _analysis(lines, act)
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
        later = _analysis([_later(line, leaver, acts) for line in lines], act)
        if _run_by_logins_that_are_on(later.stack) != _run_by_logins_that_are_on(analysis.stack) - {leaver}:
            continue  # as long as somebody who is gone logs in, what runs as them is not read as broken
        after = _states(later, [], Reading.PROVEN)
        for thing in analysis.counted:
            assert after.get(thing, State.WORKS) == predicted.get(thing, State.WORKS)


def _refuses_to_freeze(lines: Lines) -> bool:
    """Whether some platform does: the login is read as deactivated then, but what it refused for felt nothing."""
    return any(line.get("outcomes", {}).get("frozen", ("",))[0] == "refused" for line in lines)


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
