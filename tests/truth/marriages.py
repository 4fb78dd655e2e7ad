"""People who married: whose logins under the former name are a person of their own, and of whom that is suggested."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from tests.truth.company import Company
from tests.truth.judging import Hunch, Members

__all__ = ["Marriages", "judge_marriages"]


@dataclass(frozen=True, slots=True)
class Marriages:
    """How many who married fell apart, and of how many some suggestion would join two of the parts.

    `_bare`: of these, the ones without another sign: their parts share no address, family name or job.
    """

    apart: int
    suggested: int
    apart_bare: int
    suggested_bare: int


def judge_marriages(company: Company, members: Members, suggestions: Sequence[Hunch]) -> Marriages:
    """Look for everybody who married and is in several clusters."""
    pairs = [frozenset(members.cluster.get(one, one) for one in hunch.subjects) for hunch in suggestions]
    of_person = members.of_person()
    apart = {
        key: frozenset(clusters)
        for key, clusters in of_person.items()
        if "married" in company.people[key].marks and len(clusters) > 1
    }
    bare = {key for key in apart if _is_bare(of_person[key].values(), members)}
    suggested = {key for key, clusters in apart.items() if any(pair <= clusters and len(pair) > 1 for pair in pairs)}
    return Marriages(len(apart), len(suggested), len(bare), len(bare & suggested))


def _is_bare(clusters: Iterable[Sequence[str]], members: Members) -> bool:
    """Whether no two parts have more in common than a given name."""
    shown = [frozenset().union(*(members.shows[one] for one in cluster)) - {"given"} for cluster in clusters]
    return all(one.isdisjoint(other) for one, other in combinations(shown, 2))
