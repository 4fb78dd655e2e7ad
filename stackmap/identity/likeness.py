"""How much speaks for two being one person, and the sentence that says what. Nothing is tied because of it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from stackmap.identity.name_likeness import are_one_name
from stackmap.identity.units import Unit

__all__ = ["Likeness", "compare"]

_SAME_NAME = 0.55
_SHORT_FORM = 0.48
_MISSPELT = 0.4
_INITIAL = 0.25
_ONE_WORD = 0.2
_SAME_LAST = 0.08
_SAME_GIVEN = 0.12
_SAME_LOCAL = 0.25
_WHOLE_LOCAL = 0.2
_SHORT_LOCAL = 0.12
_TOGETHER = 0.12
_LEAST = 0.1

_BOTH_ON = 0.35
_ONE_OFF = 0.8
_TWO_IDS = 0.3
_NAMESAKES = 0.85
_LONG_ENOUGH = 5  # a name of which one letter may be wrong


@dataclass(frozen=True, slots=True)
class Likeness:
    """From 0 to 1, and why."""

    score: float
    reason: str


@dataclass(slots=True)
class _Weighing:
    score: float = 0.0
    said: str = ""

    def add(self, weight: float, words: str) -> None:
        """Take a further sign: what is left open becomes smaller."""
        self.score += (1 - self.score) * weight
        self.said += f"{', ' if self.said else ''}{words}"


def compare(one: Unit, other: Unit, namesakes: int) -> Likeness | None:
    """What speaks for it, less what speaks against; None for too little. `namesakes`: others with that name."""
    weighing = _Weighing()
    _names(weighing, one, other)
    _local_parts(weighing, one, other)
    if not weighing.said:
        return _by_key(one, other)
    _surroundings(weighing, one, other)
    score = weighing.score * _against(weighing, one, other) * _NAMESAKES ** min(namesakes, 5)
    return Likeness(round(score, 3), weighing.said) if score >= _LEAST else None


def _by_key(one: Unit, other: Unit) -> Likeness | None:
    return Likeness(_SAME_NAME, "the same employee number") if one.keys & other.keys else None


def _names(weighing: _Weighing, one: Unit, other: Unit) -> None:
    """Weigh the pair of names that are most alike."""
    pairs = [_name_pair(mine, yours) for mine in one.names for yours in other.names]
    pairs += [_word_pair(one.words, yours) for yours in other.names if one.words]
    pairs += [_word_pair(other.words, mine) for mine in one.names if other.words]
    if one.words & other.words:
        pairs.append((_ONE_WORD, "called by the same single name"))
    weight, words = max(pairs, default=(0.0, ""))
    if weight:
        weighing.add(weight, words)


def _name_pair(mine: tuple[str, ...], yours: tuple[str, ...]) -> tuple[float, str]:
    if sorted(mine) == sorted(yours):
        return _SAME_NAME, "the same name"
    if len(mine) != len(yours) and (set(mine) <= set(yours) or set(yours) <= set(mine)):
        return _SHORT_FORM, "the same name, one with a further part"
    (given, last), (given_, last_) = (mine[0], mine[-1]), (yours[0], yours[-1])
    if last == last_ or _is_part(last, last_):
        return _given_pair(given, given_)
    if given == given_:
        if _is_misspelt(last, last_):
            return _MISSPELT, "nearly the same name"
        return _SAME_GIVEN, "the same given name with another family name"
    if are_one_name(given, given_):
        return _SAME_GIVEN / 2, "forms of one given name with other family names"
    if _is_misspelt(" ".join(mine), " ".join(yours)):
        return _MISSPELT, "nearly the same name"
    return 0.0, ""


def _given_pair(given: str, other: str) -> tuple[float, str]:
    if given == other:
        return _SHORT_FORM, "the same given name, and a family name that is part of the other"
    if are_one_name(given, other):
        return _SHORT_FORM, "the same family name, and forms of one given name"
    if _is_misspelt(given, other):
        return _MISSPELT, "nearly the same name"
    if given[0] == other[0] and 1 in {len(given), len(other)}:
        return _INITIAL, "the same family name and the same initial"
    return _SAME_LAST, "the same family name"


def _is_part(last: str, other: str) -> bool:
    return last in other.split("-") or other in last.split("-")


def _is_misspelt(one: str, other: str) -> bool:
    return min(len(one), len(other)) >= _LONG_ENOUGH and Levenshtein.distance(one, other, score_cutoff=1) <= 1


def _word_pair(words: Collection[str], name: tuple[str, ...]) -> tuple[float, str]:
    if name[0] in words or name[-1] in words:
        return _ONE_WORD, "one is called by a part of the other's name"
    if any(are_one_name(word, name[0]) for word in words):
        return _ONE_WORD / 2, "one is called by a form of the other's given name"
    return 0.0, ""


def _local_parts(weighing: _Weighing, one: Unit, other: Unit) -> None:
    if not one.locals.isdisjoint(other.locals):
        weighing.add(_SAME_LOCAL, f"{min(one.locals & other.locals)}@ in both")
        return
    for weight, words, named, signed in (
        (_WHOLE_LOCAL, "is made of the name", one.whole, other.spelt),
        (_WHOLE_LOCAL, "is made of the name", other.whole, one.spelt),
        (_SHORT_LOCAL, "may be made of the name", one.short, other.spelt),
        (_SHORT_LOCAL, "may be made of the name", other.short, one.spelt),
    ):
        if found := [local for local, spelt in signed.items() if spelt in named]:
            weighing.add(weight, f"{min(found)}@ {words}")
            return


def _surroundings(weighing: _Weighing, one: Unit, other: Unit) -> None:
    together = list(_together(one, other))
    for weight, _ in together:
        weighing.score += (1 - weighing.score) * weight
    if one.keys & other.keys:
        weighing.add(_SAME_NAME, "the same employee number")
    if together:
        weighing.said += f"; both {' and '.join(words for _, words in together)}"


def _together(one: Unit, other: Unit) -> Iterator[tuple[float, str]]:
    if shared := sorted(one.departments & other.departments):
        yield _TOGETHER, f"in {shared[0]}"
    if one.managers & other.managers:
        yield 2 * _TOGETHER, "with the same manager"
    if shared := sorted(one.titles & other.titles):
        yield _TOGETHER, f"with the title {shared[0]}"


def _against(weighing: _Weighing, one: Unit, other: Unit) -> float:
    """What is left after what speaks against it."""
    factor = 1.0
    if any(one.directory[key] ^ other.directory[key] for key in one.directory.keys() & other.directory.keys() if key):
        factor *= _TWO_IDS
        weighing.said += "; but each has an id of one directory"
    less, words = _in_one_system(one, other)
    factor *= less
    weighing.said += words
    if one.emails & other.emails:
        factor *= _BOTH_ON
        weighing.said += "; but the address they share may have passed on"
    return factor


def _in_one_system(one: Unit, other: Unit) -> tuple[float, str]:
    """What it takes off that both have a login in one system, and how that is told."""
    if one.on & other.on:
        return _BOTH_ON, "; but both have a login that is on in one system"
    mine, theirs = one.on | one.unread, other.on | other.unread
    if mine & theirs:
        return _BOTH_ON, "; but both have a login in one system"
    return (_ONE_OFF, "") if (mine | one.off) & (theirs | other.off) else (1.0, "")
