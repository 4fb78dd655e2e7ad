"""A stack in which second holders are agreed on: what a plan adds to the facts, so that it can be judged again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TypeAlias
from urllib.parse import quote

from stackmap.analysis.compiling.compiled import CompiledStack
from stackmap.analysis.succession.candidates import Candidates
from stackmap.analysis.succession.holds import Hold, Way
from stackmap.analysis.succession.memberships import Memberships
from stackmap.model import (
    AccountType,
    Edge,
    EdgeKey,
    EdgeKind,
    Evidence,
    Fact,
    How,
    Link,
    Node,
    NodeKind,
    StackGraph,
    build_graph,
)

__all__ = ["agreed"]

_Pair: TypeAlias = tuple[str, Hold, str]
"""A group of two who agree on a hold, the hold, and its second holder."""

_SAID = (Evidence("second-holders", "plan", how=How.DECLARED),)


def agreed(candidates: Candidates, seconds: Mapping[Hold, str]) -> CompiledStack:
    """The stack with these second holders.

    A login then has two holders, which makes neither of them a member more of a group; what hung on a person hangs on
    one of two; what one person cared for has a second administrator or owner.
    """
    compiled = candidates.compiled
    graph, coverage = compiled.stack.graph, compiled.stack.coverage
    kept = _kept_apart(compiled, seconds)
    pairs: dict[EdgeKey | None, _Pair] = {
        hold.edge: (f"second-holders-{place}", hold, person)
        for place, (hold, person) in enumerate(sorted(seconds.items(), key=lambda item: item[0].order))
        if hold.way is Way.IN_PERSON
    }
    facts: list[Fact] = [fact for vertex in graph.vertices() for fact in vertex.facts]
    for link in graph.links():
        if link.key in kept:
            facts.extend(_in_person(graph, link, kept[link.key], pairs))
        else:
            facts.extend(_shared(link, *pairs[link.key]) if link.key in pairs else link.facts)
    for hold, person in seconds.items():
        facts.extend(_added(candidates, hold, person))
    return CompiledStack(replace(compiled.stack, graph=build_graph(facts, coverage)), compiled.how)


def _kept_apart(compiled: CompiledStack, seconds: Mapping[Hold, str]) -> Mapping[EdgeKey, str]:
    """The edges by which those are in groups who share a login, each with the person that is meant."""
    sharing = {hold.person for hold in seconds if hold.way is Way.LOGIN}
    links = Memberships(compiled, sharing).links
    return {link.key: person for person in links for link in links[person] if link.source != person}


def _in_person(graph: StackGraph, link: Link, person: str, pairs: Mapping[EdgeKey | None, _Pair]) -> Iterator[Fact]:
    """A membership through a login that stays with one person, whoever else holds the login itself.

    That login hangs on all that the shared one does, and where that is agreed on with two, on these.
    """
    login = graph.get(link.source)
    only = f"{link.source}{quote(f'/{_SAID[0].inventory}', safe='')}"
    for fact in login.facts if login is not None else ():
        yield replace(fact, id=only, properties={**fact.properties, "account_type": AccountType.HUMAN.value})
    yield Edge(EdgeKind.HAS_ACCOUNT, person, only, _SAID)
    for edge in graph.out(link.source, EdgeKind.PART_OF, EdgeKind.DEPENDS_ON):
        target = pairs[edge.key][0] if edge.key in pairs else edge.target
        yield from (replace(fact, source=only, target=target) for fact in edge.facts)
    yield from (replace(fact, source=only) for fact in link.facts)


def _shared(link: Link, pair: str, hold: Hold, person: str) -> Iterator[Fact]:
    """An edge that led to one person, as all sources tell it, now led to two of whom one is enough.

    Groups, slots and outcomes stay. Two who agree to answer for a thing both look after it.
    """
    yield Node(NodeKind.GROUP, pair, "", _SAID)
    for one in (hold.person, person):
        yield Edge(EdgeKind.MEMBER_OF, one, pair, _SAID)
    for fact in link.facts:
        leads_there = fact.target == hold.person
        yield replace(fact, target=pair) if leads_there else replace(fact, source=pair)
        if fact.kind is EdgeKind.OWNED_BY:
            for one in (hold.person, person):
                yield replace(fact, outcomes=None, target=one, evidence=_SAID)


def _added(candidates: Candidates, hold: Hold, person: str) -> Iterator[Fact]:
    if hold.way is Way.LOGIN:
        for one in (hold.person, person):
            yield Edge(EdgeKind.HAS_ACCOUNT, one, hold.about, _SAID)
    elif hold.way is Way.MEMBER:
        yield Edge(EdgeKind.MEMBER_OF, candidates.login_to_share_with(person, hold) or person, hold.about, _SAID)
    elif hold.way is Way.CARE:
        login = candidates.login_to_share_with(person, hold)
        if login is not None:
            yield Edge(EdgeKind.ADMINISTERS, login, hold.about, _SAID)
        else:
            yield Edge(EdgeKind.OWNED_BY, hold.about, person, _SAID)
