"""What is asked of Okta, list by list.

Paths, page sizes and fields: the management API as Okta's Python client has it (PyPI okta 3.4.6, okta/api and
okta/models). Scopes: developer.okta.com/docs/api/oauth2. Pages: the `Link` header, followed as it stands.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from urllib.parse import quote

from connectors.okta import mapping, mapping_apps
from stackmap.model import EdgeKind, NodeKind
from stackmap.sdk import Get, Inventory, Per, Record, link, link_header

__all__ = ["INVENTORIES", "SCOPES"]

_MOST_USERS = 200
_MOST_APP_USERS = 500
_SERVICES = "/integrations/api/v1/api-services"

_PEOPLE: frozenset[NodeKind | EdgeKind] = frozenset({NodeKind.ACCOUNT, EdgeKind.PART_OF})

USERS = Inventory(
    "users",
    Get("/api/v1/users", {"limit": _MOST_USERS}),
    mapping.user,
    emits=_PEOPLE,
    # Without a filter Okta leaves the deactivated ones out (okta/api/user_api.py): absence needs both lists.
    lists=frozenset({NodeKind.ACCOUNT}),
    needs=("okta.users.read",),
    says="Users who have not left: active, locked, suspended and invited ones. Deactivated ones are another list.",
    pages=link_header(),
)

DEPROVISIONED = Inventory(
    "deprovisioned-users",
    Get("/api/v1/users", {"limit": _MOST_USERS, "filter": 'status eq "DEPROVISIONED"'}),
    mapping.user,
    emits=_PEOPLE,
    lists=frozenset({NodeKind.ACCOUNT}),
    needs=("okta.users.read",),
    says="Users who were deactivated: who has left, as far as nobody deleted them.",
    pages=link_header(),
)

GROUPS = Inventory(
    "groups",
    Get("/api/v1/groups", {"limit": _MOST_USERS}),
    mapping.group,
    emits=frozenset({NodeKind.GROUP, EdgeKind.PART_OF}),
    lists=frozenset({NodeKind.GROUP}),
    needs=("okta.groups.read",),
    says="Groups by name. Who belongs to them is not asked.",
    pages=link_header(),
)

APPS = Inventory(
    "apps",
    Get("/api/v1/apps", {"limit": _MOST_USERS}),
    mapping_apps.app,
    emits=frozenset({NodeKind.INTEGRATION, NodeKind.SYSTEM, EdgeKind.CONNECTS, EdgeKind.PART_OF}),
    lists=frozenset({NodeKind.INTEGRATION, EdgeKind.CONNECTS}),
    needs=("okta.apps.read",),
    says="Apps of products that are known, and apps that may call Okta. All others are passed over.",
    pages=link_header(),
)


def _below(path: str, wanted: Callable[[Record], bool], **params: int) -> Callable[[Sequence[Record]], Iterator[Get]]:
    """A request for each of the wanted records, with its id in the path."""

    def requests(rows: Sequence[Record]) -> Iterator[Get]:
        for row in rows:
            if isinstance(row.get("id"), str) and row["id"] and wanted(row):
                yield Get(path.format(quote(row["id"], safe="")), params)

    return requests


def _per(parent: str, path: str, wanted: Callable[[Record], bool], **params: int) -> Per:
    return Per(parent, _below(path, wanted, **params), path=path.format("{id}"))


def _has_logins(row: Record) -> bool:
    product = mapping_apps.product_of(row)
    return row.get("status") == "ACTIVE" and product is not None and product.keeps_ids


def _everybody(_row: Record) -> bool:
    return True


APP_USERS = Inventory(
    "app-users",
    _per("apps", "/api/v1/apps/{}/users", _has_logins, limit=_MOST_APP_USERS),
    mapping_apps.app_user,
    emits=frozenset({NodeKind.ACCOUNT, EdgeKind.PART_OF, EdgeKind.PROVISIONED_BY}),
    lists=frozenset({EdgeKind.PROVISIONED_BY}),
    needs=("okta.apps.read",),
    says="Who has which login in Salesforce, Google Workspace, Slack and Zoom, where Okta provisions or imports them.",
    pages=link_header(),
)

_RIGHTS: frozenset[NodeKind | EdgeKind] = frozenset(
    {
        NodeKind.GRANT,
        EdgeKind.AUTHENTICATES_WITH,
        EdgeKind.AUTHORIZED_BY,
        EdgeKind.CREATED_BY,
        EdgeKind.PART_OF,
    }
)

APP_GRANTS = Inventory(
    "app-grants",
    _per("apps", "/api/v1/apps/{}/grants", mapping_apps.is_oauth),
    mapping_apps.grant,
    emits=_RIGHTS,
    lists=frozenset(),
    needs=("okta.appGrants.read",),
    says="Rights to Okta's own API that apps were given: one call per OAuth app.",
)

API_SERVICES = Inventory(
    "api-services",
    Get(_SERVICES),
    mapping_apps.api_service,
    emits=frozenset({NodeKind.INTEGRATION, EdgeKind.CREATED_BY, EdgeKind.PART_OF}),
    lists=frozenset({NodeKind.INTEGRATION}),
    needs=("okta.oauthIntegrations.read",),
    says="API services of the catalogue that were added, and their rights.",
    pages=link_header(),
)

API_TOKENS = Inventory(
    "api-tokens",
    Get("/api/v1/api-tokens"),
    mapping_apps.api_token,
    emits=frozenset(
        {
            NodeKind.CREDENTIAL,
            NodeKind.INTEGRATION,
            EdgeKind.AUTHENTICATES_WITH,
            EdgeKind.AUTHORIZED_BY,
            EdgeKind.PART_OF,
        }
    ),
    lists=frozenset({NodeKind.CREDENTIAL, NodeKind.INTEGRATION}),
    needs=("okta.apiTokens.read",),
    says="API tokens by name, their creators and expiry, never their values.",
)

ADMINISTRATORS = Inventory(
    "administrators",
    Get("/api/v1/iam/assignees/users", {"limit": 100}),
    mapping.administrator,
    emits=frozenset({NodeKind.ACCOUNT}),
    lists=frozenset(),
    needs=("okta.roles.read", "a role that may view administrators"),
    says="Ids of the users who have an administrator role, by themselves or by a group.",
    records="value",
    pages=link("_links.next.href"),
)

ADMINISTRATOR_ROLES = Inventory(
    "administrator-roles",
    _per("administrators", "/api/v1/users/{}/roles", _everybody),
    mapping.assigned_role,
    emits=frozenset({NodeKind.ROLE, EdgeKind.ADMINISTERS, EdgeKind.HAS_ROLE, EdgeKind.PART_OF}),
    lists=frozenset({EdgeKind.ADMINISTERS, EdgeKind.HAS_ROLE}),
    needs=("okta.roles.read", "a role that may view administrators"),
    says="Their roles: one call per administrator.",
    required=("id", "type"),
)

ADMINISTRATOR_GRANTS = Inventory(
    "administrator-grants",
    _per("administrators", "/api/v1/users/{}/grants", _everybody, limit=_MOST_USERS),
    mapping_apps.grant,
    emits=_RIGHTS,
    # Of administrators alone: it proves nothing about everybody else.
    lists=frozenset(),
    # dist/2024.10.1/management-minimal.yaml, listUserGrants, of okta/okta-management-openapi-spec: not appGrants.read
    needs=("okta.users.read",),
    says="Apps to which administrators gave rights to Okta's own API: one call per administrator.",
    pages=link_header(),
)

INVENTORIES = (
    USERS,
    DEPROVISIONED,
    GROUPS,
    APPS,
    APP_USERS,
    APP_GRANTS,
    API_SERVICES,
    API_TOKENS,
    ADMINISTRATORS,
    ADMINISTRATOR_ROLES,
    ADMINISTRATOR_GRANTS,
)

SCOPES = tuple(sorted({need for item in INVENTORIES for need in item.needs if need.startswith("okta.")}))
"""All scopes that a service app needs to be read with."""
