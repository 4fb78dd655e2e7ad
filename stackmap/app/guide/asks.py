"""Whom a newcomer asks: owners, backups and administrators who are here."""

from __future__ import annotations

from collections.abc import Iterator

from stackmap.app.guide.owners import backups, owners, present
from stackmap.app.guide.view import GuideView
from stackmap.model import EdgeKind, NodeKind
from stackmap.render.guide_page import Asked

__all__ = ["ask_systems", "ask_things"]


def ask_systems(view: GuideView) -> Iterator[Asked]:
    """Every system, what matters most first."""
    for system in view.systems:
        yield _asked(view, system.id, administrators=_administrators(view, system.id))


def ask_things(view: GuideView) -> Iterator[Asked]:
    """Every other thing that your notes give an owner or backup of its own, whether they are here or not, or a runbook.

    What is owned by somebody who has left is told too: left out, it would pass for something that nobody ever owned.
    """
    things = [thing for thing in view.analysis.counted.values() if thing.kind is not NodeKind.SYSTEM]
    for thing in sorted(things, key=lambda one: view.by_weight(one.id)):
        runbook = str(thing.properties.get("runbook") or "")
        asked = _asked(view, thing.id, where=view.where(thing.id), runbook=runbook)
        if asked.owners or asked.backups or asked.owners_gone or asked.backups_gone or runbook:
            yield asked


def _asked(
    view: GuideView,
    node_id: str,
    *,
    where: str = "",
    administrators: tuple[str, ...] | None = (),
    runbook: str = "",
) -> Asked:
    owned, backed = owners(view, node_id), backups(view, node_id)
    return Asked(view.name(node_id), where, owned.names, backed.names, administrators, runbook, owned.gone, backed.gone)


def _administrators(view: GuideView, system: str) -> tuple[str, ...] | None:
    """None where nobody is known and the list was not read whole: then there may be some."""
    logins = {link.source for link in view.graph.into(system, EdgeKind.ADMINISTERS)}
    active = [account for login in sorted(logins) if (account := view.stack.accounts.get(login)) and not account.off]
    names = present(view, (tie.person for account in active for tie in account.holders))
    return names if names or view.stack.admins_readable(system) else None
