"""Coverage: what was looked at, and how far. "I could not look" is a result, never an empty list."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from stackmap.model.kinds import EdgeKind, NodeKind

__all__ = ["LEFT_OUT", "Coverage", "FixBy", "Reach", "Sort", "listed_whole"]


LEFT_OUT = "lines left out"
"""The inventory that stands for lines of a file that nobody could read, and the `vendor_code` of what lacks them."""


class Reach(StrEnum):
    """How far an inventory was read."""

    COMPLETE = "complete"
    PARTIAL = "partial"
    DENIED = "denied"
    ABSENT = "absent"
    FAILED = "failed"
    SKIPPED = "skipped"


class FixBy(StrEnum):
    """Who can open what stayed closed."""

    ADMIN = "admin"
    OPERATOR = "operator"
    VENDOR = "vendor"
    US = "us"
    NOBODY = "nobody"


class Sort(StrEnum):
    """`state` lists what is; `event` lists what happened in a window, so its silence proves nothing."""

    STATE = "state"
    EVENT = "event"


@dataclass(frozen=True, slots=True)
class Coverage:
    """How one inventory of one source fared in the latest attempt to read it.

    `system` is `product/tenant`; `kinds` are the kinds of nodes and edges the inventory lists (only over a
    complete *state* inventory does absence mean anything). `reason` is one sentence; when complete it says what
    the reading had to do without (a column that the tenant has not), and is mostly "". `needs` names permissions;
    `vendor_code` is the vendor's own word for its error. `read_at` is when the facts in hand were last read, None
    when they never were.
    """

    source: str
    system: str
    inventory: str
    state: Reach
    kinds: frozenset[NodeKind | EdgeKind] = frozenset()
    sort: Sort = Sort.STATE
    fix_by: FixBy | None = None
    reason: str = ""
    needs: tuple[str, ...] = ()
    records: int = 0
    read_at: datetime | None = None
    vendor_code: str = ""

    def __post_init__(self) -> None:
        if self.state is not Reach.COMPLETE and not self.reason:
            raise ValueError(f"{self.source}/{self.inventory}: {self.state.value} needs a reason")

    @property
    def proves_absence(self) -> bool:
        """Every page was read, and what it lists is what is: absence means something."""
        return self.state is Reach.COMPLETE and self.sort is Sort.STATE


def listed_whole(coverage: Iterable[Coverage], kind: NodeKind | EdgeKind) -> frozenset[str]:
    """The systems of which every list of a kind was read to the end, by at least one source each."""
    lists: dict[str, dict[str, bool]] = defaultdict(dict)
    for item in coverage:
        if item.sort is Sort.STATE and kind in item.kinds:
            known = lists[item.system]
            known[item.inventory] = known.get(item.inventory, False) or item.proves_absence
    return frozenset(system for system, read in lists.items() if all(read.values()))
