"""What a way of working out everybody's departure looks like, ours or a graph library's."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from tests.benchmarks.courses import Course

__all__ = ["Ask", "Method"]

Ask: TypeAlias = Callable[[Sequence[int]], int]
"""For people, by number: how many pairs of one of them and a node that is lost when he or she leaves alone."""


@dataclass(frozen=True, slots=True)
class Method:
    """One way of asking. `ready` makes it ready and may raise ImportError where the library is not installed.

    `warms`: its first pass makes what later ones find made, so that is told too. `exact`: it can say "either of two
    will do". `slow`: it is asked of a few people only. `most`: the largest network, in nodes, on which it is worth the
    wait.
    """

    name: str
    ready: Callable[[Course], Ask]
    warms: bool = False
    exact: bool = True
    slow: bool = False
    most: int = sys.maxsize
