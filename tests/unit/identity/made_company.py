"""A made-up company with all that makes people hard to tell: made from a seed, with what is true beside it."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from stackmap.model import Evidence, Fact, Node, NodeKind, make_id, system_id


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


GIVEN = _words(
    "William Robert Katherine Elizabeth Dana Ravi Priya Wei Oluwaseun Siobhan Michael Alexander Thomas Margaret "
    "Christopher Jennifer Nicholas Samuel Daniel Benjamin Matthew Joseph Andrew Anthony Patricia Deborah Rebecca "
    "Zoltan Katarzyna Malgorzata Jorge Mateus Ngozi Chidinma Yuki Haruto Fatima Omar Leila Anjali Vikram Sunita "
    "Björn Søren Łukasz Zoë Jürgen Renée Tomás Iñaki Quyen Thandiwe Kofi Amara Ines Giulia Marco Elif Tariq"
)
SHORT = {
    "William": "Bill", "Robert": "Bob", "Katherine": "Kate", "Elizabeth": "Liz", "Michael": "Mike",
    "Alexander": "Alex", "Thomas": "Tom", "Margaret": "Meg", "Christopher": "Chris", "Jennifer": "Jen",
    "Nicholas": "Nick", "Samuel": "Sam", "Daniel": "Dan", "Benjamin": "Ben", "Matthew": "Matt", "Joseph": "Joe",
    "Andrew": "Andy", "Anthony": "Tony", "Patricia": "Pat", "Deborah": "Deb", "Rebecca": "Becky",
    "Katarzyna": "Kasia", "Malgorzata": "Gosia",
}  # fmt: skip
PIECES = _words("Ok Mc Ber Lin San Har Vas Pet Nak Mo Al Du Fer Gar Iv Jo Kov Lar Men Nov Or Pa Qu Ros Sh Tan")
ENDS = _words(
    "afor son berg gren tos ris quez rov amura reno meida bois nandes cia anov hansen acs sen on ak tega tel "
)
PLACES = ("Marketing Ops", "Sales", "RevOps", "Finance", "Product", "Support")
TITLES = ("Specialist", "Marketing Manager", "Analyst", "Director of Demand", "Engineer")
SYSTEMS = ("okta", "crm", "mail", "glue", "ads", "meet")
PLAIN = str.maketrans({"ö": "o", "ø": "o", "Ł": "L", "ł": "l", "ë": "e", "ü": "u", "é": "e", "á": "a", "ñ": "n"})


@dataclass(slots=True)
class Company:
    """Facts, and the truth: whose each login is ("" for nobody's), and of which type."""

    facts: list[Fact] = field(default_factory=list)
    owner: dict[str, str] = field(default_factory=dict)
    type: dict[str, str] = field(default_factory=dict)


def made_company(people: int, seed: int = 7) -> Company:
    """About three logins for each of so many people, and logins of programs and functions."""
    dice = random.Random(seed)
    made = Company()
    for system in SYSTEMS:
        properties = {"directory": True} if system == "okta" else {}
        made.facts.append(
            Node(NodeKind.SYSTEM, system_id(system, "acme"), system, (Evidence(system, "s"),), properties)
        )
    for number in range(people):
        _person(made, dice, number)
    for number in range(people // 25):
        _program(made, dice, number)
    return made


def _login(made: Company, system: str, owner: str, kind: str, name: str, email: str, **more: object) -> str:
    login = make_id(system, "acme", NodeKind.ACCOUNT, str(len(made.owner)))
    known = {"email": email, "active": True, **more}
    made.facts.append(Node(NodeKind.ACCOUNT, login, name, (Evidence(system, "users", login),), known))
    made.owner[login], made.type[login] = owner, kind
    return login


def _person(made: Company, dice: random.Random, number: int) -> None:
    given = dice.choice(GIVEN)
    last = dice.choice(PIECES) + dice.choice(ENDS)
    person, place = f"p{number}", dice.choice(PLACES)
    suffix = "" if dice.random() < 0.97 else str(number)
    local = f"{given}.{last}".translate(PLAIN).lower() + (str(number) if number % 3 == 0 else suffix or f"{number}")
    email = f"{local}@acme.test"
    about = {"department": place, "title": dice.choice(TITLES), "directory_id": f"okta/acme:{number}"}
    manager = make_id("okta", "acme", NodeKind.ACCOUNT, "0") if number else None
    _login(
        made, "okta", person, "human", f"{given} {last}", email, **about, **({"manager": manager} if manager else {})
    )
    for system in dice.sample(SYSTEMS[1:], dice.choice([1, 2, 2, 3])):
        _further(made, dice, person, system, (given, last), email, about)


def _further(
    made: Company,
    dice: random.Random,
    person: str,
    system: str,
    name: tuple[str, str],
    email: str,
    about: dict[str, str],
) -> None:
    given, last = name
    plain, end = given.translate(PLAIN).lower(), last.lower()
    local = email.partition("@")[0]
    match dice.random():
        case chance if chance < 0.80:
            _login(made, system, person, "human", f"{given} {last}", email.title() if chance < 0.1 else email)
        case chance if chance < 0.86:
            short = SHORT.get(given, given)
            _login(
                made,
                system,
                person,
                "human",
                f"{short} {last}",
                f"{short.translate(PLAIN).lower()}.{end}@{person}.acme.test",
            )
        case chance if chance < 0.90:
            _login(made, system, person, "human", f"{given} {last}", f"{plain[0]}{end}@brightfox-{person}.test")
        case chance if chance < 0.93:
            new = dice.choice(PIECES) + dice.choice(ENDS)
            more = {"department": about["department"], "title": about["title"]}
            _login(made, system, person, "human", f"{given} {new}", f"{plain}.{new.lower()}@{person}.acme.test", **more)
        case chance if chance < 0.96:
            _login(made, system, person, "human", f"{last}, {given}", f"{local}@acme-labs.test")
        case _:
            other = dice.choice([name for name in GIVEN if name[0] == given[0]])
            gone = {"active": False, "last_used": "2019-03-01"}
            _login(made, system, f"x{len(made.owner)}", "human", f"{other} X{last.lower()}", email, **gone)


def _program(made: Company, dice: random.Random, number: int) -> None:
    system = dice.choice(SYSTEMS[1:])
    persons = [fact for fact in made.facts if isinstance(fact, Node) and fact.kind is NodeKind.ACCOUNT][: number + 9]
    somebody = dice.choice(persons)
    mailbox = str(somebody.properties["email"])
    product = dice.choice(["Marketo", "Zapier", "HubSpot", "Segment", "Outreach", "Workato"])
    name, email, kind = dice.choice(
        [
            (f"{product} Sync", mailbox, "integration"),
            (f"{product} Integration", f"{product.lower()}-integration@acme.test", "integration"),
            (f"{somebody.name} API", f"api.{mailbox}", "integration"),
            ("svc-" + product.lower(), mailbox, "integration"),
            ("Marketing Ops", f"marketing-ops+{number}@acme.test", "shared"),
            ("Webinar Team", "webinars@acme.test", "shared"),
        ]
    )
    _login(made, system, "", kind, name, email)
