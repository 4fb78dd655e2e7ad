"""Odds as a person reads them in a terminal: what was said, what follows for the whole, and thing by thing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias

from stackmap.analysis.odds.chances import Figure, ThingOdds
from stackmap.analysis.odds.losses import Estimate
from stackmap.render.coverage import coverage_lines, gaps
from stackmap.render.guards import plain
from stackmap.render.lines import wrapped
from stackmap.render.odds import OddsReport
from stackmap.render.supposing import supposed_lines
from stackmap.render.words import counted, full_day

__all__ = ["odds_text"]

_SHOWN = 12

_Writer: TypeAlias = Callable[[Estimate], str]

_BESIDE = (
    "Not counted here: what stops only later, what nobody is left to look after, and what is broken already. "
    "stackmap leave tells."
)


def odds_text(report: OddsReport, *, everything: bool = False) -> str:
    """The whole answer. A dozen things are shown unless `everything` is asked for."""
    taken = report.taken_at.date()
    lines = [
        *supposed_lines(report.graph, report.supposed),
        *_said(report),
        "",
        *coverage_lines(report.coverage, taken),
        f"Reading of {full_day(taken)}",
        "",
        *_whole(report),
    ]
    if report.odds.things:
        lines.extend(["", *_things(report, everything=everything)])
    lines.extend(["", *wrapped(_BESIDE)])
    lines.extend(gaps(report.coverage))
    lines.extend(["", 'Next: stackmap leave "NAME"      what happens then, and what to do first'])
    return "\n".join(lines) + "\n"


def _said(report: OddsReport) -> Iterator[str]:
    """The assumptions, before everything else."""
    yield "You said how likely each of them is to leave (nothing of it is stored):"
    names = {person: plain(report.graph.name(person)) for person in report.odds.said}
    width = max(map(len, names.values()))
    for person, chance in report.odds.said.items():
        yield f"  {names[person]:{width}}  {chance * 100:.6g} %"
    yield from wrapped(
        "Each on their own: whether one leaves says nothing of the others. "
        "Where one leaving draws others along, the worst futures are likelier than told here.",
        hanging="",
    )
    for person in report.without_login:
        text = f"no login of {names[person]} was found in anything that was read: little can be said"
        yield from wrapped(text, "  ")


def _whole(report: OddsReport) -> Iterator[str]:
    odds = report.odds
    if not odds.things:
        yield from wrapped("Nothing that was read stops, or runs on old data, whoever of them leaves.", hanging="")
        return
    yield from wrapped(_looked_at(report), hanging="")
    yield ""
    yield from wrapped(f"At least one thing stops or runs on old data in {_both(odds.anything, _often)}.", hanging="")
    unit = "as your notes weigh them" if report.weighted else "things that work"
    of = f" of {odds.weight:.6g} {unit}"
    yield from wrapped(f"Lost on average: {_both(odds.loss, _much, of)}.", hanging="")
    yield from wrapped(f"Lost in the worst 5 of 100 futures, on average: {_both(odds.shortfall, _much)}.", hanging="")
    if any(_differs(figure) for figure in (odds.anything, odds.loss, odds.shortfall)):
        yield from wrapped("At worst: counting what may stop, too, because it could not be read in full.", hanging="")


def _differs(figure: Figure) -> bool:
    return figure.proven.value != figure.at_worst.value


def _looked_at(report: OddsReport) -> str:
    odds = report.odds
    if odds.drawn is None:
        futures = counted(odds.futures, "future")
        return f"Worked out exactly, over {'the' if odds.futures == 1 else 'all'} {futures} that this leaves open."
    return (
        f"{odds.drawn:,} futures were drawn by these odds, the same ones every time (seed {odds.seed}); other draws "
        "would give slightly other figures. Behind ± stands how far off a figure usually is; twice that is rare."
    )


def _both(figure: Figure, write: _Writer, unit: str = "") -> str:
    """A figure with its unit, and the one at worst where it differs."""
    proven, worst = write(figure.proven), write(figure.at_worst)
    return f"{proven}{unit}" if proven == worst else f"{proven}{unit}, at worst {worst}"


def _often(estimate: Estimate) -> str:
    """A probability as so many of so many futures, with two digits that count."""
    value = estimate.value
    of = next((of for of in (100, 1_000, 10_000) if value * of >= 9.5), 10_000)
    if not value:
        return "none of the futures"
    count = f"{value * of:.0f}"
    if count == "0":
        return f"fewer than 1 of {of:,} futures"
    if value < 1 and count == str(of):
        return f"more than 99 of {of:,} futures"
    return f"{count}{_give_or_take(estimate.error * of)} of {of:,} futures"


def _much(estimate: Estimate) -> str:
    return f"{estimate.value:.3g}{_give_or_take(estimate.error)}"


def _give_or_take(error: float) -> str:
    return f" ± {error:.1g}" if error else ""


def _things(report: OddsReport, *, everything: bool) -> Iterator[str]:
    yield "STOPS, OR RUNS ON OLD DATA, IN SO MANY OF SUCH FUTURES"
    ranked = sorted(report.odds.things, key=_weighs_most)
    for one in ranked if everything else ranked[:_SHOWN]:
        system = report.graph.system_name(one.thing)
        name = ", ".join(filter(None, (plain(report.graph.name(one.thing)), plain(system))))
        yield from wrapped(f"{name}: {_of_thing(one.lost)}", "  ", "    ")
    if not everything and len(ranked) > _SHOWN:
        yield f"  and {len(ranked) - _SHOWN} more: --all"


def _of_thing(lost: Figure) -> str:
    if not lost.proven.value and lost.at_worst.value:
        return f"may, in {_often(lost.at_worst)} (not wholly read)"
    return _both(lost, _often)


def _weighs_most(one: ThingOdds) -> tuple[float, float, str]:
    """What is expected to be lost most comes first; of equals by id. Rounded, so that no last digit decides."""
    return (
        -round(one.weight * one.lost.at_worst.value, 9),
        -round(one.weight * one.lost.proven.value, 9),
        one.thing,
    )
