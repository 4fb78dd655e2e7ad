"""Made-up pages for the tests of the map: a small company, a crowded one, and one whose names bite."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from stackmap.analysis.lanes import Lane, LaneItem, Position, fold_quiet, lay_out
from stackmap.app.map.placing import fold_node
from stackmap.model import Coverage, FixBy, Reach
from stackmap.render.map_page import (
    Administrators,
    Aside,
    Fix,
    Heir,
    Line,
    Look,
    MapLink,
    MapNode,
    MapPage,
    Proof,
    Risk,
)

HOSTILE = (
    "</script><script>window.__pwned=1</script>",
    "<img src=x onerror=window.__pwned=1>",
    "\"'`><svg onload=window.__pwned=1>",
    "href<a href=javascript:window.__pwned=1>",
    "{{7*7}}{% raw %}${window.__pwned=1}",
    "line\u2028para\u2029nul\u0000bidi\u202eevil\u2066",
    "<!--<script>",
    "__proto__",
    "constructor",
    "\ud800 lone",
    "-->]]>&lt;&amp;",
    "=cmd|' /C calc'!A0",
)
"""Texts that outsiders can get into a CRM through a form, and what they try."""

_PEOPLE = ("Dana Okafor", "Ravi Menon", "Lena Vogt", "Tomas Rey", "Iris Chan", "Owen Blake", "Mia Sorensen")
_SYSTEMS = ("Salesforce", "HubSpot", "n8n", "Goldcast", "Snowflake", "Slack", "Google Ads", "Webflow")
# name, from, to, login, state passed when the login goes off, unknown, badge
_LINKS: Sequence[tuple[str, str, str, str, int, bool, str]] = (
    ("HubSpot-Salesforce sync", "HubSpot", "Salesforce", "svc-hubspot-sync", 3, False, ""),
    ("Webinar registrants", "Goldcast", "HubSpot", "d.okafor n8n", 3, False, "n8n"),
    ("Offline conversions", "Salesforce", "Google Ads", "d.okafor n8n", 3, False, "n8n"),
    ("MQL alert", "HubSpot", "Slack", "d.okafor n8n", 3, False, "n8n"),
    ("Lead routing rules", "Salesforce", "Salesforce", "r.menon", 3, False, ""),
    ("Enrichment on create", "Webflow", "Salesforce", "r.menon", 1, False, ""),
    ("Quote write-back", "Snowflake", "Salesforce", "r.menon", 3, False, "script"),
    ("LinkedIn lead forms", "Google Ads", "HubSpot", "d.okafor HubSpot", 3, True, ""),
    ("Form fallback", "Webflow", "Salesforce", "o.blake", 3, False, "script"),
    ("Reverse ETL scores", "Snowflake", "HubSpot", "t.rey", 3, False, "script"),
    ("CRM to warehouse", "Salesforce", "Snowflake", "svc-warehouse", 3, False, "elt"),
    ("Event list import", "Webflow", "HubSpot", "marketing-shared", 3, False, "sheet"),
    ("Consent sync", "Webflow", "HubSpot", "marketing-shared", 3, False, ""),
    ("Pipeline digest with a very long name that nobody shortened", "Salesforce", "Slack", "l.vogt", 3, False, ""),
    ("Sequence enrol", "HubSpot", "Salesforce", "l.vogt", 3, False, "zap"),
    ("Ad cost import", "Google Ads", "Snowflake", "i.chan", 3, False, "zap"),
    ("Site events", "Webflow", "Snowflake", "svc-warehouse", 3, False, ""),
    ("Territory flow", "Salesforce", "Salesforce", "svc-hubspot-sync", 3, False, ""),
)
_LOGINS: Sequence[tuple[str, Look, tuple[str, ...]]] = (
    ("d.okafor n8n", Look.LOGIN, ("Dana Okafor",)),
    ("d.okafor HubSpot", Look.LOGIN, ("Dana Okafor",)),
    ("r.menon", Look.LOGIN, ("Ravi Menon",)),
    ("l.vogt", Look.LOGIN, ("Lena Vogt",)),
    ("t.rey", Look.LOGIN, ("Tomas Rey",)),
    ("i.chan", Look.LOGIN, ("Iris Chan",)),
    ("o.blake", Look.LOGIN, ("Owen Blake",)),
    ("marketing-shared", Look.SHARED, ("Dana Okafor", "Lena Vogt")),
    ("svc-hubspot-sync", Look.SERVICE, ("Ravi Menon", "Mia Sorensen")),
    ("svc-warehouse", Look.SERVICE, ("Tomas Rey",)),
)
_DATASETS = (("Contacts", "HubSpot"), ("Suppression list", "Google Ads"), ("Leads", "Salesforce"))
_PROOF = Proof(
    "n8n prod", "workflows", "41", "observed, certain", "22 Nov 2026", "https://n8n.example.test/workflow/41"
)
_COVERAGE = tuple(
    Coverage(
        source=system,
        system=system,
        inventory=inventory,
        state=state,
        fix_by=FixBy.ADMIN if reason else None,
        reason=reason,
        needs=("account-info.security.read",) if reason else (),
        records=40,
        read_at=datetime(2026, 11, 22, 9, tzinfo=UTC),
    )
    for system, inventory, state, reason in (
        ("Salesforce", "users", Reach.COMPLETE, ""),
        ("Salesforce", "flows", Reach.COMPLETE, ""),
        ("Salesforce", "tokens of other people", Reach.DENIED, "permission missing"),
        ("HubSpot", "users", Reach.COMPLETE, ""),
        ("HubSpot", "connected apps", Reach.ABSENT, "HubSpot offers no list of them"),
        ("n8n", "workflows", Reach.COMPLETE, ""),
    )
)


@dataclass(frozen=True, slots=True)
class _Parts:
    nodes: list[MapNode]
    links: list[MapLink]
    items: dict[Lane, list[LaneItem]]


def sample_page() -> MapPage:
    """Seven people, eighteen links, eight systems, three datasets, with every sort of trouble once."""
    parts = _Parts([], [], {lane: [] for lane in Lane})
    _add_people_and_logins(parts)
    _add_systems(parts)
    _add_links(parts)
    ends = [(link.source, link.target) for link in parts.links if link.style is not Line.ORIGIN]
    return MapPage(
        title="Larkfield stack map",
        subtitle=f"Reading of 22 Nov 2026, {len(_SYSTEMS)} systems, {len(parts.nodes)} objects. Invented data.",
        read_on="22 Nov 2026",
        audience="marketing operations",
        nodes=placed(parts.nodes, lay_out(parts.items, ends)),
        links=tuple(parts.links),
        gates=sample_gates(),
        coverage=_COVERAGE,
        asides=_asides(),
        fixes={"i/1": {"a/0": Fix("let it run as an integration login, then run it once", "find out")}},
        outcome_fixes={
            outcome: Fix(said, said)
            for outcome, said in (
                ("refused", "point it to a login that stays"),
                ("unowned", "name an owner"),
                ("survives", "nothing to do: it is documented to keep working"),
            )
        },
        hidden=(("logins that nothing runs as", 4), ("people as whom nothing runs", 2)),
    )


def placed(nodes: Sequence[MapNode], spots: dict[str, Position]) -> tuple[MapNode, ...]:
    return tuple(replace(node, x=spots[node.id].x, y=spots[node.id].y) if node.id in spots else node for node in nodes)


_FINE: Any = {"standing": "two-people", "stands": "two people away from nobody knowing it"}
_STANDING = {
    Risk.ALREADY_BROKEN: ("broken", "is broken already"),
    Risk.NOT_READ: ("maybe-one-person", "may be one person away from failing; could not be read"),
    Risk.UNOWNED: ("no-carer", "nobody cares for it, as far as was read"),
    Risk.NONE: (_FINE["standing"], _FINE["stands"]),
    Risk.TAPE: ("one-person", "one person away from failing; tape"),
}


def _add_people_and_logins(parts: _Parts) -> None:
    for number, name in enumerate(_PEOPLE):
        id_ = f"p/{number}"
        left = name == "Owen Blake"
        parts.nodes.append(MapNode(id_, "person", Lane.PEOPLE, Look.PERSON, name, off=left))
        parts.items[Lane.PEOPLE].append(LaneItem(id_, name))
    for number, (name, look, holders) in enumerate(_LOGINS):
        id_ = f"a/{number}"
        kind = {Look.LOGIN: "login", Look.SHARED: "shared login", Look.SERVICE: "integration login"}[look]
        off = name == "o.blake"
        node = MapNode(id_, kind, Lane.LOGINS, look, name, system="n8n", off=off, evidence=(_PROOF,))
        parts.nodes.append(node)
        parts.items[Lane.LOGINS].append(LaneItem(id_, name))
        for holder in holders:
            style = Line.LEFT if off else Line.INFERRED if name == "t.rey" else Line.MANAGED
            parts.links.append(MapLink(f"p/{_PEOPLE.index(holder)}", id_, "holds", style, "", (_PROOF,)))


def _add_systems(parts: _Parts) -> None:
    for number, name in enumerate(_SYSTEMS):
        id_ = f"s/{number}"
        parts.nodes.append(MapNode(id_, "system", Lane.SYSTEMS, Look.SYSTEM, name, system=name, thing=True, **_FINE))
        parts.items[Lane.SYSTEMS].append(LaneItem(id_, name, id_, head=True))
    for number, (name, system) in enumerate(_DATASETS):
        id_ = f"d/{number}"
        parts.nodes.append(
            MapNode(id_, "dataset", Lane.SYSTEMS, Look.DATASET, name, system=system, thing=True, **_FINE)
        )
        parts.items[Lane.SYSTEMS].append(LaneItem(id_, name, f"s/{_SYSTEMS.index(system)}"))


def _risk(login: str) -> Risk:
    if login == "o.blake":
        return Risk.ALREADY_BROKEN
    if login == "d.okafor HubSpot":
        return Risk.NOT_READ
    if login == "svc-warehouse":
        return Risk.UNOWNED
    return Risk.NONE if login in {"marketing-shared", "svc-hubspot-sync"} else Risk.TAPE


def _add_links(parts: _Parts) -> None:
    logins = [name for name, _, _ in _LOGINS]
    for number, (name, source, target, login, _, _, badge) in enumerate(_LINKS):
        id_, risk = f"i/{number}", _risk(login)
        node = MapNode(
            id_,
            "automation" if badge == "n8n" else "integration",
            Lane.LINKS,
            Look.LINK,
            name,
            sub=f"from {source}" if source != target else f"inside {source}",
            system=source,
            badges=(badge,) if badge else (),
            risk=risk,
            standing=_STANDING[risk][0],
            stands=_STANDING[risk][1],
            details=(("Runs as", login), ("Starts", "every 15 minutes"), ("Last run", "within 30 days")),
            evidence=(_PROOF,),
            search=badge,
            thing=True,
            important=number in {0, 1, 4, 9},
        )
        parts.nodes.append(node)
        to = f"s/{_SYSTEMS.index(target)}"
        parts.items[Lane.LINKS].append(LaneItem(id_, name, to, rank=0 if risk else 1))
        style = {Risk.TAPE: Line.TAPE, Risk.ALREADY_BROKEN: Line.LEFT}.get(risk, Line.MANAGED)
        parts.links.append(MapLink(f"a/{logins.index(login)}", id_, "runs", style, "OAuth", (_PROOF,)))
        parts.links.append(MapLink(id_, to, "writes to"))
        if number == 2:
            parts.links.append(MapLink(id_, "d/1", "writes to", Line.INFERRED))
        if source != target:
            parts.links.append(MapLink(id_, f"s/{_SYSTEMS.index(source)}", "reads from", Line.ORIGIN))


def sample_gates() -> dict[str, Any]:
    """Logins stop links, one link feeds a dataset, a person cares, an alarm goes to a mailbox."""
    nodes = [f"p/{n}" for n in range(len(_PEOPLE))] + [f"a/{n}" for n in range(len(_LOGINS))]
    nodes += [f"i/{n}" for n in range(len(_LINKS))] + [f"s/{n}" for n in range(len(_SYSTEMS))]
    nodes += [f"d/{n}" for n in range(len(_DATASETS))] + ["~content/d/1"]
    at = {id_: n for n, id_ in enumerate(nodes)}
    logins = [name for name, _, _ in _LOGINS]

    def gate(node: str, members: list[list[Any]], aspect: str = "state", need: int = 1) -> dict[str, Any]:
        return {"node": at[node], "aspect": aspect, "members": members, "need": need, "assumed": False}

    gates = [
        gate(f"i/{n}", [[at[f"a/{logins.index(login)}"], cap, 2, unknown]])
        for n, (_, _, _, login, cap, unknown, _) in enumerate(_LINKS)
    ]
    gates += [
        gate("~content/d/1", [[at["i/2"], 2, 2, False]]),
        gate("d/1", [[at["~content/d/1"], 3, 2, False]]),
        gate("d/0", [[at["i/1"], 2, 2, False], [at["i/9"], 2, 2, False]]),
        gate("i/11", [[at["p/0"], 3, 2, False]], "care"),
        gate("i/12", [[at["p/0"], 3, 2, False], [at["p/2"], 3, 2, False]], "care"),
        gate("i/17", [[at["p/0"], 3, 2, False]], "notice"),
    ]
    seeds: dict[str, dict[str, list[int]]] = {}
    for n, person in enumerate(_PEOPLE):
        held = [at[f"a/{k}"] for k, (_, look, who) in enumerate(_LOGINS) if look is Look.LOGIN and person in who]
        seeds[f"p/{n}"] = {"proven": [at[f"p/{n}"], *held], "worst": [at[f"p/{n}"], *held]}
    off = {str(at["a/6"]): 3, str(at["i/8"]): 3}
    return {
        "schema": "stackmap.gates/1",
        "nodes": nodes,
        "gates": gates,
        "seeds": seeds,
        "baseline": dict.fromkeys(("proven", "worst", "likely", "certain"), off),
    }


def _asides() -> tuple[Aside, ...]:
    nodes = sample_gates()["nodes"]
    login, system, flow = map(nodes.index, ("a/1", "s/0", "i/17"))
    return (
        Aside(login, system, "refused", 2, "She is the default lead owner: name another first."),
        Aside(login, flow, "survives", 2),
    )


def crowded_page(links: int = 150, seed: int = 4) -> MapPage:
    """As many links as asked for, over fourteen systems and twenty-five people; the quiet ones are folded."""
    chance = random.Random(seed)
    nodes: list[MapNode] = []
    lines: list[MapLink] = []
    items: dict[Lane, list[LaneItem]] = {lane: [] for lane in Lane}

    def add(id_: str, kind: str, lane: Lane, look: Look, name: str, group: str = "", **more: Any) -> None:
        thing = {"thing": True, **_FINE} if look in {Look.LINK, Look.SYSTEM} else {}
        nodes.append(MapNode(id_, kind, lane, look, name, **{**thing, **more}))
        items[lane].append(LaneItem(id_, name, group, head=look is Look.SYSTEM))

    for n in range(25):
        add(f"p/{n}", "person", Lane.PEOPLE, Look.PERSON, f"Person {n:02} Example")
    for n in range(40):
        add(f"a/{n}", "login", Lane.LOGINS, Look.SERVICE if n % 2 else Look.LOGIN, f"login-{n:02}")
        lines.append(MapLink(f"p/{chance.randrange(25)}", f"a/{n}", "holds"))
    for n in range(14):
        add(f"s/{n}", "system", Lane.SYSTEMS, Look.SYSTEM, f"System {n:02}", f"s/{n}")
    for n in range(links):
        login, target = chance.randrange(40), f"s/{min(chance.randrange(14), chance.randrange(14))}"
        tape = login % 2 == 0
        risk = Risk.TAPE if tape else Risk.NONE
        add(f"i/{n}", "integration", Lane.LINKS, Look.LINK, f"Link number {n:03}", target, risk=risk, sub="from there")
        lines.append(MapLink(f"a/{login}", f"i/{n}", "runs", Line.TAPE if tape else Line.MANAGED))
        lines.append(MapLink(f"i/{n}", target, "writes to"))
    folds = fold_quiet(items[Lane.LINKS], {node.id for node in nodes if node.risk})
    nodes = [replace(node, within=folds.get(node.id, "")) for node in nodes]
    items[Lane.LINKS] = [item for item in items[Lane.LINKS] if item.id not in folds]
    for id_ in sorted(set(folds.values())):
        fold = fold_node(id_, [node for node in nodes if node.within == id_])
        nodes.append(fold)
        items[Lane.LINKS].append(LaneItem(id_, fold.name, id_.removeprefix("~fold/")))
    ends = [(folds.get(line.source, line.source), folds.get(line.target, line.target)) for line in lines]
    empty = {"schema": "stackmap.gates/1", "nodes": [], "gates": [], "seeds": {}}
    return MapPage(
        title="A crowded stack",
        subtitle=f"{links} links",
        read_on="22 Nov 2026",
        audience="tests",
        nodes=placed(nodes, lay_out(items, ends)),
        links=tuple(lines),
        gates={**empty, "baseline": {"proven": {}, "worst": {}, "likely": {}, "certain": {}}},
    )


def hostile_page(text: str) -> MapPage:
    """The sample with one hostile text in every field that somebody outside could fill, ids included."""
    page = sample_page()
    bad = Proof(text, text, text, text, text, f"javascript:window.__pwned=1//{text}")

    def id_of(id_: str) -> str:
        return f"{text}" if id_ == "p/0" else f"{id_}{text}"

    nodes = tuple(
        replace(
            node,
            id=id_of(node.id),
            kind=text,
            name=text,
            sub=text if node.sub else "",
            stands=text,
            system=text,
            badges=(text,),
            details=((text, text),),
            evidence=(bad, replace(bad, link=f"https://vendor.example.test/{text}")),
            search=text,
        )
        for node in page.nodes
    )
    links = tuple(
        replace(link, source=id_of(link.source), target=id_of(link.target), words=text, badge=text, evidence=(bad,))
        for link in page.links
    )
    gates = dict(page.gates)
    gates["nodes"] = [id_ if id_.startswith("~") else id_of(id_) for id_ in gates["nodes"]]
    gates["seeds"] = {id_of(id_): seed for id_, seed in gates["seeds"].items()}
    return replace(
        page,
        title=text,
        subtitle=text,
        read_on=text,
        audience=text,
        nodes=nodes,
        links=links,
        gates=gates,
        coverage=tuple(
            replace(item, source=text, system=text, inventory=text, reason=text, needs=(text,))
            for item in page.coverage
        ),
        asides=tuple(replace(aside, text=text, heirs=(Heir(text),)) for aside in page.asides),
        tokens=tuple(id_of(node.id) for node in page.nodes if node.id.startswith("a/")),
        heirs={id_of("i/0"): {id_of("a/0"): (Heir(text),)}},
        administrators={id_of("s/0"): Administrators((id_of("p/0"), id_of("p/1")), (id_of("p/1"),))},
        token_fix=text,
        fixes={node.id: {other.id: Fix(text, text) for other in nodes[:9]} for node in nodes},
        outcome_fixes=dict.fromkeys(page.words, Fix(text, text)),
        hidden=((text, 3),),
        supposing=(text, text),
    )
