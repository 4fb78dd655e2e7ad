"""A reading as it would be: with sentences supposed, or on a day to come. Nothing of it is stored."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from stackmap.analysis.what_if.changes import Added, Change, Switched
from stackmap.analysis.what_if.endings import ended, endings
from stackmap.analysis.what_if.supposed import Supposition
from stackmap.app.lists import Said
from stackmap.app.opening import Behind, Reading
from stackmap.app.pseudonyms.reading import Pseudonyms
from stackmap.app.what_if.course import course_of, with_changes
from stackmap.errors import UsageError
from stackmap.render.words import full_day

__all__ = ["on_day", "suppose"]


def suppose(reading: Reading, sentences: Iterable[Said | str]) -> Reading:
    """The reading with these sentences taken for true, each on top of those before it.

    Raises UsageError where sentences cannot be read, or a name in them fits nothing or several: with all that is wrong.
    Where the reading has stand-ins, names are the real ones, and the error says only which sentence it was.
    """
    said = [one if isinstance(one, Said) else Said(one) for one in sentences]
    if not said:
        return reading
    if reading.behind is None:
        supposed = course_of(reading, said).reading()
    else:
        supposed = _under_stand_ins(reading, reading.behind, said)
    return replace(supposed, unsupposed=reading.unsupposed or reading)


def on_day(reading: Reading, day: date) -> Reading:
    """The reading as it would be on a day, by the dates on which keys, consents and logins end.

    Nothing else is guessed. How long something was not used is still judged on the reading's own day: nobody has
    looked since. Raises UsageError for a day before the reading.
    """
    read_on = reading.snapshot.taken_at.date()
    if day < read_on:
        raise UsageError(
            f"{full_day(day)} is before this reading, which is of {full_day(read_on)}: name a later day, or ask an "
            "earlier reading with --snapshot"
        )
    found = endings(reading.stack.graph, day)
    supposed = replace(reading.supposed, on=day, endings=found)
    dated = with_changes(reading, tuple(ended(reading.stack.graph, found)), supposed)
    if reading.behind is None:
        return dated
    return replace(dated, behind=replace(reading.behind, reading=on_day(reading.behind.reading, day)))


def _under_stand_ins(reading: Reading, behind: Behind, said: Sequence[Said]) -> Reading:
    """Names are looked up behind the stand-ins; what they come to is changed before them too, id by id."""
    course = course_of(behind.reading, said, hushed=True)
    names, real = behind.pseudonyms, course.reading()
    told = tuple(_told(names, one) for one in real.supposed.suppositions)
    supposed = replace(reading.supposed, suppositions=told)
    changed = with_changes(reading, [_disguised(names, change) for change in course.changes], supposed)
    return replace(changed, behind=replace(behind, reading=real))


def _told(names: Pseudonyms, one: Supposition) -> Supposition:
    subject, target = names.id(one.subject), one.object and names.id(one.object)
    return replace(one, subject=subject, object=target, by=_ids(names, one.by), beside=_ids(names, one.beside))


def _ids(names: Pseudonyms, ids: Iterable[str]) -> tuple[str, ...]:
    return tuple(map(names.id, ids))


def _disguised(names: Pseudonyms, change: Change) -> Change:
    """The same change of what stands before the stand-ins."""
    if isinstance(change, Added):
        return Added(names.fact(change.fact))
    if isinstance(change, Switched):
        return replace(change, node=names.id(change.node))
    return replace(change, source=names.id(change.source), target=names.id(change.target))
