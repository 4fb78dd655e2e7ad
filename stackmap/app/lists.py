"""Lists as people write them, one entry a line: names, odds and sentences are all read by the same rules."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from stackmap.app.people.unclear import shown
from stackmap.errors import UsageError
from stackmap.render.guards import plain

__all__ = ["STANDARD_INPUT", "Said", "called", "lines_in", "masked", "text_of", "unquoted"]

STANDARD_INPUT = Path("-")

_COMMENT = re.compile(r"(?:^|\s)#(?=\s|$)")
"""Within a line only between spaces: names have numbers like #12."""

_QUOTES = {'"': '"', "\u201c": "\u201d", "'": "'"}
_QUOTED = re.compile('"[^"]*"|\u201c[^\u201d]{0,1000}\u201d')  # bounded: a long line may have many that never close


@dataclass(frozen=True, slots=True)
class Said:
    """A line as somebody gave it: on the command line, or as a `line` of a `file`."""

    text: str
    file: str = ""
    line: int = 0

    @property
    def place(self) -> str:
        """The file and the line; "" on the command line."""
        return f"{plain(self.file)}:{self.line}" if self.file else ""

    @property
    def told(self) -> str:
        """The line with its place, as an error begins."""
        where = f"{self.place}: in the line" if self.file else "in the sentence"
        return f"{where} {shown(self.text)}"


def lines_in(text: str, file: str) -> Iterator[Said]:
    """The lines of a list with their places, without empty ones and comments; `file` is what it is called in errors.

    A line that begins with # is a comment, and so is what follows a # between spaces outside double quotation marks.
    """
    for number, line in enumerate(text.removeprefix("\ufeff").splitlines(), start=1):
        comment = _COMMENT.search(masked(line))
        said = (line[: comment.start()] if comment else line).strip()
        if said and not said.startswith("#"):
            yield Said(said, file, number)


def text_of(file: Path, what: str, standard_input: Callable[[], str]) -> str:
    """What stands in a file; "-" is the standard input. Raises UsageError, with `what` it was to be."""
    try:
        return standard_input() if file == STANDARD_INPUT else file.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise UsageError(f"{what} cannot be read: {called(file)} is not text in UTF-8") from error
    except FileNotFoundError as error:
        raise UsageError(f"{what} cannot be read: there is no file {file}") from error
    except (OSError, ValueError) as error:
        why = str(getattr(error, "strerror", None) or error).lower()
        raise UsageError(f"{what} cannot be read: {file}: {why}") from error


def called(file: Path) -> str:
    """What a file is called in errors."""
    return "standard input" if file == STANDARD_INPUT else str(file)


def masked(text: str) -> str:
    """A text of the same length in which nothing of what stands in double quotation marks is left."""
    return _QUOTED.sub(lambda quoted: "\0" * len(quoted[0]), text)


def unquoted(word: str) -> str:
    """A name without quotation marks around it."""
    return word[1:-1].strip() if len(word) > 1 and _QUOTES.get(word[0]) == word[-1] else word
