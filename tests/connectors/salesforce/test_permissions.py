"""What a missing permission closes, is named; everything else is read as before."""

from __future__ import annotations

import pytest

from stackmap.model import FixBy, Node, NodeKind, Reach
from stackmap.sdk import Reply, Request, StandIn
from tests.connectors.salesforce.org import DANA, READER, ident, org, token
from tests.connectors.salesforce.reading import last, of, properties, read, server, steady, this
from tests.support.readings import covered

TOKEN = "00D00000000001!a-token-that-only-the-stand-in-takes"
CLOSED = {
    "CustomizeApplication": {"oauth-tokens": Reach.PARTIAL},
    "ManageUsers": {"freezes": Reach.DENIED, "log-ins": Reach.PARTIAL, "users": Reach.PARTIAL},
    "ViewAllUsers": dict.fromkeys(("default-case-owner", "external-app-policies", "users"), Reach.PARTIAL),
    "ExternalClientAppViewer": {"external-apps": Reach.DENIED, "external-app-policies": Reach.DENIED},
    "ViewSetup": dict.fromkeys(
        (
            "admins",
            "apex-alarms",
            "default-case-owner",
            "flow-settings",
            "flows",
            "mcp-servers",
            "mcp-tools",
            "packages",
            "scheduled-classes",
        ),
        Reach.DENIED,
    ),
}
NAMES = {
    "CustomizeApplication": "Customize Application",
    "ExternalClientAppViewer": "View External Client Apps (ExternalClientAppViewer)",
    "ManageUsers": "Manage Users",
    "ViewAllUsers": "View All Users",
    "ViewSetup": "View Setup and Configuration",
}


def test_with_every_permission_everything_is_read() -> None:
    assert {item.state for item in read(server()).coverage} == {Reach.COMPLETE}


@pytest.mark.parametrize("permission", sorted(CLOSED))
def test_a_missing_permission_closes_its_own_lists_and_no_other(permission: str) -> None:
    whole, found = covered(read(steady(server()))), covered(read(steady(server(deny={permission}))))
    changed = {name: item.state for name, item in found.items() if item.state is not whole[name].state}
    assert changed == CLOSED[permission]
    for name in changed:
        assert found[name].fix_by is FixBy.ADMIN
        assert NAMES[permission] in found[name].reason
    assert {name: item for name, item in found.items() if name not in changed} == {
        name: item for name, item in whole.items() if name not in changed
    }


def test_log_ins_are_whole_with_either_of_the_two_permissions_that_open_them() -> None:
    data = org()
    monitor = {"Id": ident("0PS", 9), "Label": "Monitor", "Type": "Regular", "PermissionsMonitorLoginHistory": True}
    data["objects"]["PermissionSet"].append(monitor)
    given = {"Id": ident("0Pa", 9), "AssigneeId": READER, "PermissionSetId": monitor["Id"]}
    data["objects"]["PermissionSetAssignment"].append(given)
    found = covered(read(server(data, deny={"ManageUsers"})))
    assert found["log-ins"].state is Reach.COMPLETE
    assert found["freezes"].state is Reach.DENIED


@pytest.mark.parametrize(
    "lacks", [(), ("UserPermissionAccess.PermissionsMonitorLoginHistory",)], ids=["asked", "unknown"]
)
def test_log_ins_are_cut_without_both_though_an_org_may_know_only_one(lacks: tuple[str, ...]) -> None:
    found = covered(read(server(deny={"ManageUsers"}, lacks=lacks)))["log-ins"]
    assert (found.state, found.vendor_code) == (Reach.PARTIAL, "own-only")
    assert "Manage Users or Monitor Login History" in found.reason


def test_without_the_api_everything_is_denied_and_says_so() -> None:
    found = covered(read(server(deny={"ApiEnabled"})))
    assert found.pop("reader").state is Reach.COMPLETE, "who is signed in is told without the API"
    for item in found.values():
        assert (item.state, item.fix_by) == (Reach.DENIED, FixBy.ADMIN)
        assert "API Enabled" in item.reason


def test_the_permissions_of_the_reading_login_are_kept_at_the_system() -> None:
    system = properties(read(server(deny={"ManageUsers"})).facts, this(NodeKind.SYSTEM, "example"))
    assert "Customize Application" in system["reader_may"]
    assert "Manage Users" in system["reader_lacks"]
    assert "Manage Users" not in system["reader_may"]


def test_own_tokens_only_are_seen_as_such_where_permissions_cannot_be_read() -> None:
    found = covered(read(server(lacks=("UserPermissionAccess",), deny={"CustomizeApplication"})))
    assert found["permissions"].state is Reach.DENIED
    assert (found["oauth-tokens"].state, found["oauth-tokens"].vendor_code) == (Reach.PARTIAL, "own-only")


def test_tokens_of_one_user_are_whole_where_the_permission_is_there() -> None:
    found = covered(read(server(org(OauthToken=[token("HubSpot", DANA)]))))
    assert found["oauth-tokens"].state is Reach.COMPLETE


def test_tokens_of_several_users_are_whole_where_permissions_cannot_be_read() -> None:
    found = covered(read(server(lacks=("UserPermissionAccess",))))
    assert found["oauth-tokens"].state is Reach.COMPLETE


def test_what_an_edition_does_not_have_is_absent() -> None:
    found = covered(read(server(lacks=("BotDefinition", "ExternalClientApplication"))))
    assert found["agents"].state is Reach.ABSENT
    assert found["external-apps"].state is Reach.ABSENT
    assert found["external-apps"].fix_by is FixBy.NOBODY


def test_a_column_that_an_org_does_not_have_is_done_without_and_named() -> None:
    found = covered(read(server(lacks=("User.FederationIdentifier", "User.LastLoginDate"))))["users"]
    assert found.state is Reach.COMPLETE
    assert "FederationIdentifier, LastLoginDate" in found.reason


def test_without_a_column_that_is_needed_a_list_is_not_read() -> None:
    found = covered(read(server(lacks=("OauthToken.UserId",))))["oauth-tokens"]
    assert (found.state, found.fix_by, found.records) == (Reach.DENIED, FixBy.ADMIN, 0)
    assert "UserId" in found.reason


def test_an_access_token_made_elsewhere_reads_the_same() -> None:
    given = read(server(access_token=TOKEN), client_id="", client_secret="", access_token=TOKEN)
    assert {item.state for item in given.coverage} == {Reach.COMPLETE}


def test_an_expired_access_token_is_denied_everywhere_and_the_operator_can_mend_it() -> None:
    given = read(server(access_token=TOKEN), client_id="", client_secret="", access_token="00D!an-old-one")
    assert {(item.state, item.fix_by) for item in given.coverage} == {(Reach.DENIED, FixBy.OPERATOR)}


def test_names_of_logins_that_could_not_be_looked_up_close_no_earlier_fact() -> None:
    whole, cut = covered(read(server())), covered(read(server(deny={"ViewAllUsers"})))
    for name in ("default-case-owner", "external-app-policies"):
        assert whole[name].state is Reach.COMPLETE
        assert (cut[name].state, cut[name].vendor_code) == (Reach.PARTIAL, "users")


def test_users_whose_freezes_failed_are_known_in_part_only() -> None:
    lists = covered(read(server(lacks=("UserLogin",))))
    found, freezes = lists["users"], lists["freezes"]
    assert (found.state, found.reason) == (Reach.PARTIAL, f"which of them are frozen was not read: {freezes.reason}")


def test_flows_without_the_column_of_their_editor_are_not_read() -> None:
    found = covered(read(server(lacks=("Flow.LastModifiedById",))))["flows"]
    assert found.state is Reach.DENIED
    assert "LastModifiedById" in found.reason


def test_whoever_reads_is_named_by_user_name() -> None:
    reading = read(server())
    names = {fact.properties.get("login") for fact in reading.facts if isinstance(fact, Node)}
    assert reading.collector in names - {None}
    assert read(server(deny={"ApiEnabled"})).collector == "", "its user name is in a list that was not read"


def moved(answers: StandIn) -> StandIn:
    """The org's token address says that the org lives elsewhere."""

    def answer(request: Request) -> Reply:
        reply = answers(request)
        if request.path != "/services/oauth2/token":
            return reply
        return Reply(200, {**reply.body, "instance_url": "https://elsewhere.my.salesforce.com"})

    return answer


def test_a_token_of_another_org_is_not_sent_anywhere_and_the_right_address_is_named() -> None:
    paths: list[str] = []

    def watched(request: Request) -> Reply:
        paths.append(request.path)
        return moved(server())(request)

    given = read(watched)
    assert set(paths) == {"/services/oauth2/token"}
    assert {(item.state, item.fix_by) for item in given.coverage} == {(Reach.DENIED, FixBy.OPERATOR)}
    assert "https://elsewhere.my.salesforce.com" in given.coverage[0].reason


def test_spent_calls_stop_the_reading_and_are_no_denial() -> None:
    data = org()
    data["limits"] = {"DailyApiRequests": [100, 0]}
    found = covered(read(server(data)))["organization"]
    assert (found.state, found.fix_by, found.vendor_code) == (Reach.FAILED, FixBy.OPERATOR, "REQUEST_LIMIT_EXCEEDED")


def test_calls_are_left_to_others() -> None:
    data = org()
    data["limits"] = {"DailyApiRequests": [5000, 1400]}
    states = {item.state for item in read(server(data)).coverage}
    assert Reach.SKIPPED in states or Reach.PARTIAL in states


def test_a_login_that_is_shown_itself_alone_reads_one_user() -> None:
    reading = read(server(deny={"ViewAllUsers"}))
    assert {last(node.id) for node in of(reading.facts, NodeKind.ACCOUNT) if "login" in node.properties} == {READER}
