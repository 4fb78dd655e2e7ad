"""Scenarios: files of sentences, one a line."""

from __future__ import annotations

from stackmap.app.lists import Said, lines_in
from stackmap.errors import UsageError
from stackmap.render.guards import plain

__all__ = ["sentences_in"]


def sentences_in(text: str, file: str) -> list[Said]:
    """The sentences of a scenario with their places; `file` is what it is called in errors.

    Raises UsageError where nothing is there but comments: an answer must not look as if something had been supposed.
    """
    found = list(lines_in(text, file))
    if not found:
        raise UsageError(
            f"{plain(file)} says nothing: it is empty, or all of it is comments. One sentence a line, please"
        )
    return found
