"""The page for a works council and a data protection officer: what is read of whom, why, where it lies, who sees it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from stackmap.render.document import Block, Bullets, Document, Heading, Paragraph, Section
from stackmap.render.words import counted

__all__ = ["ImportedFrom", "Kept", "KeptOf", "PrivacyPage", "ReadOfPeople", "Reads", "privacy_document"]


@dataclass(frozen=True, slots=True)
class ReadOfPeople:
    """What some lists take of people. `of` and `why` are "" where the connector does not say."""

    lists: tuple[str, ...]
    fields: str
    of: str
    why: str


@dataclass(frozen=True, slots=True)
class Reads:
    """One system that is asked. `stated`: the connector itself says what it takes of people, it is not derived."""

    source: str
    title: str
    people: tuple[ReadOfPeople, ...]
    stated: bool
    never: tuple[str, ...]
    address: str


@dataclass(frozen=True, slots=True)
class KeptOf:
    """What is kept from one list of a file: of people or of logins, by the names of the properties."""

    name: str
    whose: str
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ImportedFrom:
    """A source that came from a file, and what is kept of people from it."""

    source: str
    lists: tuple[KeptOf, ...]


@dataclass(frozen=True, slots=True)
class Kept:
    """A file of the workspace, and whether only its owner may read it."""

    name: str
    private: bool


@dataclass(frozen=True, slots=True)
class PrivacyPage:
    """What is to be said. `imported`: sources that came from files."""

    systems: tuple[Reads, ...]
    imported: tuple[ImportedFrom, ...]
    files: tuple[Kept, ...]
    readings: int
    notes: bool
    read_on: str


_WHY = (
    (
        "stackmap says which integrations, automations and data flows stop when a login is switched off, so that they "
        "are handed over in time. For that it reads who may do what in the systems named here, and as whose login "
        "things run."
    ),
    "It looks at what hangs on a login. It does not look at how anybody works.",
)
_FIELDS = {
    "active": "whether they are here, or the login is on",
    "aliases": "further addresses",
    "api_only": "whether it is a program's",
    "account_type": "what kind of login it is",
    "type_reasons": "why it is taken for that",
    "created_at": "the day it was made",
    "declared_login": "that somebody wrote it down",
    "email": "e-mail address",
    "frozen": "whether it is suspended",
    "left_on": "the last day of work, once it is past",
    "login": "what the login is called",
    "title": "job title",
    "used_within": "whether it was used within 30, 90 and 180 days",
}
"""Properties in words; others are called what they are called."""

_STAFF = (
    "A staff list may be imported as a file. Of each person this stays here: name, employee number, work address and "
    "further addresses, job title, department, team, manager, whether the person is here and, of somebody who has "
    "left, the last day of work. No other column is kept: not the first day, and no day in the future."
)
_TIMES = (
    (
        "When somebody last signed in is not kept. What is kept is whether a login was used within 30, 90 and 180 "
        "days: yes, no or unknown. It tells a login that nobody uses from one that is needed."
    ),
    (
        "Kept with their day or time: when logins, keys and automations were made, where a system says it, when a "
        "login was switched off or ends, and from a staff list the last day of work of somebody who has left. A fact "
        "file that somebody imports may hold exact times; they are kept as they are."
    ),
)
_NEVER = (
    "Passwords, keys and tokens of people: none is stored, and fields that hold them are left out.",
    "Contents: e-mails, messages, files, and the records of customers and leads.",
    (
        "Scores: there is no score, no probability and no ranking of a person. Things are ranked. What each person's "
        "leaving alone would break is told only on request (`stackmap bus-factor --everyone`)."
    ),
)
_SEES = (
    "Whoever has the folder. stackmap has no server and no accounts of its own; nobody sees it over a network.",
    (
        "Files that stackmap writes (`-o FILE`, the map, the report) are for their owner alone; what is printed, and "
        "redirected with `>`, is as open as your own settings make it."
    ),
    "Reports and the map carry the word internal, the day of the reading, and for whom they are.",
    (
        "With `--pseudonymise`, answers have stand-ins for people's names, nicknames, addresses and employee numbers, "
        "and for initials and telephone numbers where the text shows that they are some. Job titles that lists give "
        "are left out, and so are titles of two words or more that fewer than five people have, where a note repeats "
        "them. What looks like any other word stays: initials in the middle of a text, a short name that no list "
        "gives, a job title in one word or in the name of a thing. The answer says so, and where few people share a "
        "team or a role: such people can be guessed."
    ),
)
_LEAVERS = (
    (
        "Who is asked about with `stackmap leave` is stored nowhere: not in the database, not in a log, and no file "
        "is called after them by itself. Only the answer itself names them, where you write it."
    ),
    (
        "A name that is typed behind a command stays in the history of the shell, and other users of the machine may "
        "see it while the command runs. `stackmap leave --file -` takes names from the standard input, a line each: "
        "type them, then end with Ctrl-D (Windows: Ctrl-Z and Enter), and the history has none of them."
    ),
    "A file that is named with `-o` is called what its user calls it: keep names out of its name.",
    (
        "`stackmap leave` warns before it writes into, or reads a list from, what looks like a git work tree or a "
        "folder that is synchronised."
    ),
    "A scenario that somebody tries in the map stays in that page, unless a link to it is copied on purpose.",
)
_RIGHTS = (
    (
        "Access: `stackmap people` lists everybody with the logins and why each is theirs; "
        "`stackmap export facts` holds everything that was read."
    ),
    "Correction: people, logins and teams are set right in stack.yaml, or in the system itself.",
    (
        'Erasure: `stackmap people erase "NAME"` takes a person out of every reading: name, addresses, employee '
        "number, and the codes that stand for an address in ids, for whoever has the database could try whose they "
        "are. The logins stay without a name, because things hang on them: the number that the vendor gave each, its "
        "type, whether it is on, its groups and roles, what runs as it, and that they were one person's. What is still "
        "open because somebody has left, such as a login that is on, is told before (`--dry-run` tells it and changes "
        "nothing): afterwards nobody can find it."
    ),
    (
        "What erasing does not take out it lists: lines of your notes, other files in the folder, and sources or "
        "systems that are called after the person or by a code of an address, for readings are tied by those names. "
        "It cannot find the code of an address that no list and no note has any more. The systems still have the "
        "person, and so may copies of the folder."
    ),
    "Erasing everything: delete the folder.",
)


def privacy_document(page: PrivacyPage) -> Document:
    """The whole page."""
    sections = (
        Section("why", "What it is for", tuple(map(Paragraph, _WHY))),
        Section("read", "What is read of people", tuple(_read(page))),
        Section("times", "When people log in", tuple(map(Paragraph, _TIMES))),
        Section("never", "What is never kept", (Bullets(_NEVER),)),
        Section("where", "Where it lies, and for how long", tuple(_where(page))),
        Section("sees", "Who sees it", (Bullets(_SEES),)),
        Section("network", "What leaves this machine", tuple(_network(page))),
        Section("leavers", "Who is asked about", (Bullets(_LEAVERS),)),
        Section("rights", "What people may ask for", (Bullets(_RIGHTS),)),
    )
    audience = "works councils and data protection officers"
    return Document("What stackmap reads of people", _subtitle(page), page.read_on, audience, sections)


def _subtitle(page: PrivacyPage) -> str:
    if not page.readings:
        return "Nothing was read yet: this is what the settings provide for."
    return f"{counted(page.readings, 'reading')} stored here."


def _read(page: PrivacyPage) -> Iterator[Block]:
    if not (page.systems or page.imported or page.notes):
        yield Paragraph("No system is named in stackmap.yaml yet, and nothing was imported.")
    for one in page.systems:
        yield Heading(one.title if one.title == one.source else f"{one.title} ({one.source})")
        if not one.stated:
            yield Paragraph("The connector does not list the fields; these are the lists from which people may come.")
        yield Bullets(tuple(map(_list, one.people)) or ("nothing of people",))
        if one.never:
            yield Paragraph("Never read there:")
            yield Bullets(one.never)
    if page.imported:
        yield Heading("Files that were imported")
        yield Paragraph("What the latest reading holds of people from each:")
        yield Bullets(tuple(said for one in page.imported for said in _imported(one)))
    yield Heading("Staff lists")
    yield Paragraph(_STAFF)
    if page.notes:
        yield Heading("Your notes (stack.yaml)")
        yield Paragraph("Names, addresses, teams and managers, as far as somebody here wrote them down.")


def _imported(one: ImportedFrom) -> Iterator[str]:
    for found in one.lists:
        kept = ", ".join(dict.fromkeys(map(_field, found.fields)))
        yield f"{one.source}, list {found.name}, of {found.whose}: {kept}"
    if not one.lists:
        yield f"{one.source}: nothing of people"


def _field(name: str) -> str:
    return _FIELDS.get(name, name.replace("_", " "))


def _list(one: ReadOfPeople) -> str:
    of = f", of {one.of}" if one.of else ""
    why = f"; why: {one.why}" if one.why else ""
    return f"{', '.join(one.lists)}: {one.fields}{of}{why}"


def _where(page: PrivacyPage) -> Iterator[Block]:
    yield Paragraph("In one folder on this machine, the workspace. These files are in it now:")
    yield Bullets(tuple(f"{one.name}: {_mode(one)}" for one in page.files) or ("none",))
    yield Paragraph(
        "Every reading is kept, for what changed since is part of the answer. Nothing is deleted by itself, and no "
        "command of this version deletes readings by their age. What can be done today: take out one person (see "
        "below), or agree on a period, and when it ends, delete stackmap.db and read everything again. Your "
        "settings and notes stay; the next `stackmap collect` starts anew, and files have to be imported again. "
        "Stand-ins for people are other ones from then on. `stackmap sources drop` goes on without a source, and "
        "earlier readings keep what it told."
    )


def _mode(one: Kept) -> str:
    return "for its owner alone" if one.private else "others on this machine may read it; to end that: chmod 600"


def _network(page: PrivacyPage) -> Iterator[Block]:
    yield Paragraph(
        "Nothing, but the questions to these systems. They are read, never changed: only reading calls are sent."
    )
    yield Bullets(
        tuple(f"{one.title}, at {one.address}" if one.address else one.title for one in page.systems)
        or ("no system is asked",)
    )
    yield Paragraph(
        "Every call is listed by: stackmap connectors show NAME. Maps and reports open without a network, and fetch "
        "nothing."
    )
