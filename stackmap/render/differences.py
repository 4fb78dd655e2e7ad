"""What suppositions change in an answer, in words and as JSON: group by group, held against the same without them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from stackmap.analysis.bus_factor.standing import Standing
from stackmap.analysis.departures.logins import Fate
from stackmap.analysis.what_if.difference import Caveat, CaveatKind, Difference, Shift
from stackmap.model import StackGraph
from stackmap.render.guards import plain
from stackmap.render.lines import wrapped
from stackmap.render.places import name_with_place
from stackmap.render.standing_words import STANDS
from stackmap.render.words import HEADINGS, and_listed

__all__ = [
    "BLOCKS",
    "GROUPS",
    "LATER",
    "MAY_BE_BROKEN",
    "MAY_BE_LATER",
    "NO_ADMINISTRATOR",
    "ONE_ADMINISTRATOR",
    "difference_json",
    "difference_lines",
]

_MOST = 8
"""How many names one line tells."""

ONE_ADMINISTRATOR, NO_ADMINISTRATOR = "administrators_one_or_none", "administrators_none"
MAY_BE_BROKEN = "may_be_already_broken"
"""Of what `already_broken` lists, the things of which only the at-worst reading says so."""

LATER, MAY_BE_LATER, BLOCKS = "later_sets", "may_be_later_sets", "blocks_last_day_of"
"""Groups of the bus factors that a thing is in beside its heading, by the field that names the people."""

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
        NO_ADMINISTRATOR: "systems left with no administrator who could be read",
        "forsaken": "goes on, while your notes or lists still name only leavers for it",
        "partial": "goes on with less",
        "mail": "logins whose mail goes to them",
        "rotate": "secrets to change",
        "already_broken": "broken already",
        MAY_BE_BROKEN: "perhaps broken already, not known for sure",
        **{standing.value: words[:1].casefold() + words[1:] for standing, words in STANDS.items()},
        LATER: "stop later when somebody leaves",
        MAY_BE_LATER: "may stop later when somebody leaves",
        BLOCKS: "block somebody's last day",
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
        moves = _moves(difference.shifts)
        for shift in _beside(difference.shifts, moves):
            numbers = f"{GROUPS[shift.group]}: {shift.now}, without it {shift.without}"
            yield from wrapped(f"{numbers}{_moved(graph, shift, difference.known_by)}", "  ", "    ")
        yield from _move_lines(graph, moves)
        for caveat in difference.caveats:
            yield from wrapped(f"But {_SAID[caveat.kind](graph, caveat)}", "  ", "    ")


def difference_json(difference: Difference) -> dict[str, Any]:
    """The same in full. Groups are named as they are elsewhere in the document; `moves` and `caveats` only where there
    are any.
    """
    moves = [
        {"from": move.before.value, "to": move.now.value, "things": list(move.things)}
        for move in _moves(difference.shifts)
    ]
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
        **({"moves": moves} if moves else {}),
        **({"caveats": [_caveat(one) for one in difference.caveats]} if difference.caveats else {}),
    }


def _caveat(one: Caveat) -> dict[str, Any]:
    return {"kind": one.kind.value, "subject": one.subject, "others": list(one.others)}


def _as_many(graph: StackGraph, one: Caveat) -> str:
    system, number = name_with_place(graph, one.subject), len(one.others)
    if not one.others:
        return f"{system} is left with no administrator who could be read either way."
    left = f"{number} administrator{'s' * (number > 1)} left either way: {_names(graph, one.others)}"
    return f"{system} has {left}."


def _mailed(graph: StackGraph, one: Caveat) -> str:
    thing, logins = name_with_place(graph, one.subject), _names(graph, one.others)
    return (
        f"the alarm of {thing} counts as heard only because it goes to {logins}, whose mail still goes to the mailbox "
        "of somebody who leaves. Send it to somebody who stays, or to a shared mailbox, too."
    )


def _stays_on(graph: StackGraph, one: Caveat) -> str:
    return (
        f"{name_with_place(graph, one.subject)} is one person's own login today, and these numbers count on nobody "
        "switching it off when they leave. Nothing was moved to another login: if it goes off after all, what hangs on "
        "it breaks as it does without this."
    )


def _uncared_for(graph: StackGraph, one: Caveat) -> str:
    return f"nobody who could be read is left to care for {name_with_place(graph, one.subject)} either way."


_SAID: Mapping[CaveatKind, Callable[[StackGraph, Caveat], str]] = MappingProxyType(
    {
        CaveatKind.AS_MANY_ADMINISTRATORS: _as_many,
        CaveatKind.MAIL_GOES_TO_LEAVER: _mailed,
        CaveatKind.COUNTED_AS_STAYING_ON: _stays_on,
        CaveatKind.UNCARED_FOR: _uncared_for,
    }
)


@dataclass(frozen=True, slots=True)
class _Move:
    """Things that stand under another heading than without what is supposed."""

    before: Standing
    now: Standing
    things: tuple[str, ...]

    @property
    def is_better(self) -> bool:
        return list(Standing).index(self.now) > list(Standing).index(self.before)


def _moves(shifts: Sequence[Shift]) -> Sequence[_Move]:
    """From which heading to which: a thing stands under one only, so what is new under one has left another."""
    by_standing = {one: shift for one in Standing for shift in shifts if shift.group == one.value}
    pairs = (
        _Move(before, now, tuple(sorted(set(left.no_longer) & set(come.newly))))
        for before, left in by_standing.items()
        for now, come in by_standing.items()
    )
    return [move for move in pairs if move.things]


def _beside(shifts: Sequence[Shift], moves: Sequence[_Move]) -> Iterator[Shift]:
    """The groups without the names of what is told as a move."""
    told = {thing for move in moves for thing in move.things}
    headings = {one.value for one in Standing}
    for shift in shifts:
        hidden = told if shift.group in headings else set[str]()
        newly, no_longer = (tuple(one for one in ids if one not in hidden) for ids in (shift.newly, shift.no_longer))
        yield replace(shift, newly=newly, no_longer=no_longer)


def _move_lines(graph: StackGraph, moves: Sequence[_Move]) -> Iterator[str]:
    if not moves:
        return
    text = "Each thing stands under its weakest heading only; what the new one says may have been so before."
    yield from wrapped(text, "  ", "    ")
    for words, better in (("better", True), ("worse", False)):
        some = [move for move in moves if move.is_better is better]
        if some:
            yield f"  Now under a {words} heading:"
        for move in some:
            way = f'from "{STANDS[move.before]}" to "{STANDS[move.now]}"'
            yield from wrapped(f"{len(move.things)} {way}: {_names(graph, move.things)}", "    ", "      ")


def _moved(graph: StackGraph, shift: Shift, known_by: Mapping[str, Sequence[str]]) -> str:
    parts = (("no longer", shift.no_longer), ("newly", shift.newly))
    told = (f"{words} {_names(graph, ids, known_by)}" for words, ids in parts if ids)
    return "".join(f"; {part}" for part in told)


def _names(graph: StackGraph, ids: Iterable[str], known_by: Mapping[str, Sequence[str]] = MappingProxyType({})) -> str:
    """The first few by name; a login that nobody read by what proves that it exists."""
    told = (_stands_behind(graph, known_by[one]) if one in known_by else name_with_place(graph, one) for one in ids)
    names = sorted(told, key=lambda name: (name.casefold(), name))
    more = f" and {len(names) - _MOST} more" if len(names) > _MOST else ""
    return ", ".join(names[:_MOST]) + more


def _stands_behind(graph: StackGraph, sources: Sequence[str]) -> str:
    return f"whoever stands behind {and_listed([plain(graph.called(one)) for one in sources])}"
