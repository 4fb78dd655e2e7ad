"""A table in the place of an earlier one: who had left and stays known, whose addresses stay theirs, what is missing.

Most lists of staff hold those only who are here, so who has left is not on the next one. What the earlier list said of
them goes on as a list of its own, with the day of the list that said it. Nothing here is judged by names.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeAlias

from stackmap.app.earlier import Earlier
from stackmap.app.garbage import collector_paused
from stackmap.app.imports.renewal import Addresses, is_made_of_an_address, renewed
from stackmap.app.workspace import Workspace
from stackmap.model import (
    Coverage,
    Fact,
    How,
    Node,
    NodeKind,
    Reach,
    SourceReading,
    fold_name,
)
from stackmap.store import open_reader

__all__ = ["Before", "before_of", "succeeding"]

People: TypeAlias = Mapping[str, Node]

_LEFT_BY = "left-by"
_WHY = "people who had left by the list of that day and are not on the newer one"
_TOLD = 5
_ASIDE = frozenset({NodeKind.ROLE, NodeKind.GROUP, NodeKind.TEAM, NodeKind.SYSTEM})
_WEAK = frozenset({How.INFERRED_KEY, How.INFERRED_NAME})


@dataclass(frozen=True, slots=True)
class Before:
    """What a source said last: its facts, when each of its lists was read, and when the source was."""

    facts: tuple[Fact, ...]
    lists: Mapping[str, datetime]
    read_at: datetime

    def day_of(self, node: Node) -> datetime:
        """When the list that has somebody was read."""
        return self.lists.get(node.evidence[0].inventory, self.read_at)


def before_of(workspace: Workspace, earlier: Earlier, sources: Iterable[str]) -> Mapping[str, Before]:
    """What these sources said in the latest reading."""
    with collector_paused(), open_reader(workspace.database) as reader:
        facts = reader.load().facts
    found: dict[str, list[Fact]] = {source: [] for source in sources}
    for fact in facts:
        for source in {item.source for item in fact.evidence} & found.keys():
            found[source].append(fact)
    return {source: _before(earlier, source, known) for source, known in found.items()}


def _before(earlier: Earlier, source: str, facts: Iterable[Fact]) -> Before:
    read_at = earlier.sources[source].read_at
    return Before(tuple(facts), {item.inventory: item.read_at or read_at for item in earlier.of(source)}, read_at)


def succeeding(now: SourceReading, before: Before) -> tuple[SourceReading, tuple[str, ...]]:
    """The reading with what stays of the one that it replaces, and what to tell of the two, a sentence each."""
    if now.coverage[0].kinds == {NodeKind.PERSON}:
        return _staff(now, before)
    there = {fact.id for fact in now.facts if isinstance(fact, Node)}
    gone = sorted(node.name or node.id for node in _rows(before.facts) if node.id not in there)
    if not gone:
        return now, ()
    names = f"no longer in it, and so no longer counted: {_listed(gone, _TOLD)}"
    return now, (f"{names}. An export proves nothing absent: if they are still there, import one that has them",)


def _staff(now: SourceReading, before: Before) -> tuple[SourceReading, tuple[str, ...]]:
    earlier, listed = _people(before.facts), _people(now.facts)
    addresses = Addresses.of(listed.values())
    known, changes = renewed(listed, earlier, addresses)
    absent = [one for one in earlier.values() if not _has_again(one, listed, addresses)]
    kept = [one for one in absent if _had_left(one)]
    facts = tuple(known.get(fact.id, fact) if isinstance(fact, Node) else fact for fact in now.facts)
    carried = tuple(_carried(one, before.day_of(one), now, addresses) for one in kept)
    coverage = (*now.coverage, *_coverage(now.source, carried, kept, before))
    return replace(now, facts=(*carried, *facts), coverage=coverage), (*_absence(absent), *changes)


def _rows(facts: Iterable[Fact]) -> Iterator[Node]:
    """What rows are about: not where it lies, nor whom they name by an address alone."""
    for fact in facts:
        if isinstance(fact, Node) and fact.kind not in _ASIDE and fact.evidence[0].how not in _WEAK:
            yield fact


def _people(facts: Iterable[Fact]) -> dict[str, Node]:
    return {fact.id: fact for fact in facts if isinstance(fact, Node) and fact.kind is NodeKind.PERSON}


def _had_left(person: Node) -> bool:
    return person.properties.get("active") is False or bool(person.properties.get("left_on"))


def _has_again(person: Node, listed: People, addresses: Addresses) -> bool:
    """Whether the newer list has somebody: by id; by address where one list has no ids, or gave a new one to whoever
    is called the same.
    """
    if person.id in listed:
        return True
    other = listed.get(addresses.holder(person.properties.get("email"), "") or "")
    if other is None:
        return False
    without_number = is_made_of_an_address(person) or is_made_of_an_address(other)
    return without_number or fold_name(person.name) == fold_name(other.name)


def _carried(person: Node, day: datetime, now: SourceReading, addresses: Addresses) -> Node:
    """Somebody who had left, as said on that day; without the addresses that others have by now."""
    seen = replace(person.evidence[0], source=now.source, inventory=_list_of(day))
    return replace(person, evidence=(seen,), properties=addresses.left_to(person))


def _list_of(day: datetime) -> str:
    return f"{_LEFT_BY}-{day.date().isoformat()}"


def _coverage(source: str, carried: Iterable[Node], kept: Iterable[Node], before: Before) -> Iterator[Coverage]:
    """One list for each day that said so. It lists no kind: of who is not on it nothing follows."""
    days = {_list_of(before.day_of(one)): before.day_of(one) for one in kept}
    lists = [one.evidence[0].inventory for one in carried]
    for name, day in sorted(days.items()):
        yield Coverage(source, "", name, Reach.PARTIAL, reason=_WHY, records=lists.count(name), read_at=day)


def _absence(absent: Iterable[Node]) -> Iterator[str]:
    """Who was on the earlier list and is not on this one. Whoever was kept before is no news."""
    news = [one for one in absent if not one.evidence[0].inventory.startswith(_LEFT_BY)]
    left = sorted(one.name for one in news if _had_left(one))
    unknown = sorted(one.name for one in news if not _had_left(one))
    room = min(len(left), _TOLD - min(len(unknown), 2))
    parts = [f"{_listed(left, room)} (had left, kept)"] if left else []
    parts += [f"{_listed(unknown, _TOLD - room)} (unknown why)"] if unknown else []
    if parts:
        yield f"not on it any more: {'; '.join(parts)}"


def _listed(names: list[str], most: int) -> str:
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more
