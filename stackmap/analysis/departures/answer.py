"""What happens to each thing when these people leave together: the answer, row by row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from stackmap.analysis.compiling.compiled import CompiledStack
from stackmap.analysis.compiling.routes import Leaving
from stackmap.analysis.departures.asides import Silent
from stackmap.analysis.departures.partial import Partial, goes_on_with_less
from stackmap.analysis.departures.reasons import Lost, Reasons, Why
from stackmap.analysis.departures.verdict import Verdict
from stackmap.analysis.gates.explain import Cause
from stackmap.analysis.gates.marks import Reading
from stackmap.model import Certainty, Outcome, State

__all__ = ["Analysis", "Departure", "Loss", "Partial", "Row", "Why"]

_CHAIN = frozenset({Outcome.STOPS, Outcome.STARVES, Outcome.LATER, Outcome.UNKNOWN})


@dataclass(frozen=True, slots=True)
class Row:
    """One outcome of one thing.

    `certainty` is None on `unknown`; `at_worst` is the at-worst state where it differs from the proven one (always on
    `unknown`). `alone`: some single leaver brings this row about. `also`: further reasons that bring it about
    still when `because`, and those before them, are mended; only of what is lost or may be. `all_told`: nothing else
    does; False where that was too much to look for.
    """

    thing: str
    outcome: Outcome
    certainty: Certainty | None
    at_worst: State | None
    alone: bool
    because: tuple[Cause, ...]
    because_at_worst: tuple[Cause, ...] | None = None
    also: tuple[tuple[Cause, ...], ...] = ()
    all_told: bool = True


@dataclass(frozen=True, slots=True)
class Loss:
    """A thing that is broken whoever leaves. `outcome` is `unknown` where only the at-worst reading says so.

    `certainty` is None on `unknown`, as in a row.
    """

    thing: str
    outcome: Outcome
    certainty: Certainty | None
    at_worst: State | None
    because: tuple[Cause, ...]


@dataclass(frozen=True, slots=True)
class Departure:
    """The whole answer. Rows are sorted by thing and outcome; `via` explains the nodes on the way.

    `tokens`: rows of tokens that end, or may, and that nothing is known to sign in with; `handed_tokens`: of those that
    change hands. They count nowhere else.
    """

    leavers: tuple[str, ...]
    how: Leaving
    rows: tuple[Row, ...]
    via: Mapping[str, Why]
    partial: tuple[Partial, ...]
    already_broken: tuple[Loss, ...]
    tokens: tuple[Row, ...] = ()
    handed_tokens: tuple[Row, ...] = ()


class Analysis(CompiledStack):
    """One stack under one way of leaving, and the questions about it."""

    def leave(self, people: Iterable[str]) -> Departure:
        """What happens when these people leave together. Unknown ids leave nothing behind and change nothing."""
        verdict = Verdict(self, tuple(sorted(set(people))))
        reasons = Reasons(verdict)
        told = _Rows(verdict, reasons, self._single_outcomes(verdict.people))
        rows = tuple(sorted(told, key=lambda row: (row.thing, row.outcome.value)))
        tokens, handed = tuple(told.tokens()), tuple(told.handed_tokens())
        broken = self._already_broken
        causes = [cause for row in (*rows, *tokens, *handed) for cause in (*row.because, *(row.because_at_worst or ()))]
        causes.extend(cause for row in (*rows, *tokens) for further in row.also for cause in further)
        causes.extend(cause for loss in broken for cause in loss.because)
        explained = {row.thing for row in rows if row.outcome in _CHAIN} | set(verdict.people)
        via = reasons.behind(causes, explained)
        partial = tuple(goes_on_with_less(verdict))
        return Departure(verdict.people, self.how, rows, via, partial, broken, tokens, handed)

    def outcomes(self, people: Iterable[str]) -> set[tuple[str, Outcome]]:
        """Only which thing has which outcome, without certainties and reasons."""
        return _outcomes(Verdict(self, tuple(sorted(set(people)))))

    def _single_outcomes(self, people: tuple[str, ...]) -> set[tuple[str, Outcome]] | None:
        """What some single one of these people brings about; None for one person: everything."""
        if len(people) == 1:
            return None
        alone: set[tuple[str, Outcome]] = set()
        for verdict in (Verdict(self, (person,)) for person in people):
            alone |= _outcomes(verdict) | {(token, outcome) for token, outcome, _, _ in verdict.token_losses()}
            alone |= {(row.thing, row.outcome) for row in verdict.handed_tokens()}
        return alone

    @cached_property
    def _already_broken(self) -> tuple[Loss, ...]:
        """What is broken while nobody leaves, by id."""
        return tuple(self._broken_by_nobody())

    def _broken_by_nobody(self) -> Iterator[Loss]:
        nobody = Verdict(self, ())
        reasons = Reasons(nobody)
        names, baseline = self.network.names, self.solver.baseline
        fallen = {name for name, marks in zip(names, baseline, strict=True) if marks}
        for thing in sorted(fallen & self.counted.keys()):
            proven, worst = nobody.state(thing), nobody.state(thing, Reading.WORST)
            if proven:
                at_worst = worst if worst is not proven else None
                grade = nobody.grade(thing, proven)
                because = reasons.because_of(thing, proven, Reading.PROVEN, grade)
                yield Loss(thing, proven.outcome, grade, at_worst, because)
            elif worst:
                yield Loss(thing, Outcome.UNKNOWN, None, worst, reasons.because_of(thing, worst, Reading.WORST))


def _outcomes(verdict: Verdict) -> set[tuple[str, Outcome]]:
    chain = {(thing, outcome) for thing, outcome, _, _ in verdict.losses()}
    computed = {(thing, outcome) for thing, outcome, _ in verdict.care_losses()}
    return chain | computed | {(row.thing, row.outcome) for row in verdict.silent()}


class _Rows:
    """The rows of one departure, unsorted."""

    def __init__(self, verdict: Verdict, reasons: Reasons, single: set[tuple[str, Outcome]] | None) -> None:
        self._verdict = verdict
        self._reasons = reasons
        self._single = single

    def __iter__(self) -> Iterator[Row]:
        yield from self._chain(self._verdict.losses())
        yield from self._computed()
        yield from self._silent(self._verdict.silent())

    def tokens(self) -> Iterator[Row]:
        """The rows of tokens that nothing is known to sign in with, by id."""
        return self._chain(self._verdict.token_losses())

    def handed_tokens(self) -> Iterator[Row]:
        """The rows of those of them that change hands, by id."""
        return iter(sorted(self._silent(self._verdict.handed_tokens()), key=lambda row: row.thing))

    def _alone(self, thing: str, outcome: Outcome) -> bool:
        return self._single is None or (thing, outcome) in self._single

    def _chain(self, losses: Iterable[tuple[str, Outcome, State, State | None]]) -> Iterator[Row]:
        rows, asked = list[Row](), list[Lost]()
        for thing, outcome, state, at_worst in losses:
            alone = self._alone(thing, outcome)
            worst = self._reasons.because_of(thing, at_worst or State.WORKS, Reading.WORST)
            if outcome is Outcome.UNKNOWN:
                rows.append(Row(thing, outcome, None, at_worst, alone, worst))
                asked.append(Lost(thing, at_worst or State.WORKS, Reading.WORST, worst))
            else:
                grade = self._verdict.grade(thing, state)
                because = self._reasons.because_of(thing, state, Reading.PROVEN, grade)
                at_most = worst if at_worst is not None else None
                rows.append(Row(thing, outcome, grade, at_worst, alone, because, at_most))
                asked.append(Lost(thing, state, Reading.PROVEN, because))
        for row, also in zip(rows, self._reasons.also(asked), strict=True):
            yield replace(row, also=also.reasons, all_told=also.whole) if also.reasons or not also.whole else row

    def _computed(self) -> Iterator[Row]:
        for thing, outcome, node in self._verdict.care_losses():
            grade = self._verdict.grade(node, State.STOPS)
            because = self._reasons.because((node,), State.STOPS, Reading.PROVEN, grade)
            yield Row(thing, outcome, grade, None, self._alone(thing, outcome), because)

    def _silent(self, found: Iterable[Silent]) -> Iterator[Row]:
        """One row for each thing and word: of several, the surest."""
        best: dict[tuple[str, Outcome], tuple[Certainty, Silent]] = {}
        for silent in found:
            grade = min(silent.certainty, self._verdict.grade(silent.gone, State.STOPS))
            key = (silent.thing, silent.outcome)
            if key not in best or grade > best[key][0]:
                best[key] = grade, silent
        for (thing, outcome), (grade, silent) in best.items():
            yield Row(thing, outcome, grade, None, self._alone(thing, outcome), silent.because)
