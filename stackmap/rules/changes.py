"""Which changes would remove most risk: findings grouped by what closes them together."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from stackmap.model import EdgeKind, Finding, NodeKind, Severity, StackGraph
from stackmap.rules.base import FixedAt
from stackmap.rules.catalogue import by_code
from stackmap.rules.naming import several

__all__ = ["BigChange", "biggest_changes"]


@dataclass(frozen=True, slots=True)
class BigChange:
    """One change and the open findings it closes.

    It names things, and a login, with its holder, only where nothing else tells it from another change.
    """

    says: str
    closes: tuple[Finding, ...]

    @property
    def counts(self) -> tuple[int, ...]:
        """How many findings of each severity it closes, the worst severity first."""
        grades = [finding.severity for finding in self.closes]
        return tuple(grades.count(grade) for grade in sorted(Severity, reverse=True))


def biggest_changes(graph: StackGraph, findings: Iterable[Finding], limit: int = 5) -> tuple[BigChange, ...]:
    """The changes that remove most risk: those that close most of the worst findings first.

    Accepted findings, and those about our sight, are left out.
    """
    groups: dict[tuple[str, str], list[Finding]] = defaultdict(list)
    for finding in findings:
        change = by_code[finding.code].change
        if change is not None and finding.accepted is None and finding.severity > Severity.INFO:
            groups[change.says, _place(graph, finding, change.at)].append(finding)
    said = {key: _said(graph, key[0], group) for key, group in groups.items()}
    alike = Counter(said.values())
    changes = [
        BigChange(_said(graph, key[0], group, key[1]) if alike[said[key]] > 1 else said[key], tuple(group))
        for key, group in sorted(groups.items())
    ]
    changes.sort(key=lambda one: ([-count for count in one.counts], one.says, one.closes[0].fingerprint))
    return tuple(changes[:limit])


def _place(graph: StackGraph, finding: Finding, at: FixedAt) -> str:
    if at is FixedAt.LOGIN:
        logins = [step for step in finding.path if _is_login(graph, step)]
        return logins[0] if logins else finding.subject
    if at is FixedAt.SYSTEM:
        return next(iter(graph.systems_of(finding.subject)), finding.subject)
    return finding.subject


def _is_login(graph: StackGraph, node_id: str) -> bool:
    vertex = graph.get(node_id)
    return vertex is not None and vertex.kind is NodeKind.ACCOUNT


def _said(graph: StackGraph, says: str, findings: Sequence[Finding], login: str = "") -> str:
    names = list(dict.fromkeys(graph.name(finding.subject) for finding in findings))
    system = graph.system_name(findings[0].subject)
    whose = _login(graph, login) if login and _is_login(graph, login) else "one person's login"
    return says.format(things=several(names), system=system or names[0], login=whose)


def _login(graph: StackGraph, login: str) -> str:
    """A login by its one holder, else by its own name; and where it is."""
    holders = [link.source for link in graph.into(login, EdgeKind.HAS_ACCOUNT)]
    name = f"{graph.name(holders[0])}'s login" if len(holders) == 1 else f"the login {graph.name(login)}"
    system = graph.system_name(login)
    return f"{name} in {system}" if system else name
