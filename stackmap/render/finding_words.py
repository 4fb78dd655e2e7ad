"""What every form of the findings says in the same words: counts, what is broken already, what is clear."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from stackmap.analysis import Loss
from stackmap.model import Acceptance, Certainty, Finding, Outcome, Severity, StackGraph, State
from stackmap.render.chains import chain
from stackmap.render.guards import plain
from stackmap.render.words import counted, full_day
from stackmap.rules import Verdicts, by_code

__all__ = [
    "broken_heading",
    "broken_things",
    "clear",
    "how_sure",
    "reasoned",
    "stale",
    "summary",
    "tally",
]

_BROKEN: Mapping[Outcome, str] = {
    Outcome.STARVES: "runs on old data",
    Outcome.LATER: "stops later",
}
_PERHAPS: Mapping[State | None, str] = {State.STARVES: "may run on old data", State.LATER: "may stop later"}
"""The same by what may be at worst; of the rest "may be broken" is said."""
_UNSURE: Mapping[Certainty, str] = {Certainty.LIKELY: "likely", Certainty.POSSIBLE: "possibly"}


def summary(verdicts: Verdicts) -> str:
    """One sentence: how many open findings, how bad, what is counted apart, how much could not be judged."""
    judged = [finding for finding in verdicts.findings if not by_code[finding.code].about_sight]
    open_ = [finding for finding in judged if finding.accepted is None]
    parts = [counted(len(open_), "open finding") + (f": {tally(open_)}" if open_ else "")]
    apart = list(_apart(verdicts, len(verdicts.findings) - len(judged)))
    if apart:
        parts.append(f"counted apart: {', '.join(apart)}")
    systems = {item.system for item in verdicts.not_evaluated}
    if systems:
        parts.append(f"{counted(len(systems), 'system')} could not be judged in full (below)")
    return " · ".join(parts)


def _apart(verdicts: Verdicts, about_sight: int) -> Iterator[str]:
    accepted = [finding for finding in verdicts.findings if finding.accepted]
    ends = sorted(finding.accepted.until for finding in accepted if finding.accepted)
    if ends:
        first = f"until {full_day(ends[0])}" if len(ends) == 1 else f"the first until {full_day(ends[0])}"
        yield f"{len(ends)} accepted {first}"
    about_sight -= sum(by_code[finding.code].about_sight for finding in accepted)
    if about_sight:
        yield f"{about_sight} about what could not be seen"


def tally(findings: Iterable[Finding]) -> str:
    """Findings by severity, the worst first, and those accepted: "2 critical, 1 high, 1 accepted"."""
    found = list(findings)
    grades = [finding.severity for finding in found if finding.accepted is None]
    counts = [(grades.count(grade), grade.word) for grade in sorted(Severity, reverse=True)]
    counts.append((len(found) - len(grades), "accepted"))
    return ", ".join(f"{number} {word}" for number, word in counts if number) or "none"


def reasoned(finding: Finding) -> str:
    """Why a finding is one, and why its severity is not the rule's own."""
    return f"{finding.because} ({finding.graded})" if finding.graded else finding.because


def broken_heading(verdicts: Verdicts) -> str:
    """What is broken already, in numbers; empty when nothing is."""
    losses = verdicts.broken.departure.already_broken
    return f"Broken already, whoever stays ({len(losses)}{how_sure(losses)})" if losses else ""


def how_sure(losses: Iterable[Loss]) -> str:
    """How many of what is broken are not certain, as a list goes on: ", of them 1 likely"; "" where all are."""
    told = [_sureness(loss) or "perhaps" * (loss.certainty is None) for loss in losses]
    counts = [f"{told.count(word)} {word}" for word in (*_UNSURE.values(), "perhaps") if word in told]
    return f", of them {', '.join(counts)}" if counts else ""


def _sureness(loss: Loss) -> str:
    """How sure a breakage is, where not certain; "" where that is another question."""
    return _UNSURE.get(loss.certainty, "") if loss.certainty is not None else ""


def broken_things(verdicts: Verdicts, graph: StackGraph) -> list[tuple[str, str]]:
    """What is broken already, by name: each thing with its cause, and what to do. Made harmless for a terminal."""
    losses = verdicts.broken.departure.already_broken
    ranked = sorted(losses, key=lambda loss: (graph.name(loss.thing).casefold(), loss.thing))
    return [(_loss(verdicts, graph, loss), plain(verdicts.broken.fixes[loss.thing])) for loss in ranked]


def _loss(verdicts: Verdicts, graph: StackGraph, loss: Loss) -> str:
    name, system = plain(graph.called(loss.thing)), plain(graph.system_name(loss.thing))
    where = f" ({system})" if system and system not in {name, plain(graph.name(loss.thing))} else ""
    if not loss.because:
        return f"{name}{where} does not work, for a reason that was not read"
    causes = [chain(graph, verdicts.broken.departure, loss.thing, cause) for cause in loss.because]
    others = len(set(causes)) - 1
    more = f" (and {others} more)" if others else ""
    return f"{name}{where} {_state(verdicts, loss)}{causes[0]}{more}"


def _state(verdicts: Verdicts, loss: Loss) -> str:
    """What comes before the cause; nothing where a thing certainly stopped, for then the cause says it."""
    unsure = _sureness(loss)
    if loss.outcome is Outcome.STOPS:
        return f"is {unsure} broken: it " if unsure else ""
    if loss.outcome is Outcome.UNKNOWN:
        doubt = "as it may only feed itself" if _hangs_on_itself(verdicts, loss) else "not known for sure"
        return f"{_PERHAPS.get(loss.at_worst, 'may be broken')}, {doubt}: it "
    return f"{unsure} {_BROKEN[loss.outcome]}: it ".lstrip()


def _hangs_on_itself(verdicts: Verdicts, loss: Loss) -> bool:
    """Whether a circle of supply makes it doubtful: that was read, but it is not settled who feeds it."""
    circle = next((one.things for one in verdicts.circular if loss.thing in one.things), ())
    return any(cause.node in circle for cause in loss.because[:1])


def clear(verdicts: Verdicts) -> list[str]:
    """Each rule that was judged and has no finding of its own, with the systems; another rule may have one there."""
    systems: dict[str, list[str]] = defaultdict(list)
    for code, system in verdicts.clear:
        systems[code].append(verdicts.systems.get(system, system))
    return [f"{code} {by_code[code].title}: no finding in {_names(names)}" for code, names in sorted(systems.items())]


def _names(systems: Sequence[str]) -> str:
    return ", ".join(sorted(systems, key=lambda name: (name.casefold(), name)))


def stale(verdicts: Verdicts) -> list[str]:
    """Acceptances that match nothing any more."""
    return [_stale(one) for one in verdicts.stale_acceptances]


def _stale(one: Acceptance) -> str:
    return f"{one.code} {one.subject} (until {full_day(one.until)}, {one.owner}: {one.reason})"
