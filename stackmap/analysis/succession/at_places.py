"""What people have to do with the systems that things lie in: whose login is there, who runs, owns or answers for what.

A place is a System, or `product/tenant` where nobody lists one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from stackmap.analysis.accounts import Account
from stackmap.analysis.compiling.compiled import CompiledStack
from stackmap.analysis.departures.named_owners import people_behind
from stackmap.analysis.stack import Stack
from stackmap.analysis.succession.backups import named_backups
from stackmap.model import AccountType, Certainty, EdgeKind, NodeKind, StackGraph, system_of

__all__ = ["AtPlaces", "places_of"]


def places_of(graph: StackGraph, node_id: str) -> list[str]:
    """The Systems that something lies in; where none is known, the system that its id names."""
    return graph.systems_of(node_id) or list(filter(None, [system_of(node_id)]))


@dataclass
class AtPlaces:
    """By place the people who have to do with it, whether they are here or not."""

    compiled: CompiledStack

    def with_login(self, place: str) -> Collection[str]:
        """Who has a login of their own there that is on."""
        return self._logins.get(place, {}).keys()

    def login_of(self, person: str, about: str) -> str | None:
        """A person's own login where something lies: the first by id."""
        logins = (self._logins.get(place, {}).get(person) for place in places_of(self._stack.graph, about))
        return next((login for login in logins if login), None)

    def in_charge(self, place: str) -> set[str]:
        """Who looks after a place, or after one thing: as administrator or as owner."""
        return {carer.person for carer in self.compiled.care.carers(place) if carer.sure}

    def running(self, place: str) -> Collection[str]:
        """Whose login there something runs as. A consent is not enough: everybody with an app on the phone has one."""
        return self._running.get(place, frozenset())

    def owning(self, place: str) -> Collection[str]:
        """Who owns something there that is on."""
        return self._owners.get(place, frozenset())

    def named(self, place: str) -> Collection[str]:
        """Whom your notes name as backup of something there."""
        return self._backups.get(place, frozenset())

    @cached_property
    def backups(self) -> Mapping[str, frozenset[str]]:
        """By thing the people whom your notes name as its backup."""
        return named_backups(self._stack)

    @property
    def _stack(self) -> Stack:
        return self.compiled.stack

    @cached_property
    def _logins(self) -> Mapping[str, Mapping[str, str]]:
        """By place the people who have a login of their own that is on there, and which."""
        found: defaultdict[str, dict[str, str]] = defaultdict(dict)
        for account in self._stack.accounts.values():
            if _own(account) and not self._falls_with_another(account):
                for place in self._all_names(account.id):
                    found[place].setdefault(account.holders[0].person, account.id)
        return found

    @cached_property
    def _running(self) -> Mapping[str, frozenset[str]]:
        links = self._stack.graph.links(EdgeKind.RUNS_AS)
        used = {link.target for link in links if not self._stack.is_off(link.source)}
        return {
            place: frozenset(person for person, login in logins.items() if login in used)
            for place, logins in self._logins.items()
        }

    @cached_property
    def _owners(self) -> Mapping[str, frozenset[str]]:
        graph = self._stack.graph
        sure = (link for link in graph.links(EdgeKind.OWNED_BY) if link.certainty is Certainty.CERTAIN)
        return self._by_place((link.source, people_behind(self._stack, link.target)) for link in sure)

    @cached_property
    def _backups(self) -> Mapping[str, frozenset[str]]:
        return self._by_place(self.backups.items())

    def _by_place(self, people_of: Iterable[tuple[str, Iterable[str]]]) -> Mapping[str, frozenset[str]]:
        found: defaultdict[str, set[str]] = defaultdict(set)
        for node_id, people in people_of:
            if not self._stack.is_off(node_id):
                for place in self._all_names(node_id):
                    found[place].update(people)
        return {place: frozenset(people) for place, people in found.items()}

    def _all_names(self, node_id: str) -> Iterable[str]:
        """Something counts for its Systems, and for the system of its id."""
        by_id = system_of(node_id)
        system = f"{by_id}/{NodeKind.SYSTEM.value.lower()}/{by_id.partition('/')[2]}" if by_id else None
        named = [place for place in (by_id, system) if place]
        return dict.fromkeys([*self._stack.graph.systems_of(node_id), *named])

    def _falls_with_another(self, account: Account) -> bool:
        """Whether a login goes off with one of somebody else: it would be no second one beside that."""
        mine = account.holders[0].person
        for link in self._stack.graph.out(account.id, EdgeKind.PROVISIONED_BY):
            other = self._stack.accounts.get(link.target)
            if other is None or any(tie.person != mine for tie in other.holders):
                return True
        return False


def _own(account: Account) -> bool:
    return account.type is AccountType.HUMAN and not account.off and account.sole_holder is not None
