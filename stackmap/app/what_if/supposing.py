"""A reading as it would be: with sentences supposed, or on a day to come. Nothing of it is stored."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from stackmap.analysis.what_if.applying import apply_changes
from stackmap.analysis.what_if.changes import Added, Change, Switched
from stackmap.analysis.what_if.endings import ended, endings
from stackmap.analysis.what_if.supposed import Supposed
from stackmap.app.opening import Behind, Reading
from stackmap.app.pseudonyms.reading import Pseudonyms
from stackmap.app.what_if.meaning import meaning_of
from stackmap.app.what_if.meant import Meant
from stackmap.errors import UsageError
from stackmap.model import build_graph
from stackmap.render.words import full_day

__all__ = ["on_day", "suppose", "with_changes"]


def suppose(reading: Reading, sentences: Iterable[str]) -> Reading:
    """The reading with these sentences taken for true, each on top of those before it.

    Raises UsageError for a sentence that cannot be read, and for a name that fits nothing or several. Where the
    reading has stand-ins, names are the real ones, and the error says only which sentence it was.
    """
    texts = list(sentences)
    if not texts:
        return reading
    if reading.behind is None:
        return _sentences_supposed(reading, texts)[0]
    return _under_stand_ins(reading, reading.behind, texts)


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


def with_changes(reading: Reading, changes: Sequence[Change], supposed: Supposed) -> Reading:
    """The reading after these changes, told as `supposed`."""
    facts = apply_changes(reading.identity.facts, changes) if changes else reading.identity.facts
    stack = replace(reading.stack, graph=build_graph(facts, reading.coverage)) if changes else reading.stack
    return replace(reading, identity=replace(reading.identity, facts=facts), stack=stack, supposed=supposed)


def _sentences_supposed(
    before: Reading, texts: Iterable[str], *, hushed: bool = False
) -> tuple[Reading, tuple[Change, ...]]:
    """The reading with all sentences, and their changes: of what was read each time, so that what a later sentence
    takes back is as it was. `hushed`: what is wrong is told without names.
    """
    reading, changes = before, list[Change]()
    for number, text in enumerate(texts, start=1):
        meant = _meaning_by_number(reading, text, number) if hushed else meaning_of(reading, text)
        changes += meant.changes
        told = replace(reading.supposed, suppositions=(*reading.supposed.suppositions, meant.told))
        reading = with_changes(before, changes, told)
    return reading, tuple(changes)


def _meaning_by_number(reading: Reading, text: str, number: int) -> Meant:
    try:
        return meaning_of(reading, text)
    except UsageError:
        raise UsageError(
            f"sentence {number} of --with and --scenario cannot be read, or a name in it fits nothing here or more "
            "than one; name ids, or see what is wrong without --pseudonymise"
        ) from None


def _under_stand_ins(reading: Reading, behind: Behind, texts: Iterable[str]) -> Reading:
    """Names are looked up behind the stand-ins; what they come to is changed before them too, id by id."""
    real, changes = _sentences_supposed(behind.reading, texts, hushed=True)
    names = behind.pseudonyms
    told = tuple(
        replace(one, subject=names.id(one.subject), object=one.object and names.id(one.object), by=_ids(names, one.by))
        for one in real.supposed.suppositions
    )
    supposed = replace(reading.supposed, suppositions=told)
    changed = with_changes(reading, [_disguised(names, change) for change in changes], supposed)
    return replace(changed, behind=replace(behind, reading=real))


def _ids(names: Pseudonyms, ids: Iterable[str]) -> tuple[str, ...]:
    return tuple(map(names.id, ids))


def _disguised(names: Pseudonyms, change: Change) -> Change:
    """The same change of what stands before the stand-ins."""
    if isinstance(change, Added):
        return Added(names.fact(change.fact))
    if isinstance(change, Switched):
        return replace(change, node=names.id(change.node))
    return replace(change, source=names.id(change.source), target=names.id(change.target))
