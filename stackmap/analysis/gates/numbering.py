"""Numbers for the nodes of a network, such that what falls together lies together."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from stackmap.analysis.gates.gate import Gate
from stackmap.analysis.gates.packing import packed

__all__ = ["Ends", "numbered"]


@dataclass(frozen=True, slots=True)
class Ends:
    """The nodes of gates by number: of each gate its own, and those of all members, gate after gate."""

    owners: array[int]
    members: array[int]


def numbered(gates: Iterable[Gate], groups: Iterable[Iterable[str]]) -> tuple[tuple[str, ...], Ends]:
    """The names of all nodes by number, and the gates' nodes: breadth first from each group, then from all others.

    A departure then finds what it walks through in the processor's cache.
    """
    met: dict[str, int] = {}
    owners, members, hanging = array("i"), array("i"), array("i")
    for gate in gates:
        owner = met.setdefault(gate.node, len(met))
        owners.append(owner)
        for member in gate.members:
            members.append(met.setdefault(member.node, len(met)))
            hanging.append(owner)
    roots = [[met.setdefault(root, len(met)) for root in group] for group in groups]
    names = list(met)
    order = _breadth_first(names, roots, members, hanging)
    place = array("i", bytes(4 * len(order)))
    for number, node in enumerate(order):
        place[node] = number
    ends = Ends(*(array("i", map(place.__getitem__, ends)) for ends in (owners, members)))
    return tuple([names[node] for node in order]), ends


def _breadth_first(
    names: list[str], groups: Iterable[Iterable[int]], members: array[int], hanging: array[int]
) -> list[int]:
    """All nodes: each group with all that hangs on it, then what else something hangs on, by name, then the rest."""
    start, (above,) = packed(members, len(names), hanging)
    order: list[int] = []
    found = bytearray(len(names))

    def reach(roots: Iterable[int]) -> None:
        waiting = [root for root in dict.fromkeys(roots) if not found[root]]
        for root in waiting:
            found[root] = True
        for node in waiting:
            for owner in above[start[node] : start[node + 1]]:
                if not found[owner]:
                    found[owner] = True
                    waiting.append(owner)
        order.extend(waiting)

    for group in groups:
        reach(group)
    left = (node for node, (first, end) in enumerate(pairwise(start)) if first < end and not found[node])
    reach(sorted(left, key=names.__getitem__))
    reach(range(len(names)))
    return order
