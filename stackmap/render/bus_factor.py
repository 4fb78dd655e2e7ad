"""Bus factors, as text, JSON and CSV: of each thing, and of the stack as a whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from stackmap.analysis import BusFactor, is_anonymous
from stackmap.analysis.bus_factor.of_stack import StackBusFactor
from stackmap.analysis.bus_factor.standing import Standing, standing
from stackmap.analysis.compiling.supply import DoubtfulCircle
from stackmap.analysis.departures.milder import Later
from stackmap.analysis.what_if.supposed import Supposed
from stackmap.model import Coverage, NodeKind, StackGraph
from stackmap.render.bus_factor_gone import Gone, gone_lines
from stackmap.render.bus_factor_numbers import (
    cell,
    incomplete_lines,
    milder_json,
    milder_lines,
    numbers_said,
    proof_json,
    proven_sets,
    unproven_lines,
)
from stackmap.render.bus_factor_pairs import pair_lines, pairs_seen
from stackmap.render.bus_factor_stack import stack_json, stack_lines
from stackmap.render.bus_factor_table import opening, table
from stackmap.render.circles import circles_json, circles_lines
from stackmap.render.coverage import coverage_dicts, gaps
from stackmap.render.departure import thing_dict, write_json
from stackmap.render.guards import plain
from stackmap.render.lines import wrapped
from stackmap.render.standing_words import STANDS
from stackmap.render.supposing import supposed_json, supposed_lines
from stackmap.render.words import CARE, RUNNING, person_name

__all__ = ["BusFactorReport", "bus_factor_csv", "bus_factor_json", "bus_factor_text"]

_SHOWN = 20
_NUMBERS = ("bus_factor", "running", "care", "care_practised", "at_worst")
_MILDER = ("later_sets", "may_be_later_sets", "blocks_last_day_of")
_COLUMNS = ("id", "kind", "name", "system", *_NUMBERS, "sets", "care_sets", *_MILDER)
_ONE_PERSON = "one person's leaving stops each of these, or leaves it on old data"


@dataclass(frozen=True, slots=True)
class BusFactorReport:
    """The bus factor of everything that is counted, systems among them, and of the whole stack where it was asked.

    `gone`: people who are not here any more. `circular`: circles of supply that could not be judged. `later`:
    what stops later when some people leave, `blocks`: whose last day a thing blocks, both by its id.
    `weights`: how much a thing counts by your notes, 1 where they are silent.
    """

    taken_at: datetime
    graph: StackGraph
    coverage: Sequence[Coverage]
    factors: Sequence[BusFactor]
    gone: Mapping[str, Gone] = field(default_factory=dict)
    supposed: Supposed = field(default_factory=Supposed)
    stack: StackBusFactor | None = None
    circular: Sequence[DoubtfulCircle] = ()
    later: Mapping[str, Later] = field(default_factory=dict)
    blocks: Mapping[str, Sequence[str]] = field(default_factory=dict)
    weights: Mapping[str, float] = field(default_factory=dict)


def bus_factor_json(report: BusFactorReport) -> str:
    """`stackmap.bus_factor/1`. The stack as a whole is null where it was not asked."""
    entries = [(factor, _entry(report, factor)) for factor in report.factors]
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


def _entry(report: BusFactorReport, factor: BusFactor) -> dict[str, Any]:
    return {
        **thing_dict(report.graph, factor.thing),
        "bus_factor": factor.bus_factor,
        "running": factor.running,
        "care": factor.care,
        "minimal_sets": [list(people) for people in proven_sets(factor)],
        "care_sets": [list(people) for people in proven_sets(factor, care=True)],
        "care_practised": factor.care_practised,
        "sets_complete_to_order": factor.sets_complete_to_order,
        "at_worst": {"running": factor.running_at_worst, "care": factor.care_at_worst},
        **proof_json(factor),
        **milder_json(report.later.get(factor.thing), report.blocks.get(factor.thing, ())),
        "standing": standing(factor).value,
    }


def bus_factor_text(report: BusFactorReport, *, everything: bool = False) -> str:
    """Weakest first, by the at-worst reading; fine is only what is fine at worst."""
    lines = [*supposed_lines(report.graph, report.supposed), *opening(report.coverage, report.taken_at), ""]
    lines.extend([*_numbers_explained(report), ""])
    names = _names_told_apart(report)
    groups: dict[Standing, list[BusFactor]] = {}
    for factor in report.factors:
        groups.setdefault(standing(factor), []).append(factor)
    for where in (one for one in Standing if one in groups):
        lines.extend([*_group(report, names, where, groups[where], everything=everything), ""])
    lines.extend(_pairs(report, names, everything=everything))
    if report.stack is not None:
        people = [_person(report, person) for person in report.stack.people]
        shared = any(one.beside for one in report.supposed.suppositions)
        lines.extend(stack_lines(report.stack, people, shared=shared))
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
    shown = {factor.thing for factor in report.factors}
    later = [one for thing, one in report.later.items() if thing in shown]
    blocks = [people for thing, people in report.blocks.items() if thing in shown]
    yield from milder_lines(later, blocks)
    yield from unproven_lines(report.factors)
    yield from incomplete_lines(report.factors, later)
    sets = [one for factor in report.factors for one in (*factor.minimal_sets, *factor.care_sets)]
    sets.extend([*(people for one in later for people in (*one.sets, *one.may)), *map(tuple, blocks)])
    yield from gone_lines(report.gone, [person for people in sets for person in people])


def _group(
    report: BusFactorReport,
    names: Mapping[str, str],
    where: Standing,
    factors: Sequence[BusFactor],
    *,
    everything: bool,
) -> Iterator[str]:
    yield f"{STANDS[where]}  ({len(factors)})"
    if where is Standing.ONE_PERSON:
        yield from wrapped(f"{_ONE_PERSON}{_on_whom(report, factors)}:", "  ", "  ")
    graph = report.graph
    ranked = sorted(factors, key=lambda factor: (graph.name(factor.thing).casefold(), factor.thing))
    for factor in ranked if everything else ranked[:_SHOWN]:
        yield from wrapped(f"{names[factor.thing]} · {_numbers(report, factor)}", "  ")
    if not everything and len(factors) > _SHOWN:
        yield f"  and {len(factors) - _SHOWN} more: --all"


def _pairs(report: BusFactorReport, names: Mapping[str, str], *, everything: bool) -> Iterator[str]:
    if report.factors:
        seen = pairs_seen(report.factors, report.weights)
        people = {person: _person(report, person) for pair, _ in seen.pairs for person in pair}
        yield from (*pair_lines(seen, people, names, everything=everything), "")


def _names_told_apart(report: BusFactorReport) -> Mapping[str, str]:
    """What each thing is called, by id; where others in other systems are called the same, with its system."""
    graph, things = report.graph, [factor.thing for factor in report.factors]
    often = Counter(map(graph.name, things))
    return {
        thing: plain(graph.called(thing)) + (_place(graph, thing) if often[graph.name(thing)] > 1 else "")
        for thing in things
    }


def _place(graph: StackGraph, thing: str) -> str:
    vertex, system = graph.get(thing), plain(graph.system_name(thing))
    if vertex is not None and vertex.kind is NodeKind.SYSTEM:
        return " (the system)" if graph.called(thing) == graph.name(thing) else ""
    return f" in {system}" if system else ""


def _on_whom(report: BusFactorReport, factors: Sequence[BusFactor]) -> str:
    """How many of what one person's leaving breaks nobody who is here would break."""
    elsewhere = [whose for factor in factors if (whose := _nobody_here(report, factor))]
    if not elsewhere:
        return ""
    told = [f"{elsewhere.count(whose)} only on {whose}" for whose in sorted(set(elsewhere))]
    return f"; {len(factors) - len(elsewhere)} of them hang on people who are here, {', '.join(told)}"


def _nobody_here(report: BusFactorReport, factor: BusFactor) -> str:
    """On whom a thing hangs where nobody who is here breaks it alone; "" where somebody does."""
    alone = [people[0] for people in factor.minimal_sets if len(people) == 1]
    if all(person in report.gone for person in alone):
        return "people who have left or whose logins are off"
    known = [person for person in alone if person not in report.gone and not is_anonymous(person)]
    return "" if known else "logins of nobody known"


def _numbers(report: BusFactorReport, factor: BusFactor) -> str:
    """Both numbers, each with the people whom it counts, and what leaving does to it short of that."""
    names = {person: _person(report, person) for people in _named_with(report, factor) for person in people}
    return numbers_said(factor, report.later.get(factor.thing), report.blocks.get(factor.thing, ()), names)


def _named_with(report: BusFactorReport, factor: BusFactor) -> Iterator[Sequence[str]]:
    yield from (*factor.minimal_sets, *factor.care_sets, report.blocks.get(factor.thing, ()))
    if later := report.later.get(factor.thing):
        yield from (*later.sets, *later.may)


def _person(report: BusFactorReport, person: str) -> str:
    name = plain(person_name(report.graph, person))
    return f"{name} ({report.gone[person].value})" if person in report.gone else name


def bus_factor_csv(report: BusFactorReport) -> str:
    """One row per thing, with guarded cells."""
    return table(_COLUMNS, [_csv_row(report, factor) for factor in report.factors])


def _csv_row(report: BusFactorReport, factor: BusFactor) -> list[str]:
    graph = report.graph
    entry, later = thing_dict(graph, factor.thing), report.later.get(factor.thing)
    numbers = (
        cell(factor.bus_factor, factor.bus_factor_at_most),
        cell(factor.running, factor.at_most()),
        cell(factor.care, factor.at_most(care=True)),
        cell(factor.care_practised, None),
        cell(factor.running_at_worst, factor.at_most(at_worst=True)),
    )
    late = (later.sets, later.may) if later else ((), ())
    blocks = [(person,) for person in report.blocks.get(factor.thing, ())]
    sets = (factor.minimal_sets, factor.care_sets, *late, blocks)
    return [
        *(str(entry[key] or "") for key in ("id", "kind", "name", "system")),
        *numbers,
        *(_csv_sets(graph, one) for one in sets),
    ]


def _csv_sets(graph: StackGraph, sets: Sequence[Sequence[str]]) -> str:
    return " | ".join(" + ".join(person_name(graph, person) for person in people) for people in sets)
