"""Who could take over what hangs on somebody: whom your notes name, and people who have a login where it lies.

Nobody who has left, or is about to.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from typing import TypeAlias

from stackmap.analysis.compiling.compiled import CompiledStack
from stackmap.analysis.succession.at_places import AtPlaces, places_of
from stackmap.analysis.succession.backups import named_for
from stackmap.analysis.succession.holds import Hold, Way, can_share
from stackmap.analysis.succession.sharing import Fit
from stackmap.analysis.succession.teams import Teams
from stackmap.model import EdgeKind

__all__ = ["Candidates"]

_Around: TypeAlias = Mapping[Fit, tuple[str, ...]]


@dataclass
class Candidates:
    """The people of a stack who could share a hold. `leaving`: those who take nothing over, besides who has left."""

    compiled: CompiledStack
    leaving: Collection[str] = ()
    _found: dict[tuple[str, ...], _Around] = field(default_factory=dict, repr=False)

    def of(self, hold: Hold, named: Mapping[str, Sequence[str]] | None = None) -> dict[Fit, tuple[str, ...]]:
        """Who could share a hold, by fit and then by id. `named`: what they are the backups of, by person (`named`).

        First those whom your notes name, of them those named for most; then those with a login where it lies, or in
        charge there. Of what lies in no system, whoever is in the person's team or looks after it. Nobody for a login
        that is off: what hangs on it needs another login, not a second holder.
        """
        if hold.way is Way.LOGIN and self._is_off(hold.about):
            return {}
        around = self._around(hold)
        meant, less = _by_number(named or {})
        mates = self.teams.mates(hold.person) - {*meant, *less}
        near = mates & set(chain.from_iterable(around.values())) if self._places(hold) else mates
        known = {*meant, *less, *near, hold.person}
        return {
            Fit.NAMED: meant,
            Fit.NAMED_TOO: less,
            Fit.SAME_TEAM: tuple(sorted(person for person in near if self._can_take(person))),
        } | {fit: tuple(person for person in people if person not in known) for fit, people in around.items()}

    def named(self, hold: Hold, things: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
        """Whom your notes name as backup of some of these things and who could share this hold, with those things."""
        found = named_for(self.backups, things)
        return {person: named for person, named in found.items() if self._fits(person, hold)}

    @property
    def backups(self) -> Mapping[str, frozenset[str]]:
        """By thing the people whom your notes name as its backup."""
        return self.at_places.backups

    def login_to_share_with(self, person: str, hold: Hold) -> str | None:
        """The login with which somebody would administer a place, or be in a group; None where none is needed."""
        return self.at_places.login_of(person, hold.about) if self._needs_login(hold) else None

    @cached_property
    def at_places(self) -> AtPlaces:
        """What people have to do with the systems that things lie in."""
        return AtPlaces(self.compiled)

    @cached_property
    def teams(self) -> Teams:
        """Who is in a team with whom."""
        return Teams(self.compiled.stack.graph)

    def _fits(self, person: str, hold: Hold) -> bool:
        able = not self._needs_login(hold) or self.at_places.login_of(person, hold.about) is not None
        return able and person != hold.person and self._can_take(person)

    def _around(self, hold: Hold) -> _Around:
        """Who could share what lies there, whoever holds it now, by what they have to do with it."""
        places, needs_login = self._places(hold), self._needs_login(hold)
        own = hold.about if hold.way is not Way.LOGIN or self.at_places.in_charge(hold.about) else ""
        key = (own, str(needs_login), *places)
        if key not in self._found:
            there = set(chain.from_iterable(map(self.at_places.with_login, places)))
            in_charge = set(chain.from_iterable(map(self.at_places.in_charge, (*places, hold.about))))
            able = {person for person in (there if needs_login else there | in_charge) if self._can_take(person)}
            self._found[key] = _sorted_out(able, self._reasons(places, in_charge))
        return self._found[key]

    def _reasons(self, places: Sequence[str], in_charge: Set[str]) -> Mapping[Fit, Set[str]]:
        """Who fits for which reason, the best reason first."""
        at = self.at_places
        return {
            Fit.NAMED_THERE: set(chain.from_iterable(map(at.named, places))),
            Fit.IN_CHARGE: in_charge,
            Fit.RUNS_THINGS: set(chain.from_iterable(map(at.running, places))),
            Fit.OWNS_THINGS: set(chain.from_iterable(map(at.owning, places))),
        }

    def _places(self, hold: Hold) -> list[str]:
        return places_of(self.compiled.stack.graph, hold.about)

    def _needs_login(self, hold: Hold) -> bool:
        """An administrator needs a login, and so does a member of a group of logins; all else can be agreed on."""
        if hold.way is Way.MEMBER:
            return bool(self._places(hold))
        return hold.way is Way.CARE and hold.edge is not None and hold.edge.kind is EdgeKind.ADMINISTERS

    def _is_off(self, login: str) -> bool:
        account = self.compiled.stack.accounts.get(login)
        return account is None or account.off

    def _can_take(self, person: str) -> bool:
        return person in self._here and person not in self.leaving

    @cached_property
    def _here(self) -> frozenset[str]:
        stack = self.compiled.stack
        return frozenset(person for person in stack.people if can_share(stack, person))


def _sorted_out(able: Set[str], reasons: Mapping[Fit, Set[str]]) -> _Around:
    """Each of these people once, by the first reason that holds; those without any just have a login there."""
    found: dict[Fit, tuple[str, ...]] = {}
    left = able
    for fit, people in reasons.items():
        found[fit] = tuple(sorted(left & people))
        left = left - people
    return found | {Fit.HAS_LOGIN: tuple(sorted(left))}


def _by_number(named: Mapping[str, Sequence[str]]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Those who are named for most things, and the others; by id."""
    most = max(map(len, named.values()), default=0)
    first = tuple(sorted(person for person, things in named.items() if len(things) == most))
    return first, tuple(sorted(named.keys() - set(first)))
