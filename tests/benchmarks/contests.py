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
from tests.benchmarks.exact_sets import exact_sets_of
from tests.benchmarks.figures import NO_TARGET, Doing, Figure, Missing, Target, timed
from tests.benchmarks.measuring import Effort, process
from tests.benchmarks.networks import made_up_network
from tests.benchmarks.odds import odds_of
from tests.benchmarks.ours import OURS, PLAIN
from tests.benchmarks.peers import PEERS
from tests.benchmarks.racing import Race, race
from tests.benchmarks.standings import DEBIAN

__all__ = ["debian", "harder", "made_up", "memory"]

_ROOT = Path(__file__).resolve().parents[2]
_METHODS = (*OURS, *PEERS)
_SETS_AT = 10_000
_MEGABYTE = 1_000_000
_MILLION = 1_000_000
_WHOLE, _ARRAYS = 1_000, 300
"""Megabytes at a million nodes."""


def harder(sizes: Sequence[int], effort: Effort) -> Iterator[Figure | Missing | Doing]:
    """Exact bus factors and odds, of the largest of these sizes that the target for them is meant for."""
    size = max((one for one in sizes if one <= _SETS_AT), default=min(sizes))
    what, network = f"made-up, {size:,}", made_up_network(size)
    yield Doing(f"{what}: exact bus factors of everything, and odds")
    yield from exact_sets_of(what, network, effort, Target(3, f"{_SETS_AT:,}"))
    yield from odds_of(what, network, effort)


def made_up(sizes: Sequence[int], effort: Effort) -> Iterator[Race | Figure | Doing]:
    """The races on networks of these sizes, one of which is in memory at a time, and the bytes of the largest."""
    for size in sizes:
        yield Doing(f"{size:,}: making up the network, and the right answer")
        with collector_paused():
            of = course(f"{size:,}", made_up_network(size))
        yield from race(of, _METHODS, effort)
        if size == sizes[-1]:
            held = _bytes(of.network.arrays) / _MEGABYTE
            what = f"everybody's departure, {size:,}: the gates as arrays alone"
            yield timed(what, [held], "MB", Target(_ARRAYS) if size >= _MILLION else NO_TARGET)


def _bytes(arrays: GateArrays) -> int:
    flat = (*_flat(arrays.alone), *_flat(arrays.among), arrays.owners, arrays.slack)
    return sum(len(one) * one.itemsize for one in flat)


def _flat(rows: Rows) -> tuple[array[int], ...]:
    return rows.start, rows.targets, rows.marks


def debian(folder: Path, effort: Effort) -> Iterator[Race | Figure | Missing | Doing]:
    """The archive of the suite that this machine is installed from: exact bus factors, odds, and the race."""
    folder.mkdir()
    yield Doing(f"{DEBIAN}: fetching the indices of this machine's suite, and reading them")
    files = fetch_archive(folder)
    if isinstance(files, str):
        yield Missing(f"everybody's departure, exact bus factors and odds, {DEBIAN}", files)
        return
    with collector_paused():
        of = course(DEBIAN, read_archive(*files).network)
    yield Doing(f"{DEBIAN}: exact bus factors of everything")
    yield from exact_sets_of(DEBIAN, of.network, effort, Target(10))
    yield Doing(f"{DEBIAN}: odds of everything")
    yield from odds_of(DEBIAN, of.network, effort)
    yield from race(of, _METHODS, effort)


def memory(folder: Path, size: int) -> Iterator[Doing | Figure]:
    """What a process of its own holds at most that makes a network and works out everybody's departure."""
    folder.mkdir()
    yield Doing(f"{size:,}: the memory of {PLAIN}, in a process of its own")
    run = process(folder, "-m", "tests.benchmarks.one_method", str(size), PLAIN, at=_ROOT)
    what = f"everybody's departure, {size:,}: {PLAIN}, peak memory of the process"
    yield timed(what, [run.peak / _MEGABYTE], "MB", Target(_WHOLE) if size >= _MILLION else NO_TARGET)
