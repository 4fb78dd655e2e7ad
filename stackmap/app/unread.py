"""A source that could not be tried at all: its secret is missing, or its settings lead nowhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from stackmap.app.earlier import Earlier
from stackmap.declared import ConnectorConfig, parse_reference
from stackmap.declared.config import told_settings
from stackmap.errors import StackmapError
from stackmap.model import Coverage, FixBy, Reach, SourceReading, system_of
from stackmap.sdk import Connector, Scope

__all__ = ["lasting_reason", "unread"]

_VARIABLE = re.compile(r"[A-Z][A-Z0-9_]*")


def unread(entry: ConnectorConfig, connector: Connector, reason: str, now: datetime, earlier: Earlier) -> SourceReading:
    """The reading of such a source: no facts, and each of its lists failed. What was known of it before stays."""
    named = _system(entry, connector, now)
    systems = [named] if named else list(dict.fromkeys(item.system for item in earlier.of(entry.name))) or [""]
    before = earlier.sources.get(entry.name)
    lists = tuple(item for system in systems for item in _lists(entry.name, connector, system, reason))
    return SourceReading(entry.name, now, (), lists, collector=before.collector if before else "")


def lasting_reason(entry: ConnectorConfig, error: StackmapError) -> str:
    """Why, as it may be kept and handed on: names of variables stay. A path tells of this machine, and what somebody
    took for a reference may be the secret itself.
    """
    references = [reference for value in entry.settings.values() if (reference := parse_reference(value))]
    if all(one.scheme == "env" and _VARIABLE.fullmatch(one.arguments[0]) for one in references):
        return " ".join(str(error).split())
    return "a secret that stackmap.yaml refers to could not be had, or cannot be used; stackmap doctor says more"


def _system(entry: ConnectorConfig, connector: Connector, now: datetime) -> str:
    """The system, by those settings that are no references; "" where they do not name it."""
    try:
        tenant = connector.tenant(told_settings(entry, connector.settings))
    except Exception:  # noqa: BLE001 - a connector's code may fail in any way where a setting is missing
        return ""
    return (system_of(Scope(connector.product, tenant, entry.name, "", now).system) or "") if tenant else ""


def _lists(source: str, connector: Connector, system: str, reason: str) -> Iterator[Coverage]:
    for item in connector.inventories:
        yield Coverage(
            source, system, item.name, Reach.FAILED, item.listed, item.sort, FixBy.OPERATOR, reason, item.needs
        )
