"""Who could take over what hangs on somebody: whom your notes name, and people who have a login where it lies.

Nobody who has left, or is about to.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeAlias

from stackmap.analysis.compiling.compiled import CompiledStack
from stackmap.analysis.stack import Account, Stack
from stackmap.analysis.succession.backups import named_backups, named_for
from stackmap.analysis.succession.holds import Hold, Way, can_share
from stackmap.analysis.succession.sharing import Fit
from stackmap.model import AccountType, EdgeKind, NodeKind, system_of

__all__ = ["Candidates"]

_Around: TypeAlias = tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]


@dataclass
class Candidates:
    """The people of a stack who could share a hold. `leaving`: those who take nothing over, besides who has left."""

    compiled: CompiledStack
    leaving: Collection[str] = ()
    _found: dict[tuple[str, ...], _Around] = field(default_factory=dict, repr=False)

    @property
    def _stack(self) -> Stack:
        return self.compiled.stack

    def of(self, hold: Hold, named: Mapping[str, Sequence[str]] | None = None) -> dict[Fit, tuple[str, ...]]:
        """Who could share a hold, by fit and then by id. `named`: what they are the backups of, by person (`named`).

        First those whom your notes name, of them those named for most; then those with a login where it lies, or in
        charge there. Of what lies in no system, whoever is in the person's team or looks after it. Nobody for a login
        that is off: what hangs on it needs another login, not a second holder.
        """
        account = self._stack.accounts.get(hold.about)
        if hold.way is Way.LOGIN and (account is None or account.off):
            return {}
        in_charge, running, others = self._around(hold)
        meant, less = _by_number(named or {})
        mates = self.team_mates(hold.person) - {*meant, *less}
        near = mates if not self._places(hold.about) else mates & {*in_charge, *running, *others}
        known = {*meant, *less, *near, hold.person}
        return {
            Fit.NAMED: meant,
            Fit.NAMED_TOO: less,
            Fit.SAME_TEAM: tuple(sorted(person for person in near if self._can_take(person))),
            Fit.IN_CHARGE: tuple(person for person in in_charge if person not in known),
            Fit.RUNS_THINGS: tuple(person for person in running if person not in known),
            Fit.HAS_LOGIN: tuple(person for person in others if person not in known),
        }

    def named(self, hold: Hold, things: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
        """Whom your notes name as backup of some of these things and who could share this hold, with those things."""
        found = named_for(self.backups, things)
        return {person: named for person, named in found.items() if self._fits(person, hold)}

    @cached_property
    def backups(self) -> Mapping[str, frozenset[str]]:
        """By thing the people whom your notes name as its backup."""
        return named_backups(self._stack)

    def _fits(self, person: str, hold: Hold) -> bool:
        able = not self._needs_login(hold) or self.login_of(person, hold.about) is not None
        return able and person != hold.person and self._can_take(person)

    def _around(self, hold: Hold) -> _Around:
        """Who could share what lies there, whoever holds it now: in charge there, running things, or with a login."""
        places, needs_login = self._places(hold.about), self._needs_login(hold)
        key = (*places, *(() if hold.way is Way.LOGIN else (hold.about,)), str(needs_login))
        if key not in self._found:
            could = {person for place in places for person in self._with_login.get(place, {})}
            charge = {person for place in (*places, hold.about) for person in self._in_charge(place)}
            able = {person for person in (could if needs_login else could | charge) if self._can_take(person)}
            running = {person for place in places for person in self._running_things(place)} & able - charge
            others = able - charge - running
            self._found[key] = tuple(sorted(able & charge)), tuple(sorted(running)), tuple(sorted(others))
        return self._found[key]

    def login_to_administer(self, person: str, hold: Hold) -> str | None:
        """With which login somebody would share the administration of a place; None where they become an owner."""
        return self.login_of(person, hold.about) if self._needs_login(hold) else None

    def login_of(self, person: str, about: str) -> str | None:
        """A person's own login where something lies: the first by id."""
        logins = (self._with_login.get(place, {}).get(person) for place in self._places(about))
        return next((login for login in logins if login), None)

    def team_mates(self, person: str) -> set[str]:
        """Everybody who shares a team with somebody."""
        return {mate for team in self._teams.get(person, ()) for mate in self._members[team]} - {person}

    def _needs_login(self, hold: Hold) -> bool:
        """An administrator needs a login; everything else can be agreed on."""
        return hold.way is Way.CARE and hold.edge is not None and hold.edge.kind is EdgeKind.ADMINISTERS

    def _can_take(self, person: str) -> bool:
        return person in self._here and person not in self.leaving

    @cached_property
    def _here(self) -> frozenset[str]:
        return frozenset(person for person in self._stack.people if can_share(self._stack, person))

    def _places(self, node_id: str) -> list[str]:
        """The Systems that something lies in; where none is known, the system that its id names."""
        systems = self._stack.graph.systems_of(node_id)
        return systems or list(filter(None, [system_of(node_id)]))

    def _in_charge(self, place: str) -> set[str]:
        return {carer.person for carer in self.compiled.care.carers(place) if carer.sure}

    def _running_things(self, place: str) -> set[str]:
        """Whose login there something runs as. A consent is not enough: everybody with an app on the phone has one."""
        return {person for person, login in self._with_login.get(place, {}).items() if self._runs_something(login)}

    def _runs_something(self, login: str) -> bool:
        graph = self._stack.graph
        return any(not self._stack.is_off(link.source) for link in graph.into(login, EdgeKind.RUNS_AS))

    @cached_property
    def _with_login(self) -> Mapping[str, Mapping[str, str]]:
        """By place the people who have a login of their own that is on there, and which."""
        found: defaultdict[str, dict[str, str]] = defaultdict(dict)
        for account in self._stack.accounts.values():
            if _own(account) and not self._falls_with_another(account):
                for place in self._where(account.id):
                    found[place].setdefault(account.holders[0].person, account.id)
        return found

    def _where(self, account_id: str) -> Iterable[str]:
        """A login counts for its Systems, and for the system of its id."""
        by_id = system_of(account_id)
        system = f"{by_id}/{NodeKind.SYSTEM.value.lower()}/{by_id.partition('/')[2]}" if by_id else None
        named = [place for place in (by_id, system) if place]
        return dict.fromkeys([*self._stack.graph.systems_of(account_id), *named])

    def _falls_with_another(self, account: Account) -> bool:
        """Whether a login goes off with one of somebody else: it would be no second one beside that."""
        mine = account.holders[0].person
        for link in self._stack.graph.out(account.id, EdgeKind.PROVISIONED_BY):
            other = self._stack.accounts.get(link.target)
            if other is None or any(tie.person != mine for tie in other.holders):
                return True
        return False

    @cached_property
    def _teams(self) -> Mapping[str, tuple[str, ...]]:
        graph = self._stack.graph
        found: defaultdict[str, list[str]] = defaultdict(list)
        for link in graph.links(EdgeKind.MEMBER_OF):
            team = graph.get(link.target)
            if team is not None and team.kind is NodeKind.TEAM:
                found[link.source].append(link.target)
        return {person: tuple(teams) for person, teams in found.items()}

    @cached_property
    def _members(self) -> Mapping[str, frozenset[str]]:
        found: defaultdict[str, set[str]] = defaultdict(set)
        for person, teams in self._teams.items():
            for team in teams:
                found[team].add(person)
        return {team: frozenset(people) for team, people in found.items()}


def _by_number(named: Mapping[str, Sequence[str]]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Those who are named for most things, and the others; by id."""
    most = max(map(len, named.values()), default=0)
    first = tuple(sorted(person for person, things in named.items() if len(things) == most))
    return first, tuple(sorted(named.keys() - set(first)))


def _own(account: Account) -> bool:
    return account.type is AccountType.HUMAN and not account.off and account.sole_holder is not None
