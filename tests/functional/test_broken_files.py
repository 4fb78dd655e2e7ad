"""A thousand broken files: each is refused with its place, or taken in part and says what was left out."""

import random
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest

from stackmap.app.imports.importing import Imported, TableAsk, import_files
from stackmap.app.opening import open_reading
from stackmap.app.reading import Readings
from stackmap.app.workspace import Workspace
from stackmap.collect import FoundConnectors
from stackmap.declared import SecretResolver, load_config, load_manifest
from stackmap.declared.tables import DayOrder, load_own_tables
from stackmap.errors import StackmapError
from stackmap.model import Reach

TABLES, NOTES = 760, 240
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)

STAFF = "".join(
    f"{line}\r\n"
    for line in (
        "Staff report,,,,,,,",
        "",
        "Employee ID,Worker,Work Email,Manager - Employee ID,Job Title,Team,Worker Status,Hire Date,Termination Date",
        '1,"Okafor, Dana",dana@acme.test,2,Lead,Marketing Ops,Active,2021-03-01,',
        "2,Kim Müller,kim@acme.test,,Director,Marketing Ops,Active,2019-03-01,",
        '3,"José ""Pepe"" Núñez",jose@acme.test,2,Intern,"Field\nMarketing",Terminated,2018-03-01,2026-06-30',
        "4,=HYPERLINK(1),lee@acme.test,2,Analyst,Web,On Leave,2020-01-01,2027-01-31",
    )
)
STACK = """
people:
  dana: {name: Dana Okafor, emails: [dana@acme.test]}
teams:
  ops: {members: [dana]}
systems:
  crm: {product: salesforce, owner: dana}
  ads:
links:
  conversions: {name: Conversions, from: crm, to: ads, runs_as: dana, if_switched_off: stops}
"""
CONFIG = """
connectors:
  crm:
    connector: salesforce
    client_secret: "env:CRM_SECRET"
settings:
  quota_floor: 0.3
"""
IMPORTS = """
tables:
  canva:
    headings: [Login, Name, Mail]
    rows: logins
    system: Canva
    columns: {login: Login, email: Mail}
"""

LOAD: dict[str, tuple[str, Callable[[Path], object]]] = {
    "stack.yaml": (STACK, load_manifest),
    "stackmap.yaml": (CONFIG, load_config),
    "imports.yaml": (IMPORTS, load_own_tables),
}

WHOLE_FILE = re.compile(
    r"no known kind|this is (a|an|no|not) |may be|holds nothing but|has headings and no rows|no row of it could"
    r"|is a fact file|cannot be read|larger than|nested too deeply|is no YAML|that kind"
)
"""What is wrong with a file as a whole has no line."""


def _no_secret(*_: object) -> str:
    raise AssertionError("no secret is needed here")


MEANS = Readings(
    FoundConnectors({}),
    SecretResolver({}, _no_secret, _no_secret, _no_secret),
    lambda: NOW,
    lambda *_: None,
    lambda _: None,
)

Breaker = Callable[[str, random.Random], bytes]


def _spot(text: str, chance: random.Random) -> int:
    return chance.randrange(len(text) + 1)


def _with(*pieces: str) -> Breaker:
    """Pieces put in at random places."""

    def broken(text: str, chance: random.Random) -> bytes:
        for _ in range(chance.randint(1, 4)):
            at = _spot(text, chance)
            text = text[:at] + chance.choice(pieces) + text[at:]
        return text.encode("utf-8", "surrogatepass")

    return broken


def _cut(text: str, chance: random.Random) -> bytes:
    return text.encode()[: chance.randrange(len(text))]


def _without(text: str, chance: random.Random) -> bytes:
    at = _spot(text, chance)
    return (text[:at] + text[at + chance.randint(1, 30) :]).encode()


def _doubled(text: str, chance: random.Random) -> bytes:
    lines = text.splitlines(keepends=True)
    at = chance.randrange(len(lines))
    return "".join([*lines[:at], lines[at] * chance.randint(2, 30), *lines[at:]]).encode()


def _shuffled(text: str, chance: random.Random) -> bytes:
    lines = text.splitlines(keepends=True)
    chance.shuffle(lines)
    return "".join(lines).encode()


def _flipped(text: str, chance: random.Random) -> bytes:
    found = bytearray(text.encode())
    for _ in range(chance.randint(1, 12)):
        found[chance.randrange(len(found))] = chance.randrange(256)
    return bytes(found)


def _noise(_text: str, chance: random.Random) -> bytes:
    return chance.randbytes(chance.randrange(2_000))


def _recoded(text: str, chance: random.Random) -> bytes:
    code = chance.choice(["utf-16", "utf-16-le", "utf-32", "cp1252", "latin-1", "utf-8-sig", "cp037", "utf-7"])
    content = text.encode(code, "replace")
    return content[: chance.choice([len(content), len(content) - 1, len(content) // 2])]


def _foreign(text: str, chance: random.Random) -> bytes:
    starts = [
        b"PK\x03\x04xl/",
        b"PK\x03\x04",
        b"\xd0\xcf\x11\xe0",
        b"<html><table>",
        b"%PDF",
        b"\x1f\x8b",
        b'{"a":',
        b"[",
    ]
    return chance.choice(starts) + text.encode()


def _line_ends(text: str, chance: random.Random) -> bytes:
    return re.sub("\r?\n", lambda _: chance.choice(["\r", "\n", "\r\n", "\n\n", "\v", "\x85", "\u2028"]), text).encode()


def _other_marks(text: str, chance: random.Random) -> bytes:
    return text.replace(",", chance.choice([";", "\t", "|", " ", ",,", "\x1f"])).encode()


def _nothing(_text: str, chance: random.Random) -> bytes:
    return chance.choice(
        [b"", b"\n\n", b"\xef\xbb\xbf", b"\xff\xfe", b",,,\n,,,\n", b'"', b"# only a comment\n", b"\x00"]
    )


def _headings(text: str, chance: random.Random) -> bytes:
    heading = chance.choice(["Worker", "Job Title", "Hire Date", "Work Email"])
    return text.replace(heading, chance.choice(["", "Job Title", "Password", "=1+1", "\x00", heading * 9]), 1).encode()


def _long_cell(text: str, chance: random.Random) -> bytes:
    at = _spot(text, chance)
    return (text[:at] + "x" * chance.choice([3_000, 140_000, 1_100_000]) + text[at:]).encode()


def _nested(text: str, chance: random.Random) -> bytes:
    deep = chance.choice(["[" * 3_000, "{a: " * 60, "- " * 300, "? " * 200, "&a [*a]", "a: &a {<<: *a}"])
    return chance.choice([text + "\n" + deep, deep + "\n" + text, deep]).encode()


def _expanding(text: str, chance: random.Random) -> bytes:
    rows = ["a0: &a0 [x, x]"] + [
        f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, chance.choice([2, 3, 4]))
    ]
    return ("\n".join(rows) + "\n" + text).encode()


TABLE_BREAKERS: tuple[Breaker, ...] = (
    _with('"', '""', '"\n', ',"', "'"),
    _with(",", ";", "\t", ",,,,,"),
    _with("\x00", "\x01", "\x1b[31m", "\x7f", "\u202e", "\ufeff", "\ud800"),
    _with("=cmd|' /C calc'!A0", '="1"', "+1", "@SUM(1)", "-1", "'=1"),
    _with("03/04/2026", "0000-00-00", "2026-02-30", "99999-99-99", "2026-13-01"),
    _with("\r", "\n", "\r\n\r\n"),
    _with("@", "a@b@c", "\u0660", "İ", "ß", "e\u0301"),
    _cut,
    _without,
    _doubled,
    _shuffled,
    _flipped,
    _noise,
    _recoded,
    _foreign,
    _line_ends,
    _other_marks,
    _nothing,
    _headings,
    _long_cell,
)
NOTE_BREAKERS: tuple[Breaker, ...] = (
    _with(
        '"',
        "'",
        ":",
        "- ",
        "  ",
        "\t",
        "#",
        "{",
        "]",
        "&a ",
        "*a",
        "!x ",
        "|",
        ">",
        "%",
        "@",
        "`",
        "? ",
        "---\n",
        "...\n",
    ),
    _with("\x00", "\x07", "\u202e", "\ud800", "\x85"),
    _with("null", "~", "yes", "1e999", ".nan", "2026-02-30", "0x10", "<<: ", "[1, 2]"),
    _cut,
    _without,
    _doubled,
    _shuffled,
    _flipped,
    _noise,
    _recoded,
    _nested,
    _expanding,
)


@pytest.fixture(scope="module", name="workspace")
def _workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A workspace with one reading in it: what a refusal must leave alone."""
    folder = tmp_path_factory.mktemp("broken")
    (folder / "good.csv").write_bytes(STAFF.encode())
    found = Workspace(folder)
    import_files(found, MEANS, [folder / "good.csv"], ask=TableAsk(exported=NOW.date()))
    return found


def _outcome(attempt: Callable[[], object]) -> object:
    """What came of it: a result, or the one kind of error that is meant for people. Any other one fails the test."""
    try:
        return attempt()
    except StackmapError as error:
        return error


def _import(workspace: Workspace, file: Path, chance: random.Random) -> Imported:
    orders = [None, *DayOrder]
    ask = TableAsk(chance.choice(["", "staff-list"]), exported=NOW.date(), order=chance.choice(orders))
    return import_files(workspace, MEANS, [file], skip_bad=chance.random() < 0.5, ask=ask)


def _placed(text: str, file: Path) -> bool:
    """Whether an error says which file, and where in it as far as there is a place."""
    return file.name in text and bool(re.search(r"lines? \d+", text) or WHOLE_FILE.search(text))


def _broken_tables(folder: Path) -> Iterator[tuple[Path, random.Random]]:
    for number in range(TABLES):
        chance = random.Random(number)
        file = folder / f"t{number:04}.csv"
        file.write_bytes(TABLE_BREAKERS[number % len(TABLE_BREAKERS)](STAFF, chance))
        yield file, chance
        file.unlink()


def test_a_broken_table_is_refused_with_its_place_or_taken_in_part_and_says_so(workspace: Workspace) -> None:
    refused, taken, in_part = 0, 0, 0
    for file, chance in _broken_tables(workspace.folder):
        before = workspace.database.read_bytes()
        done = _outcome(partial(_import, workspace, file, chance))
        if isinstance(done, Imported):
            taken += 1
            in_part += bool(done.bad_lines)
            states = {item.state for reading in done.readings for item in reading.coverage}
            assert Reach.COMPLETE not in states
            assert all(line.number > 0 and line.reason for _, line in done.bad_lines)
        else:
            refused += 1
            assert _placed(str(done), file), f"{file.name}: {done}"
            assert workspace.database.read_bytes() == before, file.name
    assert refused > TABLES // 4
    assert taken > TABLES // 8
    assert in_part > TABLES // 20
    assert open_reading(workspace).snapshot.id == taken + 1


def test_one_endless_line_is_refused_without_being_held(workspace: Workspace) -> None:
    for piece in (b"x" * 1000, b"a,b;c\td|" * 125, b'"' * 1000):
        file = workspace.folder / "endless.csv"
        with file.open("wb") as stream:
            stream.writelines(piece * 1000 for _ in range(100))
        before = workspace.database.read_bytes()
        with pytest.raises(StackmapError, match=r"endless\.csv, line 1: a line of more than 1,000,000 characters"):
            import_files(workspace, MEANS, [file])
        assert workspace.database.read_bytes() == before
        file.unlink()


def test_broken_notes_and_settings_are_refused_with_their_place(tmp_path: Path) -> None:
    refused = 0
    for number in range(NOTES):
        chance = random.Random(number)
        name = list(LOAD)[number % len(LOAD)]
        text, load = LOAD[name]
        file = tmp_path / name
        file.write_bytes(NOTE_BREAKERS[number // len(LOAD) % len(NOTE_BREAKERS)](text, chance))
        done = _outcome(partial(load, file))
        if isinstance(done, StackmapError):
            refused += 1
            assert _placed(str(done), file), f"{number}: {done}"
    assert refused > NOTES // 3
