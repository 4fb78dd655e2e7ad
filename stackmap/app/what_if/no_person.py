"""Things that are asked about as if they were people."""

from __future__ import annotations

import shlex

from stackmap.app.lists import unquoted
from stackmap.app.opening import Reading
from stackmap.app.people.logins import logins_called
from stackmap.app.people.unclear import shown
from stackmap.app.what_if.thing_names import things_called
from stackmap.model import Vertex
from stackmap.render.guards import plain
from stackmap.render.places import place_name

__all__ = ["thing_told"]


def thing_told(reading: Reading, word: str) -> str:
    """That a word is a thing's id or whole name, and what tells about the thing; "" where it is none, or a login's.

    Only for a word that is nobody's.
    """
    bare = unquoted(word)
    graph = reading.stack.graph
    found = things_called(graph, list(graph.things()), bare)
    if not found or logins_called(reading, bare):
        return ""
    asked = plain(shlex.quote(found[0].id if len(found) == 1 else bare))
    second = f"stackmap bus-factor --second-holders --thing {asked}"
    lines = (
        f"{shown(bare)} is {_what(reading, found)}, not a person.",
        f"Who could be a second holder, so that nobody's leaving stops it: {second}",
        "What it hangs on: stackmap map --open, and search for it",
    )
    return "\n".join(lines)


def _what(reading: Reading, found: list[Vertex]) -> str:
    if len(found) > 1:
        return f"the name of {len(found)} things"
    place = place_name(reading.stack.graph, found[0].id)
    kind = found[0].kind.value.lower()
    return f"a thing ({kind}{f' in {plain(place)}' if place and place != found[0].name else ''})"
