"""Second holders as JSON (`stackmap.second_holders/1`), as CSV, and as a scenario that can be tried."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from stackmap.analysis.succession.asked import Asked
from stackmap.analysis.succession.holds import Hold, Way
from stackmap.analysis.succession.milder import Milder
from stackmap.analysis.succession.plan import HandOver, Part, SecondHolders
from stackmap.analysis.succession.rights import Rights
from stackmap.analysis.what_if.supposed import Supposed
from stackmap.model import Coverage, StackGraph
from stackmap.render.coverage import coverage_dicts, moment
from stackmap.render.departure import thing_dict, write_json
from stackmap.render.guards import csv_cell
from stackmap.render.succession_sentences import scenario_lines, scenario_sentence
from stackmap.render.supposing import supposed_in_short, supposed_json
from stackmap.render.words import counted, full_day

__all__ = [
    "NOTHING_TO_TRY",
    "SecondHoldersReport",
    "has_sentences",
    "second_holders_csv",
    "second_holders_json",
    "second_holders_scenario",
]

NOTHING_TO_TRY = "This plan has nothing to try: it hands nothing over that a sentence can say. Why: --format text"
"""Of a plan without a sentence for `--scenario`."""

_COLUMNS = ("purpose", "way", "id", "name", "system", "holder", "second_holder", "fit", "could", "things")


@dataclass(frozen=True, slots=True)
class SecondHoldersReport:
    """A plan of second holders, made. `wanted`: the things asked about, None for all that are counted, and `asked`
    where they stand; `milder`: what else one person's leaving does to them, by thing; `rights`: what second holders
    administer only with that login, by hold; `unseen`: the holds whose second holder was not seen there for long;
    `leaving`: who leaves first; `asked_with`: the options that made this plan, with NAME for each of these; `supposed`:
    what is taken for true beside what was read; `stand_ins`: people go by other names here, which no sentence may use.
    """

    snapshot: int
    taken_at: datetime
    graph: StackGraph
    coverage: Sequence[Coverage]
    plan: SecondHolders
    wanted: Sequence[str] | None = None
    supposed: Supposed = field(default_factory=Supposed)
    leaving: Sequence[str] = ()  # a plan is shown to others: it never names them
    asked: Sequence[Asked] = ()
    milder: Mapping[str, Milder] = field(default_factory=dict)
    rights: Mapping[Hold, Rights] = field(default_factory=dict)
    unseen: Collection[Hold] = ()
    asked_with: Sequence[str] = ()
    stand_ins: bool = False

    @property
    def hand_overs(self) -> tuple[HandOver, ...]:
        """All of them, those that keep things running first."""
        return (*self.plan.running.hand_overs, *self.plan.care.hand_overs)

    @property
    def parts(self) -> tuple[tuple[str, Part], ...]:
        """The two purposes with their hand-overs."""
        return ("running", self.plan.running), ("care", self.plan.care)


def second_holders_json(report: SecondHoldersReport) -> str:
    """`stackmap.second_holders/1`. `things`: null where all were asked about, else `asked` says where each stands.

    `one_person_away`: what bus factors call so, and how many of them the plan helps. `left_first`, where somebody
    leaves first: how many people, and how many things go with them, or may; nothing tells who they are.
    """
    document = {
        "schema": "stackmap.second_holders/1",
        "snapshot": {"id": report.snapshot, "taken_at": moment(report.taken_at)},
        **supposed_json(report.graph, report.supposed),
        "things": list(report.wanted) if report.wanted is not None else None,
        **_asked(report),
        "one_person_away": {"things": list(report.plan.one_away), "helped": report.plan.helped},
        **_left_first(report),
        **{purpose: _part(report, part) for purpose, part in report.parts},
        "most_for_one_person": report.plan.most,
        "coverage": coverage_dicts(report.coverage),
    }
    return write_json(document)


def _asked(report: SecondHoldersReport) -> dict[str, Any]:
    if report.wanted is None:
        return {}
    return {"asked": [_one_asked(one, report.milder.get(one.thing, Milder())) for one in report.asked]}


def _one_asked(one: Asked, besides: Milder) -> dict[str, Any]:
    """Where one thing stands; what is not so of it is left out."""
    told = {
        "perhaps_on": list(one.perhaps_on),
        "later_with": list(besides.later),
        "may_be_later_with": list(besides.may_be_later),
        "blocks_last_day_of": list(besides.blocks),
        "goes_later": besides.gone_later,
        "changes_hands_with": list(besides.passes_from),
        "changed_hands": besides.gone_over,
        "at_worst_together": besides.at_worst,
    }
    stands = {"thing": one.thing, "running": one.running.value, "care": one.care.value}
    return stands | {key: value for key, value in told.items() if value}


def _left_first(report: SecondHoldersReport) -> dict[str, Any]:
    if not report.leaving:
        return {}
    plan = report.plan
    return {"left_first": {"people": len(report.leaving), "things": len(plan.gone), "may_go": len(plan.may_go)}}


def _part(report: SecondHoldersReport, part: Part) -> dict[str, Any]:
    return {
        "hand_overs": [_hand_over(report, one) for one in part.hand_overs],
        "proof": part.proof.value,
        "at_least": part.at_least,
        "lifted": list(part.lifted),
        "remains": [{"thing": one.thing, "why": one.why.value} for one in part.remains],
    }


def _hand_over(report: SecondHoldersReport, one: HandOver) -> dict[str, Any]:
    graph, hold = report.graph, one.hold
    return {
        "way": hold.way.value,
        "about": thing_dict(graph, hold.about),
        "edge": hold.edge.kind.value if hold.edge else None,
        "holder": {"id": hold.person, "name": graph.name(hold.person)},
        "second": {"id": one.second, "name": graph.name(one.second)} if one.second is not None else None,
        "fit": one.fit.value if one.fit else None,
        "backup_of": list(one.backup_of),
        "could": one.could,
        "things": list(one.things),
        "sentence": None if report.stand_ins else scenario_sentence(graph, one),
        **({"administers_then": list(report.rights[hold].systems)} if hold in report.rights else {}),
        **({"second_unseen_there": True} if hold in report.unseen else {}),
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


def second_holders_scenario(report: SecondHoldersReport) -> str:
    """A file for `--scenario`: a sentence for each hand-over that somebody was found for, its names in a comment.

    `--scenario` takes none without a sentence, which is said in it.
    """
    lines = [f"# Second holders, planned from the reading of {full_day(report.taken_at.date())}."]
    if has_sentences(report):
        lines.extend(_what_they_change(report))
    else:
        lines.append(f"# {NOTHING_TO_TRY}")
    if told := supposed_in_short(report.graph, report.supposed):
        lines.append(f"# Planned beside this, which is not part of it. {told}")
    for one in report.hand_overs:
        lines.extend(["#", *scenario_lines(report.graph, one)] if one.second is not None else [])
    return "\n".join(lines) + "\n"


def _what_they_change(report: SecondHoldersReport) -> Iterator[str]:
    """The command, where somebody leaves first without their names; and what a login held by two stands for."""
    if not report.leaving:
        yield "# What they change: stackmap bus-factor --scenario FILE, FILE being this one."
    else:
        yield f"# Planned as if {counted(len(report.leaving), 'person', 'people')} had already left. What they change:"
        yield "#   stackmap bus-factor --second-holders --scenario FILE, FILE being this one,"
        yield "# with the same --leaving as then: without it, whoever leaves is still there."
    if any(one.hold.way is Way.LOGIN and one.second for one in report.hand_overs):
        yield "# That two hold a login is supposed, to see what a second holder changes."
        yield "# What to do: move what runs on it to a login that is nobody's own and that"
        yield "# both can open. Never share a password."


def has_sentences(report: SecondHoldersReport) -> bool:
    """Whether anything of the plan can be tried with `--scenario`."""
    return any(scenario_sentence(report.graph, one) for one in report.hand_overs)
