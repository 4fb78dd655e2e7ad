"""What a node hangs on: its edges sorted into requirements (semantics, rules 8, 9, 13 and 15)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from stackmap.analysis.compiling.routes import place_of
from stackmap.analysis.gates.network import aside
from stackmap.analysis.stack import Stack, anonymous_id
from stackmap.model import EDGE_KINDS, EdgeKind, Link, Members, NodeKind, State, Vertex, product_of

__all__ = ["Requirement", "requirements", "starts_itself"]

_PERSONAL_USE = 5
"""An app with tokens of more people than this, which nobody declared, is each one's personal use (rule 15)."""

_EXPLICIT = "group"
_ONLY_AT_THE_TARGET = (EdgeKind.TRIGGERS, EdgeKind.MEMBER_OF)
_AT_THE_TARGET = (*_ONLY_AT_THE_TARGET, EdgeKind.WRITES_TO)
_HOSTS = {EdgeKind.WRITES_TO: NodeKind.DATASET, EdgeKind.MEMBER_OF: NodeKind.GROUP}
"""Content hangs on writers in a Dataset only, and only a Group stops with its last member."""

_NO_STATE = frozenset(
    {
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


@dataclass(frozen=True, slots=True)
class Requirement:
    """Edges of one dependent that are alternatives (one edge: simply required).

    `ends` maps what is hung on to the edges that lead there: one target counts once, with its worse edge.
    `loss` is what a member that is off must pass to count as gone (`starves` for writers).
    """

    host: str
    ends: Mapping[str, tuple[Link, ...]]
    need: int = 1
    assumed: bool = False
    personal: bool = False
    loss: State = State.STOPS
    group: bool = True


@dataclass(frozen=True, slots=True)
class _Hang:
    """An edge seen from the node that hangs on its other end."""

    host: str
    end: str
    link: Link

    @property
    def loss(self) -> State:
        """Content starves with its writers; whatever else is lost stops."""
        content = self.link.kind is EdgeKind.WRITES_TO and self.end == self.link.source
        return State.STARVES if content else State.STOPS


_GroupKey: TypeAlias = tuple[str, str, str]
"""Host, sort of group (`group`, or the kind that forms it) and label or slot."""


def requirements(stack: Stack, node_id: str) -> Iterator[Requirement]:
    """Everything a node requires, in a fixed order."""
    groups: dict[_GroupKey, list[_Hang]] = defaultdict(list)
    hangs = [*_on_targets(stack, node_id), *_on_sources(stack, node_id)]
    tokens = [hang.link for hang in hangs if hang.link.kind is EdgeKind.AUTHENTICATES_WITH]
    for hang in hangs:
        keys = list(_groups_of(stack, hang, tokens))
        for key in keys:
            groups[key].append(hang)
        if not keys:
            yield _single(hang, hang.link)
        elif hang.loss is State.STARVES and hang.link.required:
            yield _single(hang, _as_required(hang.link))
    vertex = stack.graph.get(node_id)
    for (_, sort, _), members in sorted(groups.items()):
        if not (sort == EdgeKind.TRIGGERS and vertex is not None and starts_itself(vertex)):
            yield _grouped(stack, members, explicit=sort == _EXPLICIT)


def _single(hang: _Hang, link: Link) -> Requirement:
    return Requirement(hang.host, {hang.end: (link,)}, loss=hang.loss, group=False)


def _as_required(link: Link) -> Link:
    """A writer's edge as told by those sources that call it required: that is as sure as they are."""
    return replace(link, facts=tuple(fact for fact in link.facts if fact.properties.get("required") is True))


def _on_targets(stack: Stack, node_id: str) -> Iterator[_Hang]:
    host = place_of(stack, node_id)
    for link in stack.graph.out(node_id):
        if link.kind not in _NO_STATE and link.kind not in _ONLY_AT_THE_TARGET:
            yield _Hang(host, link.target, link)


def _on_sources(stack: Stack, node_id: str) -> Iterator[_Hang]:
    """Triggers, writers of a Dataset and members of a Group hang the node they lead to on themselves."""
    vertex = stack.graph.get(node_id)
    kind = vertex.kind if vertex else None
    for link in stack.graph.into(node_id, *_AT_THE_TARGET):
        if _HOSTS.get(link.kind, kind) is kind:
            yield _Hang(node_id, link.source, link)


def _groups_of(stack: Stack, hang: _Hang, tokens: Sequence[Link]) -> Iterator[_GroupKey]:
    """The groups an edge belongs to: the one it names, or its kind's own; all writers form one in any case (rule 8)."""
    link = hang.link
    if link.kind is EdgeKind.WRITES_TO:
        if hang.loss is not State.STARVES:
            return
        yield hang.host, link.kind.value, ""
    if link.key.group:
        yield hang.host, _EXPLICIT, link.key.group
    elif link.kind is EdgeKind.AUTHENTICATES_WITH:
        yield hang.host, link.kind.value, _token_slot(stack, link, tokens)
    elif link.kind is EdgeKind.ROUTES_TO:
        yield hang.host, link.kind.value, link.key.slot
    elif link.kind in _ONLY_AT_THE_TARGET:
        yield hang.host, link.kind.value, ""


def starts_itself(vertex: Vertex) -> bool:
    """Whether something also runs on a schedule or when somebody starts it."""
    starts = vertex.properties.get("starts")
    return isinstance(starts, Sequence) and not isinstance(starts, str) and bool({"schedule", "manual"} & set(starts))


def _grouped(stack: Stack, members: Sequence[_Hang], *, explicit: bool) -> Requirement:
    ends: dict[str, tuple[Link, ...]] = {}
    for hang in members:
        ends[hang.end] = (*ends.get(hang.end, ()), hang.link)
    links = [hang.link for hang in members]
    need = max(link.need for link in links) if explicit else 1
    assumed = _assumed(links, explicit=explicit)
    personal = assumed and not explicit and links[0].kind is EdgeKind.AUTHENTICATES_WITH and _personal_use(stack, links)
    return Requirement(
        members[0].host, dict(sorted(ends.items())), need, assumed and not personal, personal, members[0].loss
    )


def _assumed(links: Sequence[Link], *, explicit: bool) -> bool:
    """Whether the members are only assumed to be alternatives (rule 9)."""
    said = {fact.proven for link in links for fact in link.facts}
    if any(link.declared for link in links):
        return False
    if explicit:
        return False in said
    by_slot = EDGE_KINDS[links[0].kind].members is Members.ANY_ASSUMED
    return by_slot and (False in said or True not in said)


def _token_slot(stack: Stack, link: Link, siblings: Sequence[Link]) -> str:
    """The slot of a token: the named one, else the only one there is, else the product that it opens (rule 8)."""
    if link.key.slot:
        return link.key.slot
    named = {sibling.key.slot for sibling in siblings if sibling.key.slot and not sibling.key.group}
    if len(named) == 1:
        return named.pop()
    products = {product_of(way.target) for way in stack.graph.out(link.target, EdgeKind.AUTHORIZED_BY)}
    product = products.pop() if len(products) == 1 else None
    return product or aside("alone", link.target)


def _personal_use(stack: Stack, links: Sequence[Link]) -> bool:
    app = stack.graph.get(links[0].source)
    if app is not None and app.declared:
        return False
    people: set[str] = set()
    for link in links:
        for way in stack.graph.out(link.target, EdgeKind.AUTHORIZED_BY):
            account = stack.accounts.get(way.target)
            if account is not None:
                people.update(tie.person for tie in account.holders)
                people.update([anonymous_id(account.id)] if account.anonymous else [])
    return len(people) > _PERSONAL_USE
