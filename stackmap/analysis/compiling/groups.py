"""The gates of one requirement: which alternatives count, and which have dropped out (semantics, rules 10 to 12)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from stackmap.analysis.anonymous import ANONYMOUS
from stackmap.analysis.compiling.requirements import Requirement
from stackmap.analysis.compiling.routes import Routes
from stackmap.analysis.gates.gate import Gate, Member
from stackmap.analysis.gates.network import OFF, aside
from stackmap.analysis.stack import Stack, unseen
from stackmap.model import Certainty, Link, State

__all__ = ["Group", "single_gates"]


def single_gates(routes: Routes, need: Requirement) -> list[Gate]:
    """The gates of an edge that is simply required: each way to lose its end suffices."""
    ((end, links),) = need.ends.items()
    return [Gate(need.host, (member,)) for link in links for member in routes.members(link, end)]


class _Alternative(NamedTuple):
    """A member of a group.

    `ways` are all ways to lose it, `member` stands for them together. `dead`: off before anybody leaves, so far as
    anybody can tell. `unseen`: not used for 90 days.
    """

    end: str
    links: tuple[Link, ...]
    ways: tuple[Member, ...]
    member: Member
    dead: bool
    unseen: bool

    def lost_with(self, stopped: frozenset[str], loss: State) -> bool:
        """Whether it may be lost with what stops, proven, before anybody leaves (`stopped`)."""
        return any(way.node in stopped and way.cap >= loss for way in self.ways)


@dataclass
class Group:
    """One requirement with alternatives, on its way to gates.

    Proven, the dead need not drop out: the k-th best never falls on them while enough others work. At worst they
    must, or a member long gone would hide that the last live one is about to go.
    """

    routes: Routes
    need: Requirement
    _helpers: list[Gate] = field(default_factory=list)
    _everybody: list[_Alternative] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._everybody = [self._alternative(end, links) for end, links in self.need.ends.items()]

    def proven_gates(self) -> list[Gate]:
        """What is proven of it; this much holds whatever the baseline is."""
        return [*self._helpers, *self._plain(assumed=False)]

    def gates(self, stopped: frozenset[str] = frozenset()) -> list[Gate]:
        """All its gates. `stopped` are the nodes that stop in the proven baseline; only an assumed group asks."""
        dropped = stopped if self.need.assumed else frozenset[str]()
        left = [
            one for one in self._everybody if not (one.dead or (dropped and one.lost_with(dropped, self.need.loss)))
        ]
        if self._too_few_listed:
            own = self._all_and_the_unread_rest(left)
        else:
            seen = [one for one in left if self.need.personal or not one.unseen]
            own = self._alternatives(left, seen)
        return [*self._helpers, *own]

    def _plain(self, *, assumed: bool) -> list[Gate]:
        members = tuple([one.member for one in self._everybody])
        return [] if self._too_few_listed else [Gate(self.need.host, members, self.need.need, assumed)]

    def _alternatives(self, left: Sequence[_Alternative], seen: Sequence[_Alternative]) -> list[Gate]:
        if self.need.assumed and len(seen) == len(self._everybody):
            return self._plain(assumed=True)
        broken = len(left) < self.need.need
        return [*self._plain(assumed=False), *([] if broken else self._at_worst(left, seen))]

    @property
    def _too_few_listed(self) -> bool:
        return len(self._everybody) < self.need.need

    def _at_worst(self, left: Sequence[_Alternative], seen: Sequence[_Alternative]) -> list[Gate]:
        """Those unseen are no backup; where too few would be left, the whole group is unknown."""
        if len(seen) == len(left) and not self.need.assumed:
            return []
        if len(seen) >= self.need.need:
            members = [replace(one.member, unknown=True) for one in seen]
        else:
            members = [self._unknown(one) for one in left]
        needed = len(members) if self.need.assumed else self.need.need
        return [Gate(self.need.host, tuple(members), needed)]

    def _all_and_the_unread_rest(self, left: Sequence[_Alternative]) -> list[Gate]:
        """More are needed than anybody ever listed: at worst everybody listed, and somebody unnamed, is needed."""
        unnamed = Member(ANONYMOUS, self.need.loss, Certainty.CERTAIN, True, ANONYMOUS)
        members = [*(self._unknown(one) for one in left), unnamed]
        return [Gate(self.need.host, (member,)) for member in members]

    def _alternative(self, end: str, links: tuple[Link, ...]) -> _Alternative:
        stack = self.routes.stack
        ways = self._ways(end, links)
        member = self._one_of(ways, end, links[0], "way")
        dormant = _unseen(stack, end, links) and not any(link.declared for link in links)
        return _Alternative(end, links, ways, member, _dead(stack, self.need, end, ways), dormant)

    def _ways(self, end: str, links: Sequence[Link]) -> tuple[Member, ...]:
        if len(links) == 1:
            return tuple(self.routes.members(links[0], end))
        return tuple(dict.fromkeys(member for link in links for member in self.routes.members(link, end)))

    def _unknown(self, one: _Alternative) -> Member:
        ways = [way for link in one.links for way in self.routes.as_unknown(link, one.end, self.need.loss)]
        return self._one_of(tuple(dict.fromkeys(ways)), one.end, one.links[0], "unknown")

    def _one_of(self, ways: Sequence[Member], end: str, link: Link, word: str) -> Member:
        """One member for several ways to lose one end: the worst of them counts."""
        if len(ways) == 1:
            return ways[0]
        node = aside(word, self.need.host, link.kind.value, link.group, link.slot, end)
        self._helpers.extend(Gate(node, (way,)) for way in ways)
        return Member(node, State.STOPS, Certainty.CERTAIN, False, end, link)


def _dead(stack: Stack, need: Requirement, end: str, ways: Sequence[Member]) -> bool:
    """Off or missing, and its edge passes that on, for all one can tell: at worst an unknown outcome does."""
    if not stack.is_off(end):
        return False
    lost = {OFF} if stack.account(end) else {OFF, end}
    return any(way.node in lost and way.cap >= need.loss for way in ways)


def _unseen(stack: Stack, end: str, links: Sequence[Link]) -> bool:
    vertex = stack.graph.get(end)
    if vertex is not None and unseen(vertex.properties, stack.as_of):
        return True
    return all(unseen(fact.properties, stack.as_of) for link in links for fact in link.facts)
