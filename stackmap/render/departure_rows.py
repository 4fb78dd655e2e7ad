"""Departures rows in full: what each act does to one kind of thing, how sure that is, and who says so."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator

from stackmap.render.guards import markdown, plain
from stackmap.sdk import Departures

__all__ = ["rows_markdown", "rows_text"]

_WIDTH = 80
_BETTER = "Do you know better? Say so under `departures` in your notes (stack.yaml): notes go before."


def rows_text(product: str, tables: Iterable[Departures]) -> str:
    """Rows of a departures table as a person reads them: what each act does, how sure that is, and who says so."""
    blocks = ["\n".join(_table(product, table)) for table in tables]
    return "\n\n".join([*blocks, "\n".join(_wrapped(_BETTER, ""))]) + "\n"


def _table(product: str, table: Departures) -> Iterator[str]:
    yield from _wrapped(f"{product}:{table.name}  {table.thing} ({table.relation.value})", "")
    for row in table.rows:
        yield ""
        yield f"  {row.act.value}: {row.judgement.outcome.value}, {row.judgement.certainty.word}"
        yield from _wrapped(row.says, "    ")
        yield from _wrapped(f"source: {row.source}", "    ")
        yield f"    checked: {plain(row.checked)}"
    if table.gap:
        yield ""
        yield from _wrapped(f"any other act: unknown. {table.gap}", "  ")


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


def _wrapped(text: str, indent: str) -> list[str]:
    return textwrap.wrap(
        plain(text),
        _WIDTH,
        initial_indent=indent,
        subsequent_indent=indent + "  ",
        break_long_words=False,
        break_on_hyphens=False,
    )
