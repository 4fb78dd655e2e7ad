"""The lines of a fact file: from bytes to one JSON object each."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

__all__ = ["ForeignLineError", "lines_of", "parse_line"]

_MAX_LINE = 10_000_000
_MAX_DEPTH = 50


class ForeignLineError(ValueError):
    """A line that is no JSON object at all: it may belong to another sort of file."""


def lines_of(stream: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """Lines with their numbers; of one that is too long, only as much as shows that it is."""
    number = 0
    while line := stream.readline(_MAX_LINE + 1):
        number += 1
        yield number, line
        while len(line) > _MAX_LINE and not line.endswith(b"\n"):
            line = stream.readline(_MAX_LINE + 1)


def parse_line(number: int, line: bytes) -> Mapping[str, Any]:
    """The object that a line holds. Raises ValueError saying why not: ForeignLineError where it is none at all."""
    if len(line) > _MAX_LINE:
        raise ValueError(f"longer than {_MAX_LINE // 1_000_000} MB")
    if number == 1 and line.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        raise ValueError("starts with a byte order mark; save the file as UTF-8 without one")
    if b"\x00" in line:
        raise ForeignLineError("holds a NUL byte; the file is damaged or no text")
    try:
        text = line.decode()
    except UnicodeDecodeError:
        raise ForeignLineError("not UTF-8") from None
    try:
        values = _DECODER.decode(text)
    except json.JSONDecodeError as error:
        raise ForeignLineError(f"no JSON: {error.msg} at column {error.colno}") from None
    if not isinstance(values, dict):
        raise ForeignLineError("a line must be one JSON object")
    if line.count(b"[") + line.count(b"{") > _MAX_DEPTH:
        _refuse_deep_nesting(values)
    if b"\\ud" in line or b"\\uD" in line:
        _refuse_lone_surrogates(values)
    return values


def _refuse_deep_nesting(values: Mapping[str, Any]) -> None:
    """What is nested deeper than anybody reads could not be written again."""
    level: list[Any] = [values]
    for _ in range(_MAX_DEPTH):
        level = [inner for item in level for inner in (item.values() if isinstance(item, dict) else item)]
        level = [item for item in level if isinstance(item, (dict, list))]
        if not level:
            return
    raise ValueError(f"nested more than {_MAX_DEPTH} levels deep")


def _no_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"the key {twice!r} stands twice")
    return found


def _no_constant(word: str) -> Any:
    raise ValueError(f"{word} is no JSON")


def _refuse_lone_surrogates(values: Mapping[str, Any]) -> None:
    try:
        json.dumps(values, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise ValueError("holds half of a surrogate pair (\\ud8.. without its partner)") from None


def _finite(word: str) -> float:
    number = float(word)
    if not math.isfinite(number):
        raise ValueError(f"{word[:20]} is too large for a number")
    return number


_DECODER = json.JSONDecoder(object_pairs_hook=_no_duplicates, parse_constant=_no_constant, parse_float=_finite)
