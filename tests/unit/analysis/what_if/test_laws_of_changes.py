"""What must hold of every stack, whatever is supposed of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from random import Random
from typing import Any

from stackmap.analysis import Analysis, Leaving, Stack
from stackmap.analysis.compiling.care import Care, care_node
from stackmap.analysis.compiling.routes import Routes
from stackmap.analysis.gates.marks import Run, state_of
from stackmap.analysis.what_if.applying import apply_changes
from stackmap.analysis.what_if.changes import (
    Added,
    Change,
    Removed,
    Repointed,
    Switch,
    Switched,
    supposed_edge,
    supposed_evidence,
)
from stackmap.app.leaving import departure_report
from stackmap.model import THING_KINDS, AccountType, Act, Edge, EdgeKind, Node, NodeKind, State
from stackmap.render.departure import departure_json
from tests.support.laws import on_random_stacks
from tests.support.loading import stack_of
from tests.support.supposed import facts_of, supposed, with_facts

Lines = Sequence[Mapping[str, Any]]
_HOW = Leaving(Act.DEACTIVATED)
_TAKEN = datetime(2026, 11, 22, 9, tzinfo=UTC)
_MOVING = (EdgeKind.RUNS_AS, EdgeKind.AUTHORIZED_BY, EdgeKind.ROUTES_TO)


def _answers(stack: Stack) -> Iterator[str]:
    """Every byte that is said of everybody's leaving, alone and together."""
    analysis = Analysis(stack, _HOW)
    for leavers in [*([person] for person in stack.people), list(stack.people)]:
        yield departure_json(departure_report(analysis, leavers, Act.DEACTIVATED.value, 1, _TAKEN))


class _States:
    """The proven state of every vertex, and of the care for every thing, after some people left.

    A thing that nobody cares for has no gate of care: its care is lost.
    """

    def __init__(self, stack: Stack) -> None:
        analysis, care = Analysis(stack, _HOW), Care(Routes(stack, _HOW))
        self._solver, self._index = analysis.solver, analysis.network.index
        self._otherwise = {vertex.id: State.WORKS for vertex in stack.graph.vertices()}
        for vertex in stack.graph.vertices(*THING_KINDS):
            self._otherwise[care_node(vertex.id)] = State.WORKS if care.carers(vertex.id) else State.STOPS

    def after(self, leavers: Sequence[str]) -> dict[str, State]:
        gained, baseline = self._solver.leaving(leavers), self._solver.baseline
        numbers = ((name, self._index.get(name), otherwise) for name, otherwise in self._otherwise.items())
        return {
            name: otherwise if number is None else state_of(baseline[number] | gained.get(number, 0), Run.POSSIBLE)
            for name, number, otherwise in numbers
        }


def _leavers(stack: Stack) -> Iterator[list[str]]:
    people = list(stack.people)
    Random(len(people)).shuffle(people)
    yield from (people[:size] for size in range(len(people) + 1))
    yield from ([person] for person in people)


def _worse(after: Mapping[str, State], before: Mapping[str, State]) -> set[str]:
    return {node for node, state in after.items() if state > before.get(node, State.WORKS)}


def _second_holders(stack: Stack) -> Iterator[Added]:
    """One more holder of a login that somebody holds, each as sure as those there are."""
    for account in stack.accounts.values():
        for person in stack.people:
            held = any(link.source == person for link in stack.graph.into(account.id, EdgeKind.HAS_ACCOUNT))
            if account.holders and not account.off and not held and stack.is_here(person):
                grade = account.holders[0].certainty
                yield Added(supposed_edge(EdgeKind.HAS_ACCOUNT, person, account.id, grade=grade))
                break


@on_random_stacks(60)
def test_a_second_holder_never_makes_a_departure_larger(lines: Lines) -> None:
    stack = stack_of(lines)
    now = _States(stack)
    for change in list(_second_holders(stack))[:2]:
        then = _States(supposed(stack, change))
        for leavers in _leavers(stack):
            assert not _worse(then.after(leavers), now.after(leavers))


@on_random_stacks(60)
def test_a_holder_less_never_makes_a_departure_smaller(lines: Lines) -> None:
    """Of logins in use: one that is off is a sign that its holders have left, and they care for nothing then."""
    stack = stack_of(lines)
    now = _States(stack)
    for account in stack.accounts.values():
        if len(account.holders) > 1 and not account.off:
            then = _States(supposed(stack, Removed(EdgeKind.HAS_ACCOUNT, account.holders[0].person, account.id)))
            for leavers in _leavers(stack):
                assert not _worse(now.after(leavers), then.after(leavers))


@on_random_stacks(60)
def test_a_carer_more_never_makes_a_departure_larger(lines: Lines) -> None:
    stack = stack_of(lines)
    now = _States(stack)
    here = [person for person in stack.people if stack.is_here(person)]
    for vertex, person in zip(stack.graph.things(), here, strict=False):
        then = _States(supposed(stack, Added(supposed_edge(EdgeKind.OWNED_BY, vertex.id, person))))
        for leavers in _leavers(stack):
            assert not _worse(then.after(leavers), now.after(leavers))


def _with_queues(stack: Stack) -> Stack:
    """Groups have members in few random stacks, so some things hang on queues of some of the logins there are."""
    logins = sorted(stack.accounts)
    changes: list[Change] = []
    for number, thing in enumerate(list(stack.graph.things())[:3]):
        if inside := logins[number::3][:2]:
            queue = f"queue-{number}"
            changes.append(Added(Node(NodeKind.GROUP, queue, queue, supposed_evidence(""))))
            changes.append(Added(supposed_edge(EdgeKind.DEPENDS_ON, thing.id, queue)))
            changes += [Added(supposed_edge(EdgeKind.MEMBER_OF, login, queue)) for login in inside]
    return supposed(stack, *changes)


def _members(stack: Stack) -> Iterator[Edge]:
    """One more member of each group in which any member will do, and of each team."""
    for vertex in stack.graph.vertices(NodeKind.GROUP, NodeKind.TEAM):
        links = stack.graph.into(vertex.id, EdgeKind.MEMBER_OF)
        inside = {link.source for link in links}
        others = stack.people if vertex.kind is NodeKind.TEAM else sorted(stack.accounts)
        if links and not any(link.group for link in links) and (new := [one for one in others if one not in inside]):
            yield supposed_edge(EdgeKind.MEMBER_OF, new[0], vertex.id)


@on_random_stacks(60)
def test_a_member_more_never_makes_a_departure_larger(lines: Lines) -> None:
    """But in circles that feed and need each other in turn: what is proven of those is only a bound."""
    stack = _with_queues(stack_of(lines))
    now = _States(stack)
    for edge in _members(stack):
        after = supposed(stack, Added(edge))
        if not any(circle.mixed for one in (stack, after) for circle in Analysis(one, _HOW).circular):
            then = _States(after)
            for leavers in _leavers(stack):
                assert not _worse(then.after(leavers), now.after(leavers))


@on_random_stacks(25)
def test_with_a_member_put_in_and_taken_out_again_every_answer_is_the_same_bytes(lines: Lines) -> None:
    stack = _with_queues(stack_of(lines))
    changes: list[Change] = []
    for edge in _members(stack):
        changes += [Added(edge), Removed(edge.kind, edge.source, edge.target)]
    if changes:
        assert list(_answers(supposed(stack, *changes))) == list(_answers(stack))


@on_random_stacks(60)
def test_repointed_there_and_back_every_answer_is_the_same_bytes(lines: Lines) -> None:
    stack = stack_of(lines)
    ends = {(link.kind, link.source): link for link in stack.graph.links(*_MOVING)}
    changes: list[Change] = []
    for (kind, source), link in ends.items():
        single = len({one.target for one in stack.graph.out(source, kind)}) == 1
        others = [account for account in stack.accounts if account != link.target]
        if single and others:
            changes += [Repointed(kind, source, others[0]), Repointed(kind, source, link.target)]
    if changes:
        assert list(_answers(supposed(stack, *changes))) == list(_answers(stack))


@on_random_stacks(60)
def test_the_order_of_facts_makes_no_difference_to_what_is_supposed(lines: Lines) -> None:
    stack = stack_of(lines)
    changes: list[Change] = [Switched(account, Switch.OFF) for account in list(stack.accounts)[:1]]
    changes += list(_second_holders(stack))[:1]
    changes += [Repointed(one.kind, one.source, one.target) for one in list(stack.graph.links(*_MOVING))[:1]]
    turned = with_facts(stack, apply_changes(reversed(facts_of(stack)), changes))
    assert list(_answers(turned)) == list(_answers(supposed(stack, *changes)))


@on_random_stacks(60)
def test_a_login_that_is_off_shows_what_its_only_holders_leaving_would(lines: Lines) -> None:
    stack = stack_of(lines)
    for account in stack.accounts.values():
        if account.off or account.type is not AccountType.HUMAN or len(account.holders) != 1:
            continue
        person = account.holders[0].person
        vertex = stack.graph.get(person)
        alone = [one.id for one in stack.accounts_of[person]] == [account.id]
        free = not stack.graph.into(person) and all(link.target == account.id for link in stack.graph.out(person))
        drags = any(stack.graph.into(account.id, EdgeKind.PROVISIONED_BY)) or any(
            stack.graph.out(account.id, EdgeKind.PROVISIONED_BY)
        )
        if alone and free and not drags and not (vertex is not None and vertex.switched_off):
            left = _States(stack).after([person])
            off = _States(supposed(stack, Switched(account.id, Switch.OFF))).after([])
            things = {vertex.id for vertex in stack.graph.things() if not vertex.switched_off}
            assert {one: left[one] for one in things} == {one: off[one] for one in things}
