"""The stand-in signs in, pages, limits and hides as the platform does."""

import base64
import threading
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connectors.salesforce.sandbox import Server, standin
from stackmap.errors import ConfigError
from stackmap.sdk import Reply, Request
from tests.connectors.salesforce.asking import (
    CLIENT,
    DANA,
    HOST,
    NOW,
    OLD,
    RAVI,
    READER,
    ask,
    org,
    pages,
    query,
    records,
    refusal,
    server,
    values,
)

TOKEN_PATH = "/services/oauth2/token"


def sign_in(to: Server, *, basic: tuple[str, str] | None = None, host: str = HOST, **form: str) -> Reply:
    body = "&".join(f"{name}={value}" for name, value in {"grant_type": "client_credentials", **form}.items())
    headers = {"host": host}
    if basic is not None:
        headers["authorization"] = "Basic " + base64.b64encode(":".join(basic).encode()).decode()
    return to(Request("POST", TOKEN_PATH, {}, headers, body.encode()))


def tokens(number: int, created: str = "2025-01-01T00:00:00Z") -> dict[str, Any]:
    rows = [{"AppName": f"App {row}", "UserId": DANA, "CreatedDate": created} for row in range(number)]
    return {"objects": {"OauthToken": rows}}


def test_client_credentials_are_taken_as_basic_and_in_the_form() -> None:
    for reply in (
        sign_in(server(), basic=CLIENT),
        sign_in(server(), client_id=CLIENT[0], client_secret=CLIENT[1]),
    ):
        assert reply.status == 200
        assert set(reply.body) == {
            "access_token", "id", "instance_url", "issued_at", "signature", "token_format", "token_type",
        }  # fmt: skip
        assert reply.body["instance_url"] == f"https://{HOST}"
        assert reply.body["id"] == f"https://login.salesforce.com/id/00D000000000009AAA/{READER}"


def test_the_token_that_was_given_opens_the_data() -> None:
    to = standin(org(), client_id=CLIENT[0], client_secret=CLIENT[1], run_as=READER)
    assert ask(to, "limits", token="").status == 401
    token = sign_in(to, basic=CLIENT).body["access_token"]
    assert ask(to, "limits", token=token).status == 200


@pytest.mark.parametrize(
    ("host", "more", "address"),
    [
        ("127.0.0.1:8701", {}, "http://127.0.0.1:8701"),
        ("localhost:8701", {"scheme": "https"}, "https://localhost:8701"),
        ("larkfield.my.salesforce.com", {}, "https://larkfield.my.salesforce.com"),
    ],
)
def test_the_org_names_the_address_that_was_asked(host: str, more: dict[str, str], address: str) -> None:
    to = standin(org(), client_id=CLIENT[0], client_secret=CLIENT[1], run_as=READER, **more)  # type: ignore[arg-type]  # options of several types
    assert sign_in(to, basic=CLIENT, host=host).body["instance_url"] == address


def test_behind_tls_the_org_names_a_secure_address() -> None:
    headers = {"host": "127.0.0.1:8701", "x-forwarded-proto": "https"}
    form = f"grant_type=client_credentials&client_id={CLIENT[0]}&client_secret={CLIENT[1]}"
    reply = server()(Request("POST", TOKEN_PATH, {}, headers, form.encode()))
    assert reply.body["instance_url"] == "https://127.0.0.1:8701"


@pytest.mark.parametrize(
    ("reply", "error", "description"),
    [
        (sign_in(server(), basic=(CLIENT[0], "wrong")), "invalid_client", "invalid client credentials"),
        (sign_in(server(), basic=("wrong", CLIENT[1])), "invalid_client_id", "client identifier invalid"),
        (sign_in(server()), "invalid_client_id", "client identifier invalid"),
        (sign_in(standin(org()), client_id="", client_secret=""), "invalid_client_id", "client identifier invalid"),
        (sign_in(server(), basic=CLIENT, grant_type="password"), "unsupported_grant_type", "grant type not supported"),
        (sign_in(server(run_as=OLD), basic=CLIENT), "invalid_grant", "inactive user"),
    ],
)
def test_signing_in_is_refused(reply: Reply, error: str, description: str) -> None:
    assert (reply.status, reply.body) == (400, {"error": error, "error_description": description})


def test_a_frozen_user_cannot_sign_in() -> None:
    data = org()
    data["objects"]["UserLogin"] = [{"UserId": READER[:15], "IsFrozen": True}]
    assert sign_in(server(data), basic=CLIENT).body["error"] == "invalid_grant"
    data["objects"]["UserLogin"] = [{"UserId": READER, "IsFrozen": False}]
    assert sign_in(server(data), basic=CLIENT).status == 200


def test_a_user_who_is_switched_off_cannot_sign_in() -> None:
    data = org()
    data["objects"]["UserLogin"] = []
    assert sign_in(server(data, run_as=OLD), basic=CLIENT).body["error"] == "invalid_grant"
    assert sign_in(server(data, run_as=DANA), basic=CLIENT).status == 200


def test_it_says_who_asks() -> None:
    body = ask(server(), "/services/oauth2/userinfo").body
    assert (body["user_id"], body["preferred_username"]) == (READER, "reader@lark.test")
    assert ask(server(), "/services/oauth2/userinfo", token="wrong").status == 403


def test_a_wrong_token_has_expired() -> None:
    reply = ask(server(), "limits", token="wrong")
    assert (reply.status, reply.body) == (
        401,
        [{"message": "Session expired or invalid", "errorCode": "INVALID_SESSION_ID"}],
    )


def test_versions_are_listed_without_signing_in() -> None:
    listed = server()(Request("GET", "/services/data")).body
    assert listed[0] == {"label": "Summer '14", "url": "/services/data/v31.0", "version": "31.0"}
    assert [row["label"] for row in listed[-4:]] == ["Winter '26", "Spring '26", "Summer '26", "Winter '27"]
    assert len(listed) == 38


@pytest.mark.parametrize(("version", "status"), [("30.0", 410), ("31.0", 200), ("68.0", 200), ("69.0", 404)])
def test_retired_and_future_versions_are_refused(version: str, status: int) -> None:
    assert ask(server(), f"/services/data/v{version}/limits").status == status


@pytest.mark.parametrize("path", ["nothing", "sobjects/Nothing/describe", "/services/nothing", "queryAll", "query/a/b"])
def test_an_unknown_address_is_not_found(path: str) -> None:
    reply = ask(server(), path)
    assert (reply.status, reply.body[0]["errorCode"]) == (404, "NOT_FOUND")


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize("path", ["query", "limits", "tooling/query", "sobjects/User/describe"])
def test_writing_is_not_for_stand_ins(method: str, path: str) -> None:
    reply = ask(server(), path, method)
    assert (reply.status, reply.body[0]["errorCode"]) == (405, "METHOD_NOT_ALLOWED")


def test_calls_are_counted_and_the_day_can_be_used_up() -> None:
    data = org() | {"limits": {"DailyApiRequests": [100, 2]}}
    to = server(data)
    first = ask(to, "limits")
    assert first.body["DailyApiRequests"] == {"Max": 100, "Remaining": 1}
    assert first.headers["Sforce-Limit-Info"] == "api-usage=99/100"
    last = ask(to, "query", q="SELECT Id FROM User")
    assert (last.status, last.headers["Sforce-Limit-Info"]) == (200, "api-usage=100/100")
    reply = ask(to, "limits")
    assert (reply.status, reply.body[0]["errorCode"]) == (403, "REQUEST_LIMIT_EXCEEDED")


def test_an_address_can_be_too_long() -> None:
    names = ", ".join(f"'{'x' * 20}{number}'" for number in range(800))
    assert query(server(), f"SELECT Id FROM User WHERE Name IN ({names})").status == 414


def test_a_query_resource_without_a_query_is_refused() -> None:
    assert ask(server(), "query").body[0]["errorCode"] == "MALFORMED_QUERY"


@settings(max_examples=40)
@given(
    rows=st.integers(0, 1300),
    batch=st.one_of(st.none(), st.integers(1, 2500)),
    limit=st.one_of(st.none(), st.integers(0, 1500)),
)
def test_pages_hold_every_row_exactly_once(rows: int, batch: int | None, limit: int | None) -> None:
    ids = [f"001{number:012d}AAA" for number in range(rows)]
    to = server({"objects": {"Account": [{"Id": row} for row in ids]}})
    asked = "SELECT Id FROM Account" + ("" if limit is None else f" LIMIT {limit}")
    found = pages(to, asked, "" if batch is None else f"batchSize={batch}")
    assert [row["Id"] for page in found for row in page] == ids[:limit]
    size = 2000 if batch is None else min(max(batch, 200), 2000)
    assert all(len(page) == size for page in found[:-1])


def test_pages_of_the_tooling_api_stay_there() -> None:
    rows = [{"Id": f"301{number:012d}AAA", "MasterLabel": f"Flow {number}"} for number in range(2001)]
    to = server({"tooling": {"Flow": rows}})
    reply = query(to, "SELECT MasterLabel FROM Flow", path="tooling/query")
    assert reply.body["nextRecordsUrl"].startswith("/services/data/v66.0/tooling/query/01g")
    assert ask(to, reply.body["nextRecordsUrl"]).body["records"][0]["MasterLabel"] == "Flow 2000"
    outside = reply.body["nextRecordsUrl"].replace("/tooling", "")
    assert ask(to, outside).body[0]["errorCode"] == "INVALID_QUERY_LOCATOR"


def test_a_locator_of_another_query_is_refused() -> None:
    assert ask(server(), "query/01gnothing-2000").body[0]["errorCode"] == "INVALID_QUERY_LOCATOR"


def test_many_threads_read_their_own_pages() -> None:
    ids = [f"001{number:012d}AAA" for number in range(1000)]
    to = server({"objects": {"Account": [{"Id": row} for row in ids]}})
    found: dict[int, list[str]] = {}

    def read(number: int) -> None:
        soql = f"SELECT Id FROM Account WHERE Id > '{ids[number]}'"
        found[number] = [row["Id"] for page in pages(to, soql, "batchSize=200") for row in page]

    threads = [threading.Thread(target=read, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == {number: ids[number + 1 :] for number in range(8)}


def test_tokens_end_silently_at_2500_while_their_count_is_true() -> None:
    to = server(tokens(9000))
    found = pages(to, "SELECT AppName, UserId FROM OauthToken")
    assert [len(page) for page in found] == [500] * 5
    assert query(to, "SELECT AppName FROM OauthToken").body["totalSize"] == 2500
    assert query(to, "SELECT COUNT() FROM OauthToken").body["totalSize"] == 9000
    assert values("SELECT COUNT(UserId) FROM OauthToken", to) == [9000]


def test_the_id_of_a_token_is_always_empty() -> None:
    data = {"objects": {"OauthToken": [{"Id": "0CR000000000001AAA", "AppName": "HubSpot"}]}}
    (token,) = records("SELECT Id, AppName FROM OauthToken", server(data))
    assert token == {"attributes": {"type": "OauthToken"}, "Id": None, "AppName": "HubSpot"}


def test_equal_questions_are_answered_equally() -> None:
    to = server(tokens(600))
    one, other = (query(to, "SELECT AppName FROM OauthToken").body for _ in range(2))
    assert one == other


def test_relative_times_are_worked_out_once_at_the_start() -> None:
    now = [NOW]
    to = server(clock=lambda: now[0])
    asked = f"SELECT LastLoginDate FROM User WHERE Id = '{DANA}'"
    before = values(asked, to)
    now[0] += timedelta(days=5)
    assert values(asked, to) == before
    assert values(f"SELECT Id FROM User WHERE Id = '{DANA}' AND LastLoginDate = YESTERDAY", to) == []


def test_describe_tells_what_a_column_can_do() -> None:
    body = ask(server(), "sobjects/loginhistory/describe").body
    fields = {field["name"]: field for field in body["fields"]}
    assert body["name"] == "LoginHistory"
    assert [fields["Application"][what] for what in ("filterable", "groupable", "sortable")] == [False, True, True]
    assert [fields["LoginTime"][what] for what in ("type", "groupable")] == ["datetime", False]
    assert (fields["UserId"]["type"], fields["UserId"]["relationshipName"]) == ("reference", None)
    assert fields["Id"]["type"] == "id"


def test_describe_tells_where_a_relationship_leads() -> None:
    fields = {field["name"]: field for field in ask(server(), "sobjects/User/describe").body["fields"]}
    assert (fields["ProfileId"]["relationshipName"], fields["ProfileId"]["referenceTo"]) == ("Profile", ["Profile"])
    assert "Profile" not in fields
    assert fields["IsActive"]["type"] == "boolean"


def test_describing_counts_nothing_as_asked() -> None:
    to = server()
    ask(to, "sobjects/User/describe")
    assert not to.silent


def test_what_the_org_lacks_is_neither_described_nor_found() -> None:
    to = server(lacks={"User.ManagerId", "BotDefinition"})
    names = {field["name"] for field in ask(to, "sobjects/User/describe").body["fields"]}
    assert "ManagerId" not in names
    assert "Username" in names
    assert refusal("SELECT ManagerId FROM User", to)[0] == "INVALID_FIELD"
    assert refusal("SELECT Manager.Name FROM User", to)[0] == "INVALID_FIELD"
    assert refusal("SELECT Id FROM BotDefinition", to)[0] == "INVALID_TYPE"
    assert ask(to, "sobjects/BotDefinition/describe").status == 404


HIDDEN = [
    ("ManageUsers", "UserLogin"),
    ("ManageUsers", "AuthSession"),
    ("ViewSetup", "PermissionSet"),
    ("ViewSetup", "PermissionSetAssignment"),
    ("ViewSetup", "AsyncApexJob"),
    ("ViewSetup", "UserLicense"),
    ("ViewSetup", "SetupEntityAccess"),
    ("ExternalClientAppViewer", "ExternalClientApplication"),
    ("ExternalClientAppViewer", "ExtlClntAppOauthPlcyCnfg"),
]


@pytest.mark.parametrize(("permission", "name"), HIDDEN)
def test_without_the_permission_an_object_is_not_there(permission: str, name: str) -> None:
    asked = f"SELECT Id FROM {name}"
    assert query(server(), asked).status == 200
    to = server(deny={permission})
    assert refusal(asked, to)[0] == "INVALID_TYPE"
    assert ask(to, f"sobjects/{name}/describe").status == 404
    assert query(to, "SELECT Id FROM Group").status == 200


@pytest.mark.parametrize(
    ("permission", "column", "name", "all_rows"),
    [
        ("CustomizeApplication", "UserId", "OauthToken", 3),
        ("ManageUsers", "UserId", "LoginHistory", 4),
        ("ViewAllUsers", "Id", "User", 4),
    ],
)
def test_without_the_permission_one_sees_only_ones_own(permission: str, column: str, name: str, all_rows: int) -> None:
    asked = f"SELECT {column} FROM {name}"
    assert len(values(asked)) == all_rows
    assert values(asked, server(deny={permission})) == [READER]
    assert query(server(deny={permission}), f"SELECT COUNT() FROM {name}").body["totalSize"] == 1


def test_without_view_setup_the_tooling_api_is_closed() -> None:
    to = server(deny={"ViewSetup"})
    for path in ("tooling/query", "tooling/sobjects/Flow/describe"):
        reply = ask(to, path, q="SELECT Id FROM Flow")
        assert (reply.status, reply.body[0]["errorCode"]) == (403, "INSUFFICIENT_ACCESS")


def test_without_api_enabled_nothing_is_answered() -> None:
    reply = ask(server(deny={"ApiEnabled"}), "limits")
    assert (reply.status, reply.body[0]["errorCode"]) == (403, "API_DISABLED_FOR_ORG")


def test_the_reader_can_ask_what_it_may_do() -> None:
    asked = "SELECT PermissionsManageUsers, PermissionsViewSetup, PermissionsModifyAllData FROM UserPermissionAccess"
    (row,) = records(asked, server(deny={"ManageUsers"}))
    assert [row[f"Permissions{name}"] for name in ("ManageUsers", "ViewSetup", "ModifyAllData")] == [False, True, False]


def test_permission_sets_in_the_org_add_to_what_the_reader_may_do() -> None:
    data = org()
    data["objects"]["PermissionSet"] = [{"Id": "0PS000000000001AAA", "PermissionsModifyAllData": True}]
    data["objects"]["PermissionSetAssignment"] = [{"AssigneeId": READER, "PermissionSetId": "0PS000000000001AAA"}]
    asked = "SELECT PermissionsModifyAllData FROM UserPermissionAccess"
    assert values(asked, server(data)) == [True]
    assert values(asked, server(data, run_as=RAVI)) == [False]


@pytest.mark.parametrize(
    "data",
    [
        {"objects": {"Nothing": []}},
        {"objects": {"User": [{"Nome": "x"}]}},
        {"objects": {"User": [{"username": "x"}]}},
        {"tooling": {"Flow": [{"Nothing": 1}]}},
    ],
)
def test_rows_that_nobody_published_are_refused_at_the_start(data: dict[str, Any]) -> None:
    with pytest.raises(ConfigError, match="nobody published"):
        standin(data)


def test_a_time_that_is_none_is_refused_at_the_start() -> None:
    with pytest.raises(ConfigError, match="'yesterday' where a time belongs"):
        standin({"objects": {"User": [{"LastLoginDate": "yesterday"}]}})


@pytest.mark.parametrize(
    ("taken", "words"),
    [
        ({"deny": ["PermissionsManageUsers"]}, "no permission PermissionsManageUsers"),
        ({"deny": ["manage users"]}, "no permission manage users"),
        ({"lacks": ["BotDefinitions"]}, "no BotDefinitions that"),
        ({"lacks": ["User.Boss"]}, r"no User\.Boss that"),
    ],
)
def test_taking_away_what_there_is_not_is_refused(taken: dict[str, list[str]], words: str) -> None:
    with pytest.raises(ConfigError, match=words):
        server(**taken)  # type: ignore[arg-type]  # options of several types
