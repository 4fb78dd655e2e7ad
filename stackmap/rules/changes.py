"""Which changes would remove most risk: findings grouped by what closes them together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from stackmap.analysis.compiling.holders import by_hand
from stackmap.model import EdgeKind, Finding, NodeKind, Severity, StackGraph
from stackmap.rules.base import Change, FixedAt
from stackmap.rules.catalogue import by_code
from stackmap.rules.grips import HANGS
from stackmap.rules.naming import several
from stackmap.rules.personal_access import OFF_ONE_LOGIN, OUT_OF_ONE_HAND

__all__ = ["BigChange", "biggest_changes"]


@dataclass(frozen=True, slots=True)
class BigChange:
    """One change and the open findings it closes: which things, and whose login. `overdue`: the harm is open today."""

    says: str
    closes: tuple[Finding, ...]
    overdue: bool = False

    @property
    def counts(self) -> tuple[int, ...]:
        """How many findings of each severity it closes, the worst severity first."""
        grades = [finding.severity for finding in self.closes]
        return tuple(grades.count(grade) for grade in sorted(Severity, reverse=True))


def biggest_changes(graph: StackGraph, findings: Iterable[Finding], limit: int = 5) -> tuple[BigChange, ...]:
    """The changes that remove most risk: what is overdue first, then what closes most of the worst findings.

    Accepted findings, and those about our sight, are left out.
    """
    groups: dict[tuple[Change, str], list[Finding]] = defaultdict(list)
    for finding in findings:
        change = _change(graph, finding)
        if change is not None and finding.accepted is None and finding.severity > Severity.INFO:
            groups[change, _place(graph, finding, change.at)].append(finding)
    changes = [
        BigChange(_said(graph, change, place, group), tuple(group), _overdue(change, group))
        for (change, place), group in groups.items()
    ]
    changes.sort(key=lambda one: (not one.overdue, [-count for count in one.counts], one.says, _mark(one)))
    return tuple(changes[:limit])


def _change(graph: StackGraph, finding: Finding) -> Change | None:
    change, subject = by_code[finding.code].change, graph.get(finding.subject)
    if change is OFF_ONE_LOGIN and subject is not None and by_hand(subject):
        return OUT_OF_ONE_HAND
    return change


def _overdue(change: Change, findings: Iterable[Finding]) -> bool:
    """Not where a finding was ranked lower because it is in doubt."""
    return change.overdue and any(finding.severity >= by_code[finding.code].severity for finding in findings)


def _mark(one: BigChange) -> str:
    return one.closes[0].fingerprint


def _place(graph: StackGraph, finding: Finding, at: FixedAt) -> str:
    if at is FixedAt.LOGIN:
        logins = [step for step in finding.path if _is(graph, step, NodeKind.ACCOUNT)]
        return logins[0] if logins else finding.subject
    if at is FixedAt.SYSTEM:
        return next(iter(graph.systems_of(finding.subject)), finding.subject)
    return finding.subject


def _is(graph: StackGraph, node_id: str, kind: NodeKind) -> bool:
    vertex = graph.get(node_id)
    return vertex is not None and vertex.kind is kind


def _said(graph: StackGraph, change: Change, place: str, findings: Sequence[Finding]) -> str:
    names = list(dict.fromkeys(graph.called(finding.subject) for finding in findings))
    people = several(_people(graph, place)) or "one person"
    login = _login(graph, place) if _is(graph, place, NodeKind.ACCOUNT) else f"{people}'s login"
    system = graph.system_name(findings[0].subject) or names[0]
    return change.says.format(things=several(names), system=system, login=login, people=people)


def _people(graph: StackGraph, place: str) -> list[str]:
    """Who holds a login; of a thing, the people whom a source names directly where it could name a login."""
    if _is(graph, place, NodeKind.ACCOUNT):
        return sorted({graph.called(link.source) for link in graph.into(place, EdgeKind.HAS_ACCOUNT)})
    tokens = [link.target for link in graph.out(place, EdgeKind.AUTHENTICATES_WITH)]
    links = [
        *graph.out(place, *HANGS),
        *(link for token in tokens for link in graph.out(token, EdgeKind.AUTHORIZED_BY)),
    ]
    bound = [link for link in links if link.kind is not EdgeKind.OWNED_BY or any(fact.outcomes for fact in link.facts)]
    return sorted({graph.called(link.target) for link in bound if _is(graph, link.target, NodeKind.PERSON)})


def _login(graph: StackGraph, login: str) -> str:
    """A login by its one holder, else by its own name; and where it is."""
    people = _people(graph, login)
    name = f"{people[0]}'s login" if len(people) == 1 else f"the login {graph.called(login)}"
    system = graph.system_name(login)
    return f"{name} in {system}" if system else name
