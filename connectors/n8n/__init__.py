"""n8n: users, workflows, their credentials and calls, through the public API of 1.x and 2.x."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import quote, urlsplit

from connectors.n8n import departures, joins, mapping, workflows
from connectors.n8n.access import ACCESS
from stackmap.model import Act, Coverage, Edge, EdgeKind, Fact, FixBy, Node, NodeKind, Reach
from stackmap.sdk import (
    Answer,
    Authenticator,
    Connector,
    Get,
    Inventory,
    Per,
    ReadPost,
    Record,
    Setting,
    Settings,
    Trouble,
    api_key,
    cursor,
)

__all__ = ["CONNECTOR"]

_PAGE = 250  # n8n answers 400 to more
_PAGES = cursor("cursor", "nextCursor")


def _base_url(settings: Settings) -> str:
    return f"{_home(settings)}/api/v1"


def _home(settings: Settings) -> str:
    return settings["base_url"].strip().rstrip("/").removesuffix("/api/v1")


def _tenant(settings: Settings) -> str:
    return settings.get("tenant") or urlsplit(_home(settings)).netloc.rpartition("@")[2] or _home(settings)


def _authenticate(settings: Settings) -> Authenticator:
    return api_key("X-N8N-API-KEY", settings["api_key"])


def _collector(settings: Settings, _facts: Sequence[Fact]) -> str:
    return settings.get("key_owner", "")


def _said(answer: Answer) -> str:
    message = answer.body.get("message") if isinstance(answer.body, dict) else None
    return message if isinstance(message, str) else ""


def _licensed(answer: Answer) -> Trouble | None:
    """A licence that does not include a feature answers 403, like a missing permission."""
    if answer.status == 403 and "license" in _said(answer):
        return Trouble(Reach.ABSENT, "this instance's licence does not include it", FixBy.NOBODY, "403")
    return None


def _credentials_listed(answer: Answer) -> Trouble | None:
    """2.8.0 brought the list (n8n-io/n8n pull request 25309); a later one refused it (czlonkowski/n8n-mcp 809)."""
    if answer.status == 405:
        reason = "this n8n lists no credentials (2.8 and newer should): those that workflows name are read with them"
        return Trouble(Reach.ABSENT, reason, FixBy.NOBODY, "405")
    return _licensed(answer)


def _details(rows: Sequence[Record]) -> Iterator[Get]:
    for row in rows:
        if row.get("id"):
            yield Get(f"/workflows/{quote(str(row['id']), safe='')}", {"excludePinnedData": True})


def _list(path: str, **params: bool) -> Get:
    return Get(path, {"limit": _PAGE, **params})


USERS = Inventory(
    "users",
    _list("/users", includeRole=True),
    mapping.user,
    emits=frozenset(
        {
            NodeKind.ACCOUNT,
            NodeKind.ROLE,
            EdgeKind.ADMINISTERS,
            EdgeKind.HAS_ROLE,
            EdgeKind.OWNED_BY,
            EdgeKind.PART_OF,
        }
    ),
    lists=frozenset({NodeKind.ACCOUNT, EdgeKind.ADMINISTERS, EdgeKind.HAS_ROLE}),
    needs=("user:list",),
    says="Users with their role; the key must be the instance owner's or an admin's.",
    records="data",
    pages=_PAGES,
    outcome=_licensed,
)

WORKFLOWS = Inventory(
    "workflows",
    _list("/workflows", excludePinnedData=True),
    workflows.workflow,
    emits=frozenset(
        {
            NodeKind.AUTOMATION,
            NodeKind.CREDENTIAL,
            NodeKind.ENDPOINT,
            NodeKind.SYSTEM,
            EdgeKind.AUTHENTICATES_WITH,
            EdgeKind.AUTHORIZED_BY,
            EdgeKind.CALLS,
            EdgeKind.NOTIFIES,
            EdgeKind.PART_OF,
            EdgeKind.READS_FROM,
            EdgeKind.SERVED_BY,
            EdgeKind.WRITES_TO,
        }
    ),
    lists=frozenset(
        {
            NodeKind.AUTOMATION,
            NodeKind.ENDPOINT,
            EdgeKind.AUTHENTICATES_WITH,
            EdgeKind.CALLS,
            EdgeKind.NOTIFIES,
            EdgeKind.SERVED_BY,
        }
    ),
    needs=("workflow:list",),
    says="Workflows with their nodes, without pinned data; a member's key shows only those that the member can see.",
    records="data",
    pages=_PAGES,
)

WORKFLOW_DETAILS = Inventory(
    "workflow-details",
    Per("workflows", _details),
    mapping.ownership,
    emits=frozenset(
        {
            NodeKind.ACCOUNT,
            NodeKind.GROUP,
            EdgeKind.ADMINISTERS,
            EdgeKind.MEMBER_OF,
            EdgeKind.OWNED_BY,
            EdgeKind.PART_OF,
        }
    ),
    lists=frozenset({EdgeKind.OWNED_BY}),
    needs=("workflow:read",),
    says="Who owns each workflow, and whether that user is disabled: one call per workflow.",
)

CREDENTIALS = Inventory(
    "credentials",
    _list("/credentials"),
    mapping.credential,
    emits=frozenset({NodeKind.CREDENTIAL, EdgeKind.AUTHORIZED_BY, EdgeKind.PART_OF}),
    needs=("credential:list",),
    says="All credentials, unused ones too, never their values; n8n 2.8 and newer, of which some refused it.",
    records="data",
    pages=_PAGES,
    outcome=_credentials_listed,
    absent_on=frozenset({404, 405}),
)

PROJECTS = Inventory(
    "projects",
    _list("/projects"),
    mapping.project,
    emits=frozenset({NodeKind.GROUP, EdgeKind.PART_OF}),
    lists=frozenset({NodeKind.GROUP}),
    needs=("project:list",),
    says="Team projects, where the licence includes them; their members come with the workflows' details.",
    records="data",
    pages=_PAGES,
    outcome=_licensed,
)

AUDIT = Inventory(
    "audit",
    ReadPost("/audit", {}),
    mapping.audit,
    emits=frozenset({NodeKind.CREDENTIAL}),
    lists=frozenset(),
    needs=("securityAudit:generate",),
    says="Credentials that n8n's own audit calls unused; refused to a member's key.",
    required=(),
)


def _review(facts: Sequence[Fact], coverage: Mapping[str, Coverage], settings: Settings) -> Mapping[str, Trouble]:
    """n8n answers a member's key like the owner's, with the workflows that the member can see; the audit it refuses.

    Observed on n8n 1.123.50. A refused audit may also be a key without that scope, so it only counts where the
    settings do not name an administrator whose key it is.
    """
    audit = coverage.get(AUDIT.name)
    if audit is None or audit.state is not Reach.DENIED or _is_administrators(settings.get("key_owner", ""), facts):
        return {}
    reason = "the key may be a member's, who is shown only what they can see: n8n refused it the audit"
    return {
        item.name: Trouble(Reach.PARTIAL, f"{reason}; name whose it is as key_owner", FixBy.OPERATOR, "own-only")
        for item in (WORKFLOWS, WORKFLOW_DETAILS)
    }


def _is_administrators(owner: str, facts: Sequence[Fact]) -> bool:
    """Whether the login that settings name, by e-mail or name, administers the instance."""
    admins = {fact.source for fact in facts if isinstance(fact, Edge) and fact.kind is EdgeKind.ADMINISTERS}
    named = {
        str(word).casefold()
        for fact in facts
        if isinstance(fact, Node) and fact.id in admins
        for word in (fact.name, fact.properties.get("email", ""))
    }
    return bool(owner) and owner.casefold() in named


CONNECTOR = Connector(
    name="n8n",
    product="n8n",
    title="n8n",
    settings=(
        Setting("base_url", "where n8n is opened in a browser, such as https://n8n.example.test"),
        Setting("api_key", "an API key of the instance owner or an admin (Settings > n8n API)", secret=True),
        Setting("tenant", "a name for this instance; without one its host and port", required=False),
        Setting("key_owner", "whose key it is, e-mail or name; shown in reports, never sent", required=False),
        Setting("webhook_url", "where webhooks are reached, if not at base_url", required=False),
    ),
    base_url=_base_url,
    tenant=_tenant,
    authenticate=_authenticate,
    inventories=(USERS, WORKFLOWS, WORKFLOW_DETAILS, CREDENTIALS, PROJECTS, AUDIT),
    departures=departures.ALL,
    # n8n's user list offers deletion and no other way off:
    # docs.n8n.io/administer/manage-users-and-access/add-and-remove-users
    usual_act=Act.REMOVED,
    blind_spots=(
        "Whose a credential is: no call of 1.x says it, and 2.x names the project only.",
        "Who knows a credential's value: n8n shows the values to nobody, not even to its owner account.",
        "A call whose target is computed, or read from a file, an address or inline code: it shows as unread.",
        "Whether a node is ever reached: each that is not switched off counts as needed.",
        "Who created or last saved a workflow.",
        "The instance's default caller policy, where the operator changed it.",
        (
            "Whose the key is: a member's is shown only the workflows that the member can see. Where n8n refuses it "
            "the audit and key_owner names no administrator, the workflows count as partly read."
        ),
    ),
    sandbox="connectors.n8n.sandbox:standin",
    demo="demo.json",
    docs="https://docs.n8n.io/api/",
    collector=_collector,
    joins=joins.calls_in_words,
    review=_review,
    access=ACCESS,
)
