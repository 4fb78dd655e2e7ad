"""The compiled loops behind `FastSolver`. Importing this needs the extra `stackmap[fast]`.

Everything is made of flat arrays of whole numbers:

* `gates`: the rows `alone` and `among` of `GateArrays`, each as start, targets and marks, and the owners.
* `standing`: of every node its marks, and of every counted gate, mark by mark, how many members may still be lost.
* `queue`: what fell, in order: the nodes, and the marks that they gained.
"""

from __future__ import annotations

from typing import Any, TypeAlias

from numba import njit

from stackmap.analysis.gates.marks import ALL

__all__ = ["fall", "leave_each"]

_Arrays: TypeAlias = Any
"""A tuple of them; the compiler finds their types out when it is called."""

_MARKS = ALL.bit_length()


@njit(cache=True, nogil=True)
def fall(seeds: _Arrays, gates: _Arrays, standing: _Arrays, queue: _Arrays) -> int:
    """Let nodes fall, and everything that follows. Returns how many falls the queue holds then."""
    alone, among, owners = gates
    marks, left = standing
    count = 0
    for seed in range(len(seeds[0])):
        count = _worsen(seeds[0][seed], seeds[1][seed], marks, queue, count)
    at = 0
    while at < count:
        node, gained = queue[0][at], queue[1][at]
        for place in range(alone[0][node], alone[0][node + 1]):
            count = _worsen(alone[1][place], gained & alone[2][place], marks, queue, count)
        for place in range(among[0][node], among[0][node + 1]):
            gate = among[1][place]
            lost = _count_down(left[gate], gained & among[2][place])
            count = _worsen(owners[gate], lost, marks, queue, count)
        at += 1
    return count


@njit(cache=True, nogil=True)
def leave_each(
    first: int, departures: _Arrays, gates: _Arrays, standing: _Arrays, queue: _Arrays, answer: _Arrays
) -> int:
    """One departure after the other, from `first` on, while there is room in the answer: the first not done.

    `departures`: where the seeds of each begin, then all seeds, as nodes and marks. `answer`: nodes and the marks they
    gained, where each departure ends, and room to sum marks up, all 0.
    """
    starts, nodes, marks = departures
    filled = 0
    for one in range(first, len(starts) - 1):
        seeds = (nodes[starts[one] : starts[one + 1]], marks[starts[one] : starts[one + 1]])
        count = fall(seeds, gates, standing, queue)
        filled = _told(queue, count, answer, filled)
        _undo(queue, count, gates[1], standing)
        if filled < 0:
            return one
        answer[2][one] = filled
    return len(starts) - 1


@njit(cache=True, nogil=True)
def _worsen(node: int, passed: int, marks: _Arrays, queue: _Arrays, count: int) -> int:
    fresh = passed & ~marks[node]
    if fresh:
        marks[node] |= fresh
        queue[0][count], queue[1][count] = node, fresh
        count += 1
    return count


@njit(cache=True, nogil=True)
def _count_down(left: _Arrays, counts: int) -> int:
    """One more member of a gate is lost at these marks. Returns those at which the gate is lost with it."""
    lost = 0
    for mark in range(_MARKS):
        if counts >> mark & 1:
            left[mark] -= 1
            if left[mark] == 0:
                lost |= 1 << mark
    return lost


@njit(cache=True, nogil=True)
def _undo(queue: _Arrays, count: int, among: _Arrays, standing: _Arrays) -> None:
    marks, left = standing
    for at in range(count):
        node, gained = queue[0][at], queue[1][at]
        marks[node] ^= gained
        for place in range(among[0][node], among[0][node + 1]):
            counts = gained & among[2][place]
            for mark in range(_MARKS):
                if counts >> mark & 1:
                    left[among[1][place], mark] += 1


@njit(cache=True, nogil=True)
def _told(queue: _Arrays, count: int, answer: _Arrays, filled: int) -> int:
    """Add what fell, each node once with all marks it gained; -1 where there is no room."""
    nodes, marks, _, total = answer
    end = filled
    for at in range(count):
        node = queue[0][at]
        if total[node] == 0:
            if 0 <= end < len(nodes):
                nodes[end] = node
            end += 1
        total[node] |= queue[1][at]
    fits = end <= len(nodes)
    if fits:
        for place in range(filled, end):
            marks[place] = total[nodes[place]]
    for at in range(count):
        total[queue[0][at]] = 0
    return end if fits else -1
