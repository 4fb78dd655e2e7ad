"""What to write into your notes so that logins are somebody's no more."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence
from functools import partial

from stackmap.app.opening import Reading
from stackmap.app.people.changing import Plan
from stackmap.app.people.logins import account_of, find_login, note_word, noted_logins
from stackmap.app.people.notes import listed
from stackmap.app.people.subjects import Subject, declared_people, find_subject
from stackmap.app.people.unclear import again
from stackmap.app.people.words import name_key
from stackmap.declared.editing import Change, Drop, apart_changes, person_changes
from stackmap.errors import UsageError
from stackmap.model import AccountType, normalise_email
from stackmap.render.guards import plain

__all__ = ["split_plan"]


def split_plan(word: str, logins: Sequence[str], reading: Reading) -> Plan:
    """These logins are not this person's. The person's id stays with the rest."""
    command = ("stackmap", "people", "split", word, *logins)
    subject = find_subject(reading, word, again(*command, at=3))
    if not subject.person:
        raise UsageError(f"{plain(subject.name)} is a login that is nobody's: there is nothing to split")
    named = (find_login(reading, login, again(*command, at=at)) for at, login in enumerate(logins, start=4))
    parted = list(dict.fromkeys(named))
    rest = [account for account in subject.accounts if account not in parted]
    _check_parted(reading, subject, parted, rest)
    addresses = {email: _needed_by(reading, subject, rest, email) for email in _noted_emails(reading, subject, parted)}
    changes: list[Change] = list(_given_back(reading, subject.id, parted))
    changes += [Drop(("people", subject.id, "emails"), word) for word, why in addresses.items() if not why]
    changes += _told_apart(reading, subject, parted, rest)
    stays = (f"{plain(word)} stays under their e-mails: {why}." for word, why in addresses.items() if why)
    return Plan(tuple(changes), partial(_not_split, subject, parted, rest, command), tuple(stays))


def _told_apart(reading: Reading, subject: Subject, parted: Sequence[str], rest: Sequence[str]) -> Iterator[Change]:
    """That the logins which go are somebody else's. One that several use is given back, and that is all."""
    kept = subject.id in declared_people(reading)
    own = [account for account in rest if not _is_shared(reading, account)]
    if not kept and _goes_along(reading, subject, parted):
        words = [note_word(reading, account) for account in own]
        yield from person_changes(subject.id, name=plain(subject.name) or subject.id, logins=words)
        kept = True
    anchor = subject.id if kept else note_word(reading, min(own or rest))
    alone = [account for account in parted if not _is_shared(reading, account)]
    yield from apart_changes([(anchor, note_word(reading, account)) for account in alone])


def _is_shared(reading: Reading, account: str) -> bool:
    return reading.stack.accounts[account].type is AccountType.SHARED


def _goes_along(reading: Reading, subject: Subject, parted: Sequence[str]) -> bool:
    """Whether an id that was made up for somebody may go with these logins; an id that a file gives does not.

    A stored one goes with its first login. Of one that no reading has stored yet, nothing tells with which.
    """
    stored = reading.snapshot.person_ids
    if subject.id not in stored.values():
        return subject.id in reading.identity.person_ids.values()
    claims = [account for account in subject.accounts if stored.get(f"account:{account}") == subject.id]
    return min(claims or subject.accounts) in parted


def _check_parted(reading: Reading, subject: Subject, parted: Sequence[str], rest: Sequence[str]) -> None:
    foreign = [account for account in parted if account not in subject.accounts]
    theirs = "\n".join(f"  {account}   {plain(reading.stack.graph.name(account))}" for account in subject.accounts)
    if foreign:
        raise UsageError(f"{foreign[0]} is not a login of {plain(subject.name)}; theirs:\n{theirs}")
    if not rest:
        raise UsageError(f"these are all logins of {plain(subject.name)}: leave one that is theirs out")


def _given_back(reading: Reading, person: str, parted: Sequence[str]) -> Iterator[Change]:
    """Take out what your notes say to tie the logins to the person."""
    for word in listed(declared_people(reading).get(person, {}).get("logins")):
        if account_of(reading, word) in parted:
            yield Drop(("people", person, "logins"), word)
    for key, account in noted_logins(reading).items():
        if account_of(reading, key) in parted:
            for holder in listed((account or {}).get("holders")):
                if _is_called(reading, person, holder):
                    yield Drop(("accounts", key, "holders"), holder)


def _noted_emails(reading: Reading, subject: Subject, parted: Sequence[str]) -> Iterator[str]:
    """The addresses of the logins that your notes give to the person, as they are written: left there, the next list
    with such an address is the person's again.
    """
    theirs = {_email(reading, account) for account in parted} - {""}
    words = listed(declared_people(reading).get(subject.id, {}).get("emails"))
    yield from (word for word in words if normalise_email(word) in theirs)


def _needed_by(reading: Reading, subject: Subject, rest: Sequence[str], word: str) -> str:
    """Why an address is the person's all the same; "" where only the logins that go have it."""
    email, graph = normalise_email(word), reading.stack.graph
    if keeps := next((account for account in rest if _email(reading, account) == email), ""):
        place = graph.system_name(keeps)
        return f"{plain(graph.name(keeps))}{f' in {plain(place)}' if place else ''}, which stays theirs, has it too"
    person = graph.get(subject.id)
    for fact in person.facts if person else ():
        sources = [item.source for item in fact.evidence if not (item.of_notes or item.concluded)]
        said = (fact.properties.get("email"), *fact.properties.get("aliases", ()))
        if sources and email in map(normalise_email, said):
            return f"{plain(sources[0])} says that it is theirs"
    if len(listed(declared_people(reading)[subject.id].get("emails"))) == 1:
        return "it is the only one that your notes have of them; change it in stack.yaml if it is somebody else's"
    return ""


def _email(reading: Reading, account: str) -> str:
    vertex = reading.stack.graph.get(account)
    return normalise_email(vertex.properties.get("email")) if vertex else ""


def _is_called(reading: Reading, person: str, word: str) -> bool:
    """Whether your notes mean a person of theirs by a word."""
    said = declared_people(reading).get(person, {})
    emails = map(normalise_email, listed(said.get("emails")))
    return (
        word == person or name_key(word) == name_key(str(said.get("name"))) or normalise_email(word) in {*emails} - {""}
    )


def _not_split(
    subject: Subject, parted: Sequence[str], rest: Sequence[str], command: Sequence[str], _: Reading, after: Reading
) -> list[str]:
    theirs = {account for account in subject.accounts if _holds(after, subject.id, account)}
    if told := [account for account in parted if account in theirs]:
        return [f"{told[0]} would still be a login of {plain(subject.name)}: a source says that it is theirs"]
    lost = [account for account in rest if account not in theirs]
    if not lost:
        return []
    ties = "only the login that goes ties it" if len(parted) == 1 else "only the logins that go tie it"
    it = "it" if len(lost) == 1 else "they"
    lines = [f"{account} would go too: {ties} to {plain(subject.name)}" for account in lost]
    if len(lost) < len(rest):
        lines.append(f"If {it} shall go too: {plain(shlex.join([*command, *lost]))}")
    stays = "it stays" if len(lost) == 1 else "they stay"
    return [*lines, f"If {stays} theirs: write that under `people`, `{subject.id}`, `logins` in stack.yaml first"]


def _holds(reading: Reading, person: str, account: str) -> bool:
    """Whether a login is this person's, alone or with others."""
    known = reading.stack.accounts.get(account)  # a login that your notes alone know goes with the last word about it
    return known is not None and any(tie.person == person for tie in known.holders)
