"""What was read and what not: the opening of every output."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from stackmap.model import LEFT_OUT, Coverage, Evidence, FixBy, Reach
from stackmap.render.guards import plain
from stackmap.render.lines import wrapped
from stackmap.render.words import counted, since

__all__ = [
    "IN_PART",
    "NOT_READ",
    "coverage_dicts",
    "coverage_lines",
    "from_file",
    "gaps",
    "how_far",
    "list_name",
    "moment",
    "not_read",
    "not_whole",
    "read_in_part",
]

NOT_READ = "Not read"
IN_PART = "Read in part"
"""The two headings of what is missing: nothing of a list was read, or not all of it."""

_FRESH_DAYS = 7
"""Older than that, whoever reads an answer is told how old its source is."""

_READ = frozenset({Reach.COMPLETE, Reach.PARTIAL})

_ASK = {
    FixBy.ADMIN: "ask: admin",
    FixBy.OPERATOR: "check your settings, and the secrets that they name",
    FixBy.VENDOR: "at the vendor's end",
    FixBy.US: "a fault of stackmap or the connector",
    FixBy.NOBODY: "no setting changes that",
}

_MEND = "mend the file there, and import it again"
"""What helps where lines of a file were left out: no setting does."""


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
    """The opening of a text: what was read, and how much was not. Details follow at the end (`gaps`).

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
    times = [item.read_at for item in items if item.read_at]
    when = f" on {since(max(times).date(), latest)}{_age(max(times).date(), today)}" if times else ""
    return f"{plain(name)} {how_far(items)}{when}"


def how_far(items: Sequence[Coverage]) -> str:
    """How many of a source's lists were wholly read."""
    lists, whole = counted(len(items), "list"), len(items) - len(not_whole(items))
    if whole == len(items):
        return f"all {lists}" if whole > 1 else lists
    return f"{lists} in part" if all(map(read_in_part, items)) else f"{whole} of {lists}"


def _age(when: date, today: date | None) -> str:
    days = (today - when).days if today else 0
    return f" ({days} days old)" if days > _FRESH_DAYS else ""


def gaps(coverage: Sequence[Coverage]) -> list[str]:
    """The end of a text: what was not read at all, then what was read in part, each below an empty line and a heading.

    Lists that fared alike share an entry, and so do files of several sources that lack something for the same reason.
    Of what was not read, lists that an edition does not offer come last, by name only: nobody can change that, and
    `stackmap doctor` says why.
    """
    told = [item for item in _sorted(coverage) if item.reason]
    not_offered = [item for item in told if _is_not_offered(item)]
    in_part = [item for item in told if read_in_part(item)]
    unread = [item for item in told if not_read(item) and item not in not_offered]
    sections = {
        NOT_READ: [*_entries(unread, coverage), *_not_offered(not_offered)],
        IN_PART: _entries(in_part, coverage),
    }
    return [line for heading, lines in sections.items() if lines for line in ("", f"{heading}:", *lines)]


def not_whole(coverage: Sequence[Coverage]) -> list[Coverage]:
    """The lists that were not wholly read: what every answer counts, names and leaves out where it says "whole"."""
    return [item for item in coverage if not_read(item) or read_in_part(item)]


def not_read(item: Coverage) -> bool:
    """Whether nothing of a list was read, or nothing any more."""
    return item.state not in _READ


def read_in_part(item: Coverage) -> bool:
    """Whether a list was read and something of it is missing: records, or a column that all of them lack."""
    return item.state in _READ and bool(item.reason)


def _entries(items: Sequence[Coverage], coverage: Sequence[Coverage]) -> list[str]:
    latest = max((item.read_at.date() for item in coverage if item.read_at), default=None)
    alike: dict[tuple[str, str], list[Coverage]] = {}
    for item in items:
        alike.setdefault(("" if from_file(item) else item.source, _fared(item, latest)), []).append(item)
    return [
        line
        for (source, fared), found in alike.items()
        for line in wrapped(plain(f"{_lists(found, coverage) if source else _files(found, latest)}: {fared}"), "  ")
    ]


def from_file(item: Coverage) -> bool:
    """Whether a list was read in part with nobody to ask for the rest: so fares what was handed over as a file."""
    return item.state is Reach.PARTIAL and item.fix_by is None


def _files(items: Sequence[Coverage], latest: date | None) -> str:
    return ", ".join(
        f"{list_name(item)} ({since(item.read_at.date(), latest)})" if item.read_at else list_name(item)
        for item in items
    )


def list_name(item: Coverage | Evidence) -> str:
    """A list by its source and its own name; by one of them where the source is called after the list."""
    source, _, _ = item.source.partition("/")
    return item.source if source == item.inventory else f"{item.source} {item.inventory}"


def _lists(items: Sequence[Coverage], coverage: Sequence[Coverage]) -> str:
    source = items[0].source
    every = sum(item.source == source for item in coverage)
    if len(items) > 1 and len(items) == every:
        return f"{source} (all {every} lists)"
    return list_name(items[0]) if len(items) == 1 else f"{source} {', '.join(item.inventory for item in items)}"


def _fared(item: Coverage, latest: date | None) -> str:
    if item.state is Reach.COMPLETE:
        return item.reason
    told = all(need in item.reason for need in item.needs)
    needs = f"; needs {', '.join(item.needs)}" if item.fix_by is FixBy.ADMIN and not told else ""
    ask = f" ({_MEND if item.vendor_code == LEFT_OUT else _ASK[item.fix_by]})" if item.fix_by else ""
    if item.state is Reach.PARTIAL:
        return f"{item.reason}{needs}{ask}"
    last = f"; last read on {since(item.read_at.date(), latest)}" if item.read_at else ""
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
