"""What suppositions change in an answer, in words and as JSON: group by group, held against the same without them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from stackmap.analysis.departures.logins import Fate
from stackmap.analysis.what_if.difference import Difference, Shift
from stackmap.model import StackGraph
from stackmap.render.lines import wrapped
from stackmap.render.places import name_with_place
from stackmap.render.standing_words import STANDS
from stackmap.render.words import HEADINGS

__all__ = ["GROUPS", "ONE_ADMINISTRATOR", "difference_json", "difference_lines"]

_MOST = 8
"""How many names one line tells."""

ONE_ADMINISTRATOR = "administrators_one_or_none"

GROUPS: Mapping[str, str] = MappingProxyType(
    {
        **{outcome.value: words.casefold() for outcome, words in HEADINGS.items()},
        "tokens": "keys and connections that end, no list says what uses them",
        "handed_tokens": "keys and connections that change hands, no list says what uses them",
        Fate.GOES_OFF.value: "logins that go off",
        Fate.MAY_GO_OFF.value: "logins that may go off",
        Fate.NO_HOLDER_LEFT.value: "logins that nobody is left to hold",
        Fate.COULD_BE_THEIRS.value: "could be theirs",
        "administrators": "systems that lose an administrator",
        ONE_ADMINISTRATOR: "systems left with one administrator or none",
        "forsaken": "named in your notes or lists, and nobody of them stays",
        "partial": "goes on with less",
        "mail": "logins whose mail goes to them",
        "rotate": "secrets to change",
        "already_broken": "broken already",
        **{standing.value: words[:1].casefold() + words[1:] for standing, words in STANDS.items()},
    }
)
"""What an answer's groups are called: of a departure, and of bus factors (by `Standing`)."""


def difference_lines(graph: StackGraph, difference: Difference) -> Iterator[str]:
    """What changes, a line for each group; that nothing does, where that is so."""
    if difference.same:
        yield "That changes nothing in this answer."
    elif not difference.shifts:
        yield "That moves nothing to another place in this answer; what is said of it may differ."
    else:
        yield "What that changes in this answer:"
        for shift in difference.shifts:
            numbers = f"{GROUPS[shift.group]}: {shift.now}, without it {shift.without}"
            yield from wrapped(f"{numbers}{_moved(graph, shift)}", "  ", "    ")


def difference_json(difference: Difference) -> dict[str, Any]:
    """The same in full. Groups are named as they are elsewhere in the document."""
    return {
        "same_answer": difference.same,
        "groups": [
            {
                "group": shift.group,
                "now": shift.now,
                "without": shift.without,
                "newly": list(shift.newly),
                "no_longer": list(shift.no_longer),
            }
            for shift in difference.shifts
        ],
    }


def _moved(graph: StackGraph, shift: Shift) -> str:
    parts = (("no longer", shift.no_longer), ("newly", shift.newly))
    told = (f"{words} {_names(graph, ids)}" for words, ids in parts if ids)
    return f"; {'; '.join(told)}"


def _names(graph: StackGraph, ids: Iterable[str]) -> str:
    names = sorted((name_with_place(graph, one) for one in ids), key=lambda name: (name.casefold(), name))
    more = f" and {len(names) - _MOST} more" if len(names) > _MOST else ""
    return ", ".join(names[:_MOST]) + more
