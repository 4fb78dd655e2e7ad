"""Pairs of people who together stop what neither stops alone, whatever else is said of the thing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import fsum

from stackmap.analysis import BusFactor
from stackmap.render.bus_factor_numbers import LONGER, proven_sets
from stackmap.render.lines import wrapped
from stackmap.render.words import and_listed
from stackmap.rules.naming import several

__all__ = ["NO_KNOWN_PAIR", "NO_PAIRS", "PairsSeen", "may_have_pairs", "pair_lines", "pairs_by_thing", "pairs_seen"]

NO_PAIRS = "No two people together stop anything that neither stops alone, as far as was read."
NO_KNOWN_PAIR = "No two people are known together to stop anything that neither stops alone."
"""Where there are none: all pairs looked for, or not."""

_SHOWN = 12
_THINGS = 6
"""How many pairs, and how many things of one pair, are told without --all."""

_HEADING = "Pairs who together stop what neither stops alone"
_MEANING = (
    "both leaving stops each of these, or leaves it on old data; neither's leaving alone is known to. A thing may "
    "stand in a weaker group above, too:"
)
_EARLY = "not all pairs were looked for: others may do as much; to look on: --within"


@dataclass(frozen=True, slots=True)
class PairsSeen:
    """The proven pairs, those first that stop most weight, each with its things, the heaviest first.

    `may`: how many more things two people may stop, at worst. `complete`: all pairs were looked for.
    """

    pairs: Sequence[tuple[tuple[str, ...], Sequence[str]]]
    may: int
    complete: bool


def pairs_seen(factors: Sequence[BusFactor], weights: Mapping[str, float]) -> PairsSeen:
    """What these bus factors say about pairs. `weights`: how much a thing counts, by id; 1 where nobody says."""
    stopped: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for thing, pairs in pairs_by_thing(factors).items():
        for pair in pairs:
            stopped[pair].append(thing)
    ranked = {pair: sorted(things, key=lambda one: (-weights.get(one, 1.0), one)) for pair, things in stopped.items()}
    lost = {pair: fsum(weights.get(one, 1.0) for one in things) for pair, things in ranked.items()}
    in_order = sorted(ranked, key=lambda pair: (-lost[pair], pair))
    return PairsSeen([(pair, ranked[pair]) for pair in in_order], *may_have_pairs(factors))


def pairs_by_thing(factors: Sequence[BusFactor]) -> Mapping[str, Sequence[tuple[str, ...]]]:
    """The proven pairs of each thing that has any."""
    found = {one.thing: [tuple(people) for people in proven_sets(one) if len(people) == 2] for one in factors}
    return {thing: pairs for thing, pairs in found.items() if pairs}


def may_have_pairs(factors: Sequence[BusFactor]) -> tuple[int, bool]:
    """Of how many things without a proven pair it is known that two people may stop them; whether all pairs were
    looked for.
    """
    known = pairs_by_thing(factors)
    may = [one for one in factors if one.running_at_worst == one.at_most(at_worst=True) == 2 and one.thing not in known]
    early = any(one.sets_complete_to_order < 2 for one in factors if one.running not in {None, 0})
    return len(may), not early


def pair_lines(seen: PairsSeen, people: Mapping[str, str], things: Mapping[str, str], *, everything: bool) -> list[str]:
    """The section. `people` and `things`: what each is called, by id, ready to be shown."""
    return [*_pairs_told(seen, people, things, everything=everything), *_not_known(seen)]


def _pairs_told(
    seen: PairsSeen, people: Mapping[str, str], things: Mapping[str, str], *, everything: bool
) -> Iterator[str]:
    if not seen.pairs:
        yield from wrapped(NO_PAIRS if seen.complete else NO_KNOWN_PAIR)
        return
    yield f"{_HEADING}  ({len(seen.pairs)})"
    yield from wrapped(_MEANING, "  ", "  ")
    for pair, lost in seen.pairs if everything else seen.pairs[:_SHOWN]:
        names = several([things[one] for one in lost], len(lost) if everything else _THINGS)
        yield from wrapped(f"{and_listed([people[one] for one in pair])} · {names}", "  ")
    if not everything and len(seen.pairs) > _SHOWN:
        yield f"  and {len(seen.pairs) - _SHOWN} more: --all"


def _not_known(seen: PairsSeen) -> Iterator[str]:
    if seen.may:
        more = f"{seen.may} {'more ' if seen.pairs else ''}{'things' if seen.may > 1 else 'thing'}"
        yield from wrapped(f"{more} may have such a pair, not known for sure (at worst 2)", "  ", "  ")
    if not seen.complete:
        yield from wrapped(f"{_EARLY} {LONGER}", "  ", "  ")
