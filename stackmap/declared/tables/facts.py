"""Rows into facts, by the kind's own pure function; a row that it does not understand is left out whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from stackmap.declared.factfile import BadLine
from stackmap.declared.tables.closed import unknown_words
from stackmap.declared.tables.kinds import Kind
from stackmap.declared.tables.reading import Table
from stackmap.declared.tables.twice import named_twice
from stackmap.errors import StackmapError
from stackmap.model import Edge, Fact, Node, NodeKind, check_ends
from stackmap.sdk import NotUnderstoodError
from stackmap.sdk.exports import NumberedRow, Sifted
from stackmap.sdk.scope import Scope

__all__ = ["Taken", "take_facts"]


@dataclass(frozen=True, slots=True)
class Taken:
    """The facts of a table, how many rows they come from, all rows that were left out, and what to tell."""

    facts: tuple[Fact, ...]
    rows: int
    bad: tuple[BadLine, ...]
    notes: tuple[str, ...]


def take_facts(table: Table, scope: Scope, today: date) -> Taken:
    """Map a table. `today` is the day of the import, for kinds that keep nothing of the future."""
    kind = table.kind
    sifted = kind.export.sift(table.rows, today) if kind.export.sift else Sifted(table.rows)
    closed = _outside(table, sifted.rows)
    bad = [*table.bad, *(BadLine(line, reason) for line, reason in (*sifted.refused.items(), *closed.items()))]
    found: list[tuple[int, tuple[Fact, ...]]] = []
    kinds: dict[str, NodeKind] = {}
    for row in sifted.rows:
        if row[0] in closed:
            continue
        facts = _facts(kind, row, scope, bad)
        kinds |= {fact.id: fact.kind for fact in facts if isinstance(fact, Node)}
        found.append((row[0], facts))
    good = [(line, facts) for line, facts in found if facts and _fit(line, facts, kinds, bad)]
    facts = tuple(fact for _, facts in good for fact in facts)
    notes = (*table.notes, *sifted.remarks, *named_twice(good))
    return Taken(facts, len(good), tuple(sorted(bad)), notes)


def _outside(table: Table, rows: Sequence[NumberedRow]) -> Mapping[int, str]:
    """The rows that hold an unknown word where only known ones have a meaning, and why they are left out."""
    found = ((line, next(unknown_words(table.kind, table.columns, row), "")) for line, row in rows)
    return {line: reason for line, reason in found if reason}


def _facts(kind: Kind, numbered: NumberedRow, scope: Scope, bad: list[BadLine]) -> tuple[Fact, ...]:
    line, row = numbered
    try:
        return tuple(kind.export.facts(row, scope))
    except NotUnderstoodError as error:
        bad.append(BadLine(line, str(error)))
    except StackmapError as error:
        bad.append(BadLine(line, str(error).partition("\n")[0]))
    except Exception as error:  # noqa: BLE001 - a connector's code may fail in any way; its text may hold a cell
        bad.append(BadLine(line, f"{kind.name} cannot read this row ({type(error).__name__})"))
    return ()


def _fit(line: int, facts: Sequence[Fact], kinds: Mapping[str, NodeKind], bad: list[BadLine]) -> bool:
    """Whether every edge of a row leads where such an edge may lead."""
    for fact in facts:
        if isinstance(fact, Edge):
            try:
                check_ends(fact, kinds)
            except ValueError:
                bad.append(BadLine(line, f"{fact.kind.value} does not fit what other rows say of the same things"))
                return False
    return True
