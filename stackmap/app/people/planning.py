"""What to write into your notes so that logins are one person's, or are not, or are of another type."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial

from stackmap.app.opening import Reading
from stackmap.app.people.changing import Plan
from stackmap.app.people.entries import name_key
from stackmap.app.people.logins import account_of, find_login, note_word, person_of
from stackmap.app.people.notes import said_in
from stackmap.app.people.subjects import Subject, declared_people, find_subject, word_of
from stackmap.declared.editing import Change, Drop, account_changes, apart_changes, person_changes
from stackmap.errors import UsageError
from stackmap.identity import Conflict, normalise_email
from stackmap.model import AccountType
from stackmap.render.guards import plain

__all__ = ["answers_plan", "classify_plan", "merge_plan", "split_plan"]

_NOBODYS = frozenset({AccountType.INTEGRATION, AccountType.VENDOR_MANAGED})
_PERSONAL = frozenset({AccountType.HUMAN, AccountType.UNKNOWN})


def merge_plan(words: Sequence[str], reading: Reading) -> Plan:
    """All of these are one person. Raises UsageError where they are that already, or your notes say otherwise."""
    subjects = {subject.id: subject for subject in (find_subject(reading, word) for word in words)}
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
    known = set() if new else set(map(normalise_email, _listed(declared[key].get("emails"))))
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


def _listed(value: object) -> list[str]:
    return list(map(str, value)) if isinstance(value, list) else [] if value is None else [str(value)]


def _held(reading: Reading, key: str) -> set[str]:
    """The logins that your notes give to a person already."""
    return {account_of(reading, word) for word in _listed(declared_people(reading)[key].get("logins"))}


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
    personal = account is None or account.type in _PERSONAL
    return normalise_email(vertex.properties.get("email")) if vertex and personal else ""


def _personal(reading: Reading, subject: Subject) -> list[str]:
    """The logins of a subject but for those that several people use."""
    return [one for one in subject.accounts if reading.stack.accounts[one].type in _PERSONAL or not subject.person]


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
    told = [_refusal(after, conflict) for conflict in refused]
    for group in groups:
        aliases = after.identity.aliases
        holders = {person_of(after, account) for subject in group for account in _personal(before, subject)}
        holders |= {aliases.get(subject.id, subject.id) for subject in group if subject.person}
        if len(holders) > 1 and not told:
            names = " and ".join(f"{plain(subject.name)} ({subject.id})" for subject in group)
            told.append(f"{names} would still not be one person: {_why_not(after, group)}")
    return told


def _refusal(reading: Reading, conflict: Conflict) -> str:
    names = " and ".join(f"{plain(reading.stack.graph.name(one))} ({one})" for one in conflict.subjects)
    return f"{names} cannot be one person: {plain(conflict.reason)}"


def _why_not(reading: Reading, group: Sequence[Subject]) -> str:
    words = {word for subject in group for word in (subject.id, *subject.accounts, *subject.emails)}
    if any(len(words & set(entry)) > 1 for entry in reading.manifest.hints.apart):
        return "your notes keep them apart; take that entry out of `apart` in stack.yaml first"
    robots = [account for subject in group for account in subject.accounts if _robot(reading, account)]
    if robots:
        return f"{robots[0]} is no person's login; if it is, say so first: stackmap people classify {robots[0]} human"
    return "nothing that notes can say ties them; look at both with `stackmap people show`"


def _robot(reading: Reading, account: str) -> bool:
    return reading.stack.accounts[account].type in _NOBODYS


def split_plan(word: str, logins: Sequence[str], reading: Reading) -> Plan:
    """These logins are not this person's. The person's id stays with the rest."""
    subject = find_subject(reading, word)
    if not subject.person:
        raise UsageError(f"{plain(subject.name)} is a login that is nobody's: there is nothing to split")
    parted = list(dict.fromkeys(find_login(reading, login) for login in logins))
    rest = [account for account in subject.accounts if account not in parted]
    _check_parted(reading, subject, parted, rest)
    changes: list[Change] = list(_given_back(reading, subject.id, parted))
    kept = subject.id in declared_people(reading)
    if not kept and _founder(reading, subject) in parted:
        words = [note_word(reading, account) for account in rest]
        changes += person_changes(subject.id, name=plain(subject.name) or subject.id, logins=words)
        kept = True
    anchor = subject.id if kept else note_word(reading, min(rest))
    alone = [account for account in parted if reading.stack.accounts[account].type is not AccountType.SHARED]
    changes += apart_changes([(anchor, note_word(reading, account)) for account in alone])
    return Plan(tuple(changes), partial(_not_split, subject, parted, rest))


def _founder(reading: Reading, subject: Subject) -> str:
    """The login with which an id that was made up for somebody would go; "" for an id that a file gives."""
    minted = reading.snapshot.person_ids
    if subject.id not in minted.values():
        return ""
    claims = [account for account in subject.accounts if minted.get(f"account:{account}") == subject.id]
    return min(claims or subject.accounts)


def _check_parted(reading: Reading, subject: Subject, parted: Sequence[str], rest: Sequence[str]) -> None:
    foreign = [account for account in parted if account not in subject.accounts]
    theirs = "\n".join(f"  {account}   {plain(reading.stack.graph.name(account))}" for account in subject.accounts)
    if foreign:
        raise UsageError(f"{foreign[0]} is not a login of {plain(subject.name)}; theirs:\n{theirs}")
    if not rest:
        raise UsageError(f"these are all logins of {plain(subject.name)}: leave one that is theirs out")


def _given_back(reading: Reading, person: str, parted: Sequence[str]) -> Iterator[Change]:
    """Take out what your notes say to tie the logins to the person."""
    said = said_in(reading.manifest.text)
    for word in _listed(declared_people(reading).get(person, {}).get("logins")):
        if account_of(reading, word) in parted:
            yield Drop(("people", person, "logins"), word)
    accounts: Mapping[str, Mapping[str, object] | None] = said.get("accounts") or {}
    for key, account in accounts.items():
        if account_of(reading, key) in parted:
            for holder in _listed((account or {}).get("holders")):
                if _is_called(reading, person, holder):
                    yield Drop(("accounts", key, "holders"), holder)


def _is_called(reading: Reading, person: str, word: str) -> bool:
    """Whether your notes mean a person of theirs by a word."""
    said = declared_people(reading).get(person, {})
    emails = map(normalise_email, _listed(said.get("emails")))
    return (
        word == person or name_key(word) == name_key(str(said.get("name"))) or normalise_email(word) in {*emails} - {""}
    )


def _not_split(
    subject: Subject, parted: Sequence[str], rest: Sequence[str], _before: Reading, after: Reading
) -> list[str]:
    told = [account for account in parted if person_of(after, account) == subject.id]
    lost = [account for account in rest if person_of(after, account) != subject.id]
    if told:
        return [f"{told[0]} would still be a login of {plain(subject.name)}: a source says that it is theirs"]
    return [f"{account} would no longer be a login of {plain(subject.name)}" for account in lost]


def classify_plan(word: str, kind: AccountType, reason: str | None, reading: Reading) -> Plan:
    """This login is of that type, whatever else speaks for another."""
    account = find_login(reading, word)
    accounts: Mapping[str, object] = said_in(reading.manifest.text).get("accounts") or {}
    key = next((key for key in accounts if account_of(reading, key) == account), "")
    old = reading.stack.accounts[account].type
    said = plain(reason) if reason is not None else "" if key and old is not kind else None  # it was for another type
    changes = account_changes(key or note_word(reading, account), kind=kind.value, reason=said, new=not key)
    where, name = reading.stack.graph.system_name(account), reading.stack.graph.name(account)
    remark = f"{plain(where)}, {plain(name)}: type {old.value} before, {kind.value} now."
    return Plan(changes, partial(_not_classified, account, kind), (remark,))


def _not_classified(account: str, kind: AccountType, _before: Reading, after: Reading) -> list[str]:
    judged = after.stack.accounts[account]
    return [] if judged.type is kind else [f"{account} would still count as {judged.type.value}"]
