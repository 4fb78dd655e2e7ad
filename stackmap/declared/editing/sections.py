"""Where a section that is not there yet belongs: in the order of the template, examples left alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from stackmap.declared.editing.places import Entry, Spot, line_end, line_start

__all__ = ["SECTIONS", "SectionPlace", "section_places"]

SECTIONS = (
    "people",
    "teams",
    "domains",
    "apart",
    "accounts",
    "systems",
    "links",
    "things",
    "departures",
    "facts",
    "accepted",
)
"""The sections of stack.yaml, in the order of its template."""


@dataclass(frozen=True, slots=True)
class SectionPlace:
    """The start of the line before which a section goes, and the blank lines that go with it."""

    at: int
    blank_above: int = 0
    blank_below: int = 0


def section_places(text: str, root: Spot | None, name: str) -> Iterator[SectionPlace]:
    """Where a section may go, the best first: below its commented-out example, behind the one before it, before the
    first that comes later, at the end.
    """
    sections = root.entries if root else {}
    if (at := _below_example(text, name)) is not None:
        yield SectionPlace(at)
    before = _order(name)
    earlier = [entry for key, entry in sections.items() if _order(key) < before]
    if earlier:
        yield _behind(text, max(earlier, key=lambda entry: entry.start))
    elif sections:
        at = _above(text, min(sections.values(), key=lambda entry: entry.start))
        if at:
            yield SectionPlace(at, blank_below=1)
    yield SectionPlace(len(text), blank_above=int(bool(text.strip()) and not _ends_blank(text)))


def _order(name: str | int) -> int:
    return SECTIONS.index(name) if name in SECTIONS else len(SECTIONS)


def _below_example(text: str, name: str) -> int | None:
    found = re.search(rf"^# ?{re.escape(name)}:[ \t]*$", text.replace("\r", " "), re.MULTILINE)
    if found is None:
        return None
    at = line_end(text, found.start())
    while text.startswith("#", at):
        at = line_end(text, at)
    return at


def _behind(text: str, entry: Entry) -> SectionPlace:
    at = line_end(text, entry.spot.end)
    while re.match(r"[ \t]+#", text[at : line_end(text, at)]):
        at = line_end(text, at)
    followed_closely = bool(text[at : line_end(text, at)].strip())
    return SectionPlace(at, blank_above=int(not followed_closely))


def _above(text: str, entry: Entry) -> int:
    """The start of the comment that leads up to a section, or of the section."""
    at = line_start(text, entry.start)
    while at and text.startswith("#", above := line_start(text, _break_before(text, at))):
        at = above
    return at


def _break_before(text: str, at: int) -> int:
    return at - 2 if text.startswith("\r\n", at - 2) else at - 1


def _ends_blank(text: str) -> bool:
    lines = text.splitlines()
    return bool(lines) and not lines[-1].strip()
