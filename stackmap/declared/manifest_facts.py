"""The sections of `stack.yaml` turned into facts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from stackmap.declared.fact_values import Origin, edges_of, nodes_of
from stackmap.declared.manifest_form import CareForm, LinkForm, ManifestForm, PersonForm, SystemForm, ThingForm
from stackmap.declared.manifest_gathered import Gathered
from stackmap.declared.manifest_names import Names, link_id, mailbox_id, team_id
from stackmap.declared.written import Problem
from stackmap.declared.yaml_source import Path, YamlSource
from stackmap.model import (
    NOTES_SOURCE,
    Certainty,
    DeclaredNote,
    Edge,
    EdgeKind,
    Evidence,
    How,
    Judgement,
    Node,
    NodeKind,
    Outcome,
    Outcomes,
    check_ends,
    check_id,
    is_unlisted,
    kind_of,
)

__all__ = ["gather"]

_MADE_OF = {
    NodeKind.SYSTEM: (EdgeKind.READS_FROM, EdgeKind.WRITES_TO),
    NodeKind.DATASET: (EdgeKind.READS_FROM, EdgeKind.WRITES_TO),
    NodeKind.ENDPOINT: (EdgeKind.CONNECTS, EdgeKind.CONNECTS),
}
"""What a link does with the places it comes from and leads to."""


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
    for somebody, address in found.names.unlisted.items():
        seen = (Evidence(NOTES_SOURCE, "people", "", How.INFERRED_KEY),)
        found.add(Node(NodeKind.PERSON, somebody, "", seen, {"email": address}))
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
        else:
            found.address(email, key, at)
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
        found.edge(EdgeKind.DEPENDS_ON, (node_id, found.mention(thing, at)), at)
    for index, word in enumerate(link.notifies):
        _notify(found, node_id, word, (*path, "notifies", index))
    if link.runs_as is not None:
        _run_as(found, node_id, link, link.runs_as, (*path, "runs_as"))
    _care(found, node_id, link, path)


def _join(found: Gathered, node_id: str, place: str, path: Path, end: int) -> None:
    kind = NodeKind.INTEGRATION if place.startswith("link/") else kind_of(place) or NodeKind.SYSTEM
    if kind in _MADE_OF:
        found.edge(_MADE_OF[kind][end], (node_id, found.mention(place, path)), path)
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
    return found.login(word, path) if is_login else found.heard_of(word, found.names.person(word), path)


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
    for holder, at in found.each(("accounts", key, "holders"), holders, found.names.person):
        found.logins[holder].append(account)
        if is_unlisted(holder):  # nobody of this file, to whom the hints would give it
            found.edge(EdgeKind.HAS_ACCOUNT, (holder, account), at)


def _thing(found: Gathered, key: str, thing: ThingForm) -> None:
    path = ("things", key)
    subject = found.names.subject(key)
    try:
        check_id(subject)
    except ValueError as error:
        found.problems.append(Problem(found.source.key(*path), str(error)))
        return
    if thing.weight is not None:
        found.weights[subject] = thing.weight
    kind = NodeKind(thing.kind) if thing.kind else None
    said = (_meaning(thing), _owners(found, subject, thing, path))
    within = found.names.within(key)
    found.notes[path] = DeclaredNote(key, subject, "things", found.record(path), within, kind, *said)


def _meaning(form: CareForm) -> dict[str, Any]:
    said: dict[str, Any] = {
        "means": form.means,
        "noticed_after": form.noticed_after,
        "cost_per_day": form.cost_per_day,
        "runbook": form.runbook,
    }
    return {name: value for name, value in said.items() if value not in {"", None}}


def _care(found: Gathered, node_id: str, form: CareForm, path: Path) -> None:
    if form.weight is not None:
        found.weights[node_id] = form.weight
    for edge in _owners(found, node_id, form, path):
        found.add(edge)


def _owners(found: Gathered, node_id: str, form: CareForm, path: Path) -> tuple[Edge, ...]:
    """Who owns a thing and who could step in; who is both is the owner."""
    edges: dict[str, Edge] = {}
    for owner, at in found.each((*path, "owner"), form.owner, found.names.owner):
        edges.setdefault(owner, Edge(EdgeKind.OWNED_BY, node_id, owner, found.evidence(at)))
    for backup, at in found.each((*path, "backup"), form.backup, found.names.owner):
        second = Edge(EdgeKind.OWNED_BY, node_id, backup, found.evidence(at), properties={"backup": True})
        edges.setdefault(backup, second)
    return tuple(edges.values())


def _facts(found: Gathered, entries: list[dict[str, Any]]) -> None:
    lines: list[tuple[int, Edge]] = []
    for index, values in enumerate(entries):
        origin = Origin(NOTES_SOURCE, "facts", found.record(("facts", index)), How.DECLARED)
        try:
            facts = edges_of(values, origin) if "from" in values else nodes_of(values, origin)
        except ValueError as error:
            found.trouble(("facts", index), error)
            continue
        found.facts.extend(facts)
        lines.extend((index, fact) for fact in facts if isinstance(fact, Edge))
        for end in (end for fact in facts if isinstance(fact, Edge) for end in (fact.source, fact.target)):
            found.mention(end, ("facts", index))
    kinds = {fact.id: fact.kind for fact in found.facts if isinstance(fact, Node)}
    for index, edge in lines:
        try:
            check_ends(edge, kinds)
        except ValueError as error:
            found.trouble(("facts", index), error)
