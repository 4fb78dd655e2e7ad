"""A made-up org for the tests of the connector: a few people, and one of everything that is read."""

from __future__ import annotations

from typing import Any

__all__ = ["ADMIN", "AGENT_USER", "DANA", "GONE", "LENA", "READER", "Rows", "ident", "org", "person", "token"]

Rows = list[dict[str, Any]]


def ident(prefix: str, number: int) -> str:
    """An Id of 18 characters."""
    return f"{prefix}00000{number:07d}AAA"


DANA, LENA, ADMIN, READER, GONE, AGENT_USER = (ident("005", number) for number in range(1, 7))
_EVERYTHING = {
    "PermissionsApiEnabled": True,
    "PermissionsAuthorApex": True,
    "PermissionsCustomizeApplication": True,
    "PermissionsManageUsers": True,
    "PermissionsModifyAllData": True,
    "PermissionsViewAllData": True,
}
_SALES, _ADMINS, _API_ONLY, _AGENT = (ident("00e", number) for number in range(1, 5))
_BY = {"CreatedById": DANA, "LastModifiedById": LENA}


def person(user_id: str, name: str, profile: str = _SALES, **more: Any) -> dict[str, Any]:
    """A user, as the platform lists one."""
    address = f"{name.lower().replace(' ', '.')}@example.test"
    return {
        "Id": user_id,
        "Username": address,
        "Email": address,
        "Name": name,
        "IsActive": True,
        "UserType": "Standard",
        "ProfileId": profile,
        "LastLoginDate": "2026-11-20T09:00:00.000+0000",
        "CreatedDate": "2024-02-01T09:00:00.000+0000",
        **more,
    }


def token(app: str, user: str, made: str = "2026-03-01T09:00:00.000+0000", **more: Any) -> dict[str, Any]:
    """A token, as the platform lists one."""
    used = {"LastUsedDate": "2026-11-21T09:00:00.000+0000", "UseCount": 12}
    return {"AppName": app, "UserId": user, "CreatedDate": made, **used, **more}


def _menu(number: int, label: str, application: str) -> dict[str, Any]:
    return {"Id": ident("0DS", number), "Label": label, "Name": label, "ApplicationId": application}


def _objects() -> dict[str, Rows]:
    hubspot, gong = ident("0H4", 1), ident("0H4", 2)
    loader, claude = ident("0xI", 1), ident("0xI", 2)
    queue, team, job, detail = ident("00G", 1), ident("00G", 2), ident("08e", 1), ident("08a", 1)
    return {
        "Organization": [{"Id": ident("00D", 1), "Name": "Example", "IsSandbox": False, "InstanceName": "EU44"}],
        "UserLicense": [
            {"Id": ident("100", 1), "Name": "Salesforce"},
            {"Id": ident("100", 2), "Name": "Salesforce Integration"},
        ],
        "Profile": [
            {"Id": _SALES, "Name": "Sales", "UserLicenseId": ident("100", 1)},
            {"Id": _ADMINS, "Name": "System Administrator", "UserLicenseId": ident("100", 1)},
            {"Id": _API_ONLY, "Name": "Minimum Access - API Only Integrations", "UserLicenseId": ident("100", 2)},
            {"Id": _AGENT, "Name": "Einstein Agent User", "UserLicenseId": ident("100", 1)},
        ],
        "User": [
            person(DANA, "Dana Kim"),
            person(LENA, "Lena Vogt", LastLoginDate=None),
            person(ADMIN, "Ada Min", _ADMINS),
            person(READER, "Stack Map", _API_ONLY),
            person(GONE, "Gus Gone", IsActive=False),
            person(AGENT_USER, "Order Agent", _AGENT),
            person(ident("005", 8), "Auto Mated", UserType="AutomatedProcess"),
            person(ident("005", 9), "Cus Tomer", UserType="CspLitePortal"),
        ],
        "UserLogin": [
            {"Id": ident("0Yw", 1), "UserId": LENA, "IsFrozen": True},
            {"Id": ident("0Yw", 2), "UserId": DANA, "IsFrozen": False},
        ],
        "PermissionSet": [
            {"Id": ident("0PS", 1), "Label": "X00e", "Type": "Profile", "ProfileId": _ADMINS, **_EVERYTHING},
            {"Id": ident("0PS", 2), "Label": "Apps", "Type": "Regular", "PermissionsCustomizeApplication": True},
            {
                "Id": ident("0PS", 3),
                "Label": "People (group)",
                "Type": "Group",
                "PermissionSetGroupId": ident("0PG", 1),
                "PermissionsManageUsers": True,
            },
        ],
        "PermissionSetGroup": [{"Id": ident("0PG", 1), "MasterLabel": "People"}],
        "PermissionSetAssignment": [
            {"Id": ident("0Pa", 1), "AssigneeId": ADMIN, "PermissionSetId": ident("0PS", 1)},
            {"Id": ident("0Pa", 2), "AssigneeId": DANA, "PermissionSetId": ident("0PS", 2)},
            {
                "Id": ident("0Pa", 3),
                "AssigneeId": DANA,
                "PermissionSetId": ident("0PS", 3),
                "PermissionSetGroupId": ident("0PG", 1),
            },
            {"Id": ident("0Pa", 4), "AssigneeId": LENA, "PermissionSetId": ident("0PS", 2)},
            {"Id": ident("0Pa", 5), "AssigneeId": GONE, "PermissionSetId": ident("0PS", 1)},
        ],
        "AppMenuItem": [_menu(1, "HubSpot", hubspot), _menu(2, "Gong", gong), _menu(3, "Claude", claude)],
        "ConnectedApplication": [
            {"Id": hubspot, "Name": "HubSpot", **_BY},
            {"Id": gong, "Name": "Gong", "OptionsAllowAdminApprovedUsersOnly": True, **_BY},
        ],
        "ExternalClientApplication": [
            {"Id": loader, "MasterLabel": "Warehouse loader", "DeveloperName": "Warehouse_loader", **_BY},
            {"Id": claude, "MasterLabel": "Claude", "DeveloperName": "Claude", **_BY},
        ],
        "ExtlClntAppOauthPlcyCnfg": [
            {
                "Id": ident("0xL", 1),
                "ExternalClientApplicationId": loader,
                "IsClientCredentialsFlowEnabled": True,
                "ClientCredentialsFlowUser": "ADA.MIN@example.test",
            },
            {
                "Id": ident("0xL", 2),
                "ExternalClientApplicationId": claude,
                "IsClientCredentialsFlowEnabled": False,
                "ClientCredentialsFlowUser": "ada.min@example.test",
            },
        ],
        "OauthToken": [
            token("HubSpot", DANA, AppMenuItemId=ident("0DS", 1)),
            token("Gong", LENA, AppMenuItemId=ident("0DS", 2)),
            token("Claude", DANA, AppMenuItemId=ident("0DS", 3)),
            token("Warehouse loader", GONE),
            token("Sheet Pilot", DANA, UseCount=0, LastUsedDate=None),
        ],
        "CronJobDetail": [
            {"Id": detail, "Name": "Roll-up", "JobType": "7"},
            {"Id": ident("08a", 2), "Name": "Nightly flow", "JobType": "6"},
            {"Id": ident("08a", 3), "Name": "Mystery", "JobType": "Z"},
        ],
        "CronTrigger": [
            {"Id": job, "CronJobDetailId": detail, "State": "WAITING", "OwnerId": DANA, "CreatedById": DANA},
            {"Id": ident("08e", 2), "CronJobDetailId": ident("08a", 2), "State": "PAUSED", "OwnerId": LENA},
            {"Id": ident("08e", 3), "CronJobDetailId": ident("08a", 3), "State": "WAITING", "OwnerId": LENA},
            {"Id": ident("08e", 4), "CronJobDetailId": detail, "State": "COMPLETE", "OwnerId": LENA},
        ],
        "ApexClass": [{"Id": ident("01p", 1), "Name": "Rollup", "NamespacePrefix": "dlrs", "LastModifiedById": ADMIN}],
        "AsyncApexJob": [
            {
                "Id": ident("707", 1),
                "ApexClassId": ident("01p", 1),
                "CronTriggerId": job,
                "JobType": "ScheduledApex",
                "Status": "Queued",
            }
        ],
        "FlowDefinitionView": [
            {
                "DurableId": ident("300", 1),
                "Label": "Stamp",
                "ActiveVersionId": ident("301", 1),
                "ProcessType": "AutoLaunchedFlow",
                "TriggerType": "RecordBeforeSave",
                "TriggerObjectOrEventLabel": "Lead",
            },
            {"DurableId": "sfdc__Template", "Label": "Template", "ActiveVersionId": "sfdc__Template-1"},
        ],
        "Dashboard": [
            {"Id": ident("01Z", 1), "Title": "Pipeline", "Type": "SpecifiedUser", "RunningUserId": DANA, **_BY},
            {"Id": ident("01Z", 2), "Title": "Mine", "Type": "LoggedInUser", "RunningUserId": DANA, **_BY},
        ],
        "Group": [
            {"Id": queue, "Name": "EMEA leads", "DeveloperName": "EMEA", "Type": "Queue"},
            {"Id": team, "Name": "Reps", "DeveloperName": "Reps", "Type": "Regular"},
        ],
        "GroupMember": [
            {"Id": ident("011", 1), "GroupId": queue, "UserOrGroupId": DANA},
            {"Id": ident("011", 2), "GroupId": queue, "UserOrGroupId": team},
            {"Id": ident("011", 3), "GroupId": team, "UserOrGroupId": LENA},
        ],
        "BotDefinition": [
            {
                "Id": ident("0Xx", 1),
                "MasterLabel": "Concierge",
                "DeveloperName": "Concierge",
                "Type": "ExternalCopilot",
                "AgentType": "EinsteinServiceAgent",
                "BotUserId": AGENT_USER,
            }
        ],
        "LoginHistory": [
            _seen(1, DANA, "Browser", "Application"),
            _seen(2, DANA, "HubSpot", "Remote Access 2.0"),
            _seen(3, READER, "List Cleaner", "Remote Access 2.0"),
            _seen(4, READER, "N/A", "Other Apex API"),
            _seen(5, ADMIN, "Warehouse loader", "Remote Access 2.0"),
        ],
    }


def _seen(number: int, user: str, application: str, kind: str) -> dict[str, Any]:
    when = "2026-11-20T09:00:00.000+0000"
    return {
        "Id": ident("0Ya", number),
        "UserId": user,
        "Application": application,
        "LoginType": kind,
        "LoginTime": when,
    }


def _tooling() -> dict[str, Rows]:
    hubspot, unknown = ident("033", 1), ident("033", 2)
    server = ident("1Mc", 1)
    return {
        "Flow": [
            {
                "Id": ident("301", 1),
                "DefinitionId": ident("300", 1),
                "MasterLabel": "Stamp",
                "ProcessType": "AutoLaunchedFlow",
                "Status": "Active",
                "ManageableState": "unmanaged",
                **_BY,
            },
            {
                "Id": ident("301", 2),
                "DefinitionId": ident("300", 2),
                "MasterLabel": "Bought",
                "ProcessType": "Workflow",
                "Status": "Active",
                "ManageableState": "installed",
                **_BY,
            },
            {"Id": ident("301", 3), "DefinitionId": ident("300", 1), "MasterLabel": "Stamp", "Status": "Obsolete"},
        ],
        "FlowDefinition": [
            {"Id": ident("300", 1), "DeveloperName": "Stamp"},
            {"Id": ident("300", 2), "DeveloperName": "Bought", "NamespacePrefix": "dlrs"},
        ],
        "FlowSettings": [{"Id": ident("0Fs", 1), "IsFlowUseApexExceptionEmailEnabled": False}],
        "ApexEmailNotification": [
            {"Id": ident("0Ap", 1), "UserId": LENA},
            {"Id": ident("0Ap", 2), "Email": "alarms@example.test"},
        ],
        "CaseSettings": [
            {
                "Id": ident("0Cs", 1),
                "DefaultCaseOwner": "Dana.Kim@example.test",
                "DefaultCaseOwnerType": "User",
                "DefaultCaseUser": "ada.min@example.test",
            }
        ],
        "InstalledSubscriberPackage": [
            {"Id": ident("0A3", 1), "SubscriberPackageId": hubspot},
            {"Id": ident("0A3", 2), "SubscriberPackageId": unknown},
        ],
        "SubscriberPackage": [
            {"Id": hubspot, "Name": "HubSpot", "NamespacePrefix": "HubSpot_Inc"},
            {"Id": unknown, "Name": "Roll-ups", "NamespacePrefix": "dlrs"},
        ],
        "McpServerDefinition": [{"Id": server, "MasterLabel": "Pipeline tools", "DeveloperName": "Pipeline", **_BY}],
        "McpServerToolDefinition": [
            {"Id": ident("1Mt", 1), "McpServerId": server, "ToolName": "find", "ReadOnly": True},
            {"Id": ident("1Mt", 2), "McpServerId": server, "ToolName": "drop", "ReadOnly": False, "Destructive": True},
        ],
    }


def org(**changed: Rows) -> dict[str, Any]:
    """The org's rows; `changed` are other rows for some objects of either API."""
    objects, tooling = _objects(), _tooling()
    for name, rows in changed.items():
        (tooling if name in tooling else objects)[name] = rows
    return {"objects": objects, "tooling": tooling, "limits": {"DailyApiRequests": [100_000, 96_000]}}
