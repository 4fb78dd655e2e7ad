"""What a command changed in your notes, and what that does to who is who."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from stackmap.render.guards import plain
from stackmap.render.words import counted

__all__ = ["Changed", "Counts", "changed_text", "counts_text", "diff_text"]


_PLACE = re.compile(r"@@ -\S+ \+(\d+)")


@dataclass(frozen=True, slots=True)
class Counts:
    """Who is who in numbers: people, logins tied to somebody, and people's logins of which nobody knows whose."""

    people: int
    ties: int
    nobodys: int


@dataclass(frozen=True, slots=True)
class Changed:
    """Notes with a change: the whole text, the lines that differ, and who is who before and after."""

    text: str
    lines: tuple[str, ...]
    before: Counts
    after: Counts
    remarks: tuple[str, ...] = ()
    written: bool = False


def changed_text(changed: Changed) -> str:
    """What was written, where, and what it does."""
    if not changed.lines:
        return "Your notes say that already; nothing was changed.\n"
    title = "Written to stack.yaml:" if changed.written else "Would be written to stack.yaml:"
    lines = [title, *(f"  {_line(line)}" for line in changed.lines[2:]), ""]
    lines += [*changed.remarks, counts_text(changed.before, changed.after)]
    return "\n".join(lines) + "\n"


def diff_text(changed: Changed) -> str:
    """The change alone, as `diff -u` shows it."""
    return "".join(f"{_shown(line)}\n" for line in changed.lines)


def _line(line: str) -> str:
    """A line of the change; where it goes on elsewhere, from which line on."""
    place = _PLACE.match(line)
    return f"from line {place[1]}:" if place else _shown(line)


def _shown(line: str) -> str:
    body = line[1:]
    indent = " " * (len(body) - len(body.lstrip(" ")))
    return f"{line[:1]}{indent}{plain(body)}".rstrip()


def counts_text(before: Counts, after: Counts) -> str:
    """Who is who before and after, in one line."""
    pairs: Sequence[tuple[str, int, int]] = (
        ("people", before.people, after.people),
        ("logins tied to somebody", before.ties, after.ties),
        ("people's logins that are nobody's yet", before.nobodys, after.nobodys),
    )
    told = [f"{name} {old} before, {new} now" for name, old, new in pairs if old != new]
    same = f"{counted(after.people, 'person', 'people')}, {counted(after.ties, 'login')} tied to somebody, as before"
    return f"Who is who: {'; '.join(told) if told else same}."
