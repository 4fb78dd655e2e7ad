"""What stands behind a finding or a verdict: a rule, or the rows of a connector's departures table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches

from stackmap.collect import find_connectors
from stackmap.errors import UsageError
from stackmap.model import Act
from stackmap.render.departure_rows import rows_markdown, rows_text
from stackmap.render.rules import explain_markdown, explain_text
from stackmap.rules import by_code
from stackmap.sdk import Connector, Departures

__all__ = ["explained", "never_done", "platforms_say", "rows_called"]


def explained(name: str, *, markdown: bool = False) -> str:
    """A rule by its code, a departures row by `product:row`, all rows of a product by its name.

    Raises UsageError for any other name, saying what there is.
    """
    rule = by_code.get(name.upper())
    if rule is not None:
        return (explain_markdown if markdown else explain_text)(rule)
    product, tables = rows_called(name, find_connectors().connectors.values())
    return (rows_markdown if markdown else rows_text)(product, tables)


def platforms_say(act: Act | None) -> Mapping[str, str]:
    """What each departures row (`product:row`) says of an act in a sentence; None: of each platform's usual one."""
    return {
        f"{connector.product}:{table.name}": row.says
        for connector in find_connectors().connectors.values()
        for table in connector.departures
        for row in table.rows
        if row.act is (act or connector.usual_act)
    }


def never_done(act: Act | None) -> Mapping[str, str]:
    """The products on which nobody can do this to a login, each with a sentence; none for the usual ways to leave."""
    connectors = find_connectors().connectors.values() if act else ()
    return {one.product: says for one in connectors for done, says in one.never_done.items() if done is act}


def rows_called(name: str, connectors: Iterable[Connector]) -> tuple[str, Sequence[Departures]]:
    """The product, and those of its departures tables that a name means. Raises UsageError as `explained` does."""
    tables = {
        f"{connector.product}:{table.name}": (connector.product, table)
        for connector in connectors
        for table in connector.departures
    }
    folded = name.casefold()
    found = {key: one for key, one in tables.items() if folded in {key.casefold(), one[0].casefold()}}
    if found:
        return next(iter(found.values()))[0], [table for _, table in found.values()]
    if ":" not in name:
        products = ", ".join(sorted({product for product, _ in tables.values()}))
        raise UsageError(
            f"there is no rule and no product {name}; rules: {', '.join(sorted(by_code))}; products: {products}. "
            "See: stackmap rules"
        )
    near = get_close_matches(name, tables, 1)
    hint = f" did you mean {near[0]}?" if near else ""
    raise UsageError(f"there is no row {name};{hint} there are {', '.join(sorted(tables))}")
