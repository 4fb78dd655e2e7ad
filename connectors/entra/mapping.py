"""Users, apps, consents and roles: one record in, facts out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from connectors.entra.departures import CONSENT
from stackmap.model import EdgeKind, Fact, NodeKind
from stackmap.sdk import NotUnderstoodError, Record, Scope, lookup, maps, text

__all__ = [
    "CLIENT",
    "MOST_EXPANDED",
    "OBJECT",
    "application",
    "deleted_user",
    "owners",
    "permission_grant",
    "role_assignment",
    "role_definition",
    "service_principal",
    "user",
]

OBJECT = "object_id"
"""Of an app: the id of its service principal, by which consents name it."""

CLIENT = "client"
"""Of a consent: the service principal that has it."""

MOST_EXPANDED = 20
"""Owners of one app that come with it at most: learn.microsoft.com/graph/query-parameters, Expand."""

# learn.microsoft.com/entra/identity/role-based-access-control/permissions-reference: the id is the same everywhere
_GLOBAL_ADMINISTRATOR = "62e90394-69f5-4237-9190-012177145e10"
_WHOLE_TENANT = "/"
# learn.microsoft.com/troubleshoot/entra/entra-id/governance/verify-first-party-apps-sign-in
_MICROSOFT = frozenset({"f8cdef31-a31e-4b4a-93e4-5f571e91255a", "72f988bf-86f1-41af-91ab-2d7cd011db47"})
# learn.microsoft.com/entra/identity-platform/scopes-oidc; User.Read is what signing in takes of the user's own profile
_TO_SIGN_IN = frozenset({"openid", "profile", "email", "offline_access", "User.Read"})
_OF_A_RESOURCE = "ManagedIdentity"  # api-reference/v1.0/resources/serviceprincipal.md
_A_USER = "#microsoft.graph.user"
_INVITED = "#EXT#"
_MAIL = "smtp:"


def user(row: Record, at: Scope) -> Iterator[Fact]:
    """A user who is there, disabled or not. Raises NotUnderstoodError, last, where it does not say which."""
    enabled = row.get("accountEnabled")
    yield from _account(row, at, {"active": enabled if isinstance(enabled, bool) else None, **_profile(row, at)})
    if not isinstance(enabled, bool):
        raise NotUnderstoodError("it does not say whether the user may sign in")


def deleted_user(row: Record, at: Scope) -> Iterator[Fact]:
    """A user who was deleted less than 30 days ago. The sign-in name has been rewritten, so it is left out."""
    when, email = text(row, "deletedDateTime"), text(row, "mail")
    yield from _account(row, at, {"active": False, "deleted": True, "deactivated_at": when, "email": email})


def _account(row: Record, at: Scope, properties: Mapping[str, Any]) -> Iterator[Fact]:
    name = text(row, "displayName") or text(row, "userPrincipalName") or str(row["id"])
    known = {"directory_id": at.directory_id(row["id"]), **properties}
    account = at.node(NodeKind.ACCOUNT, row["id"], name, known)
    yield account
    yield at.edge(EdgeKind.PART_OF, account.id, at.system, row["id"])


def _profile(row: Record, at: Scope) -> Mapping[str, Any]:
    manager, kind = text(row, "manager.id"), text(row, "userType")
    email, sign_in = text(row, "mail"), _sign_in(row)
    return {
        "email": email or sign_in,
        "aliases": _aliases(row, {email or sign_in}) or None,
        "login": sign_in,
        "manager": at.id(NodeKind.ACCOUNT, manager) if manager else None,
        "title": text(row, "jobTitle"),
        "department": text(row, "department"),
        "employee_id": text(row, "employeeId"),
        "user_type": kind,
        "external": True if kind == "Guest" else None,
        "created_at": text(row, "createdDateTime"),
    }


def _sign_in(row: Record) -> str | None:
    """The sign-in name, which looks like an address. A guest's is made of their address at home, and is none."""
    found = text(row, "userPrincipalName")
    return None if found is None or _INVITED in found else found


def _aliases(row: Record, known: set[str | None]) -> list[str]:
    """Further addresses of this mailbox (`smtp:`), and the sign-in name. Other protocols are no addresses."""
    listed = row.get("proxyAddresses")
    given = [str(item) for item in listed] if isinstance(listed, list) else []
    found = {item[len(_MAIL) :] for item in given if item.lower().startswith(_MAIL)} | {_sign_in(row) or ""}
    said = {item.casefold() for item in known if item}
    return sorted(item for item in found if item and item.casefold() not in said)


def application(row: Record, at: Scope) -> Iterator[Fact]:
    """An app that is registered here, its secrets and its certificates: names, ages and ends, no values.

    Any of them lets it in, so they are alternatives.
    """
    app = at.node(NodeKind.INTEGRATION, row["appId"], text(row, "displayName") or str(row["appId"]), _registered(row))
    yield app
    yield at.edge(EdgeKind.PART_OF, app.id, at.system, row["id"])
    for kind, field in (("client secret", "passwordCredentials"), ("certificate", "keyCredentials")):
        for held in maps(row, field):
            if number := text(held, "keyId"):
                name = text(held, "displayName") or f"{kind} of {app.name}"
                dates = {"created_at": text(held, "startDateTime"), "expires_at": text(held, "endDateTime")}
                secret = at.node(NodeKind.CREDENTIAL, number, name, {"credential_type": kind, **dates})
                yield secret
                yield at.edge(EdgeKind.PART_OF, secret.id, at.system, row["id"])
                yield at.edge(EdgeKind.AUTHENTICATES_WITH, app.id, secret.id, row["id"], slot="own credentials")


def _registered(row: Record) -> Mapping[str, Any]:
    created, audience = text(row, "createdDateTime"), text(row, "signInAudience")
    return {"app_kind": "registered app", "created_at": created, "sign_in": audience}


def service_principal(row: Record, at: Scope) -> Iterator[Fact]:
    """An app as it stands in this tenant. Microsoft's own, hundreds in every tenant, and the identities that Azure
    gives its own resources are passed over.
    """
    publisher = text(row, "appOwnerOrganizationId")
    if publisher in _MICROSOFT or row.get("servicePrincipalType") == _OF_A_RESOURCE:
        return
    enabled = row.get("accountEnabled")
    properties = {
        OBJECT: row["id"],
        "active": enabled if isinstance(enabled, bool) else None,
        "app_kind": None if publisher == at.settings.get("tenant_id") else "enterprise app",
        "publisher": text(row, "verifiedPublisher.displayName"),
        "publisher_tenant": publisher,
        "principal_type": text(row, "servicePrincipalType"),
        "created_at": text(row, "createdDateTime"),
    }
    app = at.node(NodeKind.INTEGRATION, row["appId"], text(row, "displayName") or str(row["appId"]), properties)
    yield app
    yield at.edge(EdgeKind.PART_OF, app.id, at.system, row["id"])


def owners(row: Record, at: Scope) -> Iterator[Fact]:
    """Who answers for an app, of its registration or of its service principal. Programs that own apps are left out.

    Raises NotUnderstoodError, last of all, where there may be more than came.
    """
    if text(row, "appOwnerOrganizationId") in _MICROSOFT or row.get("servicePrincipalType") == _OF_A_RESOURCE:
        return
    app = at.id(NodeKind.INTEGRATION, row["appId"])
    listed = row.get("owners")
    for owner in maps(listed):
        if owner.get("@odata.type", _A_USER) == _A_USER and text(owner, "id"):
            yield at.edge(EdgeKind.OWNED_BY, app, at.id(NodeKind.ACCOUNT, owner["id"]), row["id"])
    if not isinstance(listed, list):
        raise NotUnderstoodError("it does not say who owns it")
    if len(listed) >= MOST_EXPANDED:
        raise NotUnderstoodError(f"{len(listed)} owners came, and Microsoft Graph gives no more than that at a time")


def permission_grant(row: Record, at: Scope) -> Iterator[Fact]:
    """What an app may do as somebody who is signed in: one user who agreed, or everybody, by an administrator's word.

    A consent that only lets people sign in with their Microsoft login is passed over.
    """
    scopes = sorted(str(row.get("scope") or "").split())
    beyond = [scope for scope in scopes if scope not in _TO_SIGN_IN]
    if not beyond:
        return
    kind, who = row.get("consentType"), text(row, "principalId")
    for_all = kind == "AllPrincipals"
    name = f"Consent to {', '.join(beyond[:3])}{' and more' if beyond[3:] else ''}"
    properties = {"scopes": scopes, CLIENT: row["clientId"], "for_everybody": for_all}
    grant = at.node(NodeKind.GRANT, row["id"], name, properties)
    yield grant
    yield at.edge(EdgeKind.PART_OF, grant.id, at.system, row["id"])
    if for_all:
        return
    if who is None:
        raise NotUnderstoodError("it does not say whose consent it is")
    yield at.edge(EdgeKind.AUTHORIZED_BY, grant.id, at.id(NodeKind.ACCOUNT, who), row["id"], row=CONSENT)


def role_definition(row: Record, at: Scope) -> Iterator[Fact]:
    """A directory role, by name."""
    role = at.node(NodeKind.ROLE, row["id"], text(row, "displayName") or str(row["id"]))
    yield role
    yield at.edge(EdgeKind.PART_OF, role.id, at.system, row["id"])


def role_assignment(row: Record, at: Scope) -> Iterator[Fact]:
    """A role that a user holds now, for good or for a time. Roles of groups and programs are left out.

    Global Administrators of the whole tenant administer it. Raises NotUnderstoodError where it does not say what
    holds the role.
    """
    kind = lookup(row, "principal.@odata.type")
    if kind is None:
        raise NotUnderstoodError("it does not say what holds the role")
    if kind != _A_USER:
        return
    account = at.id(NodeKind.ACCOUNT, row["principalId"])
    role = row["roleDefinitionId"]
    scope = text(row, "directoryScopeId")
    within = {"within": scope} if scope != _WHOLE_TENANT else {}
    yield at.edge(EdgeKind.HAS_ROLE, account, at.id(NodeKind.ROLE, role), row["id"], properties=within)
    if role == _GLOBAL_ADMINISTRATOR and scope == _WHOLE_TENANT:
        yield at.edge(EdgeKind.ADMINISTERS, account, at.system, row["id"])
