"""How far everything was read, as documents say it: what was looked at, when, as whom, and who can open the rest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from stackmap.model import Coverage, FixBy, Reach
from stackmap.render.document import Block, Cell, Paragraph, Table
from stackmap.render.words import full_day

__all__ = ["ReadSource", "gaps_table", "scope_table"]

_OPENS: Mapping[FixBy, str] = MappingProxyType(
    {
        FixBy.ADMIN: "an administrator of the system",
        FixBy.OPERATOR: "whoever runs stackmap: settings and files",
        FixBy.VENDOR: "only the vendor",
        FixBy.US: "nobody here: a fault of stackmap or the connector",
        FixBy.NOBODY: "nobody: no setting changes that",
    }
)


@dataclass(frozen=True, slots=True)
class ReadSource:
    """One source: the systems it told of, the day, the login it was read as ("" if unknown), and its lists."""

    name: str
    systems: tuple[str, ...]
    read_on: str
    as_whom: str
    whole: int
    lists: int


def scope_table(sources: Sequence[ReadSource], *, with_reader: bool = True) -> Table:
    """What was read. `with_reader`: as whom, too."""
    reader = ("Read as",) if with_reader else ()
    return Table(
        ("Source", "Systems", "Read on", *reader, "Lists read whole"),
        tuple(_source(one, with_reader=with_reader) for one in sources),
    )


def _source(one: ReadSource, *, with_reader: bool) -> tuple[Cell, ...]:
    reader = (Cell(one.as_whom or "–"),) if with_reader else ()
    told = f"{one.whole} of {one.lists}" if one.lists else "–"
    return Cell(one.name), Cell(", ".join(one.systems)), Cell(one.read_on), *reader, Cell(told)


def gaps_table(coverage: Sequence[Coverage]) -> Block:
    """Every list that was not wholly read: why, and who can change that."""
    missing = sorted(
        (item for item in coverage if item.state is not Reach.COMPLETE),
        key=lambda item: (item.source, item.system, item.inventory),
    )
    if not missing:
        return Paragraph("Everything there was to ask for was read. What no list shows may still exist.")
    return Table(("Source and list", "State", "Why", "Who can open it"), tuple(map(_gap, missing)))


def _gap(item: Coverage) -> tuple[Cell, ...]:
    earlier = item.read_at is not None and item.state is not Reach.PARTIAL
    last = f"last read on {full_day(item.read_at.date())}" if earlier and item.read_at else ""
    untold = [need for need in item.needs if need not in item.reason]
    needs = f"; needs {', '.join(untold)}" if untold and item.fix_by is FixBy.ADMIN else ""
    opens = _OPENS[item.fix_by] if item.fix_by else "not known"
    return (
        Cell(f"{item.source}: {item.inventory}"),
        Cell(item.state.value, last),
        Cell(item.reason + needs),
        Cell(opens),
    )
