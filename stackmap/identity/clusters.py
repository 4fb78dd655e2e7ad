"""Which logins are one person's: ties by manifest, by directory id, by e-mail, by alias, in this order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from stackmap.identity.accounts import Account, Cast
from stackmap.identity.address_ties import PASSED_ON, bridged, decided_sides, is_role, share_address
from stackmap.identity.apart import Decided
from stackmap.identity.board import Board, Cluster, Conflict, are_apart, clash
from stackmap.identity.links import Suggestion
from stackmap.identity.login_names import reads_like_a_person
from stackmap.identity.passed_on import (
    directory_days,
    former_holders,
)
from stackmap.model import AccountType, local_part

__all__ = ["Cluster", "Clusters", "Conflict", "cluster"]


@dataclass(frozen=True, slots=True)
class Clusters:
    """Everybody there is, the ties that were refused, and what is only suggested."""

    found: list[Cluster] = field(default_factory=list)
    conflicts: set[Conflict] = field(default_factory=set)
    suggestions: set[Suggestion] = field(default_factory=set)


def cluster(cast: Cast, decided: Decided) -> Clusters:
    """Everybody there is: clusters with a person's id, and those of logins that found one.

    Only human and unknown logins are tied by keys; unknown ones join somebody and found nobody. What would give one
    person two ids of one directory, or make one of two people whom one source tells apart, is refused; so is, without
    a word, what somebody has decided not to be one person. What was decided about is somebody, though nothing but that
    says so; then it is somebody by itself.
    """
    board = Board(cast, directory=directory_days(cast))
    for human in cast.people.values():
        sources = dict.fromkeys(human.sources, human.id)
        board.of_person[human.id] = Cluster({human.id}, sources, marks=decided.marks_of(human.id))
    for account_id, account in cast.accounts.items():
        if account.type.may_be_a_persons and len(cast.holders.get(account_id, ())) <= 1:
            board.of_account[account_id] = Cluster(accounts={account_id}, marks=decided.marks_of(account_id))
    _by_holders(board, decided)
    _by_directory(board)
    _by_email(board)
    _by_alias(board)
    found = [item for item in board.clusters() if item.people or item.marks or _founds(item, cast.accounts)]
    for item in found:
        if not item.people and not _founds(item, cast.accounts):
            item.accounts = {account_id for account_id in item.accounts if account_id in decided.marks}
    return Clusters(found, board.conflicts, board.suggestions)


def _founds(item: Cluster, accounts: Mapping[str, Account]) -> bool:
    """Whether logins alone make a person: a human one with an address does, and one of unknown type whose address
    reads like first and last name, so that somebody can ask about it. Unknown, it goes off at worst only.
    """
    if not (item.emails or item.directory_ids or item.shared):
        return False
    types = {accounts[account_id].type for account_id in item.accounts}
    personal = any(reads_like_a_person(local_part(email)) for email in item.emails)
    return AccountType.HUMAN in types or (AccountType.UNKNOWN in types and personal)


def _by_holders(board: Board, decided: Decided) -> None:
    """What was decided about a login holds for its one holder, though the login itself was never read."""
    for account_id, holders in board.cast.holders.items():
        if len(holders) != 1:
            continue
        holder = board.of_person[next(iter(holders))]
        own = board.of_account.get(account_id)
        if own is not None:
            board.join((holder, own))
        else:
            holder.marks |= decided.marks_of(account_id)


def _by_directory(board: Board) -> None:
    members: dict[str, list[Cluster]] = defaultdict(list)
    for human in board.cast.people.values():
        for directory_id in human.directory_ids:
            members[directory_id].append(board.of_person[human.id])
    for account_id in board.of_account:
        for directory_id in board.cast.accounts[account_id].directory_ids:
            members[directory_id].append(board.of_account[account_id])
    for directory_id in sorted(members):
        now = [board.now(item) for item in members[directory_id]]
        if are_apart(now):
            decided_sides(board, now)
            continue
        if why := clash(now, {directory_id}):
            board.refuse(now, f"the same directory id {directory_id}, but {why}")
            continue
        board.join(now).directory_ids |= {directory_id}


def _by_email(board: Board) -> None:
    people: dict[str, set[str]] = defaultdict(set)
    accounts: dict[str, set[str]] = defaultdict(set)
    for human in board.cast.people.values():
        for email in human.emails:
            people[email].add(human.id)
    for account_id in board.of_account:
        account = board.cast.accounts[account_id]
        for email in account.emails if _is_tied_by_address(account) else ():
            accounts[email].add(account_id)
    claims = _claims(board)
    for email in sorted({*people, *accounts}):
        if not _is_disputed(board, email, people.get(email, set()), accounts.get(email, set()), claims):
            share_address(board, email, people.get(email, set()), accounts.get(email, set()))


def _claims(board: Board) -> Mapping[str, list[Cluster]]:
    """Who has which further address."""
    claims: dict[str, list[Cluster]] = defaultdict(list)
    for human in board.cast.people.values():
        for alias in human.aliases:
            claims[alias].append(board.of_person[human.id])
    for account_id in board.of_account:
        account = board.cast.accounts[account_id]
        for alias in account.aliases if _is_tied_by_address(account) else ():
            claims[alias].append(board.of_account[account_id])
    return claims


def _is_disputed(
    board: Board, email: str, people: set[str], accounts: set[str], claims: Mapping[str, list[Cluster]]
) -> bool:
    """Whether one list has an address as one person's and as another's further one: whose logins with it are, nobody
    can tell. They are tied to neither, unless days or names tell to whom it passed on.
    """
    known = [board.of_account[one] for one in sorted(accounts) if board.of_account[one].directory_ids]
    owners = [*(board.of_person[person] for person in sorted(people)), *known]
    others = [item for item in map(board.now, claims.get(email, ())) if all(item is not owner for owner in owners)]
    claimants = [item for item in others if item.people or item.directory_ids]
    if not owners or not claimants or clash(owners) or not (why := clash([*owners, *claimants])):
        return False
    if any(_passed(board, email, claimant, owner) for claimant in claimants for owner in owners):
        return False
    logins = (board.of_account[one] for one in sorted(accounts))
    board.refuse([*owners, *claimants, *logins], f"the address {email}, but {why}")
    return True


def _is_tied_by_address(account: Account) -> bool:
    """A login of unknown type that is called like a program's may well have a person's mailbox."""
    return account.type is AccountType.HUMAN or not account.doubted


def _by_alias(board: Board) -> None:
    """Join who has a further address with whom it belongs to, where there is one of each."""
    claims = _claims(board)
    owners = {email: item for item in board.distinct() for email in item.emails & claims.keys()}
    for alias in sorted(claims):
        now = {id(item): item for item in map(board.now, claims[alias])}
        if len(now) == 1 and not is_role(local_part(alias)):
            _share_alias(board, alias, next(iter(now.values())), owners.get(alias))


def _share_alias(board: Board, alias: str, claimant: Cluster, owner: Cluster | None) -> None:
    owner = board.now(owner) if owner is not None else claimant
    both = [claimant, owner]
    if owner is not claimant:
        if are_apart(both):
            return
        if _passed(board, alias, claimant, owner):
            subjects = tuple(sorted(owner.accounts | owner.people | claimant.accounts | claimant.people))
            board.suggestions.add(Suggestion(subjects, f"{alias} {PASSED_ON}"))
            return
        if why := clash(both) or bridged(both, set()):
            board.refuse(both, f"the alias {alias}, but {why}")
            return
    board.join(both).aliases |= {alias}


def _passed(board: Board, alias: str, claimant: Cluster, owner: Cluster) -> bool:
    """Whether the logins with the address ended before those came that have it as an alias."""
    cast = board.cast
    had = [cast.accounts[one] for one in sorted(owner.accounts) if alias in cast.accounts[one].emails]
    got = [cast.accounts[one] for one in sorted(claimant.accounts) if alias in cast.accounts[one].aliases]
    return bool(former_holders([*had, *got], (), ()) & {account.id for account in had})
