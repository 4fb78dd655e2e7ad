"""What is told where a word fits nobody and nothing, or several: who may be meant, and what to type then."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from stackmap.errors import UsageError
from stackmap.render.guards import plain

__all__ = ["Candidate", "Then", "again", "check_length", "check_word", "nobody", "several", "shown", "to_try"]

_SHOWN = 8
_LONGEST = 100
_LONGEST_NAME = 300

Then: TypeAlias = Callable[[str], str]
"""The command line that asks again with an id."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody or something that may be meant: an id, which fits nothing else, and what tells them from the others.

    `like`: how like a name of theirs is to what was typed, 0 where that is more than mistyped.
    """

    id: str
    about: tuple[str, ...]
    like: float = 0


def again(*words: str, at: int) -> Then:
    """The same command with an id in place of one of its words."""
    return lambda node_id: plain(shlex.join([*words[:at], node_id, *words[at + 1 :]]))


def check_word(text: str) -> None:
    """Raise UsageError where a word is empty: a variable of a script that was never set, as a rule."""
    if not text.strip():
        raise UsageError(
            'an empty word ("") fits nobody and nothing: give a name, an e-mail or an id. See: stackmap people'
        )


def check_length(text: str) -> None:
    """Raise UsageError where a name that fits nobody is longer than names are: a list with no lines, as a rule."""
    if len(text) > _LONGEST_NAME:
        raise UsageError(
            f"{shown(text)} has {len(text)} characters, and a name has at most {_LONGEST_NAME}: write one name a line"
        )


def nobody(told: str, near: Sequence[Candidate], then: Then) -> UsageError:
    """`told` says that nobody or nothing is called so."""
    if not near:
        return UsageError(f"{told}. See: stackmap people")
    lines = [f"{told}; nearest:", *map(_line, near), *to_try(near, then), "See all: stackmap people --all"]
    return UsageError("\n".join(lines))


def to_try(near: Sequence[Candidate], then: Then) -> list[str]:
    """A line with the command to type where one alone comes nearest, and what was typed may be that one mistyped: who
    copies it changes notes, or takes its answer for one about whom they meant.
    """
    most = max((one.like for one in near), default=0)
    likest = [one for one in near if most and one.like == most]
    return [f"Try: {then(likest[0].id)}"] if len(likest) == 1 else []


def several(text: str, what: str, found: Sequence[Candidate], then: Then) -> UsageError:
    """More than one, called `what`, may be meant."""
    lines = [f"{len(found)} {what} match {shown(text)}:", *map(_line, found[:_SHOWN])]
    if len(found) > _SHOWN:
        lines.append(f"  and {len(found) - _SHOWN} more")
    return UsageError("\n".join([*lines, f"Say which: {then(found[0].id)}"]))


def _line(candidate: Candidate) -> str:
    return "  " + "   ".join(filter(None, (candidate.id, *map(plain, candidate.about))))


def shown(text: str) -> str:
    """A word that somebody typed, in quotation marks."""
    one = plain(text)
    return f'"{one if len(one) <= _LONGEST else one[:_LONGEST] + "..."}"'
