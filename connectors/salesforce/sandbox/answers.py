"""Answers of the query and describe resources: lists in pages, counts, groups, and what an object's columns can do."""

from __future__ import annotations

import hashlib
import re
import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from connectors.salesforce.sandbox.access import Access
from connectors.salesforce.sandbox.org import Org, Row
from connectors.salesforce.sandbox.schema import (
    Catalogue,
    Entity,
    Field,
    Kind,
    Parent,
    Use,
    row_limit,
    single_row_fields,
)
from connectors.salesforce.sandbox.soql.names import Names, resolve
from connectors.salesforce.sandbox.soql.parser import parse
from connectors.salesforce.sandbox.soql.query import Path, Query, SoqlError
from connectors.salesforce.sandbox.soql.run import aggregated, matching, recorder

__all__ = ["Answers"]

_KEPT = 64
_MOST_GROUPS = 2000
_LEAST_PAGE, _MOST_PAGE = 200, 2000
_BATCH = re.compile(r"batchSize\s*=\s*(\d+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Result:
    """What a query found, evaluated once for all its pages."""

    rows: Sequence[Row]
    record: Callable[[Row], dict[str, Any]]
    page: int


class Answers:
    """One API in one version, as one login sees it."""

    def __init__(self, org: Org, access: Access, catalogue: Catalogue, clock: Callable[[], datetime]) -> None:
        self._org = org
        self._access = access
        self._catalogue = catalogue
        self._clock = clock
        self._lock = threading.Lock()
        self._results: OrderedDict[str, _Result] = OrderedDict()
        below = "" if catalogue.api == "rest" else "tooling/"
        self.root = f"/services/data/v{catalogue.version:.1f}/{below}"

    def query(self, text: str, options: str) -> dict[str, Any]:
        """The first page. `options` is the header Sforce-Query-Options. Raises SoqlError."""
        query = parse(text)
        entity = self._entity(query.table)
        names = resolve(query, entity, self._catalogue)
        now = self._clock()
        rows = matching(query, names, self._access.rows(self._catalogue.api, entity), self._org, now)
        if query.counts:
            return {"totalSize": len(rows), "done": True, "records": []}
        if query.aggregates:
            return _groups(aggregated(query, names, rows, self._org, now))
        self._check_single_row(query, names, len(rows))
        limit = row_limit(entity.name)
        record = recorder(query, names, self._org, f"{self.root}sobjects")
        result = _Result(rows[: limit.most], record, _page_size(options, limit.page))
        # Equal questions share their rows, and a locator says nothing of when it was made.
        locator = f"01g{hashlib.sha256(repr((text, options)).encode()).hexdigest()[:12]}AAA"
        self._keep(locator, result)
        return self._page(locator, result, 0)

    def more(self, locator: str) -> dict[str, Any]:
        """A following page. Raises SoqlError."""
        name, _, start = locator.rpartition("-")
        with self._lock:
            result = self._results.get(name)
        if result is None or not start.isdecimal():
            # From general use.
            raise SoqlError("INVALID_QUERY_LOCATOR", "invalid query locator")
        return self._page(name, result, int(start))

    def describe(self, name: str) -> dict[str, Any] | None:
        """An object's columns; None where the login sees no such object."""
        entity = self._catalogue.entity(name)
        if entity is None or self._access.hides(self._catalogue.api, entity.name):
            return None
        keys = {parent.key: parent for parent in entity.parents.values()}
        fields = [self._described(entity, field, keys.get(field.name)) for field in entity.fields.values()]
        custom = entity.name.endswith("__c")
        return {"name": entity.name, "custom": custom, "queryable": True, "fields": fields}

    def _entity(self, name: str) -> Entity:
        entity = self._catalogue.entity(name)
        if entity is None or self._access.hides(self._catalogue.api, entity.name):
            # Wording from general use; so is that a hidden object looks like one that is not there.
            raise SoqlError(
                "INVALID_TYPE",
                f"sObject type '{name}' is not supported. If you are attempting to use a custom object, be sure to "
                "append the '__c' after the entity name. Please reference your WSDL or the describe call for the "
                "appropriate names.",
            )
        return entity

    def _check_single_row(self, query: Query, names: Names, found: int) -> None:
        if self._catalogue.api != "tooling" or found < 2:
            return
        fields = {names.columns[one.term].field.name for one in query.selected if isinstance(one.term, Path)}
        if fields & single_row_fields():
            # Wording: https://github.com/sorenkrabbe/Chrome-Salesforce-inspector/issues/39.
            raise SoqlError(
                "MALFORMED_QUERY",
                "When retrieving results with Metadata or FullName fields, the query qualifications must specify no "
                f"more than one row for retrieval. Result size: {found}",
            )

    def _keep(self, locator: str, result: _Result) -> None:
        with self._lock:
            self._results[locator] = result
            self._results.move_to_end(locator)
            while len(self._results) > _KEPT:
                self._results.popitem(last=False)

    def _page(self, locator: str, result: _Result, start: int) -> dict[str, Any]:
        after = start + result.page
        shown = [result.record(row) for row in result.rows[start:after]]
        answer: dict[str, Any] = {"totalSize": len(result.rows), "done": after >= len(result.rows)}
        if not answer["done"]:
            answer["nextRecordsUrl"] = f"{self.root}query/{locator}-{after}"
        return {**answer, "records": shown}

    def _described(self, entity: Entity, field: Field, parent: Parent | None) -> dict[str, Any]:
        """Where no source says what a column can do, it can: a client that looks is not made to give up."""
        kind = ("id" if field.name == "Id" else "reference") if field.kind is Kind.ID else field.type
        if parent is not None and self._catalogue.told(entity, parent.name, "traverse") is False:
            parent = None
        uses: tuple[tuple[str, Use], ...] = (("filterable", "filter"), ("groupable", "group"), ("sortable", "sort"))
        return {
            "name": field.name,
            "type": kind,
            "custom": field.name.endswith("__c"),
            **{key: self._catalogue.told(entity, field.name, use) is not False for key, use in uses},
            "relationshipName": parent.name if parent else None,
            "referenceTo": [parent.target] if parent and not parent.polymorphic else [],
        }


def _groups(records: list[dict[str, Any]]) -> dict[str, Any]:
    if len(records) > _MOST_GROUPS:
        # Code and wording: https://github.com/restforce/restforce/issues/726.
        raise SoqlError(
            "EXCEEDED_ID_LIMIT",
            "Aggregate query does not support queryMore(), use LIMIT to restrict the results to a single batch",
        )
    return {"totalSize": len(records), "done": True, "records": records}


def _page_size(options: str, usual: int) -> int:
    asked = _BATCH.search(options)
    return min(usual, max(_LEAST_PAGE, min(int(asked[1]), _MOST_PAGE))) if asked else usual
