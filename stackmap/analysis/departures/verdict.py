"""The states after a departure, in both readings, and which of them are news."""

from __future__ import annotations

from collections.abc import Iterator, Set

from stackmap.analysis.compiling.compiled import CompiledStack
from stackmap.analysis.compiling.routes import place_of
from stackmap.analysis.departures.asides import Silent, silent_rows
from stackmap.analysis.gates.marks import RUN_MARKS, Reading, Run, run_of, state_of
from stackmap.analysis.gates.network import gone, word_of
from stackmap.model import Act, Certainty, Outcome, State

__all__ = ["Verdict"]

_STRONGEST_FIRST = tuple(sorted(Certainty, reverse=True))
_TOLD = RUN_MARKS[Run.WORST] | RUN_MARKS[Run.POSSIBLE]


class Verdict:
    """What these people's leaving changes, each reading against its own baseline (semantics, rules 23 to 25)."""

    def __init__(self, compiled: CompiledStack, people: tuple[str, ...]) -> None:
        self.compiled = compiled
        self.people = people
        self._gained = compiled.solver.leaving(people)

    def state(self, name: str, reading: Reading = Reading.PROVEN) -> State:
        """The state of a network node after these people left."""
        return state_of(self._marks(name), run_of(reading))

    def before(self, name: str, reading: Reading = Reading.PROVEN) -> State:
        """The state of a network node while nobody left."""
        return self.compiled.solver.state(name, run_of(reading))

    def newly(self, name: str, reading: Reading = Reading.PROVEN) -> bool:
        """Whether leaving made a node worse."""
        number = self.compiled.network.index.get(name)
        return number is not None and bool(self._gained.get(number, 0) & RUN_MARKS[run_of(reading)])

    def _marks(self, name: str) -> int:
        number = self.compiled.network.index.get(name)
        return 0 if number is None else self.compiled.solver.baseline[number] | self._gained.get(number, 0)

    def names(self, node_id: str) -> tuple[str, ...]:
        """The network nodes that together stand for a node of the stack; none where nothing hangs on it."""
        index, place = self.compiled.network.index, place_of(self.compiled.stack, node_id)
        standing = (node_id, *((place,) if place != node_id else ()), *(gone(act, node_id) for act in Act))
        return tuple([name for name in standing if name in index])

    def grade(self, name: str, state: State) -> Certainty:
        """The strongest grade at which a proven loss still holds when weaker edges pass nothing.

        Also of what was lost before anybody left.
        """
        marks = self._marks(name)
        holds = (grade for grade in _STRONGEST_FIRST if state_of(marks, run_of(Reading.PROVEN, grade)) >= state)
        return next(holds, Certainty.POSSIBLE)

    def losses(self) -> Iterator[tuple[str, Outcome, State, State | None]]:
        """Things that got worse: thing, outcome, the state it then has, and the at-worst state where it differs."""
        return self._lost(self.compiled.counted.keys())

    def token_losses(self) -> Iterator[tuple[str, Outcome, State, State | None]]:
        """The same of tokens that nothing is known to sign in with."""
        return self._lost(self.compiled.loose_tokens)

    def _lost(self, among: Set[str]) -> Iterator[tuple[str, Outcome, State, State | None]]:
        names = self.compiled.network.names
        touched = {names[number] for number, gained in self._gained.items() if gained & _TOLD}
        for node in sorted(touched & among):
            proven, worst = self.state(node), self.state(node, Reading.WORST)
            if self.newly(node):
                yield node, proven.outcome, proven, worst if worst != proven else None
            else:
                yield node, Outcome.UNKNOWN, worst, worst

    def care_losses(self) -> Iterator[tuple[str, Outcome, str]]:
        """Things that nobody is left to care for, or whose alarms reach nobody, and the node that says so.

        None beside a proven stop.
        """
        for name in self.fallen():
            word, thing = word_of(name)
            if thing not in self.compiled.counted or self.state(thing) is State.STOPS:
                continue
            if self.state(name) is not State.STOPS:
                continue
            if word == "notice":
                yield thing, Outcome.MUTED, name
            elif word == "care" and any(carer.sure for carer in self.compiled.care.carers(thing)):
                yield thing, Outcome.UNOWNED, name

    def silent(self) -> Iterator[Silent]:
        """What the platform refuses, moves or documents to survive; none beside a proven stop."""
        return self._silent(self.compiled.counted.keys())

    def handed_tokens(self) -> Iterator[Silent]:
        """Tokens that change hands and nothing else, while nothing is known to sign in with them."""
        lost = {token for token, *_ in self.token_losses()}
        rows = self._silent(self.compiled.loose_tokens)
        return (row for row in rows if row.outcome is Outcome.MOVED and row.thing not in lost)

    def _silent(self, among: Set[str]) -> Iterator[Silent]:
        for row in silent_rows(self.compiled.routes, self.fallen(), self._acts_at_worst):
            if row.thing in among and self.state(row.thing) is not State.STOPS:
                yield row

    def fallen(self) -> Iterator[str]:
        """The network nodes that leaving made worse, proven."""
        names, proven = self.compiled.network.names, RUN_MARKS[Run.POSSIBLE]
        return (names[number] for number, gained in self._gained.items() if gained & proven)

    def _acts_at_worst(self, login: str) -> list[Act]:
        return [act for act in Act if self.state(gone(act, login), Reading.WORST)]
