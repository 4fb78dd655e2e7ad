"""Your notes that met nothing: where they stand, and what may have been meant."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping

from stackmap.identity import Identity, UnmetNote, fold_name
from stackmap.model import THING_KINDS, Node, NodeKind

__all__ = ["unmet_notes"]

_SHOWN = 5
_LIKENESS = 0.65
_COMPARED = 200_000
"""How many pairs of a note and a name are compared at most: a few seconds' work."""


def unmet_notes(identity: Identity) -> tuple[str, ...]:
    """One sentence for each note of yours that reached nothing, with the nearest name or id there is.

    A thing that your notes make is told where something that was read is called almost the same.
    """
    if not identity.stale_notes:
        return ()
    known = _Known(identity)
    told = ((note, _meant(note, known)) for note in identity.stale_notes)
    return tuple(_sentence(note, meant) for note, meant in told if meant or not note.made)


def _sentence(note: UnmetNote, meant: str) -> str:
    made = " is taken for a thing of its own" if note.made else ""
    return f'{note.record} "{note.written}"{made}{meant}'


def _meant(note: UnmetNote, known: _Known) -> str:
    if note.candidates:
        shown = " or ".join(note.candidates[:_SHOWN])
        more = len(note.candidates) - _SHOWN
        others = f" or {more} more" if more > 0 else ""
        return f" may be {shown}{others}; write the id that is meant"
    near = known.nearest(note)
    return f'; did you mean "{near}"?' if near else ""


class _Known:
    """What there is to be written about, as it would be written."""

    def __init__(self, identity: Identity) -> None:
        mine = {note.written for note in identity.stale_notes if note.made}
        nodes = [fact for fact in identity.facts if isinstance(fact, Node) and fact.id not in mine]
        self._left = _COMPARED
        self._ids = _folded(node.id for node in nodes if node.kind in THING_KINDS)
        self._logins = _folded(node.id for node in nodes if node.kind is NodeKind.ACCOUNT)
        self._names = _folded(node.name for node in nodes if node.kind in THING_KINDS and node.name)

    def nearest(self, note: UnmetNote) -> str:
        """What comes nearest to a note, an id only where it is written like one; "" for nothing."""
        near = self._logins
        if note.section == "things":
            near = {**self._names, **self._ids} if "/" in note.written else self._names
        self._left -= len(near)
        if self._left < 0:
            return ""
        found = difflib.get_close_matches(fold_name(note.written), near, n=1, cutoff=_LIKENESS)
        return near[found[0]] if found else ""


def _folded(words: Iterable[str]) -> Mapping[str, str]:
    return {fold_name(word): word for word in sorted(set(words))}
