"""Job titles inside other texts: "for the Chief Revenue Officer" says who is meant where one person is called so."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, Self

from stackmap.app.pseudonyms.subjects import Subject
from stackmap.model import Fact, Node, NodeKind

__all__ = ["TITLES", "JobTitles"]

TITLES = frozenset({"title", "job_title", "position"})
"""Properties that hold what somebody's job is called."""

_NO_TITLE = "[job title]"
_ENOUGH = 5
"""So many share a title that it tells of nobody; `stackmap privacy` counts teams and roles by the same number."""

_HOLDERS = frozenset({NodeKind.PERSON, NodeKind.ACCOUNT})
_CALLED_ALIKE = frozenset({NodeKind.ROLE, NodeKind.GROUP, NodeKind.TEAM, NodeKind.SYSTEM})
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class JobTitles:
    """Titles of two words or more that few people share, by their first two words.

    A title in one word (Lead, Manager) stays in texts: it is a word of the trade more often than somebody. So does one
    that a role, a group or a team is called by.
    """

    known: Mapping[tuple[str, str], re.Pattern[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, facts: Iterable[Fact], owners: Mapping[str, Subject]) -> Self:
        """The titles that these facts give, of whom each login and person is."""
        holders, taken = _read(facts, owners)
        told: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        for words, people in holders.items():
            if len(words) > 1 and len(people) < _ENOUGH and words not in taken:
                told[words[0], words[1]].append(r"\W+".join(map(re.escape, words)))
        return cls({start: _pattern(forms) for start, forms in told.items()})

    def left_out(self, text: str) -> str:
        """The text without them."""
        if not self.known or " " not in text:
            return text
        words = _WORD.findall(text.casefold())
        for start in dict.fromkeys(pairwise(words)):
            if pattern := self.known.get(start):
                text = pattern.sub(_NO_TITLE, text)
        return text


_Words = tuple[str, ...]


def _read(
    facts: Iterable[Fact], owners: Mapping[str, Subject]
) -> tuple[Mapping[_Words, Collection[str]], Collection[_Words]]:
    """Who has which title, and what else is called so."""
    holders: defaultdict[_Words, set[str]] = defaultdict(set)
    taken: set[_Words] = set()
    for fact in facts:
        if not isinstance(fact, Node):
            continue
        if fact.kind in _HOLDERS:
            whose = owners[fact.id].id if fact.id in owners else fact.id
            for title in _titles(fact.properties):
                holders[_words(title)].add(whose)
        elif fact.kind in _CALLED_ALIKE:
            taken.add(_words(fact.name))
    return holders, taken


def _titles(properties: Mapping[str, Any]) -> Iterable[str]:
    return (value for key in TITLES if isinstance(value := properties.get(key), str))


def _words(text: str) -> _Words:
    return tuple(_WORD.findall(text.casefold()))


def _pattern(forms: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted(forms, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(longest_first)})(?!\w)", re.IGNORECASE)
