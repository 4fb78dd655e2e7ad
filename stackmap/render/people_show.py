"""Everything known of one person, with where each is known from. No score, no verdict on anybody."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from stackmap.model import AccountType, Coverage
from stackmap.render.coverage import coverage_dicts, coverage_lines, gaps
from stackmap.render.departure import write_json
from stackmap.render.guards import plain
from stackmap.render.lines import wrapped
from stackmap.render.people import LoginEntry, PersonEntry, login_dict, whereabouts_word
from stackmap.render.people_suggested import Pair, likeness
from stackmap.render.words import MAILED, counted

__all__ = ["Hang", "LoginDetail", "MailedLogin", "PersonReport", "person_json", "person_text"]

_SHOWN = 5


class Hang(StrEnum):
    """How something hangs on a login, in the words of the JSON output and in their order."""

    RUNS_AS = "runs as this login"
    AUTHORISED = "authorised by it"
    OWNED = "owned by it"
    HANDS_WORK = "hands work to it"
    ALARMS = "alarms it"
    ADMINISTERS = "administers"
    SEES_SECRET = "can see the secret"  # noqa: S105  # what is said of a login; no secret
    ROLE = "has the role"


_COUNTED: Mapping[Hang, tuple[str, str, str]] = MappingProxyType(
    {
        Hang.RUNS_AS: ("", "thing runs as it", "things run as it"),
        Hang.AUTHORISED: ("it authorised ", "consent or key", "consents and keys"),
        Hang.OWNED: ("owns ", "thing", "things"),
        Hang.HANDS_WORK: ("", "thing hands work to it", "things hand work to it"),
        Hang.ALARMS: ("the alarms of ", "thing come to it", "things come to it"),
        Hang.ADMINISTERS: ("administers ", "thing", "things"),
        Hang.SEES_SECRET: ("can see ", "secret", "secrets"),
        Hang.ROLE: ("", "role", "roles"),
    }
)
"""The same before and behind a number: of one, and of several."""


_MAILED_TYPES: Mapping[AccountType, str] = MappingProxyType(
    {
        AccountType.INTEGRATION: "integration login",
        AccountType.VENDOR_MANAGED: "managed by the vendor",
        AccountType.SHARED: "shared login",
        AccountType.UNKNOWN: "login of unknown type",
        AccountType.HUMAN: "login that several others hold",
    }
)


@dataclass(frozen=True, slots=True)
class LoginDetail:
    """A login, why it is theirs, where it was read, and what hangs on it: names of things by how they hang on it."""

    entry: LoginEntry
    tied: tuple[str, ...]
    seen: tuple[str, ...]
    hangs: Mapping[Hang, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class MailedLogin:
    """A login that is not theirs, and whose mail goes to them all the same."""

    id: str
    name: str
    system: str
    type: AccountType


@dataclass(frozen=True, slots=True)
class PersonReport:
    """One person. `presence` says whether they are here, and who says so; `backup_for` is what they are named for
    behind its owner; `mail` are logins whose mail they get; `notes` are what your notes say of them.
    """

    coverage: Sequence[Coverage]
    person: PersonEntry
    presence: str
    seen: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    managers: tuple[str, ...] = ()
    logins: tuple[LoginDetail, ...] = ()
    owns: tuple[str, ...] = ()
    backup_for: tuple[str, ...] = ()
    mail: tuple[MailedLogin, ...] = ()
    conflicts: tuple[str, ...] = ()
    pairs: tuple[Pair, ...] = ()
    notes: tuple[str, ...] = ()


def person_text(report: PersonReport) -> str:
    """The person, their logins one by one, and what is open."""
    person = report.person
    lines = [*coverage_lines(report.coverage), "", plain(person.name), *wrapped(f"id {person.id}", "  ")]
    lines += _row("e-mail", person.emails)
    lines += _row("also", report.aliases)
    lines += _row("team", person.teams)
    lines += _row("manager", report.managers)
    lines += wrapped(plain(report.presence), "  ")
    lines += [line for seen in report.seen for line in wrapped(f"known from {plain(seen)}", "  ")]
    lines += ["", counted(len(report.logins), "login") if report.logins else "No login that is known to be theirs"]
    lines += [line for login in report.logins for line in _login(login)]
    lines += _named("Owns", report.owns) + _named("Is backup for", report.backup_for)
    lines += _part(_gets_mail(len(report.mail)), [_mailed(login) for login in report.mail])
    lines += _part("Not decided", report.conflicts)
    lines += _part("May be the same person, nobody has said", [_asked(report, pair) for pair in report.pairs])
    lines += _part("In your notes", report.notes)
    lines.extend(gaps(report.coverage))
    return "\n".join(lines) + "\n"


def _row(name: str, values: Sequence[str]) -> list[str]:
    return wrapped(f"{name} {', '.join(map(plain, values))}", "  ") if values else []


def _named(words: str, things: Sequence[str]) -> list[str]:
    return ["", *wrapped(f"{words} {_counted(things, 'thing', 'things')}")] if things else []


def _part(title: str, entries: Sequence[str]) -> list[str]:
    return (
        ["", *wrapped(title), *(line for entry in entries for line in wrapped(plain(entry), "  "))] if entries else []
    )


def _login(login: LoginDetail) -> Iterator[str]:
    entry = login.entry
    yield from wrapped(" · ".join(map(plain, (entry.system, entry.name, entry.type.value, entry.state))), "  ", "    ")
    yield from wrapped(f"id {entry.id}", "    ")
    for reason in entry.reasons:
        yield from wrapped(f"{entry.type.value.replace('_', '-')}: {plain(reason)}", "    ")
    for reason in login.tied:
        yield from wrapped(f"theirs: {plain(reason)}", "    ")
    for where in login.seen:
        yield from wrapped(f"read in {plain(where)}", "    ")
    for how, names in login.hangs.items():
        before, one, many = _COUNTED[how]
        yield from wrapped(f"{before}{_counted(names, one, many)}", "    ")


def _counted(names: Sequence[str], one: str, many: str) -> str:
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return f"{counted(len(names), one, many)}: {', '.join(map(plain, names[:_SHOWN]))}{more}"


def _gets_mail(number: int) -> str:
    return f"Gets the mail of {counted(number, 'login that is not theirs', 'logins that are not theirs')} ({MAILED})"


def _mailed(login: MailedLogin) -> str:
    place = f" in {login.system}" if login.system else ""
    return f"{login.name}{place} ({_MAILED_TYPES[login.type]})"


def _asked(report: PersonReport, pair: Pair) -> str:
    ids = {report.person.id, *(login.entry.id for login in report.logins)}
    others = [f"{side.about} ({side.id})" for side in pair.sides if side.id not in ids]
    return f"{'; '.join(others)}: {likeness(pair.score)}, {pair.reason}"


def person_json(report: PersonReport) -> str:
    """`stackmap.person/1`."""
    person = report.person
    document = {
        "schema": "stackmap.person/1",
        "id": person.id,
        "name": person.name,
        "emails": list(person.emails),
        "aliases": list(report.aliases),
        "teams": list(person.teams),
        "managers": list(report.managers),
        "here": person.here,
        "whereabouts": whereabouts_word(person.whereabouts),
        "presence": report.presence,
        "known_from": list(report.seen),
        "accounts": [_login_dict(login) for login in report.logins],
        "owns": list(report.owns),
        "backup_for": list(report.backup_for),
        "mail": [
            {"id": one.id, "name": one.name, "system": one.system or None, "account_type": one.type.value}
            for one in report.mail
        ],
        "conflicts": list(report.conflicts),
        "suggestions": [
            {"subjects": [side.id for side in pair.sides], "score": pair.score, "reason": pair.reason}
            for pair in report.pairs
        ],
        "notes": list(report.notes),
        "coverage": coverage_dicts(report.coverage),
    }
    return write_json(document)


def _login_dict(login: LoginDetail) -> dict[str, Any]:
    hangs = {how.value: list(names) for how, names in login.hangs.items()}
    return {**login_dict(login.entry), "theirs": list(login.tied), "read_in": list(login.seen), "hangs_on_it": hangs}
