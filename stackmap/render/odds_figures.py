"""Odds and losses in digits that mean something: one decimal at most, and none that their error does not have."""

from __future__ import annotations

from decimal import Decimal
from math import ceil

from stackmap.analysis.odds.estimates import Estimate
from stackmap.render.lines import wrapped

__all__ = ["much", "often", "said", "unbroken"]

_NOISE = 1e-9
"""What is less is no difference: sums of floats are not exact."""

_SHOWN = 0.05
"""From here on one decimal, rounded, shows something."""

_NO_BREAK = "\u00a0"


def said(chance: float) -> str:
    """A share that somebody gave, as a percentage in all its digits: what is not certain never reads 100 %."""
    return f"{Decimal(repr(chance)).scaleb(2).normalize():f} %"


def often(estimate: Estimate) -> str:
    """A probability: 30.5 %, 51.0 ± 0.2 %, under 0.1 %."""
    value, error = estimate.value * 100, estimate.error * 100
    if _NOISE < 100 - value < _SHOWN or (100 - value <= _NOISE and 0 < error < _SHOWN):
        return "over 99.9 %"
    return f"{_written(value, error)} %"


def much(estimate: Estimate) -> str:
    """So much, of things or of weight: 2, 8.9, 1,024.3 ± 0.7."""
    return _written(estimate.value, estimate.error)


def _written(value: float, error: float) -> str:
    if value < _SHOWN and error < _SHOWN:
        return "under 0.1" if value > _NOISE or error else "0"
    if not error:
        return f"{value:,.1f}".removesuffix(".0")
    places = 0 if error >= 1 else 1
    up = ceil(error * 10**places - _NOISE) / 10**places
    return f"{value:,.{places}f} ± {up:,.{places}f}"


def unbroken(text: str, indent: str = "", hanging: str | None = None) -> list[str]:
    """The text in lines, as `wrapped`, and no figure parted from its sign."""
    together = text.replace(" %", f"{_NO_BREAK}%").replace(" ± ", f"{_NO_BREAK}±{_NO_BREAK}")
    return [line.replace(_NO_BREAK, " ") for line in wrapped(together, indent, hanging)]
