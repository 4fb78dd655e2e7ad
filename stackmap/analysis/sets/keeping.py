"""Minimal groups of people whose staying keeps a node though everybody else leaves: for many nodes at once.

Each question is a column, one bit of a number; a node has the columns in which it is lost, a gate as many numbers as
its count has binary digits. Person after person leaves in all columns together, and is taken back in those whose node
that loses: there he or she must stay. What falls alike in many columns is gone through once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from stackmap.analysis.sets.budget import Meter
from stackmap.analysis.sets.tally import Bits
from stackmap.analysis.sets.wiring import Wiring, places

__all__ = ["Answer", "Keeping", "Question"]

_Fall: TypeAlias = tuple[int, Bits]
"""A node, by place, and the columns in which it was lost."""


@dataclass(frozen=True, slots=True)
class Question:
    """Who must stay for a node, though all others of `people` leave, and those `gone` in any case. Sets as bits."""

    node: int
    people: int
    gone: int


@dataclass(frozen=True, slots=True)
class Answer:
    """Of each question a minimal group, nobody where the node is lost with those gone; and of every node asked about:

    `lost`: the questions whose people gone lose it; `kept`: those whose group keeps it, whoever else of the question's
    people leaves.
    """

    groups: Sequence[int]
    lost: Sequence[Bits]
    kept: Sequence[Bits]


class Keeping:
    """A wiring, ready to be asked. A step: a node that is lost in some columns."""

    def __init__(self, wiring: Wiring, meter: Meter) -> None:
        self._place = place = {node: number for number, node in enumerate(wiring.nodes)}
        self._meter = meter
        self._falling: list[list[int]] = [[] for _ in wiring.people]
        self._needed_by: list[list[int]] = [[] for _ in place]
        self._among: list[list[int]] = [[] for _ in place]
        self._owners: list[int] = []
        self._sizes: list[tuple[int, int]] = []
        for number, hanging in enumerate(wiring.nodes.values()):
            for person in places(hanging.people):
                self._falling[person].append(number)
            for below in sorted(hanging.needs):
                self._needed_by[place[below]].append(number)
            for spared, members in hanging.gates:
                for member in members:
                    self._among[place[member]].append(len(self._owners))
                self._owners.append(number)
                self._sizes.append((spared, len(members)))

    def ask(self, questions: Sequence[Question]) -> Answer:
        """The answers to all. Raises SpentError where they are not paid for."""
        state = _State(questions, [self._place[one.node] for one in questions], len(self._place), self._sizes)
        for person, columns in sorted(state.gone.items()):
            self._fall(state, person, columns)
        lost = [state.lost[node] for node in state.asked]
        ended = sum(1 << column for column, columns in enumerate(lost) if columns >> column & 1)
        groups = [0] * len(questions)
        self._meter.pay(len(self._falling))
        for person in range(len(self._falling)):
            if columns := state.leaving(person) & ~ended:
                log = self._fall(state, person, columns)
                back = state.own(log)
                self._take_back(state, log, back)
                for column in places(back):
                    groups[column] |= 1 << person
        kept = [state.every & ~state.lost[node] & ~ended for node in state.asked]
        return Answer(groups, lost, kept)

    def _fall(self, state: _State, person: int, columns: Bits) -> list[_Fall]:
        """Let a person leave in some columns; returns what falls."""
        lost, counts, pay = state.lost, state.counts, self._meter.pay
        log: list[_Fall] = []
        for node in self._falling[person]:
            _add(lost, log, node, columns)
        for node, fell in log:  # what is lost on the way joins the end
            pay(1)
            for above in self._needed_by[node]:
                _add(lost, log, above, fell)
            for gate in self._among[node]:
                _add(lost, log, self._owners[gate], _one_more(counts[gate], fell))
        return log

    def _take_back(self, state: _State, log: Iterable[_Fall], columns: Bits) -> None:
        """Undo what fell, in some columns."""
        if not columns:
            return
        for node, fell in log:
            if back := fell & columns:
                state.lost[node] ^= back
                for gate in self._among[node]:
                    _one_less(state.counts[gate], back)


class _State:
    """Where all columns stand. A gate's count begins so that its highest digit is set when the gate is lost."""

    def __init__(
        self, questions: Sequence[Question], asked: Sequence[int], nodes: int, sizes: Iterable[tuple[int, int]]
    ) -> None:
        self.every = (1 << len(questions)) - 1
        self.asked = asked
        self.lost: list[Bits] = [0] * nodes
        self.counts = [self._digits(spared, members) for spared, members in sizes]
        self.gone = _gone(questions)
        self._people: dict[int, Bits] = {}
        self._own = [0] * nodes
        for column, (one, node) in enumerate(zip(questions, asked, strict=True)):
            self._people[one.people] = self._people.get(one.people, 0) | 1 << column
            self._own[node] |= 1 << column

    def _digits(self, spared: int, members: int) -> list[Bits]:
        places_needed = members.bit_length()
        begin = (1 << places_needed) - (members - spared)
        return [self.every if begin >> place & 1 else 0 for place in range(places_needed + 1)]

    def leaving(self, person: int) -> Bits:
        """The columns in which a person has a say, and is not gone."""
        found = sum(columns for people, columns in self._people.items() if people >> person & 1)
        return found & ~self.gone.get(person, 0)

    def own(self, log: Iterable[_Fall]) -> Bits:
        """The columns whose own node has just been lost."""
        return sum(fell & self._own[node] for node, fell in log)


def _gone(questions: Sequence[Question]) -> dict[int, Bits]:
    """Who is gone in which columns."""
    found: dict[int, Bits] = {}
    for column, one in enumerate(questions):
        for person in places(one.gone):
            found[person] = found.get(person, 0) | 1 << column
    return found


def _add(lost: list[Bits], log: list[_Fall], node: int, columns: Bits) -> None:
    if fresh := columns & ~lost[node]:
        lost[node] |= fresh
        log.append((node, fresh))


def _one_more(digits: list[Bits], columns: Bits) -> Bits:
    """Count one more in some columns; returns all in which the gate is lost."""
    place = 0
    while columns:
        before = digits[place]
        digits[place] = before ^ columns
        columns &= before
        place += 1
    return digits[-1]


def _one_less(digits: list[Bits], columns: Bits) -> None:
    place = 0
    while columns:
        digits[place] = after = digits[place] ^ columns
        columns &= after
        place += 1
