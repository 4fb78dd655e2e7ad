"""Postbox, a made-up mailing service: people sign in, and mailings go out as one of them."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from stackmap.model import Act, Certainty, EdgeKind, Fact, Judgement, NodeKind, Outcome
from stackmap.sdk import (
    Connector,
    Departure,
    Departures,
    Get,
    Inventory,
    Record,
    Reply,
    Request,
    Scope,
    Setting,
    bearer,
    cursor,
)

LOGIN_GONE = Departures(
    "mailing-login",
    EdgeKind.RUNS_AS,
    "a mailing and the login it goes out as",
    (
        Departure(
            Act.REMOVED,
            Judgement(Outcome.STOPS, Certainty.CERTAIN),
            "Postbox handbook, page 12 (made up, like the rest of Postbox)",
            "2026-11-22",
            "Mailings of a removed login are cancelled.",
        ),
    ),
    gap="Postbox cannot freeze or hand over a login.",
)


def login(record: Record, at: Scope) -> Iterator[Fact]:
    """A login, and where it belongs."""
    account = at.node(
        NodeKind.ACCOUNT,
        record["id"],
        record.get("name") or "",
        {"email": record.get("email"), "active": record.get("active")},
    )
    yield account
    yield at.edge(EdgeKind.PART_OF, account.id, at.system, record["id"])


def mailing(record: Record, at: Scope) -> Iterator[Fact]:
    """A mailing, and the login it goes out as."""
    automation = at.node(
        NodeKind.AUTOMATION, record["id"], record.get("title") or "", {"active": record.get("scheduled")}
    )
    yield automation
    yield at.edge(EdgeKind.PART_OF, automation.id, at.system, record["id"])
    if sender := record.get("sender_id"):
        account = at.id(NodeKind.ACCOUNT, sender)
        yield at.edge(EdgeKind.RUNS_AS, automation.id, account, record["id"], row=LOGIN_GONE)


CONNECTOR = Connector(
    name="postbox",
    product="postbox",
    title="Postbox",
    settings=(
        Setting("base_url", "where your Postbox is", default="https://api.postbox.example"),
        Setting("key", "an API key of the role Reader", secret=True),
    ),
    base_url=lambda settings: settings["base_url"],
    tenant=lambda settings: urlsplit(settings["base_url"]).hostname or "",
    authenticate=lambda settings: bearer(settings["key"]),
    inventories=(
        Inventory(
            "logins",
            Get("/logins", {"size": 2}),
            login,
            frozenset({NodeKind.ACCOUNT, EdgeKind.PART_OF}),
            ("role Reader",),
            "who can sign in",
            records="items",
            pages=cursor("after", "next"),
        ),
        Inventory(
            "mailings",
            Get("/mailings"),
            mailing,
            frozenset({NodeKind.AUTOMATION, EdgeKind.PART_OF, EdgeKind.RUNS_AS}),
            ("role Reader",),
            "what goes out, and as whom",
        ),
    ),
    departures=(LOGIN_GONE,),
    usual_act=Act.REMOVED,
    sandbox="stackmap_postbox:standin",
)

KEY = "made-up-postbox-key"
LOGINS = [{"id": number, "name": name, "active": True} for number, name in enumerate(("Ana", "Bo", "Cy"), 1)]
MAILINGS = [{"id": 7, "title": "Welcome", "scheduled": True, "sender_id": 1}]


def standin(request: Request) -> Reply:
    """The two endpoints of Postbox, strict about its key."""
    if request.headers.get("authorization") != f"Bearer {KEY}":
        return Reply(401, {"code": "bad_key"})
    if request.path == "/mailings":
        return Reply(200, MAILINGS)
    if request.path == "/logins":
        start, size = int(request.query.get("after", "0")), int(request.query["size"])
        rest = LOGINS[start + size :]
        return Reply(200, {"items": LOGINS[start : start + size], "next": str(start + size) if rest else None})
    return Reply(404, {"code": "no_such_address"})
