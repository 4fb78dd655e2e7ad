"""Connectors for those who have to allow them: every call, every permission, every file, every blind spot."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from stackmap.render.calls import call
from stackmap.render.departure import write_json
from stackmap.render.guards import markdown, plain
from stackmap.render.lines import wrapped
from stackmap.render.words import counted
from stackmap.sdk import COMMON, Column, Connector, Departures, Export, Setting

__all__ = ["list_json", "list_markdown", "list_text", "show_json", "show_markdown", "show_text"]


def list_text(connectors: Sequence[Connector]) -> str:
    """All connectors, one line each."""
    lines = [f"{one.name:<16} {plain(one.title)}  ({_extent(one)})" for one in connectors]
    return "\n".join([*lines, "", "Next: stackmap connectors show NAME"]) + "\n"


def list_markdown(connectors: Sequence[Connector]) -> str:
    """All connectors as a table."""
    rows = [f"| {one.name} | {markdown(one.title)} | {markdown(_extent(one))} |" for one in connectors]
    return "\n".join(["| connector | reads | from |", "| --- | --- | --- |", *rows]) + "\n"


def _extent(one: Connector) -> str:
    """How much it reads, and from where."""
    if not one.inventories:
        return "from files: stackmap import --kinds"
    files = f", {counted(len(one.exports), 'kind')} of files" if one.exports else ""
    return f"{counted(len(one.inventories), 'list')}{files}"


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
        "docs": one.docs or None,
        "usual_act": one.usual_act.value,
        "settings": [
            {"name": item.name, "says": item.says, "secret": item.secret, "required": item.required}
            for item in _settings(one)
        ],
        "inventories": [
            {"name": item.name, "says": item.says, "call": call(one, item), "needs": list(item.needs)}
            for item in one.inventories
        ],
        "tiers": [
            {"name": tier.name, "inventories": list(tier.inventories)}
            for tier in (one.access.tiers if one.access else ())
        ],
        "exports": [_export(item) for item in one.exports],
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


def _settings(one: Connector) -> tuple[Setting, ...]:
    return (*one.settings, *COMMON) if one.inventories else one.settings


def _export(item: Export) -> dict[str, Any]:
    return {
        "name": item.name,
        "title": item.title,
        "says": item.says,
        "obtain": item.obtain,
        "source": item.source or None,
        "columns": [
            {"name": column.name, "headings": list(column.headings), "required": column.required}
            for column in item.columns
        ],
    }


def show_text(connector: Connector) -> str:
    """Everything an admin wants to know before granting access."""
    lines = [
        plain(connector.title),
        *([f"Described at: {plain(connector.docs)}"] if connector.docs else []),
        *_lists(connector),
        *_files(connector),
        *_set(connector),
        "",
        "What switching a login off does",
    ]
    for table in connector.departures:
        lines.extend(_departures(connector.product, table))
    lines.extend(["", "What is not read"])
    lines.extend(line for spot in connector.blind_spots for line in wrapped(plain(spot), "  "))
    return "\n".join(lines) + "\n"


def _lists(connector: Connector) -> Iterator[str]:
    if not connector.inventories:
        return
    yield from ("", "Lists it reads (and nothing else; it never writes)")
    for item in connector.inventories:
        yield f"  {item.name:<20} {call(connector, item)}"
        yield from wrapped(plain(item.says), "      ")
        yield from wrapped(plain(f"needs {', '.join(item.needs) or 'nothing beyond a login'}"), "      ")
    if connector.access is not None:
        yield from ("", f"Mail to your admin: stackmap connectors show {plain(connector.name)} --request")


def _files(connector: Connector) -> Iterator[str]:
    if not connector.exports:
        return
    yield from ("", "Files it reads: stackmap import FILE (* marks columns that a file must have)")
    for item in connector.exports:
        yield from wrapped(plain(f"{item.name}: {item.says}"), "  ")
        yield from wrapped(plain(f"where: {item.obtain}"), "      ")
        for column in item.columns:
            mark = "*" if column.required else ""
            yield from wrapped(plain(f"{column.name}{mark}: {_headings(column)}"), "      ", "        ")
        if item.source:
            yield from wrapped(plain(f"source: {item.source}"), "      ")


def _headings(column: Column) -> str:
    return ", ".join((column.name, *column.headings))


def _set(connector: Connector) -> Iterator[str]:
    settings = _settings(connector)
    if not settings:
        return
    yield from ("", "Settings in stackmap.yaml")
    for setting in settings:
        notes = [word for word, holds in (("secret", setting.secret), ("optional", not setting.required)) if holds]
        yield from wrapped(plain(" ".join([f"{setting.name}: {setting.says}", *(f"({note})" for note in notes)])), "  ")


def _departures(product: str, table: Departures) -> Iterator[str]:
    yield from wrapped(plain(f"{table.thing} ({table.relation.value}) [{product}:{table.name}]"), "  ")
    for row in table.rows:
        text = f"{row.act.value}: {row.judgement.outcome.value}, {row.judgement.certainty.word}. {row.says}"
        yield from wrapped(plain(f"{text} [{row.source}, checked {row.checked}]"), "    ")
    if table.gap:
        yield from wrapped(plain(f"otherwise unknown: {table.gap}"), "    ")


def show_markdown(connector: Connector) -> str:
    """The same as a page to hand to an admin."""
    lines = [f"# {markdown(connector.title)}"]
    lines.extend(["", f"Described at: {markdown(connector.docs)}"] if connector.docs else [])
    lists = [(item.name, call(connector, item), ", ".join(item.needs), item.says) for item in connector.inventories]
    files = [(item.name, item.says, item.obtain, _all_headings(item)) for item in connector.exports]
    acts = [
        (table.thing, row.act.value, row.judgement.outcome.value, row.judgement.certainty.word, row.source)
        for table in connector.departures
        for row in table.rows
    ]
    lines.extend(_table(("list", "call", "needs", "what for"), lists))
    lines.extend(_table(("file", "what", "where", "columns, with their headings"), files))
    lines.extend(_table(("thing", "act", "outcome", "certainty", "source"), acts))
    lines.extend(["", "What is not read:", "", *(f"- {markdown(spot)}" for spot in connector.blind_spots)])
    return "\n".join(lines) + "\n"


def _all_headings(item: Export) -> str:
    return "; ".join(f"{column.name}{'*' if column.required else ''}: {_headings(column)}" for column in item.columns)


def _table(titles: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    if rows:
        yield from ("", f"| {' | '.join(titles)} |", f"|{' --- |' * len(titles)}")
        yield from (f"| {' | '.join(map(markdown, row))} |" for row in rows)
