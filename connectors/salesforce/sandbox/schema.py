"""What the objects of the platform look like: their fields, their relationships, and what cannot be asked of them.

Names are looked up without regard to case, as SOQL does. The files under `published/` say where they come from.
"""

from __future__ import annotations

import json
import threading
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache
from importlib.resources import files
from typing import Any, Literal

__all__ = [
    "EVER",
    "Api",
    "Catalogue",
    "Entity",
    "Field",
    "Kind",
    "Parent",
    "RowLimit",
    "Use",
    "always_empty",
    "catalogue",
    "plain_queries_only",
    "row_limit",
    "single_row_fields",
]

Api = Literal["rest", "tooling"]
Use = Literal["filter", "group", "sort", "traverse"]

EVER = float("inf")
"""A version that knows everything that is published."""

_FILES: dict[Api, str] = {"rest": "sobjects.json", "tooling": "tooling-objects.json"}
_POLYMORPHIC = frozenset({"name", "sobject"})
_CHILDREN = "QueryResult"
_COMPOUND = frozenset({"Address", "Location"})


class Kind(Enum):
    """How a field's values compare."""

    ID = "id"
    TEXT = "string"
    NUMBER = "double"
    BOOLEAN = "boolean"
    DATE = "date"
    DATETIME = "datetime"
    OTHER = "anyType"


_KINDS = {
    "Id": Kind.ID,
    "String": Kind.TEXT,
    "Decimal": Kind.NUMBER,
    "Integer": Kind.NUMBER,
    "Long": Kind.NUMBER,
    "Number": Kind.NUMBER,
    "Boolean": Kind.BOOLEAN,
    "Date": Kind.DATE,
    "Datetime": Kind.DATETIME,
}
_DESCRIBED = {
    "Blob": "base64",
    "Decimal": "double",
    "Integer": "int",
    "Long": "long",
    "Number": "double",
    "Time": "time",
}


@dataclass(frozen=True, slots=True)
class Field:
    """One column. `type` is the type's name as `describe` gives it, but for Ids."""

    name: str
    kind: Kind
    type: str


@dataclass(frozen=True, slots=True)
class Parent:
    """A relationship to follow with a dot. `key` is the column that holds the Id; a `polymorphic` one may lead to
    rows of several objects, of which only what all have in common can be asked for.
    """

    name: str
    key: str
    target: str
    polymorphic: bool


@dataclass(frozen=True, slots=True)
class Entity:
    """One object; the keys of both mappings are lower case."""

    name: str
    fields: Mapping[str, Field]
    parents: Mapping[str, Parent]

    def field(self, name: str) -> Field | None:
        """The column of that name in any case."""
        return self.fields.get(name.lower())

    def parent(self, name: str) -> Parent | None:
        """The relationship of that name in any case."""
        return self.parents.get(name.lower())


@dataclass(frozen=True, slots=True)
class RowLimit:
    """How many rows one query gives at most, silently, and how many a page holds unless asked otherwise."""

    page: int = 2000
    most: int | None = None


@dataclass(frozen=True, slots=True)
class _Told:
    """What the sources say of one column."""

    may: frozenset[str]
    refused: frozenset[str]
    since: float


class Catalogue:
    """The objects that one API of one org shows in one version.

    `lacks` names what this org has not: "Object" or "Object.Field". `silent` counts what was asked although no source
    says whether the platform allows it: "Object.Field use".
    """

    def __init__(self, api: Api, version: float, lacks: frozenset[str]) -> None:
        self.api = api
        self.version = version
        self.silent: Counter[str] = Counter()
        self._lacks = frozenset(name.lower() for name in lacks)
        self._lock = threading.Lock()
        self._known: dict[str, Entity | None] = {}

    def entity(self, name: str) -> Entity | None:
        """The object of that name in any case; None where the org has none."""
        key = name.lower()
        if key not in self._known:
            self._known[key] = self._made(key)
        return self._known[key]

    def target(self, parent: Parent) -> Entity | None:
        """Where a relationship leads. The Tooling API's schema has no object for the common fields of several."""
        name = "Name" if parent.polymorphic else parent.target
        return self.entity(name) or (catalogue("rest", self.version).entity(name) if parent.polymorphic else None)

    def told(self, entity: Entity, name: str, use: Use) -> bool | None:
        """Whether a column (or, to traverse, a relationship) can be used so; None where no source says."""
        told = _told().get((entity.name.lower(), name.lower()))
        if told is not None and self.version >= told.since:
            if use in told.refused:
                return False
            if use in told.may:
                return True
        column = entity.field(name)
        refused = column is not None and use in _refused_types().get(column.type, frozenset())
        return False if refused else None

    def may(self, entity: Entity, name: str, use: Use) -> bool:
        """As `told`; where sources are silent it is allowed, and counted."""
        told = self.told(entity, name, use)
        if told is None:
            with self._lock:
                self.silent[f"{entity.name}.{name} {use}"] += 1
        return told is not False

    def _made(self, key: str) -> Entity | None:
        found = _published(self.api).get(key)
        if found is None or key in self._lacks:
            return None
        name, since, types = found
        if self.version < since:
            return None
        gone = {lacked.removeprefix(f"{key}.") for lacked in self._lacks if lacked.startswith(f"{key}.")}
        return _entity(name, {column: kind for column, kind in types.items() if column.lower() not in gone})


@cache
def catalogue(api: Api, version: float) -> Catalogue:
    """Everything that is published of an API; shared, so its `silent` says nothing of one stand-in."""
    return Catalogue(api, version, frozenset())


def row_limit(entity: str) -> RowLimit:
    """How many rows of an object come at once and at all."""
    found = _limits()["rows"].get(entity)
    return RowLimit(found["page"], found["most"]) if found else RowLimit()


def single_row_fields() -> frozenset[str]:
    """Columns of the Tooling API that may be asked for only where one row is found."""
    return frozenset(_limits()["single_row"]["fields"])


def always_empty(entity: str) -> frozenset[str]:
    """Columns that an object shows and never fills."""
    found = _limits()["always_empty"].get(entity)
    return frozenset(found["fields"]) if found else frozenset()


def plain_queries_only(entity: str) -> bool:
    """Whether the Tooling API refuses COUNT(), GROUP BY, OR and NOT of this object.

    That it ignores LIMIT there and gives no second page is not imitated.
    """
    return entity in _limits()["plain_queries_only"]["objects"]


def _entity(name: str, types: Mapping[str, str]) -> Entity:
    types = {"Id": "Id", **types}
    parents = {}
    for column, type_name in types.items():
        key = f"{column.removesuffix('__r')}__c" if column.endswith("__r") else f"{column}Id"
        if key in types and type_name not in _KINDS:
            polymorphic = type_name.lower() in _POLYMORPHIC
            parents[column.lower()] = Parent(column, key, type_name, polymorphic)
    fields = {
        column.lower(): _field(column, type_name)
        for column, type_name in types.items()
        if column.lower() not in parents and type_name != _CHILDREN
    }
    return Entity(name, fields, parents)


def _field(name: str, published: str) -> Field:
    simple = published.rsplit(".", 1)[-1]
    kind = _KINDS.get(simple, Kind.OTHER)
    if kind is Kind.OTHER:
        return Field(name, kind, "address" if simple in _COMPOUND else _DESCRIBED.get(simple, "anyType"))
    return Field(name, kind, _DESCRIBED.get(simple, kind.value))


@cache
def _published(api: Api) -> dict[str, tuple[str, float, Mapping[str, str]]]:
    """Lower-case name -> name, first version, and the published columns."""
    found = {name.lower(): (name, 0.0, columns) for name, columns in _read(_FILES[api]).items()}
    if api == "rest":
        for name, row in _read("supplement.json").items():
            found.setdefault(name.lower(), (name, float(row["since"]), row["fields"]))
    return found


@cache
def _limits() -> dict[str, Any]:
    return _read("limits.json")


@cache
def _told() -> dict[tuple[str, str], _Told]:
    return {
        (row["object"].lower(), name.lower()): _Told(
            frozenset(row["may"]), frozenset(row["not"]), float(row.get("since", 0))
        )
        for row in _limits()["fields"]
        for name in row["fields"]
    }


@cache
def _refused_types() -> dict[str, frozenset[str]]:
    return {_KINDS[row["type"]].value: frozenset(row["not"]) for row in _limits()["types"]}


def _read(name: str) -> dict[str, Any]:
    text = (files("connectors.salesforce.sandbox") / "published" / name).read_text(encoding="utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded
