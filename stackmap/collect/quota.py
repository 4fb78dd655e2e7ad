"""A vendor's daily allowance: other programs need it too."""

from __future__ import annotations

import threading

from stackmap.model import FixBy, Reach
from stackmap.sdk import Answer, Connector, ReadError, Trouble

__all__ = ["Quota"]


class Quota:
    """Watches one connector's daily calls over all its inventories. `floor` is the share to leave, 0.3 for 30
    %.
    """

    def __init__(self, connector: Connector, floor: float) -> None:
        self._read = connector.quota
        self._floor = floor
        self._lock = threading.Lock()
        self._spent: Trouble | None = None

    def check(self) -> None:
        """Raise ReadError when going on would go below the floor."""
        with self._lock:
            if self._spent is not None:
                raise ReadError(self._spent)

    def note(self, answer: Answer) -> None:
        """See what an answer says about the allowance."""
        seen = self._read(answer) if self._read else None
        if seen is None:
            return
        used, allowed = seen
        if allowed - used <= self._floor * allowed:
            reason = (
                f"stopped to leave {self._floor:.0%} of the vendor's daily calls to others: "
                f"{used} of {allowed} are used"
            )
            with self._lock:
                self._spent = Trouble(Reach.SKIPPED, reason, FixBy.OPERATOR)
