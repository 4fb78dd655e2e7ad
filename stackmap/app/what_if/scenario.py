"""Scenarios: files of sentences, one a line."""

from __future__ import annotations

import re
from collections.abc import Iterator

from stackmap.app.what_if.sentences import Said, masked
from stackmap.errors import UsageError
from stackmap.render.guards import plain

__all__ = ["lines_in", "sentences_in"]

_COMMENT = re.compile(r"(?:^|\s)#(?=\s|$)")
"""Within a line only between spaces: names have numbers like #12."""


def sentences_in(text: str, file: str) -> list[Said]:
    """The sentences of a scenario with their places; `file` is what it is called in errors.

    A line that begins with # is a comment, and so is what follows a # between spaces outside quotation marks. Raises
    UsageError where nothing else is there: an answer must not look as if something had been supposed.
    """
    found = list(lines_in(text, file))
    if not found:
        raise UsageError(
            f"{plain(file)} says nothing: it is empty, or all of it is comments. One sentence a line, please"
        )
    return found


def lines_in(text: str, file: str) -> Iterator[Said]:
    """The lines of a list with their places, without empty ones and comments."""
    for number, line in enumerate(text.removeprefix("\ufeff").splitlines(), start=1):
        comment = _COMMENT.search(masked(line))
        said = (line[: comment.start()] if comment else line).strip()
        if said and not said.startswith("#"):
            yield Said(said, file, number)
