"""Answers to who may be one person, from the table that somebody filled in."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from stackmap.app import opening
from stackmap.app.opening import Question, Reading
from stackmap.app.people.changing import Plan, change_notes, try_out
from stackmap.app.people.notes import NotesFile
from stackmap.app.people.suggesting import Answer, answered_plan, grouped
from stackmap.app.workspace import Workspace
from stackmap.declared.tables.text import opened
from stackmap.errors import ConfigError, StackmapError, UsageError
from stackmap.render.people_changed import Changed
from stackmap.render.people_suggested import COLUMNS
from stackmap.render.words import counted

__all__ = ["BadRow", "take_answers"]

_YES = frozenset({"yes", "y", "ja", "oui", "si", "sí", "true", "x", "1"})
_NO = frozenset({"no", "n", "nein", "non", "false", "0"})
_NEEDED = ("answer", "first", "second")


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that cannot be taken, by its number in the file, and why."""

    row: int
    reason: str


def take_answers(
    workspace: Workspace, file: Path, *, skip_bad: bool = False, dry_run: bool = False
) -> tuple[Changed, tuple[BadRow, ...]]:
    """Write the answers of a table into your notes, with the rows that were left out.

    Raises UsageError, and writes nothing, where a row is wrong; unless bad rows are to be skipped.
    """
    answers, bad = _read(file)
    reading = opening.open_reading(workspace, Question())
    good, more = _sorted_out(NotesFile.read(workspace), reading, answers)
    bad = tuple(sorted((*bad, *more), key=lambda one: one.row))
    if bad and not skip_bad:
        listed = "\n".join(f"{file.name}, row {one.row}: {one.reason}" for one in bad)
        many = counted(len(good), "good row")
        raise UsageError(f"{listed}\nNothing was written. To take the {many}: --skip-bad")

    def plan(before: Reading) -> Plan:
        return answered_plan(good, before)

    return change_notes(workspace, plan, dry_run=dry_run), bad


def _read(file: Path) -> tuple[list[Answer], tuple[BadRow, ...]]:
    with opened(file) as table:
        lines = [line for _, line in table.lines]
    if not lines:
        raise ConfigError(f"{file.name} is empty")
    reader = csv.reader(lines, delimiter=max(",;\t", key=lines[0].count))
    headings = [cell.strip().casefold() for cell in next(reader)]
    if missing := [name for name in _NEEDED if name not in headings]:
        raise ConfigError(
            f"{file.name} has no column {missing[0]!r}; it needs those that `stackmap people suggest --file` writes: "
            f"{', '.join(COLUMNS)}"
        )
    places = [headings.index(name) for name in _NEEDED]
    answers, bad = [], []
    for cells in reader:
        padded = [*cells, *[""] * len(headings)]
        word, first, second = (padded[place].strip().removeprefix("'") for place in places)
        match _meant(word):
            case bool() as same:
                answers.append(Answer(first, second, same, reader.line_num))
            case str() as reason if reason:
                bad.append(BadRow(reader.line_num, reason))
    return answers, tuple(bad)


def _meant(word: str) -> bool | str:
    """What is said; "" for nothing, else why it cannot be taken."""
    if word.casefold() in _YES | _NO:
        return word.casefold() in _YES
    return f'"{word[:40]}" is no answer: write yes or no, or leave it empty' if word else ""


def _sorted_out(notes: NotesFile, reading: Reading, answers: Sequence[Answer]) -> tuple[list[Answer], list[BadRow]]:
    """The answers that can be written together, and the others. They are tried one by one only where that is needed."""
    if _wrong(notes, reading, answers) == "":
        return list(answers), []
    good: list[Answer] = []
    bad: list[BadRow] = []
    for some in _chunks(answers):
        if reason := _wrong(notes, reading, [*good, *some]):
            bad += [BadRow(answer.row, reason) for answer in some]
        else:
            good += some
    return good, bad


def _chunks(answers: Sequence[Answer]) -> Iterator[list[Answer]]:
    """Answers that stand or fall together: those that make one person, then each of the others."""
    groups = grouped((answer.first, answer.second) for answer in answers if answer.same)
    for group in dict.fromkeys(groups.values()):
        yield [answer for answer in answers if answer.same and groups[answer.first] == group]
    yield from ([answer] for answer in answers if not answer.same)


def _wrong(notes: NotesFile, reading: Reading, answers: Sequence[Answer]) -> str:
    try:
        try_out(notes, reading, answered_plan(answers, reading))
    except StackmapError as error:
        return str(error).removesuffix("\nNothing was written.").replace("\n", "; ")
    return ""
