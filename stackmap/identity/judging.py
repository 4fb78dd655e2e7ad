"""Types of all logins together: each by itself first, then in the light of those that are certainly people's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Set
from typing import Protocol

from stackmap.identity.account_types import Company, Traits, TypeJudgement, judge_type
from stackmap.identity.login_signs import read_signs
from stackmap.identity.signs import Signs
from stackmap.model import AccountType, local_part

__all__ = ["Login", "judge_accounts"]

_SHORTEST = 3  # of a name by which others are recognised
_COMMON = 2  # logins that bear a name before it counts as one


class Login(Protocol):
    """A login whose type is asked: what is known about it, and the ids that it is signed in to with."""

    traits: Traits
    directory_ids: Set[str]


def judge_accounts(
    logins: Mapping[str, Login], places: Collection[str], listed: Collection[str]
) -> dict[str, TypeJudgement]:
    """The judgement on each login by its id. `listed`: the directory ids of people on lists.

    A login that is signed in to with a person's directory id is no program's alone, so these are judged again.
    """
    signs = _read(logins, frozenset(places))
    for login in logins.values():
        if not login.directory_ids.isdisjoint(listed):
            login.traits.signed_in |= {"a list of people has its directory id"}
    first = {key: _judge(login, signs.get(key)) for key, login in logins.items()}
    company = _company(logins, first)
    found = {
        key: judged if judged.certain else _judge(logins[key], signs.get(key), company) for key, judged in first.items()
    }
    return {**found, **_signed_in(logins, found, signs, company)}


def _read(logins: Mapping[str, Login], places: Collection[str]) -> Mapping[str, Signs]:
    """The signs of each login whose type no source gives. Those that are called alike are read once."""
    found: dict[str, Signs] = {}
    alike: dict[tuple[frozenset[str], ...], Signs] = {}
    for key, login in logins.items():
        traits = login.traits
        if _needs_signs(traits):
            called = tuple(map(frozenset, (traits.names, traits.emails, traits.logins, traits.tags)))
            if called not in alike:
                alike[called] = read_signs(traits, places)
            found[key] = alike[called]
    return found


def _needs_signs(traits: Traits) -> bool:
    return not traits.declared and all(given.type is AccountType.UNKNOWN for given in traits.observed)


_NOBODY = Company()
_NO_SIGNS = Signs()


def _judge(login: Login, signs: Signs | None, company: Company = _NOBODY) -> TypeJudgement:
    return judge_type(login.traits, (), company, signs or _NO_SIGNS)


def _company(logins: Mapping[str, Login], judged: Mapping[str, TypeJudgement]) -> Company:
    """What logins with a name and an address made of it tell about others."""
    bearers: Counter[str] = Counter()
    owners: dict[str, frozenset[str]] = {}
    for key, judgement in judged.items():
        words = judgement.words
        if judgement.type is not AccountType.HUMAN or not words:
            continue
        if judgement.certain:
            bearers.update(words)
        for address in logins[key].traits.emails:
            for written in (address, local_part(address)):
                owners[written] = owners.get(written, words) | words
    names = frozenset(word for word, count in bearers.items() if count >= _COMMON and len(word) >= _SHORTEST)
    plain = {key: frozenset(filter(str.isascii, words)) for key, words in owners.items()}
    return Company(names, {key: words for key, words in plain.items() if words})


def _signed_in(
    logins: Mapping[str, Login],
    judged: Mapping[str, TypeJudgement],
    signs: Mapping[str, Signs],
    company: Company,
) -> dict[str, TypeJudgement]:
    used = set(_ids_of_people(logins, judged))
    again: dict[str, TypeJudgement] = {}
    for key, login in logins.items():
        if judged[key].type is not AccountType.HUMAN and not login.directory_ids.isdisjoint(used):
            login.traits.signed_in |= {"it is signed in to with the directory id of a person's login"}
            again[key] = _judge(login, signs.get(key), company)
    return again


def _ids_of_people(logins: Mapping[str, Login], judged: Mapping[str, TypeJudgement]) -> Iterable[str]:
    for key, judgement in judged.items():
        if judgement.type is AccountType.HUMAN:
            yield from logins[key].directory_ids
