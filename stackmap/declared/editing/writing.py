"""New words at a place of the text: within brackets, in lines of their own, instead of a value."""

from __future__ import annotations

from collections.abc import Sequence

from stackmap.declared.editing.places import Entry, Spot, line_end, line_start
from stackmap.declared.editing.scalars import flow_safe, scalar

__all__ = ["into_brackets", "into_lines", "replaced", "with_lines", "without", "wrapped_in_brackets"]


def replaced(text: str, spot: Spot, words: str) -> str:
    """Other words for a value, or words for one that was empty."""
    return text[: spot.start] + (" " if spot.empty else "") + words + text[spot.end :]


def into_brackets(text: str, spot: Spot, words: str) -> str:
    """One more in brackets, behind the last there is."""
    at = list(spot.entries.values())[-1].spot.end if spot.entries else spot.start + 1
    return text[:at] + (f", {words}" if spot.entries else words) + text[at:]


def wrapped_in_brackets(text: str, spot: Spot, words: str) -> str:
    """A list of the single value that stands there, and more."""
    written = text[spot.start : spot.end]
    bare = not written.startswith(("'", '"', "&", "!", "|", ">"))
    if bare and any(char in written for char in ",[]{}") and not flow_safe(written):
        written = scalar(written)  # outside brackets it could do without quotes
    return text[: spot.start] + f"[{written}, {words}]" + text[spot.end :]


def into_lines(text: str, spot: Spot, lines: Sequence[str]) -> str:
    """Lines behind the last of a block, and behind the comments that go with it."""
    at = line_end(text, spot.end)
    while _own_comment(text, at, max(spot.column, 1)):
        at = line_end(text, at)
    return with_lines(text, at, lines)


def _own_comment(text: str, at: int, column: int) -> bool:
    line = text[at : line_end(text, at)]
    words = line.lstrip(" ")
    return words.startswith("#") and len(line) - len(words) >= column


def with_lines(text: str, at: int, lines: Sequence[str]) -> str:
    """The text with lines before an index where a line starts. A text without a last line break keeps to that."""
    newline = "\r\n" if "\r\n" in text else "\n"
    if at and text[at - 1] not in "\r\n":
        return text[:at] + newline + newline.join(lines) + text[at:]
    return text[:at] + "".join(line + newline for line in lines) + text[at:]


def without(text: str, above: Spot, entry: Entry) -> str:
    """The text without an entry: its lines, or what it takes up within brackets, one of several there."""
    if not above.shape.flow:
        return text[: line_start(text, entry.start)] + text[line_end(text, entry.spot.end) :]
    entries = list(above.entries.values())
    index = entries.index(entry)
    if index == 0:
        comma = text.find(",", entry.spot.end)
        return text[: entry.start] + text[comma + 1 :].lstrip(" ")
    comma = text.rfind(",", entries[index - 1].spot.end, entry.start)
    return text[:comma] + text[comma + 1 : entry.start].rstrip(" ") + text[entry.spot.end :]
