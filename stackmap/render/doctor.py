"""What each login may read: the answer of `stackmap doctor`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from stackmap.model import Coverage, FixBy, Reach
from stackmap.render.coverage import coverage_dicts
from stackmap.render.departure import write_json
from stackmap.render.guards import plain
from stackmap.render.lines import wrapped

__all__ = ["doctor_json", "doctor_text"]

_DO = {
    FixBy.ADMIN: "ask an admin",
    FixBy.OPERATOR: "check stackmap.yaml, and the secret that it names",
    FixBy.VENDOR: "the vendor's end: try again later",
    FixBy.US: "a fault of stackmap or of the connector: report it",
    FixBy.NOBODY: "no setting changes that",
}


_READABLE = {Reach.COMPLETE, Reach.PARTIAL}
_INDENT = " " * 35


def doctor_text(coverage: Sequence[Coverage]) -> str:
    """One line per list: yes, or why not and what to do; one for all where a whole source fared alike."""
    lines: list[str] = []
    shut: list[str] = []
    for source in dict.fromkeys(item.source for item in coverage):
        items = [item for item in coverage if item.source == source]
        if not any(item.state in _READABLE for item in items):
            shut.append(source)
        lines.extend([plain(source), *_lines(items), ""])
    mend = f"mend {', '.join(map(plain, shut))}, then stackmap doctor again" if shut else "stackmap collect"
    return "\n".join([*lines, f"Nothing was stored. Next: {mend}"]) + "\n"


def _lines(items: Sequence[Coverage]) -> Iterator[str]:
    fared = {(item.state, item.reason, item.fix_by) for item in items}
    if len(items) > 1 and len(fared) == 1 and items[0].state is not Reach.COMPLETE:
        yield from _line(replace(items[0], inventory=f"(all {len(items)} lists)", needs=()))
        return
    for item in items:
        yield from _line(item)


def _line(item: Coverage) -> Iterator[str]:
    if item.state is Reach.COMPLETE:
        yield f"  {item.inventory:<22} yes       {item.records} seen"
        if item.reason:
            yield from wrapped(_printable(item.reason), _INDENT, _INDENT)
        return
    told = all(need in item.reason for need in item.needs)
    needs = "" if told or item.fix_by is not FixBy.ADMIN else f"; needs {', '.join(item.needs)}"
    do = f". {_DO[item.fix_by].capitalize()}" if item.fix_by else ""
    text = f"{item.inventory:<22} {item.state.value:<9} {item.reason}{needs}{do}"
    yield from wrapped(_printable(text), "  ", _INDENT)


def _printable(text: str) -> str:
    """Without control characters, with its columns."""
    return "".join(char if char.isprintable() else " " for char in text)


def doctor_json(coverage: Sequence[Coverage]) -> str:
    """`stackmap.doctor/1`."""
    return write_json({"schema": "stackmap.doctor/1", "coverage": coverage_dicts(coverage)})
