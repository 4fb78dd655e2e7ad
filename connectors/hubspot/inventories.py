"""The lists that are read of HubSpot, one by one: what is asked, what for, and with which scope."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from urllib.parse import quote

from connectors.hubspot import activity, mapping, mapping_workflows
from connectors.hubspot.versions import PATHS
from stackmap.model import EdgeKind, FixBy, NodeKind, Reach, Sort
from stackmap.sdk import Answer, Get, Inventory, Per, ReadPost, Record, Trouble, cursor, lookup

__all__ = ["INVENTORIES"]

_PAGE = 100
_LOG_PAGE = 200  # the most that the logs give at once, says their reference
_list = partial(Inventory, records="results", pages=cursor("after", "paging.next.after"))
"""A list that HubSpot gives page by page."""
_MISSING_SCOPES = "MISSING_SCOPES"


def _told_of_private_apps_only(answer: Answer) -> Trouble | None:
    """A token that is no private app's has no creator to be told; what HubSpot then answers is not documented."""
    if answer.status in {400, 404}:
        reason = "HubSpot says whose a token is of private apps only: a service key is the account's"
        return Trouble(Reach.ABSENT, reason, FixBy.NOBODY, str(answer.status))
    return None


def _enterprise_only(answer: Answer) -> Trouble | None:
    """HubSpot refuses the audit log to other editions too: then no scope is missing, which its error would name."""
    category = lookup(answer.body, "category")
    if answer.status == 403 and isinstance(category, str) and category != _MISSING_SCOPES:
        reason = "HubSpot refuses it, and no scope is missing: only Enterprise accounts have it"
        return Trouble(Reach.ABSENT, reason, FixBy.NOBODY, category)
    return None


def _details(rows: Sequence[Record]) -> Iterator[Get]:
    for row in rows:
        if row.get("id"):
            yield Get(f"{PATHS['flows']}/{quote(str(row['id']), safe='')}")


def _unmigrated(rows: Sequence[Record]) -> Iterator[ReadPost]:
    """The current ids of the old workflows that do not tell theirs.

    One by one: a batch in which HubSpot does not know all is answered by a 207, which is no whole list.
    """
    for row in rows:
        if row.get("id") and not mapping_workflows.flow_of(row):
            wanted = {"type": "WORKFLOW_ID", "workflowId": str(row["id"])}
            yield ReadPost(PATHS["workflow-ids"], {"inputs": [wanted]})


def _no_current_id(answer: Answer) -> Trouble | None:
    if answer.status == 207:
        return Trouble(Reach.ABSENT, "HubSpot knows no current id of an old workflow", FixBy.NOBODY, "207")
    return None


ACCOUNT = Inventory(
    "account",
    Get(PATHS["account"]),
    mapping.account,
    emits=frozenset({NodeKind.SYSTEM}),
    needs=("any token",),
    says="The portal: its id, region and kind.",
    required=("portalId",),
)

OWN_TOKEN = Inventory(
    "own-token",
    ReadPost(PATHS["own-token"]),
    mapping.own_token,
    emits=frozenset(
        {
            NodeKind.CREDENTIAL,
            NodeKind.INTEGRATION,
            NodeKind.SYSTEM,
            EdgeKind.AUTHENTICATES_WITH,
            EdgeKind.AUTHORIZED_BY,
            EdgeKind.PART_OF,
        }
    ),
    lists=frozenset(),
    needs=("a private app's own token",),
    says="Whose token stackmap reads with, and its scopes; of private apps only.",
    required=("appId",),
    outcome=_told_of_private_apps_only,
)

USERS = _list(
    "users",
    Get(PATHS["users"], {"limit": _PAGE}),
    mapping.user,
    emits=frozenset({NodeKind.ACCOUNT, NodeKind.ROLE, EdgeKind.ADMINISTERS, EdgeKind.HAS_ROLE, EdgeKind.PART_OF}),
    lists=frozenset({NodeKind.ACCOUNT, EdgeKind.ADMINISTERS, EdgeKind.HAS_ROLE}),
    needs=("settings.users.read",),
    says="Users, their roles, and who of them is a super admin.",
)

ROLES = Inventory(
    "roles",
    Get(PATHS["roles"]),
    mapping.role,
    emits=frozenset({NodeKind.ROLE, EdgeKind.PART_OF}),
    lists=frozenset({NodeKind.ROLE}),
    needs=("settings.users.read",),
    says="Permission sets of the account's own making, by name.",
    records="results",
)

TEAMS = Inventory(
    "teams",
    Get(PATHS["teams"]),
    mapping.team,
    emits=frozenset({NodeKind.GROUP, EdgeKind.MEMBER_OF, EdgeKind.PART_OF}),
    lists=frozenset({NodeKind.GROUP, EdgeKind.MEMBER_OF}),
    needs=("settings.users.teams.read",),
    says="Teams and who belongs to them.",
    records="results",
)

OWNERS = _list(
    "owners",
    Get(PATHS["owners"], {"limit": _PAGE, "archived": False}),
    mapping.owner,
    emits=frozenset({NodeKind.ACCOUNT, NodeKind.GROUP, EdgeKind.PART_OF}),
    lists=frozenset(),
    needs=("crm.objects.owners.read",),
    says="Who may own records: active users, and queues.",
)

OWNERS_ARCHIVED = _list(
    "owners-archived",
    Get(PATHS["owners"], {"limit": _PAGE, "archived": True}),
    mapping.archived_owner,
    emits=frozenset({NodeKind.ACCOUNT, EdgeKind.PART_OF}),
    lists=frozenset(),
    needs=("crm.objects.owners.read",),
    says="The people who left: users deactivated or removed, who owned records.",
)

FLOWS = _list(
    "flows",
    Get(PATHS["flows"], {"limit": _PAGE}),
    mapping_workflows.flow,
    emits=frozenset({NodeKind.AUTOMATION, EdgeKind.PART_OF}),
    lists=frozenset({NodeKind.AUTOMATION}),
    needs=("automation",),
    says="Workflows of all objects, and whether they are switched on.",
)

FLOW_DETAILS = Inventory(
    "flow-details",
    Per("flows", _details),
    mapping_workflows.flow_detail,
    emits=frozenset({NodeKind.AUTOMATION, NodeKind.ENDPOINT, EdgeKind.CALLS}),
    lists=frozenset({NodeKind.ENDPOINT, EdgeKind.CALLS}),
    needs=("automation",),
    says=(
        "Which hosts each workflow calls, and the names of its custom code's secrets: one call per workflow. One that "
        "touches sensitive properties also needs crm.objects.{type}.sensitive.read."
    ),
)

WORKFLOWS_V3 = Inventory(
    "workflows-v3",
    Get(PATHS["workflows-v3"]),
    mapping_workflows.old_workflow,
    emits=frozenset({EdgeKind.CREATED_BY, EdgeKind.MODIFIED_BY}),
    lists=frozenset(),
    needs=("automation",),
    says="Who made and last saved the contact workflows: of the old API only, until it is switched off.",
    records="workflows",
)

WORKFLOW_IDS = Inventory(
    "workflow-ids",
    Per("workflows-v3", _unmigrated),
    mapping_workflows.workflow_id,
    emits=frozenset({NodeKind.AUTOMATION, EdgeKind.CREATED_BY, EdgeKind.MODIFIED_BY}),
    lists=frozenset(),
    needs=("automation",),
    says="The current ids of old workflows that do not tell theirs: one call per workflow.",
    records="results",
    required=("workflowId", "flowId"),
    outcome=_no_current_id,
)

SECURITY_ACTIVITY = _list(
    "security-activity",
    Get(PATHS["security-activity"], {"limit": _LOG_PAGE}),
    activity.security_event,
    emits=frozenset(
        {
            NodeKind.CREDENTIAL,
            NodeKind.GRANT,
            NodeKind.INTEGRATION,
            EdgeKind.AUTHENTICATES_WITH,
            EdgeKind.AUTHORIZED_BY,
            EdgeKind.CREATED_BY,
            EdgeKind.KNOWS,
            EdgeKind.PART_OF,
        }
    ),
    lists=frozenset(),
    sort=Sort.EVENT,
    needs=("account-info.security.read",),
    says="Who installed apps and made, saw, rotated or ended keys, as far back as HubSpot's log reaches.",
    required=("id", "type"),
)

LOG_INS = _list(
    "log-ins",
    Get(PATHS["log-ins"], {"limit": _LOG_PAGE}),
    activity.log_in,
    emits=frozenset({NodeKind.ACCOUNT}),
    lists=frozenset(),
    sort=Sort.EVENT,
    needs=("account-info.security.read",),
    says="Who signed in within the last 90 days; kept as windows of days, never as times.",
)

AUDIT_LOG = _list(
    "audit-log",
    Get(PATHS["audit-log"], {"limit": _PAGE}),
    mapping_workflows.audited,
    emits=frozenset({EdgeKind.CREATED_BY, EdgeKind.MODIFIED_BY}),
    lists=frozenset(),
    sort=Sort.EVENT,
    needs=("account-info.security.read",),
    says="Who created or changed workflows; Enterprise accounts only.",
    outcome=_enterprise_only,
)

PROPERTY_GROUPS = Inventory(
    "property-groups",
    Get(PATHS["property-groups"]),
    mapping.property_group,
    emits=frozenset({NodeKind.INTEGRATION, NodeKind.SYSTEM, EdgeKind.CONNECTS, EdgeKind.PART_OF, EdgeKind.RUNS_AS}),
    lists=frozenset(),
    needs=("crm.schemas.contacts.read",),
    says="Whether HubSpot's own Salesforce integration is or was installed: it brings a group of contact properties.",
    records="results",
    required=("name",),
)

INVENTORIES = (
    ACCOUNT,
    OWN_TOKEN,
    USERS,
    ROLES,
    TEAMS,
    OWNERS,
    OWNERS_ARCHIVED,
    FLOWS,
    FLOW_DETAILS,
    WORKFLOWS_V3,
    WORKFLOW_IDS,
    SECURITY_ACTIVITY,
    LOG_INS,
    AUDIT_LOG,
    PROPERTY_GROUPS,
)
"""All of them."""
