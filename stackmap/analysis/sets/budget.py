"""How much may be spent on a question that may have no cheap answer.

Work is counted in steps, of whatever kind the one who does it says. Whoever knows a cost only afterwards spends it, and
stops when nothing is left; whoever knows it before reserves as much.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass

__all__ = ["Budget", "Meter", "Seconds", "SpentError", "Steps"]

_AT_ONCE = 1 << 10
"""So many steps are taken at a time for very many small pieces of work: they last some milliseconds."""


class Budget(ABC):
    """Something to spend from."""

    @abstractmethod
    def affords(self, steps: int) -> bool:
        """Whether so many steps of work are left."""

    @abstractmethod
    def spend(self, steps: int) -> bool:
        """Take so many; False when nothing is left."""

    @abstractmethod
    def share(self, parts: int) -> Budget:
        """One of so many equal parts of what is left; what is spent of it is spent here too."""

    def reserve(self, steps: int) -> bool:
        """Take so many before the work is done; none of them, and False, where not as many are left."""
        return self.affords(steps) and self.spend(steps)


@dataclass
class Steps(Budget):
    """So many steps, wherever it runs: the same answer on every machine."""

    left: int
    whole: Budget | None = None

    def affords(self, steps: int) -> bool:
        """Whether as many are left, of the whole too."""
        return steps <= self.left and (self.whole is None or self.whole.affords(steps))

    def spend(self, steps: int) -> bool:
        """Take so many, of the whole too."""
        self.left -= steps
        return (self.whole is None or self.whole.spend(steps)) and self.left >= 0

    def share(self, parts: int) -> Budget:
        """An equal part of the steps that are left."""
        return Steps(max(self.left, 0) // parts, self)


@dataclass(frozen=True, slots=True)
class Seconds(Budget):
    """Until a moment on a clock, in seconds. Not the same on every machine."""

    clock: Callable[[], float]
    until: float

    def affords(self, steps: int) -> bool:
        """Whether the moment is still to come: how long the steps take, nobody knows. No steps cost nothing."""
        return not steps or self.clock() < self.until

    def spend(self, steps: int) -> bool:
        """The same: how long they took, the clock says."""
        return self.affords(steps)

    def share(self, parts: int) -> Budget:
        """An equal part of the time that is left."""
        now = self.clock()
        return Seconds(self.clock, now + max(self.until - now, 0.0) / parts)


class SpentError(Exception):
    """Nothing is left to spend: whoever began the work says what is known so far."""


class Meter:
    """Pays for very many small pieces of work, each before it is done; asks the budget only now and then."""

    def __init__(self, budget: Budget) -> None:
        self._budget = budget
        self._paid = 0

    def pay(self, steps: int) -> None:
        """Take so many steps. Raises SpentError, and takes none, where as many are not left."""
        if steps > self._paid:
            missing = steps - self._paid
            more = missing + _AT_ONCE
            taken = more if self._budget.reserve(more) else missing if self._budget.reserve(missing) else 0
            if not taken:
                raise SpentError
            self._paid += taken
        self._paid -= steps
