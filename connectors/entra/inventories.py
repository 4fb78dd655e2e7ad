"""What is asked of Microsoft Graph, list by list.

Paths, fields and application permissions: microsoftgraph/microsoft-graph-docs-contrib, api-reference/v1.0/api and
resources (learn.microsoft.com/graph/api). Pages: `@odata.nextLink`, followed as it stands. Of users only the fields
that are selected come.
"""

from __future__ import annotations

from functools import partial

from connectors.entra import mapping
from stackmap.model import EdgeKind, NodeKind
from stackmap.sdk import Get, Inventory, link

__all__ = ["INVENTORIES"]

_MOST = 999
_list = partial(Inventory, records="value", pages=link("@odata.nextLink"))
"""Every list of Microsoft Graph holds its rows and its next page in the same places."""
_PROFILE = (
    "id,displayName,userPrincipalName,mail,accountEnabled,userType,employeeId,department,jobTitle,proxyAddresses,"
    "createdDateTime"
)
_OWNERS = "owners($select=id)"


def _columns(path: str, select: str, expand: str | None = None) -> Get:
    return Get(path, {"$select": select, "$expand": expand, "$top": _MOST})


_PEOPLE: frozenset[NodeKind | EdgeKind] = frozenset({NodeKind.ACCOUNT, EdgeKind.PART_OF})

USERS = _list(
    "users",
    # api-reference/v1.0/api/user-list-manager.md: a nested $select takes $levels with it
    _columns("/users", _PROFILE, "manager($levels=1;$select=id)"),
    mapping.user,
    emits=_PEOPLE,
    lists=frozenset({NodeKind.ACCOUNT}),
    needs=("User.Read.All",),
    says="Users, disabled ones and guests too, and who their managers are.",
)

DELETED_USERS = _list(
    "deleted-users",
    _columns("/directory/deletedItems/microsoft.graph.user", "id,displayName,mail,deletedDateTime"),
    mapping.deleted_user,
    emits=_PEOPLE,
    lists=frozenset(),
    needs=("User.Read.All",),
    says="Users deleted in the last 30 days.",
)

APPLICATIONS = _list(
    "applications",
    _columns("/applications", "id,appId,displayName,createdDateTime,signInAudience,passwordCredentials,keyCredentials"),
    mapping.application,
    emits=frozenset({NodeKind.CREDENTIAL, NodeKind.INTEGRATION, EdgeKind.AUTHENTICATES_WITH, EdgeKind.PART_OF}),
    lists=frozenset({NodeKind.CREDENTIAL, NodeKind.INTEGRATION}),
    needs=("Application.Read.All",),
    says="Apps registered in this tenant, and when their secrets and certificates end.",
    required=("id", "appId"),
)

APPLICATION_OWNERS = _list(
    "application-owners",
    _columns("/applications", "id,appId", _OWNERS),
    mapping.owners,
    emits=frozenset({EdgeKind.OWNED_BY}),
    needs=("Application.Read.All",),
    says="Who owns each app's registration, up to 20 owners each.",
    required=("id", "appId"),
)

SERVICE_PRINCIPALS = _list(
    "service-principals",
    _columns(
        "/servicePrincipals",
        "id,appId,displayName,accountEnabled,appOwnerOrganizationId,servicePrincipalType,verifiedPublisher,"
        "createdDateTime",
    ),
    mapping.service_principal,
    emits=frozenset({NodeKind.INTEGRATION, EdgeKind.PART_OF}),
    lists=frozenset({NodeKind.INTEGRATION}),
    needs=("Application.Read.All",),
    says="Apps as they stand in this tenant, those of other vendors too, without Microsoft's and Azure's own.",
    required=("id", "appId"),
)

SERVICE_PRINCIPAL_OWNERS = _list(
    "service-principal-owners",
    _columns("/servicePrincipals", "id,appId,appOwnerOrganizationId,servicePrincipalType", _OWNERS),
    mapping.owners,
    emits=frozenset({EdgeKind.OWNED_BY}),
    needs=("Application.Read.All",),
    says="Who owns each app as it stands in this tenant, up to 20 owners each.",
    required=("id", "appId"),
)

PERMISSION_GRANTS = _list(
    "permission-grants",
    Get("/oauth2PermissionGrants", {"$top": _MOST}),
    mapping.permission_grant,
    emits=frozenset({NodeKind.GRANT, EdgeKind.AUTHENTICATES_WITH, EdgeKind.AUTHORIZED_BY, EdgeKind.PART_OF}),
    lists=frozenset({NodeKind.GRANT, EdgeKind.AUTHORIZED_BY}),
    needs=("Directory.Read.All",),
    says="Which apps may act as which user, or as everybody. Consents that only let people sign in are passed over.",
    required=("id", "clientId"),
)

DIRECTORY_ROLES = _list(
    "directory-roles",
    Get("/roleManagement/directory/roleDefinitions", {"$select": "id,displayName"}),
    mapping.role_definition,
    emits=frozenset({NodeKind.ROLE, EdgeKind.PART_OF}),
    lists=frozenset({NodeKind.ROLE}),
    needs=("RoleManagement.Read.Directory",),
    says="Directory roles by name.",
)

ROLE_ASSIGNMENTS = _list(
    "role-assignments",
    Get("/roleManagement/directory/roleAssignments", {"$expand": "principal"}),
    mapping.role_assignment,
    emits=frozenset({EdgeKind.ADMINISTERS, EdgeKind.HAS_ROLE}),
    needs=("RoleManagement.Read.Directory",),
    says="Who holds which role now, for good or for a time; who may only activate one is not asked.",
    required=("id", "principalId", "roleDefinitionId"),
)

INVENTORIES = (
    USERS,
    DELETED_USERS,
    APPLICATIONS,
    APPLICATION_OWNERS,
    SERVICE_PRINCIPALS,
    SERVICE_PRINCIPAL_OWNERS,
    PERMISSION_GRANTS,
    DIRECTORY_ROLES,
    ROLE_ASSIGNMENTS,
)
