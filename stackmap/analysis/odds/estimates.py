"""What futures tell of a loss: how likely it is, how much on average and in the worst ones, and how sure that is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import fsum, sqrt

__all__ = ["WORST", "Estimate", "frequency", "mean", "shortfall"]

WORST = 0.05
"""The share of futures that count as the worst."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure, and its standard error: 0 where it was worked out and not drawn."""

    value: float
    error: float = 0.0

    def times(self, factor: float) -> Estimate:
        """The same in another unit."""
        return Estimate(self.value * factor, self.error * factor)


def frequency(share: float, drawn: int | None) -> Estimate:
    """How likely something is. Of what came up in no draw, or in all, the error is not 0 either.

    As if two more draws had come up, and two not: A. Agresti and B. A. Coull, "Approximate is better than 'exact' for
    interval estimation of binomial proportions", The American Statistician 52 (1998).
    """
    if drawn is None:
        return Estimate(min(share, 1.0))
    corrected = (share * drawn + 2) / (drawn + 4)
    return Estimate(share, sqrt(corrected * (1 - corrected) / (drawn + 4)))


def mean(shares: Mapping[int, float], drawn: int | None, most: int) -> Estimate:
    """The average loss; `shares` says how likely each total is, and more than `most` is never lost."""
    return Estimate(_expected(shares), _error(shares, drawn, most))


def shortfall(shares: Mapping[int, float], drawn: int | None, most: int, worst: float = WORST) -> Estimate:
    """The expected shortfall: the average loss in the worst futures, which are so likely together.

    Of the total that lies on the border as much counts as is missing: C. Acerbi and D. Tasche, "On the coherence of
    expected shortfall", Journal of Banking & Finance 26 (2002), definition 2.6. It is the least, over all borders, of
    the border and the expected excess over it divided by `worst`: R. T. Rockafellar and S. Uryasev, "Optimization of
    conditional value-at-risk", Journal of Risk 2 (2000), theorem 1. The standard error is that of this excess:
    B. J. Manistre and G. H. Hancock, "Variance of the CTE estimator", North American Actuarial Journal 9 (2005).
    """
    left, parts, border = worst, [], 0
    for total in sorted(shares, reverse=True):
        border = total
        parts.append(total * min(shares[total], left))
        left -= shares[total]
        if left <= 0:
            break
    excess: dict[int, float] = {}
    for total, share in shares.items():
        excess[max(total - border, 0)] = excess.get(max(total - border, 0), 0.0) + share
    return Estimate(fsum(parts) / worst, _error(excess, drawn, most - border) / worst)


def _expected(shares: Mapping[int, float]) -> float:
    return fsum(total * share for total, share in shares.items())


def _error(shares: Mapping[int, float], drawn: int | None, most: int) -> float:
    """The standard error of the mean; no less than one more draw can change it: what is rare may not have come up."""
    if drawn is None:
        return 0.0
    centre = _expected(shares)
    variance = fsum(share * (value - centre) ** 2 for value, share in shares.items())
    return max(sqrt(variance / drawn), max(centre, most - centre) / drawn)
