"""Tables of no known kind: `imports.yaml` says what their columns are, and they become a kind like any other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import ClassVar, Literal

from pydantic import Field

from stackmap.declared.forms import Form, Text
from stackmap.declared.tables.cells import fold_heading, is_secret_heading
from stackmap.declared.tables.kinds import Kind
from stackmap.declared.tables.own_facts import LOGINS, PEOPLE, THINGS, Target
from stackmap.declared.tables.staff_shape import CLOSED
from stackmap.declared.written import Problem, complain, nearest, read_text
from stackmap.declared.yaml_source import YamlSource, parse_yaml
from stackmap.sdk.exports import Column, Export

__all__ = [
    "IMPORTS_FILE",
    "TARGETS",
    "ImportsForm",
    "OwnTable",
    "load_own_tables",
    "own_kind",
    "parse_own_tables",
    "stub",
    "without",
    "written",
]

IMPORTS_FILE = "imports.yaml"
TARGETS: Mapping[str, Target] = {target.name: target for target in (LOGINS, THINGS, PEOPLE)}

_OBTAIN = f"your own table; its headings stand in {IMPORTS_FILE}"
_START = """# What the columns of your own tables mean. `stackmap import --map` asks once, and writes it here.
# rows: logins (of one system), things (with owners) or people (who works here).
# columns: what it is, and the heading that holds it.
# means_yes, means_no: what the cells of a yes/no column hold instead, as in  admin: [Owner, Admin]
tables:
"""


class TableForm(Form):
    """One table."""

    called: ClassVar[str] = "a table"

    headings: tuple[Text, ...]
    rows: Literal["logins", "things", "people"]
    system: Text | None = None
    columns: dict[Text, Text]
    means_yes: dict[Text, tuple[Text, ...]] | None = None
    means_no: dict[Text, tuple[Text, ...]] | None = None


class ImportsForm(Form):
    """The whole of imports.yaml."""

    tables: dict[Text, TableForm | None] | None = Field(default=None)


@dataclass(frozen=True, slots=True)
class OwnTable:
    """A table that somebody explained. `columns`: the heading by what it holds. People are of no system ("").

    `means_yes` and `means_no`: what cells of a yes/no column hold instead, by what it holds.
    """

    name: str
    headings: tuple[str, ...]
    rows: str
    system: str
    columns: Mapping[str, str]
    means_yes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    means_no: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def load_own_tables(path: Path) -> tuple[OwnTable, ...]:
    """Read imports.yaml; none where it is missing. Raises ConfigError listing every mistake with line and column."""
    return parse_own_tables(read_text(path), path.name) if path.exists() else ()


def parse_own_tables(text: str, name: str = IMPORTS_FILE) -> tuple[OwnTable, ...]:
    """As `load_own_tables`, from text."""
    source = parse_yaml(text, name)
    form = source.form(ImportsForm)
    problems: list[Problem] = []
    found: dict[frozenset[str], str] = {}
    for key, table in (form.tables or {}).items():
        if table is None:
            problems.append(Problem(source.key("tables", key), "a table needs headings, rows, system and columns"))
            continue
        problems.extend(_wrong(source, key, table))
        folded = frozenset(map(fold_heading, table.headings))
        if found.setdefault(folded, key) != key:
            at = source.value("tables", key, "headings")
            problems.append(Problem(at, f"the table {found[folded]!r} has the same headings; keep one of them"))
    if problems:
        raise complain(name, problems)
    return tuple(
        OwnTable(
            key,
            table.headings,
            table.rows,
            table.system or "",
            dict(table.columns),
            dict(table.means_yes or {}),
            dict(table.means_no or {}),
        )
        for key, table in (form.tables or {}).items()
        if table is not None
    )


def _wrong(source: YamlSource, key: str, table: TableForm) -> Iterator[Problem]:
    target = TARGETS[table.rows]
    known = [column.name for column in target.columns]
    folded = {fold_heading(heading) for heading in table.headings}
    for word, heading in table.columns.items():
        at_key = source.key("tables", key, "columns", word)
        at_value = source.value("tables", key, "columns", word)
        if word not in known:
            near = nearest(word, known)
            yield Problem(at_key, f"{word[:40]!r} is no column of {table.rows}: {', '.join(known)}{near}")
        elif fold_heading(heading) not in folded:
            yield Problem(at_value, f"{heading[:40]!r} is none of the headings{nearest(heading, table.headings)}")
        elif is_secret_heading(heading):
            yield Problem(at_value, f"{heading[:40]!r} seems to hold secrets: it is never read; take this line out")
    for column in target.columns:
        if column.required and column.name not in table.columns:
            yield Problem(source.key("tables", key), f"say which heading is the {column.name} (under columns)")
    for some in dict.fromkeys(target.needs):
        if not some.is_met(table.columns):
            yield Problem(source.key("tables", key), f"say which heading is {some.called} (under columns)")
    if target.like is None and not table.system:
        yield Problem(source.key("tables", key), f"say whose {target.name} these are (system)")


def own_kind(table: OwnTable) -> Kind:
    """The kind that a table of somebody's own is."""
    target, folded = TARGETS[table.rows], frozenset(map(fold_heading, table.headings)) - {""}
    columns = tuple(
        replace(column, headings=(table.columns[column.name],), words=_words(table, column))
        for column in target.columns
        if column.name in table.columns
    )
    if target.like is not None:
        export = replace(target.like, name=table.name, title=table.name, obtain=_OBTAIN, columns=columns)
        return Kind(
            export, on_request=True, source=target.like.name, headings=folded, needs=target.needs, closed=CLOSED
        )
    export = Export(
        name=table.name,
        title=table.name,
        says=f"{target.says} {table.system}, as your {IMPORTS_FILE} explains them",
        obtain=_OBTAIN,
        columns=columns,
        facts=target.facts(table.system),
        emits=target.emits,
        how=target.how,
    )
    return Kind(export, headings=folded, source=table.name)


def _words(table: OwnTable, column: Column) -> Mapping[str, str] | None:
    """What cells mean: the words of the column, and those that somebody said mean yes or no."""
    said = {"yes": table.means_yes.get(column.name, ()), "no": table.means_no.get(column.name, ())}
    own = {word.casefold(): meaning for meaning, words in said.items() for word in words}
    return {**(column.words or {}), **own} if own else column.words


def without(before: str, name: str) -> str:
    """imports.yaml without one of its tables; what stands round it stays."""
    source = parse_yaml(before, IMPORTS_FILE)
    starts = sorted(source.key("tables", key).line for key in (source.form(ImportsForm).tables or {}))
    lines, start = before.splitlines(keepends=True), source.key("tables", name).line
    end = next((line for line in starts if line > start), len(lines) + 1)
    while end - 1 > start and lines[end - 2].lstrip().startswith("#"):  # a remark is about what follows it
        end -= 1
    return "".join([*lines[: start - 1], *lines[end - 1 :]])


def written(before: str, table: OwnTable) -> str:
    """imports.yaml with one more table at its end; everything that stood in it stays."""
    start = before if before.strip() else _START
    lines = [f"  {_quoted(table.name)}:", f"    headings: [{', '.join(map(_quoted, table.headings))}]"]
    lines += [f"    rows: {table.rows}"]
    lines += [f"    system: {_quoted(table.system)}"] if table.system else []
    lines += ["    columns:"]
    lines += [f"      {word}: {_quoted(heading)}" for word, heading in table.columns.items()]
    for key, said in (("means_yes", table.means_yes), ("means_no", table.means_no)):
        lines += [f"    {key}:"] if said else []
        lines += [f"      {word}: [{', '.join(map(_quoted, cells))}]" for word, cells in said.items()]
    if "\ntables:" not in f"\n{start}":
        start = f"{start.rstrip()}\ntables:\n"
    return f"{start.rstrip()}\n" + "\n".join(lines) + "\n"


def stub(name: str, headings: Sequence[str]) -> str:
    """What to write into imports.yaml for a table with these headings, with every choice that there is."""
    lines = [_START.rstrip(), f"  {_quoted(name)}:", f"    headings: [{', '.join(map(_quoted, headings))}]"]
    lines += ["    rows: logins          # or: things, or people"]
    lines += ['    system: "..."         # whose logins or things these are; of people, leave this line out']
    lines.append("    columns:")
    for target in TARGETS.values():
        for column in target.columns:
            need = "" if column.required else " (may be left out)"
            lines.append(f'      #{column.name}: "..."   # {target.name}: {column.says}{need}')
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    """A text as YAML takes it, whatever it holds: headings come from other people's files."""
    bare = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(char if char.isprintable() else f"\\U{ord(char):08X}" for char in bare) + '"'
