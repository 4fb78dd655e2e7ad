"""What only several lists together tell: whose app a consent is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from connectors.entra.mapping import CLIENT, OBJECT
from stackmap.model import Coverage, Edge, EdgeKind, Fact, Node, NodeKind
from stackmap.sdk import Scope

__all__ = ["joined"]

_GRANTS = "permission-grants"


def joined(facts: Sequence[Fact], _coverage: Mapping[str, Coverage], scope: Scope) -> Iterator[Fact]:
    """The apps' consents. Each names a service principal, by another id than the one that apps go by.

    Several consents to one app are alternatives: it goes on for those who are left. One for everybody counts only
    beside those of people: alone it hangs on nobody, and nothing hangs on it that could go.
    """
    nodes = [fact for fact in facts if isinstance(fact, Node)]
    apps = {node.properties[OBJECT]: node.id for node in nodes if OBJECT in node.properties}
    hanging = {fact.source for fact in facts if isinstance(fact, Edge) and fact.kind is EdgeKind.AUTHORIZED_BY}
    held = [(apps[node.properties[CLIENT]], node) for node in nodes if node.properties.get(CLIENT) in apps]
    personal = {app for app, grant in held if grant.id in hanging}
    here = scope.at(_GRANTS)
    for app, grant in held:
        if grant.kind is NodeKind.GRANT and app in personal:
            record = grant.evidence[0].record
            yield here.edge(EdgeKind.AUTHENTICATES_WITH, app, grant.id, record, slot="delegated")
