"""Why something is lost: one derivation per node, the earliest round first, then ids (semantics, rule 26)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache
from typing import TypeAlias

from stackmap.analysis.gates.arrays import passed_by
from stackmap.analysis.gates.gate import Gate, Member
from stackmap.analysis.gates.leading import turned
from stackmap.analysis.gates.marks import RUN_MARKS, Run, mark_of
from stackmap.analysis.gates.network import OFF, Network, aside, gone_by, is_aside, word_of
from stackmap.model import EdgeKey, Link, State

__all__ = ["Cause", "Explainer"]

_Way: TypeAlias = tuple[int, Sequence[Member]]
"""A gate that was lost: in which round, and with which members."""


@dataclass(frozen=True, slots=True)
class Cause:
    """A direct cause: the node that was lost and the edge that hangs on it.

    `link` is None where the node itself was off already: there is nothing further to say.
    """

    node: str
    link: Link | None


class Explainer:
    """Derivations in one run: one run, these people gone. Over `mended` edges, which `hosts` have, nothing is lost."""

    def __init__(
        self,
        network: Network,
        run: Run,
        people: Iterable[str],
        mended: Set[EdgeKey] = frozenset(),
        hosts: Set[int] = frozenset(),
    ) -> None:
        self._network = network
        self._run = run
        self._mended = mended
        self._spared = hosts
        fallen = (node for node, marks in network.fallen(people) if marks & RUN_MARKS[run])
        self._fallen = [network.index[OFF], *fallen]
        self._rounds = cache(self._count_rounds)
        self._hosts = cache(self._find_hosts)
        self._turned = cache(self._turn_to_leavers)

    def because(self, names: Iterable[str], state: State) -> tuple[Cause, ...]:
        """The direct causes of a node's loss; of `names`, which together stand for it, the first lost counts."""
        rounds = self._rounds(int(state))
        index = self._network.index
        lost = [(rounds[index[name]], name) for name in names if name in index and index[name] in rounds]
        if not lost:
            return ()
        causes = dict.fromkeys(self._causes(min(lost)[1], state))
        return tuple(sorted(causes, key=_by_id))

    def hosts(self, edges: Set[EdgeKey], state: State) -> frozenset[int]:
        """Of the lost nodes those that hang on something by these edges, by number."""
        hosts = self._hosts(int(state))
        return frozenset(number for key in edges for number in hosts.get(key, ()))

    def size(self, state: State) -> int:
        """How many nodes are lost: so much work it is to find out why."""
        return len(self._rounds(int(state)))

    def may_fall_without(
        self, mended: Set[EdgeKey], names: Collection[str], state: State, is_lost: Callable[[str], bool]
    ) -> bool:
        """Whether something else than these edges lost a node, for all that one look shows: in circles not for sure.

        `is_lost`: whether a node is in that state in this run.
        """

        def lost(member: Member) -> bool:
            if member.node in names or self._is_mended(member, mended):
                return False
            return is_lost(member.node) and self._counts(member, state)

        gates = [self._network.gates[gate] for name in names for gate in self._network.gates_of.get(name, ())]
        return any(sum(map(lost, gate.members)) >= self._slack(gate) for gate in gates)

    def _causes(self, name: str, state: State) -> Iterator[Cause]:
        number = self._network.index[name]
        for member in self._turned(int(state)).get(number) or self._lost_first(number, state):
            yield from self._shown(member, state)

    def _lost_first(self, number: int, state: State) -> Sequence[Member]:
        """The members with whom a node was lost in the earliest round; none where it fell by itself."""
        rounds = self._rounds(int(state))
        limit = rounds[number] - 1 if _takes_a_round(self._network.names[number]) else rounds[number]
        ways = self._ways(number, state, limit)
        return (min(ways, key=_earliest) if len(ways) > 1 else ways[0])[1] if ways else ()

    def _ways(self, number: int, state: State, limit: int) -> list[_Way]:
        """The gates of a node that were lost by that round."""
        rounds = self._rounds(int(state))
        gates = (self._network.gates[gate] for gate in self._network.gates_of.get(self._network.names[number], ()))
        return [found for gate in gates if (found := self._lost(gate, state, limit, rounds))[1]]

    def _turn_to_leavers(self, level: int) -> Mapping[int, Sequence[Member]]:
        """Of circles of supply the nodes whose first reasons run in a circle, with one that leads to a leaver.

        Written out round by round, a circle is lost as a whole: which of its nodes was lost first, rounds do not tell.
        """
        rounds, names = self._rounds(level), self._network.names
        if self._mended or not any(_in_a_round(names[number]) for number in rounds):
            return {}
        before = self._count_rounds(level, self._fallen[:1])
        fresh = [number for number in rounds if number not in before]
        return self._turned_of(fresh, State(level))

    def _turned_of(self, fresh: Collection[int], state: State) -> Mapping[int, Sequence[Member]]:
        told: dict[int, list[int]] = {}
        ways: dict[int, list[Sequence[Member]]] = {}
        ends: dict[int, list[list[int]]] = {}
        known, last = frozenset(fresh), max(self._rounds(int(state)).values())
        waiting = dict.fromkeys(number for number in fresh if not _in_a_round(self._network.names[number]))
        for number in (queue := list(waiting)):  # what is met on the way joins the end
            found = sorted(self._ways(number, state, last), key=_earliest)
            ways[number] = [members for _, members in found]
            ends[number] = [self._ends(members, known) for members in ways[number]]
            told[number] = self._ends(self._lost_first(number, state), known)
            met = dict.fromkeys(end for reached in ends[number] for end in reached if end not in waiting)
            waiting.update(met)
            queue.extend(met)
        return {number: ways[number][way] for number, way in turned(told, ends, self._fallen[1:]).items()}

    def _ends(self, members: Iterable[Member], known: Set[int]) -> list[int]:
        """What these members stand for, as far as it was lost only now."""
        names = (_behind_a_round(one.node) if one.link is not None else one.node for one in members)
        return [end for name in names if (end := self._network.index.get(name, -1)) in known]

    def _shown(self, member: Member, state: State) -> Iterator[Cause]:
        """A member as people read it: nodes that only serve the computation are replaced by their causes."""
        if _stands_in(member) or member.node == OFF or _takes_a_round(member.node):
            yield Cause(member.cause or member.node, member.link)
        else:
            for cause in self._causes(member.node, state):
                yield Cause(cause.node, cause.link or member.link)

    def _lost(self, gate: Gate, state: State, limit: int, rounds: Mapping[int, int]) -> _Way:
        """The round in which a gate was lost, and its members lost by then; no members when it was not."""
        index, never = self._network.index, limit + 1
        lost = [
            (round_, member)
            for member in gate.members
            if (round_ := rounds.get(index[member.node], never)) <= limit and self._counts(member, state)
        ]
        slack = self._slack(gate)
        if len(lost) < slack:
            return 0, []
        return sorted(round_ for round_, _ in lost)[slack - 1], [member for _, member in lost]

    def _counts(self, member: Member, state: State) -> bool:
        if self._mended and self._is_mended(member, self._mended):
            return False
        return bool(passed_by(member) & mark_of(self._run, state))

    def _is_mended(self, member: Member, mended: Set[EdgeKey]) -> bool:
        """Of something that several edges lead to, each of them is asked for itself."""
        return member.link is not None and member.link.key in mended and not self._has_own_edges(member)

    def _has_own_edges(self, member: Member) -> bool:
        """Whether its node serves the computation only, and tells of each way into it by which edge that leads."""
        if _stands_in(member) or not is_aside(member.node) or _takes_a_round(member.node):
            return False
        ways = [self._network.gates[gate] for gate in self._network.gates_of.get(member.node, ())]
        return any(way.link is not None for gate in ways for way in gate.members)

    def _count_rounds(self, level: int, fallen: Iterable[int] | None = None) -> dict[int, int]:
        """In which round each node reaches a state of at least `level`, these having fallen or all that do."""
        arrays, mark = self._network.arrays, mark_of(self._run, State(level))
        left: dict[int, int] = {}
        rounds = dict.fromkeys(self._fallen if fallen is None else fallen, 0)
        now, following, round_ = list(rounds), list[int](), 0
        while now:
            for node in now:
                lost = [target for target, passes in arrays.alone[node] if passes & mark]
                for gate, passes in arrays.among[node]:
                    if passes & mark:
                        left[gate] = left.get(gate, arrays.slack[gate]) - 1
                        if left[gate] == 0 or (self._spared and left[gate] < 0):
                            lost.append(arrays.owners[gate])
                for owner in lost:
                    if owner not in rounds and not (
                        owner in self._spared and self._holds(owner, level, rounds, round_)
                    ):
                        later = _takes_a_round(self._network.names[owner])
                        rounds[owner] = round_ + 1 if later else round_
                        (following if later else now).append(owner)
            now, following, round_ = following, [], round_ + 1
        return rounds

    def _find_hosts(self, level: int) -> Mapping[EdgeKey, Sequence[int]]:
        """By edge the lost nodes that hang on something by it: none but these can be spared by mending it."""
        hosts: defaultdict[EdgeKey, list[int]] = defaultdict(list)
        for number in self._rounds(level):
            for gate in self._network.gates_of.get(self._network.names[number], ()):
                for member in self._network.gates[gate].members:
                    if member.link is not None:
                        hosts[member.link.key].append(number)
        return hosts

    def _holds(self, number: int, level: int, rounds: Mapping[int, int], limit: int) -> bool:
        """Whether a node on a mended edge still works with what was lost by that round."""
        gates = (self._network.gates[gate] for gate in self._network.gates_of.get(self._network.names[number], ()))
        return not any(self._lost(gate, State(level), limit, rounds)[1] for gate in gates)

    def _slack(self, gate: Gate) -> int:
        """How many members must be lost for the gate to be lost."""
        return len(gate.members) - gate.needed(self._run) + 1


def _stands_in(member: Member) -> bool:
    """Whether its node stands for one of the stack, or for somebody who has left: the member's cause names those."""
    word, _ = word_of(member.node)
    return word == "leaves" or (word in {"place", "supply"} and member.link is not None)


def _in_a_round(name: str) -> bool:
    """Whether it stands for a node of a circle in one round, or for what leads from there into the circle."""
    return word_of(name)[0] in {"supply", "supplied"}


def _behind_a_round(name: str) -> str:
    """The node that stands in a circle's round by that name; any other stands for itself."""
    word, about = word_of(name)
    place = aside("place", about)
    return name if word != "supply" else place if name.endswith(place) else about


def _takes_a_round(name: str) -> bool:
    """Nodes of the stack do, and logins that go off; what only serves the computation does not."""
    return not is_aside(name) or gone_by(name) is not None


def _earliest(found: _Way) -> tuple[int, Sequence[tuple[str, str]]]:
    """The round in which a gate was lost; of equals the first by the ids of the members that were."""
    round_, lost = found
    return round_, sorted((member.cause, member.node) for member in lost)


def _by_id(cause: Cause) -> tuple[str, str]:
    return cause.node, cause.link.kind.value if cause.link else ""
