"""`stackmap import`: take in what others exported or wrote."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from stackmap.cli.options import Output, Quiet, WorkspaceFolder
from stackmap.cli.output import answer, note

if TYPE_CHECKING:
    from stackmap.app.imports.importing import Imported, TableAsk
    from stackmap.app.reading import Readings
    from stackmap.app.workspace import Workspace
    from stackmap.render.imported import ImportPage

__all__ = ["register"]


class Format(StrEnum):
    """How `--kinds` is written."""

    TEXT = "text"
    MD = "md"
    JSON = "json"


class Dates(StrEnum):
    """The order of day, month and year."""

    DMY = "DMY"
    MDY = "MDY"
    YMD = "YMD"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("import", help=_HELP)(import_)


_HELP = """Import files: exports out of screens, lists that were filled in, staff lists, fact files. A source that is
imported again is replaced whole.

Examples:

  stackmap import --kinds

  stackmap import staff-2026-10-03.csv --dates DMY

  stackmap import zaps.csv --set member=dana@example.com

  stackmap import canva.csv --map

  stackmap import facts.jsonl --as crm --skip-bad
"""


def import_(
    files: Annotated[list[Path] | None, typer.Argument(metavar="FILE...", help="CSV files or fact files.")] = None,
    *,
    kinds: Annotated[bool, typer.Option("--kinds", help="List the kinds of files, and where to get each.")] = False,
    kind: Annotated[str, typer.Option("--kind", help="The kind of file, where its headings do not tell.")] = "",
    source: Annotated[str | None, typer.Option("--as", help="The source's name, where the file gives none.")] = None,
    exported: Annotated[
        datetime | None,
        typer.Option("--exported", formats=["%Y-%m-%d"], help="The day of the export.", show_default="the file's"),
    ] = None,
    dates: Annotated[Dates | None, typer.Option("--dates", help="How days are written, if not 2026-10-03.")] = None,
    options: Annotated[
        list[str] | None, typer.Option("--set", metavar="NAME=VALUE", help="What the file does not say.")
    ] = None,
    complete: Annotated[bool, typer.Option("--complete", help="This staff list holds everybody.")] = False,
    older: Annotated[bool, typer.Option("--older", help="Let an older table take the place of a newer one.")] = False,
    skip_bad: Annotated[bool, typer.Option("--skip-bad", help="Take the good lines, list the bad ones.")] = False,
    explain: Annotated[bool, typer.Option("--map", help="Ask what the columns of a table are.")] = False,
    form: Annotated[Format, typer.Option("--format", "-f", help="How to write --kinds.")] = Format.TEXT,
    output: Output = None,
    workspace: WorkspaceFolder = Path(),
    quiet: Quiet = False,
) -> None:
    from stackmap.app.imports.importing import import_files
    from stackmap.app.workspace import Workspace
    from stackmap.cli.running import readings
    from stackmap.errors import UsageError
    from stackmap.render.imported import import_text

    here, means = Workspace(workspace), readings(quiet=quiet)
    if kinds:
        answer(_kinds(here, means, form), output)
        return
    if not files:
        raise UsageError("name a file to import; what can be imported: stackmap import --kinds")
    if explain:
        _explain(here, means, files)
    ask = _ask(kind, exported, dates, options or (), complete=complete, older=older)
    done = import_files(here, means, files, name=source, skip_bad=skip_bad, ask=ask)
    answer(import_text(_page(done)), output)


def _kinds(workspace: Workspace, means: Readings, form: Format) -> str:
    from stackmap.app.imports.importing import listed_kinds
    from stackmap.render import imported

    write = {Format.JSON: imported.kinds_json, Format.MD: imported.kinds_markdown, Format.TEXT: imported.kinds_text}
    return write[form](listed_kinds(workspace, means.found))


def _ask(
    kind: str, exported: datetime | None, dates: Dates | None, options: Sequence[str], *, complete: bool, older: bool
) -> TableAsk:
    from stackmap.app.imports.importing import TableAsk
    from stackmap.declared.tables import DayOrder

    return TableAsk(
        kind=kind,
        exported=exported.date() if exported else None,
        order=DayOrder(dates.value) if dates else None,
        options=_given(options),
        complete=complete,
        older=older,
    )


def _given(options: Sequence[str]) -> dict[str, str]:
    """What `--set` says, by name."""
    from stackmap.errors import UsageError

    given: dict[str, str] = {}
    for option in options:
        name, mark, value = option.partition("=")
        if not mark or not name.strip() or not value.strip():
            raise UsageError("--set takes NAME=VALUE, as in --set member=dana@example.com")
        given[name.strip()] = value.strip()
    return given


def _page(done: Imported) -> ImportPage:
    from stackmap.render.imported import ImportPage, LeftOut, Source

    tables = done.tables or {}
    return ImportPage(
        done.snapshot,
        tuple(Source(one.source, len(one.facts), tables.get(one.source)) for one in done.readings),
        tuple(LeftOut(file, bad.number, bad.reason) for file, bad in done.bad_lines),
        done.notes,
        len(done.unmet),
    )


def _explain(workspace: Workspace, means: Readings, files: Sequence[Path]) -> None:
    """Ask about every table that nobody explained yet; at a terminal about those that somebody did, too."""
    from stackmap.app.imports.explaining import explain, nobody_to_ask, remember, unexplained

    for file in files:
        header = unexplained(workspace, means.found, file, again=sys.stdin.isatty())
        if header is None:
            continue
        if not sys.stdin.isatty():
            raise nobody_to_ask(file, workspace)
        note(f"{file.name}: what are its columns? (kept in imports.yaml; --map asks again)")
        remember(workspace, explain(file, header, _Terminal()))


class _Terminal:
    """Asks whoever sits at the terminal."""

    def choose(self, question: str, choices: Sequence[str], *, may_skip: bool) -> int | None:
        from stackmap.render.guards import plain

        note(question)
        for number, choice in enumerate(choices, 1):
            note(f"  {number}  {plain(choice)}")
        words = "number, or 0 for none" if may_skip else "number"
        least = 0 if may_skip else 1
        while True:
            picked = _picked(str(typer.prompt(words, err=True)), choices)
            if picked is not None and least <= picked <= len(choices):
                return picked - 1 if picked else None
            note(f"a number from {least} to {len(choices)}")

    def text(self, question: str, usual: str) -> str:
        return str(typer.prompt(question, default=usual or None, err=True)).strip()


def _picked(answer: str, choices: Sequence[str]) -> int | None:
    """The number that somebody means, who may write a choice, or its word before the colon, instead."""
    word = answer.strip().casefold()
    if word.isdecimal():
        return int(word)
    found = [n for n, choice in enumerate(choices, 1) if word in {choice.casefold(), choice.casefold().split(":")[0]}]
    return found[0] if len(found) == 1 else None
