"""What every kind of file has to keep to, and rows and scopes to try one with."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any
from urllib.parse import unquote

from stackmap.collect import find_connectors
from stackmap.collect.merge import Merged
from stackmap.declared.tables import UNKNOWN_TENANT
from stackmap.declared.tables.cells import fold_heading, is_secret_heading, value_of
from stackmap.declared.tables.notes import EXPORTS as NOTES
from stackmap.declared.tables.notes.products import product_names
from stackmap.identity import Identity, resolve
from stackmap.model import EDGE_KINDS, Edge, EdgeKind, Fact, How, IdentityHints, Node, NodeKind, check_ends
from stackmap.sdk import Cell, Connector, Departures, Export, NotUnderstoodError, Row, Scope
from stackmap.sdk.connector import system_node

__all__ = [
    "EVERY",
    "PRODUCTS",
    "TAKEN_AT",
    "ExportConformance",
    "edges",
    "example_row",
    "facts_of",
    "joined",
    "nodes",
    "scope_of",
]

TAKEN_AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
_EMAIL = re.compile(r"[^\s/@]+@[^\s/@]+\.[a-z]{2,}", re.IGNORECASE)
_ADDRESS = "d.kim@example.com"
_AN_ADDRESS = {Cell.LIST: (_ADDRESS,)}
_ANYBODYS = frozenset(
    {
        "accountstatus",
        "active",
        "company",
        "created",
        "createddate",
        "department",
        "email",
        "emailaddress",
        "firstname",
        "fullname",
        "id",
        "lastactive",
        "lastlogin",
        "lastlogindate",
        "lastname",
        "login",
        "manager",
        "name",
        "organization",
        "phone",
        "role",
        "roles",
        "status",
        "team",
        "title",
        "userid",
        "username",
    }
)
_CARE_ONLY = frozenset({EdgeKind.OWNED_BY})


def _every() -> Iterator[tuple[Connector | None, Export]]:
    for connector in find_connectors().connectors.values():
        yield from ((connector, export) for export in connector.exports)
    yield from ((None, export) for export in NOTES)


EVERY = {export.name: (connector, export) for connector, export in _every()}
"""Every kind of file by its name, with the connector that it comes from."""

PRODUCTS = product_names(find_connectors().connectors.values())
"""The products of all connectors, by their names."""


def scope_of(name: str, tenant: str = "unknown", **options: str) -> Scope:
    """Where a row of a kind of file is read."""
    connector, export = EVERY[name]
    product = connector.product if connector else "files"
    salt = "of this workspace"
    return Scope(product, tenant, name, name, TAKEN_AT, options, salt=salt, how=export.how, products=PRODUCTS)


def example_row(export: Export) -> Row:
    """The row of examples that a template shows, read as the importer reads cells."""
    read = {column.name: value_of(column.example, column, None) for column in export.columns if column.example}
    return {name: value for name, value in read.items() if value is not None}


def facts_of(name: str, *rows: Row, tenant: str = "unknown", **options: str) -> list[Fact]:
    """What the rows of a file come to: repeats united, the surer first, as they are stored."""
    at = scope_of(name, tenant, **options)
    connector, export = EVERY[name]
    merged = Merged()
    found = [fact for row in rows for fact in export.facts(row, at)]
    merged.add(sorted(found, key=lambda fact: fact.evidence[0].how is How.INFERRED_KEY))
    if connector:
        merged.add([system_node(connector, at, how=How.INFERRED_KEY, nameless=tenant == UNKNOWN_TENANT)])
    return list(merged.facts())


def joined(*files: Iterable[Fact]) -> Identity:
    """Several files after it is settled who is who."""
    return resolve([fact for file in files for fact in file], IdentityHints(), {})


def nodes(found: Iterable[Fact], kind: NodeKind) -> dict[str, dict[str, Any]]:
    """The properties of the nodes of a kind, by id, all versions of one together."""
    known: dict[str, dict[str, Any]] = {}
    for fact in found:
        if isinstance(fact, Node) and fact.kind is kind:
            known.setdefault(fact.id, {}).update(fact.properties)
    return known


def edges(found: Iterable[Fact], kind: EdgeKind) -> list[Edge]:
    """The edges of a kind."""
    return [fact for fact in found if isinstance(fact, Edge) and fact.kind is kind]


def _options(export: Export) -> dict[str, str]:
    return {option.name: _ADDRESS for option in export.options if option.required}


def _tables(connector: Connector | None) -> Mapping[str, Departures]:
    found = connector.departures if connector else ()
    return {f"{connector.product}:{table.name}": table for table in found if connector}


class ExportConformance:
    """Inherit in a class that pytest collects: each kind of file keeps to all of this."""

    def pytest_generate_tests(self, metafunc: Any) -> None:
        """One test for each kind of file, where a test asks for one."""
        if "kind" in metafunc.fixturenames:
            metafunc.parametrize("kind", sorted(EVERY))

    def test_its_texts_tell_where_it_comes_from(self, kind: str) -> None:
        connector, export = EVERY[kind]
        assert export.title
        assert export.says.endswith(".")
        assert export.obtain.endswith(".")
        assert all(column.says for column in export.columns)
        assert export.source.startswith("https://") or connector is None, "name the vendor's page"

    def test_no_two_columns_share_a_heading(self, kind: str) -> None:
        columns = EVERY[kind][1].columns
        headings = Counter(fold_heading(text) for one in columns for text in {one.name, *one.headings})
        assert not [text for text, times in headings.items() if times > 1]

    def test_no_column_holds_what_nobody_may_keep(self, kind: str) -> None:
        columns = EVERY[kind][1].columns
        assert not [text for one in columns for text in (one.name, *one.headings) if is_secret_heading(text)]

    def test_it_is_recognised_by_columns_that_it_has(self, kind: str) -> None:
        export = EVERY[kind][1]
        assert set(export.marks) <= {column.name for column in export.columns}
        assert any(column.required for column in export.columns)

    def test_no_list_of_people_is_taken_for_it_unless_its_kind_is_named(self, kind: str) -> None:
        export = EVERY[kind][1]
        marks = {*export.marks, *(column.name for column in export.columns if column.required)}
        marked = [column for column in export.columns if column.name in marks]
        spelt = [{fold_heading(text) for text in (one.name, *one.headings)} for one in marked]
        generic = all(headings & _ANYBODYS for headings in spelt)
        # Half a dozen of them together are a template's, in all likelihood.
        assert not generic or len(spelt) > 5, "any tool's list of users has these headings"

    def test_its_examples_are_understood_and_give_no_more_than_is_declared(self, kind: str) -> None:
        export = EVERY[kind][1]
        given = example_row(export)
        assert all(column.example for column in export.columns if column.required), "a template needs an example"
        found = facts_of(kind, given, **_options(export))
        assert found
        assert {fact.kind for fact in found} <= export.emits | ({NodeKind.SYSTEM} if EVERY[kind][0] else set())
        assert export.listed <= export.emits
        ends = {fact.id: fact.kind for fact in found if isinstance(fact, Node)}
        for fact in found:
            if isinstance(fact, Edge):
                check_ends(fact, ends)
                assert fact.source in ends, "who is at the end of an edge is told"

    def test_required_columns_alone_do(self, kind: str) -> None:
        export = EVERY[kind][1]
        needed = {*export.marks, *(column.name for column in export.columns if column.required)}
        given = {name: value for name, value in example_row(export).items() if name in needed}
        assert facts_of(kind, given, **_options(export))

    def test_mapping_leaves_the_row_and_says_the_same_twice(self, kind: str) -> None:
        export = EVERY[kind][1]
        given = dict(example_row(export))
        kept = dict(given)
        assert facts_of(kind, given, **_options(export)) == facts_of(kind, given, **_options(export))
        assert given == kept

    def test_no_id_holds_an_address(self, kind: str) -> None:
        export = EVERY[kind][1]
        for column in export.columns:
            given = {**example_row(export), column.name: _AN_ADDRESS.get(column.cell, _ADDRESS)}
            if column.cell in {Cell.DAY, Cell.YES_NO}:
                continue
            # A row that is not understood says nothing.
            with suppress(NotUnderstoodError):
                for fact in facts_of(kind, given, **_options(export)):
                    ids = (fact.id,) if isinstance(fact, Node) else (fact.source, fact.target)
                    said = (*ids, *(evidence.record for evidence in fact.evidence))
                    assert not [one for one in said if _EMAIL.search(unquote(unquote(one)))], (column.name, fact)

    def test_every_edge_that_a_table_judges_names_one_that_there_is(self, kind: str) -> None:
        connector, export = EVERY[kind]
        tables = _tables(connector)
        for fact in facts_of(kind, example_row(export), **_options(export)):
            if isinstance(fact, Edge) and fact.outcomes is not None and connector:
                assert fact.outcomes.row in tables
                assert tables[fact.outcomes.row].relation is fact.kind
            elif isinstance(fact, Edge) and connector:
                assert not EDGE_KINDS[fact.kind].by_row or fact.kind in _CARE_ONLY, "it has a row or a stated gap"

    def test_its_word_is_its_own(self, kind: str) -> None:
        export = EVERY[kind][1]
        found = facts_of(kind, example_row(export), **_options(export))
        spoken = {evidence.how for fact in found for evidence in fact.evidence}
        assert spoken <= {export.how, How.INFERRED_KEY}
