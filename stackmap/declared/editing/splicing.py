"""One change in a text: only its lines are touched, everything else stays as it was written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from stackmap.declared.editing.changes import Change, Drop, Extend, Path, Put, Value, added, lone, position
from stackmap.declared.editing.places import Entry, Spot, line_end, spots
from stackmap.declared.editing.scalars import block_lines, flow, scalar
from stackmap.declared.editing.sections import section_places
from stackmap.declared.editing.writing import (
    into_brackets,
    into_lines,
    replaced,
    with_lines,
    without,
    wrapped_in_brackets,
)

__all__ = ["candidates"]

_STEP = 2


def candidates(text: str, data: Mapping[str, Any], change: Change) -> Iterator[str]:
    """Texts in which the change is made, the tidiest first. Whether one says what it should is for the caller to see.

    `data` is what the text says now.
    """
    root = spots(text)
    match change:
        case Put(path, value):
            yield from _put(text, root, path, value)
        case Extend(path):
            values = added(data, change)
            yield from _extended(text, root, path, values) if values else (text,)
        case Drop():
            found = position(data, change)
            yield text if found is None else without(text, *_entry(root, found))


def _put(text: str, root: Spot | None, path: Path, value: Value) -> Iterator[str]:
    spot, rest = _reached(root, path)
    if spot is None or (spot is root and not spot.shape.flow):
        yield from _new_section(text, root, path, value)
    elif not rest:
        if isinstance(value, str) and not (spot.shape.mapping or spot.shape.listed):
            yield replaced(text, spot, scalar(value))
    elif spot.shape.mapping:
        yield _added_entry(text, root, spot, rest, value)
    elif not spot.shape.listed:
        yield _below(text, root, path[: len(path) - len(rest)], {rest[0]: _nested(rest[1:], value)})


def _reached(root: Spot | None, path: Path) -> tuple[Spot | None, Path]:
    """The deepest place on the way, and what is left of it."""
    spot, rest = root, path
    while spot is not None and rest and rest[0] in spot.entries:
        spot, rest = spot.entries[rest[0]].spot, rest[1:]
    return spot, rest


def _nested(path: Path, value: Value) -> Value:
    for part in reversed(path):
        value = {part: value}
    return value


def _new_section(text: str, root: Spot | None, path: Path, value: Value) -> Iterator[str]:
    lines = block_lines(path[0], _nested(path[1:], value), root.column if root else 0, _step(root))
    for place in section_places(text, root, path[0]):
        yield with_lines(text, place.at, [*[""] * place.blank_above, *lines, *[""] * place.blank_below])


def _added_entry(text: str, root: Spot | None, spot: Spot, rest: Path, value: Value) -> str:
    key, below = rest[0], _nested(rest[1:], value)
    if spot.shape.flow:
        return into_brackets(text, spot, f"{scalar(key)}: {flow(below)}")
    return into_lines(text, spot, block_lines(key, below, spot.column, _step(root)))


def _below(text: str, root: Spot | None, path: Path, value: Mapping[str, Value]) -> str:
    """Entries below a key that has nothing yet."""
    _, entry = _entry(root, path)
    step = _step(root)
    lines = [line for key, item in value.items() for line in block_lines(key, item, entry.column + step, step)]
    return _under(text, entry, lines)


def _under(text: str, entry: Entry, lines: Sequence[str]) -> str:
    bare = text[: entry.spot.start] + text[entry.spot.end :]
    return with_lines(bare, line_end(bare, entry.spot.start), lines)


def _entry(root: Spot | None, path: Sequence[str | int]) -> tuple[Spot, Entry]:
    """The entry of a path that is there, and the place it stands in."""
    assert root is not None  # a path that was reached begins somewhere
    above = root
    for part in path[:-1]:
        above = above.entries[part].spot
    return above, above.entries[path[-1]]


def _step(root: Spot | None) -> int:
    """By how much the file indents what lies below a key."""
    for entry in root.entries.values() if root else ():
        if entry.spot.shape.mapping and not entry.spot.shape.flow and entry.spot.column > entry.column:
            return entry.spot.column - entry.column
    return _STEP


def _extended(text: str, root: Spot | None, path: Path, values: Sequence[Value]) -> Iterator[str]:
    spot, rest = _reached(root, path)
    single = len(values) == 1 and lone(values[0])
    if spot is None or rest:
        yield from _put(text, root, path, values[0] if single else values)
    elif spot.shape.listed and spot.shape.flow:
        yield into_brackets(text, spot, ", ".join(map(flow, values)))
    elif spot.shape.listed:
        yield into_lines(text, spot, [" " * spot.column + f"- {flow(value)}" for value in values])
    elif not spot.shape.mapping:
        yield from _from_scalar(text, root, path, values)


def _from_scalar(text: str, root: Spot | None, path: Path, values: Sequence[Value]) -> Iterator[str]:
    """A list where one value stood, or none: `null` counts as none, a text as one. The data tell which was right."""
    _, entry = _entry(root, path)
    if not entry.spot.empty:
        yield wrapped_in_brackets(text, entry.spot, ", ".join(map(flow, values)))
    if all(map(lone, values)):
        yield replaced(text, entry.spot, flow(values[0]) if len(values) == 1 else flow(values))
    else:
        indent = " " * (entry.column + _step(root))
        yield _under(text, entry, [f"{indent}- {flow(value)}" for value in values])
