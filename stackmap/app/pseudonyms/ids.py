"""Ids without names: what tells the product and the kind of a thing stays, and ids stay apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping

from stackmap.app.pseudonyms.disguise import Disguise
from stackmap.app.pseudonyms.subjects import Subject, code_of
from stackmap.identity import Identity
from stackmap.model import Edge, EdgeKind, Fact, How, Node, NodeKind, kind_of, product_of

__all__ = ["disguised_id", "disguised_ids", "ids_in", "products_read"]

_FOUR = 4
_OF_PEOPLE = frozenset({EdgeKind.REPORTS_TO, EdgeKind.HAS_ACCOUNT, EdgeKind.MEMBER_OF})


def products_read(facts: Iterable[Fact]) -> frozenset[str]:
    """The first part of the ids of systems that a system itself told of: not what somebody wrote in a list."""
    systems = (fact for fact in facts if isinstance(fact, Node) and fact.kind is NodeKind.SYSTEM)
    return frozenset(
        one.id.partition("/")[0]
        for one in systems
        if product_of(one.id) and any(seen.how is How.OBSERVED for seen in one.evidence)
    )


def disguised_id(disguise: Disguise, node_id: str, whose: Subject | None = None, stays: Collection[str] = ()) -> str:
    """An id without names. `stays`: products, and systems as `product/tenant`, that keep what they are called."""
    parts = node_id.split("/")
    fixed = _fixed(node_id, parts, stays)
    return "/".join(part if index in fixed else disguise.part(part, whose) for index, part in enumerate(parts))


def _fixed(node_id: str, parts: list[str], stays: Collection[str]) -> set[int]:
    if len(parts) != _FOUR or not (kind := kind_of(node_id)):
        return set()
    if "/".join(parts[:2]) in stays:
        return {0, 1, 2, 3} if kind is NodeKind.SYSTEM else {0, 1, 2}
    return {0, 2} if parts[0] in stays else {2}


def ids_in(facts: Iterable[Fact]) -> set[str]:
    """The ids of nodes, and of what edges lead from and to."""
    return {end for fact in facts for end in ((fact.id,) if isinstance(fact, Node) else (fact.source, fact.target))}


def disguised_ids(
    identity: Identity, owners: Mapping[str, Subject], disguise: Disguise, salt: str, stays: Collection[str]
) -> Mapping[str, str]:
    """Every id that is another one under stand-ins."""
    people = {node: subject.token for node, subject in owners.items() if node == subject.id and not subject.loose}
    found = {**people, **_unread(identity.facts, people, salt)}
    known = ids_in(identity.facts) | identity.aliases.keys()
    for node_id in sorted(known - found.keys()):
        meant = identity.aliases.get(node_id, "")
        said = disguised_id(disguise, node_id, owners.get(meant or node_id), stays)
        if meant in people and kind_of(node_id) is None:
            said = f"{people[meant]}-{code_of(salt, node_id).lower()}"
        if said != node_id:
            found[node_id] = said
    return _apart(found, known, people, salt)


def _unread(facts: Iterable[Fact], people: Collection[str], salt: str) -> Mapping[str, str]:
    """People of whom only the number is known: a manager who is not on the list."""
    edges = [fact for fact in facts if isinstance(fact, Edge) and fact.kind in _OF_PEOPLE]
    ends = {edge.source for edge in edges} | {edge.target for edge in edges if edge.kind is EdgeKind.REPORTS_TO}
    nodes = {fact.id for fact in facts if isinstance(fact, Node)}
    return {end: f"person-{code_of(salt, end, 6).lower()}" for end in ends - nodes - set(people) if end.count("/") < 2}


def _apart(found: Mapping[str, str], known: Collection[str], people: Collection[str], salt: str) -> Mapping[str, str]:
    twice = {said for said, count in Counter(found.values()).items() if count > 1} | (set(known) & set(found.values()))
    return {
        node_id: f"{said}-{code_of(salt, node_id).lower()}" if said in twice and node_id not in people else said
        for node_id, said in found.items()
    }
