"""What erasing somebody does to the answers: tried out on the latest reading before anything is erased."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from stackmap.app.garbage import collector_paused
from stackmap.app.opening import Reading, open_reading, reading_with
from stackmap.app.people.erasing import Erasure
from stackmap.app.people.seen import line_of
from stackmap.app.workspace import Workspace
from stackmap.model import Edge, Finding, Node
from stackmap.rules import Case, Verdicts, evaluate
from stackmap.rules.left_behind import left_behind

__all__ = ["Aftermath", "TornLine", "aftermath"]


@dataclass(frozen=True, slots=True, order=True)
class TornLine:
    """A line of your notes that names something by an id or an address that goes; `now` is the id it has afterwards."""

    line: int
    now: str


@dataclass(frozen=True, slots=True)
class Aftermath:
    """What nobody would find any more.

    `still_open`: findings that are there because the person has left. `unjudged`: there may be more of them, for not
    all could be read. `lost`: other findings that `check` has today and would not have then, while your notes are as
    they are. `torn`: lines of your notes that would meet nothing.
    """

    still_open: tuple[Finding, ...] = ()
    unjudged: bool = False
    lost: tuple[Finding, ...] = ()
    torn: tuple[TornLine, ...] = ()


def aftermath(workspace: Workspace, erasure: Erasure) -> Aftermath:
    """Compare the latest reading with what would be left of it, both with your notes as they are now."""
    before = open_reading(workspace)
    with collector_paused():
        after = _erased(before, erasure)
        found, left = _verdicts(before), _verdicts(after)
        behind = left_behind(Case(before.analysis(), before.policy), before.stack.people, found)
    mine = [one for person, one in behind.items() if person in erasure.what.people]
    still_open = tuple(dict.fromkeys(finding for one in mine for finding in one.findings))
    kept = {(finding.code, finding.subject) for finding in left.findings}
    ids = erasure.what.pseudonyms.ids
    lost = tuple(
        finding
        for finding in found.findings
        if finding not in still_open and (finding.code, ids.get(finding.subject, finding.subject)) not in kept
    )
    return Aftermath(
        still_open, any(one.not_evaluated for one in mine), lost, tuple(sorted(set(_torn(before, after, erasure))))
    )


def _erased(reading: Reading, erasure: Erasure) -> Reading:
    what, old = erasure.what, reading.snapshot
    facts = tuple(left for fact in old.facts if (left := what.fact(fact)) is not None)
    known = {key: person for key, person in old.person_ids.items() if not what.forgets(key, person)}
    snapshot = replace(old, facts=facts, person_ids=known)
    return reading_with(snapshot, reading.manifest, reading.sources, reading.stack.as_of)


def _verdicts(reading: Reading) -> Verdicts:
    return evaluate(Case(reading.analysis(), reading.policy))


def _torn(before: Reading, after: Reading, erasure: Erasure) -> Iterator[TornLine]:
    """The lines that speak of the person themselves are not among them: those are to be taken out."""
    what = erasure.what
    read = {fact.id for fact in before.snapshot.facts if isinstance(fact, Node)}
    for written, lines in _noted(before):
        meant = before.identity.aliases.get(written, written)
        now = what.pseudonyms.ids.get(meant, meant)
        reached = after.identity.aliases.get(written, written)
        if meant in read and meant not in what.people and reached not in {now, after.identity.aliases.get(now, now)}:
            yield from (TornLine(line, now) for line in lines)


def _noted(reading: Reading) -> Iterator[tuple[str, Iterable[int]]]:
    """Every id in your notes, with the lines in which it stands: a fact with evidence of its own does not tell."""
    text = reading.manifest.text.splitlines()
    for fact in reading.manifest.facts:
        told = set(filter(None, map(line_of, fact.evidence)))
        for written in (fact.source, fact.target) if isinstance(fact, Edge) else (fact.id,):
            yield written, {number for number, said in enumerate(text, start=1) if written in said} or told
