"""SCIM 2.0 (RFC 7643, 7644): the users and groups of any server that speaks it."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from connectors.scim import mapping
from connectors.scim.asked import ACCESS, BLIND_SPOTS
from connectors.scim.paging import counted, resources
from stackmap.errors import ConfigError
from stackmap.model import Act, EdgeKind, NodeKind
from stackmap.sdk import Authenticator, Connector, Get, Inventory, Setting, Settings, bearer

__all__ = ["CONNECTOR"]

_MEDIA = {"Accept": "application/scim+json"}
_DIRECTORY = (
    "yes or no. Yes says that its users are those who work here: whoever is switched off in it has left, and that "
    "counts in every other system. No says that it is the login list of one application: whoever is switched off in "
    "it has lost that login, and nothing more is concluded"
)
_SYSTEM_OF = re.compile(r"[^/:\s]+/[^/\s]+")


def _base_url(settings: Settings) -> str:
    return settings["base_url"].strip().rstrip("/")


def _tenant(settings: Settings) -> str:
    if settings.get("directory") not in {None, "yes", "no"}:
        raise ConfigError(f"scim: directory is {_DIRECTORY}")
    outside = settings.get("external_ids_of", "")
    if outside and not _SYSTEM_OF.fullmatch(outside):
        raise ConfigError("scim: external_ids_of names a directory as product/tenant, such as okta/acme.okta.com")
    return settings.get("tenant") or urlsplit(_base_url(settings)).netloc.rpartition("@")[2] or _base_url(settings)


def _authenticate(settings: Settings) -> Authenticator:
    return bearer(settings["token"])


CONFIG = Inventory(
    "config",
    Get("/ServiceProviderConfig", headers=_MEDIA),
    mapping.config,
    emits=frozenset({NodeKind.SYSTEM}),
    lists=frozenset(),
    needs=("any token",),
    says="What the server can do, as it says itself.",
    absent_on=frozenset({404, 501}),
    required=(),
)

USERS = Inventory(
    "users",
    Get("/Users", headers=_MEDIA),
    mapping.user,
    emits=frozenset(
        {
            NodeKind.ACCOUNT,
            NodeKind.ROLE,
            NodeKind.SYSTEM,
            EdgeKind.ADMINISTERS,
            EdgeKind.HAS_ROLE,
            EdgeKind.PART_OF,
        }
    ),
    lists=frozenset({NodeKind.ACCOUNT}),
    needs=("reading users",),
    says="Users: switched on or not, addresses, manager, department, roles.",
    records=resources,
    pages=counted(),
)

GROUPS = Inventory(
    "groups",
    Get("/Groups", headers=_MEDIA),
    mapping.group,
    emits=frozenset({NodeKind.GROUP, EdgeKind.MEMBER_OF, EdgeKind.PART_OF}),
    lists=frozenset({NodeKind.GROUP}),
    needs=("reading groups",),
    says="Groups and who is in them.",
    records=resources,
    pages=counted(mapping.groups_noted),
    absent_on=frozenset({404, 501}),
)

CONNECTOR = Connector(
    name="scim",
    product="scim",
    title="SCIM",
    settings=(
        Setting("base_url", "the SCIM address with its version, such as https://host.example/scim/v2"),
        Setting("token", "a token that may read users and groups", secret=True),
        Setting("tenant", "a name for this server; without one its host and port", required=False),
        # No default: a server of either sort looks the same, and a wrong guess would call people gone.
        Setting("directory", _DIRECTORY),
        Setting(
            "external_ids_of",
            "the directory whose ids stand in externalId, as product/tenant, such as okta/acme.okta.com: the tenant is "
            "what that directory's own settings call it, its host where they do not",
            required=False,
        ),
    ),
    base_url=_base_url,
    tenant=_tenant,
    authenticate=_authenticate,
    inventories=(CONFIG, USERS, GROUPS),
    departures=(),
    # A client takes access away by setting `active` to false: RFC 7643, section 4.1.1
    usual_act=Act.DEACTIVATED,
    blind_spots=BLIND_SPOTS,
    sandbox="connectors.scim.sandbox:standin",
    docs="https://www.rfc-editor.org/rfc/rfc7644",
    access=ACCESS,
)
