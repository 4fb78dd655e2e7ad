"""What is read of people here, where it lies and who sees it: from the settings, and from what was stored."""

from __future__ import annotations

import stat
from collections.abc import Iterator, Sequence
from pathlib import Path

from stackmap.app.opening import check_read
from stackmap.app.privacy.imports import imported_from
from stackmap.app.workspace import Workspace
from stackmap.collect import FoundConnectors
from stackmap.declared import Config, ConnectorConfig
from stackmap.declared.config import BASE_URL, told_settings
from stackmap.errors import StackmapError
from stackmap.model import Coverage, EdgeKind, Fact, NodeKind
from stackmap.render.privacy_page import Kept, PrivacyPage, ReadOfPeople, Reads
from stackmap.render.words import full_day
from stackmap.sdk import Connector, Inventory
from stackmap.store import open_reader, stored_salt

__all__ = ["privacy_page"]

_OF_PEOPLE: frozenset[NodeKind | EdgeKind] = frozenset({NodeKind.PERSON, NodeKind.ACCOUNT})
_LINKED: frozenset[NodeKind | EdgeKind] = frozenset(
    {EdgeKind.HAS_ROLE, EdgeKind.MEMBER_OF, EdgeKind.OWNED_BY, EdgeKind.CREATED_BY}
)
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def privacy_page(workspace: Workspace, found: FoundConnectors) -> PrivacyPage:
    """Everything the page says. Works before anything was read."""
    check_read(workspace)
    config = workspace.config() if workspace.config_file.exists() else Config()
    readings, read_on, coverage, facts = _stored(workspace)
    configured = tuple(_reads(entry, found.get(entry.connector)) for entry in config.connectors)
    names = {entry.name for entry in config.connectors}
    return PrivacyPage(
        configured,
        tuple(imported_from(coverage, facts, names)),
        tuple(_kept(workspace)),
        readings,
        workspace.manifest_file.exists(),
        read_on,
    )


def _stored(workspace: Workspace) -> tuple[int, str, Sequence[Coverage], Sequence[Fact]]:
    """How many readings there are, the day of the latest, what it covers and what it holds."""
    if not stored_salt(workspace.database):
        return 0, "nothing yet", (), ()
    with open_reader(workspace.database) as reader:
        count, latest = len(reader.snapshots()), reader.load()
    return count, full_day(latest.taken_at.date()), latest.coverage, latest.facts


def _address(entry: ConnectorConfig, connector: Connector) -> str:
    """Where a system is asked, as far as the settings tell without a secret; "" where they do not."""
    known = told_settings(entry, connector.settings)
    if BASE_URL in entry.settings:
        return known.get(BASE_URL, "")
    try:
        return connector.base_url(known)
    except (KeyError, ValueError, StackmapError):
        return ""


def _reads(entry: ConnectorConfig, connector: Connector) -> Reads:
    access = connector.access
    stated = tuple(
        ReadOfPeople(one.inventories, one.fields, one.of, one.why) for one in (access.personal if access else ())
    )
    told = {name for one in stated for name in one.lists}
    silent = [inventory for inventory in connector.inventories if inventory.name not in told]
    lists = (*stated, *_derived(silent, _OF_PEOPLE if stated else _OF_PEOPLE | _LINKED))
    return Reads(
        entry.name,
        connector.title,
        lists,
        bool(stated),
        access.never_read if access else (),
        _address(entry, connector),
    )


def _derived(inventories: Sequence[Inventory], kinds: frozenset[NodeKind | EdgeKind]) -> Iterator[ReadOfPeople]:
    """The lists from which people or logins may come, in the connector's own words."""
    for inventory in inventories:
        if inventory.emits & kinds:
            yield ReadOfPeople((inventory.name,), inventory.says, "", "")


def _kept(workspace: Workspace) -> Iterator[Kept]:
    for path in sorted(Path(workspace.folder).iterdir()):
        if path.is_file():
            yield Kept(path.name, not path.stat().st_mode & _OTHERS)
