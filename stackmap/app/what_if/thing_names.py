"""Things as answers write them and as people type them: one reading of a word for every command that takes a thing."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence, Set

from stackmap.app.people.words import name_key
from stackmap.model import NodeKind, StackGraph, Vertex, fold_name
from stackmap.render.places import place_name

__all__ = ["things_called", "with_these_words"]

_IN = " in "
"""Parts a thing from its system, as answers write it."""

_PARTS = (_IN, ":", "\u00b7")
_WORD = re.compile(r"[^\W_]+")


def things_called(graph: StackGraph, among: Sequence[Vertex], word: str) -> list[Vertex]:
    """All of these that a word may mean, by the first of these that fits: id, name, name with its system; then without
    accents; then whatever stands between the words, for few keyboards have a dash.
    """
    if by_id := [one for one in among if one.id == word]:
        return by_id
    for fold in (fold_name, name_key, _spaced):
        if not (wanted := fold(word)):
            return []
        if named := [one for one in among if wanted in map(fold, _names(graph, one))]:
            return named
        if any(part in word for part in _PARTS) and (
            placed := [one for one in among if wanted in map(fold, _placed(graph, one))]
        ):
            return placed
    return []


def with_these_words(among: Iterable[Vertex], text: str) -> list[Vertex]:
    """All of these in whose names every word of a text stands."""
    words = _words(text)
    if not any(char.isalpha() for char in "".join(words)):  # a figure is no part of a name that somebody would say
        return []
    return [one for one in among if words <= _words(one.name)]


def _words(text: str) -> set[str]:
    return set(_WORD.findall(name_key(text)))


def _spaced(text: str) -> str:
    words = " ".join(_WORD.findall(name_key(text)))
    return words if any(map(str.isalpha, words)) else ""


def _names(graph: StackGraph, vertex: Vertex) -> Set[str]:
    """What something may be called: as its vendor does, and as answers do where others have that name."""
    if not vertex.name:
        return frozenset()
    told = {vertex.name, graph.called(vertex.id)}
    return told if vertex.kind is not NodeKind.SYSTEM else {*told, *(f"{name} (the system)" for name in told)}


def _placed(graph: StackGraph, vertex: Vertex) -> Iterable[str]:
    """The same with its system: "Lead router in n8n" and "Lead router \u00b7 n8n" in answers, "n8n: Lead router"."""
    systems = graph.systems_of(vertex.id)
    places = {place_name(graph, vertex.id), graph.system_name(vertex.id), *map(graph.name, systems)} - {""}
    for name, place in itertools.product(_names(graph, vertex), places):
        yield from (f"{name}{_IN}{place}", f"{name} \u00b7 {place}", f"{place}: {name}")
