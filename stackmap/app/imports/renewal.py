"""Whoever a newer staff list has under another name or address: by the list's own ids, never by names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import unquote

from stackmap.model import Node, Properties, fold_name, normalise_email

__all__ = ["Addresses", "is_made_of_an_address", "renewed"]

_FORMER = "former_emails"
_TOLD = 5


@dataclass(frozen=True, slots=True)
class Addresses:
    """Who of a list has which address, further ones included."""

    holders: Mapping[str, str]
    names: Mapping[str, str]

    @classmethod
    def of(cls, people: Iterable[Node]) -> Addresses:
        """The addresses of these people. Somebody's own goes before another one's further one."""
        people = list(people)
        found: dict[str, str] = {}
        for own in (True, False):
            for one in people:
                for address in _own(one) if own else _further(one):
                    found.setdefault(address, one.id)
        return cls(found, {one.id: one.name for one in people})

    def holder(self, address: object, beside: str) -> str | None:
        """Who has an address, other than `beside`."""
        found = self.holders.get(normalise_email(address))
        return found if found != beside else None

    def left_to(self, person: Node) -> Properties:
        """What is known of somebody who is not on the list, without the addresses that others have by now."""
        known: dict[str, Any] = dict(person.properties)
        if self.holder(known.get("email"), person.id):
            del known["email"]
        for name in ("aliases", _FORMER):
            kept = [one for one in known.pop(name, ()) if not self.holder(one, person.id)]
            if kept:
                known[name] = kept
        return known


def is_made_of_an_address(person: Node) -> bool:
    """Whether somebody's id is a hash of the address, for the list gave none."""
    return person.id.startswith("staff/h-")


def renewed(
    listed: Mapping[str, Node], earlier: Mapping[str, Node], addresses: Addresses
) -> tuple[Mapping[str, Node], tuple[str, ...]]:
    """People of the newer list with the addresses that they had before, by id, and what changed, a sentence each.

    An address that somebody else of the list has by now is not kept; nor is one that belonged to somebody who had left,
    where the number passed to another name: such a number was given twice.
    """
    known: dict[str, Node] = {}
    told: list[str] = []
    for person in listed.values():
        before = earlier.get(person.id)
        if before is None:
            continue
        former = list(_former(person, before, addresses))
        if former:
            known[person.id] = _with_former(person, former)
        told.extend(_told(person, before, former, addresses))
    more = len(told) - _TOLD
    return known, (*told[:_TOLD], *([f"and {more} more have another name or address than before"] if more > 0 else []))


def _own(person: Node) -> Iterator[str]:
    if address := normalise_email(person.properties.get("email")):
        yield address


def _further(person: Node) -> Iterator[str]:
    yield from filter(None, map(normalise_email, person.properties.get("aliases", ())))


def _former(person: Node, before: Node, addresses: Addresses) -> Iterator[str]:
    if _passed_on(person, before):
        return
    kept = [*before.properties.get(_FORMER, ())]
    if _moved(person, before):
        kept.append(before.properties["email"])
    now = {*_own(person)}
    for address in dict.fromkeys(kept):
        if normalise_email(address) not in now and not addresses.holder(address, person.id):
            yield address


def _moved(person: Node, before: Node) -> bool:
    """Whether somebody has another address than before. That a list has none says nothing."""
    old, new = set(_own(before)), set(_own(person))
    return bool(old and new and old != new)


def _passed_on(person: Node, before: Node) -> bool:
    left = before.properties.get("active") is False or bool(before.properties.get("left_on"))
    return left and _moved(person, before) and fold_name(person.name) != fold_name(before.name)


def _with_former(person: Node, former: list[str]) -> Node:
    listed = [*person.properties.get("aliases", ())]
    aliases = [*listed, *(one for one in former if normalise_email(one) not in set(_further(person)))]
    return replace(person, properties={**person.properties, "aliases": aliases, _FORMER: former})


def _told(person: Node, before: Node, former: list[str], addresses: Addresses) -> Iterator[str]:
    moved, called = _moved(person, before), fold_name(person.name) != fold_name(before.name)
    number = "" if is_made_of_an_address(person) else f" ({unquote(person.id.rpartition('/')[2])})"
    who, now = f"{before.name}{number}", person.properties.get("email")
    if moved:
        changed = f"is now {person.name}, {now}" if called else f"has the address {now} now"
        yield f"{who} {changed}; {_whose(person, before, former, addresses)}"
    elif called:
        yield f"{who} is now {person.name}"


def _whose(person: Node, before: Node, former: list[str], addresses: Addresses) -> str:
    """What became of the earlier address."""
    address = before.properties["email"]
    if address in former:
        return f"{address} stays theirs"
    if other := addresses.holder(address, person.id):
        return f"{address} is {addresses.names[other]}'s now"
    return f"{address} is not kept, for {before.name} had left: the number may have been given twice"
