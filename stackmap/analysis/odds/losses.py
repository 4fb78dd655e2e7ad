"""What is lost in the average future, and in the worst ones."""

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


def frequency(share: float, drawn: int | None) -> Estimate:
    """How likely something is. Of what came up in no draw, or in all, the error is not 0 either.

    Agresti and Coull (1998): as if two more draws had come up, and two not.
    """
    if drawn is None:
        return Estimate(min(share, 1.0))
    corrected = (share * drawn + 2) / (drawn + 4)
    return Estimate(share, sqrt(corrected * (1 - corrected) / (drawn + 4)))


def mean(shares: Mapping[int, float], drawn: int | None) -> Estimate:
    """The expected loss; `shares` says how likely each total is."""
    value = fsum(total * share for total, share in shares.items())
    return Estimate(value, _error(shares, drawn))


def shortfall(shares: Mapping[int, float], drawn: int | None, worst: float = WORST) -> Estimate:
    """The expected loss of the worst futures.

    Of the total that lies on the border as much counts as is missing (Acerbi and Tasche, 2002). The standard error is
    that of the mean excess over the border (Manistre and Hancock, 2005).
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
    return Estimate(fsum(parts) / worst, _error(excess, drawn) / worst)


def _error(shares: Mapping[int, float], drawn: int | None) -> float:
    if drawn is None:
        return 0.0
    centre = fsum(value * share for value, share in shares.items())
    variance = fsum(share * (value - centre) ** 2 for value, share in shares.items())
    return sqrt(variance / drawn)
