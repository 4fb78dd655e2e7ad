"""What is held together with tape, as a newcomer needs to know it: things and what one sees, nobody's name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from stackmap.app.guide.view import GuideView
from stackmap.model import EdgeKind, Link, NodeKind, Outcome, Severity, Vertex
from stackmap.render.guide_page import Tape, Taped, TapedGroup
from stackmap.rules import TAPE

__all__ = ["tape"]

_SHOWN = 6
_KINDS = (
    (EdgeKind.OWNED_BY, Tape.SPACE),
    (EdgeKind.RUNS_AS, Tape.RUNS_AS),
    (EdgeKind.AUTHENTICATES_WITH, Tape.SIGNS_IN),
)
_SEES: Mapping[Tape, str] = MappingProxyType({Tape.BROKEN: "does not work", Tape.MAYBE_BROKEN: "may not work"})
_SORTS: Mapping[NodeKind, str] = MappingProxyType(
    {NodeKind.AUTOMATION: "automation", NodeKind.INTEGRATION: "link", NodeKind.DATASET: "list"}
)


def tape(view: GuideView) -> Iterator[TapedGroup]:
    """Each thing once, in the first group that it belongs to; in a group by weight."""
    found: dict[Tape, list[str]] = defaultdict(list)
    for thing, what in {**_unowned(view), **_taped(view), **_broken(view)}.items():
        found[what].append(thing)
    for what in (one for one in Tape if one in found):
        ranked = sorted(found[what], key=view.by_weight)
        shown = tuple(_one(view, view.analysis.counted[thing], what) for thing in ranked[:_SHOWN])
        yield TapedGroup(what, shown, len(ranked[_SHOWN:]))


def _one(view: GuideView, vertex: Vertex, what: Tape) -> Taped:
    means, noticed = view.told(vertex, "means"), view.told(vertex, "noticed_after")
    sort = vertex.properties.get("automation_type") or vertex.properties.get("app_kind")
    called = view.say(sort) if isinstance(sort, str) else _SORTS.get(vertex.kind, vertex.kind.value.lower())
    sees = means or f"this {called} {_SEES.get(what, 'stops working')}"
    return Taped(view.name(vertex.id), view.where(vertex.id), sees, noticed, bool(means))


def _broken(view: GuideView) -> dict[str, Tape]:
    losses = view.verdicts.broken.departure.already_broken
    return {loss.thing: Tape.MAYBE_BROKEN if loss.outcome is Outcome.UNKNOWN else Tape.BROKEN for loss in losses}


def _taped(view: GuideView) -> dict[str, Tape]:
    logins: dict[str, set[str]] = defaultdict(set)
    for one in view.verdicts.findings:
        if one.code in TAPE and one.severity is not Severity.INFO and one.subject in view.analysis.counted:
            logins[one.subject].update(one.path)
    return {thing: _grip(view, thing, held) for thing, held in sorted(logins.items())}


def _grip(view: GuideView, thing: str, logins: set[str]) -> Tape:
    """By what a thing hangs on these logins; without any, on people whom notes name directly."""
    for kind, what in _KINDS:
        if any(_leads(view, link, logins) for link in view.graph.out(thing, kind)):
            return what
    return Tape.OTHER


def _leads(view: GuideView, link: Link, logins: set[str]) -> bool:
    ends = {link.target}
    if link.kind is EdgeKind.AUTHENTICATES_WITH:
        ends = {way.target for way in view.graph.out(link.target, EdgeKind.AUTHORIZED_BY)}
    if link.kind is EdgeKind.OWNED_BY and all(fact.outcomes is None for fact in link.facts):
        return False  # who answers for it, not where it lies
    return bool(ends & (logins or set(view.stack.people)))


def _unowned(view: GuideView) -> dict[str, Tape]:
    """Links and automations only: a system without people is a question for the list of what is open."""
    return {
        thing: Tape.UNOWNED
        for thing, vertex in view.analysis.counted.items()
        if vertex.kind in {NodeKind.INTEGRATION, NodeKind.AUTOMATION}
        and not view.analysis.care.carers(thing)
        and view.stack.admins_readable(thing)
    }
