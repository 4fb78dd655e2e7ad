"""Who is in a team with whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from stackmap.model import EdgeKind, NodeKind, StackGraph

__all__ = ["Teams"]


@dataclass
class Teams:
    """The teams of a stack, not its queues and other groups of logins."""

    graph: StackGraph

    def mates(self, person: str) -> set[str]:
        """Everybody who shares a team with somebody."""
        return {mate for team in self._of.get(person, ()) for mate in self._members[team]} - {person}

    @cached_property
    def _of(self) -> Mapping[str, tuple[str, ...]]:
        found: defaultdict[str, list[str]] = defaultdict(list)
        for link in self.graph.links(EdgeKind.MEMBER_OF):
            team = self.graph.get(link.target)
            if team is not None and team.kind is NodeKind.TEAM:
                found[link.source].append(link.target)
        return {person: tuple(teams) for person, teams in found.items()}

    @cached_property
    def _members(self) -> Mapping[str, frozenset[str]]:
        found: defaultdict[str, set[str]] = defaultdict(set)
        for person, teams in self._of.items():
            for team in teams:
                found[team].add(person)
        return {team: frozenset(people) for team, people in found.items()}
