"""Where everything of a YAML text stands, down to the character: what an edit needs and parsed data have lost."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from ruamel.yaml import YAML
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

__all__ = ["Entry", "Shape", "Spot", "line_end", "line_start", "spots"]

_COLON = re.compile(r"[ \t]*:")
_BLOCK_SCALAR = frozenset({"|", ">"})


@dataclass(frozen=True, slots=True)
class Shape:
    """How a value is written: a `mapping`, a list or a scalar, in brackets (`flow`) or not."""

    mapping: bool = False
    listed: bool = False
    flow: bool = False


@dataclass(frozen=True, slots=True)
class Spot:
    """One value of the text: its first character, the one behind its last, its column, and the entries within.

    An empty value stands behind the colon of its key, and is `empty`.
    """

    start: int
    end: int
    column: int
    shape: Shape = Shape()
    entries: Mapping[str | int, Entry] = field(default_factory=dict)

    @property
    def empty(self) -> bool:
        """Whether nothing is written there."""
        return self.start == self.end


@dataclass(frozen=True, slots=True)
class Entry:
    """A value with where its entry begins: at the key, or at the item of a list."""

    start: int
    column: int
    spot: Spot


def spots(text: str) -> Spot | None:
    """The places of a text that is good YAML; None where it holds no data."""
    root = YAML(typ="safe", pure=True).compose(text)
    return None if root is None else _spot(text, root, 0)


def line_start(text: str, index: int) -> int:
    """Where the line of an index starts."""
    return max(text.rfind("\n", 0, index), text.rfind("\r", 0, index)) + 1


def line_end(text: str, index: int) -> int:
    """Where the line after that of an index starts: the end of the text where there is none."""
    ends = [at for at in (text.find("\n", index), text.find("\r", index)) if at >= 0]
    if not ends:
        return len(text)
    return min(ends) + (2 if text.startswith("\r\n", min(ends)) else 1)


def _spot(text: str, node: Node, behind: int) -> Spot:
    """The place of a node. `behind`: where an empty value stands, which the reader places elsewhere."""
    start, end, column = node.start_mark.index, node.end_mark.index, node.start_mark.column
    if isinstance(node, MappingNode):
        return _mapping(text, node)
    if isinstance(node, SequenceNode):
        return _list(text, node)
    if isinstance(node, ScalarNode) and node.style in _BLOCK_SCALAR:
        return Spot(start, _trimmed(text, start, end), column)
    return Spot(behind, behind, column) if start == end else Spot(start, end, column)


def _mapping(text: str, node: MappingNode) -> Spot:
    entries: dict[str | int, Entry] = {}
    for key, value in node.value:
        colon = _COLON.match(text, key.end_mark.index)
        below = _spot(text, value, colon.end() if colon else key.end_mark.index)
        entries[str(key.value)] = Entry(key.start_mark.index, key.start_mark.column, below)
    return _collection(node, entries, Shape(mapping=True, flow=bool(node.flow_style)))


def _list(text: str, node: SequenceNode) -> Spot:
    column = node.start_mark.column
    entries: dict[str | int, Entry] = {}
    for index, item in enumerate(node.value):
        spot = _spot(text, item, item.start_mark.index)
        start = spot.start if node.flow_style else text.rfind("-", 0, spot.start)
        entries[index] = Entry(start, column, spot)
    return _collection(node, entries, Shape(listed=True, flow=bool(node.flow_style)))


def _collection(node: Node, entries: Mapping[str | int, Entry], shape: Shape) -> Spot:
    start, column = node.start_mark.index, node.start_mark.column
    if shape.flow or not entries:
        return Spot(start, node.end_mark.index, column, shape, entries)
    last = list(entries.values())[-1].spot
    return Spot(start, max(last.end, last.start), min(entry.column for entry in entries.values()), shape, entries)


def _trimmed(text: str, start: int, end: int) -> int:
    """The end of a block text without the blank lines and the comments below it."""
    first = line_end(text, start)
    indent = _indent(text, first)
    kept = at = first
    while at < end:
        after = line_end(text, at)
        if text[at:after].strip():
            if _indent(text, at) < indent:
                break
            kept = after
        at = after
    return len(text[:kept].rstrip("\r\n"))


def _indent(text: str, at: int) -> int:
    line = text[at : line_end(text, at)]
    return len(line) - len(line.lstrip(" "))
