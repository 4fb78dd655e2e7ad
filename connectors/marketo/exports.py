"""Files out of Marketo's administration: the users, and the LaunchPoint services copied by hand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from typing import Any

from connectors.marketo.departures import LAUNCHPOINT_SERVICE
from stackmap.model import AccountType, Act, EdgeKind, Fact, How, Node, NodeKind
from stackmap.sdk import Cell, Column, Export, Row, Scope, Setting, used_within

__all__ = ["EXPORTS", "LAUNCHPOINT", "USERS", "USUAL_ACT", "service", "user"]

USUAL_ACT = Act.REMOVED
"""The screen for users deletes them: managing-marketo-users.md. With Adobe's sign-in, people are removed in
Adobe's Admin Console (add-api-only-user-for-adobe-ims-enabled-subscriptions.md): a removal, too."""

_GUIDE = "https://experienceleague.adobe.com/docs/marketo/using/product-docs/administration"
_EXPORTING = f"{_GUIDE}/users-and-roles/export-a-list-of-users-and-roles.html"
_SERVICES = "https://github.com/AdobeDocs/marketo-developer.en/blob/main/help/rest-api/custom-services.md"
_ADMINS = frozenset({"admin", "adobe product admin"})
"""Built-in roles with all of the Admin section: managing-user-roles-and-permissions.md, and with Adobe's sign-in
experienceleague.adobe.com, administration/marketo-with-adobe-identity/faq: the rights of a standard Marketo Admin."""

_TENANT = Setting("tenant", "the Munchkin id or a name for this instance, where there are several", required=False)


def user(row: Row, at: Scope) -> Iterator[Fact]:
    """A user. An API-only one is a program, whoever's name it bears."""
    login = at.node(NodeKind.ACCOUNT, at.hashed(row["email"]), _name(row), _properties(row, at))
    record = at.hashed(row["email"])
    yield login
    yield at.edge(EdgeKind.PART_OF, login.id, at.system, record)
    for name in row.get("roles", ()):
        role = at.node(NodeKind.ROLE, f"name:{_key(name, at)}", name)
        yield role
        yield at.edge(EdgeKind.PART_OF, role.id, at.system, role.evidence[0].record)
        yield at.edge(EdgeKind.HAS_ROLE, login.id, role.id, record)
    if any(_folded(name) in _ADMINS for name in row.get("roles", ())) and row.get("api_only") is not True:
        yield at.edge(EdgeKind.ADMINISTERS, login.id, at.system, record)


def _properties(row: Row, at: Scope) -> dict[str, Any]:
    """What is known of a user. The day on which a person's access ends is kept only once it has passed."""
    ends: date | None = row.get("access_expires")
    over = ends is not None and ends < at.taken_at.date()
    program = row.get("api_only") is True
    known: dict[str, Any] = {
        "email": None if program else row["email"],
        "login": row.get("login", row["email"]),
        # An expired user is locked: managing-marketo-users.md
        "frozen": True if over or row.get("locked") is True else None,
    }
    if program:
        known |= _program("Marketo has it as API only") | {"expires_at": ends.isoformat() if ends else None}
    if seen := row.get("last_login"):
        known["used_within"] = used_within(datetime.combine(seen, time.max, UTC), at.taken_at)
    return known


def _program(reason: str) -> dict[str, Any]:
    """An API-only user. Its address is a name: it need not exist (custom-services.md), so it is nobody's mailbox."""
    return {"account_type": AccountType.INTEGRATION.value, "type_reasons": [reason], "api_only": True}


def service(row: Row, at: Scope) -> Iterator[Fact]:
    """A LaunchPoint service; a custom one signs in as an API-only user, which alone can be chosen for it."""
    key = f"launchpoint:{_key(row['service'], at)}"
    properties = {
        "app_kind": "LaunchPoint service",
        "service_type": row.get("type"),
        "used_for": row.get("used_by"),
    }
    integration = at.node(NodeKind.INTEGRATION, key, row["service"], properties)
    yield integration
    yield at.edge(EdgeKind.PART_OF, integration.id, at.system, key)
    if user_email := row.get("api_user"):
        yield from _signs_in(integration, user_email, row["service"], at)
    if carer := row.get("owner"):
        login = _login(carer, at, {})
        yield login
        yield at.edge(EdgeKind.PART_OF, login.id, at.system, key)
        yield at.edge(EdgeKind.OWNED_BY, integration.id, login.id, key)


def _signs_in(integration: Node, email: str, name: str, at: Scope) -> Iterator[Fact]:
    record = integration.evidence[0].record
    secret = at.node(NodeKind.CREDENTIAL, record, f"Client id and secret of {name}")
    login = _login(email, at, _program("a LaunchPoint service signs in as it"))
    yield secret
    yield login
    yield at.edge(EdgeKind.PART_OF, secret.id, at.system, record)
    yield at.edge(EdgeKind.PART_OF, login.id, at.system, record)
    yield at.edge(EdgeKind.AUTHENTICATES_WITH, integration.id, secret.id, record, slot=at.product)
    yield at.edge(EdgeKind.AUTHORIZED_BY, secret.id, login.id, record, row=LAUNCHPOINT_SERVICE)


def _login(email: str, at: Scope, properties: dict[str, Any]) -> Node:
    """A user who is only spoken of: the name that the list of users gives stands before the address."""
    known = {"login": email, **(properties or {"email": email})}
    evidence = at.evidence(how=How.INFERRED_KEY)
    return Node(NodeKind.ACCOUNT, at.id(NodeKind.ACCOUNT, at.hashed(email)), email, evidence, known)


def _name(row: Row) -> str:
    return " ".join(filter(None, (row.get("first_name"), row.get("last_name")))) or row.get("name") or row["email"]


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def _key(text: str, at: Scope) -> str:
    """What stands in an id for a name: no address, ever."""
    return at.hashed(text) if "@" in text else _folded(text)


USERS = Export(
    "marketo-users",
    "Marketo: users",
    "Who may sign in, with which roles, and which users are programs.",
    (
        "Marketo > Admin > Users & Roles > show the columns Email, Roles, API Only and Last Login > the Export icon; "
        "save the Excel file as CSV. It takes admin rights. Headings assumed: the page shows them only in pictures."
    ),
    (
        Column("email", "address of the user", ("Email Address", "User"), Cell.EMAIL, True, "d.kim@example.com"),
        Column("login", "what they sign in with, if another", ("Login ID", "User ID")),
        Column("name", "first and last name", ("Full Name",), example="Dana Kim"),
        Column("first_name", "first name, where it stands apart", ("First",)),
        Column("last_name", "last name, where it stands apart", ("Last",)),
        Column("roles", "roles of the user", ("Role", "Role Name", "User Roles"), Cell.LIST, True, "Admin"),
        Column("api_only", "whether it is an API-only user", ("API Only User", "Is API Only"), Cell.YES_NO),
        Column("locked", "whether the login is locked", ("Is Locked", "Account Locked"), Cell.YES_NO),
        Column(
            "access_expires", "day on which the access ends", ("Expires", "Access Expiration", "Expires At"), Cell.DAY
        ),
        Column("last_login", "day of the last login", ("Last Login Date", "Last Login At", "Last Logged In"), Cell.DAY),
    ),
    user,
    frozenset({NodeKind.ACCOUNT, NodeKind.ROLE, EdgeKind.PART_OF, EdgeKind.HAS_ROLE, EdgeKind.ADMINISTERS}),
    source=_EXPORTING,
    marks=("email", "roles", "api_only"),
    options=(_TENANT,),
)

LAUNCHPOINT = Export(
    "marketo-launchpoint",
    "Marketo: LaunchPoint services",
    "Which services are connected, and as which user each signs in.",
    (
        "Fill it in from Marketo > Admin > Integrations > LaunchPoint: View Details shows the user of each custom "
        "service. Never copy the client id or the secret. It takes admin rights."
    ),
    (
        Column(
            "service", "name of the service", ("Service name", "Display Name"), required=True, example="Webinar sync"
        ),
        Column("type", "kind of service, such as Custom", ("Service type",), example="Custom"),
        Column(
            "api_user",
            "of a custom service: its API-only user",
            ("API Only User",),
            Cell.EMAIL,
            False,
            "api.webinar@example.com",
        ),
        Column("used_by", "what signs in with it", ("Used for", "Vendor"), example="Webinar platform"),
        Column(
            "owner",
            "address of the Marketo user who looks after it",
            ("Owner email",),
            Cell.EMAIL,
            False,
            "d.kim@example.com",
        ),
    ),
    service,
    frozenset(
        {
            NodeKind.ACCOUNT,
            NodeKind.CREDENTIAL,
            NodeKind.INTEGRATION,
            EdgeKind.PART_OF,
            EdgeKind.AUTHENTICATES_WITH,
            EdgeKind.AUTHORIZED_BY,
            EdgeKind.OWNED_BY,
        }
    ),
    How.DECLARED,
    source=_SERVICES,
    marks=("service", "api_user"),
    options=(_TENANT,),
)

EXPORTS = (USERS, LAUNCHPOINT)
