"""Apps that users let in, and app passwords: one record in, facts out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from connectors.google.departures import APP_PASSWORD, CONSENT
from connectors.google.products import SIGN_IN, product_of
from stackmap.model import EdgeKind, Fact, How, Node, NodeKind, system_id
from stackmap.sdk import Record, Scope, used_within

__all__ = ["app_password", "token"]

_SLOT = "token"
_MILLISECONDS = 100_000_000_000  # a number of seconds this large lies in the year 5138


def token(row: Record, at: Scope) -> Iterator[Fact]:
    """A user's consent to an app. One for signing in only makes no connection, so it brings no app."""
    shown = _shown(row)
    scopes = row.get("scopes")
    rights = sorted(item for item in scopes if isinstance(item, str)) if isinstance(scopes, list) else []
    sign_in_only = bool(rights) and set(rights) <= SIGN_IN
    record = f"{row['userKey']}:{row['clientId']}"
    properties = {"scopes": rights, "client_id": row["clientId"], "token": True, "sign_in_only": sign_in_only or None}
    grant = at.node(NodeKind.GRANT, record, f"consent to {shown}", properties)
    yield grant
    yield at.edge(EdgeKind.PART_OF, grant.id, at.system, record)
    account = at.id(NodeKind.ACCOUNT, row["userKey"])
    yield at.edge(EdgeKind.AUTHORIZED_BY, grant.id, account, record, row=CONSENT)
    if not sign_in_only:
        yield from _app(row, shown, grant, at)


def _app(row: Record, shown: str, grant: Node, at: Scope) -> Iterator[Fact]:
    """The app, which every user who let it in shares. One that is not registered is known by its name only."""
    anonymous, record = row.get("anonymous") is True, grant.evidence[0].record
    vendor_id = f"anonymous:{shown}" if anonymous else row["clientId"]
    native = row.get("nativeApp")
    properties = {"app_kind": "oauth", "native": native if isinstance(native, bool) else None}
    app = Node(
        NodeKind.INTEGRATION,
        at.id(NodeKind.INTEGRATION, vendor_id),
        shown,
        at.evidence(record),
        {key: value for key, value in properties.items() if value is not None},
    )
    yield app
    yield at.edge(EdgeKind.PART_OF, app.id, at.system, record)
    yield at.edge(EdgeKind.AUTHENTICATES_WITH, app.id, grant.id, record, slot=_SLOT)
    if far := product_of(shown):
        product, title = far
        there = system_id(product, "unknown")
        seen = at.evidence(record, how=How.INFERRED_NAME)
        yield Node(NodeKind.SYSTEM, there, title, seen, {"product": product, "tenant": "unknown"})
        yield at.edge(EdgeKind.CONNECTS, app.id, there, record, how=How.INFERRED_NAME)


def app_password(row: Record, at: Scope) -> Iterator[Fact]:
    """A password that a user made for one program; its value is shown once and to nobody else."""
    record = f"{row['userKey']}:{row['codeId']}"
    made, used = _moment(row.get("creationTime")), _moment(row.get("lastTimeUsed"))
    name = row.get("name")
    properties = {
        "credential_type": "app password",
        "created_at": made.isoformat() if made else None,
        "used_within": used_within(used, at.taken_at),
    }
    password = at.node(NodeKind.CREDENTIAL, record, name if isinstance(name, str) and name else record, properties)
    account = at.id(NodeKind.ACCOUNT, row["userKey"])
    yield password
    yield at.edge(EdgeKind.PART_OF, password.id, at.system, record)
    yield at.edge(EdgeKind.AUTHORIZED_BY, password.id, account, record, row=APP_PASSWORD)
    yield at.edge(EdgeKind.KNOWS, account, password.id, record)


def _shown(row: Record) -> str:
    shown = row.get("displayText")
    return shown.strip() or str(row["clientId"]) if isinstance(shown, str) else str(row["clientId"])


def _moment(value: object) -> datetime | None:
    """Google writes these in "Unix time format" as texts, and does not say whether in seconds: the size tells."""
    if not isinstance(value, str | int) or isinstance(value, bool) or not str(value).isdecimal():
        return None
    number = int(value)
    seconds = number / 1000 if number >= _MILLISECONDS else float(number)
    try:
        return datetime.fromtimestamp(seconds, UTC) if number else None
    except (ValueError, OverflowError, OSError):
        return None
