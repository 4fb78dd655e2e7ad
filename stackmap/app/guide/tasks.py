"""What nobody has written down yet: a to-do list for the first months, without anybody's name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from stackmap.analysis import Fate, login_fates
from stackmap.app.guide.owners import backups, owners
from stackmap.app.guide.view import GuideView
from stackmap.model import Coverage, EdgeKind, FixBy, NodeKind, Reach, Vertex, is_unread
from stackmap.rules.naming import several

__all__ = ["tasks"]

_NAMES = 6
_RUNS = (NodeKind.INTEGRATION, NodeKind.AUTOMATION)


def tasks(view: GuideView) -> Iterator[str]:
    """What to find out, from the whole to the particular."""
    yield from _systems(view)
    yield from _things(view)
    yield from _logins(view)
    yield from _lists(view)


def _systems(view: GuideView) -> Iterator[str]:
    silent = [system for system in view.systems if not system.properties.get("means")]
    if silent:
        yield f"Write down what the business would notice without {_names(view, silent)}."
    loose = [system for system in view.systems if not _written(view, system.id)]
    if loose:
        yield f"Find out who answers for {_names(view, loose)}, and who stands in."
    yield from _owners_gone(view, view.systems, "answers for")
    alone = [system for system in view.systems if _answered(view, system.id) and not _backup(view, system.id)]
    if alone:
        yield f"Ask who stands in when the owner is away: {_names(view, alone)}."


def _things(view: GuideView) -> Iterator[str]:
    things = [thing for thing in view.analysis.counted.values() if thing.kind in _RUNS]
    loose = [thing for thing in things if not any(_written(view, one) for one in _around(view, thing))]
    if loose:
        yield f"Find out who looks after {_names(view, loose)}."
    yield from _owners_gone(view, things, "looks after")
    homeless = [
        thing
        for thing in view.analysis.counted.values()
        if thing.kind is NodeKind.ENDPOINT
        and not view.graph.out(thing.id, EdgeKind.SERVED_BY)
        and _outside(view, thing)
    ]
    if homeless:
        yield f"Find out whose address this is, and what it is for: {_names(view, homeless)}."
    weighty = [thing for thing in things if not thing.properties.get("means")]
    if weighty:
        yield f"Write down what somebody would notice without {_names(view, weighty)}."


def _owners_gone(view: GuideView, things: Iterable[Vertex], does: str) -> Iterator[str]:
    if gone := [thing for thing in things if owners(view, thing.id).gone]:
        why = "whoever is written down has left, or their login is off"
        yield f"Find out who {does} {_names(view, gone)} now: {why}."


def _outside(view: GuideView, endpoint: Vertex) -> bool:
    return not view.graph.systems_of(endpoint.id)


def _around(view: GuideView, thing: Vertex) -> tuple[str, ...]:
    return (thing.id, *view.graph.systems_of(thing.id))


def _logins(view: GuideView) -> Iterator[str]:
    for fate in login_fates(view.analysis, ()):
        if fate.what is Fate.COULD_BE_THEIRS:
            things = several([view.name(thing) for thing in fate.things], _NAMES)
            yield f"Find out {_which(view, fate.id)}. What hangs on it: {things}."


def _which(view: GuideView, login: str) -> str:
    system = view.say(view.sights.system_name(login))
    if is_unread(login) or login not in view.graph:
        keys = [view.name(link.source) for link in view.graph.into(login, EdgeKind.AUTHORIZED_BY)]
        behind = f" behind {' and '.join(f'“{key}”' for key in keys)}" if keys else ""
        return f"which login stands{behind} in {system}" if behind else f"which login of {system} was not read"
    return f"who or what uses the login “{view.name(login)}” in {system}"


def _lists(view: GuideView) -> Iterator[str]:
    for item in view.reading.coverage:
        if item.state is not Reach.COMPLETE and item.fix_by is FixBy.ADMIN:
            yield f"Ask an administrator to open the list “{view.say(item.inventory)}” of {_source(view, item)}."


def _source(view: GuideView, item: Coverage) -> str:
    needs = f" (it needs {', '.join(map(view.say, item.needs))})" if item.needs else ""
    return f"{view.say(item.source)}{needs}"


def _written(view: GuideView, node_id: str) -> bool:
    """Whether anybody, here or gone, was ever written down for it."""
    return any(link.declared for link in view.graph.out(node_id, EdgeKind.OWNED_BY))


def _answered(view: GuideView, node_id: str) -> bool:
    return bool(owners(view, node_id).names or backups(view, node_id).names)


def _backup(view: GuideView, node_id: str) -> bool:
    """A second owner will do, and so will a team."""
    owned, backed = owners(view, node_id), backups(view, node_id)
    return len(owned.names) + len(backed.names) > 1 or owned.team or backed.team


def _names(view: GuideView, things: Sequence[Vertex]) -> str:
    return several([view.name(thing.id) for thing in sorted(things, key=lambda one: view.by_weight(one.id))], _NAMES)
