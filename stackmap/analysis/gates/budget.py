"""How much may be spent on a question that may have no cheap answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

__all__ = ["Budget", "Seconds", "Steps"]


class Budget(Protocol):
    """Something to spend from."""

    def spend(self, steps: int) -> bool:
        """Take so many steps of work; False when nothing is left."""

    def share(self, parts: int) -> Budget:
        """One of so many equal parts of what is left; what is spent of it is spent here too."""


@dataclass
class Steps:
    """So many steps, wherever it runs: the same answer on every machine."""

    left: int
    whole: Budget | None = None

    def spend(self, steps: int) -> bool:
        """Take so many, of the whole too."""
        self.left -= steps
        return (self.whole is None or self.whole.spend(steps)) and self.left >= 0

    def share(self, parts: int) -> Budget:
        """An equal part of the steps that are left."""
        return Steps(max(self.left, 0) // parts, self)


@dataclass(frozen=True, slots=True)
class Seconds:
    """Until a moment on a clock, in seconds. Not the same on every machine."""

    clock: Callable[[], float]
    until: float

    def spend(self, steps: int) -> bool:
        """Whether the moment is still to come: how long the steps took, the clock says. No steps cost nothing."""
        return not steps or self.clock() < self.until

    def share(self, parts: int) -> Budget:
        """An equal part of the time that is left."""
        now = self.clock()
        return Seconds(self.clock, now + max(self.until - now, 0.0) / parts)
