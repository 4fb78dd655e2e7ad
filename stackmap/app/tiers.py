"""Tiers of access: which permissions each adds, which rules it lets us judge, and how far a source has come."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from stackmap.collect import FoundConnectors
from stackmap.declared import Config
from stackmap.model import Coverage, FixBy, Reach, Sort
from stackmap.render.doctor import Gap, SourceTiers, Standing, TierStanding
from stackmap.rules.base import Kind, Rule
from stackmap.rules.catalogue import RULES
from stackmap.sdk import Connector, Inventory, Tier

__all__ = ["judgeable", "permissions", "reached", "tiers_reached"]

_NO_PERMISSION = " token"
"""A need that ends so tells what is signed in with ("any token"); nobody has to grant it."""

_FINE = frozenset({Reach.COMPLETE, Reach.ABSENT})


def permissions(connector: Connector, number: int) -> tuple[str, ...]:
    """What a tier (from 1) asks for beside the tiers before it, as its inventories state it."""
    if connector.access is None:
        return ()
    tiers = connector.access.tiers
    before = _needs(connector, [name for tier in tiers[: number - 1] for name in tier.inventories])
    own = _needs(connector, tiers[number - 1].inventories)
    return tuple(need for need in own if need not in before)


def _needs(connector: Connector, names: Collection[str]) -> tuple[str, ...]:
    wanted = [need for item in connector.inventories if item.name in names for need in item.needs]
    return tuple(need for need in dict.fromkeys(wanted) if not need.endswith(_NO_PERMISSION))


def judgeable(connector: Connector, number: int) -> tuple[Rule, ...]:
    """The rules for which the tiers up to this one (from 1) suffice.

    The connector's own review is asked what it would say of a reading with these tiers alone: a list that is only as
    whole as another one counts as whole with both.
    """
    coverage = _as_if_read(connector, number)
    return tuple(
        one for one in RULES if not one.about_sight and all(_whole(coverage.values(), kinds) for kinds in one.needs)
    )


def _as_if_read(connector: Connector, number: int) -> Mapping[str, Coverage]:
    tiers = connector.access.tiers[:number] if connector.access else ()
    given = {name for tier in tiers for name in tier.inventories}
    found = {item.name: _imagined(connector, item, given=item.name in given) for item in connector.inventories}
    if connector.review is None:
        return found
    for name, trouble in connector.review((), found, {}).items():
        if found[name].state in _FINE:
            found[name] = replace(found[name], state=trouble.state, reason=trouble.reason, fix_by=trouble.fix_by)
    return found


def _imagined(connector: Connector, item: Inventory, *, given: bool) -> Coverage:
    state, reason = (Reach.COMPLETE, "") if given else (Reach.DENIED, "not asked for")
    fix_by = None if given else FixBy.ADMIN
    return Coverage(
        connector.name, connector.product, item.name, state, item.listed, item.sort, fix_by, reason, item.needs
    )


def _whole(coverage: Iterable[Coverage], kinds: Collection[Kind]) -> bool:
    listing = [item for item in coverage if item.sort is Sort.STATE and not item.kinds.isdisjoint(kinds)]
    return bool(listing) and all(item.proves_absence for item in listing)


def tiers_reached(config: Config, found: FoundConnectors, coverage: Sequence[Coverage]) -> tuple[SourceTiers, ...]:
    """How far each source that was tried has come, where its connector tells its tiers."""
    tried = {item.source for item in coverage}
    pairs = [(entry.name, found.get(entry.connector)) for entry in config.connectors if entry.name in tried]
    return tuple(
        reached(connector, source, [item for item in coverage if item.source == source])
        for source, connector in pairs
        if connector.access is not None
    )


def reached(connector: Connector, source: str, coverage: Sequence[Coverage]) -> SourceTiers:
    """Where each tier of one source stands, by the coverage of its lists."""
    by_name = {item.inventory: item for item in coverage}
    given = {need for item in coverage if item.state is Reach.COMPLETE for need in item.needs}
    needs = {need: need in given for need in _needs(connector, by_name)}
    tiers = connector.access.tiers if connector.access else ()
    return SourceTiers(source, connector.name, tuple(_standing(tier, by_name, needs) for tier in tiers))


def _standing(tier: Tier, by_name: Mapping[str, Coverage], needs: Mapping[str, bool]) -> TierStanding:
    items = [by_name[name] for name in tier.inventories if name in by_name]
    states = {item.state for item in items}
    gaps = tuple(_gap(item, needs) for item in items if item.state not in _FINE)
    if states <= {Reach.ABSENT}:
        return TierStanding(tier.name, Standing.NOT_THERE, ())
    if not gaps:
        return TierStanding(tier.name, Standing.REACHED, ())
    some = Standing.IN_PART if states & {Reach.COMPLETE, Reach.PARTIAL} else Standing.NOT_REACHED
    return TierStanding(tier.name, some, gaps)


def _gap(item: Coverage, needs: Mapping[str, bool]) -> Gap:
    """What one list lacks. `needs` are the source's permissions: with which of them some list was read whole.

    What the reason names goes first: it may be another list's (users are whole once it is known who is frozen).
    """
    admin = item.fix_by is FixBy.ADMIN
    named = [need for need in needs if _names(item.reason, need)]
    widest = [need for need in named if not any(need != other and need in other for other in named)]
    own = [need for need, given in needs.items() if need in item.needs and not given]
    missing = widest or (own if item.state is Reach.DENIED else [])
    return Gap(item.inventory, item.state, tuple(missing) if admin else (), admin)


def _names(reason: str, need: str) -> bool:
    return re.search(rf"(?<![\w.]){re.escape(need)}(?![\w.])", reason) is not None
