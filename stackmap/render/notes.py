"""Your notes that met nothing, as the end of an answer tells them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from stackmap.render.guards import plain
from stackmap.render.lines import wrapped

__all__ = ["UNMET", "unmet", "unmet_near"]

UNMET = "Your notes that met nothing"
"""The heading where an answer has sections."""

_LINES = 12


def unmet(told: Sequence[str]) -> Iterator[str]:
    """Lines for the end of an answer: the first dozen; none where there is nothing to tell."""
    if told:
        yield f"{len(told)} of your notes met nothing that was read:"
        yield from (f"  {plain(one)}" for one in told[:_LINES])
    if len(told) > _LINES:
        yield f"  and {len(told) - _LINES} more: stackmap check --all"


def unmet_near(count: int) -> str:
    """The end of an answer about leavers: how many notes that met nothing may be about them; "" for none."""
    if not count:
        return ""
    told = f"{count} of your notes met nothing that was read, and may be about who leaves here. To see"
    return "\n" + "\n".join(wrapped(f"{told} {'it' if count == 1 else 'them'}: stackmap check", hanging="")) + "\n"
