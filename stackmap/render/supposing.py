"""What an answer supposes, in words and as JSON: said before everything else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import unquote

from stackmap.analysis.what_if.supposed import Ending, Supposed, Supposition
from stackmap.model import NodeKind, StackGraph, system_id, system_of
from stackmap.render.guards import plain
from stackmap.render.lines import wrapped
from stackmap.render.words import full_day

__all__ = ["place_name", "supposed_in_short", "supposed_json", "supposed_lines"]

_BY_SYSTEM = frozenset({NodeKind.ACCOUNT, NodeKind.GRANT, NodeKind.CREDENTIAL})
_MOST = 3


def supposed_lines(graph: StackGraph, supposed: Supposed) -> list[str]:
    """A block for the top of an answer, with an empty line behind it; nothing where nothing is supposed."""
    lines: list[str] = []
    if supposed.suppositions:
        lines.append("Supposing, beside what was read (nothing of it is stored):")
        for one in supposed.suppositions:
            lines.extend(wrapped(said(graph, one) + _beside(graph, one), "  "))
    if supposed.on is not None:
        lines.extend(_on_that_day(graph, supposed))
    return [*lines, ""] if lines else []


def supposed_in_short(graph: StackGraph, supposed: Supposed) -> str:
    """The same in one line; "" where nothing is supposed."""
    parts = [said(graph, one) for one in supposed.suppositions]
    if supposed.on is not None:
        parts.append(f"as of {full_day(supposed.on)}")
    return f"Supposing: {'; '.join(parts)}" if parts else ""


def supposed_json(graph: StackGraph, supposed: Supposed) -> dict[str, Any]:
    """The keys `supposing` and `on`, each only where there is something to say."""
    document: dict[str, Any] = {}
    if supposed.suppositions:
        document["supposing"] = [_supposition(graph, one) for one in supposed.suppositions]
    if supposed.on is not None:
        document["on"] = {
            "day": supposed.on.isoformat(),
            "ended": [_ending(graph, one) for one in supposed.endings],
        }
    return document


def said(graph: StackGraph, one: Supposition) -> str:
    """The sentence with the names of this reading; it can be given again as it stands."""
    return " ".join(filter(None, (_name(graph, one.subject), one.verb, one.object and _name(graph, one.object))))


def place_name(graph: StackGraph, node_id: str) -> str:
    """The system that something lies in, also where only its id tells; "" for none."""
    prefix = system_of(node_id)
    if graph.systems_of(node_id) or not prefix:
        return graph.system_name(node_id)
    system = graph.get(system_id(*map(unquote, prefix.split("/", 1))))
    return system.name if system and system.name else prefix


def _supposition(graph: StackGraph, one: Supposition) -> Mapping[str, Any]:
    return {
        "said": said(graph, one),
        "subject": one.subject,
        "verb": one.verb,
        "object": one.object or None,
        "logins": list(one.by),
        "new_login": one.new_login,
        "already": one.already,
    }


def _ending(graph: StackGraph, one: Ending) -> Mapping[str, Any]:
    vertex = graph.get(one.node)
    return {
        "id": one.node,
        "kind": vertex.kind.value if vertex else None,
        "name": graph.name(one.node),
        "system": graph.system_name(one.node) or None,
        "day": one.day.isoformat(),
        "things": list(one.things),
    }


def _name(graph: StackGraph, node_id: str) -> str:
    """Names of logins and tokens say little without their system."""
    name, vertex = plain(graph.name(node_id)), graph.get(node_id)
    system = plain(place_name(graph, node_id)) if vertex and vertex.kind in _BY_SYSTEM else ""
    return f"{name} in {system}" if system else name


def _beside(graph: StackGraph, one: Supposition) -> str:
    """What goes with a supposition without having been said."""
    if one.already:
        return " (so already: it changes nothing)"
    if one.new_login:
        return f" (with a new login: none of {_name(graph, one.subject)}'s own was read there)"
    logins = ", ".join(_name(graph, login) for login in one.by)
    return f" (with the login{'s' * bool(one.by[1:])} {logins})" if logins else ""


def _on_that_day(graph: StackGraph, supposed: Supposed) -> Iterator[str]:
    if supposed.on is None:
        return
    day = full_day(supposed.on)
    if not supposed.endings:
        yield from wrapped(
            f"As of {day}: nothing of which a date was read ends by then. What else changes, nobody knows."
        )
        return
    yield from wrapped(f"As of {day}, by the dates that were read (what else changes by then, nobody knows):")
    for one in supposed.endings:
        yield from wrapped(f"{_name(graph, one.node)} ends on {full_day(one.day)}{_used(graph, one)}", "  ")


def _used(graph: StackGraph, one: Ending) -> str:
    names = [plain(graph.name(thing)) for thing in one.things]
    more = f" and {len(names) - _MOST} more" if len(names) > _MOST else ""
    return f": {', '.join(names[:_MOST])}{more}" if names else ""
