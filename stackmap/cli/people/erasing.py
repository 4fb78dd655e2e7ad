"""`stackmap people erase`: take somebody out of every reading."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from stackmap.cli.options import WorkspaceFolder
from stackmap.cli.output import answer, note

if TYPE_CHECKING:
    from stackmap.app.people.aftermath import Aftermath
    from stackmap.app.people.erasing import Erasure
    from stackmap.app.people.leftovers import Leftovers

__all__ = ["register"]

_SHOWN = 10


def register(app: typer.Typer) -> None:
    """Add the command to `people`."""
    app.command("erase", help=_HELP)(erase)


_HELP = """Take somebody out of every reading that is stored here. This cannot be undone.

Names, addresses, codes made of an address, and what was read about the person go. The logins stay without a name,
because things hang on them, and whether each is on.
What is still open because somebody has left is told first: close it before, for nobody can find it afterwards.
The systems still have the person: have the login deleted there first, or the next `stackmap collect` or
`stackmap import` reads it again.

Examples:

  stackmap people erase "Dana Okafor" --dry-run

  stackmap people erase "Dana Okafor"
"""


def erase(
    person: Annotated[str, typer.Argument(metavar="PERSON", help="Who: a name, an e-mail or an id.")],
    *,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would happen; change nothing.")] = False,
    workspace: WorkspaceFolder = Path(),
) -> None:
    from stackmap.app.people.aftermath import aftermath
    from stackmap.app.people.erasing import erase_person, plan_erasure
    from stackmap.app.people.leftovers import leftovers
    from stackmap.app.workspace import Workspace

    place = Workspace(workspace)
    plan = plan_erasure(place, person)
    after = aftermath(place, plan)
    asked = [*_asked(plan), *_open(after), *_lost(after)]
    if dry_run:
        answer(_page([*asked, *_left(leftovers(place, plan)), "Nothing was changed."]), None)
        return
    note(_page(asked).rstrip())
    if not (yes or _agreed()):
        note("nothing was changed")
        return
    done = erase_person(place, plan, note)
    told = [f"Erased: {done.gone} facts are gone, {done.changed} changed."]
    if done.notes:
        told.append("The notes stored with earlier readings no longer name them either.")
    answer(_page([*told, *_mended(after), *_left(leftovers(place, plan))]), None)


def _page(lines: list[str]) -> str:
    return "\n".join([*lines, ""])


def _asked(plan: Erasure) -> list[str]:
    from stackmap.render.guards import plain
    from stackmap.render.words import and_listed, counted

    told = [f"{plain(plan.name)}: {counted(plan.logins, 'login')}, in {counted(plan.readings, 'reading')} stored here."]
    if plan.shared:
        stay = "stays" if len(plan.shared) == 1 else "stay"
        told.append(f"Not theirs alone, so {stay} as read: {and_listed(plan.shared)}.")
    return [
        *told,
        f"{counted(plan.gone, 'fact')} would go and {plan.changed} would lose their name. This cannot be undone.",
    ]


def _open(after: Aftermath) -> list[str]:
    """What is open because they have left: the last moment at which anybody can say so."""
    if not (after.still_open or after.unjudged):
        return []
    from stackmap.render.guards import plain

    told = [f"  {one.code} · {plain(one.because)}" for one in after.still_open]
    if after.unjudged:
        told.append("  there may be more: not all that would tell was read (see: stackmap check)")
    codes = ", ".join(sorted({one.code for one in after.still_open}))
    how = [f"How: stackmap explain {codes}"] if codes else []
    return [
        "Still open because they have left. After erasing, nobody can find this any more: close it first.",
        *told,
        *how,
    ]


def _lost(after: Aftermath) -> list[str]:
    """What `check` would be silent about because your notes name what goes."""
    from stackmap.render.guards import plain

    told = []
    if after.torn:
        told.append(
            f"stack.yaml names logins or things by an id or an address that goes, in line {_lines(after)}: they "
            "would meet nothing, and what they say is lost until you change them. What to write is told afterwards."
        )
    if after.lost:
        told.append("While stack.yaml is as it is, `stackmap check` would not find any more:")
        told += [f"  {one.code} · {plain(one.because)}" for one in after.lost[:_SHOWN]]
        told += [f"  and {len(after.lost) - _SHOWN} more"] if len(after.lost) > _SHOWN else []
    return told


def _lines(after: Aftermath) -> str:
    return ", ".join(str(line) for line in sorted({one.line for one in after.torn}))


def _mended(after: Aftermath) -> list[str]:
    """What to write where your notes name what is gone."""
    from stackmap.render.guards import plain

    if not after.torn:
        return []
    return [
        "These lines of stack.yaml meet nothing any more. Write instead of the id or address that is gone:",
        *(f"  line {one.line}: {plain(one.now)}" for one in after.torn),
    ]


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
        told.append(
            f"stack.yaml still names them, in line {numbers}: take that out, for notes bring a "
            "person back, and until then they may count as one more person beside the erased logins."
        )
    if found.keys:
        told.append(
            "Sources and systems keep their names, and these hold the person's, or a code made of their address: "
            f"{listed(found.keys)}. To be rid of them, call the source something else in stackmap.yaml or at the next "
            "import, and delete stackmap.db."
        )
    if found.files:
        told.append(f"Other files here name them, and were not changed: {listed(found.files)}. Delete or change them.")
    if found.unread:
        told.append(f"Nobody could look into these files: {listed(found.unread)}. See for yourself.")
    told.append(
        "The systems still have them, and so have the files that you import: the next `stackmap collect` or `stackmap "
        "import` reads them again, unless their login is deleted there and the file no longer has them."
    )
    told.append("Copies and backups of this folder are as they were.")
    return told
