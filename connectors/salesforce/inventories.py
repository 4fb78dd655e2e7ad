"""What is read from an org, list by list: the question, what it needs, and what it tells."""

from __future__ import annotations

from typing import TypeAlias

from connectors.salesforce import log_ins, mapping, mapping_apps, mapping_jobs, queries, tokens
from connectors.salesforce.describe import described, people
from connectors.salesforce.queries import Query
from connectors.salesforce.refusals import judged, not_signed_in
from stackmap.model import EdgeKind, NodeKind, Sort
from stackmap.sdk import Get, Inventory, Mapper, Paging

__all__ = ["INVENTORIES"]

_Kinds: TypeAlias = frozenset[NodeKind | EdgeKind]

_N, _E = NodeKind, EdgeKind
_API = "API Enabled"
_SETUP = "View Setup and Configuration"
_USERS = "Manage Users"
_TOKENS = "Customize Application"
_APPS = "View External Client Apps (ExternalClientAppViewer)"
_LOG_INS = "Manage Users or Monitor Login History"
_APP: _Kinds = frozenset({_N.INTEGRATION, _N.SYSTEM, _E.PART_OF, _E.CONNECTS})
_MADE_BY: _Kinds = frozenset({_E.CREATED_BY, _E.MODIFIED_BY})
_GRANT: _Kinds = frozenset({_N.GRANT, _E.AUTHENTICATES_WITH, _E.AUTHORIZED_BY})


def _list(
    name: str,
    query: Query,
    facts: Mapper,
    emits: _Kinds,
    *,
    needs: tuple[str, ...],
    says: str,
    lists: _Kinds = frozenset(),
    edition: str = "",
    pages: Paging | None = None,
    required: tuple[str, ...] = (),
    calls: int = 2,
) -> Inventory:
    """A list of one object. The permission named last is the one that opens it."""
    return Inventory(
        name,
        query.get(),
        facts,
        emits=emits,
        lists=lists,
        needs=needs,
        says=says,
        records="records",
        pages=pages or described(query),
        outcome=judged(needs[-1], edition=edition),
        expected_calls=calls,
        required=required or ("Id",),
    )


INVENTORIES = (
    _list(
        "organization",
        queries.ORGANIZATION,
        mapping.organization,
        frozenset({_N.SYSTEM}),
        needs=(_API,),
        says="The org: its name, edition and Id.",
    ),
    Inventory(
        "limits",
        Get("/limits"),
        mapping.limits,
        emits=frozenset({_N.SYSTEM}),
        lists=frozenset(),
        needs=(_API,),
        says="How many of the day's API calls are spent.",
        outcome=judged(_API),
        required=(),
    ),
    _list(
        "permissions",
        queries.READER,
        mapping.permissions,
        frozenset({_N.SYSTEM}),
        needs=(_API,),
        says="What the reading login itself may do: without some permissions lists are cut down without a word.",
        required=("attributes",),
    ),
    Inventory(
        "reader",
        Get("/services/oauth2/userinfo", link=True),  # beside the versions, not below one
        mapping.reader,
        emits=frozenset({_N.SYSTEM}),
        lists=frozenset(),
        needs=("any token",),
        says="Which user stackmap itself reads as.",
        outcome=not_signed_in,
        required=("user_id",),
    ),
    _list(
        "users",
        queries.USERS,
        mapping.user,
        frozenset({_N.ACCOUNT, _E.PART_OF}),
        lists=frozenset({_N.ACCOUNT}),
        needs=(_API, "View All Users"),
        says="Users but for customers' portal logins: name, user name, e-mail, licence, active or not, last log-in.",
        pages=people,
        calls=3,
    ),
    _list(
        "freezes",
        queries.FREEZES,
        mapping.freeze,
        frozenset({_N.ACCOUNT}),
        needs=(_API, _USERS),
        says="Which users are frozen.",
        required=("UserId",),
    ),
    _list(
        "admins",
        queries.ADMINS,
        mapping.assignment,
        frozenset({_N.ROLE, _E.PART_OF, _E.HAS_ROLE, _E.ADMINISTERS}),
        lists=frozenset({_E.ADMINISTERS}),
        needs=(_API, _SETUP),
        says="Active users with a powerful profile, permission set or group. Administrator: Customize Application "
        "together with Manage Users or Modify All Data, from all of them together.",
        required=("AssigneeId", "PermissionSetId"),
        calls=3,
    ),
    _list(
        "oauth-tokens",
        queries.TOKENS,
        mapping_apps.token,
        _APP | _GRANT,
        lists=_GRANT | {_N.INTEGRATION},
        needs=(_API, _TOKENS),
        says="Which app holds a token of which user, since when, and when last used; never the token.",
        pages=tokens.all_tokens,
        required=("UserId", "CreatedDate"),
        calls=3,
    ),
    _list(
        "connected-apps",
        queries.CONNECTED_APPS,
        mapping_apps.connected_app,
        _APP | _MADE_BY,
        lists=frozenset({_N.INTEGRATION}),
        needs=(_API, _SETUP),
        says="Connected apps that are installed in the org or were made there.",
    ),
    _list(
        "external-apps",
        queries.EXTERNAL_APPS,
        mapping_apps.external_app,
        _APP | _MADE_BY,
        lists=frozenset({_N.INTEGRATION}),
        needs=(_API, _APPS),
        says="External client apps.",
        edition="external client apps",
    ),
    _list(
        "external-app-policies",
        queries.EXTERNAL_APP_POLICIES,
        mapping_apps.external_app_policy,
        frozenset({_N.INTEGRATION, _E.RUNS_AS}),
        lists=frozenset({_E.RUNS_AS}),
        needs=(_API, _APPS),
        says="As which user an external client app acts that signs in with client credentials.",
        edition="policies of external client apps",
        required=("Id", "ExternalClientApplicationId"),
    ),
    _list(
        "packages",
        queries.PACKAGES,
        mapping_apps.package,
        _APP,
        lists=frozenset({_N.INTEGRATION}),
        needs=(_API, _SETUP),
        says="Installed packages, with their namespaces.",
        required=("Id", "SubscriberPackageId"),
    ),
    _list(
        "scheduled-jobs",
        queries.SCHEDULED_JOBS,
        mapping_jobs.scheduled_job,
        frozenset({_N.AUTOMATION, _E.PART_OF, _E.RUNS_AS, _E.CREATED_BY, _E.MODIFIED_BY}),
        lists=frozenset({_N.AUTOMATION, _E.RUNS_AS}),
        needs=(_API, _SETUP),
        says="Scheduled jobs that are to run again, their kind, and who owns them.",
    ),
    _list(
        "scheduled-classes",
        queries.SCHEDULED_CLASSES,
        mapping_jobs.scheduled_class,
        frozenset({_N.AUTOMATION, _E.NOTIFIES}),
        lists=frozenset({_E.NOTIFIES}),
        needs=(_API, _SETUP),
        says="Which class, of which package, a scheduled job runs, and who saved it last: its errors are mailed there.",
        required=("Id", "CronTriggerId"),
    ),
    _list(
        "apex-alarms",
        queries.APEX_ALARMS,
        mapping_jobs.apex_alarm,
        frozenset({_N.ACCOUNT, _N.ENDPOINT, _E.PART_OF, _E.NOTIFIES}),
        lists=frozenset({_E.NOTIFIES}),
        needs=(_API, _SETUP),
        says="Who else is mailed unhandled errors of Apex code (Setup > Apex Exception Email).",
    ),
    _list(
        "flows",
        queries.FLOWS,
        mapping_jobs.flow,
        _MADE_BY | {_N.AUTOMATION, _E.PART_OF, _E.NOTIFIES},
        lists=frozenset({_N.AUTOMATION, _E.NOTIFIES}),
        needs=(_API, _SETUP),
        says="Active flows and processes, and who saved each last: by default its errors are mailed there.",
        required=("Id", "DefinitionId"),
    ),
    _list(
        "flow-settings",
        queries.FLOW_SETTINGS,
        mapping_jobs.flow_settings,
        frozenset({_N.SYSTEM}),
        needs=(_API, _SETUP),
        says="Whether errors of flows go to those who are mailed Apex errors, not to whoever saved the flow last.",
        edition="settings of flows that a program can read",
        required=("attributes",),
    ),
    _list(
        "flow-triggers",
        queries.FLOW_TRIGGERS,
        mapping_jobs.flow_trigger,
        frozenset({_N.AUTOMATION}),
        needs=(_API, _SETUP),
        says="What sets each active flow off.",
        required=("DurableId",),
    ),
    _list(
        "dashboards",
        queries.DASHBOARDS,
        mapping_jobs.dashboard,
        _MADE_BY | {_N.AUTOMATION, _E.PART_OF, _E.RUNS_AS},
        lists=frozenset({_N.AUTOMATION, _E.RUNS_AS}),
        needs=(_API, _SETUP),
        says="Dashboards, and as whom those run that show everybody the same.",
    ),
    _list(
        "queues",
        queries.QUEUES,
        mapping.queue,
        frozenset({_N.GROUP, _E.PART_OF}),
        lists=frozenset({_N.GROUP}),
        needs=(_API,),
        says="Queues.",
    ),
    _list(
        "queue-members",
        queries.QUEUE_MEMBERS,
        mapping.queue_member,
        frozenset({_E.MEMBER_OF}),
        needs=(_API,),
        lists=frozenset({_E.MEMBER_OF}),
        says="Members of queues.",
        required=("Id", "GroupId", "UserOrGroupId"),
    ),
    _list(
        "default-case-owner",
        queries.CASE_SETTINGS,
        mapping_jobs.case_settings,
        frozenset({_N.AUTOMATION, _E.PART_OF, _E.ROUTES_TO, _E.RUNS_AS, _E.NOTIFIES}),
        needs=(_API, _SETUP),
        says="Who gets the cases that no rule assigns, and as whom the org changes cases; users are told by user name.",
        edition="cases",
        required=("attributes",),
    ),
    _list(
        "agents",
        queries.AGENTS,
        mapping_apps.agent,
        frozenset({_N.INTEGRATION, _E.PART_OF, _E.RUNS_AS}),
        lists=frozenset({_N.INTEGRATION, _E.RUNS_AS}),
        needs=(_API, _SETUP),
        says="AI agents and bots, and the user each acts as.",
        edition="agents",
    ),
    _list(
        "mcp-servers",
        queries.MCP_SERVERS,
        mapping_apps.mcp_server,
        _MADE_BY | {_N.INTEGRATION, _E.PART_OF},
        lists=frozenset({_N.INTEGRATION}),
        needs=(_API, _SETUP),
        says="Servers of tools for AI clients that the org itself offers.",
        edition="hosted MCP servers",
    ),
    _list(
        "mcp-tools",
        queries.MCP_TOOLS,
        mapping_apps.mcp_tool,
        frozenset({_N.INTEGRATION}),
        needs=(_API, _SETUP),
        says="Whether the tools of those servers may change or delete.",
        edition="tools of hosted MCP servers",
        required=("Id", "McpServerId"),
    ),
    Inventory(
        "log-ins",
        log_ins.FIRST,
        mapping_apps.log_in,
        emits=_APP | _GRANT | {_N.ACCOUNT},
        lists=frozenset(),
        needs=(_API, _LOG_INS),
        says="Who signed in through which app within half a year: kept as windows of days, never as times.",
        records="records",
        pages=log_ins.all_log_ins,
        sort=Sort.EVENT,
        outcome=judged(_LOG_INS),
        expected_calls=2,
        required=("UserId",),
    ),
)
"""Everything that is asked, in the order in which it is told."""
