"""The logins of people: which of their names and addresses each system shows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from stackmap.model import AccountType
from tests.truth.appearing import shown_address, shown_name
from tests.truth.logins import DIRECTORY, HUBSPOT, MARKETO, SALESFORCE, SYSTEMS, Login, Place
from tests.truth.mix import Mix
from tests.truth.people import EQUAL, HOME, ROLLOUT, Person
from tests.truth.traces import plain_address, shows

__all__ = ["Desk"]

_ROBOT_WORDS = frozenset({"Bot", "Robot", "Service", "Sales", "Mailer", "Data"})


@dataclass(slots=True)
class Desk:
    """Makes logins and keeps what was made."""

    random: Random
    mix: Mix
    people: dict[str, Person]
    made: list[Login] = field(default_factory=list)
    taken: set[tuple[str, str]] = field(default_factory=set)
    enrolled: dict[str, str] = field(default_factory=dict)
    heirs: dict[str, Person] = field(default_factory=dict)

    def enrol(self) -> None:
        """Everybody's logins in every system: the directory first, for managers and single sign-on point there."""
        self.heirs = {person.heir_of: person for person in self.people.values() if person.heir_of}
        for place in SYSTEMS:
            for person in self.people.values():
                if self._has(person, place):
                    self._add(person, place)

    def free(self, place: Place, address: str) -> bool:
        """Whether the system still takes a login with that address."""
        return not place.unique or (place.product, plain_address(address)) not in self.taken

    def keep(self, login: Login) -> Login:
        """Remember a login that was made."""
        if email := login.properties.get("email"):
            self.taken.add((login.place.product, plain_address(email)))
        self.made.append(login)
        return login

    def once(self, what: str, text: str) -> str:
        """`text`, numbered where it was used before: user names and federation ids are unique in an org."""
        number, free = 1, text
        while (what, free) in self.taken:
            number, free = number + 1, f"{text}.{number}"
        self.taken.add((what, free))
        return free

    def next_id(self, place: Place) -> str:
        """An id that no other login has; which number comes next says nothing."""
        return place.account(len(self.made) * 7 % 999_983)

    def _has(self, person: Person, place: Place) -> bool:
        if place is not DIRECTORY:
            return self.random.random() < place.share * (1.3 if person.marks & {"contractor", "married"} else 1)
        gone = person.left and self.random.random() < (0.5 if person.key in self.heirs else 0.3)
        return not gone and (not person.contractor or self.random.random() < 0.5)

    def _add(self, person: Person, place: Place) -> None:
        if place is DIRECTORY:
            self._enrol_in_directory(person)
            return
        made_on = person.joined + timedelta(self.random.randrange(400))
        if person.left and made_on >= person.left:
            made_on = person.joined
        version, address, marks = shown_address(self.random, self.mix, person, place)
        if address and not self.free(place, address):
            return
        name, how = shown_name(self.random, self.mix, person, version, place)
        self._keep_human(person, place, name, address, made_on, marks | how)
        if self.random.random() < self.mix.second_login and address:
            local, _, domain = address.strip().partition("@")
            second = address if not place.unique else f"{local.partition('+')[0]}+admin@{domain}"
            if not place.unique or (place.product, second) not in self.taken:
                self.taken.add((place.product, second))
                made = f"{person.name.latin()} (Admin)"
                self._keep_human(person, place, made, second, made_on + timedelta(30), frozenset({"second login"}))

    def _keep_human(
        self, person: Person, place: Place, name: str, address: str, made_on: date, marks: Iterable[str]
    ) -> None:
        properties = _properties(self, person, place, address, made_on)
        marks = frozenset(marks) | person.marks
        self.keep(
            Login(
                self.next_id(place),
                place,
                name or address,
                AccountType.HUMAN,
                properties,
                person.key,
                marks,
                undecidable=_undecidable(self, person, name, address),
                aside=_aside(self, person, place, name, properties),
                shows=shows(person, name, properties),
            )
        )

    def _enrol_in_directory(self, person: Person) -> None:
        account = self.enrolled[person.key] = self.next_id(DIRECTORY)
        properties = _directory(self, person, account)
        name = person.name.native() if self.random.random() < 0.4 else person.name.latin()
        seen = shows(person, name, properties)
        human = AccountType.HUMAN
        self.keep(Login(account, DIRECTORY, name, human, properties, person.key, person.marks, shows=seen))


def _directory(desk: Desk, person: Person, account: str) -> dict[str, Any]:
    """What a directory shows. A leaver whose address somebody else was given has another one there."""
    address = f"left.{person.address}" if person.key in desk.heirs else person.address
    shown: dict[str, Any] = {
        "active": person.left is None,
        "created_at": f"{max(person.joined, ROLLOUT).isoformat()}T08:00:00.000Z",
        "email": address,
        "login": address,
        "directory_id": f"{DIRECTORY.product}/{DIRECTORY.tenant}:{account.rpartition('/')[2]}",
        "department": person.department,
        "title": person.title,
    }
    if aliases := _aliases(desk, person):
        shown["aliases"] = aliases
    if person.manager in desk.enrolled:
        shown["manager"] = desk.enrolled[person.manager]
    if person.left is None and desk.random.random() < 0.01:
        shown["frozen"] = True
    return shown


def _aliases(desk: Desk, person: Person) -> list[str]:
    """Earlier and further addresses, as far as somebody entered them."""
    chance = {"acquired": 0.6, "married": 0.4, "short address": 0.5, "contractor": 0.3, "forwarded": 1.0}
    kept = max((chance.get(mark, 0.0) for mark in person.marks), default=0.0)
    if "forwarded" not in person.marks and any(address.endswith(HOME) for address in person.also):
        kept = max(kept, 0.5)
    if desk.random.random() < 0.02:
        return [person.address.replace(HOME, EQUAL)]
    return [*person.former, *person.also] if desk.random.random() < kept else []


def _properties(desk: Desk, person: Person, place: Place, address: str, made_on: date) -> dict[str, Any]:
    random = desk.random
    here = person.left is None
    shown: dict[str, Any] = {}
    if address:
        shown["email"] = address
    if place.dated:
        shown["created_at"] = f"{made_on.isoformat()}T10:{random.randrange(60):02}:00.000+0000"
        shown["active"] = here or random.random() < 0.2
        shown["used_within"] = dict.fromkeys(("30", "90", "180"), "yes" if here and random.random() < 0.9 else "no")
    if place is HUBSPOT:
        shown["login"] = address
        if random.random() < 0.8:
            shown["active"] = here or random.random() < 0.3
    if place is MARKETO:
        shown["login"] = address if random.random() < 0.9 else address.strip().partition("@")[0]
    if place is SALESFORCE:
        shown |= _salesforce(desk, person, address)
    return shown


def _salesforce(desk: Desk, person: Person, address: str) -> dict[str, Any]:
    """User name, licence, job, and the id at the directory where its administrators set single sign-on up so.

    A user name outlives a new address. Some orgs hold the user's address where the directory's id could stand.
    """
    random = desk.random
    first = person.former[0] if person.former and random.random() < 0.6 else address.strip()
    shown: dict[str, Any] = {"login": desk.once("login", random.choice((first, f"{first}.sf")).lower())}
    shown["licence"] = "Salesforce"
    if random.random() < 0.5:
        shown |= {"department": person.department, "title": person.title}
    roll = random.random()
    federated = ""
    if roll < 0.35 and person.key in desk.enrolled:
        federated = f"okta/larkspur:{desk.enrolled[person.key].rpartition('/')[2]}"
    elif roll < 0.43:
        federated = address.strip().lower()
    if federated and desk.once("federation id", federated) == federated:
        shown["directory_id"] = federated
    return shown


def _undecidable(desk: Desk, person: Person, name: str, address: str) -> str:
    """Why nobody could tell that a person sits there. Strict: any other address that is made of a name decides.

    A family name that programs bear too decides nothing, unless the directory lists the very address with a job.
    """
    single = " " not in name.strip() and "," not in name
    if not address and single and name.isascii():
        return "one word or two letters, and no address"
    mailbox = plain_address(address).partition("@")[0]
    listed = person.key in desk.enrolled and mailbox == person.address.partition("@")[0]
    if person.name.latin_family() in _ROBOT_WORDS and not listed:
        return "a program could be called so, and no directory lists that address"
    return ""


def _aside(desk: Desk, person: Person, place: Place, name: str, shown: Mapping[str, Any]) -> str:
    """Why nobody could tell whose it is: two people had the address in turn, and neither name nor date tells.

    Days tell where they are shown and the directory shows when the second one came. It does not of those who were
    there before the directory was, whose logins are all as old as it is, nor of those it no longer lists.
    """
    heir = desk.heirs.get(person.key)
    other = heir or desk.people.get(person.heir_of)
    address = plain_address(shown.get("email", "")).replace(EQUAL, HOME)
    if not other or address != other.address:
        return ""
    second = heir or person
    arrived = second.joined > ROLLOUT and second.key in desk.enrolled
    told_apart = other.name != person.name and "given" in shows(person, name, {})
    if told_apart or (place.dated and arrived):
        return ""
    return "two people had the address in turn, and neither name nor date tells which of them it is"
