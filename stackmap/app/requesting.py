"""Asking for access: everything that the mail and the page say, from the connector's own values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from stackmap.app.tiers import judgeable, permissions
from stackmap.declared import Config, ConnectorConfig
from stackmap.declared.config import BASE_URL, told_settings
from stackmap.errors import StackmapError, UsageError
from stackmap.render.calls import call, first_look, posts, query
from stackmap.render.requests import AskedCall, AskedOfPeople, AskedTier, RequestPage
from stackmap.sdk import Access, Connector, Inventory, Limits, Tier

__all__ = ["access_request"]

_NOWHERE = "https://host.invalid"
_USER_AGENT = "stackmap (read-only)"


def access_request(connector: Connector, config: Config, number: int | None = None) -> RequestPage:
    """What is asked for, up to a tier (from 1; None: all). Addresses are those of the settings, where these tell.

    Raises UsageError where there is nothing to ask for, or no such tier.
    """
    access = _access(connector)
    entries = [entry for entry in config.connectors if entry.connector == connector.name]
    tiers = _tiers(connector, access, number, _below(connector, entries))
    names = {one.inventory for tier in tiers for one in tier.calls}
    limits = Limits()
    return RequestPage(
        connector.name,
        connector.title,
        tiers,
        len(access.tiers),
        tuple(_people(access, names)),
        access.never_read,
        access.revoke,
        access.verify,
        _all_hosts(connector, entries),
        tuple(name for name in posts(connector) if name in names),
        connector.per_second,
        sum(item.expected_calls for item in connector.inventories if item.name in names),
        config.settings.quota_floor if connector.quota else None,
        limits.retries,
        limits.wait,
        _USER_AGENT,
    )


def _access(connector: Connector) -> Access:
    if not connector.inventories:
        raise UsageError(
            f"{connector.name} is read from files, so there is nobody to ask for access; where to get them: "
            f"stackmap connectors show {connector.name}"
        )
    if connector.access is None:
        raise UsageError(
            f"the connector {connector.name} does not say how to ask for access; what it calls: "
            f"stackmap connectors show {connector.name}"
        )
    return connector.access


def _tiers(connector: Connector, access: Access, number: int | None, below: str) -> tuple[AskedTier, ...]:
    """The tiers up to a number, or all of them."""
    asked = len(access.tiers) if number is None else number
    if not 1 <= asked <= len(access.tiers):
        raise UsageError(f"{connector.name} has tiers 1 to {len(access.tiers)}")
    return tuple(_tier(connector, at, tier, below) for at, tier in enumerate(access.tiers[:asked], 1))


def _tier(connector: Connector, number: int, tier: Tier, below: str) -> AskedTier:
    listed = [item for item in connector.inventories if item.name in tier.inventories]
    before = {rule.code for rule in judgeable(connector, number - 1)}
    return AskedTier(
        number,
        tier.name,
        permissions(connector, number),
        tier.answers,
        tuple(f"{rule.code} {rule.title}" for rule in judgeable(connector, number) if rule.code not in before),
        tier.grant,
        tier.source,
        tuple(_call(connector, item, below) for item in listed),
    )


def _call(connector: Connector, item: Inventory, below: str) -> AskedCall:
    first = first_look(item, below)
    return AskedCall(item.name, call(connector, item, below), query(item), first, item.needs, item.says)


def _people(access: Access, names: set[str]) -> Iterator[AskedOfPeople]:
    """What the lists that are asked for take of people."""
    for one in access.personal:
        lists = tuple(name for name in one.inventories if name in names)
        if lists:
            yield AskedOfPeople(lists, one.fields, one.of, one.why)


def _base_url(connector: Connector, entry: ConnectorConfig | None) -> str:
    """Where one entry is read, without looking at secrets; "" where the settings do not tell."""
    written = told_settings(entry, connector.settings)
    if BASE_URL not in written:
        return ""
    try:
        return connector.base_url(written)
    except (KeyError, ValueError, StackmapError):
        return ""


def _below(connector: Connector, entries: Sequence[ConnectorConfig]) -> str:
    """The path that all calls lie below."""
    known = next((url for entry in entries if (url := _base_url(connector, entry))), "")
    if not known:
        try:
            known = connector.base_url({**told_settings(None, connector.settings), BASE_URL: _NOWHERE})
        except (KeyError, ValueError, StackmapError):
            return ""
    return urlsplit(known).path.rstrip("/")


def _all_hosts(connector: Connector, entries: Sequence[ConnectorConfig]) -> tuple[str, ...]:
    """The hosts of every entry; without one, those of the connector's defaults."""
    chosen: Sequence[ConnectorConfig | None] = entries or [None]
    return tuple(dict.fromkeys(host for entry in chosen for host in _hosts(connector, entry)))


def _hosts(connector: Connector, entry: ConnectorConfig | None) -> Iterator[str]:
    """The hosts that are called; in brackets where only the reader knows."""
    url = _base_url(connector, entry)
    if url:
        parts = urlsplit(url)
        yield f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"
    else:
        says = next((one.says for one in connector.settings if one.name == BASE_URL), "its address")
        yield f"[{says}]"
    if connector.origins is not None:
        try:
            blanks = {one.name: "" for one in connector.settings}
            yield from connector.origins({**blanks, **told_settings(entry, connector.settings)})
        except (KeyError, ValueError, StackmapError):
            yield "[the vendor's address for signing in]"
