"""What the YAML reader complains of, in words for people who never learned YAML."""

from __future__ import annotations

import re

from ruamel.yaml.error import MarkedYAMLError, StreamMark

from stackmap.declared.written import Place, Problem

__all__ = ["yaml_problem"]

_NO_COLON_HERE = "mapping values are not allowed here"
_ENTRY = re.compile(r"^[\s-]*[^\s#'\"][^#]*?:(\s|$)")

_AT_THE_START = (
    ("found unexpected end of stream", "this quote is opened and never closed"),
    ("expected ',' or ']'", "this bracket [ is opened and not closed, or a comma is missing behind it"),
    ("expected ',' or '}'", "this bracket { is opened and not closed, or a comma is missing behind it"),
)
"""What is best shown where it began, not where the reader noticed."""

_WHERE_NOTICED = (
    ("duplicate key", "this key stands here a second time; keep one of them"),
    ("'\\t'", "a tab; indent with blanks"),
    ("but found '<scalar>'", "text goes on after a closing quote: put the whole text in quotes (double those inside)"),
    ("expected <block end>", "check the indent of this line: it fits none of the lines above"),
    ("sequence entries are not allowed", "a list's first `- ` belongs on a line of its own, below the key"),
    ("but found '<stream end>'", "the file ends too early: a bracket is not closed"),
    ("found another document", "a second document (---) begins here; a file holds one"),
    ("undefined alias", "a text that starts with * needs quotes"),
    ("expected alphabetic or numeric", "a text that starts with & or * needs quotes"),
    ("expected escape sequence", "a backslash inside double quotes means something else: use single quotes"),
    ("unknown escape", "a backslash inside double quotes means something else: use single quotes"),
    ("expected a comment or a line break", "a text that starts with > or | needs quotes"),
)

_BAD_START = re.compile(r"character '(.+)' that cannot start")
_BAD_BRACKET = re.compile(r"but found '([\]},])'")


def yaml_problem(error: MarkedYAMLError, text: str) -> Problem:
    """The mistake that stopped the reader: where, and what to do about it."""
    said = str(error.problem or error.context or "").strip()
    for needle, words in _AT_THE_START:
        if needle in said:
            return Problem(_place(error.context_mark or error.problem_mark), words)
    place = _place(error.problem_mark or error.context_mark)
    return Problem(place, _words(said, text.splitlines(), place))


def _place(mark: StreamMark | None) -> Place:
    return Place(mark.line + 1, mark.column + 1) if mark is not None else Place(1)


def _words(said: str, lines: list[str], place: Place) -> str:
    if _NO_COLON_HERE in said:
        return _about_a_colon(lines, place)
    for needle, words in _WHERE_NOTICED:
        if needle in said:
            return words
    if found := _BAD_START.search(said):
        return f"a text that starts with {found[1]} needs quotes"
    if found := _BAD_BRACKET.search(said):
        return f"{found[1]} stands where a value should: a bracket too many, or a text that needs quotes"
    return f"no YAML: {said or 'it cannot be read'}"


def _about_a_colon(lines: list[str], place: Place) -> str:
    """A colon where none may be: within a text, below a text, or after a line that lacks its own."""
    before = [line for line in lines[: place.line - 1] if line.strip() and not line.lstrip().startswith("#")]
    if place.line <= len(lines) and _ENTRY.match(lines[place.line - 1][: place.column - 1]):
        return "a colon inside a text: put the text in quotes"
    if before and not _ENTRY.match(before[-1]):
        return "the line above lacks its colon (`key: value`, or `key:` with lines below it)"
    return "check the indent of this line: the line above has a value already, so nothing can stand below it"
