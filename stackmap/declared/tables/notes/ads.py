"""Ads accounts: whose login each is connected with, and when that has to be renewed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from stackmap.declared.tables.notes.wording import Somebody, Told, somebody
from stackmap.model import Certainty, EdgeKind, Fact, How, NodeKind, Outcome, Outcomes
from stackmap.sdk import Cell, Column, Export, NotUnderstoodError, Row, Scope

__all__ = ["ADS_ACCOUNTS", "ads_account"]

_TILL_RENEWED = Outcomes.always(Outcome.LATER, Certainty.POSSIBLE)
"""A connection lasts until it expires or the login's password changes, as vendors of integrations tell of their own:
https://support.demandbase.com/hc/en-us/articles/360053061412-Understanding-LinkedIn-Access-Tokens (a year) and
https://help.lattice-engines.com/hc/en-us/articles/4642633316887 (others, by days without use); a new password
disconnects, too: https://sprinklr.com/help/articles/troubleshooting-faqs/
what-can-cause-linkedin-ad-accounts-to-deactivate/64008cd032d12b63c5f560ab. No ads platform's own page was found on what
happens when the login itself goes, so this is possible and no more."""


def ads_account(row: Row, at: Scope) -> Iterator[Fact]:
    """An ads account, its administrators, and the consent by which it is connected."""
    called = row.get("account_id") or row.get("name")
    if not called:
        raise NotUnderstoodError("it has neither an account id nor a name")
    told, platform = Told.of(at, called), row["platform"]
    admins = [somebody(one) for one in row.get("admins", ())]
    connected_by = somebody(row["connected_by"]) if "connected_by" in row else None
    expires = _day(row.get("expires_on"))
    node_id = told.id(NodeKind.INTEGRATION, platform, "ads-account:")
    name = f"{platform}: {row.get('name') or called}"
    properties = {"app_kind": "ads account", "used_for": row.get("used_for"), "expires_at": expires}
    yield from told.within(told.node(NodeKind.INTEGRATION, node_id, name, properties), platform)
    yield from told.flows(EdgeKind.CONNECTS, node_id, row.get("connected_to", ()))
    for admin in admins:
        yield from told.login_facts(platform, admin)
        yield told.edge(EdgeKind.ADMINISTERS, told.login(platform, admin), node_id)
    if connected_by:
        made = {"created_at": _day(row.get("connected_on")), "expires_at": expires}
        yield from _consent(told, platform, node_id, connected_by, made)


def _consent(told: Told, platform: str, account: str, who: Somebody, made: dict[str, Any]) -> Iterator[Fact]:
    grant_id = told.id(NodeKind.GRANT, platform, "ads-account:")
    yield from told.login_facts(platform, who)
    yield from told.within(told.node(NodeKind.GRANT, grant_id, f"Connection of {platform}", made), platform)
    yield told.edge(EdgeKind.AUTHENTICATES_WITH, account, grant_id, slot=platform.casefold())
    yield told.edge(EdgeKind.AUTHORIZED_BY, grant_id, told.login(platform, who), _TILL_RENEWED)


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


ADS_ACCOUNTS = Export(
    "ads-accounts",
    "Ads accounts",
    "Which ads accounts are connected, with whose login, and until when.",
    "Fill it in from the ads platforms' screens for accounts and users, and from what they are connected to.",
    (
        Column("platform", "the ads platform", ("Network", "Ads platform"), required=True, example="Google Ads"),
        Column("account_id", "number of the account", ("Account", "Customer ID"), example="123-456-7890"),
        Column("name", "what it is called", ("Account name",), example="EMEA search"),
        Column(
            "admins",
            "who administers it: Name <address>, several one after another",
            ("Administrators", "Other users"),
            Cell.LIST,
            example="Dana Kim <d.kim@example.com>",
        ),
        Column(
            "connected_by",
            "with whose login it was connected: Name <address>",
            ("Authorised by", "Authorized by", "Primary user"),
            example="Dana Kim <d.kim@example.com>",
        ),
        Column("connected_on", "day on which it was connected", ("Connected",), Cell.DAY, example="2026-03-01"),
        Column("expires_on", "day on which that ends", ("Expires", "Expiry"), Cell.DAY, example="2027-03-01"),
        Column("connected_to", "systems that it is connected to", ("Connected with",), Cell.LIST, example="HubSpot"),
        Column("used_for", "what it is for", ("Purpose",), example="Search campaigns in EMEA"),
    ),
    ads_account,
    frozenset(
        {
            NodeKind.SYSTEM,
            NodeKind.ACCOUNT,
            NodeKind.INTEGRATION,
            NodeKind.GRANT,
            EdgeKind.PART_OF,
            EdgeKind.CONNECTS,
            EdgeKind.ADMINISTERS,
            EdgeKind.AUTHENTICATES_WITH,
            EdgeKind.AUTHORIZED_BY,
        }
    ),
    How.DECLARED,
    marks=("platform", "account_id", "connected_by"),
)
