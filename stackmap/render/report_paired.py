"""What the report's verdict says of pairs: the things that two people together stop, of whom neither does alone."""

from __future__ import annotations

from collections.abc import Iterator

from stackmap.render.bus_factor_numbers import LONGER
from stackmap.render.bus_factor_pairs import NO_KNOWN_PAIR, NO_PAIRS
from stackmap.render.bus_factor_sets import any_of
from stackmap.render.document import Block, Cell, Paragraph, Table
from stackmap.render.report_page import Paired, Report
from stackmap.render.standing_words import STANDS
from stackmap.render.words import counted

__all__ = ["paired"]

_ROWS = 12
_ONCE = "Each thing is counted once here, under the weakest that is known of it."
_EARLY = f"Not all pairs were looked for: others may do as much (to look on: stackmap bus-factor --within {LONGER})."


def paired(report: Report) -> Iterator[Block]:
    """The paragraph below the numbers, and the table of the things."""
    if not any(report.standings.values()):
        return
    yield Paragraph(" ".join(part for part in (_ONCE, _known(report), _not_known(report)) if part))
    if report.paired:
        yield Table(("Thing", "Who together", "Counted above as"), tuple(map(_row, report.paired[:_ROWS])))
    if len(report.paired) > _ROWS:
        yield Paragraph(f"And {len(report.paired) - _ROWS} more: stackmap bus-factor --all")


def _known(report: Report) -> str:
    if not report.paired:
        return NO_PAIRS if report.all_pairs else NO_KNOWN_PAIR
    number = len(report.paired)
    things, them = counted(number, "thing stops", "things stop"), "it" if number == 1 else "them"
    on_old = "runs" if number == 1 else "run"
    return f"{things}, or {on_old} on old data, when two people leave of whom neither alone is known to stop {them}."


def _not_known(report: Report) -> str:
    more = "more " if report.paired else ""
    may = f"Of {report.may_be_paired} {more}it is not known for sure." if report.may_be_paired else ""
    return " ".join(part for part in (may, "" if report.all_pairs else _EARLY) if part)


def _row(one: Paired) -> tuple[Cell, ...]:
    return Cell(one.name, one.system), Cell(any_of(one.pairs)), Cell(STANDS[one.stands])
