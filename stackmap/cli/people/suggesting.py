"""`stackmap people suggest`: who may be one person, asked and answered."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from stackmap.cli.options import Output, WorkspaceFolder
from stackmap.cli.output import answer, note

if TYPE_CHECKING:
    from stackmap.app.people.interview import Interview
    from stackmap.app.workspace import Workspace

__all__ = ["register"]

_INTERRUPTED = 130
_ASK = "Same person? [y]es, [n]o, [s]kip, [q]uit"
_WORDS = {"y": "y", "yes": "y", "n": "n", "no": "n", "s": "s", "skip": "s", "": "s", "q": "q", "quit": "q"}


class Format(StrEnum):
    """How the questions are written."""

    ASK = "ask"
    TEXT = "text"
    JSON = "json"


def register(group: typer.Typer) -> None:
    """Add the command to `people`."""
    group.command("suggest", help=_HELP)(suggest)


_HELP = """Who may be one person although nothing ties them. Nothing is tied until you say so.

In a terminal it asks, one by one, and writes each answer into stack.yaml at once. With --file it writes a table: put
yes or no into its column `answer`, then hand it back with --answers.

Examples:

  stackmap people suggest

  stackmap people suggest --file answers.csv

  stackmap people suggest --answers answers.csv --dry-run
"""


def suggest(
    *,
    file: Annotated[Path | None, typer.Option("--file", help="Write the questions into this CSV.")] = None,
    answers: Annotated[
        Path | None, typer.Option("--answers", help="Take the answers of this CSV.", exists=True)
    ] = None,
    limit: Annotated[int | None, typer.Option("--limit", min=1, help="So many questions at most.")] = None,
    form: Annotated[Format, typer.Option("--format", "-f", help="Ask, or list the questions.")] = Format.ASK,
    skip_bad: Annotated[bool, typer.Option("--skip-bad", help="Take the good rows, list the bad ones.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show what would be written.")] = False,
    output: Output = None,
    workspace: WorkspaceFolder = Path(),
) -> None:
    from stackmap.app.people.interview import Interview
    from stackmap.app.workspace import Workspace
    from stackmap.render.people_suggested import suggested_csv, suggested_json, suggested_text

    where = Workspace(workspace)
    if answers is not None:
        _take(where, answers, skip_bad=skip_bad, dry_run=dry_run)
        return
    interview = Interview.about(where, limit)
    if file is not None:
        answer(suggested_csv(interview.pairs), file)
        note("Write yes or no into the column `answer`, then: stackmap people suggest --answers " + str(file))
    elif form is Format.JSON:
        answer(suggested_json(interview.pairs), output)
    elif form is Format.TEXT or not (sys.stdin.isatty() and sys.stdout.isatty()):
        answer(suggested_text(interview.pairs, interview.left), output)
    else:
        _ask(interview)


def _take(workspace: Workspace, file: Path, *, skip_bad: bool, dry_run: bool) -> None:
    from stackmap.app.people.answers import take_answers
    from stackmap.render.guards import plain
    from stackmap.render.people_changed import changed_text, diff_text

    changed, bad = take_answers(workspace, file, skip_bad=skip_bad, dry_run=dry_run)
    for one in bad:
        note(f"left out row {one.row}: {plain(one.reason)}")
    answer(diff_text(changed) if dry_run else changed_text(changed), None)


def _ask(interview: Interview) -> None:
    """Ask until all is answered or somebody has enough; an answer is in the notes before the next question."""
    from stackmap.render.people_changed import counts_text

    stopped = False
    try:
        _put_all(interview)
    except typer.Abort:
        stopped = True
    answer(f"{interview.told()}\n{counts_text(interview.start, interview.now)}\n", None)
    if stopped:
        raise typer.Exit(_INTERRUPTED)


def _put_all(interview: Interview) -> None:
    from stackmap.errors import StackmapError
    from stackmap.render.people_suggested import pair_lines

    for number, pair in enumerate(interview.pairs, start=1):
        if not interview.open(pair):
            continue
        note("\n".join(["", f"{number} of {len(interview.pairs)}", *pair_lines(pair)]))
        said = _said()
        if said == "q":
            return
        if said != "s":
            try:
                interview.answer(pair, same=said == "y")
            except StackmapError as error:
                note(str(error))


def _said() -> str:
    while True:
        word = str(typer.prompt(_ASK, default="s", show_default=False, err=True)).strip().casefold()
        if word in _WORDS:
            return _WORDS[word]
        note("y, n, s or q")
