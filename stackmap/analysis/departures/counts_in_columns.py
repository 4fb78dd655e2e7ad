"""How many things have which outcome when each person leaves alone: many departures at once, each in its column."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, reduce
from operator import or_

from stackmap.analysis.compiling.compiled import CompiledStack
from stackmap.analysis.departures.meanings import ActsOn, Counts, Meanings
from stackmap.analysis.gates.marks import Run, mark_of
from stackmap.analysis.sets.columns import Columns
from stackmap.analysis.sets.tally import Tally
from stackmap.model import Act, Outcome, State

__all__ = ["counts_in_columns"]

_MARKS = {run: [mark_of(run, state) for state in State if state] for run in (Run.POSSIBLE, Run.WORST)}
_LATER, _STARVES, _STOPS = _MARKS[Run.POSSIBLE]

_BITS = 1 << 28
"""As many are kept for each mark at a time: 32 MiB."""


def counts_in_columns(
    compiled: CompiledStack, meanings: Meanings, people: Sequence[str], bits: int = _BITS
) -> Iterator[Counts]:
    """The counts of each person, in the order asked."""
    width = max(64, bits // len(compiled.network.names))
    for first in range(0, len(people), width):
        yield from _Departures(compiled, meanings, people[first : first + width]).counts()


@dataclass(frozen=True, slots=True)
class _GoesOff:
    """In which departures a login goes off by an act, in one run."""

    login: str
    act: Act
    run: Run
    columns: int


class _Departures:
    def __init__(self, compiled: CompiledStack, meanings: Meanings, people: Sequence[str]) -> None:
        self._compiled = compiled
        self._meanings = meanings
        self._width = len(people)
        columns = Columns(compiled.solver, people)
        when = {person: 1 << column for column, person in enumerate(people)}
        self._lost = {mark: columns.lost(mark, when) for marks in _MARKS.values() for mark in marks}

    def counts(self) -> Iterator[Counts]:
        things = self._told(self._rows())
        tokens = self._told(self._token_rows())
        for of_things, of_tokens in zip(things, tokens, strict=True):
            yield Counts(of_things, of_tokens)

    def _told(self, rows: Iterable[tuple[Outcome, int]]) -> Iterator[dict[Outcome, int]]:
        tallies = {outcome: Tally() for outcome in Outcome}
        for outcome, columns in rows:
            tallies[outcome].add(columns)
        told = {outcome: tally.sums(self._width) for outcome, tally in tallies.items()}
        for column in range(self._width):
            yield {outcome: counts[column] for outcome, counts in told.items()}

    def _rows(self) -> Iterator[tuple[Outcome, int]]:
        """Every row of an answer, and in which departures it stands there."""
        for node in self._meanings.things:
            yield from self._chain(node)
        for node, (thing, outcome) in self._meanings.computed.items():
            if columns := self._lost[_STOPS].get(node, 0):
                yield outcome, columns & ~self._stopped(thing)
        for (thing, outcome), columns in self._silent.items():
            if thing not in self._meanings.token_ids:
                yield outcome, columns & ~self._stopped(thing)

    def _token_rows(self) -> Iterator[tuple[Outcome, int]]:
        """The same of tokens that nothing is known to sign in with."""
        for node in self._meanings.tokens:
            yield from self._chain(node)
        for (thing, outcome), columns in self._silent.items():
            if thing in self._meanings.token_ids:
                yield outcome, columns & ~self._stopped(thing) & ~self._worse(thing)

    def _chain(self, node: int) -> Iterator[tuple[Outcome, int]]:
        stops, starves, later = (self._lost[mark].get(node, 0) for mark in (_STOPS, _STARVES, _LATER))
        yield Outcome.STOPS, stops
        yield Outcome.STARVES, starves & ~stops
        yield Outcome.LATER, later & ~starves
        yield Outcome.UNKNOWN, self._in_any(node, Run.WORST) & ~self._in_any(node, Run.POSSIBLE)

    def _in_any(self, node: int, run: Run) -> int:
        """The departures that make a node worse."""
        columns = 0
        for mark in _MARKS[run]:
            columns |= self._lost[mark].get(node, 0)
        return columns

    def _stopped(self, thing: str) -> int:
        """The departures in which a thing is proven to stop, from them or before; -1 for all of them."""
        number = self._compiled.network.index.get(thing)
        if number is None:
            return 0
        return -1 if self._compiled.solver.baseline[number] & _STOPS else self._lost[_STOPS].get(number, 0)

    def _worse(self, thing: str) -> int:
        """The departures that make a thing worse, or may."""
        number = self._compiled.network.index.get(thing)
        return 0 if number is None else self._in_any(number, Run.POSSIBLE) | self._in_any(number, Run.WORST)

    @cached_property
    def _silent(self) -> Mapping[tuple[str, Outcome], int]:
        """What is refused, moved or survives: thing and outcome, and in which departures."""
        found: dict[tuple[str, Outcome], int] = {}
        for login in self._meanings.acts:
            going = self._acts(login, Run.POSSIBLE)
            worst = [act for one in (login, *self._meanings.heirs(login)) for act in self._acts(one, Run.WORST)]
            for columns, true in _parted(reduce(or_, (act.columns for act in going), 0), (*going, *worst)):
                acts = [act.act for act in going if act in true]
                for row in self._meanings.silent(login, acts, _told_by(true)):
                    found[row] = found.get(row, 0) | columns
        return found

    def _acts(self, login: str, run: Run) -> list[_GoesOff]:
        """The departures with which a login goes off in a run, act by act. Before anybody leaves none does."""
        acts = self._meanings.acts.get(login, ())
        return [_GoesOff(login, act, run, self._in_any(node, run)) for act, node in acts]


def _told_by(true: Collection[_GoesOff]) -> ActsOn:
    def at_worst(login: str) -> tuple[Act, ...]:
        return tuple(one.act for one in true if one.run is Run.WORST and one.login == login)

    return at_worst


def _parted(columns: int, by: Iterable[_GoesOff]) -> Iterable[tuple[int, Sequence[_GoesOff]]]:
    """Columns in parts in which the same of these holds."""
    parts: list[tuple[int, tuple[_GoesOff, ...]]] = [(columns, ())] if columns else []
    for one in by:
        split = [((part & one.columns, (*true, one)), (part & ~one.columns, true)) for part, true in parts]
        parts = [way for ways in split for way in ways if way[0]]
    return parts
