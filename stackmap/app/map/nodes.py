"""What stands on the map: which lane, which shape, which risk, and what the panel says of it."""

from __future__ import annotations

from collections.abc import Iterator

from stackmap.analysis import BusFactor
from stackmap.analysis.bus_factor.standing import Standing, standing
from stackmap.analysis.lanes import Lane
from stackmap.app.map.fixes import fix_of
from stackmap.app.map.sights import Sights
from stackmap.model import AccountType, EdgeKind, NodeKind, Vertex, is_thing
from stackmap.render.map_page import Look, MapNode, Risk
from stackmap.render.map_words import RISK_TAGS, RISK_WORDS, standing_key, standing_words
from stackmap.render.words import counted, full_day, person_name

__all__ = ["LOGIN", "RUNS", "map_nodes"]

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
_ALONE = frozenset({Standing.ONE_PERSON, Standing.ONE_CARER})
_NAMED = 3
_TAPED = (EdgeKind.RUNS_AS, EdgeKind.OWNED_BY)
RUNS = (NodeKind.INTEGRATION, NodeKind.AUTOMATION)
"""What stands in the lane of links."""

_TOLD = (
    ("means", "What the business notices"),
    ("noticed_after", "Noticed after"),
    ("runbook", "Runbook"),
    ("description", "Description"),
    ("starts", "Starts"),
    ("email", "E-mail"),
)


def map_nodes(sights: Sights) -> Iterator[MapNode]:
    """Everything, drawn or only found by search, without positions."""
    graph = sights.reading.stack.graph
    for person in sights.reading.stack.people:
        yield _person(sights, person)
    for login in sights.working_logins:
        if login not in graph:
            yield _unread(sights, login)
    for vertex in graph.vertices():
        if vertex.kind is NodeKind.ACCOUNT:
            yield _login(sights, vertex)
        elif is_thing(vertex):
            yield _thing(sights, vertex)


def _person(sights: Sights, person: str) -> MapNode:
    stack = sights.reading.stack
    vertex = stack.graph.get(person)
    teams = ", ".join(stack.graph.name(link.target) for link in stack.graph.out(person, EdgeKind.MEMBER_OF))
    whereabouts = stack.whereabouts[person]
    here = stack.still_here(person) if whereabouts.here is None else whereabouts.here
    details = [("Team", teams)] if teams else []
    details += [("Whether they are here", whereabouts.text(full_day))] if not here else []
    if idle := ", ".join(sorted(_idle_logins(sights, person))):
        details.append(("Also holds", f"{idle} (nothing runs as these)"))
    return MapNode(
        person,
        "person",
        Lane.PEOPLE,
        Look.PERSON,
        sights.named(vertex) if vertex else person,
        details=(*details, *_details(vertex)),
        evidence=sights.proofs(vertex.evidence) if vertex else (),
        search=teams,
        off=not here,
        initials=_stand_in_of(sights, person),
    )


def _stand_in_of(sights: Sights, person: str) -> str:
    """What tells people under stand-ins apart, for all their names begin alike; "" under their own names."""
    return sights.reading.stack.graph.name(person).rpartition(" ")[2] if sights.reading.behind else ""


def _idle_logins(sights: Sights, person: str) -> Iterator[str]:
    stack = sights.reading.stack
    for account in stack.accounts_of.get(person, ()):
        if account.id not in sights.working_logins:
            yield f"{stack.graph.name(account.id)} in {sights.system_name(account.id)}"


def _unread(sights: Sights, login: str) -> MapNode:
    """A login that must exist, since a token of it does, and that no list names."""
    graph = sights.reading.stack.graph
    tokens = [graph.name(link.source) for link in graph.into(login, EdgeKind.AUTHORIZED_BY)]
    system = sights.system_name(login)
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


def _login(sights: Sights, vertex: Vertex) -> MapNode:
    account = sights.reading.stack.accounts[vertex.id]
    reasons = vertex.properties.get("type_reasons", ())
    details = [("Type", _LOGIN_WORDS[account.type]), *(("Because", str(reason)) for reason in reasons)]
    lost = account.type is AccountType.HUMAN and not account.holders
    if lost:
        details.append(("Whose", "tied to nobody: it could be anybody's"))
    system = sights.system_name(vertex.id)
    return MapNode(
        vertex.id,
        _LOGIN_WORDS[account.type],
        Lane.LOGINS,
        _LOOKS[account.type],
        sights.named(vertex),
        sub=f"holder not read, {system}" if lost else system,
        system=system,
        risk=Risk.NOT_READ if lost else Risk.NONE,
        details=(*details, *_details(vertex)),
        evidence=sights.proofs(vertex.evidence, system),
        off=account.off,
        drawn=vertex.id in sights.working_logins,
    )


def _thing(sights: Sights, vertex: Vertex) -> MapNode:
    system, factor = sights.system_name(vertex.id), sights.factors.get(vertex.id)
    runs, risk = vertex.kind in RUNS, _risk(sights, vertex)
    return MapNode(
        vertex.id,
        vertex.kind.value.lower(),
        Lane.LINKS if runs else Lane.SYSTEMS,
        Look.LINK if runs else _SYSTEM_LANE[vertex.kind],
        sights.named(vertex),
        sub=_from(sights, vertex, system) if runs else "",
        system=system,
        badges=tuple(_badges(vertex)),
        risk=risk,
        standing=standing_key(standing(factor)) if factor else "",
        stands="; ".join(_stands(factor, risk)) if factor else "switched off",
        open=sights.open.get(vertex.id, ()),
        details=(*_details(vertex), *_which_person(sights, factor), *_told(sights, vertex)),
        evidence=sights.proofs(vertex.evidence, system),
        thing=factor is not None,
        off=vertex.switched_off,
        important="means" in vertex.properties or sights.reading.policy.weights.get(vertex.id, 1) > 1,
    )


def _stands(factor: BusFactor, risk: Risk) -> list[str]:
    """How a thing is as it stands: as `bus-factor` says it, then what a rule says of it beside that."""
    said = list(standing_words(factor))
    if risk is Risk.ALREADY_BROKEN and standing(factor) is Standing.BROKEN:
        said[0] = RISK_WORDS[risk]
    elif risk is Risk.TAPE and standing(factor) in {Standing.ONE_PERSON, Standing.MAYBE_ONE_PERSON}:
        said.append(RISK_TAGS[risk])
    # That nobody cares for it is among the words already.
    elif risk not in {Risk.NONE, Risk.UNOWNED}:
        said.append(RISK_WORDS[risk])
    return said


def _which_person(sights: Sights, factor: BusFactor | None) -> Iterator[tuple[str, str]]:
    """Who it is that stands alone between a thing and its failure, or is the only one who knows it."""
    if factor is None or (where := standing(factor)) not in _ALONE:
        return
    sets = factor.minimal_sets if where is Standing.ONE_PERSON else factor.care_sets
    graph = sights.reading.stack.graph
    alone = sorted((person_name(graph, people[0]) for people in sets if len(people) == 1), key=str.casefold)
    if alone:
        more = f", or one of {len(alone) - _NAMED} more" if len(alone) > _NAMED else ""
        yield "Which person", ", or ".join(alone[:_NAMED]) + more


def _told(sights: Sights, vertex: Vertex) -> Iterator[tuple[str, str]]:
    yield from _owner(sights, vertex)
    yield from _own_use(sights, vertex)
    yield from _first_aid(sights, vertex)


def _owner(sights: Sights, vertex: Vertex) -> Iterator[tuple[str, str]]:
    """Who is written down and cannot be asked any more: nothing may look owned and well that is not."""
    if told := sights.owner_gone.get(vertex.id):
        yield "Owner", told


def _own_use(sights: Sights, vertex: Vertex) -> Iterator[tuple[str, str]]:
    if users := sights.personal.get(vertex.id):
        yield "Personal use", f"{counted(len(users), 'login')}, each for itself; they are not drawn"


def _first_aid(sights: Sights, vertex: Vertex) -> Iterator[tuple[str, str]]:
    """What to do about a thing that hangs on one person's login, while nobody leaves."""
    stack = sights.reading.stack
    ways = [(link, link.target) for kind in _TAPED for link in stack.graph.out(vertex.id, kind)]
    uses = stack.graph.out(vertex.id, EdgeKind.AUTHENTICATES_WITH)
    ways += [(use, way.target) for use in uses for way in stack.graph.out(use.target, EdgeKind.AUTHORIZED_BY)]
    for link, end in ways:
        if (vertex.id, end if end in stack.accounts else "") in sights.tape_lines:
            yield "What to do", fix_of(stack.graph, link)
            return


def _from(sights: Sights, vertex: Vertex, system: str) -> str:
    reads = sorted({sights.origin(link) for link in sights.reading.stack.graph.out(vertex.id, EdgeKind.READS_FROM)})
    names = ", ".join(name for name in reads if name)
    if names:
        return f"from {names}"
    return f"inside {system}" if system else ""


def _risk(sights: Sights, vertex: Vertex) -> Risk:
    if vertex.id in sights.broken:
        return Risk.ALREADY_BROKEN
    if vertex.id in sights.tape:
        return Risk.TAPE
    nobody = not sights.analysis.care.carers(vertex.id) and sights.reading.stack.admins_readable(vertex.id)
    if nobody and not vertex.switched_off:
        return Risk.UNOWNED
    return Risk.OWNER_GONE if vertex.id in sights.owner_gone else Risk.NONE


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
