"""Where something of a person was read: the source, its list, the record, and the day of the reading."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from stackmap.app.opening import Reading
from stackmap.model import Evidence
from stackmap.render.words import full_day

__all__ = ["line_of", "seen_in", "told"]


def seen_in(reading: Reading, node_id: str) -> list[str]:
    """Where a person or a login was read, a line for each source and record."""
    vertex = reading.stack.graph.get(node_id)
    records: dict[tuple[str, str], list[Evidence]] = {}
    for item in vertex.evidence if vertex else ():
        if not item.concluded:
            records.setdefault((item.source, item.record), []).append(item)
    return [_together(reading, items) for items in records.values()]


def _together(reading: Reading, items: Sequence[Evidence]) -> str:
    first = items[0]
    if first.of_notes:
        return told(reading, first)
    lists = ", ".join(dict.fromkeys(item.inventory for item in items))
    return _words(
        first.source, lists, first.record, max(filter(None, (_day(reading, one) for one in items)), default=None)
    )


def told(reading: Reading, evidence: Evidence) -> str:
    """One piece of evidence in words: "crm (users), record 5, read on 22 Nov 2026"."""
    if evidence.of_notes:
        line = line_of(evidence)
        return f"your notes, line {line}" if line else "your notes"
    return _words(evidence.source, evidence.inventory, evidence.record, _day(reading, evidence))


def line_of(evidence: Evidence) -> int:
    """The line of your notes that says so; 0 where none is known."""
    number = evidence.record.rpartition(":")[2]
    return int(number) if evidence.of_notes and number.isdigit() else 0


def _words(source: str, lists: str, record: str, when: date | None) -> str:
    named = source if source.partition("/")[0] == lists else f"{source} ({lists})"
    parts = [named, f"record {record}" if record else "", f"read on {full_day(when)}" if when else ""]
    return ", ".join(part for part in parts if part)


def _day(reading: Reading, evidence: Evidence) -> date | None:
    wanted = (evidence.source, evidence.inventory)
    times = [item.read_at for item in reading.coverage if (item.source, item.inventory) == wanted and item.read_at]
    return max(times).date() if times else None
