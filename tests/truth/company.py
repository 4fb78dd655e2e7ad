"""The made-up company: facts as connectors would tell them, and the truth about every login."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from random import Random

from stackmap.model import Evidence, Fact, How, IdentityHints, Node, NodeKind
from tests.truth.logins import Login, facts_of
from tests.truth.machines import install
from tests.truth.mix import Mix
from tests.truth.people import EQUAL, HOME, Person, hire
from tests.truth.renaming import new_names
from tests.truth.staff import Desk
from tests.truth.traces import shows

__all__ = ["Company", "Listed", "company"]


@dataclass(frozen=True, slots=True)
class Listed:
    """A line of the staff list: the Person node it becomes, and what can be seen in it."""

    node: Node
    shows: frozenset[str]


@dataclass(frozen=True, slots=True)
class Company:
    """Everything about the company. `listed`: the staff list by the key of the person, empty where nobody has one."""

    people: Mapping[str, Person]
    logins: tuple[Login, ...]
    listed: Mapping[str, Listed]

    @property
    def facts(self) -> tuple[Fact, ...]:
        """What connectors and the staff list say."""
        return (*facts_of(self.logins), *(line.node for line in self.listed.values()))

    @property
    def hints(self) -> IdentityHints:
        """What the company wrote down itself: one of the pairs of equal domains."""
        return IdentityHints(domains=((HOME, EQUAL),))

    def renamed(self) -> Company:
        """The same with other names for all people, one for one, short forms included; addresses stay."""
        new = new_names()
        logins = tuple(replace(one, name=new(one.name)) if one.holder else one for one in self.logins)
        listed = {
            key: replace(line, node=replace(line.node, name=new(line.node.name))) for key, line in self.listed.items()
        }
        return replace(self, logins=logins, listed=listed)


def company(people: int, seed: int, *, mix: Mix | None = None, staff_list: bool = True) -> Company:
    """The company of that size; the same for the same arguments."""
    random = Random(seed)
    mix = mix or Mix()
    staff = {person.key: person for person in hire(random, people, mix)}
    desk = Desk(random, mix, staff)
    desk.enrol()
    install(desk)
    listed = dict(_staff_list(desk)) if staff_list else {}
    return Company(staff, tuple(desk.made), listed)


def _staff_list(desk: Desk) -> Iterator[tuple[str, Listed]]:
    """Nine of ten of those who are here, half of those who left; no contractors; some without an address."""
    random = desk.random
    for number, person in enumerate(desk.people.values(), 3400):
        if person.contractor or random.random() > (0.5 if person.left else 0.92):
            continue
        properties = {
            "active": person.left is None,
            "department": person.department,
            "employee_number": str(number * 3),
            "title": person.title,
        }
        if random.random() < (0.45 if person.left else 0.9) and not _namesake_has_it(desk, person):
            properties["email"] = person.address
        name = person.name.native() if random.random() < 0.5 else person.name.latin()
        evidence = (Evidence("staff list", "people", str(number), How.DECLARED),)
        node = Node(NodeKind.PERSON, f"staff/{number * 3}", name, evidence, properties)
        yield person.key, Listed(node, shows(person, name, properties))


def _namesake_has_it(desk: Desk, person: Person) -> bool:
    """The list tells no days: of a leaver whose address a namesake was given it could not say which of them has it."""
    heir = desk.heirs.get(person.key)
    return heir is not None and heir.name == person.name
