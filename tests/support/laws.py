"""What must hold of every stack, tried on random ones: the same ones on every run, and a small one on failure."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from random import Random
from typing import Any

from tests.oracle.stacks import random_stack, smallest

MANY = int(os.environ.get("STACKMAP_MANY", "1"))
"""How many times as many stacks to try: `make oracles` asks for more than the suite has time for."""

Law = Callable[[list[dict[str, Any]]], None]


class Lumpy(Random):
    """Dice that fall on their lowest side every fourth time: what is rare comes up, and comes up together."""

    def random(self) -> float:
        return max(0.0, super().random() * 4 - 1) / 3


def assert_on_random_stacks(law: Law, count: int, seed: str) -> None:
    """Try `law`, which asserts, on so many stacks; what breaks it is made as small as it can be and shown.

    Plain seeds, for a stack of hypothesis's own choices takes as long to draw as to judge, and comes up twice.
    """
    for number in range(count * MANY):
        dice = Random if number % 2 else Lumpy
        stack = random_stack(dice(f"{seed} {number}"), personal_use=20)
        if _breaks(law, stack):
            small = smallest(stack, lambda rest: _breaks(law, rest))
            print(f"stack {number} of {seed!r}, made smaller:", *map(json.dumps, small), sep="\n")  # noqa: T201
            law(small)


def on_random_stacks(count: int) -> Callable[[Law], Callable[[], None]]:
    """Makes a test of a law."""

    def decorate(law: Law) -> Callable[[], None]:
        def test() -> None:
            assert_on_random_stacks(law, count, law.__name__)

        return test

    return decorate


def _breaks(law: Law, stack: list[dict[str, Any]]) -> bool:
    try:
        law(stack)
    except AssertionError:
        return True
    return False
