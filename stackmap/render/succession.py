"""Second holders as JSON (`stackmap.second_holders/1`) and CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from stackmap.analysis.succession.plan import HandOver, Part, SecondHolders
from stackmap.analysis.what_if.supposed import Supposed
from stackmap.model import Coverage, StackGraph
from stackmap.render.coverage import coverage_dicts, moment
from stackmap.render.departure import thing_dict, write_json
from stackmap.render.guards import csv_cell
from stackmap.render.supposing import supposed_json

__all__ = ["SecondHoldersReport", "second_holders_csv", "second_holders_json"]

_COLUMNS = ("purpose", "way", "id", "name", "system", "holder", "second_holder", "fit", "could", "things")


@dataclass(frozen=True, slots=True)
class SecondHoldersReport:
    """A plan of second holders, made. `wanted`: the things asked about, None for all that are counted; `leaving`: those
    who take nothing over; `supposed`: what is taken for true beside what was read.
    """

    snapshot: int
    taken_at: datetime
    graph: StackGraph
    coverage: Sequence[Coverage]
    plan: SecondHolders
    wanted: Sequence[str] | None = None
    supposed: Supposed = field(default_factory=Supposed)
    leaving: Sequence[str] = ()  # a plan is shown to others: it never names them

    @property
    def parts(self) -> tuple[tuple[str, Part], ...]:
        """The two purposes with their hand-overs."""
        return ("running", self.plan.running), ("care", self.plan.care)


def second_holders_json(report: SecondHoldersReport) -> str:
    """`stackmap.second_holders/1`. `things`: null where all were asked about."""
    document = {
        "schema": "stackmap.second_holders/1",
        "snapshot": {"id": report.snapshot, "taken_at": moment(report.taken_at)},
        **supposed_json(report.graph, report.supposed),
        "things": list(report.wanted) if report.wanted is not None else None,
        **{purpose: _part(report.graph, part) for purpose, part in report.parts},
        "most_for_one_person": report.plan.most,
        "coverage": coverage_dicts(report.coverage),
    }
    return write_json(document)


def _part(graph: StackGraph, part: Part) -> dict[str, Any]:
    return {
        "hand_overs": [_hand_over(graph, one) for one in part.hand_overs],
        "proof": part.proof.value,
        "at_least": part.at_least,
        "lifted": list(part.lifted),
        "remains": [{"thing": one.thing, "why": one.why.value} for one in part.remains],
    }


def _hand_over(graph: StackGraph, one: HandOver) -> dict[str, Any]:
    hold = one.hold
    return {
        "way": hold.way.value,
        "about": thing_dict(graph, hold.about),
        "edge": hold.edge.kind.value if hold.edge else None,
        "holder": {"id": hold.person, "name": graph.name(hold.person)},
        "second": {"id": one.second, "name": graph.name(one.second)} if one.second is not None else None,
        "fit": one.fit.value if one.fit else None,
        "could": one.could,
        "things": list(one.things),
    }


def second_holders_csv(report: SecondHoldersReport) -> str:
    """One row per hand-over, with guarded cells."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(_COLUMNS)
    for purpose, part in report.parts:
        writer.writerows([csv_cell(cell) for cell in _row(report.graph, purpose, one)] for one in part.hand_overs)
    return "\ufeff" + out.getvalue()


def _row(graph: StackGraph, purpose: str, one: HandOver) -> list[str]:
    about, second = one.hold.about, one.second
    names = " | ".join(graph.name(thing) for thing in one.things)
    fit = one.fit.value if one.fit else ""
    return [
        *(purpose, one.hold.way.value, about, graph.name(about), graph.system_name(about), graph.name(one.hold.person)),
        *(graph.name(second) if second is not None else "", fit, str(one.could), names),
    ]
