"""How the platform compares: the values of columns, and conditions on them.

Ids compare by what 15 and 18 characters have in common, texts without regard to case; null is false to a checkbox, and
a field of a related row that is not there is null
(https://developer.salesforce.com/docs/atlas.en-us.soql_sosl.meta/soql_sosl/sforce_api_calls_soql_null.htm).
An empty value equals null, differs from everything else, and is neither less nor more than anything; NOT turns false
into true for it, and NOT IN holds (general use). Dates and times compare as they are written, for all are in UTC and of
one form.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from operator import ge, gt, le, lt
from typing import Any

from connectors.salesforce.sandbox.org import Org, Row, same_id, written
from connectors.salesforce.sandbox.schema import Kind
from connectors.salesforce.sandbox.soql.names import Column
from connectors.salesforce.sandbox.soql.query import Comparison, Literal

__all__ = ["comparable", "holds", "raw", "shown", "span_of"]

_DAY = timedelta(days=1)
_ORDERED: Mapping[str, Callable[[Any, Any], bool]] = {"<": lt, "<=": le, ">": gt, ">=": ge}
# Before a span is before its first moment, up to it is before its end, and so on: what to compare with, 0 or 1.
_AROUND: Mapping[str, tuple[Callable[[Any, Any], bool], int]] = {
    "<": (lt, 0),
    "<=": (lt, 1),
    ">": (ge, 1),
    ">=": (ge, 0),
}


def shown(column: Column, row: Row, kept: str) -> Any:
    """What a record shows of a row that the object `kept` holds.

    A checkbox is never empty; the common column `Type` of several objects names the row's own.
    """
    if column.field.kind is Kind.BOOLEAN:
        return bool(row.get(column.field.name))
    if column.entity.name == "Name" and column.field.name == "Type":
        return kept
    return row.get(column.field.name)


def raw(column: Column, org: Org) -> Callable[[Row], Any]:
    """Gets a column's value from a row of the statement's object, along its relationships."""
    name = column.field.name
    if not column.parents and column.field.kind is not Kind.BOOLEAN:
        return lambda row: row.get(name)

    def get(row: Row) -> Any:
        kept = column.entity.name
        for parent in column.parents:
            found = org.find(row.get(parent.key))
            if found is None:
                return None
            kept, row = found
        return shown(column, row, kept)

    return get


def comparable(column: Column, org: Org) -> Callable[[Row], Any]:
    """As `raw`, in the form in which values compare."""
    get, change = raw(column, org), _CHANGES.get(column.field.kind)
    if change is None:
        return get
    return lambda row: None if (value := get(row)) is None else change(value)


def holds(comparison: Comparison, kind: Kind, now: datetime) -> Callable[[Any], bool]:
    """Tells of a value whether the comparison holds."""
    operator, first = comparison.operator, comparison.values[0]
    if operator == "LIKE":
        pattern = _pattern(first.raw)
        return lambda value: value is not None and pattern.fullmatch(value) is not None
    if operator in _ORDERED:
        return _ordered(operator, first, kind, now)
    wanted = operator in {"IN", "="}
    spans = [span_of(literal, kind, now) for literal in comparison.values if literal.kind == "range"]
    single = {_plain(literal, kind) for literal in comparison.values if literal.kind != "range"}
    if not spans:
        return lambda value: (value in single) is wanted
    return lambda value: (value in single or _within(value, spans)) is wanted


def span_of(literal: Literal, kind: Kind, now: datetime) -> tuple[str, str]:
    """First moment of a range of days, and first moment after it. Days are those of UTC; LAST_N_DAYS includes today."""
    name, days = literal.value
    today = now.astimezone(UTC).date()
    begin = today - timedelta(days=days) if name == "LAST_N_DAYS" else today
    end = today + _DAY
    if name == "YESTERDAY":
        begin, end = today - _DAY, today
    if kind is Kind.DATE:
        return begin.isoformat(), end.isoformat()
    return written(datetime.combine(begin, time(), UTC)), written(datetime.combine(end, time(), UTC))


def _ordered(operator: str, literal: Literal, kind: Kind, now: datetime) -> Callable[[Any], bool]:
    if literal.kind == "range":
        compare, which = _AROUND[operator]
        bound: Any = span_of(literal, kind, now)[which]
    else:
        compare, bound = _ORDERED[operator], _plain(literal, kind)
    return lambda value: value is not None and bound is not None and compare(value, bound)


def _plain(literal: Literal, kind: Kind) -> Any:
    value = literal.value
    if literal.kind == "null" or value == "":
        return False if kind is Kind.BOOLEAN else None
    if isinstance(value, datetime):
        return written(value)
    if isinstance(value, date):
        return value.isoformat()
    change = _CHANGES.get(kind)
    return change(value) if change is not None and isinstance(value, str) else value


def _within(value: Any, spans: Iterable[tuple[str, str]]) -> bool:
    return value is not None and any(begin <= value < end for begin, end in spans)


def _pattern(text: str) -> re.Pattern[str]:
    """LIKE: % is any text, _ any character, both themselves behind a backslash."""
    parts, index = [], 0
    while index < len(text):
        if text[index] == "\\" and index + 1 < len(text):
            index += 1
            parts.append(re.escape(text[index].casefold()))
        else:
            parts.append({"%": ".*", "_": "."}.get(text[index], re.escape(text[index].casefold())))
        index += 1
    return re.compile("".join(parts), re.DOTALL)


@lru_cache(maxsize=1 << 16)
def _folded(text: str) -> str:
    return text.casefold()


_CHANGES: Mapping[Kind, Callable[[Any], Any]] = {
    Kind.ID: same_id,
    Kind.TEXT: lambda value: _folded(value) if isinstance(value, str) else value,
    Kind.OTHER: lambda value: str(value).casefold(),
}
