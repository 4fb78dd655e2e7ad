"""Who is named to answer for a thing, in notes and lists, and whether anybody of them is here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass

from stackmap.analysis.departures.answer import Analysis, Departure
from stackmap.analysis.stack import Stack
from stackmap.model import EdgeKind, Link, NodeKind

__all__ = ["Forsaken", "answers", "forsaken", "is_backup", "nobody_answers", "owners_named", "people_behind"]

_ANSWER = frozenset({NodeKind.PERSON, NodeKind.TEAM})


@dataclass(frozen=True, slots=True)
class Forsaken:
    """A thing that goes on while none of its named owners and backups stays. `of_notes`: your notes name them all."""

    thing: str
    owners: tuple[str, ...]
    backups: tuple[str, ...]
    of_notes: bool


def people_behind(stack: Stack, owner: str) -> list[str]:
    """The people that an owner stands for: of a team its members, of a login its holders, else itself."""
    vertex = stack.graph.get(owner)
    if vertex is not None and vertex.kind is NodeKind.TEAM:
        return [link.source for link in stack.graph.into(owner, EdgeKind.MEMBER_OF)]
    account = stack.account(owner)
    return [tie.person for tie in account.holders] if account is not None else [owner]


def answers(stack: Stack, owner: str, without: Set[str] = frozenset()) -> bool | None:
    """Whether anybody of an owner is here, and not among those `without`; None where nothing that was read tells."""
    account, vertex = stack.account(owner), stack.graph.get(owner)
    if account is not None and (account.off or not account.holders):
        return not account.off
    if account is None and (vertex is None or vertex.kind not in _ANSWER):
        return None
    here = {person not in without and _is_here(stack, person) for person in people_behind(stack, owner)}
    return True if True in here else None if None in here or not here else False


def is_backup(link: Link) -> bool:
    """Whether every source that names an owner names it as backup."""
    return all(fact.properties.get("backup") is True for fact in link.facts)


def forsaken(analysis: Analysis, departure: Departure) -> Iterator[Forsaken]:
    """Things without a row of their own whose named owners and backups are all gone once these people leave, by id.

    Those of which nobody is here already are told as findings (OO08).
    """
    stack, leavers = analysis.stack, frozenset(departure.leavers)
    told = {row.thing for row in departure.rows}
    for thing in sorted(_named_for(stack, leavers) & analysis.counted.keys() - told):
        named = owners_named(stack, thing)
        if nobody_answers(stack, named, leavers) and not nobody_answers(stack, named):
            backups = tuple(link.target for link in named if is_backup(link))
            owners = tuple(link.target for link in named if not is_backup(link))
            of_notes = all(any(item.of_notes for item in link.evidence) for link in named)
            yield Forsaken(thing, owners, backups, of_notes)


def _named_for(stack: Stack, leavers: Set[str]) -> set[str]:
    """The things for which somebody is named who no longer answers once these people leave."""
    named = [link for link in stack.graph.links(EdgeKind.OWNED_BY) if link.declared]
    owners = {link.target for link in named}
    gone = {one for one in owners if answers(stack, one, leavers) is False and answers(stack, one) is not False}
    return {link.source for link in named if link.target in gone}


def owners_named(stack: Stack, thing: str) -> list[Link]:
    """The owners and backups that somebody named for a thing."""
    return [link for link in stack.graph.out(thing, EdgeKind.OWNED_BY) if link.declared]


def nobody_answers(stack: Stack, named: Iterable[Link], without: Set[str] = frozenset()) -> bool:
    """Whether none of these owners is here, or only somebody of those `without`."""
    return all(answers(stack, link.target, without) is False for link in named)


def _is_here(stack: Stack, person: str) -> bool | None:
    """None of somebody whom no login, no directory and no staff list has."""
    known = stack.whereabouts.get(person)
    told = stack.accounts_of.get(person) or (known is not None and known.words)
    return stack.still_here(person) if told else None
