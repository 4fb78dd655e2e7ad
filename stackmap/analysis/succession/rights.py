"""What a shared login hands over beside the work: an administrator's rights, to somebody who has none there yet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass

from stackmap.analysis.compiling.compiled import CompiledStack
from stackmap.analysis.succession.holds import Hold, Way
from stackmap.model import Certainty, EdgeKind, NodeKind

__all__ = ["Rights", "administering_too", "administering_with", "gives_rights", "rights_gained"]


@dataclass(frozen=True, slots=True)
class Rights:
    """The Systems that somebody administers with a login and not without it, by id. `certainty`: of the least sure."""

    systems: tuple[str, ...]
    certainty: Certainty


def rights_gained(compiled: CompiledStack, seconds: Iterable[tuple[Hold, str]]) -> Mapping[Hold, Rights]:
    """By hold what its second holder gains with that login; nothing of those who gain nothing."""
    found: dict[Hold, Rights] = {}
    for hold, second in seconds:
        run = _run_with(compiled, hold)
        gained = {system: run[system] for system in run if second not in _administrators(compiled, system)}
        if gained:
            found[hold] = Rights(tuple(sorted(gained)), min(gained.values()))
    return found


def administering_with(compiled: CompiledStack, seconds: Mapping[Hold, str]) -> Mapping[str, Set[str]]:
    """By System the people who are to take over a login that administers it."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for hold, second in seconds.items():
        for system in _run_with(compiled, hold):
            found[system].add(second)
    return found


def gives_rights(compiled: CompiledStack, hold: Hold) -> bool:
    """Whether this is a login that administers anything, proven or not: a System, or one thing in it."""
    return hold.way is Way.LOGIN and any(True for _ in compiled.stack.graph.out(hold.about, EdgeKind.ADMINISTERS))


def administering_too(compiled: CompiledStack, hold: Hold) -> frozenset[str]:
    """Who gains no rights with a login, for they administer all that it does; nobody where it administers nothing."""
    everybody = [_administrators(compiled, system) for system in _run_with(compiled, hold)]
    return frozenset.intersection(*everybody) if everybody else frozenset()


def _run_with(compiled: CompiledStack, hold: Hold) -> Mapping[str, Certainty]:
    """The Systems that whoever has this login administers, and how sure that is."""
    if hold.way is not Way.LOGIN:
        return {}
    graph, found = compiled.stack.graph, dict[str, Certainty]()
    for link in graph.out(hold.about, EdgeKind.ADMINISTERS):
        system = graph.get(link.target)
        if system is not None and system.kind is NodeKind.SYSTEM:
            found[system.id] = max(link.certainty, found.get(system.id, link.certainty))
    return found


def _administrators(compiled: CompiledStack, system: str) -> frozenset[str]:
    """Who administers a System for certain, with a login that is on."""
    return frozenset(
        carer.person
        for carer in compiled.care.carers(system)
        if carer.sure and carer.certainty is Certainty.CERTAIN and carer.link.kind is EdgeKind.ADMINISTERS
    )
