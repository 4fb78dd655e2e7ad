"""Connectors for those who have to allow them: every call, every permission, every blind spot."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from stackmap.render.departure import write_json
from stackmap.render.guards import markdown, plain
from stackmap.render.lines import wrapped
from stackmap.sdk import COMMON, Connector, Departures, Get, Inventory, Per, ReadPost

__all__ = ["list_json", "list_markdown", "list_text", "show_json", "show_markdown", "show_text"]


def list_text(connectors: Sequence[Connector]) -> str:
    """All connectors, one line each."""
    lines = [f"{one.name:<16} {plain(one.title)}  ({len(one.inventories)} lists)" for one in connectors]
    return "\n".join([*lines, "", "Next: stackmap connectors show NAME"]) + "\n"


def list_markdown(connectors: Sequence[Connector]) -> str:
    """All connectors as a table."""
    rows = [f"| {one.name} | {markdown(one.title)} | {len(one.inventories)} |" for one in connectors]
    return "\n".join(["| connector | reads | lists |", "| --- | --- | --- |", *rows]) + "\n"


def list_json(connectors: Sequence[Connector]) -> str:
    """`stackmap.connectors/1`."""
    return write_json({"schema": "stackmap.connectors/1", "connectors": [_connector(one) for one in connectors]})


def show_json(connector: Connector) -> str:
    """`stackmap.connector/1`."""
    return write_json({"schema": "stackmap.connector/1", **_connector(connector)})


def _connector(one: Connector) -> dict[str, Any]:
    return {
        "name": one.name,
        "title": one.title,
        "product": one.product,
        "usual_act": one.usual_act.value,
        "settings": [
            {"name": item.name, "says": item.says, "secret": item.secret, "required": item.required}
            for item in (*one.settings, *COMMON)
        ],
        "inventories": [
            {"name": item.name, "says": item.says, "call": _call(item), "needs": list(item.needs)}
            for item in one.inventories
        ],
        "departures": [row for table in one.departures for row in _rows(table)],
        "blind_spots": list(one.blind_spots),
    }


def _rows(table: Departures) -> Iterator[dict[str, Any]]:
    for row in table.rows:
        yield {
            "row": table.name,
            "thing": table.thing,
            "act": row.act.value,
            "outcome": row.judgement.outcome.value,
            "certainty": row.judgement.certainty.word,
            "says": row.says,
            "source": row.source,
            "checked": row.checked,
        }


def _call(item: Inventory) -> str:
    ask = item.ask
    if isinstance(ask, Per):
        return f"one call per entry of {ask.parent}"
    return _asked(ask)


def _asked(ask: Get | ReadPost) -> str:
    return f"{'GET' if isinstance(ask, Get) else 'POST (a read)'} {ask.path}"


def show_text(connector: Connector) -> str:
    """Everything an admin wants to know before granting access."""
    lines = [plain(connector.title), "", "Lists it reads (and nothing else; it never writes)"]
    for item in connector.inventories:
        lines.append(f"  {item.name:<20} {_call(item)}")
        lines.extend(wrapped(plain(item.says), "      "))
        lines.extend(wrapped(plain(f"needs {', '.join(item.needs) or 'nothing beyond a login'}"), "      "))
    lines.extend(["", "Settings in stackmap.yaml"])
    for setting in (*connector.settings, *COMMON):
        notes = [word for word, holds in (("secret", setting.secret), ("optional", not setting.required)) if holds]
        lines.extend(
            wrapped(plain(" ".join([f"{setting.name}: {setting.says}", *(f"({note})" for note in notes)])), "  ")
        )
    lines.extend(["", "What switching a login off does"])
    for table in connector.departures:
        lines.extend(_departures(connector.product, table))
    lines.extend(["", "What is not read"])
    lines.extend(line for spot in connector.blind_spots for line in wrapped(plain(spot), "  "))
    return "\n".join(lines) + "\n"


def _departures(product: str, table: Departures) -> Iterator[str]:
    yield from wrapped(plain(f"{table.thing} ({table.relation.value}) [{product}:{table.name}]"), "  ")
    for row in table.rows:
        text = f"{row.act.value}: {row.judgement.outcome.value}, {row.judgement.certainty.word}. {row.says}"
        yield from wrapped(plain(f"{text} [{row.source}, checked {row.checked}]"), "    ")
    if table.gap:
        yield from wrapped(plain(f"otherwise unknown: {table.gap}"), "    ")


def show_markdown(connector: Connector) -> str:
    """The same as a page to hand to an admin."""
    lines = [f"# {markdown(connector.title)}", "", "| list | call | needs | what for |", "| --- | --- | --- | --- |"]
    for item in connector.inventories:
        cells = (item.name, _call(item), ", ".join(item.needs), item.says)
        lines.append("| " + " | ".join(markdown(cell) for cell in cells) + " |")
    lines.extend(["", "| thing | act | outcome | certainty | source |", "| --- | --- | --- | --- | --- |"])
    for table in connector.departures:
        for row in table.rows:
            judged = row.judgement
            told = (table.thing, row.act.value, judged.outcome.value, judged.certainty.word, row.source)
            lines.append("| " + " | ".join(markdown(cell) for cell in told) + " |")
    lines.extend(["", "What is not read:", "", *(f"- {markdown(spot)}" for spot in connector.blind_spots)])
    return "\n".join(lines) + "\n"
