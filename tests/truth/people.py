"""Who works in the made-up company: names over time, addresses over time, who got whose address."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random

from tests.truth.mix import Mix
from tests.truth.names import PEOPLES, FullName, draw_name, latin

__all__ = ["BOUGHT", "EQUAL", "GUESTS", "HOME", "ROLLOUT", "TODAY", "TWIN", "Person", "hire", "local_parts"]

HOME = "larkspur.example"
EQUAL = "larkspur-group.example"
"""Leads to the mailboxes of `HOME`, and the notes say so."""
TWIN = "larkspur.test"
"""Leads to the mailboxes of `HOME`, and nobody wrote it down."""
BOUGHT = "fernhill.example"
"""A company that was bought: addresses of its own, given out by its own habit."""
GUESTS = "partners.larkspur.example"
AGENCIES = ("brightstack.example", "northdesk.example", "müllerbau.example", "opsforhire.example")
TODAY = date(2026, 11, 1)
ROLLOUT = date(2018, 3, 1)
"""The day on which everybody who was there got a login of the directory."""

_FOUNDED = date(2013, 1, 1)
_DEPARTMENTS = tuple(
    f"{area}{team}"
    for area in ("Marketing", "Sales", "Revenue", "Customer", "Finance", "Product", "People", "Engineering")
    for team in ("", " Operations", " EMEA", " Americas", " Enablement", " Analytics")
)
_TITLES = tuple(
    f"{level}{job}"
    for level in ("", "Senior ", "Junior ", "Lead ", "Principal ")
    for job in ("Manager", "Specialist", "Analyst", "Consultant", "Coordinator", "Director", "Engineer", "Associate")
)
_ROBOTIC_TITLES = (
    "Data Loader Ops",
    "Integration Service Lead",
    "API Platform Owner",
    "Bot Trainer",
    "Sync Operations",
)


@dataclass(frozen=True, slots=True)
class Person:
    """The truth about one person. `names` and `former` addresses are oldest first; `address` is today's.

    `also` are further addresses in use; `heir_of` is the key of the leaver whose address this person was given.
    """

    key: str
    names: tuple[FullName, ...]
    address: str
    joined: date
    department: str
    title: str
    left: date | None = None
    manager: str = ""
    short: str = ""
    former: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    contractor: bool = False
    heir_of: str = ""
    marks: frozenset[str] = frozenset()

    @property
    def name(self) -> FullName:
        """Today's name."""
        return self.names[-1]


@dataclass(slots=True)
class _Office:
    """Gives out addresses, each to one person at a time, and remembers who may hand one down."""

    random: Random
    mix: Mix
    taken: set[str] = field(default_factory=set)
    hired: list[Person] = field(default_factory=list)
    leavers: list[Person] = field(default_factory=list)
    chiefs: dict[str, list[str]] = field(default_factory=dict)

    def address(self, name: FullName, domain: str, style: int) -> str:
        """A free address of the wanted style, numbered where the name is taken."""
        for local in _tries(name, style, self.random):
            if (address := f"{local}@{domain}") not in self.taken:
                self.taken.add(address)
                return address
        raise AssertionError("numbers do not end")


def _plain(text: str) -> str:
    return "".join(char for char in latin(text).casefold() if char.isalnum() and char.isascii())


def local_parts(name: FullName, given: str = "") -> tuple[str, ...]:
    """What addresses are made of: dana.kim, dkim, danakim, kim.dana; of a mononym the name alone."""
    first, last = _plain(given or name.latin_given()), _plain(name.latin_family())
    if not last:
        return (first,)
    return (f"{first}.{last}", f"{first[0]}{last}", f"{first}{last}", f"{last}.{first}")


def _tries(name: FullName, style: int, random: Random) -> Iterator[str]:
    locals_ = local_parts(name)
    wanted = locals_[style % len(locals_)]
    yield wanted
    if random.random() < 0.4:
        yield f"{locals_[0]}1"
    yield from (f"{wanted}{number}" for number in range(2, 99))


def _style(random: Random, domain: str) -> int:
    if domain == BOUGHT:
        return 1
    return random.choices((0, 1, 2), (80, 17, 3))[0]


def _named(office: _Office, joined: date) -> tuple[FullName, Person | None, set[str]]:
    """A name, the leaver whose address comes with it, and what is special about that."""
    random, mix = office.random, office.mix
    if random.random() < mix.recycled and (heir := _inheritance(office, joined)):
        return heir
    if random.random() < mix.namesake and office.hired:
        return random.choice(office.hired).name, None, {"namesake"}
    if random.random() < mix.word:
        return draw_name(random, word=True), None, {"word name"}
    return draw_name(random), None, set()


def _inheritance(office: _Office, joined: date) -> tuple[FullName, Person | None, set[str]] | None:
    random = office.random
    gone = [one for one in office.leavers if one.left and one.left + timedelta(60) < joined and one.name.family]
    brief = [one for one in gone if one.address.startswith(local_parts(one.name)[1])]
    if not gone:
        return None
    leaver = random.choice(brief if brief and random.random() < 0.6 else gone)
    office.leavers.remove(leaver)
    pool = next(pool for pool in PEOPLES if leaver.name.given in pool.givens)
    alike = [given for given in pool.givens if _alike(given.spellings[0], leaver.name.latin_given())]
    if leaver in brief and alike:
        return FullName(random.choice(alike), leaver.name.family), leaver, {"recycled, similar name"}
    return leaver.name, leaver, {"recycled, same name"}


def _alike(one: str, other: str) -> bool:
    """Two given names with one initial that nobody takes for forms of each other."""
    return one[0] == other[0] and one[:3] != other[:3]


def hire(random: Random, count: int, mix: Mix) -> tuple[Person, ...]:
    """All who ever worked there, in the order in which they came."""
    office = _Office(random, mix)
    days = sorted(random.randrange((TODAY - _FOUNDED).days - 60) for _ in range(count))
    for number, day in enumerate(days):
        person = _join(office, f"p{number:05}", _FOUNDED + timedelta(day))
        office.hired.append(person)
        if person.left and not person.contractor and not person.former:
            office.leavers.append(person)
    return tuple(_forward(office, person) for person in office.hired)


def _join(office: _Office, key: str, joined: date) -> Person:
    random, mix = office.random, office.mix
    name, leaver, marks = _named(office, joined)
    department = random.choice(_DEPARTMENTS)
    chiefs = office.chiefs.setdefault(department, [])
    robotic = random.random() < mix.robotic_title
    person = Person(
        key,
        (name,),
        leaver.address if leaver else "",
        joined,
        department,
        random.choice(_ROBOTIC_TITLES if robotic else _TITLES),
        left=_leaving(random, mix, joined),
        manager=random.choice(chiefs[:6]) if chiefs else "",
        short=random.choice(name.given.short) if name.given.short and random.random() < 0.7 else "",
        heir_of=leaver.key if leaver else "",
        marks=frozenset(marks | ({"robotic title"} if robotic else set())),
    )
    chiefs.append(key)
    return _settled(office, person)


def _leaving(random: Random, mix: Mix, joined: date) -> date | None:
    stay = (TODAY - joined).days
    return joined + timedelta(random.randrange(30, stay)) if stay > 60 and random.random() < mix.left else None


def _settled(office: _Office, person: Person) -> Person:
    """With the addresses that the person's way into the company brings."""
    random, mix = office.random, office.mix
    if person.address:
        return person
    if random.random() < mix.contractor:
        return _contracted(office, person)
    domain_style = _style(random, HOME)
    person = replace(person, address=office.address(person.name, HOME, domain_style))
    if random.random() < mix.acquired and person.joined.year < 2024:
        old = office.address(person.name, BOUGHT, _style(random, BOUGHT))
        person = replace(person, former=(old,), marks=person.marks | {"acquired"})
    elif random.random() < mix.married and person.name.family:
        person = _married(office, person, domain_style)
    short = latin(person.short)
    if short and short.isascii() and person.name.family and random.random() < mix.short_address * 3:
        address = f"{local_parts(person.name, short)[0]}@{HOME}"
        if address not in office.taken:
            office.taken.add(address)
            person = replace(person, also=(address,), marks=person.marks | {"short address"})
    return person


def _contracted(office: _Office, person: Person) -> Person:
    own = f"{local_parts(person.name)[0].replace('.', '-')}.example"
    addresses = (
        office.address(person.name, GUESTS, 0),
        office.address(person.name, office.random.choice(AGENCIES), office.random.choice((0, 1))),
        office.address(FullName(person.name.given, None), own, 0),
    )
    marks = person.marks | {"contractor"}
    return replace(person, address=addresses[0], also=addresses[1:], contractor=True, manager="", marks=marks)


def _married(office: _Office, person: Person, style: int) -> Person:
    """A new family name; two of three get a new address as well."""
    family = draw_name(office.random).family
    if family is None or family == person.name.family:
        return person
    name = FullName(person.name.given, family)
    person = replace(person, names=(*person.names, name), marks=person.marks | {"married"})
    if office.random.random() < 0.67:
        person = replace(person, former=(person.address,), address=office.address(name, HOME, style))
    return person


def _forward(office: _Office, person: Person) -> Person:
    """Now and then a manager is given a leaver's address as a further one."""
    if not office.mix.forwarded or office.random.random() >= office.mix.forwarded:
        return person
    inherited = {one.heir_of for one in office.hired}
    for other in office.hired:
        if other.manager == person.key and other.left and other.key not in inherited and not other.contractor:
            return replace(person, also=(*person.also, other.address), marks=person.marks | {"forwarded"})
    return person
