"""People to be, while logins are being tied: who is joined, and what must not be."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from stackmap.identity.accounts import Cast
from stackmap.identity.links import Suggestion

__all__ = ["Board", "Cluster", "Conflict", "Mark", "are_apart", "clash", "provider_of"]

Mark = tuple[int, int]
"""An entry of one of the lists of what is never one person: which list, which entry."""


@dataclass(frozen=True, slots=True, order=True)
class Conflict:
    """A tie that was refused: between whom or what, and why."""

    subjects: tuple[str, ...]
    reason: str


@dataclass(slots=True)
class Cluster:
    """One person to be: the ids given to them, their logins and the keys that hold them together.

    `shared`: addresses that others have too, or have by now. `marks`: which entries of the lists of what is never one
    person they are.
    """

    people: set[str] = field(default_factory=set)
    sources: dict[str, str] = field(default_factory=dict)
    accounts: set[str] = field(default_factory=set)
    directory_ids: frozenset[str] = frozenset()
    emails: frozenset[str] = frozenset()
    aliases: frozenset[str] = frozenset()
    shared: frozenset[str] = frozenset()
    marks: frozenset[Mark] = frozenset()

    def merge(self, other: Cluster) -> None:
        """Take over everything of another."""
        self.people |= other.people
        self.sources |= other.sources
        self.accounts |= other.accounts
        self.directory_ids |= other.directory_ids
        self.emails |= other.emails
        self.aliases |= other.aliases
        self.shared |= other.shared
        self.marks |= other.marks


@dataclass(slots=True)
class Board:
    """Clusters by the account or person they started from. Joined ones are one object.

    `directory`: the logins of directories, and since when, "" where that does not tell when somebody came.
    """

    cast: Cast
    of_account: dict[str, Cluster] = field(default_factory=dict)
    of_person: dict[str, Cluster] = field(default_factory=dict)
    conflicts: set[Conflict] = field(default_factory=set)
    suggestions: set[Suggestion] = field(default_factory=set)
    directory: Mapping[str, str] = field(default_factory=dict)

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

    def now(self, item: Cluster) -> Cluster:
        """What a cluster has become part of."""
        if item.people:
            return self.of_person[min(item.people)]
        return self.of_account[min(item.accounts)]

    def refuse(self, items: Iterable[Cluster], reason: str) -> None:
        """Tell that these are not made one."""
        subjects = {subject for item in items for subject in (*item.people, *item.accounts)}
        self.conflicts.add(Conflict(tuple(sorted(subjects)), reason))

    def clusters(self) -> Iterator[Cluster]:
        """Each cluster once, by its smallest member."""
        yield from sorted(self.distinct(), key=_smallest_member)

    def distinct(self) -> Collection[Cluster]:
        """Each cluster once, in no order."""
        return {id(item): item for item in (*self.of_person.values(), *self.of_account.values())}.values()


def _smallest_member(item: Cluster) -> tuple[str, str]:
    return min(item.people, default=""), min(item.accounts, default="")


def are_apart(items: Iterable[Cluster]) -> bool:
    """Whether somebody has decided that these are not one person."""
    entries: dict[int, set[int]] = defaultdict(set)
    distinct = {id(item): item for item in items}.values()
    if len(distinct) < 2:
        return False
    for item in distinct:
        for group, entry in item.marks:
            entries[group].add(entry)
    return any(len(found) > 1 for found in entries.values())


def clash(items: Iterable[Cluster], more: Collection[str] = ()) -> str:
    """Why these may not be one person, or ""."""
    apart = {id(item): item for item in items}.values()
    directory_ids = set(more).union(*(item.directory_ids for item in apart))
    return (_of_one_directory(directory_ids) if len(directory_ids) > 1 else "") or _listed_apart(
        item.sources for item in apart if item.sources
    )


def _of_one_directory(directory_ids: Iterable[str]) -> str:
    directories: dict[str, set[str]] = defaultdict(set)
    for directory_id in directory_ids:
        directories[provider_of(directory_id)].add(directory_id)
    if twice := sorted(ids for ids in map(sorted, directories.values()) if len(ids) > 1):
        return f"two ids of one directory ({', '.join(twice[0])})"
    return ""


def _listed_apart(lists: Iterable[Mapping[str, str]]) -> str:
    sources: dict[str, set[str]] = defaultdict(set)
    for listed in lists:
        for source, person in listed.items():
            sources[source].add(person)
    if apart_in := sorted(source for source, people in sources.items() if len(people) > 1):
        return f"{apart_in[0]} lists them as two people ({', '.join(sorted(sources[apart_in[0]]))})"
    return ""


def provider_of(directory_id: str) -> str:
    """The directory an id belongs to, where the id says so (`okta/acme:00u1`).

    Product and tenant stand in it as they stand in ids: a colon of their own is encoded, so the first one ends them.
    """
    provider, colon, _ = directory_id.partition(":")
    return provider if colon else ""
