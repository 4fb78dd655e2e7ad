"""Reading one inventory: ask, page, map, and turn whatever happens into coverage."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from stackmap.collect.judge import judge
from stackmap.collect.merge import Merged
from stackmap.collect.quota import Quota
from stackmap.model import Coverage, Fact, FixBy, Reach, system_of
from stackmap.sdk import (
    MISSING,
    Answer,
    Ask,
    Client,
    Inventory,
    Limits,
    NotUnderstoodError,
    Pages,
    Per,
    Probe,
    ReadError,
    Record,
    Redaction,
    Scope,
    Trouble,
    lookup,
    single,
    troubles,
)

__all__ = ["InventoryReading", "Means", "read_inventory", "skipped"]

_HOPELESS = 5
_MOST_NAMED = 3
_READABLE = {Reach.COMPLETE, Reach.PARTIAL}


@dataclass(frozen=True, slots=True)
class InventoryReading:
    """What one inventory gave. `records` are kept only where another inventory asks per record."""

    coverage: Coverage
    facts: tuple[Fact, ...] = ()
    records: Sequence[Record] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Means:
    """What every inventory of a run shares. `note` hears of each page; `halt`, once set, ends everything early.

    With `first_page_only` the first page of the first request has to do: enough to see what is permitted.
    """

    client: Client
    quota: Quota
    redaction: Redaction
    clock: Callable[[], datetime]
    note: Callable[[str, int], None]
    halt: threading.Event
    limits: Limits
    first_page_only: bool = False


class _UndeclaredError(Exception):
    """A mapping function yields what its inventory does not declare."""


class _Harvest:
    """What was read so far of one inventory."""

    def __init__(self, inventory: Inventory, scope: Scope, *, keep: bool) -> None:
        self.merged = Merged()
        self.kept: list[Record] = []
        self.records = 0
        self.pages = 0
        self.bad: list[str] = []
        self.missed: list[Trouble] = []
        self.asked = 0
        self.broken = False
        self.notes: dict[str, None] = {}
        self._inventory = inventory
        self._scope = scope
        self._keep = keep

    def take(self, answer: Answer) -> None:
        """Map every record of a page. A record that cannot be mapped is noted, and the rest goes on."""
        rows = _records(self._inventory, answer)
        self.pages += 1
        for row in rows:
            self.records += 1
            if self._keep:
                self.kept.append(row)
            facts = self._mapped(row)
            self._check(facts)
            self.merged.add(facts)

    def _mapped(self, row: Record) -> list[Fact]:
        facts: list[Fact] = []
        try:
            for path in self._inventory.required:
                if lookup(row, path) is None:
                    raise NotUnderstoodError(f"no {path}")
            for fact in self._inventory.facts(row, self._scope):
                facts.append(fact)  # noqa: PERF402 - what was yielded before the end must stand
        except NotUnderstoodError as error:
            self._blame(row, str(error))
        except Exception as error:  # noqa: BLE001 - one odd record must not cost the others
            self._blame(row, type(error).__name__)
            return []
        return facts

    def _blame(self, row: Record, why: str) -> None:
        self.bad.append(f"{_called(row, self._inventory, self.records)} ({why})")

    def _check(self, facts: Iterable[Fact]) -> None:
        for fact in facts:
            if fact.kind not in self._inventory.emits:
                raise _UndeclaredError(f"yields {fact.kind.value}, which the inventory does not declare")
            for item in fact.evidence:
                if (item.source, item.inventory) != (self._scope.source, self._scope.inventory):
                    raise _UndeclaredError("yields a fact with the evidence of another inventory")


def read_inventory(
    inventory: Inventory, scope: Scope, parent: InventoryReading | None, means: Means, *, keep: bool
) -> InventoryReading:
    """Read it as far as it goes. Never raises for what a vendor or a connector's code does."""
    if parent is not None and parent.coverage.state not in _READABLE:
        name = parent.coverage.inventory
        reason = f"needs {name}, which could not be read: {parent.coverage.reason}"
        return skipped(inventory, scope, reason, parent.coverage.fix_by)
    harvest = _Harvest(inventory, scope, keep=keep)
    stop: Trouble | None = None
    try:
        for ask in _asks(inventory, parent, scope):
            _read_one(ask, inventory, harvest, means)
            if means.first_page_only:
                break
    except ReadError as error:
        stop = error.trouble
    except _UndeclaredError as error:
        stop = Trouble(Reach.FAILED, f"our mapping {error}; what was read before is kept", FixBy.US)
        harvest.broken = True
    except Exception as error:  # noqa: BLE001 - a connector's bug must not stop the others
        stop = Trouble(Reach.FAILED, f"our connector failed ({type(error).__name__})", FixBy.US)
    coverage = _coverage(inventory, scope, _verdict(harvest, stop, parent), harvest, means)
    return InventoryReading(coverage, harvest.merged.facts(), harvest.kept)


def skipped(inventory: Inventory, scope: Scope, reason: str, fix_by: FixBy | None) -> InventoryReading:
    """An inventory that nobody asked."""
    return InventoryReading(
        Coverage(
            scope.source,
            system_of(scope.system) or "",
            inventory.name,
            Reach.SKIPPED,
            inventory.listed,
            inventory.sort,
            fix_by,
            reason,
            inventory.needs,
        )
    )


def _asks(inventory: Inventory, parent: InventoryReading | None, scope: Scope) -> Iterable[Ask]:
    if not isinstance(inventory.ask, Per):
        return (inventory.ask,)
    rows, wanted = parent.records if parent else (), inventory.ask.wanted
    return inventory.ask.requests([row for row in rows if wanted is None or wanted(row, scope.settings)])


def _read_one(ask: Ask, inventory: Inventory, harvest: _Harvest, means: Means) -> None:
    """One request with all its pages. Of many, a refused or vanished one is noted and the next one asked."""
    harvest.asked += 1
    pages = harvest.pages
    try:
        _walk(ask, inventory, harvest, means)
    except ReadError as error:
        alone = not isinstance(inventory.ask, Per) or harvest.pages > pages
        if alone or error.trouble.state not in {Reach.DENIED, Reach.ABSENT}:
            raise
        harvest.missed.append(error.trouble)
        if not harvest.pages and len(harvest.missed) >= _HOPELESS:
            raise


def _walk(ask: Ask, inventory: Inventory, harvest: _Harvest, means: Means) -> None:
    pages = (inventory.pages or single)(ask)
    try:
        request: Ask | Probe | None = next(pages)
        count = empty = 0
        while request is not None:
            probing = isinstance(request, Probe)
            answer = _ask(request.ask if isinstance(request, Probe) else request, inventory, means)
            before = harvest.records
            if not probing:
                harvest.take(answer)
                means.note(inventory.name, harvest.records)
                if means.first_page_only:
                    return
            request = _following(pages, answer, harvest)
            count, empty = count + 1, 0 if probing or harvest.records > before else empty + 1
            if request is not None:
                _check_end(count, empty, means.limits)
    finally:
        pages.close()


def _ask(request: Ask, inventory: Inventory, means: Means) -> Answer:
    if means.halt.is_set():
        raise ReadError(troubles.stopped())
    means.quota.check()
    answer = replace(means.client.send(request), path=request.path)
    means.quota.note(answer)
    if (trouble := judge(answer, inventory)) is not None:
        raise ReadError(trouble)
    return answer


def _following(pages: Pages, answer: Answer, harvest: _Harvest) -> Ask | Probe | None:
    try:
        return pages.send(answer)
    except StopIteration as end:
        if end.value:
            harvest.notes[str(end.value)] = None
        return None


def _check_end(count: int, empty: int, limits: Limits) -> None:
    """Give up on pages that never end: each may name another next one, and nothing ever repeats."""
    if empty >= limits.empty_pages:
        raise ReadError(troubles.endless(f"{empty} empty pages in a row"))
    if count >= limits.pages:
        raise ReadError(troubles.endless(f"{count} pages"))


def _records(inventory: Inventory, answer: Answer) -> Sequence[Record]:
    rows: Any = _found(inventory, answer)
    if isinstance(rows, Mapping) and (callable(inventory.records) or not inventory.records):
        return (rows,)
    if not isinstance(rows, list | tuple) or not all(isinstance(row, Mapping) for row in rows):
        place = f" ({inventory.records})" if isinstance(inventory.records, str) and inventory.records else ""
        reason = f"the answer has no list of records where one belongs{place}"
        raise ReadError(Trouble(Reach.FAILED, reason, FixBy.VENDOR, "shape"))
    return rows


def _found(inventory: Inventory, answer: Answer) -> Any:
    if callable(inventory.records):
        return inventory.records(answer)
    return lookup(answer.body, inventory.records, MISSING)


def _called(row: Record, inventory: Inventory, position: int) -> str:
    """A record's id, as far as it may be repeated: ids that are addresses may not."""
    found = lookup(row, inventory.required[0]) if inventory.required else None
    if isinstance(found, str | int) and "@" not in str(found) and len(str(found)) <= 64:
        return f"record {found}"
    return f"record number {position}"


def _verdict(harvest: _Harvest, stop: Trouble | None, parent: InventoryReading | None) -> Trouble | None:
    """What to say of an inventory that was not read whole, None when it was."""
    if stop is not None:
        return stop if harvest.broken or not harvest.pages else _partial(stop)
    if harvest.missed:
        first = harvest.missed[0]
        if len(harvest.missed) == harvest.asked:
            return first
        said = f"{len(harvest.missed)} of {harvest.asked} requests brought nothing: {first.reason}"
        return Trouble(Reach.PARTIAL, said, first.fix_by, first.vendor_code)
    if harvest.bad:
        more = len(harvest.bad) - _MOST_NAMED
        named = ", ".join(harvest.bad[:_MOST_NAMED]) + (f" and {more} more" if more > 0 else "")
        said = f"{len(harvest.bad)} of {harvest.records} records could not be understood: {named}"
        return Trouble(Reach.PARTIAL, said, FixBy.US)
    if parent is not None and parent.coverage.state is Reach.PARTIAL:
        said = f"{parent.coverage.inventory} was read in part: {parent.coverage.reason}"
        return Trouble(Reach.PARTIAL, said, parent.coverage.fix_by or FixBy.US)
    return None


def _partial(stop: Trouble) -> Trouble:
    return Trouble(Reach.PARTIAL, stop.reason, stop.fix_by, stop.vendor_code)


def _coverage(inventory: Inventory, scope: Scope, trouble: Trouble | None, harvest: _Harvest, means: Means) -> Coverage:
    state = trouble.state if trouble else Reach.COMPLETE
    read = state in _READABLE or harvest.records > 0
    return Coverage(
        source=scope.source,
        system=system_of(scope.system) or "",
        inventory=inventory.name,
        state=state,
        kinds=inventory.listed,
        sort=inventory.sort,
        fix_by=trouble.fix_by if trouble else None,
        reason=means.redaction.mask(trouble.reason if trouble else "; ".join(harvest.notes)),
        needs=inventory.needs,
        records=harvest.records,
        read_at=means.clock() if read else None,
        vendor_code=means.redaction.mask(trouble.vendor_code) if trouble else "",
    )
