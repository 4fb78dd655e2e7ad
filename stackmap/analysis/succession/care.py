"""Where one person alone looks after things: the places at which somebody else should, too.

A second administrator of a System looks after everything in it, a second owner after one thing. So the holds are the
places where the person cares today, and a thing that nobody else cares for is lifted when one of its places is shared.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from stackmap.analysis.stack import Stack
from stackmap.analysis.succession.holds import Hold, Way
from stackmap.model import EdgeKind, Link

__all__ = ["Caring"]


@dataclass
class Caring:
    """The places of which the things that one person alone cares for are lifted."""

    stack: Stack
    person: str
    things: Collection[str]

    @property
    def holds(self) -> list[Hold]:
        """The places, by id."""
        found = {hold for holds in self._places.values() for hold in holds}
        return sorted(found, key=lambda hold: hold.order)

    def lost(self, holds: Collection[Hold]) -> frozenset[str]:
        """What nobody else cares for when the care at these places is lost."""
        gone = frozenset(holds)
        return frozenset(thing for thing, places in self._places.items() if places <= gone)

    @cached_property
    def _places(self) -> Mapping[str, frozenset[Hold]]:
        return {thing: frozenset(self._of(thing)) for thing in self.things}

    def _of(self, thing: str) -> Iterator[Hold]:
        places = dict.fromkeys((thing, *self.stack.graph.systems_of(thing)))
        cared_at = {place: link for place in places if (link := self._cares_by(place))}
        for place, link in cared_at.items():
            yield Hold(self.person, Way.CARE, place, link.key)
        if not cared_at:  # whoever else cares does so through a login that goes off with this person's
            yield Hold(self.person, Way.CARE, thing)

    def _cares_by(self, place: str) -> Link | None:
        """The edge by which the person cares for a place: as its administrator, else as its owner."""
        graph = self.stack.graph
        for link in graph.into(place, EdgeKind.ADMINISTERS):
            if self._is_theirs(link.source):
                return link
        owned = graph.out(place, EdgeKind.OWNED_BY)
        return next((link for link in owned if self._is_theirs(link.target)), None)

    def _is_theirs(self, end: str) -> bool:
        """Whether somebody is meant: in person, by a login, or as member of a team."""
        account = self.stack.accounts.get(end)
        if account is not None:
            return any(tie.person == self.person for tie in account.holders)
        members = self.stack.graph.into(end, EdgeKind.MEMBER_OF)
        return end == self.person or any(link.source == self.person for link in members)
