"""The newcomer's guide: what there is, whom to ask, what to leave alone. Names stand only where somebody is to ask."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace

from stackmap.app.asking import check
from stackmap.app.garbage import collector_paused
from stackmap.app.guide.asks import ask_systems, ask_things
from stackmap.app.guide.logins import leave_alone
from stackmap.app.guide.tape import tape
from stackmap.app.guide.tasks import tasks
from stackmap.app.guide.view import GuideView
from stackmap.app.map.sights import Sights
from stackmap.app.names.unnamed import Unnamed
from stackmap.app.opening import Reading
from stackmap.app.scope import read_sources
from stackmap.model import EdgeKind, NodeKind, Vertex
from stackmap.render.coverage import not_whole
from stackmap.render.guide_page import Flow, Guide, Room
from stackmap.render.words import counted, full_day

__all__ = ["newcomers_guide"]

_RUNS = (NodeKind.INTEGRATION, NodeKind.AUTOMATION)
_HOLDS = (
    (NodeKind.AUTOMATION, "automation", "automations"),
    (NodeKind.INTEGRATION, "link", "links"),
    (NodeKind.DATASET, "list", "lists"),
)
_OUTWARD = (EdgeKind.CONNECTS, EdgeKind.WRITES_TO)


def newcomers_guide(reading: Reading) -> Guide:
    """Everything the guide of a reading says."""
    with collector_paused():
        return _guide(_view(reading))


def _view(reading: Reading) -> GuideView:
    analysis, verdicts = reading.analysis(), check(reading)
    return GuideView(reading, analysis, verdicts, Sights(reading, analysis, verdicts), Unnamed(analysis.stack))


def _guide(view: GuideView) -> Guide:
    flows = list(_flows(view))
    told = {thing for _, through in flows for thing in through}
    sources = read_sources(view.reading)
    return Guide(
        read_on=full_day(view.reading.snapshot.taken_at.date()),
        sources=[replace(one, name=view.say(one.name), systems=tuple(map(view.say, one.systems))) for one in sources],
        unread=len(not_whole(view.reading.coverage)),
        rooms=[_room(view, system) for system in view.systems],
        flows=[replace(flow, through=tuple(map(view.name, through))) for flow, through in flows],
        inside=sum(thing.kind in _RUNS for thing in view.analysis.counted.values()) - len(told),
        ask_systems=list(ask_systems(view)),
        ask_things=list(ask_things(view)),
        leave_alone=list(leave_alone(view)),
        tape=list(tape(view)),
        tasks=list(tasks(view)),
    )


def _room(view: GuideView, system: Vertex) -> Room:
    inside = Counter(
        thing.kind for link in view.graph.into(system.id, EdgeKind.PART_OF) if (thing := view.graph.get(link.source))
    )
    holds = [counted(inside[kind], one, many) for kind, one, many in _HOLDS if inside[kind]]
    means, noticed = view.told(system, "means"), view.told(system, "noticed_after")
    return Room(view.name(system.id), means, noticed, ", ".join(holds) or "nothing that was read")


def _flows(view: GuideView) -> Iterator[tuple[Flow, list[str]]]:
    """From where to where, without the names of what lies between, and the ids of that."""
    between: dict[tuple[tuple[str, ...], tuple[str, ...]], list[str]] = defaultdict(list)
    for thing in view.analysis.counted.values():
        if thing.kind in _RUNS:
            origins, targets = _ends(view, thing.id)
            if len({*origins, *targets}) > 1:
                between[origins, targets].append(thing.id)
    for origins, targets in sorted(between, key=_by_name):
        yield Flow(origins, targets, ()), sorted(between[origins, targets], key=view.by_weight)


def _ends(view: GuideView, thing: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Where a thing takes data from, and where it brings it. What it writes comes from the system it runs in, and what
    it reads gets there, as far as nothing else was read; of a connection alone nobody knows the direction.
    """
    origins = _places(view, thing, EdgeKind.READS_FROM)
    written = _places(view, thing, EdgeKind.WRITES_TO)
    own = (view.where(thing),) if view.where(thing) else ()
    return origins or (own if written else ()), _places(view, thing, *_OUTWARD) or (own if origins else ())


def _by_name(ends: tuple[tuple[str, ...], tuple[str, ...]]) -> list[tuple[bool, list[str]]]:
    """By origin and target, what is not known last."""
    return [(not end, [name.casefold() for name in end]) for end in ends]


def _places(view: GuideView, thing: str, *kinds: EdgeKind) -> tuple[str, ...]:
    """The systems, or addresses, at the ends of these edges."""
    names = {view.say(view.sights.origin(link)) for link in view.graph.out(thing, *kinds)}
    return tuple(sorted(names, key=lambda name: (name.casefold(), name)))
