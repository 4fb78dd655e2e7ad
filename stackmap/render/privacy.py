"""What outputs with stand-ins say about themselves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from stackmap.render.document import Block, Bullets, Paragraph, Section
from stackmap.render.guards import plain
from stackmap.render.lines import wrapped
from stackmap.render.words import counted

__all__ = ["SharedBy", "stand_ins_section", "stand_ins_text"]

_SHOWN = 12
_WHAT = (
    "People's names, nicknames, addresses and employee numbers are replaced, and so are initials and telephone numbers "
    "where the text shows that they are some; job titles, and links that name somebody, are left out. "
    "A stand-in means the same person in every reading of this workspace, and nothing elsewhere."
)
_STAYS = (
    "Names of companies, systems and teams stay unless they hold somebody's name, and so do the numbers by which "
    "systems know their logins: whoever may look there can find out who is meant. Where an id holds a name, that is "
    "replaced too; the fingerprint of a finding about it is then another one here."
)
_MISSED = (
    "What looks like any other word stays: initials in the middle of a text, a short name that no list gives, a job "
    "title in one word or in the name of a thing. Read an answer through before you hand it on."
)
_FEW = "Who knows the company can guess who is meant where few people share a team or a role:"
_ENOUGH = "Every team and role that was read is shared by five people or more."


@dataclass(frozen=True, slots=True)
class SharedBy:
    """A team, department or role in words, and how many people share it."""

    what: str
    people: int


def _few(groups: Sequence[SharedBy]) -> tuple[str, ...]:
    told = [f"{plain(one.what)}: {counted(one.people, 'person', 'people')}" for one in groups[:_SHOWN]]
    more = len(groups) - _SHOWN
    return (*told, *([f"and {more} more"] if more > 0 else ()))


def stand_ins_text(groups: Sequence[SharedBy]) -> str:
    """The end of an answer in a terminal. `groups`: those that few people share."""
    lines = ["", "STAND-INS FOR PEOPLE"]
    for text in (_WHAT, _STAYS, _MISSED, _FEW if groups else _ENOUGH):
        lines.extend(wrapped(text, "  ", "  "))
    lines.extend(f"    {text}" for text in _few(groups))
    return "\n".join(lines) + "\n"


def stand_ins_section(groups: Sequence[SharedBy]) -> Section:
    """The end of a document."""
    blocks: list[Block] = [Paragraph(text) for text in (_WHAT, _STAYS, _MISSED, _FEW if groups else _ENOUGH)]
    if groups:
        blocks.append(Bullets(_few(groups)))
    return Section("stand-ins", "Stand-ins for people", tuple(blocks))
