"""The order of the report: what your notes call heaviest, then as `check` grades it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property

from stackmap.app.map.sights import Sights
from stackmap.app.opening import Reading
from stackmap.model import EdgeKind, Severity
from stackmap.rules import Verdicts

__all__ = ["Ranking"]

_JOINS = (EdgeKind.CONNECTS, EdgeKind.READS_FROM, EdgeKind.WRITES_TO)


@dataclass
class Ranking:
    """How much of a stack hangs on a thing. Things are ranked, never people."""

    reading: Reading
    sights: Sights
    verdicts: Verdicts

    def key(self, thing: str, takes: Collection[str]) -> tuple[float, int, int, int]:
        """To sort by, the worst first. `takes`: what is lost with it.

        Your notes' heaviest weight among them all; without one, the worst finding about the thing, how many systems it
        joins (a sync before what works inside one), and how much is lost with it.
        """
        heaviest = max(self.weight(one) for one in (thing, *takes))
        return -heaviest, -self._severities.get(thing, Severity.INFO), -self._joins(thing), -len(takes)

    def weight(self, thing: str) -> float:
        """How much your notes say it matters; 1 where they are silent."""
        return self.reading.policy.weights.get(thing, 1.0)

    def noted_weight(self, thing: str) -> str:
        """The weight that your notes give, in words; "" where they are silent."""
        weight = self.reading.policy.weights.get(thing)
        return "" if weight is None else f"weight {weight:g}"

    @cached_property
    def _severities(self) -> Mapping[str, Severity]:
        found: dict[str, Severity] = {}
        for finding in (one for one in self.verdicts.findings if one.accepted is None):
            found[finding.subject] = max(found.get(finding.subject, Severity.INFO), finding.severity)
        return found

    def _joins(self, thing: str) -> int:
        links = self.reading.stack.graph.out(thing, *_JOINS)
        return len({self.sights.system_name(thing), *(self.sights.origin(link) for link in links)} - {""})
