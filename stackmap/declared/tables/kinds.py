"""The kinds of tables there are: those of the connectors, and ours that belong to no product."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from stackmap.declared.written import nearest
from stackmap.errors import ConnectorError, UsageError
from stackmap.model import How
from stackmap.sdk import Connector
from stackmap.sdk.exports import Column, Export

__all__ = ["UNKNOWN_TENANT", "Kind", "Some", "find_kind", "gather_kinds", "is_filled_in"]

UNKNOWN_TENANT = "unknown"


@dataclass(frozen=True, slots=True)
class Some:
    """At least `least` of these columns; of those that stand together one counts. `called` says it in words."""

    called: str
    choices: tuple[tuple[str, ...], ...]
    least: int = 1

    def is_met(self, there: Container[str]) -> bool:
        """Whether these columns are enough."""
        return sum(any(name in there for name in choice) for choice in self.choices) >= self.least


@dataclass(frozen=True, slots=True)
class Kind:
    """An export, and the connector whose product it comes from (None for ours).

    `on_request`: whoever imports it may say that it lists everybody. `source` names the source that it becomes where
    that is not the kind's own name. `headings`: all headings (folded) of a table that somebody explained; it is
    recognised by them alone.

    Where no single column is required: without `needs` no row could be understood; with `shape` beside them a file is
    recognised without being named, unless it has one of the headings `never` too.

    `closed`: columns that hold nothing but the words that are known, and what to say of another one.
    """

    export: Export
    connector: Connector | None = None
    on_request: bool = False
    source: str = ""
    headings: frozenset[str] = frozenset()
    needs: tuple[Some, ...] = ()
    shape: tuple[Some, ...] = ()
    never: tuple[str, ...] = ()
    closed: Mapping[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """What `--kind` calls it."""
        return self.export.name

    @property
    def inventory(self) -> str:
        """The list's name in the reading."""
        return self.export.inventory or self.export.name

    @property
    def marks(self) -> tuple[Column, ...]:
        """The columns by which it is recognised."""
        names = {*self.export.marks, *(column.name for column in self.export.columns if column.required)}
        return tuple(column for column in self.export.columns if column.name in names)


def gather_kinds(connectors: Iterable[Connector], ours: Sequence[Kind]) -> tuple[Kind, ...]:
    """Every kind, by name. Raises ConnectorError when two connectors give one name to two kinds."""
    theirs = [Kind(export, connector) for connector in connectors for export in connector.exports]
    found: dict[str, Kind] = {}
    for kind in (*ours, *theirs):
        if kind.name in found:
            raise ConnectorError(f"two kinds of files are called {kind.name}: one connector too many is installed")
        found[kind.name] = kind
    return tuple(found[name] for name in sorted(found))


def find_kind(kinds: Sequence[Kind], name: str) -> Kind:
    """The kind of that name. Raises UsageError with the nearest one."""
    for kind in kinds:
        if kind.name == name:
            return kind
    near = nearest(name, [kind.name for kind in kinds])
    raise UsageError(f"there is no kind of file called {name!r}{near}. All of them: stackmap import --kinds")


def is_filled_in(kind: Kind) -> bool:
    """Whether people write it themselves, so that a template helps."""
    return kind.export.how is How.DECLARED or kind.on_request
