"""Things that are asked about as if they were people."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterable

from stackmap.app.lists import unquoted
from stackmap.app.opening import Reading
from stackmap.app.people.logins import logins_called
from stackmap.app.people.unclear import shown
from stackmap.app.people.words import name_key
from stackmap.model import Vertex, fold_name
from stackmap.render.guards import plain
from stackmap.render.places import place_name

__all__ = ["thing_told"]


def thing_told(reading: Reading, word: str) -> str:
    """That a word is a thing's id or whole name, and what tells about the thing; "" where it is none, or a login's.

    Only for a word that is nobody's.
    """
    bare = unquoted(word)
    folded = [(fold, fold(bare)) for fold in (fold_name, name_key)]
    found = [one for one in reading.stack.graph.things() if _is_called(reading, one, bare, folded)]
    if not found or logins_called(reading, bare):
        return ""
    asked = plain(shlex.quote(found[0].id if len(found) == 1 else bare))
    second = f"stackmap bus-factor --second-holders --thing {asked}"
    lines = (
        f"{shown(bare)} is {_what(reading, found)}, not a person. Nothing was asked of it.",
        f"Who could be a second holder, so that nobody's leaving stops it: {second}",
        "What it hangs on: stackmap map --open, and search for it",
    )
    return "\n".join(lines)


def _is_called(reading: Reading, vertex: Vertex, word: str, folded: Iterable[tuple[Callable[[str], str], str]]) -> bool:
    called = reading.stack.graph.called(vertex.id)
    return word == vertex.id or any(
        wanted == fold(name) for fold, wanted in folded for name in (vertex.name, called) if name
    )


def _what(reading: Reading, found: list[Vertex]) -> str:
    if len(found) > 1:
        return f"the name of {len(found)} things"
    place = place_name(reading.stack.graph, found[0].id)
    kind = found[0].kind.value.lower()
    return f"a thing ({kind}{f' in {plain(place)}' if place and place != found[0].name else ''})"
