"""Apps, their users and rights, API tokens and API services: one record in, facts out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from connectors.okta.departures import API_TOKEN, CONSENT
from connectors.okta.mapping import last_part
from connectors.okta.products import PRODUCTS, Product
from stackmap.model import EdgeKind, Fact, How, Node, NodeKind, system_id
from stackmap.sdk import NotUnderstoodError, Record, Scope, lookup, text

__all__ = [
    "APP_LOGINS",
    "FAR_PRODUCT",
    "PUSHES",
    "UNKNOWN",
    "api_service",
    "api_token",
    "app",
    "app_user",
    "grant",
    "is_oauth",
    "product_of",
]

APP_LOGINS = "app_logins"
"""Of an Okta user: `<app id>:<the user's id in that app>`, for each app that told it."""

PUSHES = "switches_logins_off"
"""Of an app: whether Okta switches the login in it off together with its user."""

FAR_PRODUCT = "far_product"
"""Of an app: the product at its far end, by its name in ids."""

UNKNOWN = "unknown"
"""The tenant at an app's far end: Okta does not tell it in a form that would meet the product's own."""

_BOOKMARK = "BOOKMARK"  # "just a bookmark (no-authentication)": okta/models/application_sign_on_mode.py
_SIGNED_IN = frozenset({"ACTIVE", "PROVISIONED"})
_OWN_API = "okta."  # all scopes of Okta's own API begin so: developer.okta.com/docs/api/oauth2


def app(row: Record, at: Scope) -> Iterator[Fact]:
    """An app of a product that is known, or one that may call Okta itself (OAuth).

    Whatever else people are only signed in to, hundreds in every org, is passed over, bookmarks among it.
    """
    if product_of(row) is None and not is_oauth(row):
        return
    integration = at.node(NodeKind.INTEGRATION, row["id"], text(row, "label") or str(row["id"]), _properties(row))
    yield integration
    yield at.edge(EdgeKind.PART_OF, integration.id, at.system, row["id"])
    if product := product_of(row):
        far = system_id(product.key, UNKNOWN)
        seen = at.evidence(row["id"], how=How.INFERRED_KEY)
        yield Node(NodeKind.SYSTEM, far, product.title, seen, {"product": product.key, "tenant": UNKNOWN})
        yield at.edge(EdgeKind.CONNECTS, integration.id, far, row["id"], how=How.INFERRED_KEY)


def _properties(row: Record) -> Mapping[str, Any]:
    features = row.get("features")
    status = row.get("status")
    return {
        "app_kind": "service" if lookup(row, "settings.oauthClient.application_type") == "service" else "sso",
        "app_name": text(row, "name"),
        FAR_PRODUCT: product.key if (product := product_of(row)) else None,
        "sign_on": text(row, "signOnMode"),
        "active": status == "ACTIVE" if isinstance(status, str) else None,
        "created_at": text(row, "created"),
        "client_id": text(row, "credentials.oauthClient.client_id"),
        PUSHES: "PUSH_USER_DEACTIVATION" in features if isinstance(features, list) else None,
    }


def is_oauth(row: Record) -> bool:
    """Whether an app has an OAuth client: only such a one can have rights to Okta's API."""
    return lookup(row, "settings.oauthClient") is not None


def product_of(row: Record) -> Product | None:
    """What is at an app's far end. A Salesforce sandbox is not the org that one would think of."""
    if lookup(row, "settings.app.instanceType") == "SANDBOX" or row.get("signOnMode") == _BOOKMARK:
        return None
    return PRODUCTS.get(text(row, "name") or "")


def app_user(row: Record, at: Scope) -> Iterator[Fact]:
    """Which login of an app is which Okta user's, where Okta provisions the app or has imported from it.

    An assignment for signing in alone has no `externalId`: okta/models/app_user.py.
    Raises NotUnderstoodError where it does not say of which app it is.
    """
    number, status = text(row, "externalId"), row.get("status")
    if number is None or status not in _SIGNED_IN:
        return
    app_id = _app_of(row)
    if not app_id:
        raise NotUnderstoodError("it does not say of which app it is")
    # Without a name, so that the one that the users have stands.
    yield at.node(NodeKind.ACCOUNT, row["id"], "", {APP_LOGINS: [f"{app_id}:{number}"]})


def _app_of(row: Record) -> str:
    """The link leads to the app, or to the user below it: `/api/v1/apps/0oa1/users/00u1`."""
    href = lookup(row, "_links.app.href")
    return last_part(href.partition("/users/")[0]) if isinstance(href, str) else ""


def grant(row: Record, at: Scope) -> Iterator[Fact]:
    """A right to Okta's own API that an app has. Consents that only let somebody sign in are passed over.

    One that an administrator gave to the app itself hangs on nobody; who gave it is a clue.
    """
    scope_name = text(row, "scopeId")
    if scope_name is None or row.get("status") == "REVOKED" or not scope_name.startswith(_OWN_API):
        return
    client = text(row, "clientId")
    properties = {"scopes": [scope_name], "client_id": client, "created_at": text(row, "created")}
    node = at.node(NodeKind.GRANT, row["id"], f"{scope_name} for {client or 'an app'}", properties)
    yield node
    yield at.edge(EdgeKind.PART_OF, node.id, at.system, row["id"])
    who = text(row, "userId")
    if row.get("source") != "ADMIN" and who:
        yield at.edge(EdgeKind.AUTHORIZED_BY, node.id, at.id(NodeKind.ACCOUNT, who), row["id"], row=CONSENT)
    elif maker := text(row, "createdBy.id"):
        yield at.edge(EdgeKind.CREATED_BY, node.id, at.id(NodeKind.ACCOUNT, maker), row["id"])


def api_token(row: Record, at: Scope) -> Iterator[Fact]:
    """An API token, and the program that nobody names but that must be there, for it signs in with it.

    Raises NotUnderstoodError, last of all, where it does not say whose it is.
    """
    name = text(row, "name") or str(row["id"])
    properties = {"created_at": text(row, "created"), "expires_at": text(row, "expiresAt")}
    token = at.node(NodeKind.CREDENTIAL, row["id"], name, {**properties, "made_by": text(row, "clientName")})
    program = at.node(NodeKind.INTEGRATION, f"token:{row['id']}", f"Program with API token {name}", _TOKEN_APP)
    yield from (token, program)
    for node in (token, program):
        yield at.edge(EdgeKind.PART_OF, node.id, at.system, row["id"])
    yield at.edge(EdgeKind.AUTHENTICATES_WITH, program.id, token.id, row["id"])
    who = text(row, "userId")
    if who is None:
        raise NotUnderstoodError("it does not say whose it is")
    yield at.edge(EdgeKind.AUTHORIZED_BY, token.id, at.id(NodeKind.ACCOUNT, who), row["id"], row=API_TOKEN)


_TOKEN_APP = {"app_kind": "API token"}


def api_service(row: Record, at: Scope) -> Iterator[Fact]:
    """An API service of the catalogue. It signs in as itself; who added it is a clue."""
    scopes = row.get("grantedScopes")
    properties = {
        "app_kind": "API service",
        "app_name": text(row, "type"),
        "scopes": sorted(map(str, scopes)) if isinstance(scopes, list) else None,
        "created_at": text(row, "createdAt"),
    }
    node = at.node(NodeKind.INTEGRATION, row["id"], text(row, "name") or str(row["id"]), properties)
    yield node
    yield at.edge(EdgeKind.PART_OF, node.id, at.system, row["id"])
    if maker := text(row, "createdBy"):
        yield at.edge(EdgeKind.CREATED_BY, node.id, at.id(NodeKind.ACCOUNT, maker), row["id"])
