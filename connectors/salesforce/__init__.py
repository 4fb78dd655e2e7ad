"""Salesforce: who works in an org, which applications act in it, and as whom."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import SplitResult, urlsplit

from connectors.salesforce import departures
from connectors.salesforce.access import ACCESS
from connectors.salesforce.blind_spots import BLIND_SPOTS
from connectors.salesforce.exports import EXPORTS
from connectors.salesforce.inventories import INVENTORIES
from connectors.salesforce.joins import joined
from connectors.salesforce.review import read_as, reviewed
from connectors.salesforce.wanted_users import WANTED
from stackmap.errors import ConfigError
from stackmap.model import Act, FixBy, Reach
from stackmap.sdk import (
    Answer,
    Authenticator,
    Connector,
    Setting,
    Settings,
    Trouble,
    bearer,
    client_credentials,
    is_loopback,
    lookup,
)

__all__ = ["CONNECTOR"]

_VERSION = "66.0"
"""Spring '26: the newest release whose lists this connector was written for."""

_NOT_AN_ORG = frozenset({"login.salesforce.com", "test.salesforce.com", "www.salesforce.com"})
_IN_THE_BROWSER = (".lightning.force.com", ".lightning.force.mil", ".salesforce-setup.com")
_USAGE = re.compile(r"api-usage=(\d+)/(\d+)")
_REDACTED = "[REDACTED]"
_REFERENCE = 'command:["sf","org","auth","show-access-token","--target-org","ALIAS","--json"]#result.accessToken'


def _org(settings: Settings) -> SplitResult:
    """The org's own address. Raises ConfigError for addresses at which no org answers the API."""
    parts = urlsplit(settings["base_url"].strip())
    host = (parts.hostname or "").lower()
    if host in _NOT_AN_ORG or host.endswith(_IN_THE_BROWSER):
        raise ConfigError(
            f"salesforce: the API does not answer at {host}: set base_url to the org's My Domain address, such as "
            "https://example.my.salesforce.com (Setup > My Domain)"
        )
    return parts


def _base_url(settings: Settings) -> str:
    parts = _org(settings)
    return f"{parts.scheme}://{parts.netloc}/services/data/v{_VERSION}"


def _tenant(settings: Settings) -> str:
    parts = _org(settings)
    named = settings.get("tenant")
    if named or is_loopback(parts.hostname or ""):
        return named or parts.netloc
    return (parts.hostname or "").partition(".")[0]


def _authenticate(settings: Settings) -> Authenticator:
    client = [settings.get(name, "") for name in ("client_id", "client_secret")]
    token = settings.get("access_token", "")
    if token.startswith(_REDACTED):
        raise ConfigError(
            "salesforce: the access token is a placeholder: the sf command line no longer shows tokens in org "
            f"display; set access_token to {_REFERENCE}"
        )
    if any(client) == bool(token) or (any(client) and not all(client)):
        raise ConfigError(
            "salesforce: give either client_id and client_secret (an external client app with the client credentials "
            f"flow), or access_token (of the sf command line: {_REFERENCE}), and not both"
        )
    if token:
        return bearer(token)
    parts = _org(settings)
    return client_credentials(
        f"{parts.scheme}://{parts.netloc}/services/oauth2/token", *client, in_header=True, check=_of_this_org(parts)
    )


def _of_this_org(parts: SplitResult) -> Callable[[Answer], Trouble | None]:
    def check(answer: Answer) -> Trouble | None:
        """Salesforce names the address at which its token is good. Elsewhere it would be shown to a stranger."""
        given = lookup(answer.body, "instance_url")
        where = urlsplit(given) if isinstance(given, str) else None
        if where is None or where.netloc.lower() == parts.netloc.lower():
            return None
        reason = (
            f"this client signs in to {where.netloc}, not to {parts.netloc}: set base_url to https://{where.netloc}"
        )
        return Trouble(Reach.DENIED, reason, FixBy.OPERATOR, "instance_url")

    return check


def _quota(answer: Answer) -> tuple[int, int] | None:
    found = _USAGE.search(answer.headers.get("sforce-limit-info", ""))
    return (int(found[1]), int(found[2])) if found else None


CONNECTOR = Connector(
    name="salesforce",
    product="salesforce",
    title="Salesforce",
    settings=(
        Setting("base_url", "the org's My Domain address, such as https://example.my.salesforce.com"),
        Setting("client_id", "consumer key of an external client app with the client credentials flow", required=False),
        Setting("client_secret", "that app's consumer secret", secret=True, required=False),
        Setting(
            "access_token",
            f"instead of both: an access token, such as the sf command line's ({_REFERENCE})",
            secret=True,
            required=False,
        ),
        Setting("tenant", "a name for this org; without one the first part of its My Domain", required=False),
    ),
    base_url=_base_url,
    tenant=_tenant,
    authenticate=_authenticate,
    inventories=INVENTORIES,
    departures=(*departures.ALL, *WANTED),
    # Users cannot be deleted: help.salesforce.com, Considerations for Deactivating Users
    usual_act=Act.DEACTIVATED,
    never_done=dict.fromkeys((Act.REMOVED, Act.TRANSFERRED), departures.NEVER_REMOVED),
    blind_spots=BLIND_SPOTS,
    sandbox="connectors.salesforce.sandbox:standin",
    demo="demo.json",
    docs="https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/",
    also_called=("Salesforce CRM", "Salesforce Sales Cloud", "SFDC"),
    quota=_quota,
    collector=read_as,
    joins=joined,
    review=reviewed,
    exports=EXPORTS,
    access=ACCESS,
)
