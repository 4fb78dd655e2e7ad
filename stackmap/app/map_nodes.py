"""What stands on the map: which lane, which shape, which risk, and what the panel says of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from stackmap.analysis import Analysis, things_behind
from stackmap.analysis.lanes import Lane
from stackmap.app.opening import Reading
from stackmap.model import AccountType, EdgeKind, Evidence, How, Link, NodeKind, Vertex, is_thing, is_unread
from stackmap.render.map_page import Look, MapNode, Proof, Risk
from stackmap.render.words import full_day
from stackmap.rules import Verdicts

__all__ = ["TAPE_RULE", "Sights"]

TAPE_RULE = "PA02"

_LOOKS = {
    AccountType.HUMAN: Look.LOGIN,
    AccountType.UNKNOWN: Look.OTHER,
    AccountType.SHARED: Look.SHARED,
    AccountType.INTEGRATION: Look.SERVICE,
    AccountType.VENDOR_MANAGED: Look.SERVICE,
}
_LOGIN_WORDS = {
    AccountType.HUMAN: "login",
    AccountType.UNKNOWN: "login of unknown type",
    AccountType.SHARED: "shared login",
    AccountType.INTEGRATION: "integration login",
    AccountType.VENDOR_MANAGED: "login managed by the vendor",
}
_SYSTEM_LANE = {NodeKind.SYSTEM: Look.SYSTEM, NodeKind.DATASET: Look.DATASET, NodeKind.ENDPOINT: Look.ENDPOINT}
_RUNS = (NodeKind.INTEGRATION, NodeKind.AUTOMATION)
_HOW = {
    How.OBSERVED: "observed, certain",
    How.DECLARED: "from your notes, certain",
    How.INFERRED_KEY: "joined by a key, likely",
    How.INFERRED_NAME: "joined by a name, possible",
}
_TOLD = (
    ("means", "What the business notices"),
    ("noticed_after", "Noticed after"),
    ("runbook", "Runbook"),
    ("description", "Description"),
    ("starts", "Starts"),
    ("email", "E-mail"),
)


@dataclass
class Sights:
    """Everything that may be drawn of one reading."""

    reading: Reading
    analysis: Analysis
    verdicts: Verdicts

    @cached_property
    def _read_at(self) -> Mapping[tuple[str, str], str]:
        found = {(item.source, item.inventory): item.read_at for item in self.reading.coverage}
        return {key: full_day(when.date()) for key, when in found.items() if when}

    @cached_property
    def tape(self) -> frozenset[str]:
        """Things that a rule says hang on one person's login."""
        return frozenset(found.subject for found in self.verdicts.findings if found.code == TAPE_RULE)

    @cached_property
    def broken(self) -> frozenset[str]:
        """Things that are broken whoever leaves."""
        return frozenset(loss.thing for loss in self.analysis.leave(()).already_broken)

    @cached_property
    def working_logins(self) -> Mapping[str, tuple[str, ...]]:
        """Logins as which something runs, with what runs, by id; logins never read are among them."""
        stack = self.reading.stack
        ends = {link.target for link in stack.graph.links(EdgeKind.RUNS_AS, EdgeKind.AUTHORIZED_BY)}
        ends |= {link.target for link in stack.graph.links(EdgeKind.ROUTES_TO, EdgeKind.OWNED_BY)}
        logins = [end for end in ends if end in stack.accounts or is_unread(end)]
        return {login: things for login in sorted(logins) if (things := things_behind(stack, login))}

    def proofs(self, evidence: Sequence[Evidence], system: str = "") -> tuple[Proof, ...]:
        """Evidence as the panel shows it."""
        return tuple(
            Proof(
                system or item.source,
                item.inventory,
                item.record,
                _HOW[item.how],
                self._read_at.get((item.source, item.inventory), "not known"),
                item.link,
            )
            for item in evidence
        )

    def nodes(self) -> Iterator[MapNode]:
        """Everything, drawn or only found by search, without positions."""
        graph = self.reading.stack.graph
        for person in self.reading.stack.people:
            yield self._person(person)
        for login in self.working_logins:
            if login not in graph:
                yield self._unread(login)
        for vertex in graph.vertices():
            if vertex.kind is NodeKind.ACCOUNT:
                yield self._login(vertex)
            elif is_thing(vertex):
                yield self._thing(vertex)

    def _person(self, person: str) -> MapNode:
        stack = self.reading.stack
        vertex = stack.graph.get(person)
        teams = ", ".join(stack.graph.name(link.target) for link in stack.graph.out(person, EdgeKind.MEMBER_OF))
        here = stack.still_here(person)
        details = (("Team", teams),) if teams else ()
        return MapNode(
            person,
            "person",
            Lane.PEOPLE,
            Look.PERSON,
            stack.graph.name(person),
            details=(*details, *_details(vertex)),
            evidence=self.proofs(vertex.evidence) if vertex else (),
            search=teams,
            off=not here,
        )

    def _unread(self, login: str) -> MapNode:
        """A login that must exist, since a token of it does, and that no list names."""
        graph = self.reading.stack.graph
        tokens = [graph.name(link.source) for link in graph.into(login, EdgeKind.AUTHORIZED_BY)]
        told = ("Whose", "no list that was read says whose login this is: it could be anybody's")
        return MapNode(
            login,
            "login, holder not read",
            Lane.LOGINS,
            Look.OTHER,
            f"holder of {' and '.join(tokens)}" if tokens else "holder not read",
            sub=graph.system_name(login),
            details=(told,),
            system=graph.system_name(login),
            risk=Risk.NOT_READ,
        )

    def _login(self, vertex: Vertex) -> MapNode:
        stack = self.reading.stack
        account = stack.accounts[vertex.id]
        reasons = vertex.properties.get("type_reasons", ())
        details = [("Type", _LOGIN_WORDS[account.type]), *(("Because", str(reason)) for reason in reasons)]
        lost = account.type is AccountType.HUMAN and not account.holders
        if lost:
            details.append(("Whose", "tied to nobody: it could be anybody's"))
        system = stack.graph.system_name(vertex.id)
        return MapNode(
            vertex.id,
            _LOGIN_WORDS[account.type],
            Lane.LOGINS,
            _LOOKS[account.type],
            vertex.name or vertex.id,
            sub=system,
            system=system,
            risk=Risk.NOT_READ if lost else Risk.NONE,
            details=(*details, *_details(vertex)),
            evidence=self.proofs(vertex.evidence, system),
            off=account.off,
            drawn=vertex.id in self.working_logins,
        )

    def _thing(self, vertex: Vertex) -> MapNode:
        graph = self.reading.stack.graph
        system = graph.system_name(vertex.id)
        runs = vertex.kind in _RUNS
        return MapNode(
            vertex.id,
            vertex.kind.value.lower(),
            Lane.LINKS if runs else Lane.SYSTEMS,
            Look.LINK if runs else _SYSTEM_LANE[vertex.kind],
            vertex.name or vertex.id,
            sub=self._from(vertex, system) if runs else "",
            system=system,
            badges=tuple(_badges(vertex)),
            risk=self._risk(vertex),
            details=_details(vertex),
            evidence=self.proofs(vertex.evidence, system),
            thing=not vertex.switched_off,
            off=vertex.switched_off,
            important="means" in vertex.properties or self.reading.policy.weights.get(vertex.id, 1) > 1,
        )

    def _from(self, vertex: Vertex, system: str) -> str:
        reads = sorted({self.origin(link) for link in self.reading.stack.graph.out(vertex.id, EdgeKind.READS_FROM)})
        names = ", ".join(name for name in reads if name)
        if names:
            return f"from {names}"
        return f"inside {system}" if system else ""

    def origin(self, link: Link) -> str:
        """The name of the system that an edge leads to, directly or by one of its datasets."""
        graph = self.reading.stack.graph
        systems = graph.systems_of(link.target)
        return graph.name(systems[0]) if systems else graph.name(link.target)

    def _risk(self, vertex: Vertex) -> Risk:
        if vertex.id in self.broken:
            return Risk.ALREADY_BROKEN
        if vertex.id in self.tape:
            return Risk.TAPE
        nobody = not self.analysis.care.carers(vertex.id) and self.reading.stack.admins_readable(vertex.id)
        return Risk.UNOWNED if nobody and not vertex.switched_off else Risk.NONE


def _details(vertex: Vertex | None) -> tuple[tuple[str, str], ...]:
    if vertex is None:
        return ()
    found = []
    for key, label in _TOLD:
        value = vertex.properties.get(key)
        if value:
            shown = ", ".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)
            found.append((label, shown))
    return tuple(found)


def _badges(vertex: Vertex) -> Iterator[str]:
    if vertex.switched_off:
        yield "off"
    if isinstance(how := vertex.properties.get("via"), str):
        yield how
