"""Who can look after a thing, and who hears its alarms: care and notice as gates (semantics, rules 28 to 32)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from stackmap.analysis.accounts import Account
from stackmap.analysis.anonymous import ANONYMOUS, anonymous_id
from stackmap.analysis.compiling.routes import Routes
from stackmap.analysis.gates.gate import Gate, Member
from stackmap.analysis.gates.network import OFF, aside
from stackmap.analysis.stack import Stack, sure
from stackmap.model import THING_KINDS, AccountType, Certainty, EdgeKind, Link, NodeKind, State

__all__ = ["Care", "Carer", "care_node", "notice_node"]

# Bound once, for these are asked of every edge: Python 3.11 takes longer to look a member up in its enum than to call.
_ADMINISTERS = EdgeKind.ADMINISTERS
_OWNED_BY = EdgeKind.OWNED_BY
_NOTIFIES = EdgeKind.NOTIFIES
_STOPS = State.STOPS
_CERTAIN = Certainty.CERTAIN


def care_node(node_id: str) -> str:
    """The node that stops when nobody is left to care for a thing."""
    return aside("care", node_id)


def notice_node(node_id: str) -> str:
    """The node that stops when a thing's alarms reach nobody."""
    return aside("notice", node_id)


@dataclass(frozen=True, slots=True)
class Carer:
    """Somebody who cares, in person or through a login (`account`), by one edge.

    `sure` is False for the holder of a login of unknown type: care is not proven lost while he is there, and at
    worst he never counted.
    """

    person: str
    account: Account | None
    link: Link
    certainty: Certainty
    sure: bool


@dataclass
class Care:
    """Carers of every thing, and the gates of care and notice."""

    routes: Routes
    _of: dict[str, tuple[Carer, ...]] = field(default_factory=dict)

    @property
    def _stack(self) -> Stack:
        return self.routes.stack

    def carers(self, node_id: str) -> tuple[Carer, ...]:
        """Everybody who cares for a thing today: its own and its Systems' administrators and owners.

        Each person and login counts once, by the surest edge.
        """
        everybody = [*self._direct(node_id)]
        for system in self._systems(node_id):
            everybody.extend(self._direct(system))
        return _once(everybody)

    def _systems(self, node_id: str) -> list[str]:
        return [system for system in self._stack.graph.systems_of(node_id) if system != node_id]

    def _direct(self, node_id: str) -> tuple[Carer, ...]:
        if node_id not in self._of:
            self._of[node_id] = _once([*self._administrators(node_id), *self._owners(node_id)])
        return self._of[node_id]

    def _administrators(self, node_id: str) -> Iterator[Carer]:
        for link in self._stack.graph.into(node_id, _ADMINISTERS):
            yield from self._through(link.source, link)

    def _owners(self, node_id: str) -> Iterator[Carer]:
        graph = self._stack.graph
        for link in graph.out(node_id, _OWNED_BY):
            owner = graph.get(link.target)
            if not sure(link) or owner is None:
                continue
            if owner.kind is NodeKind.PERSON:
                yield from self._in_person(owner.id, link, _CERTAIN)
            elif owner.kind is NodeKind.TEAM:
                for member in graph.into(owner.id, EdgeKind.MEMBER_OF):
                    yield from self._in_person(member.source, link, member.certainty)
            else:
                yield from self._through(owner.id, link)

    def _in_person(self, person: str, link: Link, certainty: Certainty) -> Iterator[Carer]:
        if self._stack.still_here(person):
            yield Carer(person, None, link, min(link.certainty, certainty), True)

    def _through(self, account_id: str, link: Link) -> Iterator[Carer]:
        account = self._stack.accounts.get(account_id)
        if account is None or account.off or account.type not in _CARING:
            return
        certain = account.type is not AccountType.UNKNOWN
        for tie in account.holders:
            if self._stack.still_here(tie.person):
                yield Carer(tie.person, account, link, min(link.certainty, tie.certainty), certain)
        if account.anonymous:
            yield Carer(anonymous_id(account.id), account, link, link.certainty, True)

    def gates(self) -> Iterator[Gate]:
        """The gates of care and notice of every thing that has a carer or an alarm."""
        ways: dict[str, tuple[Member, ...]] = {}
        for vertex in self._stack.graph.vertices(*THING_KINDS):
            members = self._members(vertex.id, ways)
            if members:
                yield Gate(care_node(vertex.id), tuple(members))
            yield from self._notice(vertex.id)
        for node, lost_by in ways.items():
            yield from (Gate(node, (way,)) for way in lost_by)

    def _members(self, node_id: str, ways: dict[str, tuple[Member, ...]]) -> list[Member]:
        systems = self._systems(node_id)
        listed = (
            len(systems) == 1 and systems[0] in self._stack.graph
        )  # one that no source lists has no gate of its own
        if listed and not self._direct(node_id):
            cared = bool(self._direct(systems[0]))
            return [Member(care_node(systems[0]), _STOPS, _CERTAIN, False, systems[0])] if cared else []
        return [self._member(carer, ways) for carer in self.carers(node_id)]

    def _member(self, carer: Carer, ways: dict[str, tuple[Member, ...]]) -> Member:
        """A carer is lost when he leaves, or when the login through which he cares goes off (rule 29)."""
        through = carer.account.id if carer.account else ""
        node = aside("carer", through, "sure" if carer.sure else "possible", carer.person)
        if node not in ways:
            ways[node] = tuple(self._ways_to_lose(carer))
        return Member(node, _STOPS, carer.certainty, False, carer.person, carer.link)

    def _ways_to_lose(self, carer: Carer) -> Iterator[Member]:
        yield _lost(carer.person)
        if carer.account is not None:
            yield _lost(self.routes.any_gone(carer.account.id), carer.account.id)
            if carer.account.anonymous:
                yield _lost(ANONYMOUS, unknown=True)
        if not carer.sure:
            yield _lost(OFF, carer.person, unknown=True)

    def _notice(self, node_id: str) -> Iterator[Gate]:
        """An alarm is lost when all whom it reaches are; who was off already hears nothing."""
        recipients = []
        for link in self._stack.graph.out(node_id, _NOTIFIES):
            node = aside("alarm", link.source, link.group, link.slot, link.target)
            yield from (Gate(node, (way,)) for way in self.routes.members(link, link.target))
            recipients.append(Member(node, _STOPS, _CERTAIN, False, link.target, link))
        if recipients:
            yield Gate(notice_node(node_id), tuple(recipients))


_CARING = frozenset({AccountType.HUMAN, AccountType.SHARED, AccountType.UNKNOWN})


def _lost(node: str, cause: str = "", *, unknown: bool = False) -> Member:
    return Member(node, _STOPS, _CERTAIN, unknown, cause or node)


def _once(carers: Iterable[Carer]) -> tuple[Carer, ...]:
    """One carer for each person and login: the surest."""
    best: dict[tuple[str, str], Carer] = {}
    for carer in carers:
        key = (carer.person, carer.account.id if carer.account else "")
        if key not in best or carer.certainty > best[key].certainty:
            best[key] = carer
    return tuple(best.values())
