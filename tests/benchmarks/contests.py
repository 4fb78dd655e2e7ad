"""Everybody's departure, all of it: the networks that are raced on, one after the other, and the memory it takes."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from pathlib import Path

from stackmap.analysis.gates.arrays import GateArrays, Rows
from stackmap.app.garbage import collector_paused
from tests.benchmarks.courses import course
from tests.benchmarks.debian import read_archive
from tests.benchmarks.debian_archive import fetch_archive
from tests.benchmarks.departures import Race, race
from tests.benchmarks.exact_sets import exact_sets_of
from tests.benchmarks.figures import NO_TARGET, Figure, Missing, Target, timed
from tests.benchmarks.measuring import Effort, process
from tests.benchmarks.networks import made_up_network
from tests.benchmarks.ours import OURS, PLAIN
from tests.benchmarks.peers import PEERS
from tests.benchmarks.races import DEBIAN

__all__ = ["debian", "made_up", "memory"]

_ROOT = Path(__file__).resolve().parents[2]
_METHODS = (*OURS, *PEERS)
_MEGABYTE = 1_000_000
_MILLION = 1_000_000
_WHOLE, _ARRAYS = 1_000, 300
"""Megabytes at a million nodes."""


def made_up(sizes: Sequence[int], effort: Effort) -> Iterator[Race | Figure]:
    """The races on networks of these sizes, one of which is in memory at a time, and the bytes of the largest."""
    for size in sizes:
        with collector_paused():
            of = course(f"{size:,}", made_up_network(size))
        yield race(of, _METHODS, effort)
        if size == sizes[-1]:
            held = _bytes(of.network.arrays) / _MEGABYTE
            what = f"everybody's departure, {size:,}: the gates as arrays alone"
            yield timed(what, [held], "MB", Target(_ARRAYS) if size >= _MILLION else NO_TARGET)


def _bytes(arrays: GateArrays) -> int:
    flat = (*_flat(arrays.alone), *_flat(arrays.among), arrays.owners, arrays.slack)
    return sum(len(one) * one.itemsize for one in flat)


def _flat(rows: Rows) -> tuple[array[int], ...]:
    return rows.start, rows.targets, rows.marks


def debian(folder: Path, effort: Effort) -> Iterator[Race | Figure | Missing]:
    """The archive of the suite that this machine is installed from: exact bus factors, and the race."""
    folder.mkdir()
    files = fetch_archive(folder)
    if isinstance(files, str):
        yield Missing(f"everybody's departure, and exact bus factors, {DEBIAN}", files)
        return
    with collector_paused():
        of = course(DEBIAN, read_archive(*files).network)
    yield from exact_sets_of(DEBIAN, of.network, effort, Target(10))
    yield race(of, _METHODS, effort)


def memory(folder: Path, size: int) -> Figure:
    """What a process of its own holds at most that makes a network and works out everybody's departure."""
    folder.mkdir()
    run = process(folder, "-m", "tests.benchmarks.lone", str(size), PLAIN, at=_ROOT)
    what = f"everybody's departure, {size:,}: {PLAIN}, peak memory of the process"
    return timed(what, [run.peak / _MEGABYTE], "MB", Target(_WHOLE) if size >= _MILLION else NO_TARGET)
