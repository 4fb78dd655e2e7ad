"""What was read and what not: the opening of every output."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from stackmap.model import Coverage, FixBy, Reach
from stackmap.render.guards import plain
from stackmap.render.lines import wrapped
from stackmap.render.words import counted, since

__all__ = ["coverage_dicts", "coverage_lines", "moment", "not_read"]

_FRESH_DAYS = 7
"""Older than that, whoever reads an answer is told how old its source is."""

_ASK = {
    FixBy.ADMIN: "ask: admin",
    FixBy.OPERATOR: "check your settings, and the secrets that they name",
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


def coverage_lines(coverage: Sequence[Coverage], today: date | None = None) -> list[str]:
    """The opening of a text: what was read, and how much was not. Details follow at the end (`not_read`).

    `today` is the day on which ages are judged (default: that of the latest list); what is old by then is said to be.
    """
    read: dict[str, list[Coverage]] = {}
    for item in _sorted(coverage):
        read.setdefault(item.source, []).append(item)
    if not read:
        return ["Read: no list says how far it was read; what is not here may still exist."]
    latest = max((item.read_at.date() for item in coverage if item.read_at), default=None)
    parts = [_source(name, items, latest, today or latest) for name, items in read.items()]
    return wrapped(f"Read: {'; '.join(parts)}.")


def _source(name: str, items: Sequence[Coverage], latest: date | None, today: date | None) -> str:
    whole = sum(item.state is Reach.COMPLETE for item in items)
    times = [item.read_at for item in items if item.read_at]
    when = f" on {since(max(times).date(), latest)}{_age(max(times).date(), today)}" if times else ""
    if whole == len(items):
        return f"{plain(name)} all {counted(whole, 'list')}{when}" if whole > 1 else f"{plain(name)} 1 list{when}"
    if all(item.state is Reach.PARTIAL for item in items):
        return f"{plain(name)} {counted(len(items), 'list')} in part{when}"
    return f"{plain(name)} {whole} of {counted(len(items), 'list')}{when}"


def _age(when: date, today: date | None) -> str:
    days = (today - when).days if today else 0
    return f" ({days} days old)" if days > _FRESH_DAYS else ""


def not_read(coverage: Sequence[Coverage]) -> list[str]:
    """What was not wholly read, or had to do without something: why, and who can change it.

    Lists that fared alike share an entry. Those that an edition does not offer come last, by name only: nobody can
    change that, and `stackmap doctor` says why.
    """
    latest = max((item.read_at.date() for item in coverage if item.read_at), default=None)
    told = [item for item in _sorted(coverage) if item.reason]
    not_offered = [item for item in told if _is_not_offered(item)]
    alike: dict[tuple[str, str], list[Coverage]] = {}
    for item in told:
        if item not in not_offered:
            alike.setdefault((item.source, _fared(item, latest)), []).append(item)
    lines = [
        line
        for (source, fared), items in alike.items()
        for line in wrapped(plain(f"{source} {_lists(items, coverage)}: {fared}"), "  ")
    ]
    return [*lines, *_not_offered(not_offered)]


def _lists(items: Sequence[Coverage], coverage: Sequence[Coverage]) -> str:
    every = sum(item.source == items[0].source for item in coverage)
    if len(items) > 1 and len(items) == every:
        return f"(all {every} lists)"
    return ", ".join(item.inventory for item in items)


def _fared(item: Coverage, latest: date | None) -> str:
    if item.state is Reach.COMPLETE:
        return item.reason
    told = all(need in item.reason for need in item.needs)
    needs = f"; needs {', '.join(item.needs)}" if item.fix_by is FixBy.ADMIN and not told else ""
    ask = f" ({_ASK[item.fix_by]})" if item.fix_by else ""
    earlier = item.read_at is not None and item.state is not Reach.PARTIAL
    last = f"; last read on {since(item.read_at.date(), latest)}" if earlier and item.read_at else ""
    return f"{item.state.value}, {item.reason}{needs}{last}{ask}"


def _is_not_offered(item: Coverage) -> bool:
    """Never was, that is: what could be read before and is gone is news."""
    return item.state is Reach.ABSENT and item.fix_by is FixBy.NOBODY and item.read_at is None


def _not_offered(items: Sequence[Coverage]) -> list[str]:
    names: dict[str, list[str]] = {}
    for item in items:
        names.setdefault(item.source, []).append(item.inventory)
    told = "; ".join(f"{source} {', '.join(lists)}" for source, lists in names.items())
    words = "not offered by these editions, which no setting changes (why: stackmap doctor)"
    return wrapped(plain(f"{words}: {told}"), "  ") if told else []


def _sorted(coverage: Sequence[Coverage]) -> list[Coverage]:
    return sorted(coverage, key=lambda item: (item.source, item.system, item.inventory))
