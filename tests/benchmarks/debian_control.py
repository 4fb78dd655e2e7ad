"""Debian's own notation: stanzas of fields, versions and their order, alternatives of a dependency.

After the Debian Policy Manual, chapters 5 (control files and their fields) and 7 (relations between packages), and
deb-version(7). Only what the indices of an archive hold is read; whatever else stands there is refused.
"""

from __future__ import annotations

import gzip
import lzma
import operator
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TextIO, TypeAlias

__all__ = ["Relation", "Stanza", "alternatives", "clauses", "read_stanzas", "version_key"]

Stanza: TypeAlias = Mapping[str, str]
"""The fields of one paragraph by name, in small letters; a field that goes on keeps its line breaks."""

VersionKey: TypeAlias = tuple[object, ...]

_RELATION = re.compile(
    r"(?P<name>[a-zA-Z0-9][a-zA-Z0-9+.-]*)(?::(?P<architecture>[a-z0-9-]+))?"
    r"(?:\s*\(\s*(?P<comparison><<|<=|=|>=|>>)\s*(?P<version>[^\s()]+)\s*\))?"
)
_VERSION_PARTS = re.compile(r"(\D*)(\d*)", re.ASCII)
_COMPARISONS: Mapping[str, Callable[[VersionKey, VersionKey], bool]] = {
    "<<": operator.lt,
    "<=": operator.le,
    "=": operator.eq,
    ">=": operator.ge,
    ">>": operator.gt,
}


@dataclass(frozen=True, slots=True)
class Relation:
    """One alternative of a dependency, or one thing that a package provides. What is not stated is empty."""

    name: str
    architecture: str = ""
    comparison: str = ""
    version: str = ""

    def allows(self, version: str) -> bool:
        """Whether that version will do. A name without any version does only where none is asked for."""
        if not self.comparison:
            return True
        return bool(version) and _COMPARISONS[self.comparison](version_key(version), version_key(self.version))


def read_stanzas(path: Path, fields: Collection[str]) -> Iterator[Stanza]:
    """The stanzas of an index (plain, gzip or xz), each with those of its fields, named in small letters.

    Raises ValueError, naming the line, for one that is no field, and for one of those fields twice in a stanza.
    """
    with _opened(path) as lines:
        found: dict[str, str] = {}
        name = ""
        for number, line in enumerate(lines, start=1):
            if line.isspace():
                if found:
                    yield found
                found, name = {}, ""
            elif line[0] in " \t" and name:
                if name in found:
                    found[name] += "\n" + line.strip()
            else:
                name, colon, text = line.partition(":")
                name = name.lower()
                if not colon or not name or name[0] in " \t" or name in found:
                    raise ValueError(f"{path.name}, line {number}: no field, or one that was there before")
                if name in fields:
                    found[name] = text.strip()
        if found:
            yield found


def _opened(path: Path) -> TextIO:
    with path.open("rb") as file:
        first = file.read(6)
    if first.startswith(b"\x1f\x8b"):
        return gzip.open(path, "rt", encoding="utf-8")
    if first == b"\xfd7zXZ\x00":
        return lzma.open(path, "rt", encoding="utf-8")
    return path.open(encoding="utf-8")


def clauses(field: str) -> list[str]:
    """What a field of relations lists: each has to be met."""
    return [clause for part in field.split(",") if (clause := " ".join(part.split()))]


def alternatives(clause: str) -> tuple[Relation, ...]:
    """What meets one clause: any of these. Raises ValueError for anything that is not written like that."""
    return tuple(_relation(text.strip(), clause) for text in clause.split("|"))


def _relation(text: str, clause: str) -> Relation:
    read = _RELATION.fullmatch(text)
    if read is None:
        raise ValueError(f"not a relation between packages: {clause}")
    return Relation(**read.groupdict(default=""))


@cache
def version_key(version: str) -> VersionKey:
    """Sorts as Debian orders versions: epoch, then the upstream version, then the revision."""
    epoch, colon, rest = version.partition(":")
    if not colon:
        epoch, rest = "0", version
    upstream, dash, revision = rest.rpartition("-")
    if not dash:
        upstream, revision = rest, ""
    return int(epoch), _part_key(upstream), _part_key(revision or "0")


def _part_key(part: str) -> VersionKey:
    """Text and numbers in turn. The last piece is always an empty one, so that `1.0~` comes before `1.0`."""
    return tuple(
        piece for text, digits in _VERSION_PARTS.findall(part) for piece in ((*map(_weight, text), 0), int(digits or 0))
    )


def _weight(sign: str) -> int:
    """A tilde comes before the end of the text, which is 0, letters come before every other sign."""
    if sign == "~":
        return -1
    return ord(sign) if sign.isalpha() else ord(sign) + 256
