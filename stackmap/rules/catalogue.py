"""All rules, and their verdicts over one stack."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from stackmap.analysis import is_anonymous
from stackmap.analysis.compiling.supply import DoubtfulCircle
from stackmap.model import (
    Acceptance,
    Coverage,
    EdgeKind,
    Finding,
    NodeKind,
    NotEvaluated,
    Severity,
    fingerprint,
)
from stackmap.rules import (
    ai,
    departed,
    orphaned,
    personal_access,
    personal_jobs,
    shared_logins,
    sight,
    single_admin,
    stale_tokens,
)
from stackmap.rules.base import Blind, Hit, Kind, Rule
from stackmap.rules.broken import AlreadyBroken, already_broken
from stackmap.rules.case import Case
from stackmap.rules.personal_access import OFF_ONE_LOGIN

__all__ = ["CRITICAL_WEIGHT", "NONE_LISTED", "RULES", "TAPE", "Verdicts", "by_code", "evaluate"]

_FAMILIES = (
    ai,
    departed,
    orphaned,
    personal_access,
    personal_jobs,
    shared_logins,
    sight,
    single_admin,
    stale_tokens,
)

RULES: tuple[Rule, ...] = tuple(
    sorted(
        (one for family in _FAMILIES for one in family.RULES),
        key=lambda one: (one.about_sight, one.code),
    )
)
"""Every rule by code; those about our own sight come last."""

TAPE: frozenset[str] = frozenset(one.code for one in RULES if one.change is OFF_ONE_LOGIN)
"""Codes of the rules that find a thing hanging on one person's login; such a finding of severity info is no tape."""

by_code: Mapping[str, Rule] = MappingProxyType({one.code: one for one in RULES})

NONE_LISTED = "none listed"
"""Stands for the inventories of a system that no source offers."""

CRITICAL_WEIGHT = 3.0
"""A thing that your notes weigh at least so much is critical to the business: its findings rise one step."""

_WORDS: Mapping[Kind, str] = MappingProxyType(
    {
        NodeKind.ACCOUNT: "which logins there are, and which are off",
        NodeKind.AUTOMATION: "automations",
        NodeKind.INTEGRATION: "integrations",
        EdgeKind.ADMINISTERS: "who administers it",
        EdgeKind.AUTHORIZED_BY: "who authorised which token",
        EdgeKind.NOTIFIES: "whom alarms reach",
        EdgeKind.OWNED_BY: "who owns what",
        EdgeKind.ROUTES_TO: "whom work is handed to",
        EdgeKind.RUNS_AS: "what runs as whom",
    }
)


@dataclass(frozen=True, slots=True)
class Verdicts:
    """What all rules say. `clear` holds (code, system) where a rule was judged and found nothing.

    Findings are sorted worst first, then by code, subject and path; the rest by code and system. `stale_acceptances`
    match nothing any more, although the rule could be judged there. `systems` names the systems of all of them.
    `unlisted` are those among them of which no list was asked for, each with the sources that name it; no rule can be
    judged there. `broken` is what no rule needs to judge: it does not work, whoever leaves. `circular`:
    circles of supply that could not be judged.
    """

    findings: tuple[Finding, ...]
    not_evaluated: tuple[NotEvaluated, ...]
    clear: tuple[tuple[str, str], ...]
    stale_acceptances: tuple[Acceptance, ...]
    systems: Mapping[str, str]
    unlisted: Mapping[str, frozenset[str]]
    broken: AlreadyBroken
    circular: tuple[DoubtfulCircle, ...] = ()


def evaluate(case: Case, rules: Sequence[Rule] = RULES) -> Verdicts:
    """Judge a stack by all rules, or by some."""
    findings: list[Finding] = []
    blind: list[NotEvaluated] = []
    clear: list[tuple[str, str]] = []
    for one in rules:
        found, unseen = _judge(case, one)
        findings.extend(found)
        blind.extend(unseen)
        if not one.about_sight:
            hit = {system for finding in found for system in case.systems_of(finding.subject)}
            judged = case.systems.keys() - {item.system for item in unseen} - hit
            clear.extend((one.code, system) for system in sorted(judged))
    ordered = sorted(findings, key=lambda one: (-one.severity, one.code, one.subject, one.path))
    stale = _stale(case, findings, blind)
    return Verdicts(
        tuple(ordered),
        tuple(blind),
        tuple(sorted(clear)),
        tuple(stale),
        case.systems,
        case.unlisted,
        already_broken(case),
        case.analysis.circular,
    )


def _judge(case: Case, one: Rule) -> tuple[list[Finding], list[NotEvaluated]]:
    unseen = {} if one.about_sight else {item.system: item for item in _shortfalls(case, one)}
    hits: dict[str, tuple[Hit, Finding]] = {}
    for verdict in one.hits(case):
        if isinstance(verdict, Blind):
            shown = NotEvaluated(one.code, verdict.system, verdict.inventories, verdict.reason)
            known = unseen.get(verdict.system)
            unseen[verdict.system] = _together([known, shown]) if known else shown
        else:
            finding = _finding(case, one, verdict)
            hits.setdefault(finding.fingerprint, (verdict, finding))
    found = [finding for _, finding in hits.values() if not _unfounded(case, one, finding, unseen)]
    return found, [item for _, item in sorted(unseen.items())]


def _unfounded(case: Case, one: Rule, finding: Finding, unseen: Mapping[str, NotEvaluated]) -> bool:
    """A finding that argues from what is not there, where not all there is was read."""
    return one.from_absence and any(system in unseen for system in case.systems_of(finding.subject))


def _shortfalls(case: Case, one: Rule) -> Iterator[NotEvaluated]:
    for system in case.systems:
        short = [_shortfall(case, one, system, kinds) for kinds in one.needs if not case.whole(system, *kinds)]
        if short:
            yield _together(short)


def _together(short: Sequence[NotEvaluated]) -> NotEvaluated:
    """All that one rule lacks in one system: every list at fault is named, and where there is none that too."""
    names = dict.fromkeys(name for item in short for name in item.inventories)
    read = tuple(name for name in names if name != NONE_LISTED)
    return replace(short[0], inventories=read or (NONE_LISTED,), reason="; ".join(item.reason for item in short))


def _shortfall(case: Case, one: Rule, system: str, kinds: Iterable[Kind]) -> NotEvaluated:
    words = " and ".join(sorted(_WORDS.get(kind, kind.value) for kind in kinds))
    short = [items for items in case.listing(system, kinds) if not any(item.proves_absence for item in items)]
    if not short:
        return NotEvaluated(one.code, system, (NONE_LISTED,), f"no list that was asked for shows {words} in full")
    names = tuple(items[0].inventory for items in short)
    told = "; ".join(_told(items[0]) for items in short)
    return NotEvaluated(one.code, system, names, f"not wholly read: {words} ({told})")


def _told(item: Coverage) -> str:
    return f"{item.inventory} {item.state.value}: {item.reason}"


def _finding(case: Case, one: Rule, hit: Hit) -> Finding:
    path = tuple(step for step in hit.path if not _is_person(case, step))
    severity, graded = _graded(case, one, hit)
    accepted, expired = _acceptance(case, one.code, hit.subject)
    because = hit.because
    if expired is not None:
        because = f"{because}; was accepted until {expired.until.isoformat()}: {expired.reason}"
    mark = fingerprint(one.code, hit.subject, path)
    fix = " ".join(one.steps)
    return Finding(one.code, severity, one.title, hit.subject, because, path, hit.evidence, fix, mark, accepted, graded)


def _graded(case: Case, one: Rule, hit: Hit) -> tuple[Severity, str]:
    """The severity of a hit, and why it is not the rule's own."""
    own = _moved(one.severity, hit.steps)
    weighty = not one.about_sight and case.policy.weights.get(hit.subject, 1.0) >= CRITICAL_WEIGHT
    severity = _moved(one.severity, hit.steps + weighty)
    whys = [f"{'higher' if hit.steps > 0 else 'lower'}: {hit.why}"] if hit.why else []
    if severity > own:
        whys.append("higher: your notes call it critical")
    return severity, "; ".join(whys)


def _moved(severity: Severity, steps: int) -> Severity:
    return Severity(max(Severity.INFO, min(Severity.CRITICAL, severity + steps))) if steps else severity


def _is_person(case: Case, node_id: str) -> bool:
    vertex = case.graph.get(node_id)
    return is_anonymous(node_id) or (vertex is not None and vertex.kind is NodeKind.PERSON)


def _acceptance(case: Case, code: str, subject: str) -> tuple[Acceptance | None, Acceptance | None]:
    """The acceptance in force, or the latest that ran out."""
    matching = [one for one in case.policy.acceptances if (one.code, one.subject) == (code, subject)]
    latest = max(matching, key=lambda one: one.until, default=None)
    if latest is None or latest.until >= case.as_of:
        return latest, None
    return None, latest


def _stale(case: Case, findings: Iterable[Finding], blind: Iterable[NotEvaluated]) -> list[Acceptance]:
    matched = {(finding.code, finding.subject) for finding in findings}
    unseen = {(item.code, item.system) for item in blind}
    return [
        one
        for one in case.policy.acceptances
        if (one.code, one.subject) not in matched
        and not any((one.code, system) in unseen for system in case.systems_of(one.subject))
    ]
