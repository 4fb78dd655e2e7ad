"""Whether an address is made of a person's name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import permutations

from stackmap.identity.login_names import AddressSigns, NameSigns
from stackmap.identity.name_words import spellings

__all__ = ["are_initials", "is_made_of", "shares_a_word"]

_MOST_PARTS = 8  # of a name of any length


def is_made_of(address: AddressSigns, name: NameSigns) -> bool:
    """Whether a mailbox is made of a person's name: dana.okafor, dokafor, danao, okafor.d, dana, okafor."""
    if _is_again(address, name):
        return False
    return any(_is_made_of(address.tokens, parts) for parts in spellings(name.parts))


def shares_a_word(address: AddressSigns, name: NameSigns) -> bool:
    """Whether the mailbox and the name have a word in common that may be somebody's name."""
    if _is_again(address, name):
        return False
    own = tuple(word for word in name.own if len(word) > 1)
    return any(not set(spelt).isdisjoint(address.tokens) for spelt in spellings(own))


def _is_again(address: AddressSigns, name: NameSigns) -> bool:
    """Whether the name is the address again, and so no second sign."""
    return not name.spaced and len(name.tokens) > 1 and name.tokens == address.tokens


def _is_made_of(tokens: Sequence[str], parts: Sequence[str]) -> bool:
    initials = {part[0] for part in parts}
    if all(token in parts or token in initials for token in tokens) and any(token in parts for token in tokens):
        return True
    if len(parts[0]) == 1 and len(tokens) > 1:  # L. Kim, with an address that spells the rest of it
        return tokens[0].startswith(parts[0]) and all(token in parts for token in tokens[1:])
    written = "".join(tokens)
    return any(written == joined for joined in _joined(parts))


def _joined(parts: Sequence[str]) -> Iterator[str]:
    yield "".join(parts)
    yield "".join(part[0] for part in parts[:-1]) + parts[-1]
    yield parts[0][0] + "".join(parts[1:])
    for one, other in permutations(parts[:_MOST_PARTS], 2):
        yield from (one + other, one[0] + other, one + other[0])


def are_initials(letters: str, words: Sequence[str]) -> bool:
    """Whether the letters are the first ones of these words, in either order."""
    return len(words) > 1 and sorted(letters) == sorted(word[0] for word in words)
