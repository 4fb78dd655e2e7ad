"""Words as they are compared, and what comes nearest to one that fits nothing."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache

from stackmap.model import fold_name

__all__ = ["likeness", "name_key", "nearest"]

_NEAREST = 3
_LIKENESS = 0.65
_LIKENESS_OF_A_PART = 0.75
_SHORTEST_PART = 3
_LONGEST = 80
"""Letters of a word that are compared: nobody mistypes more, and a long one takes long."""

_LIKENESS_OF_A_SLIP = 0.75
_EDITS_OF_A_SLIP = 2
"""So like are a name and what somebody typed for it, and so few letters differ; what is less like is another name."""

_FIGURES = re.compile(r"\d+")
_BETWEEN = re.compile(r"[\s._+/·:-]+")


@lru_cache(maxsize=50_000)
def name_key(name: str) -> str:
    """A name as it is shown, without accents, case and double spaces."""
    split = unicodedata.normalize("NFKD", fold_name(name))
    return " ".join("".join(char for char in split if not unicodedata.combining(char)).split())


def nearest(text: str, called: Mapping[str, Iterable[str]]) -> list[str]:
    """The few ids whose words come nearest to a text, the likest first. `called`: by id, what each is called."""
    ids: dict[str, list[str]] = defaultdict(list)
    for node_id, words in called.items():
        for word in {part for one in words for part in _parts(one)}:
            ids[word].append(node_id)
    whole, *parts = _parts(text.rpartition(":")[2]) or [""]
    found = difflib.get_close_matches(whole, ids, _NEAREST, _LIKENESS)
    for part in parts:
        found += difflib.get_close_matches(part, ids, _NEAREST, _LIKENESS_OF_A_PART)
    return list(dict.fromkeys(node_id for word in found for node_id in ids[word]))[:_NEAREST]


def likeness(text: str, names: Iterable[str]) -> float:
    """How like a text is to the likest of these names, where it may be that one mistyped; 0 where it is none of them.

    Whole names only, and the same figures: a number with another digit is another number.
    """
    wanted, figures = _parts(text)[0], _FIGURES.findall(text)
    pairs = (
        difflib.SequenceMatcher(None, wanted, _parts(name)[0]) for name in names if _FIGURES.findall(name) == figures
    )
    found = max((pair.ratio() for pair in pairs if _edits(pair) <= _EDITS_OF_A_SLIP), default=0.0)
    return found if found >= _LIKENESS_OF_A_SLIP else 0.0


def _edits(pair: difflib.SequenceMatcher[str]) -> int:
    """How many letters are another, one too many or missing; of two that changed places, both."""
    runs = (run for run in pair.get_opcodes() if run[0] != "equal")
    return sum(max(one_to - one_from, to - start) for _, one_from, one_to, start, to in runs)


def _parts(text: str) -> list[str]:
    """A name, or an address up to the @ (most share what follows), and each longer word of it."""
    words = _BETWEEN.sub(" ", name_key(text).partition("@")[0][:_LONGEST]).split()
    return list(dict.fromkeys([" ".join(words), *(word for word in words if len(word) >= _SHORTEST_PART)]))
