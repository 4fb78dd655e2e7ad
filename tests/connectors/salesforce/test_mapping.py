"""One record in, facts out."""

from __future__ import annotations

from typing import Any

import pytest

from stackmap.model import Act, Edge, EdgeKind, How, NodeKind, Outcome
from tests.connectors.salesforce.org import AGENT_USER, DANA, LENA, ident
from tests.connectors.salesforce.reading import facts, of, this
from tests.support.readings import edges, ends

YES = {"30": "yes", "90": "yes", "180": "yes"}


def user(**more: Any) -> dict[str, Any]:
    row = {
        "Id": DANA,
        "Username": "dana@example.test",
        "Name": "Dana Kim",
        "Email": "d.kim@example.test",
        "IsActive": True,
        "UserType": "Standard",
        "FederationIdentifier": "S-1",
        "LastLoginDate": "2026-11-20T09:00:00.000+0000",
        "Profile": {"Name": "Sales", "UserLicense": {"Name": "Salesforce"}},
    }
    return {**row, **more}


def account(**more: Any) -> dict[str, Any]:
    (node,) = of(facts("users", user(**more)), NodeKind.ACCOUNT)
    return dict(node.properties)


def test_a_user_is_an_account_with_what_somebody_signs_in_with() -> None:
    found = account()
    assert (found["login"], found["email"], found["directory_id"]) == ("dana@example.test", "d.kim@example.test", "S-1")
    assert (found["active"], found["licence"], found["used_within"]) == (True, "Salesforce", YES)
    assert "account_type" not in found


def test_somebody_who_never_logged_in_is_told_from_one_of_whom_that_is_not_known() -> None:
    assert account(LastLoginDate=None)["used_within"] == {"30": "no", "90": "no", "180": "no"}
    row = user()
    del row["LastLoginDate"]
    assert "used_within" not in of(facts("users", row), NodeKind.ACCOUNT)[0].properties


@pytest.mark.parametrize(
    ("more", "wanted"),
    [
        ({"UserType": "AutomatedProcess"}, "vendor_managed"),
        ({"UserType": "CloudIntegrationUser"}, "vendor_managed"),
        ({"UserType": "Guest"}, "vendor_managed"),
        ({"Username": "b2bmaintegration@00d000000000001aaa.ext"}, "vendor_managed"),
        ({"Username": "integration@00d000000000001aaa.com"}, "vendor_managed"),
        ({"Username": "security@00D000000000001.com"}, "vendor_managed"),
        ({"Profile": {"Name": "Analytics Cloud Security User"}}, "vendor_managed"),
        ({"Profile": {"Name": "Copy", "UserLicense": {"Name": "Analytics Cloud Integration User"}}}, "vendor_managed"),
        ({"Username": "integration@example.com"}, None),
        ({"Profile": {"Name": "X", "UserLicense": {"Name": "Salesforce Integration"}}}, "integration"),
        ({"Profile": {"Name": "Minimum Access - API Only Integrations"}}, "integration"),
        ({"Profile": {"Name": "Einstein Agent User"}}, "integration"),
        ({"Profile": {"Name": "Integration team"}}, None),
        ({"Username": "hubspot.integration@example.test"}, None),
        ({"UserType": "Something new"}, None),
        ({"Profile": None}, None),
    ],
    ids=str,
)
def test_a_type_is_given_only_where_salesforces_own_data_decides_it(more: dict[str, Any], wanted: str | None) -> None:
    found = account(**more)
    assert found.get("account_type") == wanted
    assert bool(found.get("type_reasons")) is (wanted is not None)


def test_a_frozen_login_is_frozen_and_no_other() -> None:
    rows = [{"UserId": LENA, "IsFrozen": True}, {"UserId": DANA, "IsFrozen": False}]
    assert [(node.id, node.properties["frozen"]) for node in of(facts("freezes", *rows), NodeKind.ACCOUNT)] == [
        (this(NodeKind.ACCOUNT, LENA), True)
    ]


def test_power_through_a_group_hangs_on_the_group() -> None:
    row = {
        "AssigneeId": DANA,
        "PermissionSetId": ident("0PS", 3),
        "PermissionSetGroupId": ident("0PG", 1),
        "PermissionSet": {"Label": "X", "Type": "Group", "ProfileId": None, "PermissionsManageUsers": True},
        "PermissionSetGroup": {"MasterLabel": "People"},
    }
    (role,) = of(facts("admins", row), NodeKind.ROLE)
    assert (role.id, role.name) == (this(NodeKind.ROLE, ident("0PG", 1)), "People")
    assert role.properties["permissions"] == ["Manage Users"]


def token(**more: Any) -> dict[str, Any]:
    row = {
        "AppName": "Gong",
        "UserId": DANA,
        "CreatedDate": "2026-03-01T09:00:00.000+0000",
        "LastUsedDate": "2026-11-21T09:00:00.000+0000",
        "UseCount": 4,
        "AppMenuItem": {"Label": "Gong", "ApplicationId": ident("0H4", 2)},
    }
    return {**row, **more}


def test_a_token_is_a_grant_of_its_app_by_its_user_and_stops_with_the_user() -> None:
    found = facts("oauth-tokens", token())
    (grant,) = of(found, NodeKind.GRANT)
    assert grant.properties["token"] is True
    assert grant.properties["used_within"] == YES
    assert ends(found, EdgeKind.AUTHENTICATES_WITH) == {(ident("0H4", 2), grant.id.rsplit("/", 1)[1])}
    (authorized,) = edges(found, EdgeKind.AUTHORIZED_BY)
    assert authorized.target == this(NodeKind.ACCOUNT, DANA)
    assert authorized.outcomes is not None
    assert authorized.outcomes.of(Act.DEACTIVATED).outcome is Outcome.STOPS
    assert authorized.outcomes.of(Act.REMOVED).outcome is Outcome.UNKNOWN


def test_all_tokens_of_an_app_stand_in_one_slot_and_its_limit_is_known() -> None:
    found = facts("oauth-tokens", token(), token(UserId=LENA))
    assert len({edge.slot for edge in edges(found, EdgeKind.AUTHENTICATES_WITH)}) == 1
    assert {node.properties["token_limit"] for node in of(found, NodeKind.INTEGRATION)} == {5}


def test_the_tokens_own_id_makes_no_difference() -> None:
    def ids(row: dict[str, Any]) -> set[str]:
        return {node.id for node in of(facts("oauth-tokens", row), NodeKind.GRANT)}

    assert ids(token(Id="000000000000000AAA")) == ids(token(Id=None)) == ids(token())


def test_two_apps_of_one_name_are_two_where_their_ids_are_there() -> None:
    other = token(AppMenuItem={"Label": "Gong", "ApplicationId": ident("0H4", 9)})
    assert len({node.id for node in of(facts("oauth-tokens", token(), other), NodeKind.INTEGRATION)}) == 2


def test_an_unused_token_is_told_from_one_whose_use_is_unknown() -> None:
    def used(**more: Any) -> str:
        (grant,) = of(facts("oauth-tokens", token(**more)), NodeKind.GRANT)
        return str(grant.properties["used_within"]["180"])

    assert used(UseCount=0, LastUsedDate=None) == "no"
    assert used(UseCount=3, LastUsedDate=None) == "unknown"


def test_a_products_own_sync_is_one_link_whether_seen_as_token_app_or_package() -> None:
    sync = this(NodeKind.INTEGRATION, "sync:hubspot")
    seen = [
        *facts("oauth-tokens", token(AppName="HubSpot")),
        *facts("connected-apps", {"Id": ident("0H4", 1), "Name": "HubSpot"}),
        *facts(
            "packages",
            {
                "Id": ident("0A3", 1),
                "SubscriberPackageId": ident("033", 1),
                "SubscriberPackage": {"Name": "Anything", "NamespacePrefix": "hubspot_inc"},
            },
        ),
    ]
    found = of(seen, NodeKind.INTEGRATION)
    assert {node.id for node in found} == {sync}
    assert all(node.properties["link"] == {"a": ["salesforce", "example"], "b": ["hubspot", ""]} for node in found)
    assert {edge.target for edge in edges(seen, EdgeKind.CONNECTS)} == {"hubspot/unknown/system/unknown"}


@pytest.mark.parametrize("name", ["HubSpot Sales for Outlook", "My HubSpot export"])
def test_an_app_that_only_mentions_a_product_is_not_its_sync(name: str) -> None:
    found = facts("oauth-tokens", token(AppName=name))
    assert [node.properties.get("app_kind") for node in of(found, NodeKind.INTEGRATION)] == [None]
    (connects,) = edges(found, EdgeKind.CONNECTS)
    assert connects.evidence[0].how is How.INFERRED_NAME


def test_a_known_ai_client_is_marked_and_a_name_like_one_is_not() -> None:
    def ai(name: str) -> object:
        (node,) = of(facts("oauth-tokens", token(AppName=name)), NodeKind.INTEGRATION)
        return node.properties.get("ai")

    assert (ai("Claude"), ai("ChatGPT connector"), ai("Claudette Ltd")) == (True, True, None)


def test_an_app_runs_as_a_user_only_with_client_credentials_switched_on() -> None:
    def row(enabled: object, runs_as: str) -> dict[str, Any]:
        return {
            "Id": ident("0xL", 1),
            "ExternalClientApplicationId": ident("0xI", 1),
            "IsClientCredentialsFlowEnabled": enabled,
            "ClientCredentialsFlowUser": runs_as,
        }

    assert ends(facts("external-app-policies", row(True, DANA[:15])), EdgeKind.RUNS_AS) == {(ident("0xI", 1), DANA)}
    assert facts("external-app-policies", row(False, DANA)) == []
    assert facts("external-app-policies", row(None, DANA)) == []


def job(code: str, state: str = "WAITING") -> dict[str, Any]:
    detail = {"Name": "A job", "JobType": code}
    return {"Id": ident("08e", 1), "OwnerId": DANA, "State": state, "CronJobDetail": detail, "CreatedById": LENA}


@pytest.mark.parametrize(
    ("code", "kind", "outcome"),
    [
        ("7", "code", Outcome.STOPS),
        ("8", "report", Outcome.STOPS),
        ("A", "notification", Outcome.STOPS),
        ("3", "dashboard", Outcome.STOPS),
        ("4", "snapshot", Outcome.STOPS),
        ("0", "export", Outcome.STOPS),
        ("1", "export", Outcome.STOPS),
        ("9", "batch", Outcome.UNKNOWN),
        ("?", "other", Outcome.UNKNOWN),
    ],
)
def test_a_scheduled_job_runs_as_its_owner(code: str, kind: str, outcome: Outcome) -> None:
    found = facts("scheduled-jobs", job(code))
    (node,) = of(found, NodeKind.AUTOMATION)
    assert (node.properties["automation_type"], node.properties["job"]) == ("scheduled job", kind)
    (runs,) = edges(found, EdgeKind.RUNS_AS)
    assert runs.target == this(NodeKind.ACCOUNT, DANA)
    given = runs.outcomes.of(Act.DEACTIVATED).outcome if runs.outcomes else Outcome.UNKNOWN
    assert given is outcome


@pytest.mark.parametrize(("codes", "how"), [("017", How.OBSERVED), ("348A", How.INFERRED_KEY)])
def test_the_owner_is_only_taken_for_the_user_of_jobs_that_run_as_one_of_their_own(codes: str, how: How) -> None:
    for code in codes:
        (runs,) = edges(facts("scheduled-jobs", job(code)), EdgeKind.RUNS_AS)
        assert {item.how for item in runs.evidence} == {how}, code


def test_a_scheduled_flow_does_not_run_as_whoever_scheduled_it() -> None:
    found = facts("scheduled-jobs", job("6"))
    assert edges(found, EdgeKind.RUNS_AS) == []
    assert ends(found, EdgeKind.CREATED_BY) == {(ident("08e", 1), LENA)}


@pytest.mark.parametrize(("state", "active"), [("WAITING", True), ("PAUSED", False), ("ERROR", False), ("", None)])
def test_a_paused_or_failed_job_is_not_active(state: str, active: bool | None) -> None:
    (node,) = of(facts("scheduled-jobs", job("7", state)), NodeKind.AUTOMATION)
    assert node.properties.get("active") is active


def flow(manageable: str) -> dict[str, Any]:
    row = {
        "Id": ident("301", 1),
        "DefinitionId": ident("300", 1),
        "MasterLabel": "Stamp",
        "ProcessType": "Workflow",
        "ManageableState": manageable,
        "LastModifiedById": DANA,
    }
    found = facts("flows", row)
    assert edges(found, EdgeKind.RUNS_AS) == []
    (node,) = of(found, NodeKind.AUTOMATION)
    assert node.properties["automation_type"] == "process"
    return dict(node.properties)


def test_a_flow_tells_who_saved_it_last_unless_it_was_installed() -> None:
    assert flow("unmanaged")["saved_by"] == this(NodeKind.ACCOUNT, DANA)
    assert "saved_by" not in flow("installed")


def scheduled_class(namespace: str | None) -> list[Edge]:
    code = {"Name": "Rollup", "NamespacePrefix": namespace, "LastModifiedById": LENA}
    row = {"Id": ident("707", 1), "CronTriggerId": ident("08e", 1), "ApexClass": code}
    return edges(facts("scheduled-classes", row), EdgeKind.NOTIFIES)


def test_errors_of_scheduled_code_go_to_whoever_saved_its_class_last_but_for_a_packages() -> None:
    (notifies,) = scheduled_class(None)
    assert (notifies.source, notifies.target) == (
        this(NodeKind.AUTOMATION, ident("08e", 1)),
        this(NodeKind.ACCOUNT, LENA),
    )
    assert notifies.evidence[0].how is How.INFERRED_KEY
    assert scheduled_class("dlrs") == []


def test_the_list_for_apex_errors_holds_logins_and_mailboxes() -> None:
    found = facts("apex-alarms", {"Id": "1", "UserId": DANA}, {"Id": "2", "Email": "ops@example.test"}, {"Id": "3"})
    assert [node.id for node in of(found, NodeKind.ACCOUNT)] == [this(NodeKind.ACCOUNT, DANA)]
    (mailbox,) = of(found, NodeKind.ENDPOINT)
    assert (mailbox.properties["mailbox"], mailbox.properties["email"]) == (True, "ops@example.test")


@pytest.mark.parametrize(("told", "known"), [(True, {True}), (False, {False}), (None, set())])
def test_whom_the_org_mails_errors_of_flows_to_is_a_property_of_the_org(told: bool | None, known: set[bool]) -> None:
    found = of(facts("flow-settings", {"IsFlowUseApexExceptionEmailEnabled": told}), NodeKind.SYSTEM)
    assert {node.properties["flow_errors_to_the_list"] for node in found} == known


def test_the_case_settings_may_name_a_queue_a_user_or_nobody() -> None:
    def named(**row: object) -> dict[str, str]:
        nodes = of(facts("default-case-owner", row), NodeKind.AUTOMATION)
        keys = ("hands_to_login", "hands_to_queue", "acts_as_login")
        return {key: node.properties[key] for node in nodes for key in keys if key in node.properties}

    assert named(DefaultCaseOwner="a@b.test") == {"hands_to_login": "a@b.test"}
    assert named(DefaultCaseOwner="EMEA", DefaultCaseOwnerType="Queue") == {"hands_to_queue": "EMEA"}
    assert named(DefaultCaseUser="c@d.test") == {"acts_as_login": "c@d.test"}
    assert named() == {}


@pytest.mark.parametrize(("kind", "runs"), [("SpecifiedUser", True), ("LoggedInUser", False), ("", False)])
def test_only_a_dashboard_with_a_named_running_user_runs_as_one(kind: str, runs: bool) -> None:
    row = {"Id": ident("01Z", 1), "Title": "Pipeline", "Type": kind, "RunningUserId": DANA}
    assert bool(edges(facts("dashboards", row), EdgeKind.RUNS_AS)) is runs


def test_a_group_in_a_queue_stands_for_people_who_were_not_read() -> None:
    row = {"Id": ident("011", 2), "GroupId": ident("00G", 1), "UserOrGroupId": ident("00G", 2)}
    (member,) = edges(facts("queue-members", row), EdgeKind.MEMBER_OF)
    assert member.source == this(NodeKind.ACCOUNT, f"unread:group-{ident('00G', 2)}")


@pytest.mark.parametrize(
    ("kind", "serves"), [("ExternalCopilot", "customers"), ("InternalCopilot", "employees"), ("Bot", None)]
)
def test_an_agent_acts_as_its_user_and_what_follows_is_not_known(kind: str, serves: str | None) -> None:
    row = {"Id": ident("0Xx", 1), "MasterLabel": "Concierge", "Type": kind, "BotUserId": AGENT_USER}
    found = facts("agents", row)
    (node,) = of(found, NodeKind.INTEGRATION)
    assert (node.properties["ai"], node.properties["app_kind"]) == (True, "agent")
    assert node.properties.get("serves") == serves
    (runs,) = edges(found, EdgeKind.RUNS_AS)
    assert runs.outcomes is not None
    assert {runs.outcomes.of(act).outcome for act in Act} == {Outcome.UNKNOWN}


def test_tools_say_what_a_server_may_do() -> None:
    def power(**tool: object) -> dict[str, Any]:
        (node,) = of(facts("mcp-tools", {"Id": "1", "McpServerId": "2", **tool}), NodeKind.INTEGRATION)
        return dict(node.properties)

    assert power(ReadOnly=True) == {"reads": True}
    assert power(ReadOnly=False, Destructive=True) == {"reads": True, "writes": True, "deletes": True}
    assert power() == {"reads": True}


def log_in(application: str, kind: str) -> dict[str, Any]:
    row = {"UserId": DANA, "Application": application, "LoginType": kind, "lastLogin": "2026-11-20T09:00:00.000+0000"}
    found = of(facts("log-ins", row), NodeKind.ACCOUNT)
    return dict(found[0].properties) if found else {}


def test_a_log_in_through_an_app_is_told_from_one_in_the_browser() -> None:
    assert log_in("Browser", "Application") == {"used_within": YES, "api_only": False}
    assert log_in("Okta", "SAML Idp Initiated SSO") == {"used_within": YES, "api_only": False}
    assert log_in("N/A", "Other Apex API") == {"used_within": YES}
    assert log_in("Gong", "Remote Access 2.0")["logs_in_through"] == [{"app": "Gong", "used_within": YES}]


def test_no_exact_time_of_a_log_in_is_kept() -> None:
    kept = f"{log_in('Gong', 'Remote Access 2.0')} {account()}"
    assert "2026-11-20" not in kept
