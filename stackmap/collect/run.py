"""One connector, read once: inventories side by side, parents before children, and whatever happens is
coverage.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TypeVar

from stackmap.collect.crew import Crew
from stackmap.collect.inventory import InventoryReading, Means, read_inventory, skipped
from stackmap.collect.joining import Joined, joined
from stackmap.collect.merge import Merged
from stackmap.collect.quota import Quota
from stackmap.errors import ConfigError, ConnectorError, StackmapError
from stackmap.model import Coverage, Fact, Node, Reach, SourceReading
from stackmap.sdk import (
    Client,
    Connector,
    Inventory,
    Limits,
    Pace,
    Per,
    Redaction,
    ResolvedSettings,
    Scope,
    Transport,
    resolve_settings,
)
from stackmap.sdk.connector import system_node

__all__ = ["Progress", "run", "utc_now"]

_DOUBTABLE = frozenset({Reach.COMPLETE, Reach.ABSENT})
"""What a whole reading may show to be less: a list that was cut down, something that is there but was not shown."""


@dataclass(frozen=True, slots=True)
class Progress:
    """Where one inventory stands: `state` is None while it is being read."""

    connector: str
    inventory: str
    state: Reach | None
    records: int


def utc_now() -> datetime:
    """The time, as every reading notes it."""
    return datetime.now(UTC)


def run(
    connector: Connector,
    settings: Mapping[str, str],
    *,
    source: str,
    transport: Transport | None = None,
    progress: Callable[[Progress], None] | None = None,
    only: Collection[str] = (),
    limits: Limits | None = None,
    pace: Pace | None = None,
    clock: Callable[[], datetime] = utc_now,
    workers: int = 4,
    quota_floor: float = 0.3,
    first_page_only: bool = False,
    halt: threading.Event | None = None,
    salt: str = "",
) -> SourceReading:
    """Read one connector. `settings` have their secrets resolved; `only` names inventories (default: all).
    `salt` is the workspace's: vendors' ids that are addresses are hashed with it.

    With `first_page_only` each inventory is only tried: `complete` then says that it may be read, and the
    reading must not be stored. `progress` is called from worker threads, never twice at once. Give several
    runs one `pace`, and they keep a host's limit together. Raises ConfigError or ConnectorError for
    settings that cannot be used; everything that happens on the way, a refused login included, is coverage.

    Once `halt` is set every wait and every list ends early, and what was read until then is returned. Who
    waits for runs in other threads sets it on KeyboardInterrupt, as leaving a `Crew` does, and stores nothing;
    interrupted in the main thread, a run sets it itself and raises.
    """
    known = resolve_settings(connector, settings)
    order = _in_order(connector, only)
    scope = replace(_scope(connector, known, source, clock()), salt=salt)
    redaction, limits, halt = Redaction(known.secrets), limits or Limits(), halt or threading.Event()
    # The client first: the HTTP library makes its loggers only when it is needed, and a filter has to find them.
    client = _client(connector, known, transport, pace, limits=limits, redaction=redaction, halt=halt)
    with client, redaction.over_logs():
        told = _Told(connector.name, progress, halt)
        quota = Quota(connector, quota_floor)
        means = Means(client, quota, redaction, clock, told.reading, halt, limits, first_page_only)
        readings = _read_all(order, scope, means, told, workers)
    return _as_read(connector, scope, known, readings)


def _as_read(
    connector: Connector, scope: Scope, settings: ResolvedSettings, readings: Mapping[str, InventoryReading]
) -> SourceReading:
    """What the inventories gave, as one reading; those that nobody asked for are told, too."""
    by_name = {
        item.name: readings.get(item.name) or skipped(item, scope, "not asked for", None)
        for item in connector.inventories
    }
    read = _with_system(connector, scope, by_name)
    whole = joined(connector, scope, read, [reading.coverage for reading in by_name.values()])
    return SourceReading(
        source=scope.source,
        taken_at=scope.taken_at,
        facts=whole.facts,
        coverage=_reviewed(connector, whole, settings),
        collector=connector.collector(settings.open, whole.facts) if connector.collector else "",
    )


def _reviewed(connector: Connector, whole: Joined, settings: ResolvedSettings) -> tuple[Coverage, ...]:
    """Coverage as the connector sees it when it looks at the whole reading; it may only get worse."""
    if connector.review is None:
        return whole.coverage
    troubles = connector.review(whole.facts, {item.inventory: item for item in whole.coverage}, settings.open)
    return tuple(
        replace(
            item,
            state=trouble.state,
            reason=trouble.reason,
            fix_by=trouble.fix_by,
            vendor_code=trouble.vendor_code,
        )
        if (trouble := troubles.get(item.inventory)) and item.state in _DOUBTABLE
        else item
        for item in whole.coverage
    )


class _Told:
    """Passes progress on, one call at a time, and none any more after a stop."""

    def __init__(self, connector: str, tell: Callable[[Progress], None] | None, halt: threading.Event) -> None:
        self._connector = connector
        self._tell = tell
        self._halt = halt
        self._lock = threading.Lock()

    def reading(self, inventory: str, records: int) -> None:
        self._say(Progress(self._connector, inventory, None, records))

    def done(self, reading: InventoryReading) -> None:
        item = reading.coverage
        self._say(Progress(self._connector, item.inventory, item.state, item.records))

    def _say(self, progress: Progress) -> None:
        if self._tell is not None and not self._halt.is_set():
            with self._lock:
                self._tell(progress)


def _scope(connector: Connector, settings: ResolvedSettings, source: str, now: datetime) -> Scope:
    tenant = _of_settings(connector, connector.tenant, settings)
    if not tenant:
        raise ConnectorError(f"{connector.name}: the settings name no tenant")
    return Scope(connector.product, tenant, source, "", now, settings.open)


def _client(
    connector: Connector,
    settings: ResolvedSettings,
    transport: Transport | None,
    pace: Pace | None,
    *,
    limits: Limits,
    redaction: Redaction,
    halt: threading.Event,
) -> Client:
    return Client(
        _of_settings(connector, connector.base_url, settings),
        _of_settings(connector, connector.authenticate, settings),
        transport=transport,
        per_second=connector.per_second,
        limits=limits,
        pace=pace,
        redaction=redaction,
        origins=_of_settings(connector, connector.origins, settings) if connector.origins else (),
        halt=halt,
        settings=settings,
        ca_file=settings.get("ca_file", ""),
    )


_T = TypeVar("_T")


def _of_settings(connector: Connector, read: Callable[[Mapping[str, str]], _T], settings: ResolvedSettings) -> _T:
    try:
        return read(settings)
    except StackmapError:
        raise
    except Exception as error:  # noqa: BLE001 - a connector's code may fail in any way
        # The text of the cause may hold a secret: only its kind is repeated, and the cause is not chained.
        raise ConnectorError(
            f"{connector.name}: its settings cannot be used ({type(error).__name__}): check them"
        ) from None


def _in_order(connector: Connector, only: Collection[str]) -> list[Inventory]:
    """The inventories to read, parents before those that ask per record of them."""
    by_name = {item.name: item for item in connector.inventories}
    if len(by_name) != len(connector.inventories):
        raise ConnectorError(f"{connector.name}: two inventories have one name")
    for name in only:
        if name not in by_name:
            raise ConfigError(f"{connector.name} has no inventory {name}; it has {', '.join(by_name)}")
    order: dict[str, Inventory] = {}

    def place(item: Inventory, below: tuple[str, ...]) -> None:
        if item.name in below:
            raise ConnectorError(f"{connector.name}: {item.name} waits for itself")
        if isinstance(item.ask, Per):
            if item.ask.parent not in by_name:
                raise ConnectorError(f"{connector.name}: {item.name} asks per {item.ask.parent}, which is none")
            place(by_name[item.ask.parent], (*below, item.name))
        order[item.name] = item

    for name in only or by_name:
        place(by_name[name], ())
    return list(order.values())


def _read_all(
    order: list[Inventory], scope: Scope, means: Means, told: _Told, workers: int
) -> dict[str, InventoryReading]:
    """Read them side by side. Parents are queued first, so a child only ever waits for one that runs or is
    done.
    """
    parents = {item.ask.parent for item in order if isinstance(item.ask, Per)}
    futures: dict[str, Future[InventoryReading]] = {}

    def read(item: Inventory) -> InventoryReading:
        parent = futures[item.ask.parent].result() if isinstance(item.ask, Per) else None
        here = replace(scope, inventory=item.name)
        reading = read_inventory(item, here, parent, means, keep=item.name in parents)
        told.done(reading)
        return reading

    with Crew(workers, means.halt) as crew:
        for item in order:
            futures[item.name] = crew.submit(read, item)
        return {name: future.result() for name, future in futures.items()}


def _with_system(
    connector: Connector, scope: Scope, readings: Mapping[str, InventoryReading]
) -> Mapping[str, Sequence[Fact]]:
    """The facts of each inventory, and the System itself, seen by the first one that answered."""
    facts = {name: reading.facts for name, reading in readings.items()}
    answered = next((name for name, item in readings.items() if item.coverage.read_at is not None), None)
    if answered is not None:
        given = [fact for read in facts.values() for fact in read]
        named = (fact.name for fact in given if isinstance(fact, Node) and fact.id == scope.system and fact.name)
        system = system_node(connector, scope.at(answered), name=next(named, ""))
        merged = Merged()
        merged.add((system, *facts[answered]))
        facts[answered] = merged.facts()
    return facts
