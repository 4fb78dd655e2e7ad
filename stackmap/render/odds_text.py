"""Odds as a person reads them in a terminal: what was said, what follows for the whole, and thing by thing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias

from stackmap.analysis.odds.chances import Figure, Losses, ThingOdds
from stackmap.analysis.odds.estimates import WORST, Estimate
from stackmap.render.coverage import coverage_lines, gaps
from stackmap.render.departure import CHANGES_ROLE
from stackmap.render.departure_text import HOW
from stackmap.render.guards import plain
from stackmap.render.lines import wrapped
from stackmap.render.odds import OddsReport
from stackmap.render.odds_beside import not_counted
from stackmap.render.odds_figures import much, often, said, unbroken
from stackmap.render.supposing import supposed_lines
from stackmap.render.words import and_listed, counted, full_day

__all__ = ["odds_text"]

_SHOWN = 12
_WORST = f"the worst {WORST:.0%} of the futures".replace("%", " %")

_Writer: TypeAlias = Callable[[Estimate], str]


def odds_text(report: OddsReport, *, everything: bool = False) -> str:
    """The whole answer. A dozen things are shown unless `everything` is asked for."""
    taken = report.taken_at.date()
    lines = [
        *supposed_lines(report.graph, report.supposed),
        *_said(report),
        "",
        *coverage_lines(report.coverage, taken),
        *wrapped(f"Reading of {full_day(taken)} · {HOW[report.how]}", hanging=""),
        "",
        *_whole(report),
    ]
    if report.odds.things:
        lines.extend(["", *_things(report, everything=everything)])
    lines.extend(["", *not_counted(report)])
    lines.extend(gaps(report.coverage))
    lines.extend(["", 'Next: stackmap leave "NAME"      what happens then, and what to do first'])
    return "\n".join(lines) + "\n"


def _said(report: OddsReport) -> Iterator[str]:
    """The assumptions, before everything else."""
    do, does, doing = _verb(report)
    yield f"You said how likely each of them is to {do} (nothing of it is stored):"
    names = {person: plain(report.graph.called(person)) for person in report.odds.said}
    width = max(map(len, names.values()))
    for person, chance in report.odds.said.items():
        yield f"  {names[person]:{width}}  {said(chance)}"
    yield from wrapped(
        f"Each on their own: whether one {does} says nothing of the others. "
        f"Where one {doing} draws others along, the worst futures are likelier than told here.",
        hanging="",
    )
    if report.without_login:
        of = and_listed([names[person] for person in report.without_login])
        yield from wrapped(f"no login of {of} was found in anything that was read: little can be said", "  ")
    for person, words in report.left.items():
        text = f"{names[person]}: {plain(words)}. What that has broken already does not count here"
        yield from wrapped(text, "  ")


def _verb(report: OddsReport) -> tuple[str, str, str]:
    """What is likely of them: to leave, one leaves, one leaving."""
    if report.how == CHANGES_ROLE:
        return "change roles", "changes roles", "changing roles"
    return "leave", "leaves", "leaving"


def _whole(report: OddsReport) -> Iterator[str]:
    odds = report.odds
    if not odds.things:
        yield from wrapped(_nothing(report), hanging="")
        return
    yield from unbroken(_looked_at(report), hanging="")
    yield ""
    yield from unbroken(f"At least one thing stops, or runs on old data: {_both(odds.anything, often)}.", hanging="")
    average, worst = _how_much(odds.counted, " things that work")
    yield from unbroken(f"Lost on average: {average}.", hanging="")
    yield from unbroken(f"Lost on average in {_WORST}: {worst}.", hanging="")
    if report.weighted:
        average, worst = _how_much(odds.weighed)
        yield from unbroken(f"Weighed as in your notes, lost on average: {average}.", hanging="")
        yield from unbroken(f"Weighed, lost on average in {_WORST}: {worst}.", hanging="")
    figures = (odds.anything, odds.counted.average, odds.counted.worst, odds.weighed.average, odds.weighed.worst)
    if any(figure.proven.value != figure.at_worst.value for figure in figures):
        yield from wrapped("At worst: counting what may stop, too, because it could not be read in full.", hanging="")


def _nothing(report: OddsReport) -> str:
    """That nothing is lost, and by whose leaving: whoever never does was not asked about."""
    may = [person for person, chance in report.odds.said.items() if chance > 0]
    _, does, _ = _verb(report)
    if not may:
        return f"By these odds nobody of them ever {does}: there is nothing to work out."
    whom = f"whoever of them {does}" if len(may) == len(report.odds.said) else f"whoever {does} of those who may"
    return f"Nothing that was read stops, or runs on old data, {whom}."


def _how_much(losses: Losses, what: str = "") -> tuple[str, str]:
    """How much is lost on average, of how much, and in the worst futures."""
    return _both(losses.average, much, f" of {losses.whole:,.6g}{what}"), _both(losses.worst, much)


def _looked_at(report: OddsReport) -> str:
    odds = report.odds
    if odds.drawn is None:
        futures = counted(odds.futures, "future")
        every = "the" if odds.futures == 1 else "all"
        return f"Worked out exactly, over {every} {futures} that this leaves open, and rounded to one decimal."
    return (
        f"{odds.drawn:,} futures were drawn by these odds, the same ones every time (seed {odds.seed}); other draws "
        "would give slightly other figures. Behind ± stands how far off a figure usually is, rounded up; twice that is "
        "rare. A figure without ± is exact, and rounded: what hangs on few of them can be worked out."
    )


def _both(figure: Figure, write: _Writer, unit: str = "") -> str:
    """A figure with its unit, and the one at worst where it differs."""
    proven, worst = write(figure.proven), write(figure.at_worst)
    return f"{proven}{unit}" if proven == worst else f"{proven}{unit}, at worst {worst}"


def _things(report: OddsReport, *, everything: bool) -> Iterator[str]:
    yield "HOW LIKELY EACH STOPS, OR RUNS ON OLD DATA"
    times = ", times what it weighs in your notes" if report.weighted else ""
    yield f"  most first: how likely at worst{times}"
    ranked = sorted(report.odds.things, key=_weighs_most)
    for one in ranked if everything else ranked[:_SHOWN]:
        yield from unbroken(f"{_named(report, one)}: {_of_thing(one.lost)}", "  ", "    ")
    if not everything and len(ranked) > _SHOWN:
        yield f"  and {len(ranked) - _SHOWN} more: --all"


def _named(report: OddsReport, one: ThingOdds) -> str:
    """A thing with its system, and with what it weighs where that is not one."""
    system = plain(report.graph.system_name(one.thing))
    weighs = "" if one.weight == 1 else f"weighs {one.weight:,.6g}"
    return ", ".join(filter(None, (plain(report.graph.called(one.thing)), system, weighs)))


def _of_thing(lost: Figure) -> str:
    if not lost.proven.value and not lost.proven.error:
        return f"at worst {often(lost.at_worst)}, could not be read in full"
    return _both(lost, often)


def _weighs_most(one: ThingOdds) -> tuple[float, float, str]:
    """What is expected to be lost most comes first; of equals by id. Rounded, so that no last digit decides."""
    return (
        -round(one.weight * one.lost.at_worst.value, 9),
        -round(one.weight * one.lost.proven.value, 9),
        one.thing,
    )
