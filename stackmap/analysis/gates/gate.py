"""A gate and its members: how something that can break hangs on other things."""

from __future__ import annotations

from dataclasses import dataclass

from stackmap.analysis.gates.marks import Run
from stackmap.model import Certainty, Link, State

__all__ = ["Gate", "Member"]


@dataclass(slots=True, unsafe_hash=True)  # never changed; frozen would take four times as long to make
class Member:
    """One thing a gate hangs on.

    An `unknown` member passes nothing when proven. `cause` is the node people read as the reason, `link` the edge that
    leads there (None where there is no edge to show).
    """

    node: str
    cap: State
    certainty: Certainty
    unknown: bool = False
    cause: str = ""
    link: Link | None = None


@dataclass(slots=True, unsafe_hash=True)  # never changed; frozen would take four times as long to make
class Gate:
    """Alternatives of which `need` must work. Of an `assumed` gate all are needed at worst."""

    node: str
    members: tuple[Member, ...]
    need: int = 1
    assumed: bool = False

    def needed(self, run: Run) -> int:
        """How many members must work in that run."""
        return self.most_needed if run is Run.WORST else self.need

    @property
    def most_needed(self) -> int:
        """How many members must work at worst."""
        return len(self.members) if self.assumed else self.need
