"""The second holder of one hand-over in words: who, why this person, and what to be careful about."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from stackmap.analysis.succession.holds import Hold, Way
from stackmap.analysis.succession.plan import HandOver
from stackmap.model import Certainty, EdgeKind, StackGraph
from stackmap.render.guards import plain
from stackmap.render.succession import SecondHoldersReport
from stackmap.render.words import and_listed

__all__ = ["careful", "is_administering", "names_of", "placed", "second_holder"]

_NAMED = 3
_UNSEEN = "no sign-in there within 90 days was read"


def second_holder(report: SecondHoldersReport, one: HandOver) -> str:
    """Who takes it, with the reason; where nobody does, why, and what to do."""
    graph, suitable = report.graph, "suitable who stays" if report.leaving else "suitable"
    if one.second is not None:
        seen = f"; {_UNSEEN}" if one.hold in report.unseen else ""
        return f"{plain(graph.name(one.second))} ({_fit(graph, one)}{seen})"
    if one.could:
        return "whoever could has enough already: raise --at-most"
    login = graph.get(one.hold.about) if one.hold.way is Way.LOGIN else None
    if login is not None and login.switched_off:
        return "none, for this login is off: move what hangs on it to one that is on"
    if login is not None or one.hold.way is Way.MEMBER or is_administering(one.hold):
        return f"nobody {suitable} is known: give somebody a login there"
    return f"nobody {suitable} is known: name somebody in stack.yaml"


def careful(report: SecondHoldersReport, one: HandOver) -> str:
    """Why a login is not to be handed over as it is: what else the second holder could do with it; "" where nothing."""
    rights, second = report.rights.get(one.hold), one.second
    if rights is None or second is None:
        return ""
    who, gets = plain(report.graph.name(second)), "would" if rights.certainty is Certainty.CERTAIN else "might"
    systems = and_listed(sorted((plain(report.graph.called(system)) for system in rights.systems), key=str.casefold))
    told = f"With this login {who} {gets} get an administrator's rights in {systems}: do not hand it over, move what "
    return f"{told}runs on it.{_planned_for_them(report, second, rights.systems)}"


def _planned_for_them(report: SecondHoldersReport, second: str, systems: Collection[str]) -> str:
    """That they become administrator there as well, and how."""
    planned = {one.hold.about for one in report.hand_overs if one.second == second and is_administering(one.hold)}
    return " They get such rights below, with a login of their own." if planned.issuperset(systems) else ""


def _fit(graph: StackGraph, one: HandOver) -> str:
    """Why this person: if your notes name them, of what."""
    if one.backup_of and one.backup_of != one.things:
        return f"by your notes the backup of {names_of(graph, one.backup_of, _NAMED)}"
    if _owns_by_notes(graph, one):
        return "its owner by your notes"
    return one.fit.value if one.fit else ""


def _owns_by_notes(graph: StackGraph, one: HandOver) -> bool:
    """Whether your notes name the second holder as owner, and not as backup, of the very thing that is handed over."""
    facts = (
        fact
        for link in graph.out(one.hold.about, EdgeKind.OWNED_BY)
        if link.target == one.second
        for fact in link.facts
    )
    return any(not fact.properties.get("backup") and any(item.of_notes for item in fact.evidence) for fact in facts)


def is_administering(hold: Hold) -> bool:
    """Whether it takes an administrator's rights, not only somebody to answer for it."""
    return hold.edge is not None and hold.edge.kind is EdgeKind.ADMINISTERS


def placed(graph: StackGraph, node_id: str) -> str:
    """Something with the system it lies in."""
    return " in ".join(filter(None, (plain(graph.called(node_id)), plain(graph.system_name(node_id)))))


def names_of(graph: StackGraph, things: Sequence[str], shown: int) -> str:
    """The first few of some things, by name, and how many more there are."""
    names = sorted((plain(graph.called(thing)) for thing in things), key=str.casefold)
    more = f" and {len(names) - shown} more" if len(names) > shown else ""
    return ", ".join(names[:shown]) + more
