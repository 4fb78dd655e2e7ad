"""Why something is lost: one derivation per node, the earliest round first, then ids (semantics, rule 26)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache

from stackmap.analysis.gates.arrays import passed_by
from stackmap.analysis.gates.gate import Gate, Member
from stackmap.analysis.gates.marks import RUN_MARKS, Run, mark_of
from stackmap.analysis.gates.network import OFF, Network, gone_by, is_aside, word_of
from stackmap.model import EdgeKey, Link, State

__all__ = ["Cause", "Explainer"]


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
            if member.node in names or (member.link is not None and member.link.key in mended):
                return False
            return is_lost(member.node) and self._counts(member, state)

        gates = [self._network.gates[gate] for name in names for gate in self._network.gates_of.get(name, ())]
        return any(sum(map(lost, gate.members)) >= self._slack(gate) for gate in gates)

    def _causes(self, name: str, state: State) -> Iterator[Cause]:
        number = self._network.index[name]
        rounds = self._rounds(int(state))
        own = rounds[number]
        limit = own - 1 if _takes_a_round(name) else own
        gates = (self._network.gates[gate] for gate in self._network.gates_of.get(name, ()))
        done = [found for gate in gates if (found := self._lost(gate, state, limit, rounds))[1]]
        if done:
            for member in (min(done, key=_earliest) if len(done) > 1 else done[0])[1]:
                yield from self._shown(member, state)

    def _shown(self, member: Member, state: State) -> Iterator[Cause]:
        """A member as people read it: nodes that only serve the computation are replaced by their causes."""
        if _stands_in(member) or member.node == OFF or _takes_a_round(member.node):
            yield Cause(member.cause or member.node, member.link)
        else:
            for cause in self._causes(member.node, state):
                yield Cause(cause.node, cause.link or member.link)

    def _lost(self, gate: Gate, state: State, limit: int, rounds: Mapping[int, int]) -> tuple[int, list[Member]]:
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
        if self._mended and member.link is not None and member.link.key in self._mended:
            return False
        return bool(passed_by(member) & mark_of(self._run, state))

    def _count_rounds(self, level: int) -> dict[int, int]:
        """In which round each node reaches a state of at least `level`."""
        arrays, mark = self._network.arrays, mark_of(self._run, State(level))
        left: dict[int, int] = {}
        rounds = dict.fromkeys(self._fallen, 0)
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


def _takes_a_round(name: str) -> bool:
    """Nodes of the stack do, and logins that go off; what only serves the computation does not."""
    return not is_aside(name) or gone_by(name) is not None


def _earliest(found: tuple[int, Sequence[Member]]) -> tuple[int, Sequence[tuple[str, str]]]:
    """The round in which a gate was lost; of equals the first by the ids of the members that were."""
    round_, lost = found
    return round_, sorted((member.cause, member.node) for member in lost)


def _by_id(cause: Cause) -> tuple[str, str]:
    return cause.node, cause.link.kind.value if cause.link else ""
