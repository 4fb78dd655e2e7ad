"""Odds as JSON (`stackmap.odds/1`)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from stackmap.analysis.odds.chances import Figure, Odds, ThingOdds
from stackmap.analysis.odds.losses import WORST, Estimate
from stackmap.analysis.what_if.supposed import Supposed
from stackmap.model import Coverage, StackGraph
from stackmap.render.coverage import coverage_dicts, moment
from stackmap.render.departure import thing_dict, write_json
from stackmap.render.supposing import supposed_json

__all__ = ["OddsReport", "odds_json"]

_DIGITS = 6


@dataclass(frozen=True, slots=True)
class OddsReport:
    """Everything an answer about odds shows, already decided.

    `how` is an act, `usual` or `changes-role`. `weighted`: your notes weigh some of the things that are counted.
    `without_login`: people of whom no login was found.
    """

    snapshot: int
    taken_at: datetime
    how: str
    graph: StackGraph
    coverage: Sequence[Coverage]
    odds: Odds
    weighted: bool = False
    without_login: Sequence[str] = ()
    supposed: Supposed = field(default_factory=Supposed)


def odds_json(report: OddsReport) -> str:
    """`stackmap.odds/1`. Standard errors are 0 where every future was worked out."""
    graph, odds = report.graph, report.odds
    document = {
        "schema": "stackmap.odds/1",
        "snapshot": {"id": report.snapshot, "taken_at": moment(report.taken_at)},
        **supposed_json(graph, report.supposed),
        "said": [
            {"id": person, "name": graph.name(person), "probability": round(chance, _DIGITS)}
            for person, chance in odds.said.items()
        ],
        "independent": True,
        "how": report.how,
        "futures": odds.futures,
        "drawn": odds.drawn is not None,
        "seed": None if odds.drawn is None else odds.seed,
        "anything": _figure(odds.anything),
        "loss": {**_figure(odds.loss), "total": _number(odds.weight)},
        "shortfall": {**_figure(odds.shortfall), "worst": WORST},
        "things": [_thing(graph, one) for one in odds.things],
        "coverage": coverage_dicts(report.coverage),
    }
    return write_json(document)


def _thing(graph: StackGraph, one: ThingOdds) -> dict[str, Any]:
    return {**thing_dict(graph, one.thing), "weight": _number(one.weight), **_figure(one.lost)}


def _figure(figure: Figure) -> dict[str, Any]:
    return {"proven": _estimate(figure.proven), "at_worst": _estimate(figure.at_worst)}


def _estimate(estimate: Estimate) -> dict[str, float]:
    return {"value": round(estimate.value, _DIGITS), "standard_error": round(estimate.error, _DIGITS)}


def _number(weight: float) -> int | float:
    return int(weight) if weight == int(weight) else round(weight, _DIGITS)
