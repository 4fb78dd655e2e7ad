"""What is broken already, whoever leaves: the leavers of the past."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from stackmap.analysis import Departure, Loss, Row, fix_for
from stackmap.model import is_unread
from stackmap.rules.case import Case

__all__ = ["AlreadyBroken", "already_broken"]

_LOST = "point it to something that is there, or switch it off if nobody misses it"


@dataclass(frozen=True, slots=True)
class AlreadyBroken:
    """The departure of nobody: its `already_broken` and what lies behind them. `fixes` are by thing."""

    departure: Departure
    fixes: Mapping[str, str]


def already_broken(case: Case) -> AlreadyBroken:
    """What does not work although everybody is still here."""
    departure = case.analysis.leave(())
    return AlreadyBroken(departure, {loss.thing: _fix(case, loss) for loss in departure.already_broken})


def _fix(case: Case, loss: Loss) -> str:
    first = loss.because[0] if loss.because else None
    if first is not None and first.link is not None and first.node not in case.graph and not is_unread(first.node):
        return _LOST
    row = Row(loss.thing, loss.outcome, loss.certainty, loss.at_worst, alone=True, because=loss.because)
    return fix_for(case.graph, row)
