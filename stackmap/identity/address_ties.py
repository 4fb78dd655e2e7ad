"""Who has one address: everybody with it is one person, unless it passed on or their names say otherwise."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from functools import lru_cache

from stackmap.identity.board import Board, Cluster, Mark, are_apart, clash
from stackmap.identity.links import Suggestion
from stackmap.identity.login_names import read_address
from stackmap.identity.passed_on import before_their_time, former_holders, former_people, gone_from
from stackmap.identity.sides import Sides, side_of, sides_of
from stackmap.model import is_unlisted, local_part

__all__ = ["PASSED_ON", "bridged", "decided_sides", "is_role", "share_address"]

PASSED_ON = "was theirs before the later logins were made; the address may have passed on"

_OF_SEVERAL = "it is a mailbox of several people, and they are called differently"
_CALLED_OTHERWISE = "is the address of logins that are called after different people; it may have passed on"


def share_address(board: Board, email: str, people: set[str], accounts: set[str]) -> None:
    """Tie those who have one address, unless it passed from one to the other or a conflict forbids it."""
    logins = [board.cast.accounts[account_id] for account_id in sorted(accounts)]
    sides = sides_of(logins, board.directory) if len(logins) > 1 else None
    if not sides:
        people, accounts = _without_former(board, email, people, accounts)
    now = [board.of_person[person] for person in people]
    now += [board.of_account[account_id] for account_id in accounts]
    if are_apart(now):
        now = _current_side(board, email, people, now)
    elif sides and not _is_role_of_several(email, people):
        now = _several(board, email, people, sides)
    elif why := clash(now) or bridged(now, people) or (_OF_SEVERAL if sides else ""):
        board.refuse(now, f"the same e-mail {email}, but {why}")
        now = _undisputed(board, people, now)
    if now:
        board.join(now).emails |= {email}


def _without_former(board: Board, email: str, people: set[str], accounts: set[str]) -> tuple[set[str], set[str]]:
    """Those who have an address now. That it was others' before is suggested, not taken for a tie."""
    if len(people) + len(accounts) < 2:
        return people, accounts
    logins = [board.cast.accounts[account_id] for account_id in accounts]
    humans = [board.cast.people[person] for person in people]
    former = former_holders(logins, humans, _tied_to_others(board, people, accounts))
    former |= before_their_time(logins, board.directory)
    left = former_people(humans, [login for login in logins if login.active is not False])
    left |= gone_from(humans, logins, board.directory)
    left = {person for person in left if not board.of_person[person].accounts & accounts}
    if former or left:
        reason = f"{email} {PASSED_ON}"
        board.suggestions.add(Suggestion(tuple(sorted(accounts | people)), reason))
    return people - left, accounts - former


def _tied_to_others(board: Board, people: set[str], accounts: set[str]) -> set[str]:
    """The switched-off logins that a stronger key ties to one of the others."""
    held = {id(board.of_person[person]) for person in people}
    on = {account_id for account_id in accounts if board.cast.accounts[account_id].active is not False}
    held |= {id(board.of_account[account_id]) for account_id in on}
    return {account_id for account_id in accounts - on if id(board.of_account[account_id]) in held}


def _current_side(board: Board, email: str, people: set[str], items: list[Cluster]) -> list[Cluster]:
    """Of those decided to be several people: the one who has the address now, and undecided logins in use with it."""
    sides = decided_sides(board, items)
    named = [item for item in sides if item.people & people]
    holders = named or [item for item in sides if any(_is_on(board, one, email) for one in item.accounts)]
    if len({id(item) for item in holders}) != 1:
        return []
    free = [item for item in items if not item.marks and all(_is_on(board, one, email) for one in item.accounts)]
    return holders if clash([*holders, *free]) else [*holders, *free]


def decided_sides(board: Board, items: Iterable[Cluster]) -> list[Cluster]:
    """Those decided to be several people, each once: what the same entries speak of is one of them."""
    alike: dict[frozenset[Mark], list[Cluster]] = defaultdict(list)
    for item in items:
        if item.marks:
            alike[frozenset(item.marks)].append(item)
    sides: list[Cluster] = []
    for marked in alike.values():
        sides += marked if clash(marked) or bridged(marked, set()) else [board.join(marked)]
    return sides


def _several(board: Board, email: str, people: set[str], sides: Sides) -> list[Cluster]:
    """Tie each side of an address with what goes with it; give back the one that has the address now."""
    cast = board.cast
    members = [[board.of_account[one] for one in sorted(_not_former(board, group))] for group in sides.groups]
    subjects = {one for group in sides.groups for one in group} | people
    board.suggestions.add(Suggestion(tuple(sorted(subjects)), f"{email} {_CALLED_OTHERWISE}"))
    jobs = {one: cast.accounts[one].job for group in sides.groups for one in group}
    for person in sorted(people):
        own = board.of_person[person]
        held = [n for n, group in enumerate(members) if any(item is own for item in group)]
        side = held[0] if held else side_of(cast.people[person], sides.groups, jobs)
        if side is not None:
            members[side].append(own)
    now: list[Cluster] = []
    for number, group in enumerate(members):
        found = [board.now(item) for item in group]
        if why := clash(found) or bridged(found, people):
            board.refuse(found, f"the same e-mail {email}, but {why}")
        elif number == sides.current:
            now = found
        elif found:
            board.join(found).shared |= {email}
    return [board.now(item) for item in now]


def _not_former(board: Board, group: Collection[str]) -> set[str]:
    logins = [board.cast.accounts[one] for one in sorted(group)]
    return set(group) - former_holders(logins, (), ()) - before_their_time(logins, board.directory)


def _is_on(board: Board, account_id: str, email: str) -> bool:
    account = board.cast.accounts[account_id]
    return account.active is not False and email in account.emails


def bridged(items: Iterable[Cluster], people: set[str]) -> str:
    """People whom files name are one person by their own keys only, not because of a login between them.

    Whoever is only spoken of by an address is whoever has it.
    """
    named = {id(item): item for item in items if not all(map(is_unlisted, item.people))}.values()
    if len(named) < 2 or all(item.people & people for item in named):
        return ""
    return f"that would make one person of {' and '.join(sorted(min(item.people) for item in named))}"


def _is_role_of_several(email: str, people: set[str]) -> bool:
    """Whether a mailbox of a function, that no list gives to anybody, is the address."""
    return not people and is_role(local_part(email))


@lru_cache(maxsize=4096)
def is_role(local: str) -> bool:
    return bool(read_address(local, frozenset()).role)


def _undisputed(board: Board, people: set[str], items: list[Cluster]) -> list[Cluster]:
    """Of people in conflict over an address: the one who is said to have it, and logins that nothing else ties."""
    if len(people) != 1:
        return []
    free = [item for item in items if not item.people and not item.directory_ids and not item.marks]
    return [board.of_person[next(iter(people))], *free]
