"""One table into one reading: its kind, its day, its options, and how far it can be trusted."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time
from pathlib import Path

from stackmap.app.workspace import Workspace
from stackmap.collect import FoundConnectors
from stackmap.collect.merge import Merged
from stackmap.declared import BadLine
from stackmap.declared.left_out import without_lines
from stackmap.declared.tables import (
    OUR_KINDS,
    UNKNOWN_TENANT,
    DayOrder,
    Kind,
    Table,
    Taken,
    day_in,
    find_kind,
    gather_kinds,
    load_own_tables,
    own_kind,
    read_table,
    refused,
    take_facts,
)
from stackmap.declared.written import nearest
from stackmap.errors import ConfigError, UsageError
from stackmap.model import Coverage, Fact, How, Node, Reach, SourceReading, system_of
from stackmap.render.imported import TableSource
from stackmap.render.words import full_day
from stackmap.rules.sight import OWN_ONLY
from stackmap.sdk import Scope
from stackmap.sdk.connector import system_node

__all__ = ["TableAsk", "TableReading", "every_kind", "import_table"]

_ADDRESS = re.compile(
    r"[^\W_][^\W_.+]*(\.[^\W_]+)*@[\w-]+(\.[\w-]+)+"
)  # where - and _ may join it to other words, it is none
_DAY = re.compile(r"^\d{4}-?\d\d-?\d\d[-_ ]+|[-_ ]+\d{4}-?\d\d-?\d\d$")
_TENANT = "tenant"
_OUR_PRODUCT = "files"
_OF_A_HASH = 14
"""Of an address in the name of a source: 48 bits, so that no two members' files replace each other by chance."""


@dataclass(frozen=True, slots=True)
class TableAsk:
    """What was said on the command line of a table: its kind, its source's name, its day, the order of its days, the
    options of its kind, whether it lists everybody, and whether it may take the place of a newer one.
    """

    kind: str = ""
    source: str | None = None
    exported: date | None = None
    order: DayOrder | None = None
    options: Mapping[str, str] = field(default_factory=dict)
    complete: bool = False
    older: bool = False
    skip_bad: bool = False

    @property
    def says_anything(self) -> bool:
        """Whether something was said that only tables have."""
        return bool(self.kind or self.exported or self.order or self.options or self.complete or self.older)


@dataclass(frozen=True, slots=True)
class TableReading:
    """A table, ready to be stored, and what to tell of it. `said`: the addresses that its options gave, by option."""

    reading: SourceReading
    told: TableSource
    bad: tuple[BadLine, ...]
    said: Mapping[str, str]


def every_kind(workspace: Workspace, found: FoundConnectors) -> tuple[Kind, ...]:
    """All kinds of tables: ours, the connectors', and those that imports.yaml explains."""
    own = [own_kind(table) for table in load_own_tables(workspace.imports_file)]
    known = gather_kinds(found.connectors.values(), OUR_KINDS)
    taken = {kind.name for kind in known}
    for kind in own:
        if kind.name in taken:
            raise ConfigError(
                f"{workspace.imports_file.name}: there is a kind {kind.name!r} already: give another name"
            )
    return (*known, *own)


def import_table(
    file: Path,
    kinds: Sequence[Kind],
    ask: TableAsk,
    now: datetime,
    salt: Callable[[], str],
    products: Mapping[str, str],
) -> TableReading:
    """Read one table. `salt` is asked for when it is needed, `products` are those of connectors by their names.

    Raises ConfigError or UsageError, naming file and line, where the table cannot be taken.
    """
    kind = find_kind(kinds, ask.kind) if ask.kind else None
    table = read_table(file, kinds, kind=kind, order=ask.order)
    if ask.complete and not table.kind.on_request:
        raise UsageError(f"--complete: a file of the kind {table.kind.name} never shows all there is; leave it out")
    options, guessed = _options(table.kind, ask.options, file)
    day, known_by = _day(file, ask.exported, now.date())
    scope = replace(_scope(table.kind, options, ask.source, day, salt()), products=products)
    taken = take_facts(table, scope, now.date())
    if taken.bad and (not ask.skip_bad or not taken.facts):
        raise refused(file.name, taken.bad, others=bool(taken.facts))
    if not taken.facts:
        raise UsageError(_nothing(file, table))
    reading = _reading(table.kind, taken, scope, whole=ask.complete or table.kind.export.complete)
    if taken.bad:
        reading = without_lines(reading, len(taken.bad), file.name)
    notes = (*taken.notes, *guessed, *_whose(scope, options))
    told = TableSource(file.name, table.kind.name, taken.rows, day, known_by, notes, unused=table.unused)
    said = {name: value for name, value in options.items() if "@" in value}
    return TableReading(reading, told, taken.bad, said)


def _nothing(file: Path, table: Table) -> str:
    if any("example row" in note for note in table.notes):
        return f"{file.name} holds nothing but the template's example: fill in a row; nothing was stored"
    return f"{file.name} has headings and no rows; nothing was stored"


def _options(kind: Kind, given: Mapping[str, str], file: Path) -> tuple[dict[str, str], tuple[str, ...]]:
    """The options with their defaults; an address in the file's name fills the one that is missing, and that is told.

    Only they know whose export it is: the files themselves do not say it.
    """
    known = {option.name: option for option in kind.export.options}
    for name in given:
        if name not in known:
            near = nearest(name, known)
            there = f"it has {', '.join(known)}" if known else "it has none"
            raise UsageError(f"--set {name}: the kind {kind.name} has no such option{near}; {there}")
    values = {option.name: option.default for option in known.values() if option.default} | dict(given)
    missing = [option for option in known.values() if option.required and not values.get(option.name)]
    named = [word for word in _DAY.sub("", file.stem).split() if _ADDRESS.fullmatch(word)]
    if len(missing) == 1 and len(named) == 1:
        values[missing[0].name] = named[0]
        return values, (f"{missing[0].name}: taken from the file's name",)
    if missing:
        lines = [f"{file.name} does not say this; add it to the command:"]
        lines.extend(f"  --set {option.name}=...   {option.says}" for option in missing)
        raise UsageError("\n".join(lines))
    return values, ()


def _day(file: Path, exported: date | None, today: date) -> tuple[date, str]:
    """The day of an export, and how it is known."""
    named = day_in(file.stem)
    if exported is not None:
        day, known_by = exported, "you said so"
    elif named is not None:
        day, known_by = named, "by the file's name"
    else:
        day = datetime.fromtimestamp(file.stat().st_mtime, UTC).date()
        known_by = "when the file was last changed; --exported DAY says it better"
    if day > today:
        raise UsageError(f"{file.name} would be an export of {full_day(day)}, which is in the future: --exported DAY")
    return day, known_by


def _scope(kind: Kind, options: Mapping[str, str], source: str | None, day: date, salt: str) -> Scope:
    product = kind.connector.product if kind.connector else _OUR_PRODUCT
    tenant = options.get(_TENANT) or UNKNOWN_TENANT
    at = datetime.combine(day, time(), UTC)
    scope = Scope(product, tenant, "", kind.inventory, at, options, salt, kind.export.how)
    return replace(scope, source=source or kind.source or _source(kind, options, scope))


def _source(kind: Kind, options: Mapping[str, str], scope: Scope) -> str:
    """One source per kind, tenant, and whose file it is: what must be said of it. What may be said replaces nothing.

    An address is hashed: the names of sources are shown everywhere.
    """
    said = [
        scope.hashed(value)[:_OF_A_HASH] if "@" in value else " ".join(value.casefold().split())
        for option in kind.export.options
        if (option.required or option.name == _TENANT)
        and (value := options.get(option.name, "")) not in {"", option.default}
    ]
    return "/".join((kind.name, *said))


def _whose(scope: Scope, options: Mapping[str, str]) -> tuple[str, ...]:
    """Whose file a source is that has only the hash of an address in its name: no later answer says it."""
    named = [value for value in options.values() if "@" in value and scope.hashed(value)[:_OF_A_HASH] in scope.source]
    return tuple(f"{scope.source}, as later answers call it, is the file of {value}" for value in named)


def _reading(kind: Kind, taken: Taken, scope: Scope, *, whole: bool) -> SourceReading:
    system = "" if kind.connector is None else system_of(scope.system) or ""
    coverage = Coverage(
        scope.source,
        system,
        kind.inventory,
        Reach.COMPLETE if whole else Reach.PARTIAL,
        kind.export.listed,
        reason="" if whole else _reason(kind, scope.settings),
        records=taken.rows,
        read_at=scope.taken_at,
        vendor_code=OWN_ONLY if kind.export.only_of and not whole else "",
    )
    merged = Merged()
    weak = {How.INFERRED_KEY, How.INFERRED_NAME}
    # What is only inferred comes last: the first name and value of a fact stand.
    merged.add(fact for fact in taken.facts if fact.evidence[0].how not in weak)
    merged.add(fact for fact in taken.facts if fact.evidence[0].how in weak)
    if kind.connector is not None:
        # Concluded from whose file it is: what a reading of the system itself calls it stands before that.
        nameless = scope.tenant == UNKNOWN_TENANT
        merged.add([system_node(kind.connector, scope, how=How.INFERRED_KEY, nameless=nameless)])
    return SourceReading(scope.source, scope.taken_at, _ordered(merged.facts()), (coverage,), whole=True)


def _ordered(facts: Sequence[Fact]) -> tuple[Fact, ...]:
    """Nodes first, as fact files have them."""
    return tuple(sorted(facts, key=lambda fact: not isinstance(fact, Node)))


def _reason(kind: Kind, options: Mapping[str, str]) -> str:
    """Without a day: how old a list is stands beside it, and lists that lack the same are told together."""
    if kind.export.only_of:
        return kind.export.only_of(options)
    if kind.export.how is How.DECLARED:
        return "lists filled in by hand show what their writers knew"
    return "exports show what their makers could see"
