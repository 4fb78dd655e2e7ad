"""Findings as text, Markdown, JSON and CSV. What is shown was decided before; here it only gets its form."""

from __future__ import annotations

import csv
import io
import json
import textwrap
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import Any

from stackmap.model import Finding, StackGraph
from stackmap.render.circles import circles_json, circles_told
from stackmap.render.evidence import evidence_dict
from stackmap.render.finding_words import (
    broken_heading,
    broken_things,
    clear,
    reasoned,
    stale,
    summary,
    tally,
)
from stackmap.render.guards import csv_cell, markdown, plain
from stackmap.render.lines import wrapped
from stackmap.render.notes import UNMET
from stackmap.render.unjudged import not_judged
from stackmap.render.words import full_day
from stackmap.rules import RULES, Verdicts, biggest_changes, by_code

__all__ = ["check_csv", "check_json", "check_markdown", "check_text", "summary"]

_SHOWN = 3
_LINES = 12
_CHANGES = "Changes that remove most risk"
_CLOSES = "closes: the open findings that are gone once the change is done, the worst first"
_OVERDUE = "on top: people who have left and can still get in, for that is open today"
_SIGHT = "What could not be seen"
_NOT_JUDGED = "Not judged in full: what was found counts, and there may be more"
_CLEAR = "Judged and clear"
_STALE = "Accepted, but matching nothing any more"
_SIGHT_CODES = tuple(rule.code for rule in RULES if rule.about_sight)
_COLUMNS = ("code", "severity", "title", "subject", "name", "because", "fix", "fingerprint", "accepted_until")


def check_text(
    verdicts: Verdicts,
    graph: StackGraph,
    *,
    header: Sequence[str] = (),
    unmet: Sequence[str] = (),
    everything: bool = False,
) -> str:
    """The answer on about a screen: coverage (`header`), what is broken already, the top changes, then each rule.

    `header` is shown as it stands; `unmet` are notes that met nothing. With `everything`: every finding with its
    evidence, and each rule's fix.
    """
    lines = [*header, *([""] if header else [])]
    lines.extend(_broken_text(verdicts, graph, everything=everything))
    lines.extend(_changes_text(verdicts, graph))
    lines.extend(wrapped(summary(verdicts), hanging=""))
    found = _by_rule(verdicts.findings)
    for code in (code for code in found if code not in _SIGHT_CODES):
        lines.extend(["", *_rule_text(code, found[code], everything=everything)])
    lines.extend(["", _SIGHT])
    for code in _SIGHT_CODES:
        lines.extend(_rule_text(code, found.get(code, []), everything=everything))
    for heading, told in _rest(verdicts, graph, unmet, full=everything):
        lines.extend(["", heading, *_entries(told, everything=everything)])
    if not everything and verdicts.findings:
        lines.extend(["", "Next  stackmap check --all       stackmap explain " + verdicts.findings[0].code])
    return "\n".join(lines) + "\n"


def _broken_text(verdicts: Verdicts, graph: StackGraph, *, everything: bool) -> Iterator[str]:
    things = broken_things(verdicts, graph)
    if not things:
        return
    yield broken_heading(verdicts)
    shown = things if everything else things[:_LINES]
    for thing, fix in shown:
        yield from wrapped(thing, "  ", "    ")
        yield from wrapped(f"fix: {fix}", "    ", "      ")
    if len(shown) < len(things):
        yield f"  and {len(things) - len(shown)} more: --all"
    yield ""


def _changes_text(verdicts: Verdicts, graph: StackGraph) -> Iterator[str]:
    changes = biggest_changes(graph, verdicts.findings)
    if not changes:
        return
    yield f"{_CHANGES:<52}closes"
    for number, change in enumerate(changes, start=1):
        said, closes = textwrap.wrap(plain(change.says), 46), textwrap.wrap(tally(change.closes), 28)
        for line, (left, right) in enumerate(zip_longest(said, closes, fillvalue="")):
            mark = number if line == 0 else ""
            yield f"{mark:>2}  {left:<48}{right}".rstrip()
    yield _CLOSES
    if changes[0].overdue:
        yield _OVERDUE
    yield ""


def _rule_text(code: str, findings: Sequence[Finding], *, everything: bool) -> Iterator[str]:
    rule = by_code[code]
    yield from wrapped(f"{code}  {rule.title + ' ':<41} {tally(findings)}", "", "      ")
    open_ = [finding for finding in findings if finding.accepted is None]
    shown = findings if everything else open_[:_SHOWN]
    for finding in shown:
        yield from _finding_text(finding, everything=everything)
    if len(shown) < len(findings):
        yield f"        and {_more(len(open_) - len(shown), len(findings) - len(open_))}"
    for step in rule.steps if everything and findings else ():
        yield from wrapped(step, "      ", "         ")


def _more(open_: int, accepted: int) -> str:
    told = [f"{open_} more"] * (open_ > 0) + [f"{accepted} accepted"] * (accepted > 0)
    return ", ".join(told)


def _finding_text(finding: Finding, *, everything: bool) -> Iterator[str]:
    one = finding.accepted
    accepted = f" [accepted until {full_day(one.until)}: {one.reason}]" if one else ""
    yield from wrapped(plain(f"{finding.because}{accepted}"), "      - ", "        ")
    if everything:
        seen = sorted({f"{item.source}/{item.inventory} {item.record}".strip() for item in finding.evidence})
        graded = f" ({finding.graded})" if finding.graded else ""
        shown = f"; seen in {', '.join(seen[:_SHOWN])}" if seen else ""
        yield from wrapped(plain(f"{finding.severity.word}{graded}, {finding.subject}{shown}"), "        ", "        ")


def _rest(
    verdicts: Verdicts, graph: StackGraph, unmet: Sequence[str], *, full: bool
) -> Iterator[tuple[str, Sequence[str]]]:
    """The sections below the findings that have something to say."""
    unjudged = [*not_judged(verdicts, full=full), *circles_told(graph, verdicts.circular)]
    judged = ((_NOT_JUDGED, unjudged), (_CLEAR, clear(verdicts)))
    sections = (*judged, (_STALE, stale(verdicts)), (UNMET, unmet))
    yield from ((heading, told) for heading, told in sections if told)


def _entries(told: Sequence[str], *, everything: bool) -> list[str]:
    """Entries of a section, wrapped; about a dozen lines unless `everything` is asked for."""
    lines: list[str] = []
    for number, entry in enumerate(told):
        own = wrapped(plain(entry), "  ", "    ")
        left = len(told) - number
        if not everything and len(lines) + len(own) > _LINES - (left > 1):
            return [*lines, f"  and {left} more: --all"]
        lines.extend(own)
    return lines


def check_markdown(
    verdicts: Verdicts, graph: StackGraph, *, header: Sequence[str] = (), unmet: Sequence[str] = ()
) -> str:
    """Every finding, for a page or a ticket."""
    lines = ["# Findings", "", *(f"{markdown(line)}  " for line in header), *([""] if header else [])]
    lines.extend(_broken_markdown(verdicts, graph))
    lines.extend(_changes_markdown(verdicts, graph))
    lines.extend([markdown(summary(verdicts)), ""])
    found = _by_rule(verdicts.findings)
    for code in [*(code for code in found if code not in _SIGHT_CODES), *_SIGHT_CODES]:
        lines.extend(_rule_markdown(code, found.get(code, [])))
    for heading, told in _rest(verdicts, graph, unmet, full=True):
        lines.extend([f"## {heading}", "", *(f"- {markdown(item)}" for item in told), ""])
    return "\n".join(lines).rstrip() + "\n"


def _broken_markdown(verdicts: Verdicts, graph: StackGraph) -> Iterator[str]:
    things = broken_things(verdicts, graph)
    if things:
        yield from (f"## {broken_heading(verdicts)}", "")
        yield from (f"- {markdown(thing)}. Fix: {markdown(fix)}." for thing, fix in things)
        yield ""


def _changes_markdown(verdicts: Verdicts, graph: StackGraph) -> Iterator[str]:
    changes = biggest_changes(graph, verdicts.findings)
    if changes:
        yield from (f"## {_CHANGES}", "", "| | Change | Closes |", "|---|---|---|")
        rows = enumerate(changes, start=1)
        yield from (f"| {number} | {markdown(one.says)} | {tally(one.closes)} |" for number, one in rows)
        told = [_CLOSES, _OVERDUE] if changes[0].overdue else [_CLOSES]
        yield from ("", *(line[0].upper() + line[1:] + "." for line in told), "")


def _rule_markdown(code: str, findings: Sequence[Finding]) -> Iterator[str]:
    rule = by_code[code]
    yield from (f"## {code} {markdown(rule.title)} ({tally(findings)})", "")
    for finding in findings:
        accepted = f" Accepted until {full_day(finding.accepted.until)}." if finding.accepted else ""
        yield f"- **{finding.severity.word}** {markdown(reasoned(finding))}.{accepted}"
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
        **circles_json(verdicts.circular),
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
        "because": reasoned(finding),
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
        more = (reasoned(finding), finding.fix, finding.fingerprint, until)
        rows.writerow([csv_cell(cell) for cell in (*cells, *more)])
    return text.getvalue()


def _by_rule(findings: Iterable[Finding]) -> dict[str, list[Finding]]:
    groups: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        groups[finding.code].append(finding)
    return groups
