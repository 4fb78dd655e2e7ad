"""What a statement finds among the rows: choosing, ordering, grouping, and the records of an answer."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeAlias, TypeVar

from connectors.salesforce.sandbox.org import Org, Row
from connectors.salesforce.sandbox.schema import Kind
from connectors.salesforce.sandbox.soql.names import Column, Names
from connectors.salesforce.sandbox.soql.query import Both, Call, Comparison, Condition, Not, Path, Query, Selected, Term
from connectors.salesforce.sandbox.soql.values import comparable, holds, raw, shown

__all__ = ["aggregated", "matching", "recorder"]

T = TypeVar("T")
_Getter: TypeAlias = Callable[[T], Any]
_Test: TypeAlias = Callable[[T], bool]
_Group: TypeAlias = Sequence[Row]


def matching(query: Query, names: Names, rows: Sequence[Row], org: Org, now: datetime) -> Sequence[Row]:
    """The rows that a statement is about; those of a list in its order, limit and offset applied."""
    getters = {path: comparable(column, org) for path, column in names.columns.items()}
    if query.aggregates:
        rows = _narrowed(query, names, rows, org, now)
    for part in _all_of(query.where):
        test = _test(part, lambda term: getters[_path(term)], names, now)
        rows = [row for row in rows if test(row)]
    if query.aggregates:
        return rows
    return _cut(query, _sorted(query, rows, lambda term: getters[_path(term)]))


def aggregated(query: Query, names: Names, rows: Sequence[Row], org: Org, now: datetime) -> list[dict[str, Any]]:
    """The records of a statement that counts or groups."""
    groups: Sequence[_Group] = _groups(query, names, rows, org)

    def value(term: Term) -> _Getter[_Group]:
        return _group_value(term, names, org, compared=True)

    if query.having is not None:
        test = _test(query.having, value, names, now)
        groups = [group for group in groups if test(group)]
    groups = _cut(query, _sorted(query, groups, value))
    columns = [
        (name, _group_value(one.term, names, org, compared=False))
        for one, name in zip(query.selected, _labels(query.selected), strict=True)
    ]
    return [
        {"attributes": {"type": "AggregateResult"}, **{name: getter(group) for name, getter in columns}}
        for group in groups
    ]


def recorder(query: Query, names: Names, org: Org, address: str) -> Callable[[Row], dict[str, Any]]:
    """Makes the record of a row: the fields asked for, in that order, related rows as objects in objects.

    `address` is where the API keeps single records, for their `attributes`.
    """
    tree: dict[str, Any] = {}
    for one in query.selected:
        column = names.columns[_path(one.term)]
        branch = tree
        for parent in column.parents:
            branch = branch.setdefault(parent.name, (parent, {}))[1]
        branch[column.field.name] = column
    return lambda row: _record(tree, row, names.entity.name, names.entity.name, org, address)


def _record(tree: Mapping[str, Any], row: Row, name: str, kept: str, org: Org, address: str) -> dict[str, Any]:
    attributes = {"type": name}
    if row.get("Id"):
        attributes["url"] = f"{address}/{kept}/{row['Id']}"
    record: dict[str, Any] = {"attributes": attributes}
    for key, what in tree.items():
        if isinstance(what, Column):
            record[key] = shown(what, row, kept)
        else:
            parent, branch = what
            found = org.find(row.get(parent.key))
            # A parent of several possible objects is shown as a "Name" (general use).
            record[key] = found and _record(
                branch, found[1], "Name" if parent.polymorphic else found[0], found[0], org, address
            )
    return record


def _path(term: Term) -> Path:
    if isinstance(term, Call):
        raise TypeError("an aggregate has no row")
    return term


def _all_of(condition: Condition | None) -> Iterator[Condition]:
    """Conditions that all have to hold."""
    if isinstance(condition, Both) and condition.every:
        yield from condition.parts
    elif condition is not None:
        yield condition


def _narrowed(query: Query, names: Names, rows: Sequence[Row], org: Org, now: datetime) -> Sequence[Row]:
    """The rows among which the matching ones are, by the index of a time that has to lie between bounds.

    Half a year of log-ins is read in many small spans: without this each would go through all of them.
    """
    bounds = [part for part in _all_of(query.where) if isinstance(part, Comparison) and _is_bound(part, names)]
    first = names.columns[_path(bounds[0].term)].field.name if bounds else ""
    index = org.in_order(rows, first) if bounds else None
    if index is None:
        return rows
    times, ordered = index
    begin, end = 0, len(ordered)
    for part in bounds:
        if names.columns[_path(part.term)].field.name == first:
            test = holds(part, Kind.DATETIME, now)
            if part.operator in {">", ">="}:
                begin = max(begin, _first(times, test, True))
            else:
                end = min(end, _first(times, test, False))
    return ordered[begin:end]


def _first(times: list[str], test: _Test[str], wanted: bool) -> int:
    """Where in an order a test begins to give what is wanted."""
    return bisect_left(times, True, key=lambda time: test(time) is wanted)


def _is_bound(part: Comparison, names: Names) -> bool:
    column = names.columns[_path(part.term)]
    return part.operator in {"<", "<=", ">", ">="} and column.field.kind is Kind.DATETIME and not column.parents


def _test(condition: Condition, value: Callable[[Term], _Getter[T]], names: Names, now: datetime) -> _Test[T]:
    if isinstance(condition, Not):
        inner = _test(condition.part, value, names, now)
        return lambda row: not inner(row)
    if isinstance(condition, Both):
        tests = [_test(part, value, names, now) for part in condition.parts]
        if condition.every:
            return lambda row: all(test(row) for test in tests)
        return lambda row: any(test(row) for test in tests)
    get, test_value = value(condition.term), holds(condition, names.kind(condition.term), now)
    return lambda row: test_value(get(row))


def _sorted(query: Query, rows: Sequence[T], value: Callable[[Term], _Getter[T]]) -> Sequence[T]:
    for ordering in reversed(query.order):
        get = value(ordering.term)
        full = sorted((row for row in rows if get(row) is not None), key=get, reverse=ordering.descending)
        empty = [row for row in rows if get(row) is None]
        rows = full + empty if ordering.empty_last else empty + full
    return rows


def _cut(query: Query, rows: Sequence[T]) -> Sequence[T]:
    start = query.offset or 0
    return rows[start : None if query.limit is None else start + query.limit]


def _groups(query: Query, names: Names, rows: Sequence[Row], org: Org) -> list[_Group]:
    if not query.group:
        return [rows]
    getters = [comparable(names.columns[path], org) for path in query.group]
    groups: dict[tuple[Any, ...], list[Row]] = {}
    for key, row in zip(zip(*(map(get, rows) for get in getters), strict=True), rows, strict=True):
        groups.setdefault(key, []).append(row)
    return list(groups.values())


def _group_value(term: Term, names: Names, org: Org, *, compared: bool) -> _Getter[_Group]:
    if isinstance(term, Path):
        get = (comparable if compared else raw)(names.columns[term], org)
        return lambda group: get(group[0])
    if term.argument is None:
        return len
    column = names.columns[term.argument]
    key, value = comparable(column, org), raw(column, org)

    def aggregate(group: _Group) -> Any:
        present = [row for row in group if key(row) is not None]
        if term.function == "COUNT":
            return len(present)
        if term.function == "COUNT_DISTINCT":
            return len({key(row) for row in present})
        found = (max if term.function == "MAX" else min)(present, key=key, default=None)
        return None if found is None else (key if compared else value)(found)

    return aggregate


def _labels(selected: Sequence[Selected]) -> list[str]:
    """The names in an aggregate's record: alias, else the field's own name, else expr0, expr1 ..."""
    names, unnamed = [], 0
    for one in selected:
        if one.alias:
            names.append(one.alias)
        elif isinstance(one.term, Path):
            names.append(one.term.parts[-1])
        else:
            names.append(f"expr{unnamed}")
            unnamed += 1
    return names
