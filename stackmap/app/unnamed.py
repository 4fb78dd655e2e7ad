"""Texts without people's names: what is said to a newcomer about things must not point at a colleague."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from stackmap.analysis import Stack
from stackmap.model import EdgeKind
from stackmap.render.guards import plain

__all__ = ["SOMEBODY", "Unnamed"]

SOMEBODY = "a colleague"
"""What stands in place of a name."""

_MARKED = r"(?:\b(?:of|by|for|from|as|with|belongs to)\s+|[(\[])"
_ADDRESS = re.compile(r"[._+-]")


class Unnamed:
    """Takes the names and addresses of a stack's people out of texts.

    A whole name goes wherever it stands, and so does an address and what stands before its @. Half a name goes only
    where the words around it say that a person is meant ("key of Dana", "Dana's sheet"): many first names are words.
    """

    def __init__(self, stack: Stack) -> None:
        names = sorted(_names(stack), key=lambda name: (-len(name), name))
        halves = sorted({word for name in names if " " in name for word in name.split() if len(word) > 1})
        self._whole = _pattern([*names, *_addresses(stack)], r"(?<!\w)({})(?!\w)", re.IGNORECASE)
        self._halves = _pattern(halves, rf"({_MARKED})(?:{{}})(?!\w)|(?<!\w)(?:{{}})(?=['’]s?\b)")

    def __call__(self, text: str) -> str:
        """The text on one line, without names."""
        shown = plain(text)
        if self._whole is not None:
            shown = self._whole.sub(SOMEBODY, shown)
        if self._halves is not None:
            shown = self._halves.sub(lambda match: f"{match[1] or ''}{SOMEBODY}", shown)
        return shown


def _names(stack: Stack) -> Iterator[str]:
    for person in stack.people:
        vertex = stack.graph.get(person)
        if vertex is not None and (name := plain(vertex.name)):
            yield name
            first, _, last = name.partition(" ")
            if last:
                yield from (f"{last}, {first}", f"{last} {first}")


def _addresses(stack: Stack) -> list[str]:
    """People's addresses, and of each what stands before the @ where it is no plain word."""
    found: set[str] = set()
    for node in (*stack.people, *_logins(stack)):
        vertex = stack.graph.get(node)
        email = vertex.properties.get("email") if vertex else None
        if isinstance(email, str) and (address := plain(email)):
            local = address.partition("@")[0]
            found.update((address, *([local] if _ADDRESS.search(local) else [])))
    return sorted(found, key=lambda text: (-len(text), text))


def _logins(stack: Stack) -> Iterable[str]:
    return (link.target for link in stack.graph.links(EdgeKind.HAS_ACCOUNT))


def _pattern(words: Iterable[str], form: str, flags: int = 0) -> re.Pattern[str] | None:
    spelt = "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in words)
    return re.compile(form.replace("{}", spelt), flags) if spelt else None
