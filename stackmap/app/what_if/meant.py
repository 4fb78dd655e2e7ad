"""What a sentence comes to: what it is told as, and the changes of facts."""

from __future__ import annotations

from dataclasses import dataclass

from stackmap.analysis.what_if.changes import Change
from stackmap.analysis.what_if.supposed import Supposition

__all__ = ["Meant"]


@dataclass(frozen=True, slots=True)
class Meant:
    """A supposition, and its changes: none where it is so already."""

    told: Supposition
    changes: tuple[Change, ...] = ()
