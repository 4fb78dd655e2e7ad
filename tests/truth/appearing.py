"""Which of a person's names and addresses a login shows, and in which form."""

from __future__ import annotations

from random import Random

from tests.truth.logins import HUBSPOT, MARKETO, SALESFORCE, ZAPIER, Place
from tests.truth.mix import Mix
from tests.truth.names import FullName
from tests.truth.people import EQUAL, TWIN, Person, local_parts

__all__ = ["shown_address", "shown_name"]


def shown_address(random: Random, mix: Mix, person: Person, place: Place) -> tuple[int, str, frozenset[str]]:
    """Which name (by its place in the history), which address, and what is special about that."""
    today = len(person.names) - 1
    if place is ZAPIER and random.random() < 0.12:
        return today, "", frozenset({"no address"})
    if person.contractor:
        return today, _spelt(random, random.choice((person.address, *person.also))), frozenset()
    if today and random.random() < 0.5:
        return 0, person.former[0] if person.former else person.address, frozenset({"old name"})
    if "acquired" in person.marks and random.random() < 0.4:
        return today, person.former[0], frozenset({"old address"})
    if person.also and "forwarded" not in person.marks and random.random() < 0.35:
        return today, person.also[0], frozenset({"short address"})
    if random.random() < mix.private and place is not SALESFORCE:
        tail = random.randrange(70, 99)
        return today, f"{local_parts(person.name)[0]}{tail}@mail.example", frozenset({"private address"})
    return today, *_dressed(random, mix, person, place)


def _dressed(random: Random, mix: Mix, person: Person, place: Place) -> tuple[str, frozenset[str]]:
    """Today's address, in one of the forms in which people enter it."""
    local, _, domain = person.address.partition("@")
    roll = random.random()
    for share, form, mark in (
        (mix.plus, f"{local}+{place.product}@{domain}", "plus"),
        (mix.declared_domain, f"{local}@{EQUAL}", "declared domain"),
        (mix.undeclared_domain, f"{local}@{TWIN}", "undeclared domain"),
        (
            mix.wrong_case,
            f" {local.title()}@{domain.title()} " if random.random() < 0.3 else local.upper() + f"@{domain}",
            "case",
        ),
    ):
        if roll < share:
            return form, frozenset({mark})
        roll -= share
    return person.address, frozenset()


def _spelt(random: Random, address: str) -> str:
    local, _, domain = address.partition("@")
    if domain.isascii() or random.random() < 0.5:
        return address
    return f"{local}@{domain.encode('idna').decode()}"


def shown_name(random: Random, mix: Mix, person: Person, version: int, place: Place) -> tuple[str, frozenset[str]]:
    name = person.names[version]
    given, family = name.latin_given(), name.latin_family()
    roll = random.random()
    if roll < mix.initials_only:
        return "".join(part[0] for part in (given, family) if part), frozenset({"initials only"})
    if roll < mix.initials_only + mix.initial and family:
        return f"{given[0]}. {family}", frozenset({"initial"})
    if random.random() < mix.nameless and place in {HUBSPOT, MARKETO, SALESFORCE}:
        return "", frozenset({"nameless"})
    marks = set()
    if person.short and random.random() < mix.short_name:
        given = person.short
        marks.add("short name")
    full = _written(random, name, given, family)
    if person.contractor and random.random() < 0.15:
        full += " (contractor)"
    if family and random.random() < mix.swapped:
        full, marks = f"{family}, {given}", marks | {"swapped"}
    if random.random() < mix.wrong_case:
        full = random.choice((full.lower(), full.upper()))
    return full, frozenset(marks)


def _written(random: Random, name: FullName, given: str, family: str) -> str:
    """In Latin letters mostly; now and then in its own, in another spelling, or with a middle initial."""
    roll = random.random()
    if roll < 0.25 and given == name.latin_given():
        return name.native()
    if roll < 0.4 and name.family:
        return f"{given} {random.choice(name.family.spellings)}"
    if roll < 0.43 and family:
        return f"{given} {random.choice('ABCDEFGHJKLMPRST')}. {family}"
    return f"{given} {family}".strip()
