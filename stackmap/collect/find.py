"""Which connectors are installed. Our own come in by the same door as anybody's: an entry point."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.metadata import EntryPoint, entry_points

from stackmap.errors import ConnectorError
from stackmap.sdk import Connector

__all__ = ["GROUP", "BrokenConnector", "FoundConnectors", "find_connectors"]

GROUP = "stackmap.connectors"


@dataclass(frozen=True, slots=True)
class BrokenConnector:
    """One that is installed and cannot be used; `reason` says why."""

    name: str
    distribution: str
    reason: str


@dataclass(frozen=True, slots=True)
class FoundConnectors:
    """Connectors by name, and those that could not be loaded, both sorted by name."""

    connectors: Mapping[str, Connector]
    broken: tuple[BrokenConnector, ...] = ()

    def get(self, name: str) -> Connector:
        """One of them. Raises ConnectorError saying what is wrong with it, or which there are."""
        if name in self.connectors:
            return self.connectors[name]
        for item in self.broken:
            if item.name == name:
                raise ConnectorError(f"the connector {name} of {item.distribution} cannot be used: {item.reason}")
        known = ", ".join(self.connectors) or "none"
        raise ConnectorError(f"there is no connector {name}; installed: {known}")


def find_connectors(points: Iterable[EntryPoint] | None = None) -> FoundConnectors:
    """All connectors that `points` (default: those of the installed distributions) name.

    Raises ConnectorError when two distributions bring one of the same name. What fails to load is reported.
    """
    by_name = defaultdict(list)
    for point in entry_points(group=GROUP) if points is None else points:
        by_name[point.name].append(point)
    connectors: dict[str, Connector] = {}
    broken: list[BrokenConnector] = []
    for name, named in sorted(by_name.items()):
        _check_single(name, named)
        loaded = _load(named[0])
        if isinstance(loaded, Connector):
            connectors[name] = loaded
        else:
            broken.append(loaded)
    return FoundConnectors(connectors, tuple(broken))


def _check_single(name: str, points: list[EntryPoint]) -> None:
    owners = sorted({_distribution(point) for point in points})
    values = {point.value for point in points}
    if len(owners) > 1 or len(values) > 1:
        raise ConnectorError(
            f"two connectors are called {name}: one of {' and one of '.join(owners)}; uninstall one of them"
        )


def _load(point: EntryPoint) -> Connector | BrokenConnector:
    try:
        loaded = point.load()
    except Exception as error:  # noqa: BLE001 - foreign code may fail in any way; the others still run
        return _broken(point, f"{point.value} cannot be imported: {type(error).__name__}: {error}")
    if not isinstance(loaded, Connector):
        return _broken(point, f"{point.value} is no Connector but a {type(loaded).__name__}")
    if loaded.name != point.name:
        return _broken(point, f"its entry point is called {point.name}, the connector itself {loaded.name}")
    return loaded


def _broken(point: EntryPoint, reason: str) -> BrokenConnector:
    return BrokenConnector(point.name, _distribution(point), reason)


def _distribution(point: EntryPoint) -> str:
    return point.dist.name if point.dist is not None else "an unknown distribution"
