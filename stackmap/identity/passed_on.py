"""Addresses that were one person's and became another's."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date, timedelta

from stackmap.identity.accounts import Account, Cast, Human
from stackmap.identity.login_names import read_name
from stackmap.identity.name_likeness import is_compatible, plain_words
from stackmap.model import local_part, system_of

__all__ = ["before_their_time", "directory_days", "former_holders", "former_people", "gone_from", "name_words"]

_LONG = timedelta(days=60)  # before the first day of somebody who is waited for
_EXCEPTION = 10  # as many come in the usual way for each who does not


def former_holders(accounts: Collection[Account], people: Iterable[Human], tied: Collection[str]) -> set[str]:
    """The ids of switched-off logins whose address others have by now.

    They ended before all others with the address were made, or before the person came who has it. A login that may have
    been there all the time (one whose day of creation is not known included) shows that the address did not pass on,
    unless it is called like somebody else. `tied`: what a stronger key ties is the same person anyway.
    """
    people = list(people)
    later = [account for account in accounts if account.active is not False]
    came = [human for human in people if human.since]
    former: set[str] = set()
    for account in accounts:
        if account.active is not False or account.id in tied or not (later or came):
            continue
        ended = account.ended
        before_all = bool(ended) and all(other.created > ended for other in later)
        before_them = bool(ended) and all(human.since > ended for human in came)
        if (before_all and before_them and len(came) == len(people)) or _called_otherwise(account, later):
            former.add(account.id)
    return former


def former_people(people: Iterable[Human], accounts: Collection[Account]) -> set[str]:
    """The ids of people who had left before any of the logins with their address was made."""
    made = [account.created for account in accounts]
    return {human.id for human in people if human.until and made and all(day > human.until for day in made)}


def directory_days(cast: Cast) -> dict[str, str]:
    """The logins of directories, and since when their people are here, "" where that is not known.

    The days up to that on which most came tell when the directory was filled. Where more than a few people had logins
    before, it was filled little by little, and none of its days tells.
    """
    inside = {key: system for key in cast.accounts if (system := system_of(key)) in cast.directories}
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for key, system in inside.items():
        if day := cast.accounts[key].created:
            counts[system][day] += 1
    filled = {system: max(sorted(days), key=days.__getitem__) for system, days in counts.items()}
    came = {
        key: day if (day := cast.accounts[key].created) > filled.get(system, "") else ""
        for key, system in inside.items()
    }
    return came if _tell(cast, came) else dict.fromkeys(came, "")


def _tell(cast: Cast, came: Mapping[str, str]) -> bool:
    first: dict[str, str] = {}
    for key, account in cast.accounts.items():
        for address in account.emails if account.created and key not in came else ():
            first[address] = min(first.get(address, account.created), account.created)
    early = known = 0
    for key, day in came.items():
        for address in cast.accounts[key].emails & first.keys() if day else ():
            known += 1
            early += first[address] < _long_before(day)
    return early <= max(1, known // _EXCEPTION)


def _long_before(day: str) -> str:
    return (date.fromisoformat(day) - _LONG).isoformat()


def before_their_time(accounts: Collection[Account], directory: Mapping[str, str]) -> set[str]:
    """Logins that were made long before a directory first had the one with their address."""
    came = min((directory[account.id] for account in accounts if account.id in directory), default="")
    return {
        account.id
        for account in accounts
        if came and account.id not in directory and "" < account.created < _long_before(came)
    }


def gone_from(people: Iterable[Human], accounts: Collection[Account], directory: Collection[str]) -> set[str]:
    """The ids of people who have left, whose address a directory gives to somebody with another job by now."""
    now = [account.job for account in accounts if account.id in directory and account.active]
    jobs = [job for job in now if len(job) > 1]
    return {
        human.id
        for human in people
        if human.off and len(human.job) > 1 and jobs and all(job.isdisjoint(human.job) for job in jobs)
    }


def _called_otherwise(account: Account, later: Collection[Account]) -> bool:
    """Whether its first and last name are another's than those of all later logins."""
    words = name_words(account)
    others = [name_words(other) for other in later]
    locals_ = {local_part(address) for address in account.emails}
    return bool(words and others) and all(other and _are_two(words, other, locals_) for other in others)


def _are_two(words: frozenset[str], other: frozenset[str], locals_: Collection[str]) -> bool:
    """Nothing in common; or one name in common, and the address is made of the other's further name, not of its own."""
    if not is_compatible(words, other):
        return True
    own, further = words - other, other - words
    return (
        bool(own and further)
        and any(word in local for word in further for local in locals_)
        and not any(word in local for word in own for local in locals_)
    )


def name_words(account: Account) -> frozenset[str]:
    """The words of its first and last name; none where none of its names is one; other scripts are not compared."""
    signs = [read_name(name, ()) for name in account.traits.names]
    words = plain_words(word for name in signs if name.full for word in name.own)
    return frozenset(word for word in words if word.isascii() and len(word) > 1)
