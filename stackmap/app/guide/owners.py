"""Who answers for something, and who stands in, as people wrote it down: those who can be asked, or why none can."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from stackmap.analysis.departures.named_owners import people_behind
from stackmap.app.guide.view import GuideView
from stackmap.model import EdgeKind, Link, NodeKind
from stackmap.render.guide_page import Gone

__all__ = ["Part", "backups", "owners", "present"]


@dataclass(frozen=True, slots=True)
class Part:
    """Those who are written down for one part, by name as far as they are here.

    `team`: a team is among them; `gone`: somebody is written down, and none of them is here.
    """

    names: tuple[str, ...] = ()
    team: bool = False
    gone: Gone | None = None


def owners(view: GuideView, node_id: str) -> Part:
    """Who answers for something."""
    return _part(view, [link for link in _declared(view, node_id) if not _is_backup(link)])


def backups(view: GuideView, node_id: str) -> Part:
    """Who stands in."""
    return _part(view, [link for link in _declared(view, node_id) if _is_backup(link)])


def present(view: GuideView, people: Iterable[str]) -> tuple[str, ...]:
    """The names of those of these people who are still here."""
    here = {view.graph.name(person) for person in people if person in view.graph and view.stack.still_here(person)}
    return tuple(sorted(here, key=lambda name: (name.casefold(), name)))


def _declared(view: GuideView, node_id: str) -> list[Link]:
    """Who only built something need not answer for it."""
    return [link for link in view.graph.out(node_id, EdgeKind.OWNED_BY) if link.declared]


def _is_backup(link: Link) -> bool:
    return any(fact.properties.get("backup") is True for fact in link.facts)


def _part(view: GuideView, links: Sequence[Link]) -> Part:
    names = tuple(dict.fromkeys(name for link in links for name in _name(view, link.target)))
    team = any(_is_team(view, link.target) for link in links)
    return Part(names, team, None if names or not links else _gone(view, links))


def _gone(view: GuideView, links: Iterable[Link]) -> Gone:
    people = [view.stack.whereabouts.get(person) for link in links for person in people_behind(view.stack, link.target)]
    left = bool(people) and all(one is not None and one.here is False for one in people)
    return Gone.LEFT if left else Gone.LOGIN_OFF


def _is_team(view: GuideView, owner: str) -> bool:
    vertex = view.graph.get(owner)
    return vertex is not None and vertex.kind is NodeKind.TEAM


def _name(view: GuideView, owner: str) -> Iterator[str]:
    """A person, or a team with its members, or whoever holds a login; only those who are still here."""
    stack = view.stack
    if _is_team(view, owner):
        members = [link.source for link in view.graph.into(owner, EdgeKind.MEMBER_OF)]
        here = present(view, members)
        if here or not members:
            yield f"{view.graph.name(owner)} ({', '.join(here)})" if here else view.graph.name(owner)
    elif owner in stack.accounts:
        account = stack.accounts[owner]
        if not account.off:
            yield from present(view, (tie.person for tie in account.holders))
    else:
        yield from present(view, (owner,))
