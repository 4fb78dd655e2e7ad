"""What each login may read: the answer of `stackmap doctor`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from stackmap.model import Coverage, FixBy, Reach
from stackmap.render.coverage import coverage_dicts
from stackmap.render.departure import write_json
from stackmap.render.guards import plain
from stackmap.render.lines import wrapped

__all__ = ["doctor_json", "doctor_text"]

_DO = {
    FixBy.ADMIN: "ask an admin",
    FixBy.OPERATOR: "check stackmap.yaml",
    FixBy.VENDOR: "the vendor's end: try again later",
    FixBy.US: "a fault of stackmap or of the connector: report it",
    FixBy.NOBODY: "this edition has none: nothing to do",
}


def doctor_text(coverage: Sequence[Coverage]) -> str:
    """One line per list: yes, or why not and what to do."""
    lines: list[str] = []
    sources = dict.fromkeys(item.source for item in coverage)
    for source in sources:
        lines.extend([plain(source), *(line for item in coverage if item.source == source for line in _line(item)), ""])
    lines.append("Nothing was stored. Next: stackmap collect")
    return "\n".join(lines) + "\n"


def _line(item: Coverage) -> Iterator[str]:
    if item.state is Reach.COMPLETE:
        yield f"  {item.inventory:<22} yes       {item.records} records"
        if item.reason:
            yield from wrapped(_printable(item.reason), " " * 35, " " * 35)
        return
    told = all(need in item.reason for need in item.needs)
    needs = "" if told else f"; needs {', '.join(item.needs)}"
    do = f". {_DO[item.fix_by].capitalize()}" if item.fix_by else ""
    text = f"{item.inventory:<22} {item.state.value:<9} {item.reason}{needs}{do}"
    indent = " " * 35
    yield from wrapped(_printable(text), "  ", indent)


def _printable(text: str) -> str:
    """Without control characters, with its columns."""
    return "".join(char if char.isprintable() else " " for char in text)


def doctor_json(coverage: Sequence[Coverage]) -> str:
    """`stackmap.doctor/1`."""
    return write_json({"schema": "stackmap.doctor/1", "coverage": coverage_dicts(coverage)})
