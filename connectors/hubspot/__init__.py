"""HubSpot: users and their rights, workflows, and the apps and keys that the account's own log tells of."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import replace

from connectors.hubspot import departures, joins
from connectors.hubspot.access import ACCESS
from connectors.hubspot.exports import EXPORTS
from connectors.hubspot.inventories import INVENTORIES
from connectors.hubspot.versions import PATHS
from stackmap.model import Act
from stackmap.sdk import Answer, Ask, Authenticator, Connector, ReadPost, Setting, Settings, bearer

__all__ = ["CONNECTOR"]


def _base_url(settings: Settings) -> str:
    return settings["base_url"].strip().rstrip("/")


def _tenant(settings: Settings) -> str:
    return settings["tenant"].strip()


def _authenticate(settings: Settings) -> Authenticator:
    """A bearer token; the one call that tells whose token it is wants it in its body as well."""
    token = settings["token"]
    signed = bearer(token)

    def sign(ask: Ask) -> Generator[Ask, Answer, None]:
        if isinstance(ask, ReadPost) and ask.path == PATHS["own-token"]:
            return signed(replace(ask, body={"tokenKey": token}))
        return signed(ask)

    return sign


def _quota(answer: Answer) -> tuple[int, int] | None:
    """Calls of the day; OAuth calls do not tell."""
    allowed = answer.headers.get("x-hubspot-ratelimit-daily", "")
    remaining = answer.headers.get("x-hubspot-ratelimit-daily-remaining", "")
    if not allowed.isdecimal() or not remaining.isdecimal() or int(allowed) == 0:
        return None
    return int(allowed) - int(remaining), int(allowed)


CONNECTOR = Connector(
    name="hubspot",
    product="hubspot",
    title="HubSpot",
    settings=(
        Setting(
            "token",
            "a service key, made by somebody with Developer tools access who has its scopes; or the token of a project "
            "app, or of a private app that exists already",
            secret=True,
        ),
        Setting("tenant", "the portal id (Hub ID), or a name for this account"),
        Setting("base_url", "where the API is", required=False, default="https://api.hubapi.com"),
    ),
    base_url=_base_url,
    tenant=_tenant,
    authenticate=_authenticate,
    inventories=INVENTORIES,
    departures=departures.ALL,
    usual_act=Act.DEACTIVATED,
    blind_spots=(
        (
            "Which apps are installed, and which private apps, service keys and MCP apps there are: no call lists "
            "them. The security log tells of those that somebody touched since it begins, by number, without names."
        ),
        "How far back the security log reaches: nothing in it proves that there is nothing else.",
        "Whether something still uses a key or an app, and where its value is kept.",
        "What an app may do: only the scopes of the token that reads.",
        "Accounts for ads and social media, mailboxes, calendars and shared inboxes that people have connected.",
        "As which Salesforce user the Salesforce integration signs in, and whether it is still switched on.",
        "Who made workflows of companies, deals, tickets and custom objects, except by the audit log of Enterprise.",
        "Users deactivated who never owned a record: the users do not say that they are.",
        "As whom a workflow's custom code acts: HubSpot shows the names of its secrets, never their values.",
    ),
    sandbox="connectors.hubspot.sandbox:standin",
    demo="demo.json",
    per_second=8.0,
    quota=_quota,
    docs="https://developers.hubspot.com/docs/api-reference/latest/overview",
    collector=joins.read_as,
    joins=joins.joins,
    review=joins.review,
    exports=EXPORTS,
    access=ACCESS,
)
