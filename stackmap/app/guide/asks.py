"""Whom a newcomer asks: owners, backups and administrators who are here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from stackmap.app.guide.view import GuideView
from stackmap.model import EdgeKind, Link, NodeKind
from stackmap.render.guide_page import Asked

__all__ = ["ask_systems", "ask_things"]


def ask_systems(view: GuideView) -> Iterator[Asked]:
    """Every system, what matters most first."""
    for system in view.systems:
        owners, backups = _people(view, system.id)
        yield Asked(view.name(system.id), "", owners, backups, _administrators(view, system.id))


def ask_things(view: GuideView) -> Iterator[Asked]:
    """Every other thing that your notes give an owner or backup of its own, or a runbook."""
    things = [thing for thing in view.analysis.counted.values() if thing.kind is not NodeKind.SYSTEM]
    for thing in sorted(things, key=lambda one: view.by_weight(one.id)):
        owners, backups = _people(view, thing.id)
        runbook = str(thing.properties.get("runbook") or "")
        if owners or backups or runbook:
            yield Asked(view.name(thing.id), view.where(thing.id), owners, backups, runbook=runbook)


def _people(view: GuideView, node_id: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Owners and backups that people wrote down: who only built something need not answer for it."""
    links = [link for link in view.graph.out(node_id, EdgeKind.OWNED_BY) if link.declared]
    backups = [link for link in links if _is_backup(link)]
    owners = [link for link in links if not _is_backup(link)]
    return _names(view, owners), _names(view, backups)


def _is_backup(link: Link) -> bool:
    return any(fact.properties.get("backup") is True for fact in link.facts)


def _names(view: GuideView, links: Iterable[Link]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for link in links for name in _name(view, link.target)))


def _name(view: GuideView, owner: str) -> Iterator[str]:
    """A person, or a team with its members, or whoever holds a login; only those who are still here."""
    graph, stack = view.graph, view.stack
    vertex = graph.get(owner)
    if vertex is not None and vertex.kind is NodeKind.TEAM:
        members = _present(view, (link.source for link in graph.into(owner, EdgeKind.MEMBER_OF)))
        yield f"{graph.name(owner)} ({', '.join(members)})" if members else graph.name(owner)
    elif owner in stack.accounts:
        account = stack.accounts[owner]
        if not account.off:
            yield from _present(view, (tie.person for tie in account.holders))
    else:
        yield from _present(view, (owner,))


def _administrators(view: GuideView, system: str) -> tuple[str, ...] | None:
    """None where nobody is known and the list was not read whole: then there may be some."""
    logins = {link.source for link in view.graph.into(system, EdgeKind.ADMINISTERS)}
    active = [account for login in sorted(logins) if (account := view.stack.accounts.get(login)) and not account.off]
    names = _present(view, (tie.person for account in active for tie in account.holders))
    return names if names or view.stack.admins_readable(system) else None


def _present(view: GuideView, people: Iterable[str]) -> tuple[str, ...]:
    here = {view.graph.name(person) for person in people if person in view.graph and view.stack.still_here(person)}
    return tuple(sorted(here, key=lambda name: (name.casefold(), name)))
