"""Bus factors, and what each person alone would break: as text, JSON and CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import Any

from stackmap.analysis import BusFactor, Everyone
from stackmap.analysis.bus_factor.of_stack import StackBusFactor
from stackmap.analysis.bus_factor.standing import Standing, standing
from stackmap.analysis.what_if.supposed import Supposed
from stackmap.model import Coverage, NodeKind, Outcome, StackGraph
from stackmap.render.bus_factor_numbers import care_said, cell, running_said, unproven_json, unproven_lines
from stackmap.render.bus_factor_stack import stack_json, stack_lines
from stackmap.render.circles import circles_json, circles_lines
from stackmap.render.coverage import coverage_dicts, coverage_lines, gaps
from stackmap.render.departure import thing_dict, write_json
from stackmap.render.guards import csv_cell, plain
from stackmap.render.lines import wrapped
from stackmap.render.supposing import supposed_json, supposed_lines
from stackmap.render.words import CARE, RUNNING, counted, full_day, person_name

__all__ = [
    "BusFactorReport",
    "EveryoneReport",
    "Gone",
    "bus_factor_csv",
    "bus_factor_json",
    "bus_factor_text",
    "everyone_csv",
    "everyone_json",
    "everyone_text",
]

_STANDS = {
    Standing.BROKEN: "Broken already, or may be",
    Standing.ONE_PERSON: "One person away from failing",
    Standing.MAYBE_ONE_PERSON: "May be one person away from failing",
    Standing.NO_CARER: "Nobody cares for it, as far as was read",
    Standing.ONE_CARER: "One person away from nobody knowing it",
    Standing.CARE_NOT_READ: "Who cares for it could not be read",
    Standing.TWO_PEOPLE: "Two people away",
    Standing.MORE: "Three people or more, or nobody's leaving breaks it",
}
_SHOWN = 20
_SETS = 3
_NUMBERS = ("bus_factor", "running", "care", "care_practised", "at_worst")
_COLUMNS = ("id", "kind", "name", "system", *_NUMBERS, "sets", "care_sets")
_LOSSES = (Outcome.STOPS, Outcome.STARVES, Outcome.LATER, Outcome.UNKNOWN, Outcome.UNOWNED)


class Gone(Enum):
    """How somebody is not here any more."""

    LEFT = "has left"
    LOGINS_OFF = "logins off already"


_NEXT = {
    Gone.LEFT: "the day somebody switches their login off",
    Gone.LOGINS_OFF: "what is done next to those logins, removing them say,",
}


@dataclass(frozen=True, slots=True)
class BusFactorReport:
    """The bus factor of everything that is counted, systems among them, and of the whole stack where it was asked.

    `gone`: people who are not here any more. `circular`: circles of supply that could not be judged, as ids.
    """

    taken_at: datetime
    graph: StackGraph
    coverage: Sequence[Coverage]
    factors: Sequence[BusFactor]
    gone: Mapping[str, Gone] = field(default_factory=dict)
    supposed: Supposed = field(default_factory=Supposed)
    stack: StackBusFactor | None = None
    circular: Sequence[Sequence[str]] = ()


@dataclass(frozen=True, slots=True)
class EveryoneReport:
    """What each person alone would break."""

    taken_at: datetime
    graph: StackGraph
    coverage: Sequence[Coverage]
    people: Sequence[Everyone]
    gone: Mapping[str, Gone] = field(default_factory=dict)
    supposed: Supposed = field(default_factory=Supposed)


def bus_factor_json(report: BusFactorReport) -> str:
    """`stackmap.bus_factor/1`. The stack as a whole is null where it was not asked."""
    entries = [(factor, _entry(report.graph, factor)) for factor in report.factors]
    systems = [entry for factor, entry in entries if _is_system(report.graph, factor)]
    things = [entry for factor, entry in entries if not _is_system(report.graph, factor)]
    document = {
        "schema": "stackmap.bus_factor/1",
        **supposed_json(report.graph, report.supposed),
        "things": things,
        "systems": systems,
        "stack": None if report.stack is None else stack_json(report.stack),
        **circles_json(report.circular),
        "coverage": coverage_dicts(report.coverage),
    }
    return write_json(document)


def _is_system(graph: StackGraph, factor: BusFactor) -> bool:
    vertex = graph.get(factor.thing)
    return vertex is not None and vertex.kind is NodeKind.SYSTEM


def _entry(graph: StackGraph, factor: BusFactor) -> dict[str, Any]:
    return {
        **thing_dict(graph, factor.thing),
        "bus_factor": factor.bus_factor,
        "running": factor.running,
        "care": factor.care,
        "minimal_sets": [list(people) for people in factor.minimal_sets],
        "care_sets": [list(people) for people in factor.care_sets],
        "care_practised": factor.care_practised,
        "sets_complete_to_order": factor.sets_complete_to_order,
        "at_worst": {"running": factor.running_at_worst, "care": factor.care_at_worst},
        **unproven_json(factor),
    }


def bus_factor_text(report: BusFactorReport, *, everything: bool = False) -> str:
    """Weakest first, by the at-worst reading; fine is only what is fine at worst."""
    lines = [*supposed_lines(report.graph, report.supposed), *_opening(report.coverage, report.taken_at), ""]
    lines.extend([*_numbers_explained(report), ""])
    groups: dict[Standing, list[BusFactor]] = {}
    for factor in report.factors:
        groups.setdefault(standing(factor), []).append(factor)
    for where in (one for one in Standing if one in groups):
        lines.extend([*_group(report, _STANDS[where], groups[where], everything=everything), ""])
    if report.stack is not None:
        lines.extend(stack_lines(report.stack, [_person(report, person) for person in report.stack.people]))
    lines.extend(circles_lines(report.graph, report.circular))
    lines.extend(gaps(report.coverage))
    lines.extend(["", "Next: stackmap bus-factor --everyone            what each person alone would break"])
    lines.append(
        "      stackmap bus-factor --second-holders      the fewest hand-overs that help, and who could take them"
    )
    return "\n".join(lines) + "\n"


def _numbers_explained(report: BusFactorReport) -> Iterator[str]:
    yield from wrapped(f"running N: {RUNNING}", hanging="  ")
    yield from wrapped(f"care N: {CARE}", hanging="  ")
    yield from unproven_lines(report.factors)
    sets = [one for factor in report.factors for one in (*factor.minimal_sets, *factor.care_sets)]
    named = {person for people in sets for person in people}
    for how in sorted({report.gone[person] for person in named & report.gone.keys()}, key=list(Gone).index):
        yield f"({how.value}): {_NEXT[how]} takes it"


def _group(report: BusFactorReport, words: str, factors: Sequence[BusFactor], *, everything: bool) -> Iterator[str]:
    yield f"{words}  ({len(factors)})"
    graph = report.graph
    ranked = sorted(factors, key=lambda factor: (graph.name(factor.thing).casefold(), factor.thing))
    for factor in ranked if everything else ranked[:_SHOWN]:
        text = f"{plain(graph.name(factor.thing))} · {_numbers(report, factor)}"
        yield from wrapped(text, "  ")
    if not everything and len(factors) > _SHOWN:
        yield f"  and {len(factors) - _SHOWN} more: --all"


def _numbers(report: BusFactorReport, factor: BusFactor) -> str:
    """Both numbers, each with the people whom it counts."""
    running = running_said(factor) + _whose(report, factor.minimal_sets)
    return f"{running} · {care_said(factor)}{_whose(report, factor.care_sets)}"


def _whose(report: BusFactorReport, sets: Sequence[Sequence[str]]) -> str:
    """The first sets of people by name; nothing where a number names nobody."""
    named = [" + ".join(_person(report, person) for person in people) for people in sets if people]
    more = f" (and {counted(len(named) - _SETS, 'more set')})" if len(named) > _SETS else ""
    return f": {' or '.join(named[:_SETS])}{more}" if named else ""


def _person(report: BusFactorReport, person: str) -> str:
    name = plain(person_name(report.graph, person))
    return f"{name} ({report.gone[person].value})" if person in report.gone else name


def bus_factor_csv(report: BusFactorReport) -> str:
    """One row per thing, with guarded cells."""
    rows = [_csv_row(report.graph, factor) for factor in report.factors]
    return _csv(_COLUMNS, rows)


def _csv_row(graph: StackGraph, factor: BusFactor) -> list[str]:
    entry = thing_dict(graph, factor.thing)
    numbers = (
        cell(factor.bus_factor, factor.bus_factor_at_most),
        cell(factor.running, factor.at_most()),
        cell(factor.care, factor.at_most(care=True)),
        cell(factor.care_practised, None),
        cell(factor.running_at_worst, factor.at_most(at_worst=True)),
    )
    sets = (_csv_sets(graph, factor.minimal_sets), _csv_sets(graph, factor.care_sets))
    return [*(str(entry[key] or "") for key in ("id", "kind", "name", "system")), *numbers, *sets]


def _csv_sets(graph: StackGraph, sets: Sequence[Sequence[str]]) -> str:
    return " | ".join(" + ".join(person_name(graph, person) for person in people) for people in sets)


def _csv(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([csv_cell(cell) for cell in row] for row in rows)
    return "\ufeff" + out.getvalue()


def everyone_json(report: EveryoneReport) -> str:
    """`stackmap.everyone/1`."""
    people = [{"id": one.person, "name": report.graph.name(one.person), **_losses(one)} for one in report.people]
    document = {
        "schema": "stackmap.everyone/1",
        **supposed_json(report.graph, report.supposed),
        "people": people,
        "coverage": coverage_dicts(report.coverage),
    }
    return write_json(document)


def _losses(one: Everyone) -> Mapping[str, int]:
    return {outcome.value: one.counts[outcome] for outcome in _LOSSES}


def everyone_text(report: EveryoneReport) -> str:
    """By name, not ranked: this is a list of what hangs on whose login, not of people."""
    lines = [*supposed_lines(report.graph, report.supposed), *_opening(report.coverage, report.taken_at), ""]
    lines.append("What hangs on each person's logins alone (by name; how many things)")
    lines.append(f"  {'':<30}{'stops':>7}{'old data':>10}{'later':>7}{'may stop':>10}{'no carer':>10}")
    quiet = 0
    for one in sorted(report.people, key=lambda one: (report.graph.name(one.person).casefold(), one.person)):
        numbers = list(_losses(one).values())
        if not any(numbers):
            quiet += 1
            continue
        cells = [f"{number or '-':>{width}}" for number, width in zip(numbers, (7, 10, 7, 10, 10), strict=True)]
        left = f"  {report.gone[one.person].value}" if one.person in report.gone else ""
        lines.append(f"  {plain(report.graph.name(one.person))[:29]:<30}{''.join(cells)}{left}")
    if quiet:
        lines.append(f"  nothing that was read hangs on {counted(quiet, 'other person', 'other people')} alone")
    lines.extend(gaps(report.coverage))
    return "\n".join(lines) + "\n"


def everyone_csv(report: EveryoneReport) -> str:
    """One row per person."""
    rows = [[one.person, report.graph.name(one.person), *map(str, _losses(one).values())] for one in report.people]
    return _csv(("id", "name", *(outcome.value for outcome in _LOSSES)), rows)


def _opening(coverage: Sequence[Coverage], taken_at: datetime) -> list[str]:
    return [*coverage_lines(coverage, taken_at.date()), f"Reading of {full_day(taken_at.date())}"]
