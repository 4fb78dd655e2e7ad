"""Which logins are one person's: ties by manifest, by directory id, by e-mail, in this order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from stackmap.identity.accounts import Account, Cast
from stackmap.identity.emails import local_part
from stackmap.identity.links import Suggestion
from stackmap.identity.login_names import reads_like_a_person
from stackmap.model import AccountType

__all__ = ["Cluster", "Conflict", "cluster"]

_TIED_BY_KEY = frozenset({AccountType.HUMAN, AccountType.UNKNOWN})


@dataclass(frozen=True, slots=True, order=True)
class Conflict:
    """A tie that was refused: between whom or what, and why."""

    subjects: tuple[str, ...]
    reason: str


@dataclass(slots=True)
class Cluster:
    """One person to be: the ids given to them, their logins and the keys that hold them together."""

    people: set[str] = field(default_factory=set)
    sources: dict[str, str] = field(default_factory=dict)
    accounts: set[str] = field(default_factory=set)
    directory_ids: set[str] = field(default_factory=set)
    emails: set[str] = field(default_factory=set)

    def merge(self, other: Cluster) -> None:
        """Take over everything of another."""
        self.people |= other.people
        self.sources |= other.sources
        self.accounts |= other.accounts
        self.directory_ids |= other.directory_ids
        self.emails |= other.emails


@dataclass(slots=True)
class _Board:
    """Clusters by the account or person they started from. Joined ones are one object."""

    cast: Cast
    of_account: dict[str, Cluster] = field(default_factory=dict)
    of_person: dict[str, Cluster] = field(default_factory=dict)
    conflicts: set[Conflict] = field(default_factory=set)
    suggestions: set[Suggestion] = field(default_factory=set)

    def join(self, clusters: Iterable[Cluster]) -> Cluster:
        """Make one of several, keeping the largest object."""
        apart = list({id(item): item for item in clusters}.values())
        kept = max(apart, key=lambda item: len(item.accounts) + len(item.people))
        for other in apart:
            if other is not kept:
                kept.merge(other)
                self.of_account.update(dict.fromkeys(other.accounts, kept))
                self.of_person.update(dict.fromkeys(other.people, kept))
        return kept

    def clusters(self) -> Iterator[Cluster]:
        """Each cluster once, by its smallest member."""
        found = {id(item): item for item in (*self.of_person.values(), *self.of_account.values())}
        yield from sorted(found.values(), key=lambda item: (sorted(item.people), sorted(item.accounts)))


def cluster(cast: Cast) -> tuple[list[Cluster], set[Conflict], set[Suggestion]]:
    """Everybody there is: clusters with a person's id, and those of logins that found one.

    Only human and unknown logins are tied by keys; unknown ones join somebody and found nobody. What would give one
    person two ids of one directory, or make one of two people whom one source tells apart, is refused.
    """
    board = _Board(cast)
    for human in cast.people.values():
        sources = dict.fromkeys(human.sources, human.id)
        board.of_person[human.id] = Cluster({human.id}, sources)
    for account_id, account in cast.accounts.items():
        if account.type in _TIED_BY_KEY and len(cast.holders.get(account_id, ())) <= 1:
            board.of_account[account_id] = Cluster(accounts={account_id})
    _by_holders(board)
    _by_directory(board)
    _by_email(board)
    found = [item for item in board.clusters() if item.people or _founds(item, cast.accounts)]
    return found, board.conflicts, board.suggestions


def _founds(item: Cluster, accounts: Mapping[str, Account]) -> bool:
    """Whether logins alone make a person: a human one with an address does, and one of unknown type whose address
    reads like first and last name, so that somebody can ask about it. Unknown, it goes off at worst only.
    """
    if not (item.emails or item.directory_ids):
        return False
    types = {accounts[account_id].type for account_id in item.accounts}
    personal = any(reads_like_a_person(local_part(email)) for email in item.emails)
    return AccountType.HUMAN in types or (AccountType.UNKNOWN in types and personal)


def _by_holders(board: _Board) -> None:
    for account_id, holders in board.cast.holders.items():
        own = board.of_account.get(account_id)
        if own is not None and len(holders) == 1:
            board.join((board.of_person[next(iter(holders))], own))


def _by_directory(board: _Board) -> None:
    members: dict[str, list[Cluster]] = defaultdict(list)
    for human in board.cast.people.values():
        for directory_id in human.directory_ids:
            members[directory_id].append(board.of_person[human.id])
    for account_id in board.of_account:
        for directory_id in board.cast.accounts[account_id].directory_ids:
            members[directory_id].append(board.of_account[account_id])
    for directory_id in sorted(members):
        now = [_current(board, item) for item in members[directory_id]]
        if clash := _clash(now, {directory_id}):
            board.conflicts.add(_conflict(now, f"the same directory id {directory_id}, but {clash}"))
            continue
        board.join(now).directory_ids.add(directory_id)


def _current(board: _Board, item: Cluster) -> Cluster:
    """What a cluster has become part of."""
    if item.people:
        return board.of_person[min(item.people)]
    return board.of_account[min(item.accounts)]


def _clash(items: Iterable[Cluster], more: Collection[str] = ()) -> str:
    """Why these may not be one person, or ""."""
    apart = {id(item): item for item in items}.values()
    directories: dict[str, set[str]] = defaultdict(set)
    for directory_id in set(more).union(*(item.directory_ids for item in apart)):
        directories[_provider(directory_id)].add(directory_id)
    if twice := sorted(ids for ids in map(sorted, directories.values()) if len(ids) > 1):
        return f"two ids of one directory ({', '.join(twice[0])})"
    sources: dict[str, set[str]] = defaultdict(set)
    for item in apart:
        for source, person in item.sources.items():
            sources[source].add(person)
    if apart_in := sorted(source for source, people in sources.items() if len(people) > 1):
        return f"{apart_in[0]} lists them as two people ({', '.join(sorted(sources[apart_in[0]]))})"
    return ""


def _provider(directory_id: str) -> str:
    """The directory an id belongs to, where the id says so (`okta:00u1`)."""
    provider, colon, _ = directory_id.partition(":")
    return provider if colon else ""


def _conflict(items: Iterable[Cluster], reason: str) -> Conflict:
    subjects = {subject for item in items for subject in (*item.people, *item.accounts)}
    return Conflict(tuple(sorted(subjects)), reason)


def _by_email(board: _Board) -> None:
    people: dict[str, set[str]] = defaultdict(set)
    accounts: dict[str, set[str]] = defaultdict(set)
    for human in board.cast.people.values():
        for email in human.emails:
            people[email].add(human.id)
    for account_id in board.of_account:
        for email in board.cast.accounts[account_id].emails:
            accounts[email].add(account_id)
    for email in sorted({*people, *accounts}):
        _share_address(board, email, people.get(email, set()), accounts.get(email, set()))


def _share_address(board: _Board, email: str, people: set[str], accounts: set[str]) -> None:
    """Tie those who have one address, unless it passed from one to the other or a conflict forbids it."""
    former = _former_holders(board, accounts) if len(accounts) > 1 else set()
    if former:
        reason = f"{email} was theirs before the later logins were made; the address may have passed on"
        board.suggestions.add(Suggestion(tuple(sorted(accounts | people)), reason))
    now = [board.of_person[person] for person in people]
    now += [board.of_account[account_id] for account_id in accounts - former]
    if not now:
        return
    if clash := _clash(now) or _bridged(now, people):
        board.conflicts.add(_conflict(now, f"the same e-mail {email}, but {clash}"))
        now = _undisputed(board, people, now)
    if now:
        board.join(now).emails.add(email)


def _bridged(items: Iterable[Cluster], people: set[str]) -> str:
    """People whom files name are one person by their own keys only, not because of a login between them."""
    named = {id(item): item for item in items if item.people}.values()
    if len(named) < 2 or all(item.people & people for item in named):
        return ""
    return f"that would make one person of {' and '.join(sorted(min(item.people) for item in named))}"


def _undisputed(board: _Board, people: set[str], items: list[Cluster]) -> list[Cluster]:
    """Of people in conflict over an address: the one who is said to have it, and logins that nothing else ties."""
    if len(people) != 1:
        return []
    free = [item for item in items if not item.people and not item.directory_ids]
    return [board.of_person[next(iter(people))], *free]


def _former_holders(board: _Board, account_ids: set[str]) -> set[str]:
    """Switched-off logins that ended before all others with the address were made.

    A login that may have been there all the time (one whose day of creation is not known included) shows that the
    address did not pass on. What a stronger key ties is the same person anyway.
    """
    accounts = [board.cast.accounts[account_id] for account_id in account_ids]
    former: set[str] = set()
    for account in accounts:
        if account.active is not False or not account.ended:
            continue
        later = [other for other in accounts if other.active is not False]
        tied = any(board.of_account[other.id] is board.of_account[account.id] for other in later)
        if later and not tied and all(other.created > account.ended for other in later):
            former.add(account.id)
    return former
