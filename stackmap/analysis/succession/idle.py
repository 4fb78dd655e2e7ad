"""Second holders who were not seen where they are to take over: there they may be one on paper only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping

from stackmap.analysis.compiling.compiled import CompiledStack
from stackmap.analysis.stack import Stack, unseen
from stackmap.analysis.succession.at_places import places_of
from stackmap.analysis.succession.holds import Hold

__all__ = ["not_seen_there"]


def not_seen_there(compiled: CompiledStack, seconds: Mapping[Hold, str]) -> frozenset[Hold]:
    """The holds whose second holder has logins of their own where it lies, all of them read as unused for 90 days."""
    stack = compiled.stack
    logins = _own_logins(stack, frozenset(seconds.values()))
    found = []
    for hold, second in seconds.items():
        places = frozenset(places_of(stack.graph, hold.about))
        there = [login for login in logins[second] if not places.isdisjoint(places_of(stack.graph, login))]
        if there and all(_is_unseen(stack, login) for login in there):
            found.append(hold)
    return frozenset(found)


def _own_logins(stack: Stack, people: Collection[str]) -> Mapping[str, list[str]]:
    """By person the logins that are on and nobody else's."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for account in stack.accounts.values():
        tie = account.sole_holder
        if tie is not None and tie.person in people and not account.off:
            found[tie.person].append(account.id)
    return found


def _is_unseen(stack: Stack, login: str) -> bool:
    vertex = stack.graph.get(login)
    return vertex is not None and unseen(vertex.properties, stack.as_of)
