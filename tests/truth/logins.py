"""A login with the truth about it, and the systems that logins live in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from stackmap.model import AccountType, Edge, EdgeKind, Evidence, Fact, How, Node, NodeKind, make_id, system_id

__all__ = ["DIRECTORY", "HUBSPOT", "MARKETO", "N8N", "SALESFORCE", "SYSTEMS", "ZAPIER", "Login", "Place", "facts_of"]


@dataclass(frozen=True, slots=True)
class Place:
    """A system. `share`: how many of the staff have a login there; `dated`: it shows when a login was made.

    `unique`: no two of its logins have one address.
    """

    product: str
    tenant: str
    share: float
    dated: bool
    unique: bool = True

    @property
    def system(self) -> str:
        """The id of its System."""
        return system_id(self.product, self.tenant)

    def account(self, number: int) -> str:
        """The id of the login with that number."""
        return make_id(self.product, self.tenant, NodeKind.ACCOUNT, f"u{number:06}")


DIRECTORY = Place("okta", "larkspur", 1.0, dated=True)
SALESFORCE = Place("salesforce", "00D5e000000LARKEAA", 0.64, dated=True, unique=False)
HUBSPOT = Place("hubspot", "8123456", 0.48, dated=False)
MARKETO = Place("marketo", "284-LRK-906", 0.24, dated=False)
N8N = Place("n8n", "automation.larkspur.example", 0.17, dated=True)
ZAPIER = Place("zapier", "larkspur", 0.26, dated=False)
SYSTEMS = (DIRECTORY, SALESFORCE, HUBSPOT, MARKETO, N8N, ZAPIER)


@dataclass(frozen=True, slots=True)
class Login:
    """A login as its system shows it (`id`, `name`, `properties`), and what is true of it.

    `holder` is the key of the one person behind it, "" for none. `undecidable` says why nobody could tell its type from
    anything that is shown, `aside` why nobody could tell whose it is: such a login is left out of that verdict.
    `shows`: what of its holder can be seen in it (`judging.py` says what makes two logins look alike).
    """

    id: str
    place: Place
    name: str
    type: AccountType
    properties: Mapping[str, Any]
    holder: str = ""
    marks: frozenset[str] = frozenset()
    undecidable: str = ""
    aside: str = ""
    shows: frozenset[str] = field(default=frozenset(), repr=False)


def facts_of(logins: tuple[Login, ...]) -> Iterator[Fact]:
    """What connectors would say: the systems, and each login with its place."""
    for place in SYSTEMS:
        flags = {"directory": True} if place is DIRECTORY else {}
        yield Node(
            NodeKind.SYSTEM, place.system, f"{place.product} ({place.tenant})", _seen(place, place.tenant), flags
        )
    for login in logins:
        seen = _seen(login.place, login.id.rpartition("/")[2])
        yield Node(NodeKind.ACCOUNT, login.id, login.name, seen, login.properties)
        yield Edge(EdgeKind.PART_OF, login.id, login.place.system, seen)


def _seen(place: Place, record: str) -> tuple[Evidence, ...]:
    return (Evidence(place.product, "users", record, How.OBSERVED),)
