"""Who is who: people with their logins, and logins that are nobody's. As text, JSON and CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from stackmap.identity import Conflict, Suggestion
from stackmap.model import AccountType, Coverage
from stackmap.render.coverage import coverage_dicts, coverage_lines, not_read
from stackmap.render.departure import write_json
from stackmap.render.guards import csv_cell, plain
from stackmap.render.lines import wrapped
from stackmap.render.words import counted

__all__ = ["LoginEntry", "PeopleReport", "PersonEntry", "people_csv", "people_json", "people_text"]

_TYPES = {
    AccountType.HUMAN: "Somebody's logins, and nobody knows whose",
    AccountType.UNKNOWN: "Logins of unknown type",
    AccountType.SHARED: "Shared logins without a named holder",
    AccountType.INTEGRATION: "Integration logins",
    AccountType.VENDOR_MANAGED: "Logins managed by the vendor",
}


@dataclass(frozen=True, slots=True)
class LoginEntry:
    """One login with its type, the reasons for it, and why it is somebody's ("" when it is nobody's)."""

    id: str
    name: str
    system: str
    type: AccountType
    reasons: tuple[str, ...]
    tied_by: str
    active: bool | None


@dataclass(frozen=True, slots=True)
class PersonEntry:
    """Everything known of one person: the logins are those the person holds."""

    id: str
    name: str
    emails: tuple[str, ...]
    teams: tuple[str, ...]
    here: bool
    logins: tuple[LoginEntry, ...]


@dataclass(frozen=True, slots=True)
class PeopleReport:
    """People by name, logins that are nobody's, and what could not be decided."""

    coverage: Sequence[Coverage]
    people: Sequence[PersonEntry]
    loose: Sequence[LoginEntry]
    conflicts: Sequence[Conflict] = ()
    suggestions: Sequence[Suggestion] = ()


def people_text(report: PeopleReport) -> str:
    """People with their logins and the reason for each tie, then the logins that are nobody's, by type."""
    lines = [*coverage_lines(report.coverage), "", f"{counted(len(report.people), 'person', 'people')}", ""]
    for person in report.people:
        lines.extend(_person(person))
    for kind, words in _TYPES.items():
        found = [login for login in report.loose if login.type is kind]
        if found:
            lines.extend(["", f"{words} ({len(found)})"])
            lines.extend(line for login in found for line in _login(login))
    for title, entries in (("Refused ties", report.conflicts), ("Not tied, please look", report.suggestions)):
        if entries:
            lines.extend(["", title])
            lines.extend(line for entry in entries for line in wrapped(plain(_told(entry)), "  "))
    missing = not_read(report.coverage)
    lines.extend(["", "Not read:", *missing] if missing else [])
    return "\n".join(lines) + "\n"


def _told(entry: Conflict | Suggestion) -> str:
    return f"{' and '.join(entry.subjects)}: {entry.reason}"


def _person(person: PersonEntry) -> Iterator[str]:
    about = [", ".join(person.teams), ", ".join(person.emails), "" if person.here else "all logins are off"]
    yield from wrapped(" · ".join([plain(person.name), *(plain(part) for part in about if part)]), "")
    yield from wrapped(f"id {person.id}", "  ")
    for login in person.logins:
        yield from _login(login)


def _login(login: LoginEntry) -> Iterator[str]:
    off = "off" if login.active is False else ""
    why = login.tied_by or "; ".join(login.reasons)
    parts = [login.system, login.name, login.type.value, off, why]
    yield from wrapped(" · ".join(plain(part) for part in parts if part), "  ")


def people_json(report: PeopleReport) -> str:
    """`stackmap.people/1`."""
    document = {
        "schema": "stackmap.people/1",
        "people": [
            {
                "id": person.id,
                "name": person.name,
                "emails": list(person.emails),
                "teams": list(person.teams),
                "here": person.here,
                "accounts": [_login_dict(login) for login in person.logins],
            }
            for person in report.people
        ],
        "unresolved": [_login_dict(login) for login in report.loose],
        "conflicts": [{"subjects": list(item.subjects), "reason": item.reason} for item in report.conflicts],
        "suggestions": [{"subjects": list(item.subjects), "reason": item.reason} for item in report.suggestions],
        "coverage": coverage_dicts(report.coverage),
    }
    return write_json(document)


def _login_dict(login: LoginEntry) -> dict[str, Any]:
    return {
        "id": login.id,
        "name": login.name,
        "system": login.system or None,
        "account_type": login.type.value,
        "reasons": list(login.reasons),
        "tied_by": login.tied_by or None,
        "active": login.active,
    }


def people_csv(report: PeopleReport) -> str:
    """One row per login; the person's columns are empty where it is nobody's."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(("person", "name", "system", "login", "type", "active", "tied_by", "reasons"))
    pairs = [(person, login) for person in report.people for login in person.logins]
    for person, login in [*pairs, *((None, login) for login in report.loose)]:
        cells = [person.id if person else "", person.name if person else "", login.system, login.name]
        active = {True: "yes", False: "no", None: "unknown"}[login.active]
        cells += [login.type.value, active, login.tied_by, "; ".join(login.reasons)]
        writer.writerow([csv_cell(cell) for cell in cells])
    return "\ufeff" + out.getvalue()
