"""Whose leaving can reach some nodes at all: a question about few things asks few people."""

from __future__ import annotations

from collections.abc import Iterable

from stackmap.analysis.gates.network import Network

__all__ = ["people_under"]


def people_under(network: Network, nodes: Iterable[str]) -> tuple[str, ...]:
    """The people on whom any of these nodes hangs, however far and in whichever reading, in the network's order.

    Others' leaving does nothing to them; that of these may do nothing either.
    """
    waiting = list(dict.fromkeys(nodes))
    under = set(waiting)
    for node in waiting:  # what is reached on the way joins the end
        for place in network.gates_of.get(node, ()):
            fresh = [one.node for one in network.gates[place].members if one.node not in under]
            under.update(fresh)
            waiting.extend(dict.fromkeys(fresh))
    return tuple(
        person
        for person, readings in network.seeds.items()
        if any(not under.isdisjoint(fallen) for fallen in readings.values())
    )
