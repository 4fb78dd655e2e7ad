"""The section `apart` of `stack.yaml`: who is never one person, whatever addresses and ids say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from stackmap.declared.manifest_gathered import Gathered
from stackmap.declared.written import Problem
from stackmap.declared.yaml_source import Path
from stackmap.model import DeclaredNote

__all__ = ["gather_apart"]

_SECTION = "apart"
_MINTED = re.compile(r"person-[1-9]\d*")


def gather_apart(found: Gathered, groups: Sequence[Sequence[str]]) -> tuple[tuple[str, ...], ...]:
    """What each word of each list stands for: the id of a login or person, or an address. Mistakes are in `problems`.

    Each word is noted with its line, so that one that meets nobody is told.
    """
    gathered = tuple(tuple(_entries(found, group, (_SECTION, index))) for index, group in enumerate(groups))
    for index, (written, meant) in enumerate(zip(groups, gathered, strict=True)):
        if len(meant) == len(written):
            _check(found, meant, (_SECTION, index))
    return gathered


def _entries(found: Gathered, group: Sequence[str], path: Path) -> Iterator[str]:
    for index, word in enumerate(group):
        at = (*path, index)
        try:
            meant = _meant(found, word, at)
        except ValueError as error:
            found.trouble(at, error)
            continue
        record = f"{found.source.name}:{found.source.value(*at).line}"
        found.notes[at] = DeclaredNote(word, meant, _SECTION, record)
        yield meant


def _meant(found: Gathered, word: str, path: Path) -> str:
    names = found.names
    if address := names.address(word):
        return address
    if "/" in word or _MINTED.fullmatch(word):
        return word
    if ":" in word and not names.is_person(word):
        return found.account(word, path)
    return names.person(word)


def _check(found: Gathered, group: Sequence[str], path: Path) -> None:
    """Two at least, and none that the notes give to another of them."""
    if len(set(group)) < max(len(group), 2):
        says = "two at least, each once: who is not one person?"
        found.problems.append(Problem(found.source.value(*path), says))
    for person in group:
        for login in found.logins.get(person, ()):
            if login in group:
                says = f"your notes give this login to {person} too; take it out here or there"
                found.problems.append(Problem(found.source.value(*path, group.index(login)), says))
