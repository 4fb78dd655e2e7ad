"""Random stacks side by side in one workspace: every id gets a mark, so that none of them meets another."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

from stackmap.declared import read_facts

Line = dict[str, Any]

_NAMING = ("id", "from", "to", "system")
_END = re.compile(r"it (leads to|starts at) a \w+; allowed: ")
_TWICE = "an earlier line of this source and inventory says otherwise about the same fact"


def marked(stack: Iterable[Mapping[str, Any]], mark: str) -> list[Line]:
    """The same stack under ids of its own. Products stay, for slots are named after them; tenants differ."""
    return [_marked_line(line, mark) for line in stack]


def _marked_line(line: Mapping[str, Any], mark: str) -> Line:
    said = {key: marked_id(value, mark) if key in _NAMING else value for key, value in line.items()}
    if line["type"] == "source":
        said["name"] = f"{mark}-{line['name']}"
    if "moved_to" in line.get("properties", {}):
        said["properties"] = {**line["properties"], "moved_to": marked_id(line["properties"]["moved_to"], mark)}
    return said


def marked_id(node_id: str, mark: str) -> str:
    """`acme/prod/account/5` becomes `acme/MARK-prod/account/5`, a free id gets the mark in front."""
    product, slash, rest = node_id.partition("/")
    return f"{product}/{mark}-{rest}" if slash else f"{mark}-{node_id}"


def mark_of(node_id: str) -> str:
    """The mark of an id that `marked_id` made."""
    return node_id.partition("/")[2].partition("-")[0] if "/" in node_id else node_id.partition("-")[0]


def write_lines(path: Path, lines: Iterable[Mapping[str, Any]]) -> Path:
    """Lines as a fact file."""
    path.write_text("".join(f"{json.dumps(line)}\n" for line in lines), encoding="utf-8")
    return path


def takeable(stack: Sequence[Line]) -> list[Line]:
    """The stack without the few lines that a fact file may not hold, which the random ones now and then do.

    They are of two sorts: an edge between kinds that it cannot join, and a second word about one edge by one source.
    """
    text = "".join(f"{json.dumps(line)}\n" for line in stack).encode()
    bad = read_facts(BytesIO(text), name="random", skip_bad=True).bad_lines
    for line in bad:
        assert _END.search(line.reason) or _TWICE in line.reason, line
    left_out = {line.number for line in bad}
    return [line for number, line in enumerate(stack, start=1) if number not in left_out]
