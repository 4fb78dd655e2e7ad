"""Ids for people: given ones stand, others are minted once and kept."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from stackmap.identity.accounts import Cast
from stackmap.identity.clusters import Cluster
from stackmap.identity.rewriting import follow
from stackmap.model import NOTES_SOURCE, is_unlisted

__all__ = ["Naming", "known_people", "name_people"]

_MINTED = re.compile(r"person-([1-9]\d{0,17})")
_ALIAS = "person:"
_LOGIN = "account:"


@dataclass(slots=True)
class Naming:
    """The id of each cluster (in the clusters' order), ids that now stand for another, and all keys to keep."""

    ids: list[str]
    aliases: dict[str, str] = field(default_factory=dict)
    person_ids: dict[str, str] = field(default_factory=dict)


def name_people(
    clusters: Sequence[Cluster], cast: Cast, known: Mapping[str, str], written: Iterable[str] = ()
) -> Naming:
    """Give every cluster its id.

    An id from a file stands, the manifest's first. Else the oldest id that was minted for one of its keys; an id whose
    people fell apart stays with the first login. Else a new one, in order of address and login. Whoever is only spoken
    of by an address keeps the id made of it where there is no login. `known` is what earlier readings minted; nothing
    of it is forgotten.
    """
    chosen = [_given(item) for item in clusters]
    earlier = {key.removeprefix(_ALIAS): value for key, value in known.items() if key.startswith(_ALIAS)}
    kept = _kept(clusters, known, earlier)
    next_number = 1 + max(map(_number, (*known.values(), *earlier, *cast.people, *written)), default=0)
    for index in sorted(range(len(clusters)), key=lambda index: _order(clusters[index])):
        item = clusters[index]
        if chosen[index] or kept[index]:
            chosen[index] = chosen[index] or kept[index][0]
        elif item.people and not item.accounts:
            chosen[index] = min(item.people)
        else:
            chosen[index] = f"person-{next_number}"
            next_number += 1
    naming = Naming(chosen, person_ids=dict(known))
    for item, person, old in zip(clusters, chosen, kept, strict=True):
        _note(naming, item, person, old)
    return naming


def known_people(known: Mapping[str, str]) -> Mapping[str, str]:
    """The person of each login in earlier readings."""
    earlier = {key.removeprefix(_ALIAS): value for key, value in known.items() if key.startswith(_ALIAS)}
    logins = {key.removeprefix(_LOGIN): value for key, value in known.items() if key.startswith(_LOGIN)}
    return {login: follow(earlier, person) for login, person in logins.items()}


def _given(item: Cluster) -> str:
    named = {person for person in item.people if not is_unlisted(person)}
    return item.sources.get(NOTES_SOURCE) or min(named, default="")


def _keys(item: Cluster) -> list[str]:
    return [
        *(f"account:{account_id}" for account_id in sorted(item.accounts)),
        *(f"directory:{directory_id}" for directory_id in sorted(item.directory_ids)),
        *(f"email:{email}" for email in sorted(item.emails)),
    ]


def _kept(clusters: Sequence[Cluster], known: Mapping[str, str], earlier: Mapping[str, str]) -> list[list[str]]:
    """For each cluster the minted ids that stay with it, oldest first."""
    claims: dict[str, list[tuple[bool, str, int]]] = defaultdict(list)
    for index, item in enumerate(clusters):
        for key in _keys(item):
            if key in known:
                person = follow(earlier, known[key])
                claims[person].append((not key.startswith("account:"), key, index))
    given = {person: index for index, item in enumerate(clusters) for person in item.people}
    kept: list[list[str]] = [[] for _ in clusters]
    for person, claimants in claims.items():
        kept[given.get(person, min(claimants)[2])].append(person)  # what a file names is nobody else's by a login
    return [sorted(people, key=lambda person: (_number(person), person)) for people in kept]


def _number(person: str) -> int:
    found = _MINTED.fullmatch(person)
    return int(found[1]) if found else 0


def _order(item: Cluster) -> tuple[str, str, str]:
    nothing = "\U0010ffff"
    return (
        min(item.emails, default=nothing),
        min(item.accounts, default=nothing),
        min(item.directory_ids, default=nothing),
    )


def _note(naming: Naming, item: Cluster, person: str, old: Iterable[str]) -> None:
    """Keep the keys of a minted person, and what stands for whom."""
    others = {*item.people, *old} - {person}
    naming.aliases.update(dict.fromkeys(others, person))
    if person in item.people:
        return
    naming.person_ids.update(dict.fromkeys(_keys(item), person))
    naming.person_ids.update({f"{_ALIAS}{other}": person for other in others})
