"""The picture of everybody's departure for the README: time by size of the network, both in steps of ten.

An SVG of lines and words, for a light and for a dark page, made of the rows that `--json` writes as `departures`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from math import ceil, floor, log10
from typing import Any

from tests.benchmarks.ours import COMPILED, PLAIN
from tests.benchmarks.standings import DEBIAN

__all__ = ["as_svg"]

_WIDTH, _HEIGHT = 760, 420
_LEFT, _RIGHT, _TOP, _BOTTOM = 70, 540, 64, 372
_LINE_HEIGHT = 16
_MANNERS = {
    PLAIN: ("ours", PLAIN),
    COMPILED: ("ours", COMPILED),
    "rustworkx, worklist": ("peer", "rustworkx, worklist"),
    "networkx, worklist": ("peer", "networkx, worklist"),
    "rustworkx, copy and remove": ("peer", "rustworkx, copy, remove"),
    "networkx, copy and remove": ("peer", "networkx, copy, remove"),
    "rustworkx, descendants": ("wrong", "rustworkx, reachability"),
}
"""Which methods are drawn, in which manner and under which words."""
_STYLE = """\
.page { fill: #fff } text { font: 12px system-ui, sans-serif; fill: #333 } .title { font-size: 15px; font-weight: 600 }
path { stroke: #8884 } polyline { stroke-width: 1.5; fill: none } polyline.ours { stroke-width: 3 }
polyline.wrong { stroke-dasharray: 5 4 } polyline.ours, circle.ours { stroke: #0a7d6c } .ours { fill: #0a7d6c }
polyline.peer, circle.peer { stroke: #777 } .peer { fill: #777 }
polyline.wrong, circle.wrong { stroke: #b4541a } .wrong { fill: #b4541a }
@media (prefers-color-scheme: dark) { .page { fill: #161b22 } text { fill: #ccc }
polyline.ours, circle.ours { stroke: #3ec9b2 }
.ours { fill: #3ec9b2 } polyline.peer, circle.peer { stroke: #999 } .peer { fill: #999 }
polyline.wrong, circle.wrong { stroke: #e79a62 } .wrong { fill: #e79a62 } }
polyline.ours, polyline.peer, polyline.wrong, circle.some { fill: none }"""
_TITLE = "What breaks when each person leaves: time for everybody, by size of the stack"
_ABOUT = "Hollow: worked out from some of the people. Dashed: wrong, as reachability knows no “either of two will do”."
_TICKS = (
    (0.0001, "0.1 ms"),
    (0.001, "1 ms"),
    (0.01, "10 ms"),
    (0.1, "0.1 s"),
    (1.0, "1 s"),
    (10.0, "10 s"),
    (60.0, "1 min"),
    (600.0, "10 min"),
    (3_600.0, "1 h"),
    (36_000.0, "10 h"),
    (345_600.0, "4 days"),
    (3_456_000.0, "40 days"),
)


@dataclass(frozen=True, slots=True)
class _Line:
    """One method: its points from the smallest network to the largest, each with whether everybody was asked."""

    method: str
    points: Sequence[tuple[int, float, bool]]


@dataclass(frozen=True, slots=True)
class _Frame:
    """From sizes and seconds to places on the page, between whole powers of ten."""

    sizes: tuple[int, int]
    seconds: tuple[int, int]

    def x(self, size: float) -> float:
        return _LEFT + _share(log10(size), self.sizes) * (_RIGHT - _LEFT)

    def y(self, seconds: float) -> float:
        return _BOTTOM - _share(log10(seconds), self.seconds) * (_BOTTOM - _TOP)


def as_svg(rows: Sequence[Mapping[str, Any]]) -> str:
    """The picture of these rows. Raises ValueError where there is nothing to draw."""
    lines = [line for method in _MANNERS if (line := _line(method, rows)).points]
    if not lines:
        raise ValueError("no departures were measured, so there is nothing to draw")
    sizes = [size for line in lines for size, _, _ in line.points]
    seconds = [time for line in lines for _, time, _ in line.points]
    frame = _Frame(_powers(sizes), _powers(seconds))
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img">',
        f"<title>{_TITLE}</title>",
        f"<style>{_STYLE}</style>",
        f'<rect class="page" width="{_WIDTH}" height="{_HEIGHT}" rx="6"/>',  # the page around it may be dark
        f'<text class="title" x="16" y="26">{_TITLE}</text>',
        f'<text x="16" y="46">{_ABOUT}</text>',
        *_grid(frame),
        *(part for line in lines for part in _drawn(line, frame)),
        *_labels(lines, frame),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _line(method: str, rows: Sequence[Mapping[str, Any]]) -> _Line:
    points = [
        (row["nodes"], max(row["seconds"], 1e-6), row["people_asked"] == row["people"])
        for row in rows
        if row["method"] == method and row["network"] != DEBIAN
    ]
    return _Line(method, sorted(points))


def _powers(values: Sequence[float]) -> tuple[int, int]:
    """The whole powers of ten around these values; a tenth of a power over is not worth another one."""
    low, high = floor(log10(min(values)) + 0.1), ceil(log10(max(values)) - 0.1)
    return low, max(high, low + 1)


def _share(value: float, ends: tuple[int, int]) -> float:
    return (value - ends[0]) / (ends[1] - ends[0])


def _grid(frame: _Frame) -> Iterator[str]:
    for power in range(frame.sizes[0], frame.sizes[1] + 1):
        x = frame.x(10.0**power)
        yield f'<path d="M{x:.1f} {_TOP}V{_BOTTOM}"/>'
        yield f'<text x="{x:.1f}" y="{_BOTTOM + 18}" text-anchor="middle">{10**power:,}</text>'
    yield f'<text x="{(_LEFT + _RIGHT) / 2:.1f}" y="{_BOTTOM + 38}" text-anchor="middle">things and people</text>'
    low, high = (10.0**power for power in frame.seconds)
    for seconds, words in (tick for tick in _TICKS if low <= tick[0] <= high):
        y = frame.y(seconds)
        yield f'<path d="M{_LEFT} {y:.1f}H{_RIGHT}"/>'
        yield f'<text x="{_LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{words}</text>'


def _drawn(line: _Line, frame: _Frame) -> Iterator[str]:
    manner, _ = _MANNERS[line.method]
    places = [(frame.x(size), frame.y(seconds), everybody) for size, seconds, everybody in line.points]
    yield f'<polyline class="{manner}" points="{" ".join(f"{x:.1f},{y:.1f}" for x, y, _ in places)}"/>'
    for x, y, everybody in places:
        yield f'<circle class="{manner}{"" if everybody else " some"}" cx="{x:.1f}" cy="{y:.1f}" r="3.5"/>'


def _labels(lines: Sequence[_Line], frame: _Frame) -> Iterator[str]:
    """Words at the end of each line; at the right border moved down where they would lie on one another."""
    ends = sorted((frame.y(line.points[-1][1]), line.method, line.points[-1][0]) for line in lines)
    largest = max(size for _, _, size in ends)
    lowest = 0.0
    for y, method, size in ends:
        place = y + 4
        if size == largest:
            place = lowest = max(place, lowest + _LINE_HEIGHT)
        manner, words = _MANNERS[method]
        yield f'<text class="{manner}" x="{frame.x(size) + 12:.1f}" y="{place:.1f}">{escape(words)}</text>'
