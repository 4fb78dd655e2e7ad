"""How many things have which outcome when each person leaves alone: one departure after the other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from stackmap.analysis.compiling.compiled import CompiledStack
from stackmap.analysis.departures.meanings import Counts, Meanings
from stackmap.analysis.gates.marks import RUN_MARKS, Run, mark_of, state_of
from stackmap.model import Act, Outcome, State

__all__ = ["counts_in_turn"]

_PROVEN = RUN_MARKS[Run.POSSIBLE]
_WORST = RUN_MARKS[Run.WORST]
_STOPPED = mark_of(Run.POSSIBLE, State.STOPS)


def counts_in_turn(
    compiled: CompiledStack, meanings: Meanings, departures: Iterable[Mapping[int, int]]
) -> Iterator[Counts]:
    """The counts of each departure, given the marks that nodes gain by it (`Solver.leaving`)."""
    for gained in departures:
        yield _Departure(compiled, meanings, gained).counts()


def _outcome(gained: int) -> Outcome | None:
    """What a thing that gained these marks is told as, in the chain."""
    proven = state_of(gained, Run.POSSIBLE)
    if proven:
        return proven.outcome
    return Outcome.UNKNOWN if gained & _WORST else None


_OUTCOMES = tuple(map(_outcome, range((_WORST | _PROVEN) + 1)))


class _Departure:
    def __init__(self, compiled: CompiledStack, meanings: Meanings, gained: Mapping[int, int]) -> None:
        self._compiled = compiled
        self._meanings = meanings
        self._gained = gained

    def counts(self) -> Counts:
        counts = Counts(dict.fromkeys(Outcome, 0), dict.fromkeys(Outcome, 0))
        meanings = self._meanings
        acts: dict[str, set[Act]] = {}
        for node, gained in self._gained.items():
            if node in meanings.things:
                if outcome := _OUTCOMES[gained & (_WORST | _PROVEN)]:
                    counts.things[outcome] += 1
            elif gained & _PROVEN and (went := meanings.logins.get(node)):
                acts.setdefault(went[1], set()).add(went[0])
            elif gained & _STOPPED and (told := meanings.computed.get(node)):
                counts.things[told[1]] += not self._stopped(told[0])
            elif node in meanings.tokens and (outcome := _OUTCOMES[gained & (_WORST | _PROVEN)]):
                counts.tokens[outcome] += 1
        for thing, outcome in self._silent(acts):
            if thing not in meanings.token_ids:
                counts.things[outcome] += 1
            elif not self._gained_by(thing) & (_WORST | _PROVEN):
                counts.tokens[outcome] += 1
        return counts

    def _silent(self, acts: Mapping[str, set[Act]]) -> set[tuple[str, Outcome]]:
        rows = (row for login in acts for row in self._meanings.silent(login, acts[login], self._at_worst))
        return {(thing, outcome) for thing, outcome in rows if not self._stopped(thing)}

    def _gained_by(self, thing: str) -> int:
        number = self._compiled.network.index.get(thing)
        return 0 if number is None else self._gained.get(number, 0)

    def _at_worst(self, login: str) -> tuple[Act, ...]:
        return tuple(act for act, node in self._meanings.acts.get(login, ()) if self._marks(node) & _WORST)

    def _stopped(self, thing: str) -> bool:
        number = self._compiled.network.index.get(thing)
        return number is not None and bool(self._marks(number) & _STOPPED)

    def _marks(self, node: int) -> int:
        return self._compiled.solver.baseline[node] | self._gained.get(node, 0)
