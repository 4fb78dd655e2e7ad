"""What an edge passes to the node that hangs on it: acts, outcomes and cascades turned into gate members."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from stackmap.analysis.compiling.holders import falls_with, holders_gates, leaving_of
from stackmap.analysis.gates.network import OFF, Gate, Member, aside, gone, off
from stackmap.analysis.stack import Account, Presence, Stack
from stackmap.model import (
    EDGE_KINDS,
    STATE_OF_OUTCOME,
    Act,
    Certainty,
    Edge,
    EdgeKind,
    Judgement,
    Link,
    NodeKind,
    Outcome,
    Outcomes,
    State,
    kind_of,
)

__all__ = ["BY_ACT", "Leaving", "Routes", "judgements", "place_of", "refuses"]

BY_ACT = (EdgeKind.RUNS_AS, EdgeKind.AUTHORIZED_BY, EdgeKind.ROUTES_TO, EdgeKind.OWNED_BY, EdgeKind.DEPENDS_ON)
"""Edges to a login of which a row may tell what each act does."""

_ACTS = tuple(Act)
_LEADS_TO_LOGINS = (EdgeKind.RUNS_AS, EdgeKind.AUTHORIZED_BY, EdgeKind.PROVISIONED_BY)
_MOVES_WITH_THE_JOB = frozenset({EdgeKind.RUNS_AS, EdgeKind.AUTHORIZED_BY})


@dataclass(frozen=True, slots=True)
class Leaving:
    """What happens to the leavers' logins: one act for all, each platform's usual act (None), or only a new job."""

    act: Act | None = None
    moving: bool = False


def refuses(stack: Stack, fact: Edge, act: Act | None) -> bool:
    """Whether the platform refuses an act as long as this edge stands."""
    if act is None or fact.outcomes is None:
        return False
    return any(one.outcome is Outcome.REFUSED for one in judgements(stack, fact, (act,)))


def place_of(stack: Stack, node_id: str) -> str:
    """Where what a node itself requires hangs: a Dataset's place, else the node."""
    vertex = stack.graph.get(node_id)
    return aside("place", node_id) if vertex is not None and vertex.kind is NodeKind.DATASET else node_id


def judgements(stack: Stack, fact: Edge, acts: Iterable[Act], end: str = "") -> Iterator[Judgement]:
    """What one source says these acts do, without repeats; as sure as its evidence at most (semantics, rule 7).

    `end` is the end that is lost: of a writer's edge it decides who hangs on whom.
    """
    evidence = max(item.how.certainty for item in fact.evidence)
    for said in _said(stack, fact, acts, end):
        yield said if said.certainty <= evidence else Judgement(said.outcome, evidence)


def _said(stack: Stack, fact: Edge, acts: Iterable[Act], end: str) -> Iterable[Judgement]:
    if fact.outcomes is None:
        return (_WRITERS_PLACE if _needs_place(fact, end) else _OF_KIND[fact.kind],)
    outcomes = _overridden(stack, fact.outcomes)
    return dict.fromkeys(outcomes.of(act) for act in acts)


def _overridden(stack: Stack, outcomes: Outcomes) -> Outcomes:
    """A row as your notes have it: the acts they name, and the connector's for the others."""
    noted = stack.policy.rows.get(outcomes.row)
    return Outcomes({**outcomes.by_act, **noted.by_act}, outcomes.row) if noted else outcomes


def _of_kind(kind: EdgeKind) -> Judgement:
    """What an edge passes of which no source says it. An owner of whom nothing else is said passes nothing."""
    if kind is EdgeKind.NOTIFIES:
        return Judgement(Outcome.STOPS, Certainty.CERTAIN)
    if kind is EdgeKind.OWNED_BY:
        return Judgement(Outcome.SURVIVES, Certainty.CERTAIN)
    outcome = EDGE_KINDS[kind].outcome
    return Judgement(outcome, Certainty.CERTAIN) if outcome else Outcomes().of(Act.DEACTIVATED)


_OF_KIND = {kind: _of_kind(kind) for kind in EdgeKind}
_WRITERS_PLACE = Judgement(Outcome.STOPS, Certainty.CERTAIN)


def _needs_place(fact: Edge, end: str) -> bool:
    return fact.kind is EdgeKind.WRITES_TO and end == fact.target


@dataclass
class Routes:
    """Compiles edges into members, and on the way the gates of the logins they lead to.

    `gates` grows as logins are met; each login's gates are written once, in `finish`.
    """

    stack: Stack
    how: Leaving
    gates: list[Gate] = field(default_factory=list)
    _met: dict[str, tuple[Act, ...]] = field(default_factory=dict)
    _unwritten: list[str] = field(default_factory=list)
    _asides: set[str] = field(default_factory=set)

    def members(self, link: Link, end: str) -> list[Member]:
        """Everything through which losing `end` reaches the other side; the worst of them counts."""
        found = [member for fact in link.facts for member in self._of_fact(fact, link, end)]
        return list(dict.fromkeys(found))

    def as_unknown(self, link: Link, end: str, cap: State) -> list[Member]:
        """The same edge when nothing is known of what it passes: at worst, whatever its end loses, up to `cap`."""
        grade = max(item.how.certainty for item in link.evidence)
        there = falls_with(self.stack, link, end)
        nodes = [there, self.any_gone(end), *([OFF] if there == end and self.stack.is_off(end) else [])]
        return [Member(node, cap, grade, True, end, link) for node in nodes]

    def _of_fact(self, fact: Edge, link: Link, end: str) -> Iterator[Member]:
        account = self.stack.account(end)
        if account is not None:
            yield from self._to_account(fact, link, account)
        elif (presence := self.stack.presence(end)) is Presence.NEVER_READ:
            for act in self.acts_on(end):
                acts = (act,) if self._is_login(end) else _ACTS
                yield from self._passed(fact, link, end, gone(act, end), acts)
        else:
            there = place_of(self.stack, end) if _needs_place(fact, end) else falls_with(self.stack, link, end)
            node = OFF if presence is Presence.MISSING else there
            yield from self._to_person_or_thing(fact, link, end, node)

    def _is_login(self, end: str) -> bool:
        """Whether an id that nobody listed is a login: by its form, or by what leads there."""
        kind = kind_of(end)
        return kind is NodeKind.ACCOUNT or (kind is None and bool(self.stack.graph.into(end, *_LEADS_TO_LOGINS)))

    def _to_person_or_thing(self, fact: Edge, link: Link, end: str, node: str) -> Iterator[Member]:
        vertex = self.stack.graph.get(end)
        if self.how.moving and vertex is not None and vertex.kind is NodeKind.PERSON:
            if fact.kind in _MOVES_WITH_THE_JOB:
                yield Member(node, State.LATER, Certainty.POSSIBLE, False, end, link)
            return
        yield from self._passed(fact, link, end, node, _ACTS)

    def _to_account(self, fact: Edge, link: Link, account: Account) -> Iterator[Member]:
        holder = account.sole_holder
        if self.how.moving and holder is not None and fact.kind in _MOVES_WITH_THE_JOB:
            leaving = leaving_of(self.stack, holder.person)
            yield Member(leaving, State.LATER, Certainty.POSSIBLE, False, account.id, link)
        if account.past_acts:
            yield from self._passed(fact, link, account.id, OFF, sorted(account.past_acts))
        yield from self._after(fact, link, account.id, self._felt(fact, account.id))
        yield from self._passed(fact, link, account.id, account.id, _ACTS)

    def _felt(self, fact: Edge, end: str) -> Sequence[Act]:
        """The acts on a login that one edge feels: what a platform refuses because of it, it does not."""
        acts = self.acts_on(end)
        if not refuses(self.stack, fact, self.refused_act(end)):
            return acts
        dragged = {act for act, _ in self._drags(end)}
        return [act for act in acts if act is not Act.DEACTIVATED or act in dragged]

    def _after(self, fact: Edge, link: Link, end: str, acts: Sequence[Act]) -> Iterator[Member]:
        for act in acts:
            yield from self._passed(fact, link, end, gone(act, end), (act,))

    def _passed(self, fact: Edge, link: Link, end: str, node: str, acts: Sequence[Act]) -> Iterator[Member]:
        for judgement in judgements(self.stack, fact, acts, end):
            outcome, grade = judgement.outcome, judgement.certainty
            heir = fact.properties.get("moved_to")
            if outcome in STATE_OF_OUTCOME:
                yield Member(node, STATE_OF_OUTCOME[outcome], grade, False, end, link)
            elif outcome is Outcome.MOVED and heir:
                yield Member(self._both_off(node, end, heir), State.STOPS, grade, True, end, link)
            elif outcome in {Outcome.UNKNOWN, Outcome.MOVED}:
                yield Member(node, State.STOPS, grade, True, end, link)

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
            for act in self.acts_on(end):
                self.gates.append(Gate(any_gone, (_certain(gone(act, end), end),)))
        return any_gone

    def acts_on(self, end: str) -> tuple[Act, ...]:
        """The acts by which a login may go off because somebody leaves. Its gates follow in `finish`."""
        if end not in self._met:
            acts = {act for act, _ in self._drags(end)}
            if self._holders(end):
                acts.add(self._own_act(end))
            self._met[end] = tuple(act for act in Act if act in acts)
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
            judgement = next(judgements(self.stack, fact, (by,)))
            if judgement.outcome is not Outcome.SURVIVES:
                unknown = judgement.outcome is Outcome.UNKNOWN
                yield Member(node, State.STOPS, judgement.certainty, unknown, link.target, link)

    def _own_act(self, end: str) -> Act:
        """What is done to a leaver's login; to one that nobody could read whatever is done to the others."""
        return Act.DEACTIVATED if self.refused_act(end) else self.how.act or self.stack.usual_act(end)

    def refused_act(self, end: str) -> Act | None:
        """The act that the platform refuses to do to a login, if it does: the login counts as deactivated then.

        A refused deactivation itself leaves a login deactivated for everything but what it is refused for.
        """
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
        return holders_gates(self.stack, account)

    def _drags(self, end: str) -> Iterator[tuple[Act, Link]]:
        for link in self.stack.graph.out(end, EdgeKind.PROVISIONED_BY):
            for act in {Act(fact.properties.get("act", Act.DEACTIVATED)) for fact in link.facts}:
                yield act, link

    def _new(self, node: str) -> bool:
        known = node in self._asides
        self._asides.add(node)
        return not known


def _certain(node: str, cause: str) -> Member:
    return Member(node, State.STOPS, Certainty.CERTAIN, False, cause)
