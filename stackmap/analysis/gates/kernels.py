"""The compiled loops behind `FastSolver`, on the cells of a `Board`. Importing needs the extra `stackmap[fast]`."""

from __future__ import annotations

from typing import Any, TypeAlias

from numba import njit

__all__ = ["fall", "leave_each"]

_Array: TypeAlias = Any
"""Of whole numbers; the compiler finds their types out when it is called."""


@njit(cache=True, nogil=True)
def fall(cells: _Array, seeds: tuple[_Array, _Array], queue: _Array, begin: int) -> int:
    """Let nodes fall, and everything that follows; `seeds` are their places, and the marks with which they fall.

    The queue has from `begin` on, in pairs, where something fell and which marks it gained. Returns where it ends.
    """
    end = begin
    for seed in range(len(seeds[0])):
        end = _worsen(cells, seeds[0][seed], seeds[1][seed], queue, end)
    at = begin
    while at < end:
        place, gained = queue[at], queue[at + 1]
        alone = place + 4
        among = alone + cells[place + 1]
        for cell in range(alone, among, 2):
            end = _worsen(cells, cells[cell], gained & cells[cell + 1], queue, end)
        for cell in range(among, among + cells[place + 2], 2):
            gate = cells[cell]
            lost = _count(cells, gate, gained & cells[cell + 1])
            end = _worsen(cells, cells[gate], lost, queue, end)
        at += 2
    return end


@njit(cache=True, nogil=True)
def leave_each(
    first: int, departures: tuple[_Array, _Array, _Array], cells: _Array, queue: _Array, room: int, ends: _Array
) -> int:
    """One departure after the other, from `first` on, until there is less than `room` left: the first not done.

    `departures`: where the seeds of each begin, then the seeds of all, as `fall` takes them. The queue then has, in
    pairs, the number of each node that fell and all the marks it gained, `ends` where each departure ends in it.
    """
    starts, places, marks = departures
    end = 0
    for one in range(first, len(starts) - 1):
        if len(queue) - end < room:
            return one
        seeds = (places[starts[one] : starts[one + 1]], marks[starts[one] : starts[one + 1]])
        end = _told(cells, queue, end, fall(cells, seeds, queue, end))
        ends[one] = end
    return len(starts) - 1


@njit(cache=True, nogil=True)
def _worsen(cells: _Array, place: int, passed: int, queue: _Array, end: int) -> int:
    before = cells[place]
    fresh = passed & ~before
    if fresh:
        cells[place] = before | fresh
        queue[end], queue[end + 1] = place, fresh
        end += 2
    return end


@njit(cache=True, nogil=True)
def _count(cells: _Array, gate: int, carried: int) -> int:
    """Add one to a gate's counters of these marks. Returns those that run over: there the gate is lost."""
    for digit in range(gate + 2, gate + 2 + cells[gate + 1]):
        before = cells[digit]
        cells[digit] = before ^ carried
        carried &= before
    return carried


@njit(cache=True, nogil=True)
def _count_back(cells: _Array, gate: int, borrowed: int) -> None:
    for digit in range(gate + 2, gate + 2 + cells[gate + 1]):
        cells[digit] ^= borrowed
        borrowed &= cells[digit]


@njit(cache=True, nogil=True)
def _told(cells: _Array, queue: _Array, begin: int, end: int) -> int:
    """Take back what fell, and put each node into the queue once, by number. Returns where it ends now."""
    told = begin
    for at in range(begin, end, 2):
        place = queue[at]
        gained = cells[place]
        if gained:
            cells[place] = 0
            among = place + 4 + cells[place + 1]
            for cell in range(among, among + cells[place + 2], 2):
                _count_back(cells, cells[cell], gained & cells[cell + 1])
            queue[told], queue[told + 1] = cells[place + 3], gained
            told += 2
    return told
