"""A small made-up company on a real server: people, credentials and workflows, as data and as calls.

Every workflow that can be hit ends in a node that says its name: the answer proves that all before it ran.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from tests.live import admin, door
from tests.live.admin import Json, Login, Server

ANY = "any"
NONE = "none"
LISTED = "workflowsFromAList"

OLD = "old"
UNWAITED = "unwaited"
TOLERANT = "tolerant"
DISABLED = "disabled"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with a login, or (pending) somebody who never accepted the invitation."""

    key: str
    first: str
    last: str
    pending: bool = False

    @property
    def email(self) -> str:
        return f"{self.first}.{self.last}@example.test".lower()


@dataclass(frozen=True, slots=True)
class Secret:
    """A stored credential that opens the loopback door."""

    key: str
    name: str
    holder: str
    kind: str = "httpHeaderAuth"


@dataclass(frozen=True, slots=True)
class Flow:
    """A workflow: hit by its webhook, called by other workflows under `policy`, or both.

    `manner` is how it calls: plainly, in the node's old form, without waiting, going on after an error, or by
    a node that is switched off. `hits` names a workflow whose webhook it asks over HTTP.
    """

    key: str
    name: str
    owner: str
    webhook: bool = True
    active: bool = True
    callable: bool = False
    policy: str | None = None
    calls: tuple[str, ...] = ()
    manner: str = ""
    archived: bool = False
    secret: str | None = None
    hits: str | None = None


PEOPLE = (
    Person("olga", "Olga", "Petrov"),
    Person("ana", "Ana", "Alvarez"),
    Person("ben", "Ben", "Okafor"),
    Person("cleo", "Cleo", "Novak"),
    Person("dana", "Dana", "Kim"),
    Person("emil", "Emil", "Larsen"),
    Person("finn", "Finn", "Murphy"),
    Person("gia", "Gia", "Rossi"),
    Person("hana", "Hana", "Sato"),
    Person("ivo", "Ivo", "Horvat"),
    Person("jo", "Jo", "Meyer"),
    Person("kai", "Kai", "Lindgren"),
    Person("lea", "Lea", "Dubois"),
    Person("max", "Max", "Weber"),
    Person("nia", "Nia", "Mensah"),
    Person("otto", "Otto", "Berg"),
    Person("pia", "Pia", "Costa", pending=True),
    Person("rosa", "Rosa", "Silva"),
    Person("sam", "Sam", "Patel"),
    Person("tess", "Tess", "Young"),
    Person("uma", "Uma", "Nair"),
    Person("vik", "Vik", "Ivanov"),
)

SECRETS = (
    Secret("olga_door", "Olga's door key", "olga"),
    Secret("ana_door", "Ana's door key", "ana", "httpBasicAuth"),
    Secret("cleo_door", "Cleo's door key", "cleo"),
    Secret("hana_door", "Hana's door key", "hana"),
)

# Callees before their callers: a caller names the callee's id.
FLOWS = (
    Flow("health", "Health check", "olga", secret="olga_door"),
    Flow("lead_intake", "Lead intake", "ana"),
    Flow("consent_sync", "Consent sync", "ana", secret="ana_door"),
    Flow("webinar", "Webinar sign-up", "cleo", secret="cleo_door"),
    Flow("enrich", "Enrich company", "dana", webhook=False, active=False, callable=True, policy=ANY),
    Flow("lead_router", "Lead router", "emil", calls=("enrich",)),
    Flow("score", "Score lead", "finn", webhook=False, active=False, callable=True),
    Flow("lead_scoring", "Lead scoring", "gia", calls=("score",)),
    Flow("billing_export", "Billing export", "olga", secret="hana_door"),
    Flow("ads_sync", "Ads audience sync", "ivo", secret="hana_door"),
    Flow("form_a", "Contact form", "jo"),
    Flow("form_b", "Demo request form", "jo"),
    Flow("old_import", "Old list import", "kai", active=False),
    Flow("clean_phone", "Clean phone numbers", "lea", callable=True, policy=ANY),
    Flow("clean_mail", "Clean e-mail addresses", "max", callable=True, policy=ANY),
    Flow("event_a", "Event attendance", "lea", calls=("clean_mail",)),
    Flow("event_b", "Event follow-up", "max", calls=("clean_phone",)),
    Flow("dedupe", "Find duplicates", "nia", webhook=False, active=False, callable=True, policy=LISTED),
    Flow("nightly_merge", "Merge duplicates", "olga", calls=("dedupe",)),
    Flow("vault", "Read price list", "otto", webhook=False, active=False, callable=True, policy=NONE),
    Flow("quote", "Quote builder", "olga", calls=("vault",)),
    Flow("normalise", "Normalise country", "tess", webhook=False, active=False, callable=True, policy=ANY),
    Flow("territory", "Find territory", "sam", callable=True, policy=ANY, calls=("normalise",)),
    Flow("assign", "Assign account", "rosa", calls=("territory",)),
    Flow("catalogue", "Product catalogue", "vik"),
    Flow("newsletter", "Newsletter blocks", "uma", hits="catalogue"),
    Flow("old_router", "Lead router (old form)", "emil", calls=("enrich",), manner=OLD),
    Flow("notify_enrich", "Enrich in the background", "uma", calls=("enrich",), manner=UNWAITED),
    Flow("try_enrich", "Enrich if possible", "uma", calls=("enrich",), manner=TOLERANT),
    Flow("no_enrich", "Enrich (switched off)", "uma", calls=("enrich",), manner=DISABLED),
    Flow("score_later", "Score in the background", "gia", calls=("score",), manner=UNWAITED),
    Flow("retired", "Retired lookup", "kai", webhook=False, active=False, callable=True, policy=ANY, archived=True),
    Flow("old_campaign", "Old campaign", "rosa", calls=("retired",)),
    Flow(
        "rates",
        "Read exchange rates",
        "olga",
        webhook=False,
        callable=True,
        active=False,
        policy=ANY,
        secret="hana_door",
    ),
    Flow("pipeline", "Pipeline report", "emil", calls=("rates",)),
)


def needs_secret(flow: Flow) -> bool:
    """Whether it fails without some stored credential, its own or one of a workflow whose answer it needs.

    n8n 1.x tells nobody whose a credential is, so of these workflows no reader can know with whom they go.
    """
    waits = flow.manner not in {UNWAITED, TOLERANT, DISABLED}
    needed = {*(flow.calls if waits else ()), flow.hits}
    return flow.secret is not None or any(needs_secret(other) for other in FLOWS if other.key in needed)


@dataclass(frozen=True, slots=True)
class Company:
    """What was built: the ids that the server gave, and everybody's way in."""

    logins: dict[str, Login] = field(repr=False)
    user_ids: dict[str, str]
    secret_ids: dict[str, str]
    flow_ids: dict[str, str]


def build(server: Server, door_url: str) -> Company:
    """Build the whole company on a fresh server."""
    logins, user_ids = _people(server)
    secret_ids = {s.key: _secret(server, logins[s.holder], s) for s in SECRETS}
    company = Company(logins, user_ids, secret_ids, {})
    for flow in FLOWS:
        body = workflow_body(flow, company, server.url, door_url)
        company.flow_ids[flow.key] = admin.make_workflow(server, logins[flow.owner], body)
    for flow in FLOWS:
        if flow.policy == LISTED:
            body = workflow_body(flow, company, server.url, door_url)
            admin.change_workflow(server, logins[flow.owner], company.flow_ids[flow.key], body)
        if flow.active:
            admin.activate(server, logins[flow.owner], company.flow_ids[flow.key])
        if flow.archived:
            admin.archive(server, logins[flow.owner], company.flow_ids[flow.key])
    return company


def _people(server: Server) -> tuple[dict[str, Login], dict[str, str]]:
    first, *others = PEOPLE
    owner = admin.set_up_owner(server, first.email, first.first, first.last)
    logins, user_ids = {first.key: owner}, {first.key: owner.user_id}
    for person in others:
        user_ids[person.key] = admin.invite(server, owner, person.email)
        if not person.pending:
            logins[person.key] = admin.accept(server, owner, user_ids[person.key], person.first, person.last)
    return logins, user_ids


def _secret(server: Server, login: Login, secret: Secret) -> str:
    header = {"name": door.HEADER, "value": door.HEADER_SECRET}
    basic = {"user": door.USER, "password": door.PASSWORD}
    data = header if secret.kind == "httpHeaderAuth" else basic
    return admin.make_credential(server, login, secret.name, secret.kind, data)


def workflow_body(flow: Flow, company: Company, server_url: str, door_url: str) -> Json:
    """The workflow as the public API takes it; ids of callers are filled in once they exist."""
    steps = [_call(company.flow_ids[key], flow.manner) for key in flow.calls]
    if flow.secret is not None:
        steps.append(_fetch("Open door", door_url, flow.secret, company))
    if flow.hits is not None:
        steps.append(
            _node("Ask webhook", "httpRequest", 4.2, {"url": f"{server_url}/webhook/{flow.hits}", "options": {}})
        )
    steps.append(_node("Done", "set", 3.4, {"mode": "raw", "jsonOutput": f'{{"done": "{flow.key}"}}', "options": {}}))
    starts = _starts(flow)
    links = [(start["name"], steps[0]["name"]) for start in starts]
    links += [(a["name"], b["name"]) for a, b in pairwise(steps)]
    return {
        "name": flow.name,
        "nodes": _placed(starts + steps),
        "connections": {a: {"main": [[{"node": b, "type": "main", "index": 0}]]} for a, b in links},
        "settings": _settings(flow, company),
    }


def _settings(flow: Flow, company: Company) -> Json:
    settings: Json = {"executionOrder": "v1"}
    if flow.policy is not None:
        settings["callerPolicy"] = flow.policy
    callers = [company.flow_ids[f.key] for f in FLOWS if flow.key in f.calls and f.key in company.flow_ids]
    if flow.policy == LISTED and callers:
        settings["callerIds"] = ",".join(callers)
    return settings


def _starts(flow: Flow) -> list[Json]:
    starts = []
    if flow.webhook:
        node = _node("Webhook", "webhook", 2, {"path": flow.key, "responseMode": "lastNode", "options": {}})
        starts.append({**node, "webhookId": f"hook-{flow.key}"})
    if flow.callable:
        starts.append(_node("Called", "executeWorkflowTrigger", 1.1, {"inputSource": "passthrough"}))
    return starts


def _call(target: str, manner: str) -> Json:
    if manner == OLD:
        return _node("Call", "executeWorkflow", 1, {"source": "database", "workflowId": target})
    parameters: Json = {"workflowId": {"__rl": True, "mode": "id", "value": target}, "options": {}}
    if manner == UNWAITED:
        parameters["options"] = {"waitForSubWorkflow": False}
    node = _node("Call", "executeWorkflow", 1.2, parameters)
    extra: dict[str, Json] = {TOLERANT: {"onError": "continueRegularOutput"}, DISABLED: {"disabled": True}}
    return node | extra.get(manner, {})


def _fetch(name: str, url: str, secret_key: str, company: Company) -> Json:
    secret = next(s for s in SECRETS if s.key == secret_key)
    parameters = {
        "url": url,
        "authentication": "genericCredentialType",
        "genericAuthType": secret.kind,
        "options": {},
    }
    named = {secret.kind: {"id": company.secret_ids[secret_key], "name": secret.name}}
    return {**_node(name, "httpRequest", 4.2, parameters), "credentials": named}


def _node(name: str, kind: str, version: float, parameters: Json) -> Json:
    return {
        "id": name.lower().replace(" ", "-"),
        "name": name,
        "type": f"n8n-nodes-base.{kind}",
        "typeVersion": version,
        "parameters": parameters,
    }


def _placed(nodes: list[Json]) -> list[dict[str, Any]]:
    return [{**node, "position": [220 * place, 0]} for place, node in enumerate(nodes)]
