"""What was read and what not: the opening of every output."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

from stackmap.model import Coverage, FixBy, Reach
from stackmap.render.guards import plain
from stackmap.render.lines import wrapped
from stackmap.render.words import counted, since

__all__ = ["coverage_dicts", "coverage_lines", "moment", "not_read"]

_ASK = {
    FixBy.ADMIN: "ask: admin",
    FixBy.OPERATOR: "check: your settings and files",
    FixBy.VENDOR: "at the vendor's end",
    FixBy.US: "a fault of stackmap or the connector",
    FixBy.NOBODY: "no setting changes that",
}


def moment(when: datetime | None) -> str | None:
    """A time as machine-readable outputs write it."""
    return when.isoformat().replace("+00:00", "Z") if when else None


def coverage_dicts(coverage: Sequence[Coverage]) -> list[dict[str, Any]]:
    """Coverage as every JSON output carries it."""
    return [
        {
            "source": item.source,
            "system": item.system,
            "inventory": item.inventory,
            "state": item.state.value,
            "fix_by": item.fix_by.value if item.fix_by else None,
            "reason": item.reason or None,
            "needs": list(item.needs),
            "records": item.records,
            "read_at": moment(item.read_at),
        }
        for item in _sorted(coverage)
    ]


def coverage_lines(coverage: Sequence[Coverage]) -> list[str]:
    """The opening of a text: what was read, and how much was not. Details follow at the end (`not_read`)."""
    read: dict[str, list[Coverage]] = {}
    for item in _sorted(coverage):
        read.setdefault(item.source, []).append(item)
    if not read:
        return ["Read: no list says how far it was read; what is not here may still exist."]
    latest = max((item.read_at.date() for item in coverage if item.read_at), default=None)
    parts = [_source(name, items, latest) for name, items in read.items()]
    return wrapped(f"Read: {'; '.join(parts)}.")


def _source(name: str, items: Sequence[Coverage], latest: date | None) -> str:
    whole = sum(item.state is Reach.COMPLETE for item in items)
    times = [item.read_at for item in items if item.read_at]
    when = f" on {since(max(times).date(), latest)}" if times else ""
    if whole == len(items):
        return f"{plain(name)} all {counted(whole, 'list')}{when}" if whole > 1 else f"{plain(name)} 1 list{when}"
    return f"{plain(name)} {whole} of {counted(len(items), 'list')}{when}"


def not_read(coverage: Sequence[Coverage]) -> list[str]:
    """One entry for each list that was not wholly read, or had to do without something: what, and who can change it."""
    latest = max((item.read_at.date() for item in coverage if item.read_at), default=None)
    return [line for item in _sorted(coverage) if item.reason for line in _missing(item, latest)]


def _missing(item: Coverage, latest: date | None) -> Iterator[str]:
    if item.state is Reach.COMPLETE:
        yield from wrapped(plain(f"{item.source} {item.inventory}: {item.reason}"), "  ")
        return
    told = all(need in item.reason for need in item.needs)
    needs = f"; needs {', '.join(item.needs)}" if item.fix_by is FixBy.ADMIN and not told else ""
    ask = f" ({_ASK[item.fix_by]})" if item.fix_by else ""
    earlier = item.read_at is not None and item.state is not Reach.PARTIAL
    last = f"; last read on {since(item.read_at.date(), latest)}" if earlier and item.read_at else ""
    text = f"{item.source} {item.inventory}: {item.state.value}, {item.reason}{needs}{last}{ask}"
    yield from wrapped(plain(text), "  ")


def _sorted(coverage: Sequence[Coverage]) -> list[Coverage]:
    return sorted(coverage, key=lambda item: (item.source, item.system, item.inventory))
