"""Okta: who is here, which apps and keys there are, and which logins elsewhere go with a person's."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import SplitResult, urlsplit

from connectors.okta import departures
from connectors.okta.access import ACCESS
from connectors.okta.inventories import INVENTORIES, SCOPES
from connectors.okta.joins import joined, reviewed
from stackmap.errors import ConfigError
from stackmap.model import Act, Fact
from stackmap.sdk import Authenticator, Connector, Setting, Settings, api_key
from stackmap.sdk.signing import client_assertion

__all__ = ["CONNECTOR"]


def _org(settings: Settings) -> SplitResult:
    """The org's address. Raises ConfigError for the admin console's, at which the API does not answer."""
    parts = urlsplit(settings["base_url"].strip())
    first, dot, rest = parts.netloc.partition(".")
    if dot and first.endswith("-admin"):
        host = f"{first.removesuffix('-admin')}.{rest}"
        raise ConfigError(f"okta: that is the Admin Console: set base_url to https://{host}")
    return parts


def _base_url(settings: Settings) -> str:
    parts = _org(settings)
    return f"{parts.scheme}://{parts.netloc}"


def _tenant(settings: Settings) -> str:
    return settings.get("tenant") or _org(settings).netloc.lower() or settings["base_url"]


def _authenticate(settings: Settings) -> Authenticator:
    token = settings.get("token", "")
    client = [settings.get(name, "") for name in ("client_id", "private_key")]
    if any(client) == bool(token) or (any(client) and not all(client)):
        raise ConfigError(
            "okta: give either client_id and private_key (of an API Services app), or token (an API token), not both"
        )
    if token:
        return api_key("Authorization", f"SSWS {token}")
    address = f"{_base_url(settings)}/oauth2/v1/token"
    return client_assertion(
        address,
        client_id=client[0],
        key=client[1],
        audience=address,
        scope=settings.get("scopes") or " ".join(SCOPES),
        key_id=settings.get("key_id", ""),
    )


def _collector(settings: Settings, _facts: Sequence[Fact]) -> str:
    return settings.get("key_owner", "") or settings.get("client_id", "")


CONNECTOR = Connector(
    name="okta",
    product="okta",
    title="Okta",
    settings=(
        Setting("base_url", "the org's address, such as https://acme.okta.com, without -admin"),
        Setting("client_id", "client id of an API Services app with a public key", required=False),
        Setting("private_key", "that app's private key, as PEM or JWK", secret=True, required=False),
        Setting("key_id", "the key's id (kid), where the app has several and the key does not say it", required=False),
        Setting("scopes", "the scopes that the app was granted, if not all that are needed", required=False),
        Setting("token", "instead: an API token; it ends with the person who made it", secret=True, required=False),
        Setting("key_owner", "whose token it is, e-mail or name; shown in reports, never sent", required=False),
        Setting("tenant", "a name for this org; without one its host", required=False),
    ),
    base_url=_base_url,
    tenant=_tenant,
    authenticate=_authenticate,
    inventories=INVENTORIES,
    departures=departures.ALL,
    # Only a deactivated user can be deleted: DELETE /api/v1/users/{id} in okta/api/user_api.py of PyPI okta 3.4.6
    usual_act=Act.DEACTIVATED,
    blind_spots=(
        (
            "What lies outside the reader's administrator role, where that is limited to some users, groups or apps: "
            "Okta leaves it out of its lists without a word."
        ),
        "People who were deleted from Okta: it does not list them any more.",
        "Which program uses an API token, and where its value is kept.",
        "Who belongs to which group, and what a group opens.",
        (
            "Apps that people are only signed in to, other than Salesforce, Google Workspace, Slack, Zoom and "
            "Microsoft 365, and their users: they are passed over."
        ),
        "To which org or account of a product an app leads: where there are several, they are not told apart.",
        "What Okta does to a login when it takes somebody out of an app: switching it off, or deleting it.",
        "Rights that users who are no administrators gave to apps.",
        # support.okta.com/help/s/article/Application-Functionality-Breaks-When-an-Admin-is-Deactivated
        (
            "Which administrator authorised an app's connection for provisioning: it can break when that administrator "
            "is deactivated or gets other rights. Look at the provisioning settings of each app."
        ),
        # help.okta.com/en-us/Content/Topics/security/api.htm: a token's permissions change with its creator's
        "What an API token may do: it has the rights of its maker, and changes with them.",
        "Client secrets and keys of apps, and when they end.",
        "Agents and Workflows of Okta, except for the API tokens that they have.",
    ),
    sandbox="connectors.okta.sandbox:standin",
    docs="https://developer.okta.com/docs/api/",
    collector=_collector,
    joins=joined,
    review=reviewed,
    directory=True,
    access=ACCESS,
)
