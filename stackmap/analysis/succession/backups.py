"""Whom your notes name as backup of a thing: who was meant to take over."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from stackmap.analysis.departures.named_owners import people_behind
from stackmap.analysis.stack import Stack
from stackmap.model import EdgeKind, Link

__all__ = ["named_backups", "named_for"]


def named_backups(stack: Stack) -> Mapping[str, frozenset[str]]:
    """By thing the people whom your notes name as its backup; of a team all its members, of a login its holders."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for link in stack.graph.links(EdgeKind.OWNED_BY):
        if _of_notes(link):
            found[link.source].update(people_behind(stack, link.target))
    return {thing: frozenset(people) for thing, people in found.items()}


def named_for(backups: Mapping[str, frozenset[str]], things: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    """By person those of some things that name them, by id."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for thing in sorted(set(things)):
        for person in backups.get(thing, ()):
            found[person].append(thing)
    return {person: tuple(named) for person, named in sorted(found.items())}


def _of_notes(link: Link) -> bool:
    """Whether your notes say backup, whatever else a platform says of the same owner."""
    return any(
        fact.properties.get("backup") is True and any(item.of_notes for item in fact.evidence) for fact in link.facts
    )
