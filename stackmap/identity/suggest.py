"""What may be one person and is not taken for one: found by what names and addresses have in common, best first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from stackmap.identity.given_names import SAME_NAME
from stackmap.identity.likeness import compare
from stackmap.identity.resolve import Identity
from stackmap.identity.rewriting import follow
from stackmap.identity.units import Unit, units_of
from stackmap.model import IdentityHints, equal_domains, normalise_email

__all__ = ["TieSuggestion", "suggest_ties"]

_EACH = 3  # suggestions for one login or person
_MOST_IN_BLOCK = 60
_RARE = 12  # units with one name that are compared without a second sign


@dataclass(frozen=True, slots=True, order=True)
class TieSuggestion:
    """Two that may be one person, by id of person or login: how much speaks for it, from 0 to 1, and what."""

    subjects: tuple[str, ...]
    score: float
    reason: str


def suggest_ties(identity: Identity, hints: IdentityHints, limit: int | None = None) -> tuple[TieSuggestion, ...]:
    """Who may be one person, the likeliest first, at most three for each. What was decided already is left out.

    It looks at everybody, so ask for it only where somebody will read it.
    """
    units = units_of(identity.facts, hints)
    apart = _apart(units, hints, identity.aliases)
    namesakes = _namesakes(units)
    found: list[TieSuggestion] = []
    for one, other in _pairs(units):
        if not _are_apart(apart, one, other) and (like := compare(one, other, _others(namesakes, one, other))):
            found.append(TieSuggestion((one.id, other.id), like.score, like.reason))
    return tuple(_best(found))[:limit]


def _best(found: Iterable[TieSuggestion]) -> Iterator[TieSuggestion]:
    taken: dict[str, int] = defaultdict(int)
    for one in sorted(found, key=lambda item: (-item.score, item.subjects)):
        if all(taken[subject] < _EACH for subject in one.subjects):
            for subject in one.subjects:
                taken[subject] += 1
            yield one


def _pairs(units: Sequence[Unit]) -> Iterator[tuple[Unit, Unit]]:
    """Those who have something in common that few have, each pair once."""
    blocks: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for number, unit in enumerate(units):
        for key in set(_keys(unit)):
            blocks[key].append(number)
    seen: set[tuple[int, int]] = set()
    for key, numbers in blocks.items():
        if len(numbers) <= (_RARE if key[0] == "rare" else _MOST_IN_BLOCK):
            seen.update(combinations(numbers, 2))
    for one, other in sorted(seen):
        yield units[one], units[other]


def _keys(unit: Unit) -> Iterator[tuple[str, ...]]:
    for name in unit.names:
        yield from _keys_of_name(name, unit)
    for word in unit.words:
        yield from (("word", word), ("rare", word))
        yield from (("rare", group) for group in SAME_NAME.get(word, ()))
    for local, spelt in unit.spelt.items():
        yield "mailbox", spelt or local
    for form in (*unit.whole, *unit.short):
        yield "mailbox", form
    for number in unit.keys:
        yield "number", number


def _keys_of_name(name: tuple[str, ...], unit: Unit) -> Iterator[tuple[str, ...]]:
    given, last = name[0], name[-1]
    groups = SAME_NAME.get(given, frozenset({given}))
    for group in groups:
        yield "name", group, last
        yield "name", group, last[:3]
        yield "rare", group
        for place in (*unit.departments, *unit.managers, *unit.titles):
            yield "near", group, place
    yield "name", *sorted(name)
    yield "rare", last
    yield "rare", given
    yield "initial", given[0], last
    for place in (*unit.departments, *unit.managers, *unit.titles):
        yield "near", last, place


def _namesakes(units: Iterable[Unit]) -> Mapping[tuple[str, ...], int]:
    """How many have each name. Those who are on in one system are certainly several."""
    count: dict[tuple[str, ...], int] = defaultdict(int)
    for unit in units:
        for name in {tuple(sorted(name)) for name in unit.names}:
            count[name] += 1
    return count


def _others(namesakes: Mapping[tuple[str, ...], int], one: Unit, other: Unit) -> int:
    shared = {tuple(sorted(name)) for name in one.names} & {tuple(sorted(name)) for name in other.names}
    return max((namesakes[name] - 2 for name in shared), default=0)


def _apart(
    units: Iterable[Unit], hints: IdentityHints, aliases: Mapping[str, str]
) -> Mapping[str, frozenset[tuple[int, int]]]:
    domains = equal_domains(hints.domains)
    marks: dict[str, set[tuple[int, int]]] = defaultdict(set)
    for number, group in enumerate(hints.apart):
        for index, entry in enumerate(group):
            marks[normalise_email(entry, domains) or follow(aliases, entry)].add((number, index))
    if not marks:
        return {}
    return {
        unit.id: frozenset(mark for key in (unit.id, *unit.accounts, *unit.emails) for mark in marks.get(key, ()))
        for unit in units
    }


def _are_apart(apart: Mapping[str, Collection[tuple[int, int]]], one: Unit, other: Unit) -> bool:
    marks, others = apart.get(one.id, ()), apart.get(other.id, ())
    return any(group == group_ and entry != entry_ for group, entry in marks for group_, entry_ in others)
