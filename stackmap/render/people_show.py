"""Everything known of one person, with where each is known from. No score, no verdict on anybody."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from stackmap.model import Coverage
from stackmap.render.coverage import coverage_dicts, coverage_lines, not_read
from stackmap.render.departure import write_json
from stackmap.render.guards import plain
from stackmap.render.lines import wrapped
from stackmap.render.people import LoginEntry, PersonEntry, login_dict, whereabouts_word
from stackmap.render.people_suggested import Pair, likeness
from stackmap.render.words import counted

__all__ = ["LoginDetail", "PersonReport", "person_json", "person_text"]

_SHOWN = 5


@dataclass(frozen=True, slots=True)
class LoginDetail:
    """A login, why it is theirs, where it was read, and what hangs on it: names of things by how they hang on it."""

    entry: LoginEntry
    tied: tuple[str, ...]
    seen: tuple[str, ...]
    hangs: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class PersonReport:
    """One person. `presence` says whether they are here, and who says so; `notes` are what your notes say of them."""

    coverage: Sequence[Coverage]
    person: PersonEntry
    presence: str
    seen: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    managers: tuple[str, ...] = ()
    logins: tuple[LoginDetail, ...] = ()
    owns: tuple[str, ...] = ()
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
    lines += _part("Owns", [_short(report.owns)] if report.owns else [])
    lines += _part("Not decided", report.conflicts)
    lines += _part("May be the same person, nobody has said", [_asked(report, pair) for pair in report.pairs])
    lines += _part("In your notes", report.notes)
    missing = not_read(report.coverage)
    lines += ["", "Not read:", *missing] if missing else []
    return "\n".join(lines) + "\n"


def _row(name: str, values: Sequence[str]) -> list[str]:
    return wrapped(f"{name} {', '.join(map(plain, values))}", "  ") if values else []


def _part(title: str, entries: Sequence[str]) -> list[str]:
    return ["", title, *(line for entry in entries for line in wrapped(plain(entry), "  "))] if entries else []


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
        yield from wrapped(f"{how}: {_short(names)}", "    ")


def _short(names: Sequence[str]) -> str:
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return f"{len(names)}: {', '.join(map(plain, names[:_SHOWN]))}{more}"


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
    hangs = {how: list(names) for how, names in login.hangs.items()}
    return {**login_dict(login.entry), "theirs": list(login.tied), "read_in": list(login.seen), "hangs_on_it": hangs}
