"""What files that were imported left of people in the latest reading: by what is stored, not by what is meant."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from urllib.parse import unquote

from stackmap.model import Coverage, Edge, EdgeKind, Fact, Node, NodeKind
from stackmap.render.privacy_page import ImportedFrom, KeptOf

__all__ = ["imported_from"]

_WHOSE = {NodeKind.PERSON: "people", NodeKind.ACCOUNT: "logins"}
_TIES = {EdgeKind.REPORTS_TO: "manager", EdgeKind.MEMBER_OF: "team", EdgeKind.HAS_ROLE: "roles"}
_NUMBER = "employee number"

_Fields = defaultdict[tuple[str, str, str], set[str]]


def imported_from(
    coverage: Sequence[Coverage], facts: Sequence[Fact], configured: Collection[str]
) -> Iterator[ImportedFrom]:
    """The sources that no connector reads, with what is kept of people and logins from each of their lists."""
    fields = _fields(facts)
    for source in sorted({item.source for item in coverage} - set(configured)):
        lists = (
            KeptOf(name, whose, tuple(sorted(found)))
            for (of, name, whose), found in sorted(fields.items())
            if of == source
        )
        yield ImportedFrom(source, tuple(lists))


def _fields(facts: Sequence[Fact]) -> _Fields:
    """By source, list and whose: the names of the properties, and what links and ids tell besides."""
    fields: _Fields = defaultdict(set)
    kinds = {fact.id: fact.kind for fact in facts if isinstance(fact, Node) and fact.kind in _WHOSE}
    for fact in facts:
        subject = fact.id if isinstance(fact, Node) else fact.source
        if subject not in kinds:
            continue
        for seen in fact.evidence:
            told = _told(fact, seen.record)
            if told:
                fields[seen.source, seen.inventory, _WHOSE[kinds[subject]]] |= told
    return fields


def _told(fact: Fact, record: str) -> set[str]:
    if isinstance(fact, Edge):
        return {_TIES[fact.kind]} if fact.kind in _TIES else set()
    own = fact.kind is NodeKind.PERSON and record and unquote(fact.id.rpartition("/")[2]) == record
    number = {_NUMBER} if own and not record.startswith("h-") else set()
    return set(fact.properties) | number | ({"name"} if fact.name else set())
