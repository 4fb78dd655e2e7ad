"""Text that people wrote: decoded strictly, and complained about with line and column."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from stackmap.errors import ConfigError

__all__ = ["MAX_PROBLEMS", "Place", "Problem", "complain", "decode", "nearest", "read_text"]

MAX_PROBLEMS = 20
"""How many mistakes of one file are listed; the rest are counted."""

_MAX_BYTES = 5_000_000
_FOREIGN_MARKS = {b"\xff\xfe": "UTF-16", b"\xfe\xff": "UTF-16"}


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A position in a file; both count from 1."""

    line: int
    column: int = 1


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One mistake: where, and what, without repeating a value that might be secret."""

    place: Place
    says: str


def complain(name: str, problems: Iterable[Problem]) -> ConfigError:
    """The error that lists a file's mistakes in order, one a line."""
    ordered = sorted(set(problems))
    lines = [
        f"{name}, line {problem.place.line}, column {problem.place.column}: {problem.says}"
        for problem in ordered[:MAX_PROBLEMS]
    ]
    if len(ordered) > MAX_PROBLEMS:
        lines.append(f"{name}: and {len(ordered) - MAX_PROBLEMS} more")
    return ConfigError("\n".join(lines))


def nearest(word: str, known: Iterable[str]) -> str:
    """`; did you mean 'x'?`, or "" when nothing known comes near."""
    by_folded = {candidate.casefold(): candidate for candidate in sorted(known)}
    found = difflib.get_close_matches(word.casefold(), by_folded, n=1, cutoff=0.6)
    return f"; did you mean {by_folded[found[0]]!r}?" if found else ""


def read_text(path: Path) -> str:
    """The text of a file. Raises ConfigError when it is missing, too large or no UTF-8."""
    try:
        with path.open("rb") as file:
            content = file.read(_MAX_BYTES + 1)
    except OSError as error:
        raise ConfigError(f"{path.name} cannot be read: {error.strerror or error}") from error
    return decode(content, path.name)


def decode(content: bytes, name: str) -> str:
    """UTF-8 to text, without a byte order mark. Raises ConfigError naming the line of what is not text."""
    if len(content) > _MAX_BYTES:
        raise ConfigError(f"{name} is larger than {_MAX_BYTES // 1_000_000} MB; nobody wrote that by hand")
    for mark, encoding in _FOREIGN_MARKS.items():
        if content.startswith(mark):
            raise ConfigError(f"{name}, line 1: it is saved as {encoding}; save it as UTF-8")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _at(content[: error.start], name, "not UTF-8; save the file as UTF-8") from error
    for index, char in enumerate(text):
        if (char < " " and char not in "\t\n\r") or char == "\x7f":
            raise _at(text[:index].encode(), name, f"a control character (U+{ord(char):04X}); remove it")
    return text


def _at(before: bytes, name: str, says: str) -> ConfigError:
    lines: Sequence[bytes] = before.split(b"\n")
    column = len(lines[-1].decode("utf-8-sig", errors="replace")) + 1
    return complain(name, [Problem(Place(len(lines), column), says)])
