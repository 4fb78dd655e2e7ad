"""Files that people get out of a screen or fill in themselves: headings, and the function that reads a row.

A connector declares them as values, like its inventories; `stackmap.declared` opens the file, meets broken cells, and
tells what was left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import Any, TypeAlias

from stackmap.model import EdgeKind, Fact, How, NodeKind
from stackmap.sdk.scope import Scope, Setting

__all__ = ["Cell", "Column", "Export", "NumberedRow", "Row", "RowMapper", "Sift", "Sifted"]


class Cell(Enum):
    """What a cell holds once it is read. Days are `datetime.date`, lists tuples of texts, the rest text or bool."""

    TEXT = "text"
    EMAIL = "email"
    DAY = "day"
    YES_NO = "yes or no"
    NUMBER = "number"
    LIST = "list"


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `name` is ours and heads the template; `headings` are those that exports give it.

    Headings are compared without regard to case, blanks and punctuation. A row in which a `required` column is empty
    is left out with its number; a file without a `required` column is none of this kind. `example` stands in the
    template. `words` maps what the cells of an export hold to what is meant (`{"true": "yes"}`), folded.
    """

    name: str
    says: str
    headings: tuple[str, ...] = ()
    cell: Cell = Cell.TEXT
    required: bool = False
    example: str = ""
    words: Mapping[str, str] | None = None


Row: TypeAlias = Mapping[str, Any]
"""The cells of one row by the column's `name`; empty ones are left out."""

RowMapper: TypeAlias = Callable[[Row, Scope], Iterator[Fact]]
"""A pure function: one row in, facts out. Raises NotUnderstoodError for what it cannot read."""


NumberedRow: TypeAlias = tuple[int, Row]
"""A row with the number of its line."""


@dataclass(frozen=True, slots=True)
class Sifted:
    """The rows of a file after they were seen together: those that stay, why others do not, and what to tell."""

    rows: tuple[NumberedRow, ...]
    refused: Mapping[int, str] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()


Sift: TypeAlias = Callable[[Sequence[NumberedRow], date], Sifted]
"""What only all rows of a file together tell (who is in it twice). Pure; the day is that of the import."""


@dataclass(frozen=True, slots=True)
class Export:
    """One kind of file. `name` is unique over all connectors (`salesforce-users`).

    `how` tells whose word it is: `OBSERVED` for what a system wrote out, `DECLARED` for what people filled in. `obtain`
    says where it comes from and who may get it, with its `source` ("" for a template of ours). `marks` are columns by
    whose presence together the kind is recognised without being named (default: all required ones); `options` are what
    the file itself does not hold (whose export it is), given on the command line. `complete` where a file of this kind
    shows all there is of what it `lists`: hardly ever, for whoever exports sees a part. The System is no business of
    its `facts`: whoever reads the file adds it.

    `lists` are those of `emits` of which a complete file names all there are (default: `emits`), `inventory` is the
    list's name in the reading (default: `name`), `sift` looks at all rows together before they are mapped. `only_of`
    says, from the options, of whose things alone such a file tells (None: of everybody's that its maker could see).
    """

    name: str
    title: str
    says: str
    obtain: str
    columns: tuple[Column, ...]
    facts: RowMapper
    emits: frozenset[NodeKind | EdgeKind]
    how: How = How.OBSERVED
    source: str = ""
    marks: tuple[str, ...] = ()
    options: tuple[Setting, ...] = ()
    complete: bool = False
    lists: frozenset[NodeKind | EdgeKind] | None = None
    inventory: str = ""
    sift: Sift | None = None
    only_of: Callable[[Mapping[str, str]], str] | None = None

    @property
    def listed(self) -> frozenset[NodeKind | EdgeKind]:
        """The kinds over which a complete file proves absence."""
        return self.emits if self.lists is None else self.lists
