"""What is asked of Salesforce: every query, with the columns that must be there and those that may be missing.

Which columns an org has depends on its edition and on the login, and one unknown name refuses a whole query. So each
object is described first, and asked for what it has (`describe`).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from stackmap.sdk import Get

__all__ = [
    "ADMINS",
    "AGENTS",
    "ALL",
    "APEX_ALARMS",
    "CASE_SETTINGS",
    "CONNECTED_APPS",
    "CUSTOMERS",
    "DASHBOARDS",
    "EXTERNAL_APPS",
    "EXTERNAL_APP_POLICIES",
    "FLOWS",
    "FLOW_SETTINGS",
    "FLOW_TRIGGERS",
    "FREEZES",
    "LOG_INS",
    "MCP_SERVERS",
    "MCP_TOOLS",
    "ORGANIZATION",
    "PACKAGES",
    "PERMISSIONS",
    "QUEUES",
    "QUEUE_MEMBERS",
    "READER",
    "SCHEDULED_CLASSES",
    "SCHEDULED_JOBS",
    "TOKENS",
    "USERS",
    "Query",
    "log_in_groups",
    "outermost_token",
    "token_groups",
]

PERMISSIONS = {
    "PermissionsApiEnabled": "API Enabled",
    "PermissionsAuthorApex": "Author Apex",
    "PermissionsCustomizeApplication": "Customize Application",
    "PermissionsExternalClientAppViewer": "View External Client Apps",
    "PermissionsManageUsers": "Manage Users",
    "PermissionsModifyAllData": "Modify All Data",
    "PermissionsMonitorLoginHistory": "Monitor Login History",
    "PermissionsViewAllData": "View All Data",
    "PermissionsViewAllUsers": "View All Users",
    "PermissionsViewSetup": "View Setup and Configuration",
}
"""Permissions by their column, as administrators read them."""

_POWERS = ("ModifyAllData", "ManageUsers", "CustomizeApplication")
_CUSTOMERS = "('CspLitePortal', 'CustomerSuccess', 'PowerCustomerSuccess')"


@dataclass(frozen=True, slots=True)
class Query:
    """One list of one object.

    Without a column of `needed` it cannot be understood; those of `wanted` are asked where they are there. Columns of
    `related` objects (relationship: object) are looked up there too. Rows count where `where` holds and one of `any_of`
    is true.
    """

    sobject: str
    needed: tuple[str, ...]
    wanted: tuple[str, ...] = ()
    where: str = ""
    order: str = ""
    tooling: bool = False
    related: tuple[tuple[str, str], ...] = ()
    any_of: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """Everything it would like to read."""
        return (*self.needed, *self.wanted)

    def soql(self, columns: Collection[str] = (), where: str = "") -> str:
        """The statement, for these columns (default: all), with a further condition."""
        chosen = [column for column in self.columns if not columns or column in columns]
        one_of = " OR ".join(f"{column} = true" for column in self.any_of if column in chosen)
        order = f" ORDER BY {self.order}" if self.order else ""
        return f"SELECT {', '.join(chosen)} FROM {self.sobject}{_where(self.where, one_of, where)}{order}"

    def counting(self, where: str = "") -> str:
        """The statement that counts the rows."""
        return f"SELECT COUNT() FROM {self.sobject}{_where(self.where, where)}"

    def get(self, soql: str = "") -> Get:
        """The request for a statement about this object (default: its own, with every column)."""
        return Get("/tooling/query" if self.tooling else "/query", {"q": soql or self.soql()})

    def description(self, sobject: str = "") -> Get:
        """The request that tells which columns an object has."""
        return Get(f"{'/tooling' if self.tooling else ''}/sobjects/{sobject or self.sobject}/describe")


def outermost_token(direction: str) -> str:
    """The statement for the oldest ("ASC") or newest ("DESC") token."""
    return f"SELECT CreatedDate FROM OauthToken ORDER BY CreatedDate {direction} LIMIT 1"


def token_groups(where: str, after: str, most: int) -> str:
    """The statement that counts tokens by user, for users that come after this one."""
    further = f" AND UserId > '{after}'" if after else ""
    return (
        f"SELECT UserId, COUNT(UserId) tokens FROM OauthToken WHERE {where}{further} "
        f"GROUP BY UserId ORDER BY UserId LIMIT {most}"
    )


def log_in_groups(start: int, end: int, most: int) -> str:
    """The statement for who signed in through what, from `start` to `end` days ago (0: until now), and when last."""
    until = f" AND LoginTime < LAST_N_DAYS:{end}" if end else ""
    return (
        "SELECT UserId, Application, LoginType, MAX(LoginTime) lastLogin FROM LoginHistory "
        f"WHERE LoginTime >= LAST_N_DAYS:{start}{until} GROUP BY UserId, Application, LoginType LIMIT {most}"
    )


def _where(*conditions: str) -> str:
    given = [condition for condition in conditions if condition]
    joined = " AND ".join(f"({condition})" if " OR " in condition else condition for condition in given)
    return f" WHERE {joined}" if joined else ""


_AUTHORS = ("CreatedById", "LastModifiedById")

ORGANIZATION = Query("Organization", ("Id",), ("Name", "IsSandbox", "OrganizationType", "InstanceName"))
READER = Query("UserPermissionAccess", (), tuple(PERMISSIONS))
USERS = Query(
    "User",
    ("Id", "Username", "IsActive"),
    (
        "Name",
        "Email",
        "UserType",
        "FederationIdentifier",
        "LastLoginDate",
        "CreatedDate",
        "Profile.Name",
        "Profile.UserLicense.Name",
    ),
    where=f"UserType NOT IN {_CUSTOMERS}",
)
CUSTOMERS = Query("User", ("Id",), where=f"UserType IN {_CUSTOMERS}")
FREEZES = Query("UserLogin", ("UserId", "IsFrozen"), where="IsFrozen = true")
ADMINS = Query(
    "PermissionSetAssignment",
    ("AssigneeId", "PermissionSetId", *(f"PermissionSet.Permissions{power}" for power in _POWERS)),
    (
        "PermissionSetGroupId",
        "PermissionSet.Label",
        "PermissionSet.Type",
        "PermissionSet.ProfileId",
        "PermissionSet.Profile.Name",
        "PermissionSet.PermissionsViewAllData",
        "PermissionSet.PermissionsAuthorApex",
        "PermissionSetGroup.MasterLabel",
    ),
    where="Assignee.IsActive = true",
    related=(("PermissionSet", "PermissionSet"),),
    any_of=(*(f"PermissionSet.Permissions{power}" for power in _POWERS), "PermissionSet.PermissionsAuthorApex"),
)
TOKENS = Query(
    "OauthToken",
    ("AppName", "UserId", "CreatedDate"),
    ("LastUsedDate", "UseCount", "AppMenuItem.Label", "AppMenuItem.ApplicationId"),
    order="CreatedDate ASC",
)
CONNECTED_APPS = Query("ConnectedApplication", ("Id", "Name"), ("OptionsAllowAdminApprovedUsersOnly", *_AUTHORS))
EXTERNAL_APPS = Query("ExternalClientApplication", ("Id", "MasterLabel"), ("DeveloperName", *_AUTHORS))
EXTERNAL_APP_POLICIES = Query(
    "ExtlClntAppOauthPlcyCnfg",
    ("Id", "ExternalClientApplicationId", "IsClientCredentialsFlowEnabled", "ClientCredentialsFlowUser"),
)
PACKAGES = Query(
    "InstalledSubscriberPackage",
    ("Id", "SubscriberPackageId", "SubscriberPackage.Name"),
    ("SubscriberPackage.NamespacePrefix",),
    tooling=True,
)
SCHEDULED_JOBS = Query(
    "CronTrigger",
    ("Id", "OwnerId", "State", "CronJobDetail.JobType"),
    ("CronJobDetail.Name", "CronExpression", "CreatedById"),
    where="State NOT IN ('DELETED', 'COMPLETE')",
)
SCHEDULED_CLASSES = Query(
    "AsyncApexJob",
    ("Id", "CronTriggerId", "ApexClass.Name"),
    ("ApexClass.NamespacePrefix", "ApexClass.LastModifiedById"),
    where="JobType = 'ScheduledApex' AND Status NOT IN ('Aborted', 'Completed', 'Failed')",
)
FLOWS = Query(
    "Flow",
    ("Id", "DefinitionId", "MasterLabel", "ProcessType", "LastModifiedById"),
    ("ManageableState", "Definition.NamespacePrefix", "CreatedById"),
    where="Status = 'Active'",
    tooling=True,
)
APEX_ALARMS = Query("ApexEmailNotification", ("Id", "UserId", "Email"), tooling=True)
FLOW_SETTINGS = Query("FlowSettings", ("IsFlowUseApexExceptionEmailEnabled",), tooling=True)
FLOW_TRIGGERS = Query(
    "FlowDefinitionView",
    ("DurableId", "ActiveVersionId"),
    ("Label", "ProcessType", "TriggerType", "TriggerObjectOrEventLabel", "RecordTriggerType"),
    where="ActiveVersionId != null",
)
DASHBOARDS = Query("Dashboard", ("Id", "Title", "Type", "RunningUserId"), ("FolderName", "NamespacePrefix", *_AUTHORS))
QUEUES = Query("Group", ("Id", "Name"), ("DeveloperName",), where="Type = 'Queue'")
QUEUE_MEMBERS = Query("GroupMember", ("Id", "GroupId", "UserOrGroupId"), where="Group.Type = 'Queue'")
CASE_SETTINGS = Query("CaseSettings", ("DefaultCaseOwner", "DefaultCaseOwnerType"), ("DefaultCaseUser",), tooling=True)
AGENTS = Query("BotDefinition", ("Id", "BotUserId"), ("MasterLabel", "DeveloperName", "Type", "AgentType"))
MCP_SERVERS = Query("McpServerDefinition", ("Id",), ("MasterLabel", "DeveloperName", *_AUTHORS), tooling=True)
MCP_TOOLS = Query("McpServerToolDefinition", ("Id", "McpServerId"), ("ReadOnly", "Destructive"), tooling=True)
LOG_INS = Query("LoginHistory", ("UserId", "Application", "LoginType", "LoginTime"))

ALL = (
    ORGANIZATION,
    READER,
    USERS,
    CUSTOMERS,
    FREEZES,
    ADMINS,
    TOKENS,
    CONNECTED_APPS,
    EXTERNAL_APPS,
    EXTERNAL_APP_POLICIES,
    PACKAGES,
    SCHEDULED_JOBS,
    SCHEDULED_CLASSES,
    APEX_ALARMS,
    FLOWS,
    FLOW_SETTINGS,
    FLOW_TRIGGERS,
    DASHBOARDS,
    QUEUES,
    QUEUE_MEMBERS,
    CASE_SETTINGS,
    AGENTS,
    MCP_SERVERS,
    MCP_TOOLS,
    LOG_INS,
)
