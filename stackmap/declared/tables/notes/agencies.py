"""People of other companies who work in the systems."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

from stackmap.declared.tables.notes.wording import Somebody, Told
from stackmap.model import EdgeKind, Fact, How, NodeKind, fold_name
from stackmap.sdk import Cell, Column, Export, Row, Scope

__all__ = ["AGENCY_CONTACTS", "agency_contact"]


def agency_contact(row: Row, at: Scope) -> Iterator[Fact]:
    """Somebody of an agency, and their logins. The day is the end of the company's contract, never a person's."""
    told, who = Told.of(at, row["email"]), Somebody(row["name"], row["email"])
    ends = row.get("contract_end")
    company = " ".join(row["company"].split())
    # The id that the same name gets in a staff list.
    team_id = f"team/{at.hashed(company) if '@' in company else quote(fold_name(company), safe='')}"
    person = told.person(who)
    known = {"company": company, "external": True, "title": row.get("role"), "email": who.email}
    yield told.node(
        NodeKind.TEAM, team_id, company, {"external": True, "contract_end": ends.isoformat() if ends else None}
    )
    yield told.node(NodeKind.PERSON, person.id, who.name, known)
    yield told.edge(EdgeKind.MEMBER_OF, person.id, team_id)
    for system in row.get("systems", ()):
        yield from told.login_facts(system, who)


AGENCY_CONTACTS = Export(
    "agency-contacts",
    "Agencies and contractors",
    "Who of other companies works in the systems, and until when their company's contract runs.",
    "Fill it in from the contracts with agencies and contractors. No day on which a person leaves belongs in here.",
    (
        Column("company", "the company", ("Agency",), required=True, example="Example Agency"),
        Column("name", "first and last name", ("Contact", "Full name"), required=True, example="Ravi Menon"),
        Column("email", "address", ("Email address",), Cell.EMAIL, True, "r.menon@agency.example"),
        Column("role", "what they do for you", ("Job",), example="Campaigns"),
        Column("systems", "systems in which they have a login", ("Access to",), Cell.LIST, example="HubSpot"),
        Column("contract_end", "end of the company's contract", ("Contract ends",), Cell.DAY, example="2027-06-30"),
    ),
    agency_contact,
    frozenset(
        {
            NodeKind.SYSTEM,
            NodeKind.ACCOUNT,
            NodeKind.PERSON,
            NodeKind.TEAM,
            EdgeKind.PART_OF,
            EdgeKind.MEMBER_OF,
        }
    ),
    How.DECLARED,
    marks=("company", "name", "email", "systems", "contract_end"),
)
