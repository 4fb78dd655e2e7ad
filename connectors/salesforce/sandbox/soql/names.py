"""What the names in a statement stand for, and whether the platform allows what is asked of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from connectors.salesforce.sandbox.schema import Catalogue, Entity, Field, Kind, Parent, Use, plain_queries_only
from connectors.salesforce.sandbox.soql.query import (
    Both,
    Call,
    Comparison,
    Condition,
    Literal,
    Not,
    Path,
    Query,
    SoqlError,
    Term,
)

__all__ = ["Column", "Names", "resolve"]

_FURTHEST_OFFSET = 2000
_AGGREGATES = frozenset({"COUNT", "COUNT_DISTINCT", "MAX", "MIN"})
_REFERENCE = "Please reference your WSDL or the describe call for the appropriate names."
_APPEND = f"be sure to append the '__c' after the custom field name. {_REFERENCE}"
_ID = re.compile(r"[A-Za-z0-9]{15}([A-Za-z0-9]{3})?")
_TAKES: Mapping[Kind, frozenset[str]] = {
    Kind.ID: frozenset({"string"}),
    Kind.TEXT: frozenset({"string"}),
    Kind.NUMBER: frozenset({"number"}),
    Kind.BOOLEAN: frozenset({"boolean"}),
    Kind.DATE: frozenset({"date", "range"}),
    Kind.DATETIME: frozenset({"datetime", "range"}),
    Kind.OTHER: frozenset({"string"}),
}
_TYPE_NAMES = {Kind.NUMBER: "double", Kind.BOOLEAN: "boolean", Kind.DATE: "date", Kind.DATETIME: "dateTime"}


@dataclass(frozen=True, slots=True)
class Column:
    """A field of the object itself, or of a row that its relationships lead to."""

    parents: tuple[Parent, ...]
    field: Field
    entity: Entity


@dataclass(frozen=True, slots=True)
class Names:
    """A statement's object, and the column behind each path in it."""

    entity: Entity
    columns: Mapping[Path, Column]

    def kind(self, term: Term) -> Kind:
        """How the values of a term compare."""
        if isinstance(term, Path):
            return self.columns[term].field.kind
        counted = term.argument is None or term.function.startswith("COUNT")
        return Kind.NUMBER if counted or term.argument is None else self.columns[term.argument].field.kind


def resolve(query: Query, entity: Entity, catalogue: Catalogue) -> Names:
    """The columns behind the names. Raises SoqlError in the platform's words where it would refuse."""
    columns = {path: _column(query, path, entity, catalogue) for path in _paths(query)}
    names = Names(entity, columns)
    _check_terms(query)
    _check_uses(query, names, catalogue)
    for comparison in (*_comparisons(query.where), *_comparisons(query.having)):
        _check_comparison(query, comparison, names)
    if catalogue.api == "tooling" and plain_queries_only(entity.name):
        _check_plain(query)
    return names


def _paths(query: Query) -> Iterator[Path]:
    for term in (*_terms(query), *(one.term for one in _comparisons(query.where)), *query.group):
        if isinstance(term, Path):
            yield term
        elif term.argument is not None:
            yield term.argument


def _terms(query: Query) -> Iterator[Term]:
    """What is shown, judged or ordered once the rows are found."""
    for selected in query.selected:
        yield selected.term
    for comparison in _comparisons(query.having):
        yield comparison.term
    for ordering in query.order:
        yield ordering.term


def _comparisons(condition: Condition | None) -> Iterator[Comparison]:
    if isinstance(condition, Comparison):
        yield condition
    elif isinstance(condition, Not):
        yield from _comparisons(condition.part)
    elif isinstance(condition, Both):
        for part in condition.parts:
            yield from _comparisons(part)


def _column(query: Query, path: Path, entity: Entity, catalogue: Catalogue) -> Column:
    parents: list[Parent] = []
    for step in path.parts[:-1]:
        parent = entity.parent(step)
        target = catalogue.target(parent) if parent else None
        if parent is None or target is None or not catalogue.may(entity, parent.name, "traverse"):
            # Wording from general use.
            raise query.wrong(
                path,
                f"Didn't understand relationship '{step}' in field path. If you are attempting to use a custom "
                f"relationship, be sure to append the '__r' after the custom relationship name. {_REFERENCE}",
            )
        parents.append(parent)
        entity = target
    found = entity.field(path.parts[-1])
    if found is None:
        # Wording: https://github.com/forcedotcom/cli/issues/1356.
        raise query.wrong(
            path,
            f"No such column '{path.parts[-1]}' on entity '{entity.name}'. If you are attempting to use a custom "
            f"field, {_APPEND}",
        )
    return Column(tuple(parents), found, entity)


def _check_terms(query: Query) -> None:
    """What may stand where: aggregates, aliases, fields beside groups. Wordings without a source: general use."""
    grouped = {str(path).lower() for path in query.group}
    seen = set[str]()
    for one in query.selected:
        term = one.term
        if isinstance(term, Call):
            _check_call(query, term)
            continue
        name = str(term).lower()
        if not query.aggregates and one.alias:
            raise query.wrong(term, "only aggregate expressions use field aliasing", "MALFORMED_QUERY")
        if name in seen:
            raise query.wrong(term, f"duplicate field selected: {term}")
        seen.add(name)
    if query.aggregates:
        _check_grouped(query, grouped)
    for comparison in _comparisons(query.where):
        if isinstance(comparison.term, Call):
            raise query.wrong(comparison.term, f"unexpected token: '{comparison.term.function}'", "MALFORMED_QUERY")
    if query.offset is not None and query.offset > _FURTHEST_OFFSET:
        # Code: https://developer.salesforce.com/docs/atlas.en-us.252.0.soql_sosl.meta/soql_sosl/
        # sforce_api_calls_soql_select_offset.htm; wording from general use.
        raise SoqlError("NUMBER_OUTSIDE_VALID_RANGE", f"Maximum SOQL offset allowed is {_FURTHEST_OFFSET}")


def _check_grouped(query: Query, grouped: set[str]) -> None:
    for term in _terms(query):
        if isinstance(term, Path) and str(term).lower() not in grouped:
            # Wording: https://github.com/forcedotcom/cli/issues/1356.
            raise query.wrong(term, f"Field must be grouped or aggregated: {term.parts[-1]}", "MALFORMED_QUERY")


def _check_call(query: Query, call: Call) -> None:
    if call.function not in _AGGREGATES:
        raise query.wrong(call, f"Unknown function: {call.function}", "MALFORMED_QUERY")
    if call.argument is None and (call.function != "COUNT" or not query.counts or query.group):
        raise query.wrong(call, "unexpected token: ')'", "MALFORMED_QUERY")


def _check_uses(query: Query, names: Names, catalogue: Catalogue) -> None:
    uses: list[tuple[Term, Use, str]] = [
        *((one.term, "filter", "filtered") for one in _comparisons(query.where)),
        *((path, "group", "grouped") for path in query.group),
        *((one.term, "sort", "sorted") for one in query.order),
    ]
    for term, use, done in uses:
        if isinstance(term, Call):
            _check_call(query, term)
            continue
        column = names.columns[term]
        if not catalogue.may(column.entity, column.field.name, use):
            # Wordings: https://github.com/forcedotcom/cli/issues/1356 (groups) and
            # https://github.com/trailheadapps/lwc-recipes/issues/926 (filters); sorting is taken to be like them.
            raise query.wrong(term, f"field '{column.field.name}' can not be {done} in a query call")


def _check_comparison(query: Query, comparison: Comparison, names: Names) -> None:
    """Wordings from general use."""
    kind = names.kind(comparison.term)
    if comparison.operator == "LIKE" and kind not in {Kind.TEXT, Kind.OTHER}:
        raise query.wrong(comparison.term, f"invalid operator on {kind.value} field", "INVALID_QUERY_FILTER_OPERATOR")
    for value in comparison.values:
        if value.kind != "null" and value.kind not in _TAKES[kind]:
            raise query.wrong(comparison.term, _wrong_value(comparison.term, kind))
        if kind is Kind.ID and not _is_id(value):
            message = f"invalid ID field: {value.value}"
            raise query.wrong(comparison.term, message, "INVALID_QUERY_FILTER_OPERATOR")


def _wrong_value(term: Term, kind: Kind) -> str:
    field = term.parts[-1] if isinstance(term, Path) else term.function
    if kind in _TYPE_NAMES:
        quotes = f"must be of type {_TYPE_NAMES[kind]} and should not be enclosed in quotes"
    else:
        quotes = "must be of type string and should be enclosed in quotes"
    return f"value of filter criterion for field '{field}' {quotes}"


def _is_id(value: Literal) -> bool:
    return value.kind == "null" or value.value == "" or _ID.fullmatch(value.value) is not None


def _check_plain(query: Query) -> None:
    """Some Tooling objects know plain lists only.

    Wordings: https://developer.salesforce.com/docs/atlas.en-us.244.0.api_tooling.meta/api_tooling/
    reference_objects_soql_limits.htm; the codes are from general use.
    """
    if query.aggregates:
        raise SoqlError(
            "MALFORMED_QUERY",
            "The requested operation is not yet supported by this SObject storage type, contact salesforce.com support "
            "for more information.",
        )
    if _has_or(query.where):
        raise SoqlError("MALFORMED_QUERY", "Disjunctions not supported")
    if _has_not(query.where) or any(one.operator in {"!=", "NOT IN"} for one in _comparisons(query.where)):
        raise SoqlError("MALFORMED_QUERY", "Only equals comparisons permitted")


def _has_or(condition: Condition | None) -> bool:
    if isinstance(condition, Both):
        return not condition.every or any(_has_or(part) for part in condition.parts)
    return isinstance(condition, Not) and _has_or(condition.part)


def _has_not(condition: Condition | None) -> bool:
    if isinstance(condition, Both):
        return any(_has_not(part) for part in condition.parts)
    return isinstance(condition, Not)
