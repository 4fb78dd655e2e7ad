"""Microsoft Entra: who is here, which apps there are, as whom they act, and when their secrets end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from urllib.parse import quote, urlsplit

from connectors.entra import departures
from connectors.entra.access import ACCESS
from connectors.entra.inventories import INVENTORIES
from connectors.entra.joins import joined
from stackmap.model import Act, Fact
from stackmap.sdk import Authenticator, Connector, Setting, Settings, client_credentials

__all__ = ["CONNECTOR"]

_GRAPH = "graph.microsoft.com"
_VERSION = "/v1.0"
# learn.microsoft.com/graph/deployments: each cloud has its own Graph and its own place for tokens
_LOGINS: Mapping[str, str] = MappingProxyType(
    {
        _GRAPH: "https://login.microsoftonline.com",
        "graph.microsoft.us": "https://login.microsoftonline.us",
        "dod-graph.microsoft.us": "https://login.microsoftonline.us",
        "microsoftgraph.chinacloudapi.cn": "https://login.chinacloudapi.cn",
    }
)


def _base_url(settings: Settings) -> str:
    given = settings["base_url"].strip().rstrip("/")
    return given if urlsplit(given).path else f"{given}{_VERSION}"


def _host(settings: Settings) -> str:
    return (urlsplit(settings["base_url"].strip()).hostname or "").lower()


def _login(settings: Settings) -> str:
    """Where tokens are had: of each cloud its own place, of anything else (a stand-in, say) the same address."""
    parts = urlsplit(settings["base_url"].strip())
    return _LOGINS.get(_host(settings), f"{parts.scheme}://{parts.netloc}")


def _tenant(settings: Settings) -> str:
    return settings.get("tenant") or settings["tenant_id"].strip().lower()


def _authenticate(settings: Settings) -> Authenticator:
    resource = _host(settings) if _host(settings) in _LOGINS else _GRAPH
    return client_credentials(
        f"{_login(settings)}/{quote(settings['tenant_id'].strip(), safe='')}/oauth2/v2.0/token",
        settings["client_id"],
        settings["client_secret"],
        extra={"scope": f"https://{resource}/.default"},
    )


def _collector(settings: Settings, _facts: Sequence[Fact]) -> str:
    return f"app {settings['client_id']}"


CONNECTOR = Connector(
    name="entra",
    product="entra",
    title="Microsoft Entra",
    settings=(
        Setting("tenant_id", "the directory (tenant) id"),
        Setting("client_id", "the application (client) id of the app that reads"),
        Setting("client_secret", "that app's client secret", secret=True),
        Setting("tenant", "a name for this tenant; without one its id", required=False),
        Setting(
            "base_url",
            "where Microsoft Graph is, of a national cloud its own address",
            required=False,
            default=f"https://{_GRAPH}{_VERSION}",
        ),
    ),
    base_url=_base_url,
    tenant=_tenant,
    authenticate=_authenticate,
    inventories=INVENTORIES,
    departures=departures.ALL,
    # learn.microsoft.com/entra/identity/users/users-revoke-access: the first step is to disable the user
    usual_act=Act.DEACTIVATED,
    blind_spots=(
        "People deleted more than 30 days ago: Entra forgets them.",
        "Who belongs to which group, and roles that are given to groups.",
        "Who may activate a role when needed (Privileged Identity Management).",
        # learn.microsoft.com/graph/api/resources/privilegedidentitymanagementv3-overview: activating makes an
        # assignment for a time, and the list of assignments does not tell it from one for good
        (
            "Whether a role is held for good or only for a time: somebody who activated one for an hour counts as "
            "holding it."
        ),
        "Whether an app still uses a consent, and which program holds a secret.",
        "Rights that apps have of their own (application permissions): they hang on nobody.",
        "Owners that are programs, and owners beyond the twentieth of an app.",
        "Certificates with which an enterprise app signs people in (SAML), and when they end.",
        "Logins that Entra switches off in other systems (provisioning).",
        "Microsoft's own apps, and the identities that Azure gives its resources.",
    ),
    sandbox="connectors.entra.sandbox:standin",
    docs="https://learn.microsoft.com/graph/api/overview",
    origins=lambda settings: (_login(settings),),
    collector=_collector,
    joins=joined,
    directory=True,
    access=ACCESS,
)
