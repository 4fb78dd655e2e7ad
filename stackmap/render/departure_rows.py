"""Departures rows in full: what each act does to one kind of thing, how sure that is, and who says so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from stackmap.render.guards import markdown, plain
from stackmap.render.lines import wrapped
from stackmap.sdk import Departures

__all__ = ["rows_markdown", "rows_text"]

_BETTER = "Do you know better? Say so under `departures` in your notes (stack.yaml): notes go before."


def rows_text(product: str, tables: Iterable[Departures]) -> str:
    """Rows of a departures table as a person reads them: what each act does, how sure that is, and who says so."""
    blocks = ["\n".join(_table(product, table)) for table in tables]
    return "\n\n".join([*blocks, "\n".join(wrapped(plain(_BETTER), ""))]) + "\n"


def _table(product: str, table: Departures) -> Iterator[str]:
    yield from wrapped(plain(f"{product}:{table.name}  {table.thing} ({table.relation.value})"), "")
    for row in table.rows:
        yield ""
        yield f"  {row.act.value}: {row.judgement.outcome.value}, {row.judgement.certainty.word}"
        yield from wrapped(plain(row.says), "    ")
        yield from wrapped(plain(f"source: {row.source}"), "    ")
        yield f"    checked: {plain(row.checked)}"
    if table.gap:
        yield ""
        yield from wrapped(plain(f"any other act: unknown. {table.gap}"), "  ")


def rows_markdown(product: str, tables: Iterable[Departures]) -> str:
    """The same as Markdown."""
    lines: list[str] = []
    for table in tables:
        name = markdown(f"{product}:{table.name}")
        lines += [f"# {name} {markdown(table.thing)}", "", f"Relation: `{table.relation.value}`", ""]
        lines += ["| act | outcome | certainty | in words | source | checked |", "|---|---|---|---|---|---|"]
        for row in table.rows:
            judged = row.judgement
            cells = (row.act.value, judged.outcome.value, judged.certainty.word, row.says, row.source, row.checked)
            lines.append("| " + " | ".join(markdown(cell) for cell in cells) + " |")
        lines += ["", *([f"Any other act: unknown. {markdown(table.gap)}", ""] if table.gap else [])]
    return "\n".join([*lines, _BETTER]) + "\n"
