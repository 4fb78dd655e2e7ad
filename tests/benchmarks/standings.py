"""How everybody's departure went: as a table of methods by networks, against the targets, and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from tests.benchmarks.figures import Figure, Missing, Target, as_columns, growth, timed, times_as_fast
from tests.benchmarks.ours import COLUMNS, COMPILED, PLAIN
from tests.benchmarks.racing import Race, Raced

__all__ = ["DEBIAN", "as_grid", "as_rows", "distances", "growths", "speed_ups", "unmeasured"]

DEBIAN = "Debian"
"""The name of the network that a Debian archive makes."""

_TITLE = """\
Everybody's departure, each person leaving alone: time for all of them, and how many times that of ours in plain Python.
One reading and one level unless said otherwise. "*": asked of some people drawn by lot, and worked out for all.
"finds": how many times as many losses as there are, for what cannot say that either of two will do."""
_WORKLIST, _COPIES = "rustworkx, worklist", "rustworkx, copy and remove"
_WAYS: Mapping[str, Sequence[str]] = {"plain Python": (PLAIN, COLUMNS), "compiled": (COMPILED,)}
"""The ways that ours has without and with the extra; of two exact ones the quicker is held against the peers."""
_TARGETS: Mapping[tuple[str, str, str], float] = {
    ("plain Python", _COPIES, "100,000"): 30,
    ("plain Python", _COPIES, "1,000,000"): 300,
    ("plain Python", _COPIES, DEBIAN): 25,
    ("plain Python", _WORKLIST, "100,000"): 0.7,
    ("plain Python", _WORKLIST, "1,000,000"): 1.5,
    ("plain Python", _WORKLIST, DEBIAN): 3,
    ("compiled", _WORKLIST, "100,000"): 10,
    ("compiled", _WORKLIST, "1,000,000"): 8,
    ("compiled", _WORKLIST, DEBIAN): 15,
}
"""At least how many times as fast ours has to be as which peer, on which network."""
_TOUCHED = 12
"""Bytes that an edge costs at the least: its target, and a counter read and written."""
_DISTANCE = Target(10)
_FAR = 50_000
"""Below so many nodes everything lies in the processor's cache, and copying is no measure."""
_EXPONENT = Target(1.1)
_LEAST_GROWN = 10_000
_SPANS = ((1.0, "ms", 0.001), (100.0, "s", 1.0), (6_000.0, "min", 60.0), (172_800.0, "h", 3_600.0))
_DAY = 86_400.0


def as_grid(races: Sequence[Race]) -> str:
    """Methods down, networks across."""
    shapes = [race.shape for race in races]
    rows = [
        ["", *(shape.name for shape in shapes)],
        ["people", *(f"{shape.people:,}" for shape in shapes)],
        ["nodes", *(f"{shape.nodes:,}" for shape in shapes)],
        ["edges", *(f"{shape.edges:,}" for shape in shapes)],
        ["circles (nodes of the largest)", *(_circles(shape.circles) for shape in shapes)],
        ["losses: pairs of person and node", *(f"{shape.pairs:,}" for shape in shapes)],
    ]
    methods = dict.fromkeys(raced.method for race in races for raced in race.raced)
    rows.extend([method, *(_cell(race, method) for race in races)] for method in methods)
    return f"{_TITLE}\n\n{as_columns(rows)}"


def speed_ups(races: Sequence[Race]) -> Iterator[Figure]:
    """How many times as fast ours is where a target says how fast it has to be."""
    for race in races:
        for (way, peer, name), least in _TARGETS.items():
            ours = min(filter(None, map(race.times, _WAYS[way])), key=min, default=())
            theirs = race.times(peer)
            if name == race.shape.name and ours and theirs:
                what = f"everybody's departure, {name}: ours, {way}, as fast as {peer}"
                yield times_as_fast(what, ours, theirs, Target(least, least=True))


def growths(races: Sequence[Race]) -> Iterator[Figure]:
    """The exponents with which times grow, from ten thousand nodes to the largest network made up."""
    grown = [race for race in races if race.shape.name != DEBIAN and race.shape.nodes >= _LEAST_GROWN]
    if len(grown) < 2:
        return
    first, last = grown[0], grown[-1]
    for method in (PLAIN, COLUMNS, COMPILED, _WORKLIST, "networkx, worklist"):
        if (before := first.times(method)) and (after := last.times(method)):
            ends = [(race.shape.nodes, min(times)) for race, times in ((first, before), (last, after))]
            exponent = growth(*ends)
            what = f"everybody's departure, growth exponent, {first.shape.name} to {last.shape.name}: {method}"
            target = _EXPONENT if method.startswith("ours") else None
            yield Figure(what, exponent, exponent, min(len(before), len(after)), "", target)


def distances(race: Race, bandwidth: float) -> Iterator[Figure]:
    """How many times the time that copying as many bytes as have to be touched takes. `bandwidth`: bytes a second."""
    floor = race.shape.touched * _TOUCHED / bandwidth
    for method in (PLAIN, COMPILED) if race.shape.nodes >= _FAR else ():
        if times := [seconds / floor for seconds in race.times(method)]:
            what = f"everybody's departure, {race.shape.name}: {method} / copying the bytes touched"
            yield timed(what, times, "x", _DISTANCE if method == COMPILED else None)


def unmeasured(races: Sequence[Race]) -> Iterator[Missing]:
    """What was not measured, and why."""
    for race in races:
        for raced in race.raced:
            if raced.why:
                yield Missing(f"{raced.method}, {race.shape.name}", raced.why)


def as_rows(races: Sequence[Race]) -> list[dict[str, Any]]:
    """One row for each method on each network, for programs."""
    return [_row(race, raced) for race in races for raced in race.raced if raced.seconds]


def _row(race: Race, raced: Raced) -> dict[str, Any]:
    shape = race.shape
    return {
        "network": shape.name,
        "nodes": shape.nodes,
        "edges": shape.edges,
        "people": shape.people,
        "circles": len(shape.circles),
        "largest_circle": max(shape.circles, default=0),
        "pairs": shape.pairs,
        "method": raced.method,
        "seconds": min(raced.seconds),
        "worst": max(raced.seconds),
        "runs": len(raced.seconds),
        "people_asked": raced.asked,
        "pairs_found": raced.found,
        "pairs_expected": raced.expected,
        "seconds_to_make_ready": raced.ready,
    }


def _circles(sizes: Sequence[int]) -> str:
    return f"{len(sizes):,} ({sizes[-1]:,})" if sizes else "none"


def _cell(race: Race, method: str) -> str:
    raced = next((one for one in race.raced if one.method == method), None)
    if raced is None:
        return ""
    if raced.why:
        return "not measured"
    said = _span(min(raced.seconds))
    if raced.asked < race.shape.people:
        said += " *"
    if method != PLAIN and (ours := race.times(PLAIN)):
        said += f", {_times(min(raced.seconds) / min(ours))} x"
    if raced.found != raced.expected:
        said += f", finds {_times(raced.found / max(raced.expected, 1))} x"
    return said


def _span(seconds: float) -> str:
    """A time in the unit that reads best."""
    unit, of = next(((unit, of) for below, unit, of in _SPANS if seconds < below), ("days", _DAY))
    return f"{_times(seconds / of)} {unit}"


def _times(number: float) -> str:
    """Two digits that count, and no more."""
    return f"{number:,.0f}" if number >= 10 else f"{number:.1f}" if number >= 1 else f"{number:.2g}"
