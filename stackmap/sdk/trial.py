"""One connector on trial: its runs against the stand-in, what it sends, and what its mapping functions receive."""

from __future__ import annotations

import copy
import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from functools import cache
from typing import Any, NoReturn, Protocol, TypeAlias

from stackmap.model import Coverage, Fact, Reach, SourceReading
from stackmap.sdk.asks import Ask, Pages, Probe, Record
from stackmap.sdk.connector import Connector, Inventory, Per, Scope, Settings
from stackmap.sdk.http import Transport
from stackmap.sdk.pace import Limits, Pace
from stackmap.sdk.paging import single
from stackmap.sdk.sandbox import Reply, Request, StandIn, transport
from stackmap.sdk.settings import resolve_settings

__all__ = [
    "LIMITS",
    "SOURCE",
    "Collect",
    "ConformanceCase",
    "Key",
    "ancestors",
    "asked",
    "clean_run",
    "coverage_by_name",
    "facts_of",
    "holes",
    "is_date",
    "is_required",
    "logged",
    "own_pages",
    "own_requests",
    "plain_run",
    "records_of",
    "request_key",
    "run_case",
    "skip",
    "unjoined",
]

SOURCE = "conformance"
LIMITS = Limits(pause=lambda _seconds: None, timeout=5.0)


class Collect(Protocol):
    """`stackmap.collect.run`, as far as the suite uses it."""

    def __call__(
        self,
        connector: Connector,
        settings: Settings,
        *,
        source: str,
        transport: Transport | None = None,
        limits: Limits | None = None,
        pace: Pace | None = None,
        clock: Callable[[], datetime] = ...,
    ) -> SourceReading:
        """Read one connector."""


@dataclass(frozen=True, eq=False)
class ConformanceCase:
    """A connector, its stand-in, and settings that the stand-in accepts.

    `otherwise` holds the state of each inventory that this stand-in does not let be read whole (an edition
    without it, say). `taken_at` is the time that mapping functions are told.
    """

    connector: Connector
    standin: StandIn
    settings: Mapping[str, str] = field(repr=False)
    collect: Collect
    otherwise: Mapping[str, Reach] = field(default_factory=dict)
    taken_at: datetime = datetime(2026, 1, 31, 12, tzinfo=UTC)


Key: TypeAlias = tuple[str, str, tuple[tuple[str, str], ...], bytes]


def request_key(request: Request) -> Key:
    return request.method, request.path, tuple(sorted(request.query.items())), request.body


def run_case(
    case: ConformanceCase,
    standin: StandIn | None = None,
    connector: Connector | None = None,
    settings: Mapping[str, str] | None = None,
) -> SourceReading:
    chosen = replace(connector or case.connector, per_second=100_000)
    return case.collect(
        chosen,
        settings or case.settings,
        source=SOURCE,
        transport=transport(standin or case.standin),
        limits=LIMITS,
        clock=lambda: case.taken_at,
    )


@cache
def clean_run(case: ConformanceCase) -> SourceReading:
    return run_case(case)


@cache
def plain_run(case: ConformanceCase, only: str = "") -> SourceReading:
    """What each list gives by itself: with the lists it is joined to, its facts may change too."""
    return run_case(case, connector=unjoined(case, only))


def unjoined(case: ConformanceCase, only: str = "") -> Connector:
    """The connector without what it concludes from several lists together, of facts and of their reach.

    With `only`: of its inventories that one, and those that it is asked per record of.
    """
    bare = replace(case.connector, joins=None, review=None)
    wanted = {only, *ancestors(bare, only)} if only else {item.name for item in bare.inventories}
    return replace(bare, inventories=tuple(item for item in bare.inventories if item.name in wanted))


@cache
def asked(case: ConformanceCase, name: str) -> tuple[Request, ...]:
    """What is sent to read one inventory and those it asks per record of."""
    wanted = {name, *ancestors(case.connector, name)}
    seen: list[Request] = []

    def watch(request: Request) -> Reply:
        seen.append(request)
        return case.standin(request)

    alone = tuple(item for item in case.connector.inventories if item.name in wanted)
    run_case(case, watch, replace(case.connector, inventories=alone))
    return tuple(seen)


@cache
def own_requests(case: ConformanceCase, name: str) -> tuple[Key, ...]:
    """The requests that only this inventory needs, in the order in which they are sent."""
    others = [
        item.name
        for item in case.connector.inventories
        if item.name != name and name not in ancestors(case.connector, item.name)
    ]
    shared = {request_key(request) for other in others for request in asked(case, other)}
    return tuple(dict.fromkeys(key for key in map(request_key, asked(case, name)) if key not in shared))


def own_pages(case: ConformanceCase, name: str) -> tuple[Key, ...]:
    """Those of its own requests whose answers hold records: what a paginator only probes is none of them."""
    probed = _probed(case, name)
    return tuple(key for key in own_requests(case, name) if key not in probed)


@cache
def _probed(case: ConformanceCase, name: str) -> frozenset[Key]:
    """What an inventory's paginator sends as probes (and whatever signing in sends at that moment)."""
    item = next(item for item in case.connector.inventories if item.name == name)
    if item.pages is None or isinstance(item.ask, Per):
        return frozenset()
    probing, found = [False], set[Key]()

    def watched(first: Ask) -> Pages:
        steps = (item.pages or single)(first)
        request = next(steps)
        while True:
            probing[0] = isinstance(request, Probe)
            try:
                request = steps.send((yield request))
            except StopIteration as end:
                return str(end.value or "")

    def watch(request: Request) -> Reply:
        if probing[0]:
            found.add(request_key(request))
        return case.standin(request)

    run_case(case, watch, replace(case.connector, inventories=(replace(item, pages=watched),)))
    return frozenset(found)


def ancestors(connector: Connector, name: str) -> list[str]:
    by_name = {item.name: item for item in connector.inventories}
    found: list[str] = []
    ask = by_name[name].ask
    while isinstance(ask, Per):
        found.append(ask.parent)
        ask = by_name[ask.parent].ask
    return found


@cache
def records_of(case: ConformanceCase) -> Mapping[str, list[tuple[Record, Scope]]]:
    """Every record of a clean run, by inventory, as its mapping function received it."""
    seen: dict[str, list[tuple[Record, Scope]]] = {item.name: [] for item in case.connector.inventories}

    def watched(item: Inventory) -> Inventory:
        def facts(record: Record, scope: Scope) -> Iterator[Fact]:
            seen[item.name].append((copy.deepcopy(record), scope))
            return item.facts(record, scope)

        return replace(item, facts=facts)

    inventories = tuple(watched(item) for item in case.connector.inventories)
    run_case(case, connector=replace(case.connector, inventories=inventories))
    return seen


def holes(record: Any, path: str = "") -> Iterator[tuple[str, str, Any]]:
    """Copies of a record with one field gone or null: its path (without list positions), what was done, the
    copy.
    """
    if isinstance(record, Mapping):
        for name, value in record.items():
            here = f"{path}.{name}" if path else str(name)
            yield here, "without", {key: kept for key, kept in record.items() if key != name}
            yield here, "with null for", {**record, name: None}
            for below, done, changed in holes(value, here):
                yield below, done, {**record, name: changed}
    elif isinstance(record, list):
        for position, value in enumerate(record):
            for below, done, changed in holes(value, path):
                yield below, done, [*record[:position], changed, *record[position + 1 :]]


def facts_of(reading: SourceReading, inventory: str, case: ConformanceCase) -> list[Fact]:
    """One inventory's facts, without the System itself: the first inventory that answered brings that."""
    tenant = case.connector.tenant(resolve_settings(case.connector, case.settings))
    system = Scope(case.connector.product, tenant, SOURCE, "", case.taken_at).system
    return [
        fact
        for fact in reading.facts
        if fact.key != system and any(item.inventory == inventory for item in fact.evidence)
    ]


def coverage_by_name(reading: SourceReading) -> dict[str, Coverage]:
    return {item.inventory: item for item in reading.coverage}


@contextmanager
def logged() -> Iterator[list[str]]:
    """Everything that any logger says at any level, as lines."""
    lines: list[str] = []
    handler, level = _Keep(lines), logging.root.level
    logging.root.addHandler(handler)
    logging.root.setLevel(logging.DEBUG)
    try:
        yield lines
    finally:
        logging.root.removeHandler(handler)
        logging.root.setLevel(level)


class _Keep(logging.Handler):
    def __init__(self, lines: list[str]) -> None:
        super().__init__(logging.DEBUG)
        self._lines = lines

    def emit(self, record: logging.LogRecord) -> None:
        self._lines.append(self.format(record))


def is_date(text: str) -> bool:
    try:
        return bool(date.fromisoformat(text).isoformat())
    except ValueError:
        return False


def is_required(path: str, required: tuple[str, ...]) -> bool:
    """Whether a field, or one inside it, is needed."""
    return any(needed == path or needed.startswith(f"{path}.") for needed in required)


def skip(reason: str) -> NoReturn:
    """Leave the rest of a test out, visibly."""
    import pytest  # noqa: PLC0415 - nothing else of the SDK needs pytest

    pytest.skip(reason)
