"""Findings as text, Markdown, JSON and CSV. What is shown was decided before; here it only gets its form."""

from __future__ import annotations

import csv
import io
import json
import textwrap
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from stackmap.model import Acceptance, Finding, NotEvaluated, Severity, StackGraph
from stackmap.render.evidence import evidence_dict
from stackmap.render.guards import csv_cell, markdown, plain
from stackmap.rules import RULES, Verdicts, biggest_changes, by_code

__all__ = ["check_csv", "check_json", "check_markdown", "check_text", "summary"]

_WIDTH = 80
_SHOWN = 3
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_CHANGES = "Changes that remove most risk"
_SIGHT = "What could not be seen"
_SIGHT_CODES = tuple(rule.code for rule in RULES if rule.about_sight)
_COLUMNS = ("code", "severity", "title", "subject", "name", "because", "fix", "fingerprint", "accepted_until")


def check_text(verdicts: Verdicts, graph: StackGraph, *, header: Sequence[str] = (), everything: bool = False) -> str:
    """The answer on about a screen: coverage (`header`), the top changes, then each rule with its count.

    `header` is shown as it stands. With `everything`: every finding with its evidence, and each rule's fix.
    """
    lines = [*header, *([""] if header else [])]
    lines.extend(_changes_text(verdicts, graph))
    lines.extend(_wrapped(summary(verdicts)))
    found = _by_rule(verdicts.findings)
    for code in (code for code in found if code not in _SIGHT_CODES):
        lines.extend(["", *_rule_text(code, found[code], everything=everything)])
    lines.extend(["", _SIGHT])
    for code in _SIGHT_CODES:
        lines.extend(_rule_text(code, found.get(code, []), everything=everything))
    for heading, told in _rest(verdicts):
        lines.extend(["", heading])
        lines.extend(line for item in told for line in _wrapped(plain(item), "  "))
    if not everything and verdicts.findings:
        lines.extend(["", "Next  stackmap check --all       stackmap explain " + verdicts.findings[0].code])
    return "\n".join(lines) + "\n"


def summary(verdicts: Verdicts) -> str:
    """One sentence: how many findings, how bad, how many accepted, how much could not be judged."""
    judged = [finding for finding in verdicts.findings if not by_code[finding.code].about_sight]
    open_ = [finding for finding in judged if finding.accepted is None]
    accepted = [finding.accepted for finding in verdicts.findings if finding.accepted]
    parts = [f"{_count(len(open_), 'finding')}{_severities(open_)}"]
    if accepted:
        parts.append(f"{len(accepted)} accepted until {_day(min(one.until for one in accepted))}")
    systems = {item.system for item in verdicts.not_evaluated}
    if systems:
        rules = _count(len({item.code for item in verdicts.not_evaluated}), "rule")
        parts.append(f"{rules} could not be judged in {_count(len(systems), 'system')} (below)")
    return " · ".join(parts)


def _severities(findings: Iterable[Finding]) -> str:
    found = [finding.severity for finding in findings]
    counts = [(found.count(grade), grade.word) for grade in (Severity.CRITICAL, Severity.HIGH)]
    counts.append((sum(grade < Severity.HIGH for grade in found), "lower"))
    told = ", ".join(f"{number} {word}" for number, word in counts if number)
    return f": {told}" if told else ""


def _changes_text(verdicts: Verdicts, graph: StackGraph) -> Iterator[str]:
    changes = biggest_changes(graph, verdicts.findings)
    if not changes:
        return
    yield f"{_CHANGES:<68}closes"
    for number, change in enumerate(changes, start=1):
        first, *rest = textwrap.wrap(plain(change.says), 62)
        yield f"{number:>2}  {first:<64}{_count(len(change.closes), 'finding')}".rstrip()
        yield from (f"    {line}" for line in rest)
    yield ""


def _rule_text(code: str, findings: Sequence[Finding], *, everything: bool) -> Iterator[str]:
    rule = by_code[code]
    open_ = [finding for finding in findings if finding.accepted is None]
    worst = open_[0].severity.word if open_ else ""
    yield f"{code}  {rule.title:<56}{worst:<10}{len(open_):>6}"
    shown = findings if everything else open_[:_SHOWN]
    for finding in shown:
        yield from _finding_text(finding, everything=everything)
    if len(shown) < len(findings):
        yield f"        and {_more(len(open_) - len(shown), len(findings) - len(open_))}"
    for step in rule.steps if everything and findings else ():
        yield from _wrapped(step, "      ", "         ")


def _more(open_: int, accepted: int) -> str:
    told = [f"{open_} more"] * (open_ > 0) + [f"{accepted} accepted"] * (accepted > 0)
    return ", ".join(told)


def _finding_text(finding: Finding, *, everything: bool) -> Iterator[str]:
    accepted = (
        f" [accepted until {_day(finding.accepted.until)}: {finding.accepted.reason}]" if finding.accepted else ""
    )
    yield from _wrapped(plain(f"{finding.because}{accepted}"), "      - ", "        ")
    if everything:
        seen = sorted({f"{item.source}/{item.inventory} {item.record}".strip() for item in finding.evidence})
        shown = f"; seen in {', '.join(seen[:_SHOWN])}" if seen else ""
        yield from _wrapped(plain(f"{finding.severity.word}, {finding.subject}{shown}"), "        ")


def _rest(verdicts: Verdicts) -> Iterator[tuple[str, list[str]]]:
    """The sections below the findings: what was not judged, what is clear, which acceptances are stale."""
    if verdicts.not_evaluated:
        yield "Not judged", list(_not_judged(verdicts))
    if verdicts.clear:
        yield "Judged and clear", list(_clear(verdicts))
    if verdicts.stale_acceptances:
        yield "Accepted, but matching nothing any more", [_stale(one) for one in verdicts.stale_acceptances]


def _not_judged(verdicts: Verdicts) -> Iterator[str]:
    codes: dict[tuple[str, str], list[str]] = defaultdict(list)
    for item in sorted(verdicts.not_evaluated, key=_by_system):
        codes[item.system, item.reason].append(item.code)
    for (system, reason), found in codes.items():
        yield f"{', '.join(found)} in {verdicts.systems.get(system, system)}: {reason}"


def _by_system(item: NotEvaluated) -> tuple[str, str]:
    return item.system, item.code


def _clear(verdicts: Verdicts) -> Iterator[str]:
    systems: dict[str, list[str]] = defaultdict(list)
    for code, system in verdicts.clear:
        systems[code].append(verdicts.systems.get(system, system))
    for code, names in sorted(systems.items()):
        yield f"{code} in {', '.join(sorted(names))}"


def _stale(one: Acceptance) -> str:
    return f"{one.code} {one.subject} (until {_day(one.until)}, {one.owner}: {one.reason})"


def check_markdown(verdicts: Verdicts, graph: StackGraph, *, header: Sequence[str] = ()) -> str:
    """Every finding, for a page or a ticket."""
    lines = ["# Findings", "", *(f"{markdown(line)}  " for line in header), *([""] if header else [])]
    lines.extend([markdown(summary(verdicts)), ""])
    changes = biggest_changes(graph, verdicts.findings)
    if changes:
        lines.extend([f"## {_CHANGES}", "", "| | Change | Closes |", "|---|---|---|"])
        rows = enumerate(changes, start=1)
        lines.extend(f"| {number} | {markdown(one.says)} | {len(one.closes)} |" for number, one in rows)
        lines.append("")
    found = _by_rule(verdicts.findings)
    for code in [*(code for code in found if code not in _SIGHT_CODES), *_SIGHT_CODES]:
        lines.extend(_rule_markdown(code, found.get(code, [])))
    for heading, told in _rest(verdicts):
        lines.extend([f"## {heading}", "", *(f"- {markdown(item)}" for item in told), ""])
    return "\n".join(lines).rstrip() + "\n"


def _rule_markdown(code: str, findings: Sequence[Finding]) -> Iterator[str]:
    rule = by_code[code]
    yield from (f"## {code} {markdown(rule.title)} ({len(findings)})", "")
    for finding in findings:
        accepted = f" Accepted until {_day(finding.accepted.until)}." if finding.accepted else ""
        yield f"- **{finding.severity.word}** {markdown(finding.because)}.{accepted}"
    if findings:
        yield from ("", "How to fix it:", "", *rule.steps, "")


def check_json(verdicts: Verdicts, coverage: Sequence[Mapping[str, Any]]) -> str:
    """`stackmap.findings/1`. `coverage` are the rows of every machine-readable output."""
    content = {
        "schema": "stackmap.findings/1",
        "findings": [_finding_dict(finding) for finding in verdicts.findings],
        "not_evaluated": [
            {"code": item.code, "system": item.system, "inventories": list(item.inventories), "reason": item.reason}
            for item in verdicts.not_evaluated
        ],
        "coverage": list(coverage),
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _finding_dict(finding: Finding) -> dict[str, Any]:
    one = finding.accepted
    accepted = {"reason": one.reason, "owner": one.owner, "until": one.until.isoformat()} if one else None
    return {
        "code": finding.code,
        "severity": finding.severity.word,
        "title": finding.title,
        "subject": finding.subject,
        "because": finding.because,
        "evidence": [evidence_dict(item) for item in finding.evidence],
        "fix": finding.fix,
        "fingerprint": finding.fingerprint,
        "accepted": accepted,
    }


def check_csv(verdicts: Verdicts, graph: StackGraph) -> str:
    """One finding a row; cells are guarded against being taken for formulas."""
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(_COLUMNS)
    for finding in verdicts.findings:
        until = finding.accepted.until.isoformat() if finding.accepted else ""
        cells = (finding.code, finding.severity.word, finding.title, finding.subject, graph.name(finding.subject))
        more = (finding.because, finding.fix, finding.fingerprint, until)
        rows.writerow([csv_cell(cell) for cell in (*cells, *more)])
    return text.getvalue()


def _by_rule(findings: Iterable[Finding]) -> dict[str, list[Finding]]:
    groups: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        groups[finding.code].append(finding)
    return groups


def _wrapped(text: str, first: str = "", rest: str | None = None) -> list[str]:
    return textwrap.wrap(
        text, _WIDTH, initial_indent=first, subsequent_indent=first if rest is None else rest, break_on_hyphens=False
    )


def _count(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def _day(day: date) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
