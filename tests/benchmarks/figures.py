"""What was measured, beside what was aimed at: as a table, and as JSON."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log
from typing import Any

__all__ = [
    "NO_TARGET",
    "Doing",
    "Figure",
    "Missing",
    "Target",
    "as_columns",
    "as_json",
    "as_table",
    "growth",
    "ratio",
    "timed",
    "times_as_fast",
]

_HEADS = ("what", "best", "spread", "runs", "target", "")
_INSTANT = 1e-9
_UNITS = {"s": "{:.2f} s", "MB": "{:.0f} MB", "x": "{:.2f} x", "times": "{:.1f} times", "%": "{:.2f} %", "": "{:.2f}"}


@dataclass(frozen=True, slots=True)
class Target:
    """The most a figure may be, or the least. `at`: the size it is meant for, where that is not the size measured."""

    bound: float
    at: str = ""
    least: bool = False

    def met_by(self, value: float) -> bool:
        """Whether a figure is within the target."""
        return value >= self.bound if self.least else value <= self.bound


NO_TARGET: Target | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured thing, the best and the worst of its runs."""

    what: str
    best: float
    worst: float
    runs: int
    unit: str
    target: Target | None = None

    @property
    def met(self) -> bool | None:
        """Whether the best run is within the target; None where there is no target."""
        return None if self.target is None else self.target.met_by(self.best)

    @property
    def cells(self) -> tuple[str, ...]:
        """The row of the table."""
        form = _UNITS[self.unit].format
        spread = f"to {form(self.worst)}" if self.runs > 1 else "-"
        if self.target is None:
            return self.what, form(self.best), spread, str(self.runs), "-", ""
        word = "at least" if self.target.least else "at most"
        aimed = f"{word} {form(self.target.bound)}{f' at {self.target.at}' if self.target.at else ''}"
        return self.what, form(self.best), spread, str(self.runs), aimed, "met" if self.met else "missed"


@dataclass(frozen=True, slots=True)
class Doing:
    """What comes next and takes a while: said to whoever waits, and kept nowhere."""

    what: str


@dataclass(frozen=True, slots=True)
class Missing:
    """Something that could not be measured, and why."""

    what: str
    why: str


def timed(what: str, values: Sequence[float], unit: str, target: Target | None = None) -> Figure:
    """A figure of several runs."""
    return Figure(what, min(values), max(values), len(values), unit, target)


def ratio(what: str, ours: Sequence[float], theirs: Sequence[float], target: Target | None) -> Figure:
    """The best of ours against the best of theirs; its spread: the least and most favourable pairing of one round."""
    rounds = [one / other for one, other in zip(ours, theirs, strict=True)]
    best = min(ours) / min(theirs)
    return Figure(what, best, max(best, *rounds), len(rounds), "x", target)


def times_as_fast(what: str, ours: Sequence[float], theirs: Sequence[float], target: Target | None) -> Figure:
    """How often ours fits into theirs, best against best; its spread: the least favourable pairing of one round."""
    rounds = [other / max(one, _INSTANT) for one, other in zip(ours, theirs, strict=False)]
    best = min(theirs) / max(min(ours), _INSTANT)
    return Figure(what, best, min(best, *rounds), len(rounds), "times", target)


def growth(smaller: tuple[float, float], larger: tuple[float, float]) -> float:
    """The exponent with which a time grows with a size, from two pairs of size and time."""
    (size, time), (more, longer) = smaller, larger
    return log(max(longer, _INSTANT) / max(time, _INSTANT)) / log(more / size)


def as_table(
    figures: Sequence[Figure],
    notes: Sequence[str],
    *,
    missing: Sequence[Missing] = (),
    grids: Sequence[str] = (),
) -> str:
    """Plain text: what was measured, then the grids, then what was not."""
    rows = [_HEADS, *(figure.cells for figure in figures)]
    blocks = [f"On {_machine()}:", as_columns(rows), *grids]
    blocks.append("\n".join([*(f"Not measured: {one.what}: {one.why}." for one in missing), *notes]))
    return "\n\n".join(blocks) + "\n"


def as_columns(rows: Sequence[Sequence[str]]) -> str:
    """Rows of equal length, the first one ruled off as heads."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    rule = "  ".join("-" * width for width in widths).rstrip()
    return "\n".join([lines[0], rule, *lines[1:]])


def as_json(
    figures: Sequence[Figure],
    notes: Sequence[str],
    *,
    missing: Sequence[Missing] = (),
    departures: Sequence[Mapping[str, Any]] = (),
) -> str:
    """The same for programs: `stackmap.bench/1`."""
    told = {
        "schema": "stackmap.bench/1",
        "machine": _machine(),
        "figures": [_row(figure) for figure in figures],
        "departures": list(departures),
        "not_measured": [{"what": one.what, "why": one.why} for one in missing],
        "notes": list(notes),
    }
    return json.dumps(told, indent=2, ensure_ascii=False) + "\n"


def _row(figure: Figure) -> dict[str, Any]:
    target = figure.target
    return {
        "what": figure.what,
        "best": figure.best,
        "worst": figure.worst,
        "runs": figure.runs,
        "unit": figure.unit,
        "target": target and {"least" if target.least else "most": target.bound, "at": target.at},
        "met": figure.met,
    }


def _machine() -> str:
    busy = f"load {os.getloadavg()[0]:.1f} over the last minute"  # beyond the number of cores, times mean little
    cores = f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}, {busy}"
    return f"{cores}, Python {platform.python_version()}"
