"""`stackmap people merge`, `split` and `classify`: putting who-is-who right in your notes."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from stackmap.cli.options import WorkspaceFolder
from stackmap.cli.output import answer
from stackmap.cli.people.listing import LoginType

if TYPE_CHECKING:
    from collections.abc import Callable

    from stackmap.app.opening import Reading
    from stackmap.app.people.changing import Plan

__all__ = ["register"]

DryRun = Annotated[bool, typer.Option("--dry-run", help="Only show the change; write nothing.")]


def register(group: typer.Typer) -> None:
    """Add the commands to `people`."""
    group.command("merge", help=_MERGE)(merge)
    group.command("split", help=_SPLIT)(split)
    group.command("classify", help=_CLASSIFY)(classify)


_MERGE = """These are one person. Writes it into stack.yaml, under `people`, and shows what that changes.

Each is a person (name, e-mail, id) or a login (id, system:login). What cannot be one
person is refused, with the reason.

Examples:

  stackmap people merge "Dana Okafor" dana.kim@larkfield.test

  stackmap people merge "Dana Okafor" hubspot:dkim --dry-run
"""


def merge(
    people: Annotated[list[str], typer.Argument(metavar="PERSON PERSON...", help="Who is one person.")],
    *,
    dry_run: DryRun = False,
    workspace: WorkspaceFolder = Path(),
) -> None:
    from stackmap.app.people.merging import merge_plan

    _change(workspace, partial(merge_plan, people), dry_run=dry_run)


_SPLIT = """These logins are not this person's. Writes it into stack.yaml, under `apart`.

The person keeps the id and all other logins. A login is an id, system:login, an e-mail or a name.

Examples:

  stackmap people split "Dana Okafor" hubspot:dkim

  stackmap people split "Dana Okafor" hubspot:dkim salesforce:dana.k --dry-run
"""


def split(
    person: Annotated[str, typer.Argument(metavar="PERSON", help="Who keeps the other logins.")],
    logins: Annotated[list[str], typer.Argument(metavar="LOGIN...", help="Logins that are somebody else's.")],
    *,
    dry_run: DryRun = False,
    workspace: WorkspaceFolder = Path(),
) -> None:
    from stackmap.app.people.splitting import split_plan

    _change(workspace, partial(split_plan, person, logins), dry_run=dry_run)


_CLASSIFY = """This login is of that type. Writes it into stack.yaml, under `accounts`.

human: one person's. integration: a robot's. vendor_managed: the vendor's own. shared: several people sign in with it.

Examples:

  stackmap people classify salesforce:sync@larkfield.test integration --reason "the nightly sync"

  stackmap people classify hubspot:marketing shared --dry-run
"""


_LOGIN = "An id, system:login, an e-mail, a name, or system and name as `stackmap people` shows them."


def classify(
    login: Annotated[str, typer.Argument(metavar="LOGIN", help=_LOGIN)],
    kind: Annotated[LoginType, typer.Argument(metavar="TYPE", help=f"One of {', '.join(LoginType)}.")],
    *,
    reason: Annotated[str | None, typer.Option("--reason", help="Why, for whoever reads your notes.")] = None,
    dry_run: DryRun = False,
    workspace: WorkspaceFolder = Path(),
) -> None:
    from stackmap.app.people.classifying import classify_plan
    from stackmap.model import AccountType

    _change(workspace, partial(classify_plan, login, AccountType(kind.value), reason), dry_run=dry_run)


def _change(folder: Path, plan: Callable[[Reading], Plan], *, dry_run: bool) -> None:
    from stackmap.app.people.changing import change_notes
    from stackmap.app.workspace import Workspace
    from stackmap.render.people_changed import changed_text, diff_text

    changed = change_notes(Workspace(folder), plan, dry_run=dry_run)
    answer(diff_text(changed) if dry_run else changed_text(changed), None)
