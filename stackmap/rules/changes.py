"""Which changes would remove most risk: findings grouped by what closes them together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from stackmap.model import Finding, NodeKind, Severity, StackGraph
from stackmap.rules.base import FixedAt
from stackmap.rules.catalogue import by_code

__all__ = ["RISK", "BigChange", "biggest_changes"]

RISK = {Severity.INFO: 0, Severity.LOW: 1, Severity.MEDIUM: 4, Severity.HIGH: 16, Severity.CRITICAL: 64}
"""What one finding weighs: each step is worth four of the step below, so that many small ones do not bury a big one."""


@dataclass(frozen=True, slots=True)
class BigChange:
    """One change, the findings it closes, and the sum of their weights. It names things, never a person or a login."""

    says: str
    closes: tuple[Finding, ...]
    risk: int


def biggest_changes(graph: StackGraph, findings: Iterable[Finding], limit: int = 5) -> tuple[BigChange, ...]:
    """The changes that remove most risk, best first. Accepted findings, and those about our sight, are left out."""
    groups: dict[tuple[str, str], list[Finding]] = defaultdict(list)
    for finding in findings:
        change = by_code[finding.code].change
        if change is not None and finding.accepted is None and RISK[finding.severity]:
            groups[change.says, _place(graph, finding, change.at)].append(finding)
    changes = [_change(graph, says, group) for (says, _), group in sorted(groups.items())]
    changes.sort(key=lambda one: (-one.risk, -len(one.closes), one.says, one.closes[0].fingerprint))
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


def _change(graph: StackGraph, says: str, findings: Sequence[Finding]) -> BigChange:
    names = list(dict.fromkeys(graph.name(finding.subject) for finding in findings))
    system = graph.system_name(findings[0].subject)
    text = says.format(things=_several(names), system=system or names[0])
    return BigChange(text, tuple(findings), sum(RISK[finding.severity] for finding in findings))


def _several(names: Sequence[str]) -> str:
    if len(names) < 3:
        return " and ".join(names)
    return f"{names[0]}, {names[1]} and {len(names) - 2} more"
