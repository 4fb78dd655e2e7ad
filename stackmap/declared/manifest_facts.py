"""The sections of `stack.yaml` turned into facts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from stackmap.declared.fact_values import Origin, edges_of, nodes_of
from stackmap.declared.manifest_form import CareForm, LinkForm, ManifestForm, PersonForm, SystemForm, ThingForm
from stackmap.declared.manifest_names import Names, link_id, login_id, mailbox_id, team_id
from stackmap.declared.written import Problem
from stackmap.declared.yaml_source import Path, YamlSource
from stackmap.model import (
    Certainty,
    Edge,
    EdgeKind,
    Evidence,
    Fact,
    How,
    Judgement,
    Node,
    NodeKind,
    Outcome,
    Outcomes,
    Properties,
    check_ends,
    kind_of,
)

__all__ = ["SOURCE", "Gathered", "gather"]

SOURCE = "manifest"
"""The name of the source that the manifest's facts belong to."""

_MADE_OF = {
    NodeKind.SYSTEM: (EdgeKind.READS_FROM, EdgeKind.WRITES_TO),
    NodeKind.DATASET: (EdgeKind.READS_FROM, EdgeKind.WRITES_TO),
    NodeKind.ENDPOINT: (EdgeKind.CONNECTS, EdgeKind.CONNECTS),
}
"""What a link does with the places it comes from and leads to."""


@dataclass(slots=True)
class Gathered:
    """What the sections come to, while they are being read."""

    source: YamlSource
    names: Names
    facts: list[Fact] = field(default_factory=list)
    weights: dict[str, float] = field(default_factory=dict)
    logins: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    problems: list[Problem] = field(default_factory=list)
    _keys: set[object] = field(default_factory=set)

    def __contains__(self, key: object) -> bool:
        return key in self._keys

    def _add(self, fact: Fact) -> None:
        if fact.key not in self._keys:
            self._keys.add(fact.key)
            self.facts.append(fact)

    def trouble(self, path: Path, error: ValueError) -> None:
        """Note a mistake at the value of that path."""
        self.problems.append(Problem(self.source.value(*path), str(error)))

    def evidence(self, path: Path) -> tuple[Evidence, ...]:
        """Evidence that points at the line of that path."""
        record = f"{self.source.name}:{self.source.key(*path).line}"
        return (Evidence(SOURCE, str(path[0]), record, How.DECLARED),)

    def node(self, kind: NodeKind, node_id: str, name: str, path: Path, properties: Properties | None = None) -> None:
        """Declare a node; the same one twice is declared once."""
        try:
            self._add(Node(kind, node_id, name, self.evidence(path), properties or {}))
        except ValueError as error:
            self.trouble(path, error)

    def edge(
        self,
        kind: EdgeKind,
        ends: tuple[str, str],
        path: Path,
        outcomes: Outcomes | None = None,
        properties: Properties | None = None,
    ) -> None:
        """Declare an edge; the same one twice is declared once."""
        self._add(Edge(kind, *ends, self.evidence(path), outcomes, properties=properties or {}))

    def each(self, path: Path, words: Iterable[str], find: Any) -> Iterator[tuple[str, Path]]:
        """What each word of a list means, with its path; a word that means nothing is noted."""
        for index, word in enumerate(words):
            at = (*path, index)
            try:
                yield find(word), at
            except ValueError as error:
                self.trouble(at, error)

    def login(self, word: str, path: Path) -> str:
        """The id of the account that a word means. One that no API shows is declared."""
        account, login = self.names.login(word)
        if not login:
            return account
        system_key, account = account, login_id(account, login)
        address = {"email": login} if self.names.address(login) else {}
        if account not in self:
            self.node(NodeKind.ACCOUNT, account, login, path, {"declared_login": True, **address})
            self.edge(EdgeKind.PART_OF, (account, self.names.system(system_key)), path)
        return account


def gather(source: YamlSource, form: ManifestForm) -> Gathered:
    """The facts of every section. Mistakes are in `problems`; what has none is taken."""
    found = Gathered(source, Names.of(form))
    for key, person in (form.people or {}).items():
        _person(found, key, person)
    for key, team in (form.teams or {}).items():
        found.node(NodeKind.TEAM, team_id(key), (team.name if team else None) or key, ("teams", key))
        path = ("teams", key, "members")
        for member, at in found.each(path, team.members if team else (), found.names.person):
            found.edge(EdgeKind.MEMBER_OF, (member, team_id(key)), at)
    for key, system in (form.systems or {}).items():
        _system(found, key, system or SystemForm())
    for key, link in (form.links or {}).items():
        _link(found, key, link or LinkForm())
    for key, account in (form.accounts or {}).items():
        _account(found, key, account.holders if account else ())
    for key, thing in (form.things or {}).items():
        _thing(found, key, thing or ThingForm())
    _facts(found, form.facts or [])
    return found


def _person(found: Gathered, key: str, person: PersonForm) -> None:
    path = ("people", key)
    if "/" in key:
        found.problems.append(Problem(found.source.key(*path), "a person's key holds no slash"))
    addresses = [address for address in map(found.names.address, person.emails) if address]
    found.node(NodeKind.PERSON, key, person.name, path, {"email": addresses[0]} if addresses else {})
    for index, email in enumerate(person.emails):
        at: Path = (*path, "emails", index)
        if not found.names.address(email):
            found.trouble(at, ValueError("this is no e-mail address"))
        elif found.names.shared(email):
            found.trouble(at, ValueError("another person has this address too; an address belongs to one"))
    for team, at in found.each((*path, "team"), person.team, found.names.team):
        found.edge(EdgeKind.MEMBER_OF, (key, team), at)
    for manager, at in found.each((*path, "manager"), _some(person.manager), found.names.person):
        found.edge(EdgeKind.REPORTS_TO, (key, manager), at)
    at_logins = (*path, "logins")
    for index, word in enumerate(person.logins):
        try:
            found.logins[key].append(found.login(word, (*at_logins, index)))
        except ValueError as error:
            found.trouble((*at_logins, index), error)


def _some(word: str | None) -> tuple[str, ...]:
    return () if word is None else (word,)


def _system(found: Gathered, key: str, system: SystemForm) -> None:
    path = ("systems", key)
    if system.tenant is not None and system.product is None:
        found.trouble(path, ValueError("a tenant of which product? add the key 'product'"))
    node_id = found.names.system(key)
    if node_id in found:
        more = "their tenants" if system.tenant is None else "another tenant"
        found.trouble(path, ValueError(f"another system is the same product and tenant; give {more}"))
    known = {"product": system.product, "tenant": system.tenant}
    properties = {name: value for name, value in known.items() if value is not None}
    found.node(NodeKind.SYSTEM, node_id, system.name or key, path, {**properties, **_meaning(system)})
    _care(found, node_id, system, path)


def _link(found: Gathered, key: str, link: LinkForm) -> None:
    path, node_id = ("links", key), link_id(key)
    for field_name, end in (("from_", "from"), ("to", "to")):
        if field_name not in link.model_fields_set:
            says = f"a link leads from one place to another: add the key {end!r} (`{end}: []` if that is no system)"
            found.problems.append(Problem(found.source.key(*path), says))
    via = {"via": link.how} if link.how else {}
    found.node(NodeKind.INTEGRATION, node_id, link.name or key, path, {**via, **_meaning(link)})
    for place, at in found.each((*path, "from"), link.from_, found.names.thing):
        _join(found, node_id, place, at, 0)
    for place, at in found.each((*path, "to"), link.to, found.names.thing):
        _join(found, node_id, place, at, 1)
    for home, at in found.each((*path, "lives_in"), _some(link.lives_in), found.names.system):
        found.edge(EdgeKind.PART_OF, (node_id, home), at)
    for thing, at in found.each((*path, "needs"), link.needs, found.names.thing):
        found.edge(EdgeKind.DEPENDS_ON, (node_id, thing), at)
    for index, word in enumerate(link.notifies):
        _notify(found, node_id, word, (*path, "notifies", index))
    if link.runs_as is not None:
        _run_as(found, node_id, link, link.runs_as, (*path, "runs_as"))
    _care(found, node_id, link, path)


def _join(found: Gathered, node_id: str, place: str, path: Path, end: int) -> None:
    kind = NodeKind.INTEGRATION if place.startswith("link/") else kind_of(place) or NodeKind.SYSTEM
    if kind in _MADE_OF:
        found.edge(_MADE_OF[kind][end], (node_id, place), path)
    else:
        found.trouble(path, ValueError("a link leads from and to systems and data; write this under 'needs'"))


def _notify(found: Gathered, node_id: str, word: str, path: Path) -> None:
    try:
        address = "" if found.names.is_person(word) else found.names.address(word)
        if address:
            target = mailbox_id(address)
            found.node(NodeKind.ENDPOINT, target, address, path, {"mailbox": True, "email": address})
        else:
            target = _somebody(found, word, path)
        found.edge(EdgeKind.NOTIFIES, (node_id, target), path)
    except ValueError as error:
        found.trouble(path, error)


def _somebody(found: Gathered, word: str, path: Path) -> str:
    """A person or a login: whatever the word means."""
    is_login = not found.names.is_person(word) and ("/" in word or ":" in word)
    return found.login(word, path) if is_login else found.names.person(word)


def _run_as(found: Gathered, node_id: str, link: LinkForm, word: str, path: Path) -> None:
    certainty = Certainty.of(link.certainty)
    if isinstance(link.if_switched_off, str):
        outcomes = Outcomes.always(Outcome(link.if_switched_off), certainty)
    else:
        outcomes = Outcomes({act: Judgement(Outcome(word), certainty) for act, word in link.if_switched_off.items()})
    unsaid = link.if_switched_off == "unknown"
    try:
        found.edge(EdgeKind.RUNS_AS, (node_id, _somebody(found, word, path)), path, None if unsaid else outcomes)
    except ValueError as error:
        found.trouble(path, error)


def _account(found: Gathered, key: str, holders: Iterable[str]) -> None:
    try:
        account = found.login(key, ("accounts", key))
    except ValueError as error:
        found.problems.append(Problem(found.source.key("accounts", key), str(error)))
        return
    for holder, _ in found.each(("accounts", key, "holders"), holders, found.names.person):
        found.logins[holder].append(account)


def _thing(found: Gathered, key: str, thing: ThingForm) -> None:
    path = ("things", key)
    node_id = found.names.subject(key)
    kind = NodeKind(thing.kind) if thing.kind else kind_of(node_id)
    if kind is None:
        says = "this id does not tell what it is; add the key 'kind' (Automation, Integration, Dataset, ...)"
        found.problems.append(Problem(found.source.key(*path), says))
        return
    found.node(kind, node_id, "", path, {"note_only": True, **_meaning(thing)})
    _care(found, node_id, thing, path, {"note_only": True})


def _meaning(form: CareForm) -> dict[str, Any]:
    said: dict[str, Any] = {
        "means": form.means,
        "noticed_after": form.noticed_after,
        "cost_per_day": form.cost_per_day,
        "runbook": form.runbook,
    }
    return {name: value for name, value in said.items() if value not in {"", None}}


def _care(found: Gathered, node_id: str, form: CareForm, path: Path, marks: Properties | None = None) -> None:
    if form.weight is not None:
        found.weights[node_id] = form.weight
    marks = marks or {}
    for owner, at in found.each((*path, "owner"), form.owner, found.names.owner):
        found.edge(EdgeKind.OWNED_BY, (node_id, owner), at, None, marks)
    for backup, at in found.each((*path, "backup"), form.backup, found.names.owner):
        found.edge(EdgeKind.OWNED_BY, (node_id, backup), at, None, {"backup": True, **marks})


def _facts(found: Gathered, entries: list[dict[str, Any]]) -> None:
    lines: list[tuple[int, Edge]] = []
    for index, values in enumerate(entries):
        record = f"{found.source.name}:{found.source.key('facts', index).line}"
        origin = Origin(SOURCE, "facts", record, How.DECLARED)
        try:
            facts = edges_of(values, origin) if "from" in values else nodes_of(values, origin)
        except ValueError as error:
            found.trouble(("facts", index), error)
            continue
        found.facts.extend(facts)
        lines.extend((index, fact) for fact in facts if isinstance(fact, Edge))
    kinds = {fact.id: fact.kind for fact in found.facts if isinstance(fact, Node)}
    for index, edge in lines:
        try:
            check_ends(edge, kinds)
        except ValueError as error:
            found.trouble(("facts", index), error)
