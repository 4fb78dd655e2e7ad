"""What batches of futures add up to: how likely each loss is, any at all, and each total."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from stackmap.analysis.odds.futures import Batch
from stackmap.analysis.odds.hanging import Hanging, lost_of
from stackmap.analysis.sets.tally import Bits, Tally

__all__ = ["Sums", "Totals"]


class Sums:
    """Everything twice: proven and at worst. `lost`: how likely each loss is; `anything`: any of them."""

    def __init__(self, hanging: Hanging) -> None:
        self._hanging = hanging
        self.lost = {of: [0.0, 0.0] for of in hanging.together}
        self.anything = [0.0, 0.0]
        numbers = [len(things) for things in hanging.together.values()]
        weights = [
            int(sum(hanging.weights[thing] for thing in things) / hanging.unit) for things in hanging.together.values()
        ]
        self._totals = [self._both(much) for much in ([numbers] if weights == numbers else [numbers, weights])]

    def add(self, batch: Batch) -> None:
        """Count one more batch."""
        hanging, anything = self._hanging, [0, 0]
        leaving = dict(zip(hanging.people, batch.leaving, strict=True))
        found = list(lost_of(hanging.lost(leaving, (1 << len(batch.weights)) - 1), hanging.together))
        for shares, lost in zip(self.lost.values(), found, strict=True):
            for reading, columns in enumerate(lost):
                anything[reading] |= columns
                shares[reading] += batch.share(columns)
        for reading, columns in enumerate(anything):
            self.anything[reading] += batch.share(columns)
        for both in self._totals:
            for reading, totals in enumerate(both):
                totals.add(batch, (lost[reading] for lost in found))

    def totals(self, *, weighed: bool) -> tuple[Totals, Totals]:
        """What is lost in each future, proven and at worst: weight, in units, or things."""
        return self._totals[-1 if weighed else 0]

    def _both(self, much: Sequence[int]) -> tuple[Totals, Totals]:
        """`much`: how much each loss adds."""
        certain = [one if proven >= 0 else 0 for one, (proven, _) in zip(much, self.lost, strict=True)]
        return Totals(certain), Totals(much)


class Totals:
    """How much is lost. `shares`: how likely each total is; `most`: more than that never is."""

    def __init__(self, much: Sequence[int]) -> None:
        self._much = much
        self.most = sum(much)
        self.shares: dict[int, float] = {}

    def add(self, batch: Batch, lost: Iterable[Bits]) -> None:
        """Count one more batch, by the columns of each loss."""
        tally = Tally()
        for much, columns in zip(self._much, lost, strict=True):
            tally.add(columns, much)
        for total, share in zip(tally.sums(len(batch.weights)), batch.weights, strict=True):
            self.shares[total] = self.shares.get(total, 0.0) + share
