"""Made-up gate networks of any size, in the shape of a marketing stack: mostly local, and with real circles.

Each hundred nodes are two people, ten logins, ten tokens, fifteen integrations, some forty automations and twenty
lists. Few people hold many logins, most hold few. What nobody's leaving can stop (systems) is a member that always
works.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from random import Random
from types import MappingProxyType

from stackmap.analysis.gates.gate import Gate, Member
from stackmap.analysis.gates.marks import Reading
from stackmap.analysis.gates.network import Network
from stackmap.model import Certainty, State

__all__ = ["made_up_network"]

_SEED = 20261122
_MOST_PEOPLE = 20_000
_MOST_SYSTEMS = 300
_SKEW = 0.8
"""The exponent of Zipf's law for how many logins the n-th person holds."""
_BACK, _AHEAD = 40, 24
"""How far back or ahead in the row lie the lists that an automation reads, and the automations that feed a list.

Both ways, so that some feed each other: that makes the circles.
"""


def made_up_network(nodes: int, seed: int = _SEED) -> Network:
    """A network of about so many nodes, the same one for the same seed. Raises ValueError for fewer than 100."""
    if nodes < 100:
        raise ValueError(f"{nodes} nodes: at least 100, or there is no room for each kind")
    stack = _Stack(nodes, Random(seed))
    seeds = {person.node: MappingProxyType(dict.fromkeys(Reading, (person.node,))) for person in stack.people}
    return Network(tuple(stack.gates()), seeds)


def _members(word: str, count: int) -> list[Member]:
    """One member for each node of a kind: whoever hangs on the node shares it."""
    return [Member(f"{word}{number}", State.STOPS, Certainty.CERTAIN) for number in range(count)]


@dataclass(slots=True)
class _Stack:
    nodes: int
    dice: Random
    people: list[Member] = field(init=False)
    systems: list[Member] = field(init=False)
    logins: list[Member] = field(init=False)
    tokens: list[Member] = field(init=False)
    integrations: list[Member] = field(init=False)
    automations: list[Member] = field(init=False)
    lists: list[Member] = field(init=False)

    def __post_init__(self) -> None:
        nodes = self.nodes
        self.people = _members("person", min(_MOST_PEOPLE, nodes // 50))
        self.systems = _members("system", min(_MOST_SYSTEMS, nodes // 50))
        self.logins = _members("login", nodes // 10)
        self.tokens = _members("token", nodes // 10)
        self.integrations = _members("integration", nodes * 15 // 100)
        self.lists = _members("list", nodes // 5)
        others = (self.people, self.systems, self.logins, self.tokens, self.integrations, self.lists)
        self.automations = _members("automation", nodes - sum(map(len, others)))

    def gates(self) -> Iterator[Gate]:
        """All gates, kind by kind."""
        yield from self._logins()
        for token in self.tokens:
            yield _all_of(token, self._one(self.logins))
        for integration in self.integrations:
            yield from self._integration(integration)
        for number in range(len(self.automations)):
            yield from self._automation(number)
        for number in range(len(self.lists)):
            yield self._list(number)

    def _logins(self) -> Iterator[Gate]:
        shares = list(accumulate((rank + 1) ** -_SKEW for rank in range(len(self.people))))
        holders = self.dice.choices(self.people, cum_weights=shares, k=len(self.logins))
        for login, holder in zip(self.logins, holders, strict=True):
            yield _all_of(login, holder)

    def _integration(self, integration: Member) -> Iterator[Gate]:
        """A token and both systems; every seventh has a spare token."""
        tokens = self._some(self.tokens, 2 if self._chance(0.15) else 1)
        yield Gate(integration.node, tokens)
        yield _all_of(integration, *self._some(self.systems, 2))

    def _automation(self, number: int) -> Iterator[Gate]:
        """A login and one to three sources; of some any source will do, of some two in three are enough."""
        automation, login = self.automations[number], self._one(self.logins)
        drawn = _once(self._source(number) for _ in range(1 + self._below(3)))
        sources = tuple(source for source in drawn if source is not automation)
        if len(sources) > 1 and self._chance(0.2):
            yield _all_of(automation, login)
            yield Gate(automation.node, sources, need=len(sources) - 1)
        else:
            yield _all_of(automation, login, *sources)

    def _source(self, number: int) -> Member:
        """An integration, a list nearby, or another automation a step or two away: so flows wait for one another."""
        lot = self.dice.random()
        if lot < 0.6:
            return self._one(self.integrations)
        if lot < 0.97:
            return self._near(self.lists, number / len(self.automations), -_BACK, _AHEAD)
        return self._near(self.automations, number / len(self.automations), -2, 3)

    def _list(self, number: int) -> Gate:
        """One to three flows or integrations feed it, and one is enough."""
        place = number / len(self.lists)
        feeds = _once(
            self._one(self.integrations) if self._chance(0.3) else self._near(self.automations, place, -_BACK, _AHEAD)
            for _ in range(1 + self._below(3))
        )
        return Gate(self.lists[number].node, feeds)

    def _near(self, kind: Sequence[Member], place: float, least: int, most: int) -> Member:
        """One that lies so many steps away, at most, from a place between the first (0) and the last (1)."""
        steps = least + self._below(most - least)
        return kind[min(max(int(place * len(kind)) + steps, 0), len(kind) - 1)]

    def _one(self, kind: Sequence[Member]) -> Member:
        return kind[self._below(len(kind))]

    def _some(self, kind: Sequence[Member], count: int) -> tuple[Member, ...]:
        return _once(self._one(kind) for _ in range(count))

    def _below(self, limit: int) -> int:
        return int(self.dice.random() * limit)  # a third of the time that randrange takes, and even enough here

    def _chance(self, share: float) -> bool:
        return self.dice.random() < share


def _once(drawn: Iterable[Member]) -> tuple[Member, ...]:
    """Each once, in the order drawn."""
    return tuple({member.node: member for member in drawn}.values())


def _all_of(node: Member, *members: Member) -> Gate:
    return Gate(node.node, members, need=len(members))
