"""Who in a circle is fed first while nobody left: the order in which the circle stands today."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set

from stackmap.analysis.gates.gate import Gate
from stackmap.model import State

__all__ = ["in_order_of_feeding"]


def in_order_of_feeding(
    nodes: Iterable[str], gates_of: Mapping[str, Sequence[Gate]], lost: Mapping[State, Set[str]]
) -> list[str]:
    """Those of these nodes that are fed, each after enough of what it hangs on at worst; the best fed first.

    `lost`: what is in a state, or worse, by state.
    """
    inside = sorted(nodes)
    found = (node for state in sorted(lost) for node in _fed(inside, gates_of, lost[state], state))
    return list(dict.fromkeys(found))


def _fed(inside: Sequence[str], gates_of: Mapping[str, Sequence[Gate]], lost: Set[str], state: State) -> list[str]:
    """Who is fed well enough not to get into that state."""
    left, uses = _waited_for(inside, gates_of, lost, state)
    unmet = {node: sum(need > 0 for need in left[node]) for node in inside}
    found = [node for node in inside if not unmet[node]]
    for node in found:
        for owner, number in uses[node]:
            left[owner][number] -= 1
            if left[owner][number] == 0:
                unmet[owner] -= 1
                if not unmet[owner]:
                    found.append(owner)
    return found


def _waited_for(
    inside: Sequence[str], gates_of: Mapping[str, Sequence[Gate]], lost: Set[str], state: State
) -> tuple[dict[str, list[int]], dict[str, list[tuple[str, int]]]]:
    """Of each gate how many more members have to work, and of which gates each node is a member."""
    own = set(inside)
    left: dict[str, list[int]] = {node: [] for node in inside}
    uses: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for node in inside:
        for number, gate in enumerate(gates_of.get(node, ())):
            felt = [member.node for member in gate.members if member.cap >= state]
            waited_for = [end for end in felt if end in own]
            works = len(gate.members) - len(waited_for) - sum(end in lost and end not in own for end in felt)
            left[node].append(gate.most_needed - works)
            for end in waited_for:
                uses[end].append((node, number))
    return left, uses
