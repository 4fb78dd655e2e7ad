"""`stackmap people erase`: take somebody out of every reading."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from stackmap.cli.options import WorkspaceFolder
from stackmap.cli.output import answer, note

if TYPE_CHECKING:
    from stackmap.app.people.erasing import Erasure
    from stackmap.app.people.leftovers import Leftovers

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Add the command to `people`."""
    app.command("erase", help=_HELP)(erase)


_HELP = """Take somebody out of every reading that is stored here. This cannot be undone.

Names, addresses and what was read about the person go; the logins stay without a name, because things hang on them.
The systems still have the person: have the login deleted there first, or the next `stackmap collect` reads it again.

Example:

  stackmap people erase "Dana Okafor"
"""


def erase(
    person: Annotated[str, typer.Argument(metavar="PERSON", help="Who: a name, an e-mail or an id.")],
    *,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    workspace: WorkspaceFolder = Path(),
) -> None:
    from stackmap.app.people.erasing import erase_person, plan_erasure
    from stackmap.app.people.leftovers import leftovers
    from stackmap.app.workspace import Workspace

    place = Workspace(workspace)
    plan = plan_erasure(place, person)
    note(_asked(plan))
    if not (yes or _agreed()):
        note("nothing was changed")
        return
    done = erase_person(place, plan, note)
    told = [f"Erased: {done.gone} facts are gone, {done.changed} changed."]
    if done.notes:
        told.append("The notes stored with earlier readings no longer name them either.")
    answer("\n".join([*told, *_left(leftovers(place, plan))]) + "\n", None)


def _asked(plan: Erasure) -> str:
    from stackmap.render.guards import plain
    from stackmap.render.words import counted

    logins = counted(plan.logins, "login")
    return (
        f"{plain(plan.name)}: {logins}, in {counted(plan.readings, 'reading')} stored here.\n"
        f"{counted(plan.gone, 'fact')} would go and {plan.changed} would lose their name. This cannot be undone."
    )


def _agreed() -> bool:
    from stackmap.errors import UsageError

    if not sys.stdin.isatty():
        raise UsageError("nobody is here to be asked; add --yes to erase without a question")
    return typer.confirm("Erase?", err=True)


def _left(found: Leftovers) -> list[str]:
    from stackmap.render.guards import plain

    def listed(names: tuple[str, ...]) -> str:
        return ", ".join(map(plain, names))

    told = []
    if found.lines:
        numbers = ", ".join(map(str, found.lines))
        told.append(f"stack.yaml still names them, in line {numbers}: take that out, for notes bring a person back.")
    if found.keys:
        told.append(
            f"Sources and systems keep their names, and these hold the person's: {listed(found.keys)}. To be rid of "
            "them, call the source something else in stackmap.yaml or at the next import, and delete stackmap.db."
        )
    if found.files:
        told.append(f"Other files here name them, and were not changed: {listed(found.files)}. Delete or change them.")
    if found.unread:
        told.append(f"Nobody could look into these files: {listed(found.unread)}. See for yourself.")
    told.append(
        "The systems still have them: the next `stackmap collect` reads them again unless their login is deleted there."
    )
    told.append("Copies and backups of this folder are as they were.")
    return told
