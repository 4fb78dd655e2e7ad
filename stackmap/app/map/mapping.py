"""The page of the map: what is drawn where, with which links, and what the page needs to answer by itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from stackmap.analysis.compiling.document import gates_document
from stackmap.analysis.departures.doors import behind_door
from stackmap.analysis.departures.fixes import FIND_ITS_USERS
from stackmap.analysis.gates.network import gone_by
from stackmap.app.asking import check
from stackmap.app.map.beside import administrators, asides, heirs_of
from stackmap.app.map.fixes import fixes_of, outcome_fixes
from stackmap.app.map.hidden import hidden_node
from stackmap.app.map.nodes import RUNS, map_nodes
from stackmap.app.map.placing import FLOWS, placed
from stackmap.app.map.rows import row_proofs, said_of
from stackmap.app.map.sights import Sights
from stackmap.app.opening import Reading
from stackmap.model import Certainty, EdgeKind, Link, StackGraph, is_thing, is_unread
from stackmap.render.map_page import Left, Line, Look, MapLink, MapNode, MapPage, Proof, check_crowd
from stackmap.render.supposing import told
from stackmap.render.ties import tie_words, ways_alike
from stackmap.render.words import LOSES, counted, full_day
from stackmap.rules import Case
from stackmap.rules.left_behind import left_behind
from stackmap.sdk import Connector

__all__ = ["map_page"]

_ORIGINS = frozenset({EdgeKind.READS_FROM})
_AMONG_LINKS = (EdgeKind.CALLS, EdgeKind.TRIGGERS, EdgeKind.DEPENDS_ON)


def map_page(reading: Reading, connectors: Iterable[Connector] = ()) -> MapPage:
    """Everything the map of a reading shows. The sources of verdicts are told where `connectors` have them.

    Raises UsageError where there is more to draw than can be read: before anything is searched for, if that shows.
    """
    analysis = reading.analysis()
    sights = Sights(reading, analysis, check(reading))
    check_crowd(_never_folded(sights))
    nodes = _near_something({node.id: node for node in map_nodes(sights)}, reading.stack.graph, sights)
    rows = row_proofs(connectors, reading.policy)
    links = [link for link in _links(sights, rows) if link.source in nodes and link.target in nodes]
    gates = gates_document(analysis)
    doors = _doors(sights, gates["nodes"])
    for node_id in _named_by(gates):
        if node_id not in nodes and node_id not in doors:
            nodes[node_id] = hidden_node(sights, node_id)
    return _page(sights, nodes, links, gates)


def _page(sights: Sights, nodes: Mapping[str, MapNode], links: Sequence[MapLink], gates: Mapping[str, Any]) -> MapPage:
    reading, analysis, supposing = sights.reading, sights.analysis, tuple(_supposing(sights.reading))
    return MapPage(
        title="Stack map, as supposed" if supposing else "Stack map",
        subtitle=_subtitle(sights),
        read_on=full_day(reading.snapshot.taken_at.date()),
        audience="marketing and revenue operations",
        nodes=placed(nodes, links, reading.stack.graph),
        links=tuple(links),
        gates=gates,
        coverage=reading.coverage,
        asides=tuple(asides(analysis, gates["nodes"])),
        logins=_logins(gates["nodes"]),
        doors=_doors(sights, gates["nodes"]),
        tokens=tuple(sorted(analysis.loose_tokens)),
        heirs=heirs_of(analysis),
        administrators=administrators(analysis),
        fixes=fixes_of(reading.stack),
        outcome_fixes=outcome_fixes(),
        token_fix=FIND_ITS_USERS,
        left=_left(sights),
        hidden=tuple(_hidden(sights, nodes.values())),
        supposing=supposing,
    )


def _never_folded(sights: Sights) -> int:
    """How many boxes are drawn at least: working logins, and what does not stand in the lane whose boxes fold."""
    return len(sights.working_logins) + sum(
        is_thing(vertex) and vertex.kind not in RUNS for vertex in sights.reading.stack.graph.vertices()
    )


def _named_by(gates: Mapping[str, Any]) -> Iterator[str]:
    """What the page may name when it explains a loss."""
    yield from (name for name in gates["nodes"] if not name.startswith("~"))
    yield from _logins(gates["nodes"]).values()


def _left(sights: Sights) -> dict[str, Left]:
    """Those who have left already, with what is open because of it."""
    stack = sights.reading.stack
    behind = left_behind(Case(sights.analysis, sights.reading.policy), stack.people, sights.verdicts)
    return {
        person: Left(
            stack.whereabouts[person].text(full_day),
            tuple((one.code, one.subject, one.because) for one in found.findings),
        )
        for person, found in behind.items()
    }


def _logins(names: Iterable[str]) -> dict[str, str]:
    """The login that goes off with each of the network's nodes that stand for one."""
    return {name: went[1] for name in names if (went := gone_by(name))}


def _doors(sights: Sights, names: Iterable[str]) -> dict[str, str]:
    """The thing behind each of the network's nodes that is an address of ours."""
    found = {name: behind_door(sights.reading.stack.graph, name) for name in names}
    return {name: thing for name, thing in found.items() if thing != name}


def _subtitle(sights: Sights) -> str:
    """When it was read, and how much was counted: as `bus-factor` and the report count it."""
    reading, systems = sights.reading, sights.systems
    others = counted(len(sights.analysis.counted) - systems, "other thing")
    people = counted(len(reading.stack.people), "person", "people")
    day = full_day(reading.snapshot.taken_at.date())
    return f"Reading of {day}, {counted(systems, 'system')}, {others}, {people}"


def _supposing(reading: Reading) -> Iterator[str]:
    """What is taken for true beside what was read, a sentence each."""
    for one in reading.supposed.suppositions:
        yield told(reading.stack.graph, one)
    if reading.supposed.on is not None:
        yield f"it is {full_day(reading.supposed.on)}"


def _near_something(nodes: dict[str, MapNode], graph: StackGraph, sights: Sights) -> dict[str, MapNode]:
    """People without a drawn login and without anything they own are found by search, not drawn."""
    holding = {link.source for login in sights.working_logins for link in graph.into(login, EdgeKind.HAS_ACCOUNT)}
    holding |= {link.target for link in graph.links() if link.kind in {EdgeKind.RUNS_AS, EdgeKind.OWNED_BY}}
    return {
        key: replace(node, drawn=False) if node.look is Look.PERSON and key not in holding else node
        for key, node in nodes.items()
    }


def _hidden(sights: Sights, nodes: Iterable[MapNode]) -> Iterator[tuple[str, int]]:
    absent = {node.id for node in nodes if not node.drawn}
    logins, people = absent & set(sights.reading.stack.accounts), absent & set(sights.reading.stack.people)
    rest = len(absent) - len(logins) - len(people)
    for count, one, many in (
        (len(logins), "login for its holder's own use only", "logins for their holders' own use only"),
        (len(people), "person as whom nothing runs", "people as whom nothing runs"),
        (rest, "key, group or address in between", "keys, groups and addresses in between"),
    ):
        if count:
            yield one if count == 1 else many, count


def _links(sights: Sights, rows: Mapping[str, Proof]) -> Iterator[MapLink]:
    yield from _behind_things(sights, rows)
    yield from _between_things(sights)


def _behind_things(sights: Sights, rows: Mapping[str, Proof]) -> Iterator[MapLink]:
    graph = sights.reading.stack.graph
    for login, things in sights.working_logins.items():
        for link in graph.into(login, EdgeKind.HAS_ACCOUNT):
            style = Line.LEFT if sights.reading.stack.accounts[login].off else _certain(link)
            yield MapLink(link.source, login, "holds", style, "", sights.proofs(link.evidence))
        for thing in things:
            yield from _hangs(sights, rows, login, thing)
    for link in graph.links(EdgeKind.RUNS_AS):
        if link.target in sights.reading.stack.people:
            yield _runs_in_person(sights, link)


def _between_things(sights: Sights) -> Iterator[MapLink]:
    graph = sights.reading.stack.graph
    for vertex in graph.things():
        for link in graph.out(vertex.id, *FLOWS):
            style = Line.ORIGIN if link.kind in _ORIGINS else _certain(link)
            yield MapLink(vertex.id, link.target, _words(link), style, "", sights.proofs(link.evidence))
        for link in graph.out(vertex.id, *_AMONG_LINKS):
            yield MapLink(vertex.id, link.target, _words(link), Line.ORIGIN, "", sights.proofs(link.evidence))
        for link in graph.out(vertex.id, EdgeKind.PART_OF):
            if vertex.kind in RUNS:
                yield MapLink(vertex.id, link.target, "lies in", Line.ORIGIN, "", sights.proofs(link.evidence))


def _hangs(sights: Sights, rows: Mapping[str, Proof], login: str, thing: str) -> Iterator[MapLink]:
    """From a login to what hangs on it, once for each sort of way; with the rows that say what that means."""
    graph = sights.reading.stack.graph
    for ways in ways_alike(sights.ties[login][thing]):
        links = tuple(dict.fromkeys(link for way in ways for link in way))
        evidence = sights.proofs([item for link in links for item in link.evidence])
        tokens = [link.target for link in ways[0] if link.kind is EdgeKind.AUTHENTICATES_WITH]
        yield MapLink(
            login,
            thing,
            tie_words(graph, ways),
            _hold(sights, login, thing, links),
            graph.name(tokens[0]) if tokens else "",
            (*evidence, *said_of(rows, links)),
            backward=True,
        )


def _hold(sights: Sights, login: str, thing: str, links: Sequence[Link]) -> Line:
    """Tape is what a rule says of this very login; of one that was not read nobody can say anything.

    An alarm that comes to a login is neither: the thing runs on without it.
    """
    if is_unread(login):
        return Line.INFERRED
    if any(link.kind is EdgeKind.NOTIFIES for link in links):
        return _certain(*links)
    if sights.reading.stack.is_off(login) and thing in sights.broken:
        return Line.LEFT
    return Line.TAPE if (thing, login) in sights.tape_lines else _certain(*links)


def _runs_in_person(sights: Sights, link: Link) -> MapLink:
    """From a person to what your notes say runs as her or him, with no login in between."""
    tape = (link.source, "") in sights.tape_lines
    style = Line.TAPE if tape else _certain(link)
    words = LOSES[link.kind]
    return MapLink(link.target, link.source, words, style, "", sights.proofs(link.evidence), backward=True)


def _certain(*links: Link) -> Line:
    sure = all(item.how.certainty is Certainty.CERTAIN for link in links for item in link.evidence)
    return Line.MANAGED if sure else Line.INFERRED


def _words(link: Link) -> str:
    return "writes to" if link.kind is EdgeKind.WRITES_TO else LOSES[link.kind]
