"""Empty tables to fill in: every column explained above the headings, and an example row that is never taken."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence

from stackmap.declared.tables import EXAMPLE, Kind, is_filled_in
from stackmap.sdk.exports import Column

__all__ = ["table_template", "table_templates"]


def table_templates(kinds: Sequence[Kind]) -> Iterator[tuple[str, str]]:
    """The file names and texts of all tables that people fill in."""
    for kind in kinds:
        if is_filled_in(kind):
            yield f"{kind.name}.csv", table_template(kind)


def table_template(kind: Kind) -> str:
    """One of them."""
    export = kind.export
    columns = [column for column in export.columns if column.example or column.required]
    lines = [f"# {export.title}: {export.says}", f"# {export.obtain}"]
    lines += [f"# {column.name}: {column.says}{_how(column)}" for column in columns]
    lines += [f"# --set {option.name}=... when importing: {option.says}" for option in export.options]
    lines += [
        "# A row whose first cell starts with #example is never taken: write your own rows below it.",
        f"# Then: stackmap import {kind.name}.csv",
    ]
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\r\n")
    rows.writerows([" ".join(line.split())] for line in lines)
    rows.writerow([column.name for column in columns])
    first, *others = [column.example for column in columns]
    rows.writerow([f"{EXAMPLE} {first}".strip(), *others])
    return text.getvalue()


def _how(column: Column) -> str:
    need = " (must be there)" if column.required else ""
    return f"{need}; a day as 2026-10-03" if column.cell.value == "day" else need
