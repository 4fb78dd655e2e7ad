"""Importing: fact files and tables. Each becomes a source, and replaces what that source said before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from stackmap.app.earlier import Earlier, earlier_state
from stackmap.app.garbage import collector_paused
from stackmap.app.imports.strangers import strangers
from stackmap.app.imports.succession import Before, before_of, succeeding
from stackmap.app.imports.tables import TableAsk, every_kind, import_table
from stackmap.app.last_days import days_ahead_told
from stackmap.app.notes import unmet_notes
from stackmap.app.opening import check_folder
from stackmap.app.reading import Readings
from stackmap.app.storing import Saved, store, workspace_salt
from stackmap.app.workspace import Workspace
from stackmap.collect import FoundConnectors
from stackmap.declared import BadLine, read_facts
from stackmap.declared.tables import is_fact_file
from stackmap.declared.tables.notes.products import product_names
from stackmap.errors import UsageError
from stackmap.model import Coverage, Fact, Node, Reach, SourceReading
from stackmap.render.imported import TableSource
from stackmap.render.words import counted, full_day
from stackmap.sdk import Export

__all__ = ["Imported", "TableAsk", "import_files", "listed_kinds"]


@dataclass(frozen=True, slots=True)
class Imported:
    """A stored snapshot, what came in from each source, the lines that were left out, and what may be a mistake.

    `unmet`: your notes that met nothing, a sentence each. `tables`: what is to be told of those sources that are
    tables, by source.
    """

    snapshot: int
    readings: tuple[SourceReading, ...]
    bad_lines: tuple[tuple[str, BadLine], ...]
    notes: tuple[str, ...] = ()
    unmet: tuple[str, ...] = ()
    tables: Mapping[str, TableSource] | None = None


def listed_kinds(workspace: Workspace, found: FoundConnectors) -> list[tuple[Export, str]]:
    """Every kind of table, with the title of the product that it comes from ("" for none)."""
    kinds = every_kind(workspace, found)
    return [(kind.export, kind.connector.title if kind.connector else "") for kind in kinds]


def import_files(
    workspace: Workspace,
    readings: Readings,
    files: Sequence[Path],
    *,
    name: str | None = None,
    skip_bad: bool = False,
    ask: TableAsk | None = None,
) -> Imported:
    """Import fact files and tables. `ask` is what was said of the tables among them.

    Raises ConfigError listing every bad line by number and reason, unless `skip_bad`; UsageError where a table would
    replace a newer one and `ask` does not say that this is meant. Then nothing is stored.
    """
    if name is not None and len(files) > 1:
        raise UsageError("--as names one source: import the files one by one")
    check_folder(workspace)
    manifest = workspace.manifest()
    brought = _Brought(workspace, readings, replace(ask or TableAsk(), source=name, skip_bad=skip_bad))
    for file in files:
        brought.take(file)
    found = brought.checked()
    earlier = earlier_state(workspace)
    brought.beside(earlier)
    saved = store(
        workspace, found, manifest, readings.clock, "stackmap import", notice=readings.notice, salt=brought.salt
    )
    tables = brought.told([*saved.snapshot.facts, *manifest.facts])
    named_here = {name or file.stem for file in files}
    facts = [one for one in found if one.source not in tables]
    notes = (*_days_told(facts, earlier), *_seen_before(saved, {one.source for one in facts}, named_here))
    return Imported(saved.snapshot.id, tuple(found), tuple(brought.bad), notes, unmet_notes(saved.identity), tables)


@dataclass(slots=True)
class _Brought:
    """What the files hold, until all of them are read. `salt` is that of the ids in it, "" where none was needed."""

    workspace: Workspace
    means: Readings
    ask: TableAsk
    readings: list[SourceReading] = field(default_factory=list)
    tables: dict[str, TableSource] = field(default_factory=dict)
    said: dict[str, Mapping[str, str]] = field(default_factory=dict)
    bad: list[tuple[str, BadLine]] = field(default_factory=list)
    salt: str = field(default="", repr=False)

    def take(self, file: Path) -> None:
        """Read one more file."""
        if file.is_dir():
            raise UsageError(f"{file} is a folder: name the files in it that are to be imported")
        with collector_paused():
            if self.ask.kind or not is_fact_file(file):
                self._take_table(file)
            else:
                self._take_facts(file)

    def _take_facts(self, file: Path) -> None:
        if self.ask.says_anything:
            raise UsageError(
                f"{file.name} is a fact file: --exported, --dates, --set, --complete and --older are for tables"
            )
        now = self.means.clock()
        content = read_facts(file, name=self.ask.source, taken_at=now, skip_bad=self.ask.skip_bad)
        self.readings.extend(content.readings)
        self.bad.extend((file.name, line) for line in content.bad_lines)

    def _take_table(self, file: Path) -> None:
        kinds = every_kind(self.workspace, self.means.found)
        products = product_names(self.means.found.connectors.values())
        table = import_table(file, kinds, self.ask, self.means.clock(), self._salt, products)
        _refuse_connector(self.workspace, table.reading.source)
        self.readings.append(table.reading)
        self.tables[table.reading.source] = table.told
        self.said[table.reading.source] = table.said
        self.bad.extend((file.name, line) for line in table.bad)

    def _salt(self) -> str:
        """One for all tables: before the first reading every call would make another."""
        self.salt = self.salt or workspace_salt(self.workspace)
        return self.salt

    def checked(self) -> list[SourceReading]:
        """All readings. Raises UsageError where there is none, or two of one source."""
        names = [one.source for one in self.readings]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise UsageError(f"two of the files name the same source ({', '.join(twice)}): import them one by one")
        if not names:
            raise UsageError("the files hold no facts; nothing was stored")
        return self.readings

    def beside(self, earlier: Earlier) -> None:
        """Set the tables beside what each replaces; what stays of that joins its reading. Raises UsageError for one
        that is older than what it would replace.
        """
        before = self._before(earlier)
        for place, reading in enumerate(self.readings):
            if (known := before.get(reading.source)) is not None:
                self.readings[place], told = succeeding(reading, known)
                self.tables[reading.source] = self._replacing(reading.coverage[0], known, earlier, told)

    def told(self, facts: Iterable[Fact]) -> Mapping[str, TableSource]:
        """The tables with all that is to be told, once it is known who is on any list. Addresses that nobody has come
        first: a whole file hangs on each.
        """
        for source, said in self.said.items():
            table = self.tables[source]
            unknown = tuple(strangers(said, source, facts)) if said else ()
            self.tables[source] = replace(table, notes=(*unknown, *table.notes))
        return self.tables

    def _before(self, earlier: Earlier) -> Mapping[str, Before]:
        """What the sources of these tables said last. Facts are only loaded where there are any to replace."""
        known = [source for source in self.tables if source in earlier.sources]
        for source in known:
            told, day = self.tables[source], earlier.sources[source].read_at.date()
            if told.day < day and not self.ask.older:
                raise UsageError(_older(told, source, day))
        return before_of(self.workspace, earlier, known) if known else {}

    def _replacing(self, now: Coverage, known: Before, earlier: Earlier, told: Sequence[str]) -> TableSource:
        table = self.tables[now.source]
        before = next((item for item in earlier.of(now.source) if item.inventory == now.inventory), None)
        lost = tuple(_lost(before, now, said_whole=self.ask.complete)) if before else ()
        rows = before.records if before else None
        notes = (*table.notes, *lost, *told)
        return replace(table, replaced=known.read_at.date(), rows_before=rows, notes=notes)


def _older(told: TableSource, source: str, before: date) -> str:
    return (
        f"{told.file} is of {full_day(told.day)} ({told.known_by.partition(';')[0]}), and {source} was last imported "
        f"as of {full_day(before)}: the older file would replace the newer one. Nothing was stored. If the day is "
        "wrong, say it with --exported; if the older one is meant: --older"
    )


def _lost(before: Coverage, now: Coverage, *, said_whole: bool) -> Iterator[str]:
    """What a table shows less of than the one that it replaces."""
    if 2 * now.records < before.records:
        yield (
            f"it had {counted(before.records, 'row')} and has {counted(now.records, 'row')} now; "
            "if that is only a part of the list, import the whole list again"
        )
    if before.state is Reach.COMPLETE and now.state is not Reach.COMPLETE:
        way = "because of the lines that were left out" if said_whole else "if it lists everybody, add --complete"
        yield f"it was a complete list before and is none now: {way}"


def _refuse_connector(workspace: Workspace, source: str) -> None:
    """A table must not take the place of what a connector reads: it shows less."""
    if workspace.config_file.exists() and any(one.name == source for one in workspace.config().connectors):
        raise UsageError(
            f"stackmap.yaml reads {source} by a connector, which a table would replace: choose another --as"
        )


def _days_told(readings: Sequence[SourceReading], earlier: Earlier) -> Iterator[str]:
    """Last days in fact files that lie ahead; and the files that are older than what they replace: whoever hands one
    over says its day in it.
    """
    yield from days_ahead_told(readings)
    for one in readings:
        known = earlier.sources.get(one.source)
        if known is not None and one.taken_at < known.read_at:
            days = f"{full_day(one.taken_at.date())}, in the place of what was read on {full_day(known.read_at.date())}"
            yield f"{one.source}: an older reading, of {days}"


def _seen_before(saved: Saved, imported: AbstractSet[str], named_here: AbstractSet[str]) -> Iterator[str]:
    """What looks like one source under two names: most ids of a new source come from an earlier one too.

    `named_here`: the names that the import gave, where the file has none of its own.
    """
    fresh = imported - saved.before.keys()
    ids = _node_ids(saved.snapshot.facts) if fresh else {}
    for name in sorted(fresh):
        for other in sorted(ids.keys() - imported):
            both = len(ids[name] & ids[other])
            if 2 * both > len(ids[name]):
                come = f"the same {counted(both, 'id')} {'comes' if both == 1 else 'come'}"
                way = (
                    f"`--as {other}` replaces it" if name in named_here else f"the name {other} in the file replaces it"
                )
                yield f"{name}: {come} from source {other} already: both count; {way}"


def _node_ids(facts: Sequence[Fact]) -> Mapping[str, set[str]]:
    """The ids of the nodes that each source lists."""
    ids: dict[str, set[str]] = defaultdict(set)
    for fact in facts:
        if isinstance(fact, Node):
            for evidence in fact.evidence:
                ids[evidence.source].add(fact.id)
    return ids
