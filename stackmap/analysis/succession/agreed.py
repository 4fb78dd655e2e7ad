"""A stack in which second holders are agreed on: what a plan adds to the facts, so that it can be judged again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from stackmap.analysis.compiling.compiled import CompiledStack
from stackmap.analysis.succession.candidates import Candidates
from stackmap.analysis.succession.holds import Hold, Way
from stackmap.model import Edge, EdgeKind, Evidence, Fact, How, Link, Node, NodeKind, build_graph

__all__ = ["agreed"]

_SAID = (Evidence("second-holders", "plan", how=How.DECLARED),)


def agreed(candidates: Candidates, seconds: Mapping[Hold, str]) -> CompiledStack:
    """The stack with these second holders.

    A login then has two holders; what hung on a person hangs on one of two; what one person cared for has a second
    administrator or owner.
    """
    compiled = candidates.compiled
    graph, coverage = compiled.stack.graph, compiled.stack.coverage
    pairs = {
        hold.edge: (f"second-holders-{place}", hold, person)
        for place, (hold, person) in enumerate(sorted(seconds.items(), key=lambda item: item[0].order))
        if hold.way is Way.IN_PERSON
    }
    facts: list[Fact] = [fact for vertex in graph.vertices() for fact in vertex.facts]
    for link in graph.links():
        facts.extend(_shared(link, *pairs[link.key]) if link.key in pairs else link.facts)
    for hold, person in seconds.items():
        facts.extend(_added(candidates, hold, person))
    return CompiledStack(replace(compiled.stack, graph=build_graph(facts, coverage)), compiled.how)


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
    elif hold.way is Way.CARE:
        login = candidates.login_to_administer(person, hold)
        if login is not None:
            yield Edge(EdgeKind.ADMINISTERS, login, hold.about, _SAID)
        else:
            yield Edge(EdgeKind.OWNED_BY, hold.about, person, _SAID)
