"""The sources of a reading: as text and JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from stackmap.model import Coverage, NodeKind
from stackmap.render.coverage import coverage_dicts, moment
from stackmap.render.departure import write_json
from stackmap.render.guards import plain
from stackmap.render.lines import wrapped
from stackmap.render.words import counted, full_day

__all__ = ["SourceEntry", "sources_json", "sources_text"]

_SHOWN = 3
_NOUNS = {NodeKind.ACCOUNT: ("login",), NodeKind.PERSON: ("person", "people")}


@dataclass(frozen=True, slots=True)
class SourceEntry:
    """One source as it stands in a reading.

    `facts` counts what it tells of, by kind; `logins` are the names of those logins that no other source lists.
    """

    name: str
    read_at: datetime
    lists: tuple[Coverage, ...]
    facts: Mapping[NodeKind, int]
    logins: tuple[str, ...]


def sources_text(sources: Sequence[SourceEntry]) -> str:
    """A block for each source, and how one is ended."""
    lines = [line for source in sources for line in _block(source)]
    lines += ["", "Next: stackmap sources drop NAME      the reading goes on without it; earlier readings keep it"]
    return "\n".join(lines) + "\n"


def _block(source: SourceEntry) -> Iterator[str]:
    yield from wrapped(f"{plain(source.name)} · read {full_day(source.read_at.date())}", hanging="  ")
    told = ", ".join(
        counted(number, *_NOUNS.get(kind, (kind.lower(),))) for kind, number in sorted(source.facts.items())
    )
    yield from wrapped(f"tells of {told or 'nothing'}", "  ")
    if source.logins:
        rest = len(source.logins) - _SHOWN
        names = ", ".join(map(plain, source.logins[:_SHOWN])) + (f" and {rest} more" if rest > 0 else "")
        yield from wrapped(f"alone has {counted(len(source.logins), 'login')}: {names}", "  ")


def sources_json(sources: Sequence[SourceEntry]) -> str:
    """`stackmap.sources/1`."""
    entries = [
        {
            "name": source.name,
            "read_at": moment(source.read_at),
            "facts": {kind.value: number for kind, number in sorted(source.facts.items())},
            "logins": list(source.logins),
            "coverage": coverage_dicts(source.lists),
        }
        for source in sources
    ]
    return write_json({"schema": "stackmap.sources/1", "sources": entries})
