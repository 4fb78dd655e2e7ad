"""What explanations name and nobody draws: keys, grants, groups, mailboxes, and people whom no list names."""

from __future__ import annotations

from urllib.parse import unquote

from stackmap.analysis import is_anonymous, things_behind
from stackmap.analysis.lanes import Lane
from stackmap.app.map.nodes import LOGIN
from stackmap.app.map.sights import Sights
from stackmap.model import EdgeKind, NodeKind, Vertex, is_unread, kind_of
from stackmap.render.map_page import Look, MapNode
from stackmap.render.words import person_name

__all__ = ["hidden_node"]

_KIND_WORDS = {
    NodeKind.GRANT: "consent",
    NodeKind.CREDENTIAL: "credential",
    NodeKind.ACCOUNT: LOGIN,
    NodeKind.ENDPOINT: "address",
}


def hidden_node(sights: Sights, node_id: str) -> MapNode:
    """A node for search and explanations. Never shows the id as a name."""
    if is_anonymous(node_id):
        name = person_name(sights.reading.stack.graph, node_id)
        return MapNode(node_id, "unknown person", Lane.PEOPLE, Look.PERSON, name, drawn=False)
    vertex = sights.reading.stack.graph.get(node_id)
    return _listed(sights, vertex) if vertex else _unlisted(sights, node_id)


def _listed(sights: Sights, vertex: Vertex) -> MapNode:
    internal = vertex.properties.get("internal") is True
    system = "" if internal else sights.system_name(vertex.id)
    place = vertex.kind is NodeKind.ENDPOINT
    return MapNode(
        vertex.id,
        "" if internal else _kind(vertex),
        Lane.SYSTEMS if place else Lane.LOGINS,
        Look.ENDPOINT if place else Look.OTHER,
        sights.named(vertex),
        system=system,
        details=tuple(_about(sights, vertex)),
        evidence=sights.proofs(vertex.evidence, system),
        off=vertex.switched_off,
        drawn=False,
    )


def _kind(vertex: Vertex) -> str:
    if vertex.properties.get("mailbox") is True:
        return "mailbox"
    return _KIND_WORDS.get(vertex.kind, vertex.kind.value.lower())


def _about(sights: Sights, vertex: Vertex) -> list[tuple[str, str]]:
    graph = sights.reading.stack.graph
    users = sorted({graph.called(link.source) for link in graph.into(vertex.id, EdgeKind.AUTHENTICATES_WITH)})
    found = [("Used by", ", ".join(users))] if users else []
    for link in graph.out(vertex.id, EdgeKind.AUTHORIZED_BY):
        whose = "holder not read" if is_unread(link.target) else graph.name(link.target)
        found.append(("Authorised by", whose))
    members = sorted({graph.name(link.source) for link in graph.into(vertex.id, EdgeKind.MEMBER_OF)})
    return [*found, ("Members", ", ".join(members))] if members else found


def _unlisted(sights: Sights, node_id: str) -> MapNode:
    """Something that others name and that no list holds."""
    stack = sights.reading.stack
    kind = kind_of(node_id)
    word = _KIND_WORDS.get(kind, kind.value.lower()) if kind else "thing"
    used = [stack.graph.called(link.source) for link in stack.graph.into(node_id)]
    used = used or [stack.graph.called(thing) for thing in things_behind(stack, node_id)]
    groups = sorted(stack.graph.called(link.target) for link in stack.graph.out(node_id, EdgeKind.MEMBER_OF))
    if groups:
        # A queue may have a whole role or group of people as its member: of that it is only known that it is there.
        word, name = "member", f"member of {groups[0]} that was not read"
    else:
        name = f"{word} behind {used[0]}" if used else f"{word} that no list names"
    told = (("Known from", ", ".join(sorted(set(used)))),) if used else ()
    if kind:
        told = (*told, ("Record", unquote(node_id.rsplit("/", 1)[-1])))
    system = sights.system_name(node_id)
    return MapNode(
        node_id, f"{word}, not listed", Lane.LOGINS, Look.OTHER, name, system=system, details=told, drawn=False
    )
