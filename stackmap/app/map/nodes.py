"""What stands on the map: which lane, which shape, which risk, and what the panel says of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import unquote

from stackmap.analysis import Analysis, things_behind
from stackmap.analysis.lanes import Lane
from stackmap.app.map.fixes import fix_of
from stackmap.app.map.personal import personal_users
from stackmap.app.opening import Reading
from stackmap.model import (
    AccountType,
    EdgeKind,
    Evidence,
    How,
    Link,
    NodeKind,
    Severity,
    Vertex,
    is_thing,
    is_unread,
    kind_of,
    system_id,
    system_of,
)
from stackmap.render.map_page import Look, MapNode, Proof, Risk
from stackmap.render.words import counted, full_day
from stackmap.rules import TAPE, Verdicts

__all__ = ["LOGIN", "Sights"]

LOGIN = "login"

_LOOKS = {
    AccountType.HUMAN: Look.LOGIN,
    AccountType.UNKNOWN: Look.OTHER,
    AccountType.SHARED: Look.SHARED,
    AccountType.INTEGRATION: Look.SERVICE,
    AccountType.VENDOR_MANAGED: Look.SERVICE,
}
_LOGIN_WORDS = {
    AccountType.HUMAN: LOGIN,
    AccountType.UNKNOWN: "login of unknown type",
    AccountType.SHARED: "shared login",
    AccountType.INTEGRATION: "integration login",
    AccountType.VENDOR_MANAGED: "login managed by the vendor",
}
_SYSTEM_LANE = {NodeKind.SYSTEM: Look.SYSTEM, NodeKind.DATASET: Look.DATASET, NodeKind.ENDPOINT: Look.ENDPOINT}
_TAPED = (EdgeKind.RUNS_AS, EdgeKind.OWNED_BY)
_RUNS = (NodeKind.INTEGRATION, NodeKind.AUTOMATION)
_HOW = {
    How.OBSERVED: "observed, certain",
    How.DECLARED: "written down, certain",
    How.INFERRED_KEY: "joined by a key, likely",
    How.INFERRED_NAME: "joined by a name, possible",
}
_OURS = {"manifest": ("your notes", "in your notes"), "identity": ("worked out", "with each reading")}
"""Sources that are no vendor: how they are called, and when what they say was seen."""

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
    def tape_lines(self) -> frozenset[tuple[str, str]]:
        """Which thing hangs on which login, by rule; login "" where it hangs on a person named directly."""
        told = (one for one in self.verdicts.findings if one.code in TAPE and one.severity is not Severity.INFO)
        return frozenset((one.subject, login) for one in told for login in one.path or ("",))

    @cached_property
    def tape(self) -> frozenset[str]:
        """Things that a rule says hang on one person's login."""
        return frozenset(thing for thing, _ in self.tape_lines)

    @cached_property
    def broken(self) -> frozenset[str]:
        """Things that are broken whoever leaves."""
        return frozenset(loss.thing for loss in self.analysis.leave(()).already_broken)

    @cached_property
    def working_logins(self) -> Mapping[str, tuple[str, ...]]:
        """Logins as which something runs, with what runs, by id: logins never read too, personal use not."""
        stack = self.reading.stack
        ends = {link.target for link in stack.graph.links(EdgeKind.RUNS_AS, EdgeKind.AUTHORIZED_BY)}
        ends |= {link.target for link in stack.graph.links(EdgeKind.ROUTES_TO, EdgeKind.OWNED_BY)}
        logins = [end for end in ends if end in stack.accounts or is_unread(end)]
        behind = {login: self._not_personal(login, things_behind(stack, login)) for login in sorted(logins)}
        return {login: things for login, things in behind.items() if things}

    @cached_property
    def personal(self) -> Mapping[str, frozenset[str]]:
        """The logins of those who use an app each for themselves, by app."""
        return personal_users(self.reading.stack)

    def _not_personal(self, login: str, things: Sequence[str]) -> tuple[str, ...]:
        return tuple(thing for thing in things if login not in self.personal.get(thing, ()))

    def proofs(self, evidence: Sequence[Evidence], system: str = "") -> tuple[Proof, ...]:
        """Evidence as the panel shows it."""
        return tuple(
            Proof(
                _OURS[item.source][0] if item.source in _OURS else system or item.source,
                item.inventory,
                item.record,
                _HOW[item.how],
                self._day_of(item),
                item.link,
            )
            for item in evidence
        )

    def _day_of(self, item: Evidence) -> str:
        known = self._read_at.get((item.source, item.inventory), "not known")
        return _OURS[item.source][1] if item.source in _OURS else known

    def system_name(self, node_id: str) -> str:
        """The system something lies in, as people call it; "" when nobody knows."""
        graph = self.reading.stack.graph
        prefix = system_of(node_id)
        if graph.systems_of(node_id) or not prefix:
            return graph.system_name(node_id)
        product, tenant = map(unquote, prefix.split("/"))
        vertex = graph.get(system_id(product, tenant))
        return vertex.name if vertex and vertex.name else product

    def named(self, vertex: Vertex) -> str:
        """Its name. What the vendor gave none is called by its kind and number, never by our id."""
        if vertex.name:
            return vertex.name
        number = unquote(vertex.id.rsplit("/", 1)[-1]) if kind_of(vertex.id) else vertex.id
        return f"{vertex.kind.value.lower()} {number}"

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
        whereabouts = stack.whereabouts[person]
        here = stack.still_here(person) if whereabouts.here is None else whereabouts.here
        details = [("Team", teams)] if teams else []
        details += [("Whether they are here", whereabouts.text(full_day))] if not here else []
        if idle := ", ".join(sorted(self._idle_logins(person))):
            details.append(("Also holds", f"{idle} (nothing runs as these)"))
        return MapNode(
            person,
            "person",
            Lane.PEOPLE,
            Look.PERSON,
            self.named(vertex) if vertex else person,
            details=(*details, *_details(vertex)),
            evidence=self.proofs(vertex.evidence) if vertex else (),
            search=teams,
            off=not here,
        )

    def _idle_logins(self, person: str) -> Iterator[str]:
        for account in self.reading.stack.accounts_of.get(person, ()):
            if account.id not in self.working_logins:
                yield f"{self.reading.stack.graph.name(account.id)} in {self.system_name(account.id)}"

    def _unread(self, login: str) -> MapNode:
        """A login that must exist, since a token of it does, and that no list names."""
        graph = self.reading.stack.graph
        tokens = [graph.name(link.source) for link in graph.into(login, EdgeKind.AUTHORIZED_BY)]
        system = self.system_name(login)
        told = ("Whose", "no list that was read says whose login this is: it could be anybody's")
        return MapNode(
            login,
            "login, holder not read",
            Lane.LOGINS,
            Look.OTHER,
            f"holder of {' and '.join(tokens)}" if tokens else "holder not read",
            sub=f"not read, {system}",
            details=(told,),
            system=system,
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
        system = self.system_name(vertex.id)
        return MapNode(
            vertex.id,
            _LOGIN_WORDS[account.type],
            Lane.LOGINS,
            _LOOKS[account.type],
            self.named(vertex),
            sub=f"holder not read, {system}" if lost else system,
            system=system,
            risk=Risk.NOT_READ if lost else Risk.NONE,
            details=(*details, *_details(vertex)),
            evidence=self.proofs(vertex.evidence, system),
            off=account.off,
            drawn=vertex.id in self.working_logins,
        )

    def _thing(self, vertex: Vertex) -> MapNode:
        system = self.system_name(vertex.id)
        runs = vertex.kind in _RUNS
        return MapNode(
            vertex.id,
            vertex.kind.value.lower(),
            Lane.LINKS if runs else Lane.SYSTEMS,
            Look.LINK if runs else _SYSTEM_LANE[vertex.kind],
            self.named(vertex),
            sub=self._from(vertex, system) if runs else "",
            system=system,
            badges=tuple(_badges(vertex)),
            risk=self._risk(vertex),
            details=(*_details(vertex), *self._own_use(vertex), *self._first_aid(vertex)),
            evidence=self.proofs(vertex.evidence, system),
            thing=not vertex.switched_off,
            off=vertex.switched_off,
            important="means" in vertex.properties or self.reading.policy.weights.get(vertex.id, 1) > 1,
        )

    def _own_use(self, vertex: Vertex) -> Iterator[tuple[str, str]]:
        if users := self.personal.get(vertex.id):
            yield "Personal use", f"{counted(len(users), 'login')}, each for itself; they are not drawn"

    def _first_aid(self, vertex: Vertex) -> Iterator[tuple[str, str]]:
        """What to do about a thing that hangs on one person's login, while nobody leaves."""
        stack = self.reading.stack
        ways = [(link, link.target) for kind in _TAPED for link in stack.graph.out(vertex.id, kind)]
        uses = stack.graph.out(vertex.id, EdgeKind.AUTHENTICATES_WITH)
        ways += [(use, way.target) for use in uses for way in stack.graph.out(use.target, EdgeKind.AUTHORIZED_BY)]
        for link, end in ways:
            if (vertex.id, end if end in stack.accounts else "") in self.tape_lines:
                yield "What to do", fix_of(stack.graph, link)
                return

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
