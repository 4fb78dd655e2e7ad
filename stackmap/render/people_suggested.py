"""Who may be one person: both sides with where each is known from, as text, JSON and a table to fill in."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from stackmap.render.departure import write_json
from stackmap.render.guards import csv_cell, plain
from stackmap.render.lines import wrapped
from stackmap.render.words import counted

__all__ = ["COLUMNS", "Pair", "Side", "likeness", "pair_lines", "suggested_csv", "suggested_json", "suggested_text"]

COLUMNS = ("answer", "likeness", "why", "first", "first_is", "second", "second_is")
"""The headings of the table. What is written into `answer` counts; `first` and `second` are ids."""

_LIKELY = 0.8
_POSSIBLE = 0.5


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a question: an id, what it is in words, and where that was read."""

    id: str
    about: str
    seen: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pair:
    """A question: may these be one person? `score` from 0 to 1, and one reason that somebody can check."""

    sides: tuple[Side, ...]
    score: float
    reason: str


def likeness(score: float) -> str:
    """How alike two sides are, in words: a hint, no verdict on anybody."""
    return "very alike" if score >= _LIKELY else "alike" if score >= _POSSIBLE else "somewhat alike"


def pair_lines(pair: Pair) -> list[str]:
    """Both sides, and why somebody might think that they are one."""
    lines = []
    for side in pair.sides:
        lines += wrapped(plain(side.about), "  ", "    ")
        lines += wrapped(f"id {side.id}", "    ")
        lines += [line for seen in side.seen for line in wrapped(f"read in {plain(seen)}", "    ")]
    return [*lines, *wrapped(f"{likeness(pair.score)}: {plain(pair.reason)}", "  ", "    ")]


def suggested_text(pairs: Sequence[Pair], left: int = 0) -> str:
    """Questions, and how to answer them. `left`: how many more there are than were asked for."""
    if not pairs:
        return "Nothing to ask: no two people or logins look like one person.\n"
    many = f"{len(pairs)} of {counted(len(pairs) + left, 'question')}" if left else counted(len(pairs), "question")
    lines = [f"{many}: may these be one person? None is tied until you say so."]
    for number, pair in enumerate(pairs, start=1):
        lines += ["", f"{number}", *pair_lines(pair)]
    lines += ["", f"And {counted(left, 'more question')}: leave --limit out, or raise it."] if left else []
    lines += ["", "Next: stackmap people suggest --file answers.csv   then write yes or no beside each"]
    return "\n".join(lines) + "\n"


def suggested_json(pairs: Sequence[Pair]) -> str:
    """`stackmap.suggestions/1`."""
    return write_json({"schema": "stackmap.suggestions/1", "suggestions": [_pair(pair) for pair in pairs]})


def _pair(pair: Pair) -> dict[str, Any]:
    sides = [{"id": side.id, "about": plain(side.about), "read_in": list(side.seen)} for side in pair.sides]
    return {"subjects": sides, "score": pair.score, "reason": pair.reason}


def suggested_csv(pairs: Sequence[Pair]) -> str:
    """A row for each question; the first column is for yes or no."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for pair in pairs:
        first, second = pair.sides
        cells = ["", likeness(pair.score), pair.reason, first.id, first.about, second.id, second.about]
        writer.writerow([csv_cell(plain(cell)) for cell in cells])
    return "\ufeff" + out.getvalue()
