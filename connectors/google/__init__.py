"""Google Workspace: who is here, who administers, and which apps people let in, through the Directory API."""

from __future__ import annotations

from collections.abc import Sequence

from connectors.google import departures, joins
from connectors.google.asked import ACCESS, BLIND_SPOTS
from connectors.google.inventories import INVENTORIES
from connectors.google.signing_in import BASE_URL, authenticate, base_url, token_origin
from stackmap.model import Act, Fact
from stackmap.sdk import Connector, Setting, Settings

__all__ = ["CONNECTOR"]


def _tenant(settings: Settings) -> str:
    known = joins.checked(settings)
    return known.get("tenant") or known["admin"].strip().rpartition("@")[2].casefold()


def _collector(settings: Settings, _facts: Sequence[Fact]) -> str:
    """The reading itself ends with the administrator for whom the service account speaks."""
    return settings.get("admin", "").strip()


CONNECTOR = Connector(
    name="google-workspace",
    product="google-workspace",
    title="Google Workspace",
    settings=(
        Setting("key", "the service account's key: the whole JSON file (file:PATH)", secret=True),
        Setting("admin", "the address of the administrator for whom the service account speaks"),
        Setting("tenant", "a name for this Workspace; without one the domain of admin", required=False),
        Setting(
            "tokens_of",
            "whose apps are asked for, one call per user: admins, all, or org_units:/Marketing,/RevOps",
            required=False,
            default="admins",
        ),
        Setting(
            "suspended_means",
            "what an administrator's suspension says: away (may come back), or left, where leavers stay suspended",
            required=False,
            default="away",
        ),
        Setting("base_url", "where the API is, if not at Google's own address", required=False, default=BASE_URL),
        Setting("token_url", "where tokens are had, if not at Google's own address", required=False),
    ),
    base_url=base_url,
    tenant=_tenant,
    authenticate=authenticate,
    inventories=INVENTORIES,
    departures=departures.ALL,
    # Google's advice for leavers ends with deleting the account:
    # knowledge.workspace.google.com/admin/users/maintain-data-security-after-an-employee-leaves
    usual_act=Act.REMOVED,
    blind_spots=BLIND_SPOTS,
    sandbox="connectors.google.sandbox:standin",
    # 2,400 calls a minute and user: developers.google.com/workspace/admin/directory/v1/limits
    per_second=20.0,
    docs="https://developers.google.com/workspace/admin/directory/reference/rest/v1",
    origins=token_origin,
    collector=_collector,
    joins=joins.managers,
    review=joins.review,
    directory=True,
    access=ACCESS,
)
