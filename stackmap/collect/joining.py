"""Facts that follow only from several lists together: a connector concludes them, here they find their place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from stackmap.collect.merge import Merged
from stackmap.model import Coverage, Fact, FixBy, Reach
from stackmap.sdk import Connector, Inventory, Scope

__all__ = ["Joined", "joined"]


@dataclass(frozen=True, slots=True)
class Joined:
    """All facts of a reading, those that were concluded among them, and coverage after that."""

    facts: tuple[Fact, ...]
    coverage: tuple[Coverage, ...]


class _UndeclaredError(Exception):
    """The connector concludes what none of its lists declares."""


def joined(
    connector: Connector, scope: Scope, read: Mapping[str, Sequence[Fact]], coverage: Sequence[Coverage]
) -> Joined:
    """What was read by each inventory, and what the connector concludes from it.

    Conclusions that fail must cost no fact that was read; but then no list is more than partly known.
    """
    by_name = {item.inventory: item for item in coverage}
    whole = tuple(fact for facts in read.values() for fact in facts)
    if connector.joins is None:
        return Joined(whole, tuple(coverage))
    try:
        more = _by_inventory(connector, connector.joins(whole, by_name, scope), by_name, scope.source)
    except Exception as error:  # noqa: BLE001 - a connector's code may fail in any way
        why = str(error) if isinstance(error, _UndeclaredError) else type(error).__name__
        return Joined(whole, tuple(_doubted(item, why) for item in coverage))
    return Joined(tuple(fact for name, facts in read.items() for fact in _with(facts, more.get(name))), tuple(coverage))


def _by_inventory(
    connector: Connector, facts: Iterable[Fact], coverage: Mapping[str, Coverage], source: str
) -> Mapping[str, list[Fact]]:
    declared = {item.name: item for item in connector.inventories}
    found: dict[str, list[Fact]] = {}
    for fact in facts:
        places = {item.inventory for item in fact.evidence if item.source == source}
        if len(places) != 1 or len({(item.source, item.inventory) for item in fact.evidence}) != 1:
            raise _UndeclaredError("a conclusion rests on one list of this source, and on one only")
        name = places.pop()
        _check(declared.get(name), coverage.get(name), fact)
        found.setdefault(name, []).append(fact)
    return found


def _check(inventory: Inventory | None, coverage: Coverage | None, fact: Fact) -> None:
    if inventory is None or fact.kind not in inventory.emits:
        raise _UndeclaredError(f"{fact.kind.value} is concluded from a list that does not declare it")
    if coverage is None or coverage.read_at is None:
        raise _UndeclaredError(f"{fact.kind.value} is concluded from {inventory.name}, which was not read")


def _with(facts: Sequence[Fact], more: Iterable[Fact] | None) -> Sequence[Fact]:
    if not more:
        return facts
    merged = Merged()
    merged.add(facts)
    merged.add(more)
    return merged.facts()


def _doubted(item: Coverage, why: str) -> Coverage:
    if item.state is not Reach.COMPLETE:
        return item
    reason = f"our connector failed to bring its lists together ({why})"
    return replace(item, state=Reach.PARTIAL, fix_by=FixBy.US, reason=reason)
