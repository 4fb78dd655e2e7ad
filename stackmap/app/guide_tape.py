"""What is held together with tape, as a newcomer needs to know it: things and what one sees, nobody's name."""

from __future__ import annotations

from collections.abc import Iterator

from stackmap.app.guide_view import GuideView
from stackmap.model import NodeKind, Outcome, Severity
from stackmap.render.guide_page import Taped
from stackmap.rules import TAPE

__all__ = ["tape"]

_BROKEN = "it does not work at present: something it needs is switched off or gone. Do not build on it"
_MAYBE_BROKEN = "it may not work at present: something it needs could not be read. Try it before you build on it"
_TAPE = "it signs in with a personal login. Ask its owner, or the people of its system, before you change it"
_UNOWNED = "nobody is known to look after it. Ask the people of the systems around it"


def tape(view: GuideView) -> Iterator[Taped]:
    """Broken things first, then by weight; each thing once, for the first reason that holds."""
    reasons = {**_unowned(view), **_taped(view), **_broken(view)}
    order = (_BROKEN, _MAYBE_BROKEN, _TAPE, _UNOWNED)
    for thing in sorted(reasons, key=lambda one: (-view.weight(one), order.index(reasons[one]), view.by_weight(one))):
        vertex = view.analysis.counted[thing]
        means, noticed = view.told(vertex, "means"), view.told(vertex, "noticed_after")
        yield Taped(view.name(thing), view.where(thing), means, noticed, reasons[thing])


def _broken(view: GuideView) -> dict[str, str]:
    losses = view.verdicts.broken.departure.already_broken
    return {loss.thing: _MAYBE_BROKEN if loss.outcome is Outcome.UNKNOWN else _BROKEN for loss in losses}


def _taped(view: GuideView) -> dict[str, str]:
    told = (one for one in view.verdicts.findings if one.code in TAPE and one.severity is not Severity.INFO)
    found = {one.subject for one in told}
    return dict.fromkeys(sorted(found & view.analysis.counted.keys()), _TAPE)


def _unowned(view: GuideView) -> dict[str, str]:
    """Links and automations only: a system without people is a question for the list of what is open."""
    return {
        thing: _UNOWNED
        for thing, vertex in view.analysis.counted.items()
        if vertex.kind in {NodeKind.INTEGRATION, NodeKind.AUTOMATION}
        and not view.analysis.care.carers(thing)
        and view.stack.admins_readable(thing)
    }
