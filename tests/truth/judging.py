"""Holds what identity made of the company against the truth.

What is judged. *Types*: every login but those nobody could decide (`Login.undecidable`). *Ties*: every pair of a
login or a line of the staff list, but those nobody could decide (`undecidable`, `Login.aside`). A login that is no
person's must not be tied to anybody; it counts as a person of its own.

*Missing ties*: a person whose logins and line on the staff list fell into k clusters lacks k - 1 ties. Those between
clusters in which nothing at all is alike are left out of the count (`unlinked`) and told beside it: alike are a shared
address or user name, a shared family name (in any spelling, in the name or in an address), and one given name with one
department and title.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from math import comb
from typing import Protocol

from stackmap.identity import Identity
from stackmap.model import AccountType, Edge, EdgeKind, Node, NodeKind
from tests.truth.company import Company
from tests.truth.logins import Login

__all__ = ["Band", "Hunch", "Members", "Outlook", "Ties", "Types", "judge_outlook", "judge_ties", "judge_types"]

_PROGRAMS = frozenset({AccountType.INTEGRATION, AccountType.VENDOR_MANAGED})
_HUMAN = AccountType.HUMAN


class Hunch(Protocol):
    """What is needed of a suggestion of two subjects that may be one person."""

    @property
    def subjects(self) -> tuple[str, ...]:
        """Ids of logins and persons."""

    @property
    def score(self) -> float:
        """From 0 to 1."""

    @property
    def reason(self) -> str:
        """One sentence."""


@dataclass(frozen=True, slots=True)
class Types:
    """Types got, by true type and got type, over what can be decided; and what the undecidable ones were called."""

    confusion: Mapping[tuple[str, str], int]
    wrong: tuple[tuple[Login, str], ...]
    undecidable: Mapping[tuple[str, str], int]

    @property
    def share_right(self) -> float:
        """Of the decidable ones."""
        right = sum(count for (true, got), count in self.confusion.items() if true == got)
        return right / sum(self.confusion.values())

    @property
    def confused(self) -> tuple[tuple[Login, str], ...]:
        """Programs called human, and the other way round."""
        programs = {kind.value for kind in _PROGRAMS}
        return tuple(
            (login, got)
            for login, got in self.wrong
            if (login.type in _PROGRAMS and got == _HUMAN) or (login.type is _HUMAN and got in programs)
        )

    @property
    def share_undecidable(self) -> float:
        """Of all logins."""
        outside = sum(self.undecidable.values())
        return outside / (outside + sum(self.confusion.values()))


def judge_types(company: Company, identity: Identity) -> Types:
    """Every login's type against the true one. A login without a type was called nothing."""
    got = {
        fact.id: str(fact.properties["account_type"])
        for fact in identity.facts
        if isinstance(fact, Node) and fact.kind is NodeKind.ACCOUNT and "account_type" in fact.properties
    }
    called = [(login, got.get(_now(identity, login.id), "nothing")) for login in company.logins]
    decidable = [(login, type_) for login, type_ in called if not login.undecidable]
    return Types(
        Counter((login.type.value, type_) for login, type_ in decidable),
        tuple((login, type_) for login, type_ in decidable if type_ != login.type),
        Counter((login.undecidable, type_) for login, type_ in called if login.undecidable),
    )


def _now(identity: Identity, node_id: str) -> str:
    return identity.aliases.get(node_id, node_id)


@dataclass(frozen=True, slots=True)
class Members:
    """Who truly is who, and in which cluster identity put them: by the id of a login or of a line of the staff list.

    A login that nobody could decide is in `cluster` only.
    """

    truth: Mapping[str, str]
    cluster: Mapping[str, str]
    shows: Mapping[str, frozenset[str]]
    people: frozenset[str]

    @classmethod
    def of(cls, company: Company, identity: Identity) -> Members:
        """Read the ties out of the facts."""
        tied: dict[str, list[str]] = defaultdict(list)
        for fact in identity.facts:
            if isinstance(fact, Edge) and fact.kind is EdgeKind.HAS_ACCOUNT:
                tied[fact.target].append(_now(identity, fact.source))
        truth, cluster, shows = {}, {}, {}
        for login in company.logins:
            holders = sorted(set(tied.get(_now(identity, login.id), ())))
            cluster[login.id] = " + ".join(holders) or f"alone: {login.id}"
            shows[login.id] = login.shows
            if not login.undecidable and not login.aside:
                truth[login.id] = login.holder or f"nobody: {login.id}"
        for key, line in company.listed.items():
            cluster[line.node.id] = _now(identity, line.node.id)
            truth[line.node.id], shows[line.node.id] = key, line.shows
        return cls(truth, cluster, shows, frozenset(company.people))

    def clusters(self) -> Mapping[str, list[str]]:
        """The judged members of each cluster."""
        together: dict[str, list[str]] = defaultdict(list)
        for member in self.truth:
            together[self.cluster[member]].append(member)
        return together

    def of_person(self) -> Mapping[str, Mapping[str, list[str]]]:
        """Of each person, the clusters and what of the person is in each."""
        found: dict[str, dict[str, list[str]]] = {key: defaultdict(list) for key in sorted(self.people)}
        for member, key in self.truth.items():
            if key in found:
                found[key][self.cluster[member]].append(member)
        return found


@dataclass(frozen=True, slots=True)
class Ties:
    """Pairs tied by identity, and the clusters in which different people, or no people, met."""

    right: int
    tied: int
    true: int
    merged: tuple[tuple[str, ...], ...]
    taken_for_people: tuple[str, ...]

    @property
    def precision(self) -> float:
        """Of the pairs that were tied, how many belong together."""
        return self.right / self.tied if self.tied else 1.0

    @property
    def recall(self) -> float:
        """Of the pairs that belong together, how many were tied."""
        return self.right / self.true if self.true else 1.0


def judge_ties(members: Members) -> Ties:
    """Every pair within a cluster against the truth."""
    clusters = members.clusters()
    right = tied = 0
    merged = []
    for together in clusters.values():
        held = Counter(members.truth[member] for member in together)
        tied += comb(len(together), 2)
        right += sum(comb(count, 2) for count in held.values())
        if len(held) > 1:
            merged.append(tuple(sorted(together)))
    true = Counter(members.truth.values())
    nobodys = [one for one, key in members.truth.items() if key not in members.people]
    wrongly = tuple(sorted(one for one in nobodys if not members.cluster[one].startswith("alone: ")))
    return Ties(right, tied, sum(comb(count, 2) for count in true.values()), tuple(sorted(merged)), wrongly)


class _Joined:
    """Union-find: what belongs together after the joins so far."""

    def __init__(self, items: Iterable[Hashable]) -> None:
        self.up: dict[Hashable, Hashable] = {item: item for item in items}

    def root(self, item: Hashable) -> Hashable:
        self.up.setdefault(item, item)
        while self.up[item] != item:
            self.up[item] = item = self.up[self.up[item]]
        return item

    def join(self, one: Hashable, other: Hashable) -> None:
        self.up[self.root(one)] = self.root(other)

    def count(self, items: Iterable[Hashable]) -> int:
        return len({self.root(item) for item in items})


@dataclass(frozen=True, slots=True)
class Band:
    """Suggestions of about one score: how many are right, of how many that can be judged."""

    floor: float
    right: int
    judged: int


@dataclass(frozen=True, slots=True)
class Outlook:
    """Ties that are missing, and how many of them suggestions would bring: in the better half, and in all.

    `unlinked` are those between which nothing is alike. `left` holds the clusters of people whom the better half
    leaves apart, `wrong` suggestions are of different people.
    """

    missing: int
    unlinked: int
    found_in_top: int
    found: int
    suggestions: int
    bands: tuple[Band, ...]
    left: tuple[tuple[tuple[str, ...], ...], ...]
    wrong: tuple[Hunch, ...] = field(default=(), repr=False)

    @property
    def share_in_top(self) -> float:
        """Of the missing ties, how many the better half of the suggestions holds."""
        return self.found_in_top / self.missing if self.missing else 1.0


def judge_outlook(members: Members, suggestions: Sequence[Hunch]) -> Outlook:
    """What is missing and what the suggestions, best first, would bring of it."""
    keys: dict[str, set[str]] = defaultdict(set)
    for member, key in members.truth.items():
        keys[members.cluster[member]].add(key)
    verdicts = [(hunch, _is_true(hunch, members.cluster, keys)) for hunch in suggestions]
    half = (len(suggestions) + 1) // 2
    top, whole = (_joined(members, verdicts[:stop]) for stop in (half, len(verdicts)))
    missing = unlinked = in_top = in_all = 0
    left = []
    for clusters in members.of_person().values():
        apart = _unlike(members, clusters)
        lacks = len(clusters) - apart if clusters else 0
        missing, unlinked = missing + lacks, unlinked + max(apart - 1, 0)
        in_top += min(lacks, len(clusters) - top.count(clusters))
        in_all += min(lacks, len(clusters) - whole.count(clusters))
        if lacks and top.count(clusters) > apart:
            left.append(tuple(tuple(sorted(one)) for one in clusters.values()))
    wrong = tuple(hunch for hunch, true in verdicts if true is False)
    return Outlook(missing, unlinked, in_top, in_all, len(suggestions), _bands(verdicts), tuple(left), wrong)


def _unlike(members: Members, clusters: Mapping[str, list[str]]) -> int:
    """Into how many groups without anything alike the clusters of one person fall."""
    joined = _Joined(clusters)
    for cluster, together in clusters.items():
        shown = frozenset().union(*(members.shows[member] for member in together))
        kinds = ("family ", "at ", "job ") if "given" in shown else ("family ", "at ")
        for sign in shown:
            if sign.startswith(kinds):
                joined.join(cluster, ("sign", sign))
    return joined.count(clusters)


def _is_true(hunch: Hunch, cluster: Mapping[str, str], keys: Mapping[str, set[str]]) -> bool | None:
    """Whether all subjects are one person; None where nobody could tell of one of them, or they are one already."""
    found = {cluster.get(subject, subject) for subject in hunch.subjects}
    held = [keys.get(one, set()) for one in found]
    if len(found) < 2 or not all(held):
        return None
    return all(one & other for one, other in combinations(held, 2))


def _joined(members: Members, verdicts: Sequence[tuple[Hunch, bool | None]]) -> _Joined:
    joined = _Joined(members.cluster.values())
    for hunch, true in verdicts:
        if true:
            first, *others = (members.cluster.get(subject, subject) for subject in hunch.subjects)
            for other in others:
                joined.join(first, other)
    return joined


def _bands(verdicts: Sequence[tuple[Hunch, bool | None]]) -> tuple[Band, ...]:
    counted: dict[int, list[bool]] = defaultdict(list)
    for hunch, true in verdicts:
        if true is not None:
            counted[min(int(hunch.score * 10), 9)].append(true)
    return tuple(Band(tenth / 10, sum(found), len(found)) for tenth, found in sorted(counted.items(), reverse=True))
