"""What to write into your notes so that people and logins are one person."""

from __future__ import annotations

import shlex
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from stackmap.app.opening import Reading
from stackmap.app.people.changing import Plan
from stackmap.app.people.logins import account_of, note_word, person_of
from stackmap.app.people.notes import listed
from stackmap.app.people.subjects import Subject, declared_people, find_subject, word_of
from stackmap.app.people.unclear import again
from stackmap.app.people.words import name_key
from stackmap.declared.editing import Change, apart_changes, person_changes
from stackmap.errors import UsageError
from stackmap.identity import Conflict
from stackmap.model import normalise_email
from stackmap.render.guards import plain

__all__ = ["answers_plan", "merge_plan"]


def merge_plan(words: Sequence[str], reading: Reading) -> Plan:
    """All of these are one person. Raises UsageError where they are that already, or your notes say otherwise."""
    command = ("stackmap", "people", "merge", *words)
    found = (find_subject(reading, word, again(*command, at=at)) for at, word in enumerate(words, start=3))
    subjects = {subject.id: subject for subject in found}
    if len(subjects) < 2:
        only = next(iter(subjects.values()))
        raise UsageError(f"that is one person already: {plain(only.name)} ({only.id}). Name two people or logins")
    return answers_plan(reading, [tuple(subjects.values())], [])


def answers_plan(reading: Reading, one: Sequence[Sequence[Subject]], apart: Sequence[Sequence[Subject]]) -> Plan:
    """Each group of `one` is one person, and no two of a group of `apart` are. Groups of `one` share nobody."""
    taken = {*declared_people(reading), *reading.stack.people}
    changes: list[Change] = []
    for group in one:
        changes += _merged(reading, group, taken)
    told = [[word_of(reading, subject) for subject in group] for group in apart]
    return Plan((*changes, *apart_changes(told)), partial(_not_merged, one))


def _merged(reading: Reading, group: Sequence[Subject], taken: set[str]) -> tuple[Change, ...]:
    declared = declared_people(reading)
    written = [subject for subject in group if subject.person and subject.id in declared]
    if len(written) > 1:
        raise UsageError(_both_written(written))
    kept = next(iter([*written, *(subject for subject in group if subject.person), *group]))
    emails = _addresses(reading, group)
    new = not written
    others = [subject for subject in group if subject is not kept]
    logins = [account for subject in others for account in _personal(reading, subject)]
    if new:
        logins = [*_without_address(reading, kept, emails), *logins]
    key = kept.id if kept.person and "/" not in kept.id else _free_key(kept.name, taken)
    taken.add(key)
    known = set() if new else set(map(normalise_email, listed(declared[key].get("emails"))))
    return person_changes(
        key,
        name=plain(kept.name) or key,
        emails=[email for email in emails if email not in known],
        logins=[note_word(reading, account) for account in logins if new or account not in _held(reading, key)],
        new=new,
    )


def _both_written(written: Sequence[Subject]) -> str:
    names = " and ".join(f"{plain(subject.name)} ({subject.id})" for subject in written)
    return (
        f"{names} stand in your notes as two people, and other notes may name either. Open stack.yaml, put the e-mails "
        f"and logins of one under the other, take the entry out, and name only the one that stays"
    )


def _held(reading: Reading, key: str) -> set[str]:
    """The logins that your notes give to a person already."""
    return {account_of(reading, word) for word in listed(declared_people(reading)[key].get("logins"))}


def _addresses(reading: Reading, group: Sequence[Subject]) -> list[str]:
    """The addresses of the people of a group that are nobody else's: an address that passed on is no sign, and that of
    a shared login is no person's.
    """
    own = {account for subject in group for account in subject.accounts}
    elsewhere = {_address(reading, account) for account in reading.stack.accounts if account not in own}
    people = [subject for subject in group if subject.person]
    theirs = {_address(reading, one) for subject in people for one in (subject.id, *_personal(reading, subject))}
    emails = dict.fromkeys(email for subject in people for email in subject.emails)
    return [email for email in emails if email in theirs - elsewhere]


def _address(reading: Reading, node_id: str) -> str:
    """The address of a person or of a login that may be a person's."""
    vertex, account = reading.stack.graph.get(node_id), reading.stack.accounts.get(node_id)
    personal = account is None or account.type.may_be_a_persons
    return normalise_email(vertex.properties.get("email")) if vertex and personal else ""


def _personal(reading: Reading, subject: Subject) -> list[str]:
    """The logins of a subject but for those that several people use."""
    return [one for one in subject.accounts if reading.stack.accounts[one].type.may_be_a_persons or not subject.person]


def _without_address(reading: Reading, subject: Subject, emails: Iterable[str]) -> Iterator[str]:
    """The logins of somebody that the addresses alone do not tie."""
    yield from (account for account in _personal(reading, subject) if _address(reading, account) not in emails)


def _free_key(name: str, taken: Iterable[str]) -> str:
    """A key made of a name that nobody has yet."""
    bare = "-".join("".join(char if char.isalnum() else " " for char in name_key(name)).split()) or "somebody"
    numbered = [bare, *(f"{bare}-{number}" for number in range(2, len(set(taken)) + 3))]
    return next(key for key in numbered if key not in taken)


def _not_merged(groups: Sequence[Sequence[Subject]], before: Reading, after: Reading) -> list[str]:
    """What keeps groups from being one person each, and ties that the change would have refused."""
    refused = sorted(set(after.identity.conflicts) - set(before.identity.conflicts))
    whys = [(group, _listed_apart(before, group)) for group in groups if refused]
    told = [f"{_called(before, group)} cannot be one person: {why}" for group, why in whys if why]
    told = told or [_refusal(after, conflict) for conflict in refused]
    for group in groups:
        if len(_holders(before, after, group)) > 1 and not told:
            names = " and ".join(f"{plain(subject.name)} ({subject.id})" for subject in group)
            told.append(f"{names} would still not be one person: {_why_not(after, group)}")
    return told


def _holders(before: Reading, after: Reading, group: Sequence[Subject]) -> set[str]:
    """Who has the logins of a group afterwards, and who its people are then.

    An id that was made up for the holder of some logins is nobody's without them, or the next one's.
    """
    aliases, made_up = after.identity.aliases, {*before.identity.person_ids.values()}
    logins = {subject.id: _personal(before, subject) for subject in group}
    stand = [one.id for one in group if one.person and not (one.id in made_up and logins[one.id])]
    holders = {person_of(after, account) for own in logins.values() for account in own}
    return holders | {aliases.get(person, person) for person in stand}


def _called(reading: Reading, group: Sequence[Subject]) -> str:
    """People by their names, and where each has logins."""

    def places(subject: Subject) -> str:
        named = sorted({plain(reading.stack.graph.system_name(account)) for account in subject.accounts} - {""})
        return f"{plain(subject.name)} ({', '.join(named)})" if named else plain(subject.name)

    return " and ".join(map(places, group))


def _listed_apart(reading: Reading, group: Sequence[Subject]) -> str:
    """Which list or directory has each of them by itself, in words; "" for none."""
    lists: dict[str, set[str]] = defaultdict(set)
    directories: dict[str, set[str]] = defaultdict(set)
    for subject in group:
        person = reading.stack.graph.get(subject.id) if subject.person else None
        for seen in person.evidence if person else ():
            if not (seen.of_notes or seen.concluded):
                lists[seen.source].add(subject.id)
        for login in filter(None, map(reading.stack.graph.get, subject.accounts)):
            directory, colon, _ = str(login.properties.get("directory_id") or "").partition(":")
            if colon:
                directories[directory].add(subject.id)
    by_list = [f"{plain(source)} has them as two entries" for source in sorted(lists) if len(lists[source]) > 1]
    by_login = [
        f"{plain(name)} has a user for each, so they have two ids of one directory"
        for name in sorted(directories)
        if len(directories[name]) > 1
    ]
    told = "; ".join((*by_list, *by_login))
    return f"{told}. If that is wrong there, have it put right, and read it again" if told else ""


def _refusal(reading: Reading, conflict: Conflict) -> str:
    names = " and ".join(f"{plain(reading.stack.graph.name(one))} ({one})" for one in conflict.subjects)
    robots = [one for one in conflict.subjects if one in reading.stack.accounts and _robot(reading, one)]
    way_out = "".join(f"\nTry: {_called_human(one)}" for one in robots[:1])
    return f"{names} cannot be one person: {plain(conflict.reason)}{way_out}"


def _why_not(reading: Reading, group: Sequence[Subject]) -> str:
    words = {word for subject in group for word in (subject.id, *subject.accounts, *subject.emails)}
    if any(len(words & set(entry)) > 1 for entry in reading.manifest.hints.apart):
        return "your notes keep them apart; take that entry out of `apart` in stack.yaml first"
    robots = [account for subject in group for account in subject.accounts if _robot(reading, account)]
    if robots:
        return f"{robots[0]} is no person's login; if it is, say so first: {_called_human(robots[0])}"
    return "nothing that notes can say ties them; look at both with `stackmap people show`"


def _called_human(account: str) -> str:
    return plain(shlex.join(["stackmap", "people", "classify", account, "human"]))


def _robot(reading: Reading, account: str) -> bool:
    return reading.stack.accounts[account].type.is_a_programs
