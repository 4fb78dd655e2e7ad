"""What somebody has decided not to be one person: which logins and people each entry speaks of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from stackmap.identity.accounts import Cast
from stackmap.identity.board import Mark
from stackmap.model import Fact, Node, normalise_email

__all__ = ["Decided", "are_torn", "decide", "without_unmet"]


@dataclass(frozen=True, slots=True)
class Decided:
    """The marks of logins and people by id: which entry of which list speaks of them. `met`: entries that do."""

    marks: Mapping[str, frozenset[Mark]] = field(default_factory=dict)
    met: frozenset[str] = frozenset()

    def marks_of(self, node_id: str) -> frozenset[Mark]:
        """The marks of one login or person."""
        return self.marks.get(node_id, frozenset())

    def are_apart(self, one: str, other: str) -> bool:
        """Whether two logins or people are decided not to be one person."""
        return are_torn(self.marks.get(one, ()), self.marks.get(other, ()))

    def answers(self, subjects: Sequence[str]) -> bool:
        """Whether two of these are decided not to be one person."""
        marked = [subject for subject in subjects if subject in self.marks]
        return any(self.are_apart(one, other) for one, other in combinations(marked, 2))

    def refused(self, holders: Mapping[str, Collection[str]]) -> Iterator[tuple[str, str]]:
        """The ties, as (person, login), that would make one of what is decided to be several.

        Of two logins of one person the first stays.
        """
        kept: dict[str, list[str]] = defaultdict(list)
        for login in sorted(holders) if self.marks else ():
            for person in sorted(holders[login]):
                if any(self.are_apart(other, login) for other in (person, *kept[person])):
                    yield person, login
                else:
                    kept[person].append(login)


def are_torn(marks: Collection[Mark], others: Collection[Mark]) -> bool:
    """Whether these are two entries of one list of what is never one person."""
    return any(group == group_ and entry != entry_ for group, entry in marks for group_, entry_ in others)


def without_unmet(facts: list[Fact]) -> list[Fact]:
    """The facts without logins that only a list of what is never one person speaks of: nobody has read them."""
    only = {fact.id for fact in facts if isinstance(fact, Node) and _is_for_a_list_only(fact)}
    if not only:
        return facts
    more = {fact.id for fact in facts if isinstance(fact, Node) and not _is_for_a_list_only(fact)}
    gone = only - more
    return [
        fact
        for fact in facts
        if not (_is_for_a_list_only(fact) and (fact.id if isinstance(fact, Node) else fact.source) in gone)
    ]


def _is_for_a_list_only(fact: Fact) -> bool:
    return all(item.of_notes and item.inventory == "apart" for item in fact.evidence)


def decide(cast: Cast, apart: Sequence[Sequence[str]], earlier: Mapping[str, str]) -> Decided:
    """Whom each entry speaks of: a login or person by id, everybody with an address, else the logins of a person of an
    earlier reading (`earlier`: person by login). Who is written down by id is not meant by an address in that list.
    """
    if not apart:
        return Decided()
    marks: dict[str, set[Mark]] = defaultdict(set)
    bearers = _bearers(cast)
    logins: dict[str, set[str]] = defaultdict(set)
    for login, person in earlier.items():
        logins[person].add(login)
    met: set[str] = set()
    for number, group in enumerate(apart):
        for index, entry in enumerate(group):
            for node_id in _meant(cast, entry, group, bearers, logins):
                marks[node_id].add((number, index))
                met.add(entry)
    return Decided({node_id: frozenset(found) for node_id, found in marks.items()}, frozenset(met))


def _meant(
    cast: Cast,
    entry: str,
    group: Collection[str],
    bearers: Mapping[str, set[str]],
    logins: Mapping[str, set[str]],
) -> Iterator[str]:
    if entry in cast.accounts or entry in cast.people or cast.holders.get(entry) or entry in cast.weakly_held:
        yield entry
    elif entry in logins:
        yield from logins[entry] - set(group)
    else:
        yield from bearers.get(normalise_email(entry, cast.domains), set()) - set(group)


def _bearers(cast: Cast) -> Mapping[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for account in cast.accounts.values():
        for address in account.emails | account.aliases:
            found[address].add(account.id)
    for human in cast.people.values():
        for address in human.emails | human.aliases:
            found[address].add(human.id)
    return found
