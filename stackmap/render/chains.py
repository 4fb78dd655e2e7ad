"""Chains of causes in words: from a thing to the person who leaves, or to what was off already."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from itertools import takewhile
from operator import attrgetter
from types import MappingProxyType
from urllib.parse import unquote

from stackmap.analysis import Cause, Departure, is_anonymous
from stackmap.analysis.departures.doors import behind_door
from stackmap.model import EdgeKind, NodeKind, Outcome, StackGraph, Vertex, is_unread, kind_of
from stackmap.render.guards import plain
from stackmap.render.words import loses, person_name

__all__ = ["CHAIN", "behind", "chain", "follow", "leads_to_a_leaver", "missing"]

_DEPTH = 6
_MEMBERS = 4
_NO_NOTES: Mapping[str, str] = MappingProxyType({})
CHAIN = frozenset({Outcome.STOPS, Outcome.STARVES, Outcome.LATER, Outcome.UNKNOWN})
"""The outcomes of a thing that is lost, or may be: whatever hangs on it is lost with it."""


def follow(departure: Departure, thing: str, first: Cause) -> Iterator[tuple[Cause, Sequence[Cause]]]:
    """A cause of what happens to `thing` and those behind it, to a depth of six, each with what it was chosen from.

    Of several causes of one node, one is followed that a leaver brings about, where there is one; of those, the first:
    `because` has the strongest and earliest there.
    """
    yield first, (first,)
    cause, seen = first, {thing}
    for _ in range(_DEPTH - 1):
        onward = behind(departure, cause.node)
        if not onward or cause.node in seen:
            return
        seen.add(cause.node)
        cause = next((one for one in onward if len(onward) > 1 and leads_to_a_leaver(departure, one)), onward[0])
        yield cause, onward


def leads_to_a_leaver(departure: Departure, cause: Cause) -> bool:
    """Whether somebody who leaves brings a cause about; otherwise it was so already."""
    open_, seen = [cause.node], {cause.node}
    while open_:
        node = open_.pop()
        if node in departure.leavers or is_anonymous(node):
            return True
        onward = [one.node for one in behind(departure, node) if one.node not in seen]
        seen.update(onward)
        open_.extend(onward)
    return False


def missing(graph: StackGraph, departure: Departure, cause: Cause) -> str:
    """What a cause calls something that was read not to be there; "" where it is, or where that is not known."""
    absent = cause.node not in graph and any(one.link is None for one in behind(departure, cause.node))
    return (_target_name(cause, graph) or _named(graph, cause.node)) if absent and cause.link is not None else ""


def behind(departure: Departure, node: str) -> Sequence[Cause]:
    """The causes of a node's own row of the chain, else of a node on the way. Rows are sorted by thing."""
    at = bisect_left(departure.rows, node, key=attrgetter("thing"))
    for row in takewhile(lambda row: row.thing == node, departure.rows[at : at + len(Outcome)]):
        if row.outcome in CHAIN and row.because:
            return row.because
    via = departure.via.get(node)
    return via.because if via else ()


def chain(
    graph: StackGraph, departure: Departure, thing: str, first: Cause, notes: Mapping[str, str] = _NO_NOTES
) -> str:
    """What `thing` hangs on by this cause, in words. `notes`: what to say in brackets of a login that goes, by id."""
    words: list[str] = []
    before = first
    for cause, choice in follow(departure, thing, first):
        if words and cause.node == thing:  # a further reason, explained by what comes first: that would end here again
            break
        if words and _is_behind(graph, before.node, cause):
            before = cause
            continue
        members = _members_gone(graph, departure, choice) if words else ""
        if members:
            return f"{', which '.join(words)}, {members}"
        others = len({_step(graph, item) for item in choice}) - 1  # two ways into one workflow read as one
        more = f" (and {others} more)" if others else ""
        if words and cause.link is not None and cause.link.kind is EdgeKind.HAS_ACCOUNT:
            words[-1] = _step_to_login(graph, before, cause.node) + _noted(graph, before.node, notes) + more
        else:
            words.append(_step(graph, cause) + more)
        before = cause
    return ", which ".join(words)


def _is_behind(graph: StackGraph, door: str, cause: Cause) -> bool:
    """Whether a cause only says what stands behind an address of ours, under whose name the address is told."""
    return cause.node != door and cause.node == behind_door(graph, door)


def _members_gone(graph: StackGraph, departure: Departure, choice: Sequence[Cause]) -> str:
    """Of a group that loses several members, whose logins those are; "" of anything else."""
    found = [cause for cause in choice if cause.link is not None and cause.link.kind is EdgeKind.MEMBER_OF]
    left = sorted({_login_of(graph, departure, one.node) for one in found if leads_to_a_leaver(departure, one)})
    if len(left) < 2:
        return ""
    rest = len(left) - _MEMBERS
    more = f" and {rest} more" if rest > 0 else ""
    return f"whose members are all gone: {', '.join(left[:_MEMBERS])}{more}"


def _login_of(graph: StackGraph, departure: Departure, login: str) -> str:
    """A login that goes, and whose it is where that is why."""
    ties = [one for one in behind(departure, login) if one.link is not None and one.link.kind is EdgeKind.HAS_ACCOUNT]
    if not ties or is_unread(login) or is_anonymous(ties[0].node):
        return _named(graph, login)
    return _owned(graph, login, ties[0].node)


def _noted(graph: StackGraph, login: str, notes: Mapping[str, str]) -> str:
    """A login that is off, and of which a further act takes something: that must be said beside it."""
    said = notes.get(login, _past(graph.get(login)))
    return f" ({said})" if said else ""


def _past(vertex: Vertex | None) -> str:
    """What became of a login before: frozen is not switched off."""
    if vertex is None or not vertex.switched_off:
        return ""
    return "off already" if vertex.active is False else "frozen already"


def _step(graph: StackGraph, cause: Cause) -> str:
    if cause.link is None:
        if is_anonymous(cause.node):
            return "is held by somebody no list names"
        vertex = graph.get(cause.node)
        if vertex is not None and vertex.kind is NodeKind.PERSON:
            return "belongs to somebody who has left"  # the login itself may well be on
        return f"is {_past(vertex) or 'off already'}" if vertex else "is not there"
    return f"{loses(cause.link, cause.node)} {_target_name(cause, graph) or _named(graph, cause.node)}"


def _target_name(cause: Cause, graph: StackGraph) -> str:
    """What the connector calls a target that no list has, "" where it says nothing or the target has a name."""
    if cause.link is None or cause.node in graph:
        return ""
    given = (fact.properties.get("target_name") for fact in cause.link.facts)
    return next((plain(name) for name in given if isinstance(name, str)), "")


def _step_to_login(graph: StackGraph, login: Cause, person: str) -> str:
    """A login and whose it is, in one breath."""
    words = loses(login.link, login.node) if login.link is not None else "hangs on"
    if is_unread(login.node):
        return f"{words} {_named(graph, login.node)}"
    if is_anonymous(person):
        return f"{words} {_named(graph, login.node)}, whose holder no list names"
    return f"{words} {_owned(graph, login.node, person)}"


def _owned(graph: StackGraph, login: str, person: str) -> str:
    name, holder = plain(graph.name(login)), plain(graph.name(person))
    return f"{holder}'s login" + ("" if name == holder else f" {name}")


def _named(graph: StackGraph, node: str) -> str:
    """A node by name; one that is not there by its kind and the vendor's id; a login never read by its keys."""
    vertex, kind = graph.get(node), kind_of(node)
    if is_unread(node):
        keys = [plain(graph.name(link.source)) for link in graph.into(node, EdgeKind.AUTHORIZED_BY)]
        return f"whoever stands behind {' and '.join(keys)}" if keys else "a login that was not read"
    if vertex is None and kind is not None:
        word = "login" if kind is NodeKind.ACCOUNT else kind.value.lower()
        return f"the {word} {plain(unquote(node.rsplit('/', 1)[-1]))}"
    name = plain(graph.called(behind_door(graph, node)) if vertex is not None else person_name(graph, node))
    return f"the login {name}" if vertex is not None and vertex.kind is NodeKind.ACCOUNT else name
