"""What the tests of the stand-in share: a small org and ways to ask it."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from connectors.salesforce.sandbox import Server, standin
from stackmap.sdk import Reply, Request

TOKEN = "a-token-that-only-the-stand-in-takes"
CLIENT = ("a-client", "a-secret-that-only-the-stand-in-takes")
HOST = "larkfield.my.salesforce.com"
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
DANA, RAVI, OLD, READER = (f"00500000000000{number}AAA" for number in (1, 2, 3, 4))
ADMIN, PLAIN = "00e000000000001AAA", "00e000000000002AAA"
QUEUE = "00G000000000001AAA"


def user(row_id: str, username: str, **more: Any) -> dict[str, Any]:
    return {"Id": row_id, "Username": username, "IsActive": True, "UserType": "Standard", **more}


def org() -> dict[str, Any]:
    """Four logins, their tokens and log-ins, a queue, and two versions of a flow."""
    return {
        "objects": {
            "Organization": [{"Id": "00D000000000009AAA", "Name": "Larkfield Instruments"}],
            "Profile": [{"Id": ADMIN, "Name": "System Administrator"}, {"Id": PLAIN, "Name": "Standard User"}],
            "User": [
                user(DANA, "dana@lark.test", FirstName="Dana", LastName="Okafor", ProfileId=ADMIN, LastLoginDate="-1d"),
                user(RAVI, "ravi@lark.test", Name="Ravi Menon", ProfileId=PLAIN, LastLoginDate="-40d", ManagerId=DANA),
                user(OLD, "old@lark.test", Name="100% Old_One", LastLoginDate="2026-11-22T00:00:00Z", IsActive=False),
                user(READER, "reader@lark.test", Name="Reader", ProfileId=PLAIN, Email="reader@lark.test"),
            ],
            "UserLogin": [{"UserId": OLD, "IsFrozen": True}],
            "OauthToken": [
                {"AppName": "HubSpot", "UserId": DANA, "CreatedDate": "2024-01-01T00:00:00.000+0000", "UseCount": 5},
                {"AppName": "hubspot", "UserId": RAVI, "CreatedDate": "2025-01-01T00:00:00.000+0000"},
                {"AppName": "Reader", "UserId": READER, "CreatedDate": "2026-01-01T01:00:00+01:00"},
            ],
            "LoginHistory": [
                {"UserId": DANA, "Application": "HubSpot", "LoginTime": "-1d", "LoginType": "Remote Access 2.0"},
                {"UserId": DANA, "Application": "HubSpot", "LoginTime": "-2d", "LoginType": "Remote Access 2.0"},
                {"UserId": DANA, "Application": "Browser", "LoginTime": "-1d", "LoginType": "Application"},
                {"UserId": READER, "Application": "stackmap", "LoginTime": "-5h", "LoginType": "Remote Access 2.0"},
            ],
            "Group": [{"Id": QUEUE, "Name": "Leads", "Type": "Queue", "OwnerId": DANA, "RelatedId": DANA}],
            "BotDefinition": [{"Id": "0Xx000000000001AAA", "DeveloperName": "Helper", "BotUserId": RAVI}],
        },
        "tooling": {
            "Flow": [
                {"Id": "301000000000001AAA", "Status": "Active", "CreatedById": DANA, "Metadata": {"label": "Route"}},
                {"Id": "301000000000002AAA", "Status": "Draft", "CreatedById": RAVI},
            ],
            "EntityDefinition": [{"DurableId": "Account", "QualifiedApiName": "Account"}],
        },
        "limits": {"DailyApiRequests": [1000, 900]},
    }


def server(
    data: Mapping[str, Any] | None = None,
    *,
    deny: Collection[str] = (),
    lacks: Collection[str] = (),
    run_as: str = READER,
    clock: Callable[[], datetime] = lambda: NOW,
) -> Server:
    """The stand-in over the small org, or another; knows TOKEN."""
    return standin(
        org() if data is None else data,
        client_id=CLIENT[0],
        client_secret=CLIENT[1],
        run_as=run_as,
        access_token=TOKEN,
        deny=deny,
        lacks=lacks,
        clock=clock,
    )


def ask(to: Server, path: str, method: str = "GET", token: str = TOKEN, **query: str) -> Reply:
    """One request below the current version, or to a path that begins at the root."""
    full = path if path.startswith("/services") else f"/services/data/v66.0/{path}"
    return to(Request(method, full, query, {"authorization": f"Bearer {token}", "host": HOST}))


def query(to: Server, soql: str, *, path: str = "query", options: str = "") -> Reply:
    headers = {"authorization": f"Bearer {TOKEN}", "sforce-query-options": options}
    return to(Request("GET", f"/services/data/v66.0/{path}", {"q": soql}, headers))


def records(soql: str, to: Server | None = None, *, path: str = "query") -> list[dict[str, Any]]:
    """The records of a query that fits one page."""
    reply = query(server() if to is None else to, soql, path=path)
    assert reply.status == 200, reply.body
    assert reply.body["done"]
    found: list[dict[str, Any]] = reply.body["records"]
    return found


def values(soql: str, to: Server | None = None, *, path: str = "query") -> list[Any]:
    """The only column of each record."""
    return [next(value for name, value in row.items() if name != "attributes") for row in records(soql, to, path=path)]


def refusal(soql: str, to: Server | None = None, *, path: str = "query") -> tuple[str, str]:
    """Error code and message of a query that is refused."""
    reply = query(server() if to is None else to, soql, path=path)
    assert reply.status == 400, reply.body
    (error,) = reply.body
    return error["errorCode"], error["message"]


def pages(to: Server, soql: str, options: str = "") -> list[Sequence[dict[str, Any]]]:
    """The records of all pages, following the addresses that the answers give."""
    reply = query(to, soql, options=options)
    found = [reply.body["records"]]
    while not reply.body["done"]:
        reply = ask(to, reply.body["nextRecordsUrl"])
        assert reply.status == 200, reply.body
        found.append(reply.body["records"])
    return found
