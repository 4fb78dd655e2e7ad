"""What a node hangs on: its edges sorted into requirements (semantics, rules 8, 9, 13 and 15)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple, TypeAlias

from stackmap.analysis.anonymous import anonymous_id
from stackmap.analysis.compiling.routes import place_of
from stackmap.analysis.gates.network import aside
from stackmap.analysis.stack import Stack
from stackmap.model import EDGE_KINDS, EdgeKind, Link, Members, NodeKind, State, Vertex, product_of

__all__ = ["Requirement", "requirements", "starts_itself"]

_PERSONAL_USE = 5
"""An app with tokens of more people than this, which nobody declared, is each one's personal use (rule 15)."""

# Bound once, for these are asked of every edge: Python 3.11 takes longer to look a member up in its enum than to call.
_WRITES_TO = EdgeKind.WRITES_TO
_AUTHENTICATES_WITH = EdgeKind.AUTHENTICATES_WITH
_AUTHORIZED_BY = EdgeKind.AUTHORIZED_BY
_ROUTES_TO = EdgeKind.ROUTES_TO
_TRIGGERS = EdgeKind.TRIGGERS
_STARVES = State.STARVES
_STOPS = State.STOPS
_ANY_ASSUMED = Members.ANY_ASSUMED

_EXPLICIT = "group"
_ONLY_AT_THE_TARGET = (_TRIGGERS, EdgeKind.MEMBER_OF)
_AT_THE_TARGET = (*_ONLY_AT_THE_TARGET, _WRITES_TO)
_HOSTS = {_WRITES_TO: NodeKind.DATASET, EdgeKind.MEMBER_OF: NodeKind.GROUP}
"""Content hangs on writers in a Dataset only, and only a Group stops with its last member."""

_NOT_ON_ITS_TARGET = frozenset(
    {
        *_ONLY_AT_THE_TARGET,
        EdgeKind.HAS_ACCOUNT,
        EdgeKind.PROVISIONED_BY,
        EdgeKind.HAS_ROLE,
        EdgeKind.ADMINISTERS,
        EdgeKind.KNOWS,
        EdgeKind.NOTIFIES,
        EdgeKind.REPORTS_TO,
        EdgeKind.CREATED_BY,
        EdgeKind.MODIFIED_BY,
    }
)


class Requirement(NamedTuple):
    """Edges of one dependent that are alternatives (one edge: simply required).

    `ends` maps what is hung on to the edges that lead there: one target counts once, with its worse edge.
    `loss` is what a member that is off must pass to count as gone (`starves` for writers).
    """

    host: str
    ends: Mapping[str, tuple[Link, ...]]
    need: int = 1
    assumed: bool = False
    personal: bool = False
    loss: State = _STOPS
    group: bool = True


class _Hang(NamedTuple):
    """An edge seen from the node that hangs on its other end.

    `loss`: content starves with its writers; whatever else is lost stops.
    """

    host: str
    end: str
    link: Link
    loss: State = _STOPS


_GroupKey: TypeAlias = tuple[str, str, str]
"""Host, sort of group (`group`, or the kind that forms it) and label or slot."""


def requirements(stack: Stack, node_id: str) -> Iterator[Requirement]:
    """Everything a node requires, in a fixed order."""
    groups: dict[_GroupKey, list[_Hang]] = defaultdict(list)
    for hang in [*_on_targets(stack, node_id), *_on_sources(stack, node_id)]:
        keys = _groups_of(stack, hang)
        for key in keys:
            groups[key].append(hang)
        if not keys:
            yield _single(hang, hang.link)
        elif hang.loss is _STARVES and hang.link.required:
            yield _single(hang, _as_required(hang.link))
    for (_, sort, _), members in sorted(groups.items()):
        if not (sort == _TRIGGERS and _starts_itself(stack, node_id)):
            yield _grouped(stack, members, explicit=sort == _EXPLICIT)


def _single(hang: _Hang, link: Link) -> Requirement:
    return Requirement(hang.host, {hang.end: (link,)}, loss=hang.loss, group=False)


def _as_required(link: Link) -> Link:
    """A writer's edge as told by those sources that call it required: that is as sure as they are."""
    return replace(link, facts=tuple(fact for fact in link.facts if fact.properties.get("required") is True))


def _on_targets(stack: Stack, node_id: str) -> list[_Hang]:
    links = [link for link in stack.graph.out(node_id) if link.kind not in _NOT_ON_ITS_TARGET]
    if not links:
        return []
    host = place_of(stack, node_id)
    return [_Hang(host, link.target, link) for link in links]


def _on_sources(stack: Stack, node_id: str) -> Iterator[_Hang]:
    """Triggers, writers of a Dataset and members of a Group hang the node they lead to on themselves."""
    for link in stack.graph.into(node_id, *_AT_THE_TARGET):
        host = _HOSTS.get(link.kind)
        if host is None or _is(stack, node_id, host):
            content = link.kind is _WRITES_TO
            yield _Hang(node_id, link.source, link, _STARVES if content else _STOPS)


def _is(stack: Stack, node_id: str, kind: NodeKind) -> bool:
    vertex = stack.graph.get(node_id)
    return vertex is not None and vertex.kind is kind


def _groups_of(stack: Stack, hang: _Hang) -> list[_GroupKey]:
    """The groups an edge belongs to: the one it names, or its kind's own; all writers form one in any case (rule 8)."""
    link, kind = hang.link, hang.link.kind
    groups: list[_GroupKey] = []
    if kind is _WRITES_TO:
        if hang.loss is not _STARVES:
            return []
        groups.append((hang.host, kind, ""))
    if link.group:
        groups.append((hang.host, _EXPLICIT, link.group))
    elif kind is _AUTHENTICATES_WITH:
        groups.append((hang.host, kind, _token_slot(stack, link)))
    elif kind is _ROUTES_TO:
        groups.append((hang.host, kind, link.slot))
    elif kind in _ONLY_AT_THE_TARGET:
        groups.append((hang.host, kind, ""))
    return groups


def _starts_itself(stack: Stack, node_id: str) -> bool:
    vertex = stack.graph.get(node_id)
    return vertex is not None and starts_itself(vertex)


def starts_itself(vertex: Vertex) -> bool:
    """Whether something also runs on a schedule or when somebody starts it."""
    starts = vertex.properties.get("starts")
    return isinstance(starts, Sequence) and not isinstance(starts, str) and bool({"schedule", "manual"} & set(starts))


def _grouped(stack: Stack, members: Sequence[_Hang], *, explicit: bool) -> Requirement:
    links = [hang.link for hang in members]
    ends: dict[str, tuple[Link, ...]] = {}
    for hang in members:
        ends[hang.end] = (*ends[hang.end], hang.link) if hang.end in ends else (hang.link,)
    need = max(link.need for link in links) if explicit else 1
    assumed = _assumed(links, explicit=explicit)
    personal = assumed and not explicit and links[0].kind is _AUTHENTICATES_WITH and _personal_use(stack, links)
    return Requirement(
        members[0].host, dict(sorted(ends.items())), need, assumed and not personal, personal, members[0].loss
    )


def _assumed(links: Sequence[Link], *, explicit: bool) -> bool:
    """Whether the members are only assumed to be alternatives (rule 9)."""
    by_slot = EDGE_KINDS[links[0].kind].members is _ANY_ASSUMED
    if not (explicit or by_slot) or any(link.declared for link in links):
        return False
    said = {fact.proven for link in links for fact in link.facts}
    return False in said or not (explicit or True in said)


def _token_slot(stack: Stack, link: Link) -> str:
    """The slot of a token: the named one, else the only one there is, else the product that it opens (rule 8)."""
    if link.slot:
        return link.slot
    siblings = stack.graph.out(link.source, _AUTHENTICATES_WITH)
    named = {sibling.slot for sibling in siblings if sibling.slot and not sibling.group}
    if len(named) == 1:
        return named.pop()
    products = {product_of(way.target) for way in stack.graph.out(link.target, _AUTHORIZED_BY)}
    product = products.pop() if len(products) == 1 else None
    return product or aside("alone", link.target)


def _personal_use(stack: Stack, links: Sequence[Link]) -> bool:
    app = stack.graph.get(links[0].source)
    if app is not None and app.declared:
        return False
    people: set[str] = set()
    for link in links:
        for way in stack.graph.out(link.target, _AUTHORIZED_BY):
            account = stack.accounts.get(way.target)
            if account is not None:
                people.update(tie.person for tie in account.holders)
                people.update([anonymous_id(account.id)] if account.anonymous else [])
    return len(people) > _PERSONAL_USE
