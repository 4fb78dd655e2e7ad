"""How many people share a team, a department or a role: in a small one a stand-in hides nobody."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from stackmap.app.opening import Reading
from stackmap.model import EdgeKind, NodeKind
from stackmap.render.privacy import SharedBy

__all__ = ["small_groups"]

_ENOUGH = 5


def small_groups(reading: Reading) -> tuple[SharedBy, ...]:
    """The teams, departments and roles that fewer than five people share, fewest first."""
    members = {**_teams(reading), **_departments(reading), **_roles(reading)}
    few = [SharedBy(what, len(people)) for what, people in members.items() if 0 < len(people) < _ENOUGH]
    return tuple(sorted(few, key=lambda one: (one.people, one.what)))


def _teams(reading: Reading) -> Mapping[str, set[str]]:
    graph = reading.stack.graph
    return {
        f"team {graph.name(team.id)}": {link.source for link in graph.into(team.id, EdgeKind.MEMBER_OF)}
        for team in graph.vertices(NodeKind.TEAM)
    }


def _departments(reading: Reading) -> Mapping[str, set[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for person, accounts in reading.stack.accounts_of.items():
        for node in (person, *(account.id for account in accounts)):
            vertex = reading.stack.graph.get(node)
            department = vertex.properties.get("department") if vertex else None
            if isinstance(department, str) and department:
                found[f"department {department}"].add(person)
    return found


def _roles(reading: Reading) -> Mapping[str, set[str]]:
    graph, found = reading.stack.graph, defaultdict[str, set[str]](set)
    for person, accounts in reading.stack.accounts_of.items():
        for account in accounts:
            for link in graph.out(account.id, EdgeKind.HAS_ROLE):
                system = graph.system_name(link.target)
                found[f"role {graph.name(link.target)}" + (f" in {system}" if system else "")].add(person)
    return found
