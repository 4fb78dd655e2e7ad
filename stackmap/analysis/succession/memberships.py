"""Who is in groups of logins, such as queues: a group that one person's leaving empties needs a member more.

A second holder of the member's login would be none: work lands with members, each with a login of their own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property

from stackmap.analysis.compiling.compiled import CompiledStack
from stackmap.analysis.gates.gate import Gate, Member
from stackmap.analysis.gates.network import OFF, gone_by, word_of
from stackmap.model import EdgeKey, EdgeKind, Link, NodeKind, State

__all__ = ["Memberships"]

_ALL_WAYS = frozenset({"way", "unknown"})


@dataclass
class Memberships:
    """With whose leaving, of these people, groups lose which members, whoever else is in them."""

    compiled: CompiledStack
    people: Set[str]

    def person(self, member: Member) -> str | None:
        """With whose leaving alone, proven, a group loses this member; None for what is no member of a group.

        Nor for one of a group whose members do not all stand in for each other: there, one more may not suffice.
        """
        link = self._link(member)
        person = self._alone(member.node) if link is not None else None
        if link is None or not self._is_login(member.node):
            return person
        return person if person in self._leaving.get(link.key, ()) else None

    @cached_property
    def links(self) -> Mapping[str, Sequence[Link]]:
        """By person the edges by which they are in groups, in person or with a login that goes with nobody else."""
        found: defaultdict[str, dict[EdgeKey, Link]] = defaultdict(dict)
        for member, link in self._members:
            person = self.person(member)
            if person is not None:
                found[person][link.key] = link
        return {person: tuple(links.values()) for person, links in found.items()}

    @cached_property
    def doubtful(self) -> frozenset[str]:
        """The groups that lose a member with one person, and that same member in another way as well.

        One more member would then help against more than that person's leaving. So it would for a login that is off
        already, unless those who are left are each one person's.
        """
        found: defaultdict[EdgeKey, set[str]] = defaultdict(set)
        for member, link in self._members:
            person = self.person(member)
            found[link.key] |= self._hangs_on(member.node) if person is None else {person}
        held = {link.key: link.target for links in self.links.values() for link in links}
        others = {link.target for _, link in self._members if link.key not in held}
        harmless = {group: set[str]() if group in others else {OFF} for group in held.values()}
        return frozenset(group for key, group in held.items() if len(found[key] - harmless[group]) > 1)

    def _link(self, member: Member) -> Link | None:
        """The edge by which a member is in a group, where losing it is proven."""
        link = member.link
        if link is None or member.unknown or link.kind is not EdgeKind.MEMBER_OF or link.target not in self._groups:
            return None
        return link

    @cached_property
    def _members(self) -> Sequence[tuple[Member, Link]]:
        """Each way to lose a member, and the edge; not what stands for all its ways together."""
        members = (member for gate in self.compiled.network.gates for member in gate.members)
        found = ((member, link) for member in members if (link := self._link(member)) is not None)
        return [(member, link) for member, link in found if word_of(member.node)[0] not in _ALL_WAYS]

    @cached_property
    def _leaving(self) -> Mapping[EdgeKey, Set[str]]:
        """With whose leaving a member is lost altogether: no worse can come of what else its login hangs on."""
        found: defaultdict[EdgeKey, set[str]] = defaultdict(set)
        for member, link in self._members:
            person = None if self._is_login(member.node) else self._alone(member.node)
            if person is not None and member.cap is State.STOPS:
                found[link.key].add(person)
        return found

    @cached_property
    def _groups(self) -> frozenset[str]:
        """The groups that go on while any of their members is left."""
        graph = self.compiled.stack.graph
        return frozenset(
            vertex.id
            for vertex in graph.vertices(NodeKind.GROUP)
            if not any(link.group for link in graph.into(vertex.id, EdgeKind.MEMBER_OF))
        )

    @cached_property
    def _gates(self) -> Mapping[str, Sequence[Gate]]:
        """What logins, and their going off, hang on."""
        found: defaultdict[str, list[Gate]] = defaultdict(list)
        for gate in self.compiled.network.gates if self._groups else ():
            if self._is_login(gate.node) or gone_by(gate.node) is not None:
                found[gate.node].append(gate)
        return found

    def _is_login(self, node: str) -> bool:
        return node in self.compiled.stack.accounts

    def _alone(self, node: str) -> str | None:
        """The one person with whom a login is lost, be it because another of their logins is."""
        found = self._hangs_on(node)
        return next(iter(found)) if len(found) == 1 and found <= self.people else None

    def _hangs_on(self, node: str) -> frozenset[str]:
        """The people on whom a node hangs, proven, and whatever else but logins it does."""
        found: set[str] = set()
        waiting = [node]
        for one in waiting:  # what is met on the way joins the end
            if one in self.people or not (self._is_login(one) or gone_by(one) is not None):
                found.add(one)
            members = (member for gate in self._gates.get(one, ()) for member in gate.members if not member.unknown)
            waiting.extend({member.node: None for member in members if member.node not in waiting})
        return frozenset(found)
