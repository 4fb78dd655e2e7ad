"""What is said of a source of whose file lines were left out: nothing of it proves absence any more."""

from __future__ import annotations

from dataclasses import replace

from stackmap.model import LEFT_OUT, Coverage, EdgeKind, FixBy, NodeKind, Reach, SourceReading

__all__ = ["without_lines"]

_EVERYTHING: frozenset[NodeKind | EdgeKind] = frozenset((*NodeKind, *EdgeKind))


def without_lines(reading: SourceReading, count: int, file: str) -> SourceReading:
    """The reading, saying that `count` lines of `file` are missing from it.

    A line that could not be understood may have held anything, so every complete inventory becomes partial, and one of
    its own (`LEFT_OUT`) stands for the lines where the source has no other.
    """
    lines = f"{count} line{'s' if count > 1 else ''}"
    reason = f"{lines} of {file} could not be understood and {'were' if count > 1 else 'was'} left out"
    kept = tuple(_partial(item, reason) for item in reading.coverage if item.inventory != LEFT_OUT)
    systems = {item.system for item in kept}
    left_out = Coverage(
        reading.source,
        systems.pop() if len(systems) == 1 else "",
        LEFT_OUT,
        Reach.PARTIAL,
        _EVERYTHING,
        fix_by=FixBy.OPERATOR,
        reason=_with_earlier(reading, reason),
        read_at=reading.taken_at,
        vendor_code=LEFT_OUT,
    )
    return replace(reading, coverage=(*kept, left_out))


def _partial(item: Coverage, reason: str) -> Coverage:
    if item.state is not Reach.COMPLETE:
        return item
    return replace(item, state=Reach.PARTIAL, fix_by=FixBy.OPERATOR, reason=reason, vendor_code=LEFT_OUT)


def _with_earlier(reading: SourceReading, reason: str) -> str:
    """The reason, after what the file itself says of lines that were left out before it was written."""
    earlier = [item.reason for item in reading.coverage if item.inventory == LEFT_OUT]
    return "; ".join(dict.fromkeys((*earlier, reason)))
