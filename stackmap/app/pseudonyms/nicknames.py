"""What somebody is called besides the names that a source gives: short forms of a given name, keys and login names."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from functools import cache

from stackmap.app.names.forms import ORDINARY, Form, Use, folded
from stackmap.identity.given_names import GIVEN_NAMES, SAME_NAME
from stackmap.identity.login_names import read_address, read_name

__all__ = ["handle_forms", "is_function", "nickname_forms", "short_genitives"]


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_SHORTEST = 3
_WORDS = ORDINARY | _set(
    """ally angel asia buzz carol charity coco dolly echo gene gerry hank herb lana lily linda lola lucky mani marina
    max mercy mila mina mini nana nano navy olive pepe pilar sandy sole star sunny teddy terry toma tony toto trixie
    vera viva"""
)
"""Short forms that are something else as well: they go only where they are written like a name."""


def is_function(local: str) -> bool:
    """Whether what stands before an @ is a function or a program, not somebody: marketing, no-reply."""
    signs = read_address(local, frozenset())
    return bool(signs.role) or (bool(signs.machine) and signs.clear)


def handle_forms(handles: Iterable[str], taken: Collection[str]) -> Iterator[Form]:
    """Names in one word that somebody goes by: what is before the @, a login's name, the key in your notes."""
    for handle in handles:
        letters = "".join(bare for char in handle for bare in folded(char))
        if len(letters) < _SHORTEST or letters.isdigit() or is_function(handle) or letters in taken:
            continue
        yield Form(letters, frozenset(_breaks(handle)), Use.TITLED if letters in ORDINARY else Use.ANYWHERE)


def _breaks(handle: str) -> Iterator[int]:
    length = 0
    for word in re.split(r"[\W_]+", handle):
        length += sum(len(folded(char)) for char in word)
        yield length


def nickname_forms(names: Iterable[str], taken: Collection[str]) -> Iterator[Form]:
    """The short and the long forms of a given name: Kate and Kathy of Katherine. They may be somebody else's too."""
    for given in {given for name in names if (given := _given(name))}:
        for other in _same(given):
            if len(other) >= _SHORTEST and other not in taken and (read_name(other, ()).own or other in ORDINARY):
                loose = len(other) > _SHORTEST and other not in _WORDS
                yield Form(other, frozenset({len(other)}), Use.ANYWHERE if loose else Use.TITLED)
                yield from short_genitives(other)


def short_genitives(name: str) -> Iterator[Form]:
    """Bobs and Kates, as many languages write what is Bob's."""
    if name in GIVEN_NAMES and name not in _WORDS:
        use = Use.ANYWHERE if len(name) > _SHORTEST else Use.TITLED
        yield Form(f"{name}s", frozenset({len(name) + 1}), use)


def _given(name: str) -> str:
    parts = read_name(name, ()).parts
    return "".join(bare for char in parts[0] for bare in folded(char)) if parts else ""


@cache
def _same(given: str) -> list[str]:
    lines = SAME_NAME.get(given, frozenset())
    return sorted(other for other, theirs in SAME_NAME.items() if other != given and not lines.isdisjoint(theirs))
