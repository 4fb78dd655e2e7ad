"""The made-up org behind the stand-in: its tables, and its rows by Id.

Times may be written as the platform writes them, as ISO 8601 (UTC without an offset), or relative to the start of the
stand-in: "-3d", "+5h", "-20m".
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from operator import itemgetter
from typing import Any, TypeAlias

from connectors.salesforce.sandbox.schema import EVER, Api, Entity, Kind, always_empty, catalogue
from stackmap.errors import ConfigError

__all__ = ["Org", "Row", "same_id", "written"]

Row: TypeAlias = Mapping[str, Any]

_RELATIVE = re.compile(r"([+-]\d+)([dhm])")
_UNITS = {"d": "days", "h": "hours", "m": "minutes"}
_SHORT = 15
_DATE = len("2026-11-22")


def written(moment: datetime) -> str:
    """A moment as the platform writes it."""
    utc = moment.astimezone(UTC)
    return f"{utc:%Y-%m-%dT%H:%M:%S}.{utc.microsecond // 1000:03d}+0000"


def same_id(text: str) -> str:
    """What an Id of 15 and its form of 18 characters have in common."""
    return text[:_SHORT]


class Org:
    """The rows of an org. What it tells never changes, so that threads may share it.

    Raises ConfigError when a row has a column that its object has not, or a time that is none.
    """

    def __init__(self, data: Mapping[str, Any], now: datetime) -> None:
        self.limits: Mapping[str, Sequence[int]] = data.get("limits", {})
        self._tables: dict[tuple[Api, str], list[dict[str, Any]]] = {}
        self._rows: dict[str, tuple[str, Row]] = {}
        self._ordered: dict[tuple[int, str], tuple[list[str], list[Row]]] = {}
        reader = _Reader(now)
        shares: tuple[tuple[Api, str], ...] = (("rest", "objects"), ("tooling", "tooling"))
        for api, share in shares:
            for name, rows in data.get(share, {}).items():
                entity = catalogue(api, EVER).entity(name)
                if entity is None:
                    raise ConfigError(f"the made-up Salesforce org has rows of {name}, an object nobody published")
                self._keep(api, entity, reader.rows(entity, rows))

    def _keep(self, api: Api, entity: Entity, rows: list[dict[str, Any]]) -> None:
        for row in rows:
            for name in always_empty(entity.name):
                row.pop(name, None)
        self._tables[api, entity.name] = rows
        self._rows.update((same_id(row["Id"]), (entity.name, row)) for row in rows if row.get("Id"))

    def rows(self, api: Api, entity: str) -> Sequence[Row]:
        """The rows of an object. What both APIs show lies in one place: either may hold it."""
        other: Api = "rest" if api == "tooling" else "tooling"
        found = self._tables.get((api, entity))
        return found if found is not None else self._tables.get((other, entity), [])

    def in_order(self, rows: Sequence[Row], column: str) -> tuple[list[str], list[Row]] | None:
        """The times in a column, in order, and their rows; without empty ones. None unless `rows` is a whole table."""
        if not any(rows is table for table in self._tables.values()):
            return None
        key = (id(rows), column)
        if key not in self._ordered:
            ordered = sorted((row for row in rows if row.get(column)), key=itemgetter(column))
            self._ordered[key] = ([row[column] for row in ordered], ordered)
        return self._ordered[key]

    def find(self, row_id: str | None) -> tuple[str, Row] | None:
        """The object and row of an Id of either length."""
        return self._rows.get(same_id(row_id)) if row_id else None


class _Reader:
    """Reads rows as they are written in the org's data. Times repeat a lot: each is worked out once."""

    def __init__(self, now: datetime) -> None:
        self._now = now
        self._times: dict[str, str] = {}

    def rows(self, entity: Entity, rows: Sequence[Row]) -> list[dict[str, Any]]:
        names = {name for row in rows for name in row}
        kinds = {name: _kind(entity, name) for name in sorted(names)}
        found = [{name: self._value(kinds[name], value) for name, value in row.items()} for row in rows]
        if entity.name == "User":
            for row in found:
                parts = (row.get("FirstName"), row.get("LastName"))
                row.setdefault("Name", " ".join(part for part in parts if part) or None)
        return found

    def _value(self, kind: Kind, value: Any) -> Any:
        if not isinstance(value, str) or (kind is not Kind.DATETIME and kind is not Kind.DATE):
            return value
        known = self._times.get(value)
        if known is None:
            known = self._times[value] = written(self._moment(value))
        return known if kind is Kind.DATETIME else known[:_DATE]

    def _moment(self, value: str) -> datetime:
        if relative := _RELATIVE.fullmatch(value):
            return self._now + timedelta(**{_UNITS[relative[2]]: int(relative[1])})
        try:
            moment = datetime.fromisoformat(value)
        except ValueError:
            raise ConfigError(f"the made-up Salesforce org has {value!r} where a time belongs") from None
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _kind(entity: Entity, name: str) -> Kind:
    field = entity.field(name)
    if field is None or field.name != name:
        raise ConfigError(f"the made-up Salesforce org has {entity.name}.{name}, a column nobody published")
    return field.kind
