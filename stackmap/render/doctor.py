"""What each login may read: the answer of `stackmap doctor`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from stackmap.model import Coverage, FixBy, Reach
from stackmap.render.coverage import coverage_dicts
from stackmap.render.departure import write_json
from stackmap.render.guards import plain
from stackmap.render.lines import wrapped

__all__ = ["Gap", "SourceTiers", "Standing", "TierStanding", "doctor_json", "doctor_text"]

_DO = {
    FixBy.ADMIN: "ask an admin",
    FixBy.OPERATOR: "check stackmap.yaml, and the secret that it names",
    FixBy.VENDOR: "the vendor's end: try again later",
    FixBy.US: "a fault of stackmap or of the connector: report it",
    FixBy.NOBODY: "no setting changes that",
}


_READABLE = {Reach.COMPLETE, Reach.PARTIAL}
_INDENT = " " * 35


class Standing(StrEnum):
    """How far a tier of access is reached. `NOT_THERE`: this system has none of its lists."""

    REACHED = "reached"
    IN_PART = "in part"
    NOT_REACHED = "not reached"
    NOT_THERE = "not there"


@dataclass(frozen=True, slots=True)
class Gap:
    """A list that keeps a tier from being reached, with the permissions it lacks, if it is that."""

    inventory: str
    state: Reach
    permissions: tuple[str, ...]
    admin: bool


@dataclass(frozen=True, slots=True)
class TierStanding:
    """Where one tier stands."""

    name: str
    standing: Standing
    gaps: tuple[Gap, ...]


@dataclass(frozen=True, slots=True)
class SourceTiers:
    """The tiers of one source, the first first."""

    source: str
    connector: str
    tiers: tuple[TierStanding, ...]

    @property
    def number(self) -> int:
        """The last tier up to which everything is reached that this system has; 0 for none."""
        last = 0
        for number, tier in enumerate(self.tiers, 1):
            if tier.standing is Standing.REACHED:
                last = number
            elif tier.standing is not Standing.NOT_THERE or not last:
                break
        return last


def doctor_text(coverage: Sequence[Coverage], tiers: Sequence[SourceTiers] = ()) -> str:
    """Which tier each source reached, then a line per list: yes, or why not and what to do; one for all where a whole
    source fared alike.
    """
    by_source = {one.source: one for one in tiers}
    lines: list[str] = []
    shut: list[str] = []
    for source in dict.fromkeys(item.source for item in coverage):
        items = [item for item in coverage if item.source == source]
        is_shut = not any(item.state in _READABLE for item in items)
        shut.extend([source] if is_shut else [])
        lines.append(plain(source))
        if source in by_source:
            lines.extend(_tiers(by_source[source], shut=is_shut))
        lines.extend([*_lines(items), ""])
    mend = f"mend {', '.join(map(plain, shut))}, then stackmap doctor again" if shut else "stackmap collect"
    return "\n".join([*lines, *_mails(tiers), f"Nothing was stored. Next: {mend}"]) + "\n"


def _mails(tiers: Sequence[SourceTiers]) -> Iterator[str]:
    lacking = (one.connector for one in tiers if any(gap.admin for tier in one.tiers for gap in tier.gaps))
    for name in dict.fromkeys(lacking):
        yield f"Mail to your admin: stackmap connectors show {plain(name)} --request"


def _tiers(one: SourceTiers, *, shut: bool) -> Iterator[str]:
    """The tier reached, what the next one lacks, and what holds of those after it.

    What a source that is shut lacks is told only where an admin can give it: else its own lines tell what to mend.
    """
    number, of = one.number, len(one.tiers)
    missing = next((at for at, tier in enumerate(one.tiers) if at >= number and tier.gaps), None)
    if number:
        yield from wrapped(plain(f"tier {number} of {of}: {one.tiers[number - 1].name}"), "  ")
    elif missing == 0 and one.tiers[0].standing is Standing.IN_PART:
        yield from wrapped(plain(f"tier 1 of {of}, in part: {one.tiers[0].name}"), "  ")
    else:
        yield f"  no tier of {of} is reached"
    if missing is not None and (not shut or any(gap.admin for gap in one.tiers[missing].gaps)):
        yield from wrapped(plain(_next(missing + 1, one.tiers[missing])), "  ")
    beyond = [(at, tier) for at, tier in enumerate(one.tiers, 1) if at > number]
    for at, tier in beyond:
        if tier.standing is Standing.REACHED:
            yield from wrapped(plain(f"Tier {at} ({tier.name}) is reached already."), "  ")
        elif tier.standing is Standing.NOT_THERE and number:
            yield from wrapped(plain(f"Tier {at} ({tier.name}): this system has none of it."), "  ")


def _next(number: int, tier: TierStanding) -> str:
    """What a tier lacks: permissions with the lists that they open, then lists that lack something else."""
    by_permission: dict[tuple[str, ...], list[Gap]] = {}
    for gap in tier.gaps:
        by_permission.setdefault(gap.permissions, []).append(gap)
    told = [f"{' and '.join(needs)} ({_gaps(gaps)})" for needs, gaps in by_permission.items() if needs]
    told += [_gaps(gaps) for needs, gaps in by_permission.items() if not needs]
    whole = "all of tier" if tier.standing is Standing.IN_PART else "tier"
    return f"For {whole} {number} ({tier.name}): {'; '.join(told)}."


def _gaps(gaps: Sequence[Gap]) -> str:
    by_state: dict[Reach, list[str]] = {}
    for gap in gaps:
        by_state.setdefault(gap.state, []).append(gap.inventory)
    return ", ".join(f"{', '.join(names)} {state.value}" for state, names in by_state.items())


def _alike(items: Sequence[Coverage]) -> bool:
    """Whether a whole source fared alike, and badly."""
    fared = {(item.state, item.reason, item.fix_by) for item in items}
    return len(fared) == 1 and items[0].state is not Reach.COMPLETE


def _lines(items: Sequence[Coverage]) -> Iterator[str]:
    if len(items) > 1 and _alike(items):
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


def doctor_json(coverage: Sequence[Coverage], tiers: Sequence[SourceTiers] = ()) -> str:
    """`stackmap.doctor/1`."""
    return write_json(
        {
            "schema": "stackmap.doctor/1",
            "tiers": [_source_dict(one) for one in tiers],
            "coverage": coverage_dicts(coverage),
        }
    )


def _source_dict(one: SourceTiers) -> dict[str, Any]:
    return {
        "source": one.source,
        "connector": one.connector,
        "reached": one.number,
        "of": len(one.tiers),
        "tiers": [
            {
                "number": number,
                "name": tier.name,
                "state": tier.standing.value,
                "missing": [
                    {"inventory": gap.inventory, "state": gap.state.value, "permissions": list(gap.permissions)}
                    for gap in tier.gaps
                ],
            }
            for number, tier in enumerate(one.tiers, 1)
        ],
    }
