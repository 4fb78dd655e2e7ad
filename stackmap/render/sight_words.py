"""How far everything was read, as documents say it: what was looked at, when, as whom, and who can open the rest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from stackmap.model import Coverage, FixBy
from stackmap.render.coverage import IN_PART, NOT_READ, from_file, list_name, not_read, not_whole, read_in_part
from stackmap.render.document import Block, Cell, Paragraph, Table
from stackmap.render.words import full_day

__all__ = ["ReadSource", "gaps_table", "scope_table", "state_words", "who_opens", "why_not"]

_OPENS: Mapping[FixBy, str] = MappingProxyType(
    {
        FixBy.ADMIN: "an administrator of the system",
        FixBy.OPERATOR: "whoever runs stackmap: settings and files",
        FixBy.VENDOR: "only the vendor",
        FixBy.US: "nobody here: a fault of stackmap or the connector",
        FixBy.NOBODY: "nobody: no setting changes that",
    }
)

_NOT_KNOWN = "not known"


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
    """Every list that was not wholly read: why, and who can change that. What was not read at all comes first.

    Files of several sources that lack something for the same reason share a row, each with its day.
    """
    missing = sorted(
        not_whole(coverage), key=lambda item: (not not_read(item), item.source, item.system, item.inventory)
    )
    if not coverage:
        return Paragraph("No list says how far it was read: what is not here may still exist.")
    if not missing:
        return Paragraph("Everything there was to ask for was read. What no list shows may still exist.")
    files: dict[str, list[Coverage]] = {}
    for item in filter(from_file, missing):
        files.setdefault(item.reason, []).append(item)
    rows = [_gap(item) for item in missing if not from_file(item)] + [_files(items) for items in files.values()]
    return Table(("Source and list", "State", "Why", "Who can open it"), tuple(rows))


def _gap(item: Coverage) -> tuple[Cell, ...]:
    return Cell(f"{item.source}: {item.inventory}"), _state(item), Cell(why_not(item)), Cell(who_opens(item))


def why_not(item: Coverage) -> str:
    """Why a list was not wholly read, with the permissions that an administrator could give."""
    untold = [need for need in item.needs if need not in item.reason]
    needs = f"; needs {', '.join(untold)}" if untold and item.fix_by is FixBy.ADMIN else ""
    return item.reason + needs


def who_opens(item: Coverage) -> str:
    """Who can change that a list was not wholly read."""
    return _OPENS[item.fix_by] if item.fix_by else _NOT_KNOWN


def state_words(item: Coverage) -> str:
    """How far a list was read, in a few words."""
    if read_in_part(item):
        return IN_PART.lower()
    return f"{NOT_READ.lower()}: {item.state.value}" if not_read(item) else "read"


def _files(items: Sequence[Coverage]) -> tuple[Cell, ...]:
    names = [list_name(item) + (f" ({full_day(item.read_at.date())})" if item.read_at else "") for item in items]
    return Cell(", ".join(names)), Cell(IN_PART.lower()), Cell(items[0].reason), Cell(_NOT_KNOWN)


def _state(item: Coverage) -> Cell:
    read = full_day(item.read_at.date()) if item.read_at else ""
    if read_in_part(item):
        return Cell(IN_PART.lower(), f"on {read}" if read else "")
    return Cell(NOT_READ.lower(), item.state.value + (f"; last read on {read}" if read else ""))
