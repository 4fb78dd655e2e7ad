"""Files out of HubSpot's settings: the users, and the connected apps copied by hand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, time
from typing import Any

from connectors.hubspot.activity import consent_of
from connectors.hubspot.departures import INSTALLED_APP
from stackmap.model import EdgeKind, Fact, How, Node, NodeKind
from stackmap.sdk import Cell, Column, Export, NotUnderstoodError, Row, Scope, Setting, used_within

__all__ = ["CONNECTED_APPS", "EXPORTS", "USERS", "connected_app", "user"]

_EXPORTING = "https://knowledge.hubspot.com/user-management/export-users"
_APPS = (
    "https://knowledge.hubspot.com/integrations/manage-your-connected-apps: apps that other users installed, and the "
    "App log, which tells who installed, uninstalled or reconnected an app, and when"
)
_NUMBER = re.compile(r"\d+")
_SUPER_ADMIN = "super-admin"
_HERE = {
    **dict.fromkeys(("active", "aktiv", "actif", "activo"), True),
    **dict.fromkeys(("deactivated", "deaktiviert", "désactivé", "desactivado"), False),
}
"""Off: the word of knowledge.hubspot.com/settings/deactivate-hubspot-users, of its /de, /fr and /es too. On: our own
template's, as no page has one. Not "inactive": those are users whom HubSpot has yet to deactivate
(knowledge.hubspot.com/account-security/automatically-deactivate-inactive-users)."""

_YES_NO = {"true": "yes", "false": "no"}
_TENANT = Setting("tenant", "the portal id (Hub ID), as stackmap.yaml has it", required=False)


def user(row: Row, at: Scope) -> Iterator[Fact]:
    """A user. Its number is the one that the API counts by."""
    known: dict[str, Any] = {"email": row["email"], "login": row["email"]}
    status = _HERE.get(row.get("status", "").strip().casefold())
    if status is not None:
        known["active"] = status
    if seen := row.get("last_login"):
        known["used_within"] = used_within(datetime.combine(seen, time.max, UTC), at.taken_at)
    record = row["user_id"]
    if not _NUMBER.fullmatch(record):
        raise NotUnderstoodError("its user id is no number")
    login = at.node(NodeKind.ACCOUNT, record, _name(row), known)
    yield login
    yield at.edge(EdgeKind.PART_OF, login.id, at.system, record)
    for name in row.get("roles", ()):
        role = at.node(NodeKind.ROLE, f"name:{_key(name, at)}", name)
        yield role
        yield at.edge(EdgeKind.PART_OF, role.id, at.system, role.evidence[0].record)
        yield at.edge(EdgeKind.HAS_ROLE, login.id, role.id, record)
    if row.get("super_admin") is True:
        held = at.node(NodeKind.ROLE, _SUPER_ADMIN, "Super admin")
        yield held
        yield at.edge(EdgeKind.PART_OF, held.id, at.system, _SUPER_ADMIN)
        yield at.edge(EdgeKind.HAS_ROLE, login.id, held.id, record)
        yield at.edge(EdgeKind.ADMINISTERS, login.id, at.system, record)


def connected_app(row: Row, at: Scope) -> Iterator[Fact]:
    """A connected app, and whose consent it has. What becomes of it without them, HubSpot does not say."""
    if not _NUMBER.fullmatch(row.get("app_id", "0")):
        raise NotUnderstoodError("its app id is no number")
    key = f"app:{row.get('app_id') or _key(row['app'], at)}"
    connected = row.get("connected_on")
    properties = {"app_kind": "connected app", "used_for": row.get("used_for")}
    app = at.node(NodeKind.INTEGRATION, key, row["app"], properties)
    yield app
    yield at.edge(EdgeKind.PART_OF, app.id, at.system, key)
    if who := row.get("connected_by"):
        login = f"login/{at.product}/{at.hashed(who)}"
        made = {"created_at": connected.isoformat() if connected else None}
        consent = at.node(NodeKind.GRANT, consent_of(key, at.hashed(who)), f"Consent to {row['app']}", made)
        # The login is met by its address where the users are read; till then it stands for itself.
        called = {"declared_login": True, "email": who, "login": who}
        yield Node(NodeKind.ACCOUNT, login, who, at.evidence(at.hashed(who), how=How.INFERRED_KEY), called)
        yield at.edge(EdgeKind.PART_OF, login, at.system, at.hashed(who))
        yield consent
        yield at.edge(EdgeKind.PART_OF, consent.id, at.system, key)
        yield at.edge(EdgeKind.AUTHENTICATES_WITH, app.id, consent.id, key)
        yield at.edge(EdgeKind.AUTHORIZED_BY, consent.id, login, key, row=INSTALLED_APP)


def _name(row: Row) -> str:
    return " ".join(filter(None, (row.get("first_name"), row.get("last_name")))) or row["email"]


def _key(name: str, at: Scope) -> str:
    """What stands in an id for a name: no address, ever."""
    return at.hashed(name) if "@" in name else " ".join(name.casefold().split())


USERS = Export(
    "hubspot-users",
    "HubSpot: users",
    "Who has a login, and with which role.",
    (
        "HubSpot > Settings > Users & Teams > Export users; a super admin may. The page names the columns, not their "
        "exact headings: headings assumed. Who is a super admin stands in its column of permissions, not read here: "
        "add a column Super Admin with yes or no, or nothing is said of it. Name the kind: --kind hubspot-users."
    ),
    (
        Column("user_id", "number of the user", ("Id", "HubSpot user ID"), required=True, example="146020001"),
        Column("email", "address", ("Email address",), Cell.EMAIL, True, "d.kim@example.com"),
        Column("first_name", "first name", ("Given name",), example="Dana"),
        Column("last_name", "last name", ("Family name", "Surname"), example="Kim"),
        Column(
            "roles", "role or permission set", ("Role", "Assigned role", "Permission set", "Permission sets"), Cell.LIST
        ),
        Column("super_admin", "whether a super admin", ("Is super admin",), Cell.YES_NO, False, "no", _YES_NO),
        Column("status", "whether the login is on: active, deactivated", ("User status", "State")),
        Column("last_login", "day of the last login", ("Last login date", "Last active", "Last logged in"), Cell.DAY),
    ),
    user,
    frozenset({NodeKind.ACCOUNT, NodeKind.ROLE, EdgeKind.PART_OF, EdgeKind.HAS_ROLE, EdgeKind.ADMINISTERS}),
    source=_EXPORTING,
    # A template alone has all of them: a number, a name and an address stand in any tool's list of users.
    marks=("user_id", "email", "first_name", "last_name", "roles", "super_admin", "status", "last_login"),
    options=(_TENANT,),
)

CONNECTED_APPS = Export(
    "hubspot-connected-apps",
    "HubSpot: connected apps",
    "Which apps are connected, and who connected each.",
    (
        "Fill it in from HubSpot > Settings > Integrations > Connected Apps: name, who connected it, when (the App log "
        "there tells both), and what it is for. No download is documented."
    ),
    (
        Column("app", "name of the app", ("App name", "Connected app"), required=True, example="Webinar platform"),
        Column("app_id", "number of the app, where its address in the browser shows it", ("App number",)),
        Column(
            "connected_by",
            "address of the user who connected it",
            ("Installed by",),
            Cell.EMAIL,
            False,
            "d.kim@example.com",
        ),
        Column(
            "connected_on",
            "day on which it was connected",
            ("Date connected", "Installed on"),
            Cell.DAY,
            False,
            "2025-03-01",
        ),
        Column("used_for", "what it does", ("What it does", "Purpose"), example="Registrations into contacts"),
    ),
    connected_app,
    frozenset(
        {
            NodeKind.ACCOUNT,
            NodeKind.GRANT,
            NodeKind.INTEGRATION,
            EdgeKind.PART_OF,
            EdgeKind.AUTHENTICATES_WITH,
            EdgeKind.AUTHORIZED_BY,
        }
    ),
    How.DECLARED,
    source=_APPS,
    marks=("app", "connected_by"),
    options=(_TENANT,),
)

EXPORTS = (USERS, CONNECTED_APPS)
