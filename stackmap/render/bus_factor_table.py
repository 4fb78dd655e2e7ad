"""What text and tables about bus factors share: how they open, and how a table is written."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import datetime

from stackmap.model import Coverage
from stackmap.render.coverage import coverage_lines
from stackmap.render.guards import csv_cell
from stackmap.render.words import full_day

__all__ = ["opening", "table"]


def opening(coverage: Sequence[Coverage], taken_at: datetime) -> list[str]:
    """What was read, and when."""
    return [*coverage_lines(coverage, taken_at.date()), f"Reading of {full_day(taken_at.date())}"]


def table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """CSV with guarded cells, as spreadsheets open it."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([csv_cell(cell) for cell in row] for row in rows)
    return "\ufeff" + out.getvalue()
