"""What is to change in a YAML file, and what its data are afterwards: the measure of every edit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any, TypeAlias

__all__ = ["Change", "Drop", "Extend", "Path", "Put", "Value", "added", "applied", "lone", "position", "value_at"]

Path: TypeAlias = tuple[str, ...]
"""Keys from the top of the file down to an entry."""

Value: TypeAlias = "str | Sequence[Value] | Mapping[str, Value]"


@dataclass(frozen=True, slots=True)
class Put:
    """Set an entry. What leads to it is made where it is missing."""

    path: Path
    value: Value


@dataclass(frozen=True, slots=True)
class Extend:
    """Add to an entry that holds one value or a list of them. What it holds already is not added again."""

    path: Path
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Drop:
    """Take away an entry, or one value of its list. What holds nothing afterwards goes too."""

    path: Path
    value: Value | None = None


Change: TypeAlias = Put | Extend | Drop


def applied(data: Mapping[str, Any], changes: Iterable[Change]) -> dict[str, Any]:
    """The data with the changes made. What a `Drop` does not find is no change."""
    now: dict[str, Any] = deepcopy(dict(data))
    for change in changes:
        match change:
            case Put(path, value):
                _above(now, path)[path[-1]] = _plain(value)
            case Extend(path):
                _extend(now, change)
            case Drop(path, value):
                _drop(now, path, value)
    return now


def _plain(value: Value) -> Any:
    if isinstance(value, str):
        return value
    if isinstance(value, Mapping):
        return {key: _plain(below) for key, below in value.items()}
    return [_plain(item) for item in value]


def _above(data: dict[str, Any], path: Path) -> dict[str, Any]:
    for part in path[:-1]:
        if data.get(part) is None:
            data[part] = {}
        data = data[part]
    return data


def lone(value: object) -> bool:
    """Whether a list of this single value may stand as the value alone."""
    return isinstance(value, str)


def added(data: Mapping[str, Any], change: Extend) -> list[Any]:
    """The values of an `Extend` that are not there yet, each once."""
    held = _held(value_at(data, change.path))
    new: list[Any] = []
    for value in map(_plain, change.values):
        if value not in held and value not in new:
            new.append(value)
    return new


def _held(old: object) -> list[Any]:
    return old if isinstance(old, list) else [] if old is None else [old]


def _extend(data: dict[str, Any], change: Extend) -> None:
    new = added(data, change)
    old = value_at(data, change.path)
    if new:
        alone = old is None and len(new) == 1 and lone(new[0])
        _above(data, change.path)[change.path[-1]] = new[0] if alone else [*_held(old), *new]


def value_at(data: Mapping[str, Any], path: Path) -> Any:
    """What stands at a path; None for nothing."""
    found: Any = data
    for part in path:
        found = found.get(part) if isinstance(found, Mapping) else None
    return found


def position(data: Mapping[str, Any], change: Drop) -> tuple[str | int, ...] | None:
    """The path of what a `Drop` takes away once nothing empty may stay; None where there is nothing to take."""
    path: tuple[str | int, ...] = change.path
    found = value_at(data, change.path)
    if change.value is not None:
        wanted = _plain(change.value)
        if isinstance(found, list) and wanted in found:
            path = (*path, found.index(wanted))
        elif found != wanted:
            return None
    elif change.path[-1] not in (value_at(data, change.path[:-1]) or {}):
        return None
    while len(path) > 1 and len(_container(data, path)) == 1:
        path = path[:-1]
    return path


def _container(data: Mapping[str, Any], path: tuple[str | int, ...]) -> Any:
    found: Any = data
    for part in path[:-1]:
        found = found[part]
    return found


def _drop(data: dict[str, Any], path: Path, value: Value | None) -> None:
    if found := position(data, Drop(path, value)):
        del _container(data, found)[found[-1]]
