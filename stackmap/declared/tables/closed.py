"""Words in columns where only known ones have a meaning."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from stackmap.declared.tables.kinds import Kind
from stackmap.sdk.exports import Row

__all__ = ["unknown_words"]


def unknown_words(kind: Kind, columns: Mapping[str, str], row: Row) -> Iterator[str]:
    """Why a row is left out for such a word, a sentence each. `columns` are the headings by the column's name.

    The word is repeated: without it nobody sees which of two likely columns was read. Secrets were refused before.
    """
    for column in kind.export.columns:
        says, word = kind.closed.get(column.name, ""), row.get(column.name)
        known = set(column.words.values()) if column.words else set()
        if says and known and column.name in columns and word is not None and word not in known:
            yield f"column {columns[column.name][:40]!r}: {word[:40]!r} {says}"
