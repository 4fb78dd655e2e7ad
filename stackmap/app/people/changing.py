"""Changing who is who: planned as changes of your notes, tried out on the reading, and only then written."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from stackmap.app import opening
from stackmap.app.opening import Question, Reading, reading_with
from stackmap.app.people.notes import NotesFile, uninterrupted
from stackmap.app.workspace import Workspace
from stackmap.declared import parse_manifest
from stackmap.declared.editing import Change, edited
from stackmap.errors import UsageError
from stackmap.model import AccountType
from stackmap.render.people_changed import Changed, Counts

__all__ = ["Plan", "change_notes", "counts", "rewritten", "try_out"]

_FILE = "stack.yaml"


@dataclass(frozen=True, slots=True)
class Plan:
    """What to change in your notes, and how to see in the reading afterwards that it does what was asked for.

    `refusals` says what the change would not do, or would do besides: nothing is written then.
    """

    changes: tuple[Change, ...]
    refusals: Callable[[Reading, Reading], Sequence[str]]
    remarks: tuple[str, ...] = ()


def change_notes(workspace: Workspace, plan: Callable[[Reading], Plan], *, dry_run: bool = False) -> Changed:
    """Plan on the latest reading, try it out, and write stack.yaml unless it is a dry run.

    Starts again where the file changes meanwhile. Raises UsageError where the change would not do what was asked for.
    """

    def attempt() -> Changed | None:
        notes = NotesFile.read(workspace)
        before = opening.open_reading(workspace, Question())
        if notes.content is not None and notes.unmarked != before.manifest.text:
            return None
        changed, _ = try_out(notes, before, plan(before))
        if dry_run or not changed.lines or notes.put_back(changed.text):
            return replace(changed, written=not dry_run and bool(changed.lines))
        return None

    return uninterrupted(attempt)


def try_out(notes: NotesFile, before: Reading, planned: Plan) -> tuple[Changed, Reading]:
    """What the notes and the reading would be. Raises UsageError where that is not what was asked for."""
    text = edited(notes.text, planned.changes, _FILE)
    after = rewritten(before, text)
    if refusals := planned.refusals(before, after):
        raise UsageError("\n".join([*refusals, "Nothing was written."]))
    diff = tuple(difflib.unified_diff(_lines(notes.text), _lines(text), _FILE, _FILE, lineterm="", n=1))
    return Changed(text, diff, counts(before), counts(after), planned.remarks), after


def rewritten(reading: Reading, text: str) -> Reading:
    """The reading with other notes."""
    manifest = parse_manifest(text.removeprefix("\ufeff"), _FILE)
    return reading_with(reading.snapshot, manifest, reading.sources, reading.stack.as_of)


def _lines(text: str) -> list[str]:
    return text.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")


def counts(reading: Reading) -> Counts:
    """Who is who in numbers."""
    stack = reading.stack
    ties = sum(len(account.holders) for account in stack.accounts.values())
    nobodys = sum(account.type is AccountType.HUMAN and not account.holders for account in stack.accounts.values())
    return Counts(len(stack.people), ties, nobodys)
