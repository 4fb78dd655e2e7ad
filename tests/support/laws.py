"""What must hold of every stack, tried on random ones: the same ones on every run, and a small one on failure."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from random import Random
from typing import Any

from tests.oracle.stacks import random_stack, smallest

MANY = int(os.environ.get("STACKMAP_MANY", "1"))
"""How many times as many stacks to try: `make oracles` asks for more than the suite has time for."""

_LARGE = (6, 15)
"""Which of sixteen stacks are large ones: of either dice one."""

Law = Callable[[list[dict[str, Any]]], None]


class Lumpy(Random):
    """Dice that fall on their lowest side every fourth time: what is rare comes up, and comes up together."""

    def random(self) -> float:
        return max(0.0, super().random() * 4 - 1) / 3


def assert_on_random_stacks(law: Law, count: int, seed: str, *, large: bool = False) -> None:
    """Try `law`, which asserts, on so many stacks; what breaks it is made as small as it can be and shown.

    `large`: some of the stacks hold up to 40 nodes; of those that only `make oracles` has time for, every other one.
    Plain seeds, for a stack of hypothesis's own choices takes as long to draw as to judge, and comes up twice.
    """
    for number in range(count * MANY):
        dice = (Random if number % 2 else Lumpy)(f"{seed} {number}")
        of_many = large and (number % 16 in _LARGE or (number >= count and number % 4 > 1))
        stack = random_stack(dice, personal_use=20, size=dice.randint(20, 40) if of_many else None)
        if _breaks(law, stack):
            small = smallest(stack, lambda rest: _breaks(law, rest))
            _say(f"stack {number} of {seed!r}, made smaller:", *map(json.dumps, small))
            law(small)
    say_tried(count * MANY, "random stacks")


def on_random_stacks(count: int, *, large: bool = False) -> Callable[[Law], Callable[[], None]]:
    """Makes a test of a law."""

    def decorate(law: Law) -> Callable[[], None]:
        def test() -> None:
            assert_on_random_stacks(law, count, law.__name__, large=large)

        return test

    return decorate


def say_tried(count: int, what: str) -> None:
    """For `make oracles`, which tells of every test how much it tried."""
    _say(f"{count:,} {what}")


def _say(*lines: str) -> None:
    sys.stdout.writelines(f"{line}\n" for line in lines)


def _breaks(law: Law, stack: list[dict[str, Any]]) -> bool:
    try:
        law(stack)
    except AssertionError:
        return True
    return False
