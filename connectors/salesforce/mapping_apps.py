"""Applications: the tokens they hold, where they are registered, packages, agents, MCP servers and log-ins.

Every application is one Integration: by its Id where a record has one, by its product where the name or package is a
product's own sync. A token that names its app by label alone waits for `joins`, which sees all apps.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any

from connectors.salesforce.departures import AGENT_USER, CLIENT_CREDENTIALS, TOKEN
from connectors.salesforce.fields import flag, full_id, made_by, text
from connectors.salesforce.products import Product, is_ai, product_of, sync_of
from stackmap.model import EdgeKind, Fact, How, Node, NodeKind, system_id
from stackmap.sdk import Record, Scope, used_within

__all__ = [
    "SLOT",
    "TOKEN_LIMIT",
    "agent",
    "app",
    "connected_app",
    "external_app",
    "external_app_policy",
    "hashed",
    "log_in",
    "mcp_server",
    "mcp_tool",
    "package",
    "signs_in",
    "token",
]

SLOT = "salesforce"
"""All tokens of one app stand for its one sign-in here."""

TOKEN_LIMIT = 5
"""Grants per app and user; one more revokes one of them:
https://help.salesforce.com/apex/HTViewHelpDoc?id=platform.remoteaccess_request.htm."""

_UNKNOWN = "unknown"
_USER = "005"
_SERVES = {"ExternalCopilot": "customers", "InternalCopilot": "employees"}
_IN_THE_BROWSER = frozenset({"", "Browser", "N/A"})
_INTERACTIVE = "Application"
_PORTAL = "Chatter Communities"


def app(
    at: Scope, vendor_id: str, name: str, record: object, properties: Mapping[str, Any], *, namespace: str = ""
) -> Iterator[Fact]:
    """An application, and the system at its far end where its name or package tells the product."""
    sync = sync_of(name, namespace)
    known = {key: value for key, value in properties.items() if value is not None}
    if sync is not None:
        vendor_id, name = f"sync:{sync.key}", f"{sync.title} sync"
        link = {"a": [at.product, at.tenant], "b": [sync.key, ""]}
        known |= {"app_kind": "native sync", "link": link}
    elif is_ai(name):
        known["ai"] = True
    node = Node(NodeKind.INTEGRATION, at.id(NodeKind.INTEGRATION, vendor_id), name, at.evidence(record), known)
    yield node
    yield at.edge(EdgeKind.PART_OF, node.id, at.system, record)
    far = sync or product_of(name, namespace)
    if far is not None:
        yield from _far_end(at, node.id, far, record)


def _far_end(at: Scope, integration: str, far: Product, record: object) -> Iterator[Fact]:
    system = system_id(far.key, _UNKNOWN)
    evidence = at.evidence(record, how=How.INFERRED_NAME)
    yield Node(NodeKind.SYSTEM, system, far.title, evidence, {"product": far.key, "tenant": _UNKNOWN})
    yield at.edge(EdgeKind.CONNECTS, integration, system, record, how=How.INFERRED_NAME)


def token(row: Record, at: Scope) -> Iterator[Fact]:
    """A token: which app may act as which user. Its own Id may be empty or stand for several, so it is not used."""
    name = text(row, "AppName") or text(row, "AppMenuItem.Label")
    user, made = full_id(str(row["UserId"])), str(row["CreatedDate"])
    grant_id = hashed(name, user, made)
    properties = {
        "app_name": name or None,
        "created_at": made,
        "token": True,
        "used_within": used_within(row.get("LastUsedDate"), at.taken_at, never=row.get("UseCount") == 0),
    }
    grant = at.node(NodeKind.GRANT, grant_id, f"token of {name or 'an app without a name'}, {made[:10]}", properties)
    yield grant
    yield at.edge(EdgeKind.PART_OF, grant.id, at.system, grant_id)
    account = at.id(NodeKind.ACCOUNT, user)
    yield at.edge(EdgeKind.AUTHORIZED_BY, grant.id, account, grant_id, row=TOKEN)
    app_id = full_id(text(row, "AppMenuItem.ApplicationId"))
    if app_id or sync_of(name):
        for fact in app(at, app_id or grant_id, name or app_id, grant_id, {"token_limit": TOKEN_LIMIT}):
            yield fact
            if isinstance(fact, Node) and fact.kind is NodeKind.INTEGRATION:
                yield signs_in(at, fact.id, grant.id, grant_id)


def signs_in(at: Scope, integration: str, grant: str, record: str, how: How = How.OBSERVED) -> Fact:
    """An app's sign-in with one grant."""
    return at.edge(EdgeKind.AUTHENTICATES_WITH, integration, grant, record, how=how, slot=SLOT)


def connected_app(row: Record, at: Scope) -> Iterator[Fact]:
    """A connected app that is installed in the org or was made there."""
    properties = {
        "admin_approval": flag(row, "OptionsAllowAdminApprovedUsersOnly"),
        "app_kind": "connected app",
        "installed": True,
    }
    yield from _registered(row, at, text(row, "Name"), properties)


def external_app(row: Record, at: Scope) -> Iterator[Fact]:
    """An external client app: what connected apps are called since Spring '26."""
    name = text(row, "MasterLabel") or text(row, "DeveloperName")
    properties = {
        "app_kind": "external client app",
        "developer_name": text(row, "DeveloperName") or None,
        "installed": True,
    }
    yield from _registered(row, at, name, properties)


def _registered(row: Record, at: Scope, name: str, properties: Mapping[str, Any]) -> Iterator[Fact]:
    app_id = full_id(str(row["Id"]))
    for fact in app(at, app_id, name or app_id, app_id, properties):
        yield fact
        if isinstance(fact, Node) and fact.kind is NodeKind.INTEGRATION:
            yield from made_by(row, fact.id, at, app_id)


def external_app_policy(row: Record, at: Scope) -> Iterator[Fact]:
    """As whom an app acts that signs in by itself. The user stands there by Id or by user name."""
    runs_as = text(row, "ClientCredentialsFlowUser")
    if row.get("IsClientCredentialsFlowEnabled") is not True or not runs_as:
        return
    integration = at.id(NodeKind.INTEGRATION, full_id(str(row["ExternalClientApplicationId"])))
    if full_id(runs_as).startswith(_USER) and "@" not in runs_as:
        account = at.id(NodeKind.ACCOUNT, full_id(runs_as))
        yield at.edge(EdgeKind.RUNS_AS, integration, account, row["Id"], row=CLIENT_CREDENTIALS)
    else:
        evidence = at.evidence(row["Id"])
        yield Node(NodeKind.INTEGRATION, integration, "", evidence, {"runs_as_login": runs_as})


def package(row: Record, at: Scope) -> Iterator[Fact]:
    """An installed package."""
    package_id = full_id(str(row["SubscriberPackageId"]))
    namespace = text(row, "SubscriberPackage.NamespacePrefix")
    properties = {"app_kind": "installed package", "installed": True, "namespace": namespace or None}
    name = text(row, "SubscriberPackage.Name") or namespace or package_id
    yield from app(at, package_id, name, row["Id"], properties, namespace=namespace)


def agent(row: Record, at: Scope) -> Iterator[Fact]:
    """An AI agent or bot, and the user as whom it acts."""
    agent_id = full_id(str(row["Id"]))
    properties = {
        "agent_type": text(row, "AgentType") or None,
        "ai": True,
        "app_kind": "agent",
        "serves": _SERVES.get(text(row, "Type")),
    }
    name = text(row, "MasterLabel") or text(row, "DeveloperName") or agent_id
    node = at.node(NodeKind.INTEGRATION, agent_id, name, properties)
    yield node
    yield at.edge(EdgeKind.PART_OF, node.id, at.system, agent_id)
    if acts_as := full_id(text(row, "BotUserId")):
        yield at.edge(EdgeKind.RUNS_AS, node.id, at.id(NodeKind.ACCOUNT, acts_as), agent_id, row=AGENT_USER)


def mcp_server(row: Record, at: Scope) -> Iterator[Fact]:
    """A server of tools for AI clients."""
    server_id = full_id(str(row["Id"]))
    name = text(row, "MasterLabel") or text(row, "DeveloperName") or server_id
    node = at.node(NodeKind.INTEGRATION, server_id, name, {"ai": True, "app_kind": "MCP server"})
    yield node
    yield at.edge(EdgeKind.PART_OF, node.id, at.system, server_id)
    yield from made_by(row, node.id, at, server_id)


def mcp_tool(row: Record, at: Scope) -> Iterator[Fact]:
    """What one tool of a server may do: every tool reads, and one that is not read-only writes."""
    power = {"reads": True}
    if row.get("ReadOnly") is False:
        power["writes"] = True
    if row.get("Destructive") is True:
        power["deletes"] = True
    server = at.id(NodeKind.INTEGRATION, full_id(str(row["McpServerId"])))
    yield Node(NodeKind.INTEGRATION, server, "", at.evidence(row["Id"]), power)


def log_in(row: Record, at: Scope) -> Iterator[Fact]:
    """That somebody signed in, through what, and how long ago. `joins` makes grants of apps without a token.

    A log-in in the browser shows that the login is not for programs alone. Customers' portal log-ins are left out.
    """
    user, through, kind = full_id(str(row["UserId"])), text(row, "Application"), text(row, "LoginType")
    if kind.startswith(_PORTAL):
        return
    used = used_within(row.get("lastLogin"), at.taken_at)
    properties: dict[str, Any] = {"used_within": used}
    if kind == _INTERACTIVE or "SSO" in kind:
        properties["api_only"] = False
    elif through not in _IN_THE_BROWSER:
        properties["logs_in_through"] = [{"app": through, "used_within": used}]
    yield at.node(NodeKind.ACCOUNT, user, "", properties)


def hashed(*parts: str) -> str:
    """An id made of what tells a record from others, where its own Id cannot."""
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:24]
