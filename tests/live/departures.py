"""Who leaves, and how the server is told: every case of the proof, and the calls that carry it out."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from tests.live import admin
from tests.live.admin import Server
from tests.live.company import PEOPLE, Company

REMOVED = "removed"
TRANSFERRED = "transferred"
DEACTIVATED = "deactivated"


@dataclass(frozen=True, slots=True)
class Departure:
    """People who leave together; with `transferred`, what was theirs goes to the instance owner.

    `case` says for readers of the table what is special about them.
    """

    people: tuple[str, ...]
    case: str
    how: str = REMOVED

    @property
    def emails(self) -> list[str]:
        return [person.email for person in PEOPLE if person.key in self.people]

    @property
    def names(self) -> str:
        return ", ".join(f"{person.first} {person.last}" for person in PEOPLE if person.key in self.people)


DEPARTURES = (
    Departure(("olga",), "owner of the whole instance"),
    Departure(("olga",), "owner of the whole instance", TRANSFERRED),
    Departure(("ana",), "built two workflows, one with her own credential"),
    Departure(("ana",), "built two workflows, one with her own credential", DEACTIVATED),
    Departure(("ben",), "built nothing"),
    Departure(("cleo",), "built a workflow with her own credential"),
    Departure(("cleo",), "built a workflow with her own credential", TRANSFERRED),
    Departure(("dana",), "built a sub-workflow that others call"),
    Departure(("dana",), "built a sub-workflow that others call", TRANSFERRED),
    Departure(("dana",), "built a sub-workflow that others call", DEACTIVATED),
    Departure(("emil",), "built only callers of others' workflows"),
    Departure(("finn",), "built a sub-workflow that lets no others' workflows in"),
    Departure(("gia",), "built callers that are not let in"),
    Departure(("hana",), "built nothing; others' workflows use her credential"),
    Departure(("hana",), "built nothing; others' workflows use her credential", TRANSFERRED),
    Departure(("hana",), "built nothing; others' workflows use her credential", DEACTIVATED),
    Departure(("ivo",), "built a workflow with somebody else's credential"),
    Departure(("jo",), "built two forms"),
    Departure(("kai",), "built what is switched off or archived"),
    Departure(("lea",), "calls Max's workflow, and he hers"),
    Departure(("max",), "calls Lea's workflow, and she his"),
    Departure(("nia",), "built a sub-workflow for listed callers only"),
    Departure(("otto",), "built a sub-workflow that nobody may call"),
    Departure(("pia",), "was invited and never signed in"),
    Departure(("rosa",), "built the start of a chain of three"),
    Departure(("sam",), "built the middle of the chain"),
    Departure(("tess",), "built the end of the chain"),
    Departure(("uma",), "calls without waiting, calls that may fail, a web request"),
    Departure(("vik",), "built a webhook that another workflow asks"),
    Departure(("lea", "max"), "two who call each other, together"),
    Departure(("dana", "jo", "tess"), "three from three teams, together"),
)


def prepare(home: Path, company: Company, departure: Departure) -> None:
    """What has to be done to the state of a stopped server before the departure shows.

    The free edition has no way to disable a login; the licensed one sets this very flag when a directory
    (LDAP) no longer lists the person.
    """
    if departure.how != DEACTIVATED:
        return
    with closing(sqlite3.connect(home / ".n8n" / "database.sqlite")) as database, database:
        for key in departure.people:
            changed = database.execute("UPDATE user SET disabled = 1 WHERE id = ?", (company.user_ids[key],))
            if changed.rowcount != 1:
                raise LookupError(f"{key} is not in the server's database")


def carry_out(server: Server, company: Company, departure: Departure) -> bool:
    """Do it on the running server, as the instance owner; False where the server refuses."""
    owner = company.logins["olga"]
    if departure.how == DEACTIVATED:
        return True
    for key in departure.people:
        user_id = company.user_ids[key]
        if departure.how == TRANSFERRED:
            project = admin.personal_project(server, owner)
            answer = admin.remove_with_transfer(server, owner, user_id, project)
        else:
            answer = admin.remove(server, owner, user_id)
        if answer.status_code in {400, 403}:
            return False
        admin.ok(f"{departure.how} {key}", answer)
    return True
