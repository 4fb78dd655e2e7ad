"""Odds as JSON (`stackmap.odds/1`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from stackmap.analysis.odds.chances import Figure, Losses, Odds, ThingOdds
from stackmap.analysis.odds.estimates import WORST, Estimate
from stackmap.analysis.what_if.supposed import Supposed
from stackmap.model import Coverage, Outcome, StackGraph
from stackmap.render.coverage import coverage_dicts, moment
from stackmap.render.departure import thing_dict, write_json
from stackmap.render.supposing import supposed_json

__all__ = ["NotCounted", "OddsReport", "odds_json"]

_DIGITS = 6


@dataclass(frozen=True, slots=True)
class NotCounted:
    """What happens beside if all of them leave. `outcomes`: to how many things; of `unknown` those that may only stop
    later. `administrators`: systems that lose some. `could_be_theirs`: logins whose holder could not be read, with the
    things on them.
    """

    outcomes: Mapping[Outcome, int] = field(default_factory=dict)
    administrators: Sequence[str] = ()
    could_be_theirs: Sequence[tuple[str, Sequence[str]]] = ()


@dataclass(frozen=True, slots=True)
class OddsReport:
    """Everything an answer about odds shows, already decided.

    `how` is an act, `usual` or `changes-role`. `weighted`: your notes weigh some of the things that are counted.
    `without_login`: people of whom no login was found; `left`: those who have left already or have no login in use,
    with how that is known.
    """

    snapshot: int
    taken_at: datetime
    how: str
    graph: StackGraph
    coverage: Sequence[Coverage]
    odds: Odds
    weighted: bool = False
    without_login: Sequence[str] = ()
    left: Mapping[str, str] = field(default_factory=dict)
    not_counted: NotCounted = field(default_factory=NotCounted)
    supposed: Supposed = field(default_factory=Supposed)


def odds_json(report: OddsReport) -> str:
    """`stackmap.odds/1`.

    * `said`: who may leave, and how likely; `independent`: each on their own. `without_login`: those of whom no login
      was found; `left_already`: those who have left or have no login in use.
    * `futures`: how many were looked at: all there are, or, where `drawn`, some by the dice of `seed`.
    * Every figure has `proven` and `at_worst`, each with its `standard_error`, which is 0 of what was worked out: of
      everything, or, where futures were drawn, of what hangs on few people.
    * `anything`: how likely it is that a thing stops or runs on old data. `loss`: the weight lost on average, of
      `total`; `shortfall`: on average in the `worst` share of the futures. `count`: the same of things unweighed.
    * `things`: each that can be lost, by id, with its `weight`.
    * `not_counted`: what happens beside if all of them leave: to how many things by outcome (`unknown`: may only stop
      later), which systems lose administrators, and which logins could be theirs.
    """
    graph, odds = report.graph, report.odds
    document = {
        "schema": "stackmap.odds/1",
        "snapshot": {"id": report.snapshot, "taken_at": moment(report.taken_at)},
        **supposed_json(graph, report.supposed),
        "said": [
            {"id": person, "name": graph.name(person), "probability": chance} for person, chance in odds.said.items()
        ],
        "independent": True,
        "without_login": sorted(report.without_login),
        "left_already": [{"id": person, "known_by": report.left[person]} for person in sorted(report.left)],
        "how": report.how,
        "futures": odds.futures,
        "drawn": odds.drawn is not None,
        "seed": None if odds.drawn is None else odds.seed,
        "anything": _figure(odds.anything),
        **_losses(odds.weighed),
        "count": _losses(odds.counted),
        "things": [_thing(graph, one) for one in odds.things],
        "not_counted": _not_counted(report.not_counted),
        "coverage": coverage_dicts(report.coverage),
    }
    return write_json(document)


def _losses(losses: Losses) -> dict[str, Any]:
    return {
        "loss": {**_figure(losses.average), "total": _number(losses.whole)},
        "shortfall": {**_figure(losses.worst), "worst": WORST},
    }


def _thing(graph: StackGraph, one: ThingOdds) -> dict[str, Any]:
    return {**thing_dict(graph, one.thing), "weight": _number(one.weight), **_figure(one.lost)}


def _not_counted(beside: NotCounted) -> dict[str, Any]:
    outcomes = {outcome.value: number for outcome, number in beside.outcomes.items() if number}
    return {
        "outcomes": dict(sorted(outcomes.items())),
        "administrators": sorted(beside.administrators),
        "could_be_theirs": [{"id": login, "things": list(things)} for login, things in sorted(beside.could_be_theirs)],
    }


def _figure(figure: Figure) -> dict[str, Any]:
    return {"proven": _estimate(figure.proven), "at_worst": _estimate(figure.at_worst)}


def _estimate(estimate: Estimate) -> dict[str, float]:
    return {"value": round(estimate.value, _DIGITS), "standard_error": round(estimate.error, _DIGITS)}


def _number(weight: float) -> int | float:
    return int(weight) if weight == int(weight) else round(weight, _DIGITS)
