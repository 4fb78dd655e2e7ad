"""Reading SOQL.

Covers what a reader of lists needs: fields along relationships, aggregates, conditions, groups, order, limits. Nested
queries, TYPEOF, scopes and the functions of dates and places are refused as unknown.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

import lark

from connectors.salesforce.sandbox.soql.query import (
    Both,
    Call,
    Comparison,
    Condition,
    Literal,
    Not,
    Ordering,
    Path,
    Query,
    Selected,
    SoqlError,
    pointed,
)

__all__ = ["parse"]

_LONGEST = 100_000
_GRAMMAR = "grammar.lark"


@lru_cache(maxsize=256)
def parse(text: str) -> Query:
    """The statement. Raises SoqlError, code MALFORMED_QUERY."""
    if len(text) > _LONGEST:
        # Wording: https://github.com/RoseSilverSoftware/IlluminatedCloud/issues/466 (there still 20,000).
        raise SoqlError("MALFORMED_QUERY", f"SOQL statements can not be longer than {_LONGEST} character")
    try:
        return _Reader(text).transform(_parser().parse(text))
    except lark.exceptions.VisitError as error:
        if isinstance(error.orig_exc, SoqlError):
            raise error.orig_exc from None
        raise
    except lark.exceptions.UnexpectedInput as error:
        raise _unexpected(text, error) from None


def _unexpected(text: str, error: lark.exceptions.UnexpectedInput) -> SoqlError:
    """Wording: https://github.com/SalesforceLabs/OrgCheck/issues/584; of a cut-off statement: general use."""
    if isinstance(error, lark.exceptions.UnexpectedCharacters):
        found = error.char
    else:
        token = error.token if isinstance(error, lark.exceptions.UnexpectedToken) else None
        if token is None or token.type == "$END":
            lines = text.splitlines() or [""]
            return pointed(text, len(lines), len(lines[-1]) + 1, "MALFORMED_QUERY", "unexpected token: '<EOF>'")
        found = str(token)
    return pointed(text, error.line, error.column, "MALFORMED_QUERY", f"unexpected token: '{found}'")


@cache
def _parser() -> lark.Lark:
    grammar = (files("connectors.salesforce.sandbox.soql") / _GRAMMAR).read_text(encoding="utf-8")
    return lark.Lark(grammar, start="query", parser="lalr", lexer="contextual")


@dataclass(frozen=True, slots=True)
class _Clause:
    """A part of the statement on its way up."""

    name: str
    value: Any
    more: Any = None


class _Reader(lark.Transformer[lark.Token, Query]):
    """From the parse tree to the statement's parts; methods are named after the grammar's rules."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text

    def query(self, children: list[Any]) -> Query:
        clauses = {part.name: part for part in children if isinstance(part, _Clause)}
        table = next(part for part in children if isinstance(part, lark.Token))
        group = clauses.get("group")
        return Query(
            self._text,
            tuple(part for part in children if isinstance(part, Selected)),
            str(table),
            clauses["where"].value if "where" in clauses else None,
            group.value if group else (),
            group.more if group else None,
            clauses["order"].value if "order" in clauses else (),
            clauses["limit"].value if "limit" in clauses else None,
            clauses["offset"].value if "offset" in clauses else None,
        )

    def selected(self, children: list[Any]) -> Selected:
        return Selected(children[0], str(children[1]) if len(children) > 1 else None)

    def path(self, names: list[lark.Token]) -> Path:
        return Path(tuple(str(name) for name in names), names[0].line or 1, names[0].column or 1)

    def call(self, children: list[Any]) -> Call:
        name = children[0]
        return Call(name.upper(), children[1] if len(children) > 1 else None, name.line, name.column)

    def all(self, parts: list[Condition]) -> Both:
        return Both(True, tuple(parts))

    def any(self, parts: list[Condition]) -> Both:
        return Both(False, tuple(parts))

    def negation(self, parts: list[Condition]) -> Not:
        return Not(parts[0])

    def comparison(self, children: list[Any]) -> Comparison:
        operator = str(children[1])
        return Comparison(children[0], "!=" if operator == "<>" else operator, (children[2],))

    def like(self, children: list[Any]) -> Comparison:
        return Comparison(children[0], "LIKE", (children[1],))

    def inside(self, children: list[Any]) -> Comparison:
        return Comparison(children[0], "IN", children[1])

    def outside(self, children: list[Any]) -> Comparison:
        return Comparison(children[0], "NOT IN", children[1])

    def literals(self, children: list[Literal]) -> tuple[Literal, ...]:
        return tuple(children)

    def string(self, children: list[lark.Token]) -> Literal:
        raw = str(children[0])[1:-1]
        return Literal("string", _unescaped(raw), raw)

    def number(self, children: list[lark.Token]) -> Literal:
        return Literal("number", float(children[0]) if "." in children[0] else int(children[0]))

    def date(self, children: list[lark.Token]) -> Literal:
        return Literal("date", self._moment(children[0], date.fromisoformat))

    def datetime(self, children: list[lark.Token]) -> Literal:
        return Literal("datetime", self._moment(children[0], datetime.fromisoformat))

    def _moment(self, token: lark.Token, read: Any) -> Any:
        try:
            return read(str(token).upper())
        except ValueError:
            line, column = token.line or 1, token.column or 1
            # Wording from general use.
            raise pointed(self._text, line, column, "MALFORMED_QUERY", f"Invalid date: {token}") from None

    def word(self, children: list[lark.Token]) -> Literal:
        name = children[0].upper()
        number = int(children[1]) if len(children) > 1 else None
        if name in {"TRUE", "FALSE"} and number is None:
            return Literal("boolean", name == "TRUE")
        if name == "NULL" and number is None:
            return Literal("null", None)
        if (name == "LAST_N_DAYS") == (number is not None) and name in {"TODAY", "YESTERDAY", "LAST_N_DAYS"}:
            return Literal("range", (name, number or 0))
        line, column = children[0].line or 1, children[0].column or 1
        raise pointed(self._text, line, column, "MALFORMED_QUERY", f"unexpected token: '{children[0]}'")

    def where(self, children: list[Condition]) -> _Clause:
        return _Clause("where", children[0])

    def having(self, children: list[Condition]) -> _Clause:
        return _Clause("having", children[0])

    def group(self, children: list[Any]) -> _Clause:
        paths = tuple(part for part in children if isinstance(part, Path))
        having = [part.value for part in children if isinstance(part, _Clause)]
        return _Clause("group", paths, having[0] if having else None)

    def order(self, children: list[Ordering]) -> _Clause:
        return _Clause("order", tuple(children))

    def ordering(self, children: list[Any]) -> Ordering:
        words = {str(part).upper() for part in children[1:]}
        return Ordering(children[0], "DESC" in words, "LAST" in words)

    def limit(self, children: list[lark.Token]) -> _Clause:
        return _Clause("limit", int(children[0]))

    def offset(self, children: list[lark.Token]) -> _Clause:
        return _Clause("offset", int(children[0]))


_ESCAPES = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f"}


def _unescaped(raw: str) -> str:
    parts, index = [], 0
    while index < len(raw):
        if raw[index] == "\\":
            index += 1
            parts.append(_ESCAPES.get(raw[index].lower(), raw[index]))
        else:
            parts.append(raw[index])
        index += 1
    return "".join(parts)
