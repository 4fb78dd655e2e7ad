"""What an edge passes to the node that hangs on it: acts, outcomes and cascades turned into gate members."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from stackmap.analysis.accounts import Account
from stackmap.analysis.compiling.holders import falls_with, holders_gates, leaving_of
from stackmap.analysis.compiling.judgements import judgements, needs_place, refuses
from stackmap.analysis.gates.gate import Gate, Member
from stackmap.analysis.gates.network import OFF, aside, gone, off
from stackmap.analysis.stack import Presence, Stack
from stackmap.model import (
    STATE_OF_OUTCOME,
    Act,
    Certainty,
    Edge,
    EdgeKind,
    Link,
    NodeKind,
    Outcome,
    State,
    Vertex,
    kind_of,
)

__all__ = ["BY_ACT", "Leaving", "Routes", "judgements", "place_of", "refuses"]

BY_ACT = (EdgeKind.RUNS_AS, EdgeKind.AUTHORIZED_BY, EdgeKind.ROUTES_TO, EdgeKind.OWNED_BY, EdgeKind.DEPENDS_ON)
"""Edges to a login of which a row may tell what each act does."""

# Bound once, for these are asked of every edge: Python 3.11 takes longer to look a member up in its enum than to call.
_STOPS = State.STOPS
_CERTAIN = Certainty.CERTAIN
_UNKNOWN = Outcome.UNKNOWN
_MOVED = Outcome.MOVED
_ACCOUNT = NodeKind.ACCOUNT

_ACTS = tuple(Act)
_LEADS_TO_LOGINS = (EdgeKind.HAS_ACCOUNT, EdgeKind.RUNS_AS, EdgeKind.AUTHORIZED_BY, EdgeKind.PROVISIONED_BY)
_MOVES_WITH_THE_JOB = frozenset({EdgeKind.RUNS_AS, EdgeKind.AUTHORIZED_BY})

_Fall: TypeAlias = tuple[Act, str]
"""An act by which a login may go off because somebody leaves, and the node that stops when it does."""


@dataclass(frozen=True, slots=True)
class Leaving:
    """What happens to the leavers' logins: one act for all, each platform's usual act (None), or only a new job."""

    act: Act | None = None
    moving: bool = False


def place_of(stack: Stack, node_id: str) -> str:
    """Where what a node itself requires hangs: a Dataset's place, else the node."""
    vertex = stack.graph.get(node_id)
    return aside("place", node_id) if vertex is not None and vertex.kind is NodeKind.DATASET else node_id


@dataclass
class Routes:
    """Compiles edges into members, and on the way the gates of the logins they lead to.

    `gates` grows as logins are met; each login's gates are written once, in `finish`.
    """

    stack: Stack
    how: Leaving
    gates: list[Gate] = field(default_factory=list)
    _met: dict[str, tuple[_Fall, ...]] = field(default_factory=dict)
    _refused: dict[str, Act | None] = field(default_factory=dict)
    _unwritten: list[str] = field(default_factory=list)
    _asides: set[str] = field(default_factory=set)

    def members(self, link: Link, end: str) -> list[Member]:
        """Everything through which losing `end` reaches the other side; the worst of them counts."""
        found = [member for fact in link.facts for member in self._of_fact(fact, link, end)]
        return list(dict.fromkeys(found)) if len(found) > 1 else found

    def as_unknown(self, link: Link, end: str, cap: State) -> list[Member]:
        """The same edge when nothing is known of what it passes: at worst, whatever its end loses, up to `cap`."""
        there = falls_with(self.stack, link, end)
        nodes = [there, self.any_gone(end), *([OFF] if there == end and self.stack.is_off(end) else [])]
        return [Member(node, cap, link.certainty, True, end, link) for node in nodes]

    def _of_fact(self, fact: Edge, link: Link, end: str) -> list[Member]:
        vertex = self.stack.graph.get(end)
        if vertex is None:
            return self._to_what_is_not_listed(fact, link, end)
        if vertex.kind is _ACCOUNT:
            return self._to_account(fact, link, self.stack.accounts[end])
        return self._to_person_or_thing(fact, link, vertex)

    def _to_what_is_not_listed(self, fact: Edge, link: Link, end: str) -> list[Member]:
        if self.stack.presence(end) is Presence.NEVER_READ:
            return self._to_what_nobody_read(fact, link, end)
        account = self.stack.account(end)
        return self._to_account(fact, link, account) if account else self._passed(fact, link, end, OFF, _ACTS)

    def _to_what_nobody_read(self, fact: Edge, link: Link, end: str) -> list[Member]:
        by_act = self._is_login(end)
        found: list[Member] = []
        for act, node in self._felt(fact, end):
            found += self._passed(fact, link, end, node, (act,) if by_act else _ACTS)
        return found

    def _is_login(self, end: str) -> bool:
        """Whether an id that nobody listed is a login: by its form, or by what leads there."""
        kind = kind_of(end)
        return kind is _ACCOUNT or (kind is None and bool(self.stack.graph.into(end, *_LEADS_TO_LOGINS)))

    def _to_person_or_thing(self, fact: Edge, link: Link, vertex: Vertex) -> list[Member]:
        end = vertex.id
        node = place_of(self.stack, end) if needs_place(fact, end) else falls_with(self.stack, link, end)
        if self.how.moving and vertex.kind is NodeKind.PERSON:
            moves = fact.kind in _MOVES_WITH_THE_JOB
            return [Member(node, State.LATER, Certainty.POSSIBLE, False, end, link)] if moves else []
        return self._passed(fact, link, end, node, _ACTS)

    def _to_account(self, fact: Edge, link: Link, account: Account) -> list[Member]:
        found = self._with_the_job(fact, link, account) if self.how.moving else []
        if account.past_acts:
            found += self._passed(fact, link, account.id, OFF, sorted(account.past_acts))
        for act, node in self._felt(fact, account.id):
            found += self._passed(fact, link, account.id, node, (act,))
        found += self._passed(fact, link, account.id, account.id, _ACTS)
        return found

    def _with_the_job(self, fact: Edge, link: Link, account: Account) -> list[Member]:
        holder = account.sole_holder
        if holder is None or fact.kind not in _MOVES_WITH_THE_JOB:
            return []
        leaving = leaving_of(self.stack, holder.person)
        return [Member(leaving, State.LATER, Certainty.POSSIBLE, False, account.id, link)]

    def _felt(self, fact: Edge, end: str) -> Sequence[_Fall]:
        """How a login falls, as far as one edge feels it: what a platform refuses because of it, it does not."""
        falls = self._falls(end)
        refused = self.refused_act(end)
        if refused is None or not refuses(self.stack, fact, refused):
            return falls
        dragged = {act for act, _ in self._drags(end)}
        return [fall for fall in falls if fall[0] is not Act.DEACTIVATED or fall[0] in dragged]

    def _passed(self, fact: Edge, link: Link, end: str, node: str, acts: Sequence[Act]) -> list[Member]:
        found: list[Member] = []
        for judgement in judgements(self.stack, fact, acts, end):
            outcome, grade = judgement.outcome, judgement.certainty
            state = STATE_OF_OUTCOME.get(outcome)
            if state is not None:
                found.append(Member(node, state, grade, False, end, link))
            elif outcome is _UNKNOWN or outcome is _MOVED:
                heir = fact.properties.get("moved_to") if outcome is _MOVED else None
                lost = self._both_off(node, end, heir) if heir else node
                found.append(Member(lost, _STOPS, grade, True, end, link))
        return found

    def _both_off(self, node: str, end: str, heir: str) -> str:
        """A node that stops when both a login and the one its things were moved to are off."""
        off_already = node == OFF or (self.stack.is_off(end) and self.stack.account(end) is None)
        if off_already and self.stack.is_off(heir):
            return node
        both = aside("both", node, heir)
        if self._new(both):
            pair = (_certain(node, end), _certain(self.any_off(heir), heir))
            self.gates.append(Gate(both, pair))
        return both

    def any_off(self, end: str) -> str:
        """A node that stops when `end` is off, for whatever reason."""
        node = off(end)
        if self._new(node):
            if self.stack.is_off(end):
                self.gates.append(Gate(node, (_certain(OFF, end),)))
            if self.acts_on(end):
                self.gates.append(Gate(node, (_certain(self.any_gone(end), end),)))
            if self.stack.account(end) is None:
                self.gates.append(Gate(node, (_certain(end, end),)))
        return node

    def any_gone(self, end: str) -> str:
        """A node that stops when a login goes off because somebody leaves, by whichever act."""
        any_gone = aside("any gone", end)
        if self._new(any_gone):
            for _, node in self._falls(end):
                self.gates.append(Gate(any_gone, (_certain(node, end),)))
        return any_gone

    def acts_on(self, end: str) -> tuple[Act, ...]:
        """The acts by which a login may go off because somebody leaves. Its gates follow in `finish`."""
        return tuple(act for act, _ in self._falls(end))

    def _falls(self, end: str) -> Sequence[_Fall]:
        if end not in self._met:
            acts = {act for act, _ in self._drags(end)}
            if self._holders(end):
                acts.add(self._own_act(end))
            self._met[end] = tuple((act, gone(act, end)) for act in Act if act in acts)
            self._unwritten.append(end)
        return self._met[end]

    def finish(self) -> None:
        """Write the gates of every login met. Logins may drag each other in circles, so this comes last."""
        while self._unwritten:
            end = self._unwritten.pop()
            own = gone(self._own_act(end), end)
            self.gates.extend(Gate(own, members) for members in self._holders(end))
            for act, link in self._drags(end):
                node = gone(act, end)
                for by in self.acts_on(link.target):
                    self.gates.extend(Gate(node, (member,)) for member in self._dragged(link, by))

    def _dragged(self, link: Link, by: Act) -> Iterator[Member]:
        node = gone(by, link.target)
        for fact in link.facts:
            (judgement,) = judgements(self.stack, fact, (by,))
            if judgement.outcome is not Outcome.SURVIVES:
                unknown = judgement.outcome is _UNKNOWN
                yield Member(node, _STOPS, judgement.certainty, unknown, link.target, link)

    def _own_act(self, end: str) -> Act:
        """What is done to a leaver's login; to one that nobody could read whatever is done to the others."""
        return Act.DEACTIVATED if self.refused_act(end) else self.how.act or self.stack.usual_act(end)

    def refused_act(self, end: str) -> Act | None:
        """The act that the platform refuses to do to a login, if it does: the login counts as deactivated then.

        A refused deactivation itself leaves a login deactivated for everything but what it is refused for.
        """
        if end not in self._refused:
            self._refused[end] = self._refused_act(end)
        return self._refused[end]

    def _refused_act(self, end: str) -> Act | None:
        act = self.how.act or self.stack.usual_act(end)
        if act is Act.DEACTIVATED or not self._holders(end):
            return None
        facts = (fact for link in self.stack.graph.into(end, *BY_ACT) for fact in link.facts)
        return act if any(refuses(self.stack, fact, act) for fact in facts) else None

    def _holders(self, end: str) -> list[tuple[Member, ...]]:
        account = self.stack.account(end)
        missing = account is not None and end not in self.stack.accounts
        never_read = account is None and self.stack.presence(end) is Presence.NEVER_READ
        if self.how.moving or missing or not (account or never_read):
            return []
        return holders_gates(self.stack, end)

    def _drags(self, end: str) -> Iterator[tuple[Act, Link]]:
        for link in self.stack.graph.out(end, EdgeKind.PROVISIONED_BY):
            for act in {Act(fact.properties.get("act", Act.DEACTIVATED)) for fact in link.facts}:
                yield act, link

    def _new(self, node: str) -> bool:
        known = node in self._asides
        self._asides.add(node)
        return not known


def _certain(node: str, cause: str) -> Member:
    return Member(node, _STOPS, _CERTAIN, False, cause)
