"""Other names for everybody: one for one, so that who has the name of whom stays as it is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping

from tests.truth.names import PEOPLES, WORDS, Part

__all__ = ["new_names"]


def new_names() -> Callable[[str], str]:
    """Puts, in a displayed name, another name of the same people in each one's place.

    Initials, addresses that stand for a name, and every other word stay.
    """
    new = {**_swaps(PEOPLES, "givens"), **_swaps(PEOPLES, "families")}
    longest = sorted(new, key=lambda form: (-len(form), form))
    pattern = re.compile("|".join(rf"(?<!\w){re.escape(form)}(?!\w)" for form in longest), re.IGNORECASE)
    return lambda name: name if "@" in name else pattern.sub(lambda found: _cased(found[0], new), name)


def _cased(found: str, new: Mapping[str, str]) -> str:
    if found in new:
        return new[found]
    by_case = {form.casefold(): other for form, other in new.items()}
    other = by_case[found.casefold()]
    return other.upper() if found.isupper() else other.lower()


def _swaps(peoples: Iterable[object], field: str) -> dict[str, str]:
    new: dict[str, str] = {}
    met = Counter(form.casefold() for form in _all_forms())
    for people in peoples:
        parts = [part for part in getattr(people, field) if all(met[form.casefold()] == 1 for form in part.forms)]
        for shape in sorted({_shape(part) for part in parts}):
            alike = [part for part in parts if _shape(part) == shape]
            for one, other in zip(alike, [*alike[1:], *alike[:1]], strict=True):
                new.update(zip(one.forms, other.forms, strict=True))
    return new


def _shape(part: Part) -> tuple[str, str, int, int, int]:
    """Names are swapped among those with the same initials, as many spellings and as many short forms."""
    return part.native[0], part.spellings[0][0], len(part.spellings), len(part.short), len(part.forms)


def _all_forms() -> list[str]:
    parts = [part for people in PEOPLES for part in (*people.givens, *people.families)]
    return [form for part in (*parts, *WORDS) for form in part.forms]
