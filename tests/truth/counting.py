"""How many of each sort the made-up company has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from stackmap.model import AccountType
from tests.truth.company import Company
from tests.truth.logins import Login
from tests.truth.people import Person
from tests.truth.traces import plain_address

__all__ = ["counts"]


def counts(company: Company) -> Mapping[str, int]:
    """People and logins by what is special about them. A login's marks are its own, not its holder's."""
    counted = Counter(f"people: {word}" for one in company.people.values() for word in _sorts(one))
    names = Counter(person.name for person in company.people.values())
    for count in names.values():
        if count > 1:
            counted[f"people: {min(count, 4)}{' and more' if count > 3 else ''} of one name"] += count
    counted["people: on the staff list"] = len(company.listed)
    bare = [line for line in company.listed.values() if "email" not in line.node.properties]
    counted["people: on the staff list without an address"] = len(bare)
    addresses = {address for one in company.people.values() for address in (one.address, *one.former, *one.also)}
    left = {one.name.latin() for one in company.people.values() if one.left}
    for login in company.logins:
        counted[f"logins in {login.place.product}"] += 1
        inherited = company.people[login.holder].marks if login.holder else frozenset()
        counted.update(f"logins: {mark}" for mark in login.marks - inherited)
        counted.update(f"logins: {word}" for word in _spellings(login))
        if login.type is AccountType.INTEGRATION:
            counted.update(f"logins: {word}" for word in _borrowed(login, addresses, left))
    return dict(sorted(counted.items()))


def _sorts(person: Person) -> Iterator[str]:
    yield from person.marks
    if person.left:
        yield "left"
    if person.name.family is None:
        yield "one name only"
    if not person.name.native().isascii():
        yield "name not in plain letters"
    if person.short:
        yield "goes by a short name"


def _spellings(login: Login) -> Iterator[str]:
    if login.holder and not login.name.isascii():
        yield "shown in letters other than plain ones"
    if "xn--" in login.properties.get("email", "") or not login.properties.get("email", "").isascii():
        yield "address of a domain in other letters"


def _borrowed(login: Login, addresses: set[str], left: set[str]) -> Iterator[str]:
    if plain_address(login.properties.get("email", "")) in addresses:
        yield "program with a person's mailbox"
    if any(name in login.name for name in left if " " in name):
        yield "program named after somebody who left"
