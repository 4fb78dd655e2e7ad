"""What tells things apart that are called the same: two dashboards "Pipeline" in one system would read as one."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Protocol
from urllib.parse import unquote

from stackmap.model.facts import Properties
from stackmap.model.ids import kind_of, system_of
from stackmap.model.kinds import NodeKind
from stackmap.model.names import fold_name

__all__ = ["Named", "Namesakes", "marks"]


class Named(Protocol):
    """Something with a name, as a vertex of the graph has one."""

    @property
    def kind(self) -> NodeKind:
        """What kind of thing it is."""

    @property
    def id(self) -> str:
        """Its id."""

    @property
    def name(self) -> str:
        """What its vendor calls it."""

    @property
    def properties(self) -> Properties:
        """What else is known of it."""


_SORTS = ("automation_type", "app_kind")
"""Properties in which connectors say what a thing is, in words of its vendor."""


def marks(things: Iterable[Named], place: Callable[[str], str]) -> Mapping[str, str]:
    """What to say beside the name of each thing that others in its place are called, too, by id.

    `place`: where something lies, by id; it is told beside a name, so things of two places need no mark. What people
    know comes first: what sort of thing it is, then its folder; its number at the vendor (of a system, its tenant) only
    where nothing else differs, or where nothing else is to be said of one of them.
    """
    alike: defaultdict[str, list[Named]] = defaultdict(list)
    for thing in things:
        if thing.name:
            alike[" ".join(thing.name.split())].append(thing)
    found: dict[str, str] = {}
    for namesakes in (several for several in alike.values() if len(several) > 1):
        by_place: defaultdict[str, list[Named]] = defaultdict(list)
        for thing in namesakes:
            by_place[place(thing.id)].append(thing)
        for together in by_place.values():
            found.update(_apart(together) if len(together) > 1 else {})
    return found


class Namesakes:
    """How Systems, and what lies in them, are called where others have the same name. Worked out when first asked.

    `place`: in which system something lies, as people read it.
    """

    def __init__(self, systems: Sequence[Named], within: Sequence[Named], place: Callable[[str], str]) -> None:
        self._systems = systems
        self._within = within
        self._place = place

    def called(self, node_id: str, name: str) -> str:
        """A name, with what tells it apart from others in its system, or a System from others."""
        return _marked(name, self._marks.get(node_id) or self._system_marks.get(node_id))

    def system(self, node_id: str, name: str) -> str:
        """The same of a System."""
        return _marked(name, self._system_marks.get(node_id))

    @cached_property
    def repeated(self) -> frozenset[str]:
        """What is called as something in another system is: alone, such a name does not tell which."""
        called = {thing.id: fold_name(self.called(thing.id, thing.name or thing.id)) for thing in self._within}
        often = Counter(called.values())
        return frozenset(node for node, name in called.items() if often[name] > 1)

    @cached_property
    def _system_marks(self) -> Mapping[str, str]:
        return marks(self._systems, lambda _: "")

    @cached_property
    def _marks(self) -> Mapping[str, str]:
        return marks(self._within, self._place)


def _marked(name: str, mark: str | None) -> str:
    return f"{name.strip()} ({mark})" if mark else name


def _apart(namesakes: Sequence[Named]) -> Mapping[str, str]:
    """Words are added until no two are the same; those that all have in common say nothing and are left out."""
    told: dict[str, tuple[str, ...]] = {thing.id: () for thing in namesakes}
    for say in (_sort, _folder, _number, _whole_id):
        words = {thing.id: say(thing) for thing in namesakes}
        if len(set(words.values())) > 1:
            told = {node: (*before, words[node]) if words[node] else before for node, before in told.items()}
        if len(set(told.values())) == len(told):
            break
    return {thing.id: ", ".join(told[thing.id]) or _number(thing) for thing in namesakes}


def _sort(thing: Named) -> str:
    said = (thing.properties.get(key) for key in _SORTS)
    return next((word for word in said if isinstance(word, str) and word), thing.kind.value.lower())


def _folder(thing: Named) -> str:
    folder = thing.properties.get("folder")
    return f"folder {folder}" if isinstance(folder, str) and folder else ""


def _number(thing: Named) -> str:
    if not kind_of(thing.id):
        return _whole_id(thing)
    scope = system_of(thing.id) if thing.kind is NodeKind.SYSTEM else None
    return f"id {unquote((scope or thing.id).rsplit('/', 1)[-1])}"


def _whole_id(thing: Named) -> str:
    return f"id {thing.id}"
