"""Who is who: people with their logins, and logins that are nobody's. As text, JSON and CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from stackmap.analysis import Whereabouts
from stackmap.identity import Conflict, Suggestion
from stackmap.model import AccountType, Coverage
from stackmap.render.coverage import coverage_dicts, coverage_lines, gaps
from stackmap.render.departure import write_json
from stackmap.render.guards import csv_cell, plain
from stackmap.render.lines import wrapped
from stackmap.render.words import counted, full_day

__all__ = [
    "LoginEntry",
    "PeopleReport",
    "PersonEntry",
    "login_dict",
    "people_csv",
    "people_json",
    "people_text",
    "whereabouts_word",
]

_SHOWN = 40
"""How many of a sort are shown unless everything is asked for."""

_UNTOLD = Whereabouts(None)

_Entry = TypeVar("_Entry")

_TYPES = {
    AccountType.HUMAN: "Somebody's logins, and nobody knows whose",
    AccountType.UNKNOWN: "Logins of unknown type",
    AccountType.SHARED: "Shared logins without a named holder",
    AccountType.INTEGRATION: "Integration logins",
    AccountType.VENDOR_MANAGED: "Logins managed by the vendor",
}


@dataclass(frozen=True, slots=True)
class LoginEntry:
    """One login with its type, the reasons for it, and why it is somebody's ("" when it is nobody's).

    `places` are the ids of its systems. A frozen one keeps its `active`: some platforms tell both. `erased`: it had a
    name, and whoever had it was taken out.
    """

    id: str
    name: str
    system: str
    type: AccountType
    reasons: tuple[str, ...]
    tied_by: str
    active: bool | None
    email: str = ""
    places: tuple[str, ...] = ()
    frozen: bool = False
    erased: bool = False

    @property
    def state(self) -> str:
        """On, off or frozen, as people read it."""
        if self.active is not False and self.frozen:
            return "frozen"
        return {True: "on", False: "off", None: "not known whether it is on"}[self.active]


@dataclass(frozen=True, slots=True)
class PersonEntry:
    """Everything known of one person: the logins are those the person holds.

    `here` is False for whoever has left, and where nobody tells, for whoever has no login in use any more.
    """

    id: str
    name: str
    emails: tuple[str, ...]
    teams: tuple[str, ...]
    here: bool
    logins: tuple[LoginEntry, ...]
    whereabouts: Whereabouts = _UNTOLD


@dataclass(frozen=True, slots=True)
class PeopleReport:
    """People by name, logins that are nobody's, and what could not be decided."""

    coverage: Sequence[Coverage]
    people: Sequence[PersonEntry]
    loose: Sequence[LoginEntry]
    conflicts: Sequence[Conflict] = ()
    suggestions: Sequence[Suggestion] = ()
    chosen: str = ""
    """What was asked for, in words; "" for everybody."""
    nothing: str = ""
    """What to say instead where there is nothing to show."""
    caution: str = ""
    """Why what is shown may not be all that was asked for; "" where it is."""


def people_text(report: PeopleReport, *, everything: bool = False) -> str:
    """People with their logins and the reason for each tie, then the logins that are nobody's, by type.

    Of each sort the first are shown unless everything is asked for, with the ways to narrow.
    """
    lines = list(coverage_lines(report.coverage))
    if report.people or not report.chosen:
        lines += ["", f"{counted(len(report.people), 'person', 'people')}{report.chosen}", ""]
    lines += _some(report.people, _person, everything=everything)
    for kind, words in _TYPES.items():
        found = [login for login in report.loose if login.type is kind]
        if found:
            lines += ["", f"{words} ({len(found)})", *_some(found, _login, everything=everything)]
    undecided: dict[str, Sequence[Conflict | Suggestion]] = {
        "Refused ties": report.conflicts,
        "Not tied, please look": report.suggestions,
    }
    for title, entries in undecided.items():
        if entries:
            lines += ["", title, *_some(entries, _undecided, everything=everything)]
    if report.chosen and not (report.people or report.loose or report.conflicts or report.suggestions):
        lines += ["", *wrapped(report.nothing or f"Nobody and no login{report.chosen}.", "")]
    lines += ["", *wrapped(plain(report.caution), "")] if report.caution else []
    lines.extend(gaps(report.coverage))
    return "\n".join(lines) + "\n"


def _some(entries: Sequence[_Entry], write: Callable[[_Entry], Iterable[str]], *, everything: bool) -> Iterator[str]:
    """The first of the entries, and how to see the others."""
    shown = entries if everything else entries[:_SHOWN]
    yield from (line for entry in shown for line in write(entry))
    if more := len(entries) - len(shown):
        yield from wrapped(
            f"and {more} more: add --all, or narrow with --search TEXT, --team TEAM or --system SYSTEM", "  "
        )


def _undecided(entry: Conflict | Suggestion) -> list[str]:
    return wrapped(plain(_told(entry)), "  ")


def _told(entry: Conflict | Suggestion) -> str:
    return f"{' and '.join(entry.subjects)}: {entry.reason}"


def _person(person: PersonEntry) -> Iterator[str]:
    about = [", ".join(person.teams), ", ".join(person.emails), _gone(person)]
    yield from wrapped(" · ".join([plain(person.name), *(plain(part) for part in about if part)]), "")
    yield from wrapped(f"id {person.id}", "  ")
    for login in person.logins:
        yield from _login(login)


def _gone(person: PersonEntry) -> str:
    """Who says that somebody has left, who differs, or what else is off of theirs; "" for whoever is here."""
    whereabouts = person.whereabouts
    if whereabouts.here is False:
        still_on = sum(login.active is not False and not login.frozen for login in person.logins)
        more = f"; {counted(still_on, 'login')} not switched off" if still_on else ""
        return f"{whereabouts.text(full_day)}{more}"
    if whereabouts.differing:
        return whereabouts.text(full_day)
    return "; ".join(filter(None, (*whereabouts.doubts, whereabouts.idle)))


def _login(login: LoginEntry) -> Iterator[str]:
    # Nobody can look up whose an erased login was: that it is on has to be read here.
    off = login.state if login.erased or login.state in {"off", "frozen"} else ""
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
                "whereabouts": whereabouts_word(person.whereabouts),
                "accounts": [login_dict(login) for login in person.logins],
            }
            for person in report.people
        ],
        "unresolved": [login_dict(login) for login in report.loose],
        "conflicts": [{"subjects": list(item.subjects), "reason": item.reason} for item in report.conflicts],
        "suggestions": [{"subjects": list(item.subjects), "reason": item.reason} for item in report.suggestions],
        "caution": report.caution or None,
        "coverage": coverage_dicts(report.coverage),
    }
    return write_json(document)


def whereabouts_word(whereabouts: Whereabouts) -> str:
    """Here, left, or not known."""
    return {True: "here", False: "left", None: "not known"}[whereabouts.here]


def login_dict(login: LoginEntry) -> dict[str, Any]:
    """A login as every JSON output of people carries it."""
    return {
        "id": login.id,
        "name": login.name,
        "system": login.system or None,
        "account_type": login.type.value,
        "reasons": list(login.reasons),
        "tied_by": login.tied_by or None,
        "active": login.active,
        "frozen": login.frozen,
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
