"""What was measured, beside what was aimed at: as a table, and as JSON."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["NO_TARGET", "Figure", "Target", "as_json", "as_table", "ratio", "timed"]

_HEADS = ("what", "best", "spread", "runs", "target", "")
_UNITS = {"s": "{:.2f} s", "MB": "{:.0f} MB", "x": "{:.2f} x", "%": "{:.2f} %", "": "{:.2f}"}


@dataclass(frozen=True, slots=True)
class Target:
    """The most a figure may be. `at`: the size it is meant for, where that is not the size measured."""

    most: float
    at: str = ""


NO_TARGET: Target | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured thing, the best and the worst of its runs. Less is better in all of them."""

    what: str
    best: float
    worst: float
    runs: int
    unit: str
    target: Target | None = None

    @property
    def met(self) -> bool | None:
        """Whether the best run is within the target; None where there is no target."""
        return None if self.target is None else self.best <= self.target.most

    @property
    def cells(self) -> tuple[str, ...]:
        """The row of the table."""
        form = _UNITS[self.unit].format
        spread = f"to {form(self.worst)}" if self.runs > 1 else "-"
        if self.target is None:
            return self.what, form(self.best), spread, str(self.runs), "-", ""
        aimed = f"at most {form(self.target.most)}{f' at {self.target.at}' if self.target.at else ''}"
        return self.what, form(self.best), spread, str(self.runs), aimed, "met" if self.met else "missed"


def timed(what: str, values: Sequence[float], unit: str, target: Target | None = None) -> Figure:
    """A figure of several runs."""
    return Figure(what, min(values), max(values), len(values), unit, target)


def ratio(what: str, ours: Sequence[float], theirs: Sequence[float], target: Target | None) -> Figure:
    """The best of ours against the best of theirs; its spread: the least and most favourable pairing of one round."""
    rounds = [one / other for one, other in zip(ours, theirs, strict=True)]
    best = min(ours) / min(theirs)
    return Figure(what, best, max(best, *rounds), len(rounds), "x", target)


def as_table(figures: Sequence[Figure], notes: Sequence[str]) -> str:
    """Plain text, with what is not measured below."""
    rows = [_HEADS, *(figure.cells for figure in figures)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEADS))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    rule = "  ".join("-" * width for width in widths).rstrip()
    return "\n".join([f"On {_machine()}:", "", lines[0], rule, *lines[1:], "", *notes]) + "\n"


def as_json(figures: Sequence[Figure], notes: Sequence[str]) -> str:
    """The same for programs: `stackmap.bench/1`."""
    rows = [
        {
            "what": figure.what,
            "best": figure.best,
            "worst": figure.worst,
            "runs": figure.runs,
            "unit": figure.unit,
            "target": None if figure.target is None else {"most": figure.target.most, "at": figure.target.at},
            "met": figure.met,
        }
        for figure in figures
    ]
    told = {"schema": "stackmap.bench/1", "machine": _machine(), "figures": rows, "notes": list(notes)}
    return json.dumps(told, indent=2, ensure_ascii=False) + "\n"


def _machine() -> str:
    busy = f"load {os.getloadavg()[0]:.1f} over the last minute"  # beyond the number of cores, times mean little
    cores = f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}, {busy}"
    return f"{cores}, Python {platform.python_version()}"
