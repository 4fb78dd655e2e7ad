"""The body of an answer: unpacked within bounds while it comes, then read as JSON."""

from __future__ import annotations

import json
import threading
import zlib
from collections.abc import Iterable, Iterator
from typing import Any

from stackmap.sdk import troubles
from stackmap.sdk.asks import ReadError
from stackmap.sdk.pace import Limits

__all__ = ["PACKING", "parsed", "received"]

PACKING = "gzip"
"""The one content encoding that is asked for."""

_GZIP = zlib.MAX_WBITS | 16
_STEP = 256 * 1024


def received(
    chunks: Iterable[bytes], packing: str, path: str, limits: Limits, halt: threading.Event
) -> bytearray | bytes:
    """All of a body, unpacked as its Content-Encoding (`packing`) says.

    Raises ReadError where it is too large, packed or unpacked, comes too slowly, or cannot be unpacked. It is never
    unpacked further than its bound, so a small answer cannot fill the memory.
    """
    until = limits.clock() + limits.answer_seconds
    body, size = bytearray(), 0

    def watched() -> Iterator[bytes]:
        nonlocal size
        for chunk in chunks:
            if halt.is_set():
                raise ReadError(troubles.stopped())
            if limits.clock() > until:
                raise ReadError(troubles.too_slow(limits.answer_seconds))
            size += len(chunk)
            yield chunk

    for piece in _unpacked(watched(), packing, path):
        body += piece
        if max(size, len(body)) > limits.answer_bytes:
            raise ReadError(troubles.too_large(path, limits.answer_bytes))
    return body


def _unpacked(chunks: Iterable[bytes], packing: str, path: str) -> Iterable[bytes]:
    layers = [word for part in packing.split(",") if (word := part.strip().lower()) not in {"", "identity"}]
    if not layers:
        return chunks
    if layers not in (["gzip"], ["x-gzip"]):
        raise ReadError(troubles.packed(path, PACKING))
    return _gunzipped(chunks, path)


def _gunzipped(chunks: Iterable[bytes], path: str) -> Iterator[bytes]:
    tool, began = zlib.decompressobj(wbits=_GZIP), False
    try:
        for chunk in chunks:
            left = chunk
            while left and not tool.eof:
                began = True
                yield tool.decompress(left, _STEP)
                left = tool.unconsumed_tail
            if tool.unused_data or left:
                raise zlib.error("something follows the end")
        yield tool.flush()
    except zlib.error:
        raise ReadError(troubles.not_json(path, "cannot be unpacked")) from None
    if began and not tool.eof:
        raise ReadError(troubles.not_json(path, "cannot be unpacked"))


def parsed(status: int, body: bytearray | bytes, path: str) -> Any:
    """The JSON of a body, None where there is none. An error's body need not be JSON: its status speaks for itself."""
    if not body or body.isspace():
        return None
    try:
        return json.loads(body, parse_constant=_refuse)
    except (ValueError, RecursionError):
        if status >= 400:
            return None
        raise ReadError(troubles.not_json(path)) from None


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is no JSON")  # RFC 8259, section 6; Python's reader would take NaN for a number
