"""Importing tables by command: recognised, dated, explained, replaced, and never stored in part."""

import os
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from stackmap.app.imports.explaining import explain, remember, unexplained
from stackmap.app.imports.importing import Imported, TableAsk, import_files
from stackmap.app.opening import Reading, open_reading
from stackmap.app.reading import Readings
from stackmap.app.workspace import Workspace
from stackmap.cli.import_ import _picked
from stackmap.collect import FoundConnectors, find_connectors
from stackmap.declared import SecretResolver
from stackmap.declared.tables import OUR_KINDS, gather_kinds, is_filled_in, load_own_tables
from stackmap.errors import StackmapError, UsageError
from stackmap.model import Act, Fact, Node, NodeKind, Reach
from stackmap.sdk import Cell, Column, Connector, Export, Row, Scope, Setting, from_files
from tests.functional.cli import contents, inside
from tests.support.days import files_written_at

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
STAFF = "Employee ID,Name,Work Email,Job Title,Hire Date\n1,Dana,d@acme.test,Lead,2021-03-01\n2,Kim,k@acme.test,Boss,\n"


@pytest.fixture(autouse=True)
def _files_of_that_day(monkeypatch: pytest.MonkeyPatch) -> None:
    files_written_at(NOW, monkeypatch)


def _member(row: Row, at: Scope) -> Iterator[Fact]:
    yield at.node(NodeKind.ACCOUNT, at.hashed(row["email"]), row["email"], {"email": row["email"]})


MEMBERS = Export(
    "tool-members",
    "Members",
    "who is in it",
    "Settings > Members",
    (Column("email", "address", cell=Cell.EMAIL, required=True), Column("seat", "seat", required=True)),
    _member,
    frozenset({NodeKind.ACCOUNT}),
    options=(Setting("member", "whose export it is"),),
)
TOOL: Connector = from_files("tool", "tool", "Tool", (MEMBERS,), usual_act=Act.REMOVED)


def _no_secret(*_: object) -> str:
    raise AssertionError("no secret is needed here")


def of_kind(reading: Reading, kind: NodeKind) -> list[Node]:
    """The nodes of a kind that a reading holds."""
    return [fact for fact in reading.snapshot.facts if isinstance(fact, Node) and fact.kind is kind]


def means(*connectors: Connector) -> Readings:
    found = FoundConnectors({one.name: one for one in connectors})
    resolver = SecretResolver({}, _no_secret, _no_secret, _no_secret)
    return Readings(found, resolver, lambda: NOW, lambda *_: None, lambda _: None)


def take(folder: Path, name: str, text: str, ask: TableAsk | None = None, *, skip_bad: bool = False) -> Imported:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return import_files(Workspace(folder), means(TOOL), [file], skip_bad=skip_bad, ask=ask)


def test_a_staff_list_is_dated_by_its_name_and_read_in_part(tmp_path: Path) -> None:
    done = take(tmp_path, "staff-2026-10-03.csv", STAFF)
    assert done.tables is not None
    told = done.tables["staff-list"]
    assert (told.rows, told.day, told.known_by) == (2, date(2026, 10, 3), "by the file's name")
    (item,) = open_reading(Workspace(tmp_path)).coverage
    assert (item.inventory, item.state, item.kinds) == ("people", Reach.PARTIAL, frozenset({NodeKind.PERSON}))
    assert item.reason == "exports show what their makers could see"
    assert item.read_at == datetime(2026, 10, 3, tzinfo=UTC)


def test_a_staff_list_is_complete_only_where_somebody_says_so(tmp_path: Path) -> None:
    take(tmp_path, "staff.csv", STAFF, TableAsk(exported=NOW.date(), complete=True))
    assert [item.state for item in open_reading(Workspace(tmp_path)).coverage] == [Reach.COMPLETE]
    with pytest.raises(UsageError, match="--complete: a file of the kind tool-members never shows all"):
        take(tmp_path, "m.csv", "email,seat\nd@acme.test,1\n", TableAsk(complete=True, options={"member": "x"}))


def test_without_a_day_in_the_name_the_files_own_day_is_taken_and_told(tmp_path: Path) -> None:
    file = tmp_path / "staff.csv"
    file.write_text(STAFF, encoding="utf-8")
    day = datetime(2026, 11, 2, 12, tzinfo=UTC).timestamp()
    os.utime(file, (day, day))
    done = import_files(Workspace(tmp_path), means(), [file])
    assert done.tables is not None
    told = done.tables["staff-list"]
    assert (told.day, told.known_by.split(";")[0]) == (date(2026, 11, 2), "when the file was last changed")


def test_of_words_joined_to_an_address_nobody_can_say_where_it_begins(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="--set member="):
        take(tmp_path, "zaps-d.kim@acme.test-2026-10-03.csv", "email,seat\nd@acme.test,1\n")


def test_a_day_in_the_future_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="an export of 23 Nov 2026, which is in the future"):
        take(tmp_path, "staff-2026-11-23.csv", STAFF)


def test_the_export_of_somebody_else_is_a_source_of_its_own_and_a_newer_one_replaces_the_older(tmp_path: Path) -> None:
    old, new = TableAsk(exported=date(2026, 9, 1)), TableAsk(exported=date(2026, 10, 3))
    rows = "email,seat\nd@acme.test,1\n"
    take(tmp_path, "tool d@acme.test.csv", rows, old)
    take(tmp_path, "tool k@acme.test.csv", rows.replace("d@", "k@"), old)
    done = take(tmp_path, "tool d@acme.test.csv", rows.replace("d@", "x@"), new)
    assert done.tables is not None
    ((source, told),) = done.tables.items()
    whose = f"{source}, as later answers call it, is the file of d@acme.test"
    assert told.replaced == date(2026, 9, 1)
    assert {"member: taken from the file's name", whose} <= set(told.notes)
    reading = open_reading(Workspace(tmp_path))
    assert len(reading.sources) == 2
    assert "@" not in "".join(one.name for one in reading.sources)
    emails = {node.properties.get("email") for node in of_kind(reading, NodeKind.ACCOUNT)}
    assert emails == {"x@acme.test", "k@acme.test"}
    assert source.startswith("tool-members/h-")


def test_an_export_brings_its_system_with_what_its_administrators_usually_do(tmp_path: Path) -> None:
    take(tmp_path, "t.csv", "email,seat\nd@acme.test,1\n", TableAsk(options={"member": "acme"}))
    (system,) = of_kind(open_reading(Workspace(tmp_path)), NodeKind.SYSTEM)
    assert (system.id, system.name, system.properties["usual_act"]) == (
        "tool/unknown/system/unknown",
        "Tool",
        "removed",
    )


@pytest.mark.parametrize(
    ("ask", "says"),
    [
        (TableAsk(), r"--set member=\.\.\.   whose export it is"),
        (TableAsk(options={"membr": "x"}), r"no such option; did you mean 'member'\?"),
        (TableAsk(kind="tool-member"), r"no kind of file called 'tool-member'; did you mean 'tool-members'\?"),
    ],
)
def test_what_a_kind_needs_to_be_told_is_asked_for(tmp_path: Path, ask: TableAsk, says: str) -> None:
    with pytest.raises(UsageError, match=says):
        take(tmp_path, "t.csv", "email,seat\nd@acme.test,1\n", ask)
    assert not (tmp_path / "stackmap.db").exists()


def test_bad_rows_store_nothing_unless_the_others_are_asked_for_and_then_they_are_named(tmp_path: Path) -> None:
    text = f"{STAFF}3,,,,\n"
    with pytest.raises(StackmapError, match=r"s\.csv, line 4: this row has no name\nNothing was taken.*--skip-bad"):
        take(tmp_path, "s.csv", text)
    assert not (tmp_path / "stackmap.db").exists()
    done = take(tmp_path, "s.csv", text, skip_bad=True)
    assert [(name, bad.number) for name, bad in done.bad_lines] == [("s.csv", 4)]
    said = {item.inventory: item.reason for item in open_reading(Workspace(tmp_path)).coverage}
    assert said["lines left out"] == "1 line of s.csv could not be understood and was left out"


def test_a_table_never_takes_the_place_of_what_a_connector_reads(tmp_path: Path) -> None:
    (tmp_path / "stackmap.yaml").write_text("connectors:\n  crm: {connector: tool}\n", encoding="utf-8")
    file = tmp_path / "s.csv"
    file.write_text(STAFF, encoding="utf-8")
    with pytest.raises(UsageError, match=r"stackmap\.yaml reads crm by a connector"):
        import_files(Workspace(tmp_path), means(), [file], name="crm")


class _Somebody:
    """Answers as a person would who knows the file."""

    def __init__(self, *answers: int | str | None) -> None:
        self.answers = list(answers)
        self.offered: list[str] = []

    def choose(self, question: str, choices: Sequence[str], *, may_skip: bool) -> int | None:
        self.offered.extend(choices)
        answer = self.answers.pop(0)
        assert isinstance(answer, int) or may_skip
        return answer if isinstance(answer, int) else None

    def text(self, question: str, usual: str) -> str:
        answer = self.answers.pop(0)
        return answer if isinstance(answer, str) else usual


def test_an_unknown_table_is_explained_once_and_known_from_then_on(tmp_path: Path) -> None:
    here, file = Workspace(tmp_path), tmp_path / "canva.csv"
    file.write_text("User,Mail,Password\ndana,d@acme.test,hunter2\n", encoding="utf-8")
    header = unexplained(here, FoundConnectors({}), file)
    assert header is not None
    person = _Somebody(0, "Canva", 0, None, 1, None, None, None, None)
    remember(here, explain(file, header, person))
    assert person.answers == []
    assert "Password" not in person.offered
    assert unexplained(here, FoundConnectors({}), file) is None
    done = import_files(here, means(), [file])
    assert [reading.source for reading in done.readings] == ["canva-logins"]
    assert "hunter2" not in (tmp_path / "stackmap.db").read_bytes().decode("latin-1")


def test_a_list_of_people_is_explained_once_and_next_month_it_is_known(tmp_path: Path) -> None:
    here, file = Workspace(tmp_path), tmp_path / "people-2026-10-03.csv"
    head = "Name,Personalnummer,Abteilung,HR-Mail,Da,Position\n"
    file.write_text(f"{head}Dana,1,Ops,d@acme.test,aktiv,Lead\n", encoding="utf-8")
    assert [one.source for one in import_files(here, means(), [file]).readings] == ["staff-list"]
    header = unexplained(here, FoundConnectors({}), file)
    assert header is not None, "what is only of everyday shape may be explained all the same"
    answers = {"name as people": 0, "employee number,": 1, "work address; not": 3, "active, on leave": 4}

    class Priya(_Somebody):
        def choose(self, question: str, choices: Sequence[str], *, may_skip: bool) -> int | None:
            if question == "What is a row?":
                return choices.index("people: one person a row")
            return next((place for word, place in answers.items() if word in question), None)

    table = explain(file, header, Priya("our people"))
    assert (table.rows, table.system, table.name) == ("people", "", "our-people")
    remember(here, table)
    later = tmp_path / "people-2026-11-03.csv"
    later.write_text(f"{head}Dana,1,Ops,d@acme.test,ausgetreten,Lead\n", encoding="utf-8")
    assert unexplained(here, FoundConnectors({}), later) is None
    done = import_files(here, means(), [later])
    assert done.tables is not None
    told = done.tables["staff-list"]
    assert (told.kind, told.replaced) == ("our-people", date(2026, 10, 3))
    (dana,) = of_kind(open_reading(here), NodeKind.PERSON)
    assert (dana.properties["email"], dana.properties["active"]) == ("d@acme.test", False)


def test_where_nobody_can_be_asked_the_lines_to_write_are_shown(tmp_path: Path) -> None:
    (tmp_path / "canva.csv").write_text("User,Mail\ndana,d@acme.test\n", encoding="utf-8")
    done = inside("import", "canva.csv", "--map", cwd=tmp_path)
    assert done.code == 2
    assert 'headings: ["User", "Mail"]' in done.notes
    assert "--kind staff-list" in done.notes
    assert "imports.yaml" in done.notes


def test_every_kind_is_listed_with_where_to_get_it(tmp_path: Path) -> None:
    listed = inside("import", "--kinds", "--format", "json", cwd=tmp_path).json()
    names = [one["name"] for one in listed["kinds"]]
    assert "staff-list" in names
    assert names == sorted(names)
    assert all(one["obtain"] and one["columns"] for one in listed["kinds"])
    for form in ("text", "md"):
        told = inside("import", "--kinds", "--format", form, cwd=tmp_path).out
        assert all(name in told for name in names)


def test_a_template_as_it_is_written_stores_nothing_and_says_so(tmp_path: Path) -> None:
    assert inside("init", "--templates", "lists", cwd=tmp_path).code == 0
    files = sorted((tmp_path / "lists").iterdir())
    kinds = gather_kinds(find_connectors().connectors.values(), OUR_KINDS)
    assert [file.stem for file in files] == [kind.name for kind in kinds if is_filled_in(kind)]
    for file in files:
        done = inside("import", file, cwd=tmp_path)
        assert done.code == 2
        assert "holds nothing but the template's example: fill in a row" in done.notes
    assert not (tmp_path / "stackmap.db").exists()
    before = contents(tmp_path)
    assert inside("init", "--templates", "lists", cwd=tmp_path).code == 0
    assert contents(tmp_path) == before


def test_the_examples_of_all_templates_can_be_imported_once_they_are_rows(tmp_path: Path) -> None:
    inside("init", "--templates", "lists", cwd=tmp_path)
    for file in sorted((tmp_path / "lists").iterdir()):
        text = file.read_text(encoding="utf-8-sig")
        rows = text.replace("#example ", "", 1) if "\n#example " in text else text.replace("#example", "", 1)
        start = rows.rfind("#example")
        file.write_text(rows[:start] + rows[start:].replace("#example ", "").replace("#example", ""), encoding="utf-8")
        options = ["--set", "tenant=acme"] if "--set tenant" in text else []
        done = inside("import", file, *options, cwd=tmp_path)
        assert done.code == 0, (file.name, done.notes)


def test_the_command_says_what_it_took_and_how_old_it_is(tmp_path: Path) -> None:
    (tmp_path / "staff.csv").write_text(STAFF, encoding="utf-8")
    done = inside("import", "staff.csv", "--exported", "2026-01-03", cwd=tmp_path)
    assert (
        done.out.splitlines()[0]
        == "staff-list: 2 rows of staff.csv, read as staff-list; as of 3 Jan 2026 (you said so)"
    )
    (tmp_path / "stack.yaml").write_text("people:\n  x: {name: X}\n", encoding="utf-8")
    told = inside("check", "--as-of", "2026-02-22", cwd=tmp_path).out
    assert "on 3 Jan (50 days old)" in told.replace("\n", " ").replace("  ", " ")


def _staff(rows: int) -> str:
    return "Employee ID,Name,Work Email,Status\n" + "".join(f"{n},P{n},p{n}@acme.test,active\n" for n in range(rows))


def test_a_list_that_shrank_by_more_than_half_is_told_with_both_numbers(tmp_path: Path) -> None:
    take(tmp_path, "staff-2026-10-03.csv", _staff(9), TableAsk(kind="staff-list"))
    done = take(tmp_path, "staff-2026-10-04.csv", _staff(5), TableAsk(kind="staff-list"))
    assert done.tables is not None
    assert len(done.tables["staff-list"].notes) == 1, "who is missing is told, and no more"
    done = take(tmp_path, "staff-2026-10-05.csv", _staff(2), TableAsk(kind="staff-list"))
    assert done.tables is not None
    note, _ = done.tables["staff-list"].notes
    assert note.startswith("it had 5 rows and has 2 rows now; if that is only a part of the list")


def test_a_complete_list_that_becomes_one_that_is_not_is_told(tmp_path: Path) -> None:
    whole = TableAsk(kind="staff-list", complete=True)
    take(tmp_path, "staff-2026-10-03.csv", _staff(3), whole)
    done = take(tmp_path, "staff-2026-10-04.csv", _staff(3), TableAsk(kind="staff-list"))
    assert done.tables is not None
    assert done.tables["staff-list"].notes == (
        "it was a complete list before and is none now: if it lists everybody, add --complete",
    )
    take(tmp_path, "staff-2026-10-05.csv", _staff(3), whole)
    done = take(tmp_path, "staff-2026-10-06.csv", f"{_staff(3)}9,,,\n", whole, skip_bad=True)
    assert done.tables is not None
    assert done.tables["staff-list"].notes[0].endswith("is none now: because of the lines that were left out")


def test_an_older_table_takes_the_place_of_a_newer_one_only_where_that_is_said(tmp_path: Path) -> None:
    for _ in range(2):  # the same day again is no older one
        take(tmp_path, "staff-2026-11-03.csv", STAFF)
    before = contents(tmp_path)
    old = tmp_path / "staff-2026-01-03.csv"
    old.write_text(STAFF, encoding="utf-8")
    done = inside("import", old.name, cwd=tmp_path)
    assert done.code == 2
    said = (
        "staff-2026-01-03.csv is of 3 Jan 2026 (by the file's name), and staff-list was last imported as of 3 Nov 2026"
    )
    assert said in done.notes
    assert "--older" in done.notes
    old.unlink()
    assert contents(tmp_path) == before
    old.write_text(STAFF, encoding="utf-8")
    told = inside("import", old.name, "--older", cwd=tmp_path).out
    assert "replaces what staff-list said on 3 Nov 2026: 2 rows then, 2 now" in told
    assert "Note: what it replaced was newer" in told


def test_an_older_fact_file_in_the_place_of_a_newer_one_is_told(tmp_path: Path) -> None:
    lines = (
        '{"type": "source", "name": "crm", "taken_at": "%sT09:00:00Z"}\n{"type": "node", "kind": "Person", "id": "p"}\n'
    )
    told = []
    for day in ("2026-10-03", "2026-10-03", "2026-01-03"):
        (tmp_path / "crm.jsonl").write_text(lines % day, encoding="utf-8")
        told.append(import_files(Workspace(tmp_path), means(), [tmp_path / "crm.jsonl"]).notes)
    older = ("crm: an older reading, of 3 Jan 2026, in the place of what was read on 3 Oct 2026",)
    assert told == [(), (), older]


def test_a_folder_is_named_and_not_read(tmp_path: Path) -> None:
    done = inside("import", ".", cwd=tmp_path)
    assert (done.code, done.notes.count(". is a folder: name the files in it")) == (2, 1)


def test_where_no_row_is_understood_it_is_said_once_and_leaving_rows_out_is_not_advised(tmp_path: Path) -> None:
    text = "Name,Email,Team,Employment Status\n" + "".join(f"P{n},p{n}@acme.test,Ops,Full-Time\n" for n in range(9))
    for skip in (False, True):
        with pytest.raises(StackmapError) as error:
            take(tmp_path, "s.csv", text, skip_bad=skip)
        first, last = str(error.value).splitlines()
        assert first.startswith("s.csv, lines 2, 3, 4, 5, 6 and 4 more: column 'Employment Status': 'Full-Time' does")
        assert last == "Nothing was taken: no row of it could be understood"
    assert not (tmp_path / "stackmap.db").exists()


def test_the_command_names_the_columns_that_it_did_not_use(tmp_path: Path) -> None:
    extra = ",".join(f"Pay group {number}" for number in range(14))
    (tmp_path / "s-2026-10-03.csv").write_text(f"Name,Email,Team,Title,{extra}\nD,d@acme.test,Ops,Lead{',' * 14}\n")
    told = inside("import", "s-2026-10-03.csv", cwd=tmp_path).out
    assert "\n  not used: Pay group 0, Pay group 1," in told
    assert "Pay group 11 and 2 more" in " ".join(told.split())
    assert max(map(len, told.splitlines()[1:])) <= 80


def test_of_a_duplicate_in_an_export_the_row_that_counts_is_told(tmp_path: Path) -> None:
    rows = "1,a@acme.test,Ann,yes,Active\n2,b@acme.test,Bo,no,Active\n1,a@acme.test,Anna,no,Inactive\n"
    file = tmp_path / "hubspot-2026-10-03.csv"
    file.write_text(f"Id,Email,First name,Super Admin,Status\n{rows}", encoding="utf-8")
    told = " ".join(inside("import", file.name, "--kind", "hubspot-users", cwd=tmp_path).out.split())
    assert "Note: lines 2, 4 are about one login: line 2 counts, for it comes first; what only line 4 says is" in told
    (ann,) = [node for node in of_kind(open_reading(Workspace(tmp_path)), NodeKind.ACCOUNT) if node.name != "Bo"]
    assert (ann.name, ann.properties["active"]) == ("Ann", True)


def test_notes_that_met_nothing_yet_are_counted_and_the_way_to_see_them_is_told(tmp_path: Path) -> None:
    (tmp_path / "stack.yaml").write_text("things:\n  Sync: {means: leads}\n  Load: {means: leads}\n", encoding="utf-8")
    (tmp_path / "s.csv").write_text(STAFF, encoding="utf-8")
    told = inside("import", "s.csv", cwd=tmp_path).out
    assert "stack.yaml:" not in told
    assert told.endswith(
        "2 of your notes have met nothing yet. That is normal until the lists that hold\nwhat they speak of are "
        "imported. To see them: stackmap check\n"
    )


def test_an_address_on_the_command_line_that_nobody_has_is_said_loudly_with_the_nearest(tmp_path: Path) -> None:
    rows = "email,seat\nseat@acme.test,1\n"
    take(tmp_path, "staff-2026-10-03.csv", STAFF.replace("d@acme", "dana.kim@acme"))
    told, source = {}, ""
    for member in ("dana.kim@acme.test", "dana.kin@acme.test"):
        done = take(tmp_path, "t-2026-10-03.csv", rows, TableAsk(options={"member": member}))
        assert done.tables is not None
        ((source, table),) = done.tables.items()
        told[member] = [note for note in table.notes if "nobody on any list" in note]
    assert told["dana.kim@acme.test"] == []
    (said,) = told["dana.kin@acme.test"]
    assert said.startswith("--set member=dana.kin@acme.test: nobody on any list of people or logins has that address")
    assert "did you mean 'dana.kim@acme.test'?" in said
    assert f"stackmap sources drop {source}" in said


def _canva(folder: Path) -> Path:
    file = folder / "canva-2026-10-03.csv"
    file.write_text("User,Mail,Kind\ndana,d@acme.test,Owner\nkim,k@acme.test,Member\nlee,l@acme.test,Admin\n")
    return file


def test_a_column_whose_cells_are_something_else_is_asked_about_again_before_anything_is_kept(tmp_path: Path) -> None:
    here, file = Workspace(tmp_path), _canva(tmp_path)
    header = unexplained(here, FoundConnectors({}), file)
    assert header is not None
    asked: list[str] = []

    class Priya(_Somebody):
        def choose(self, question: str, choices: Sequence[str], *, may_skip: bool) -> int | None:
            asked.append(question)
            return super().choose(question, choices, may_skip=may_skip)

        def text(self, question: str, usual: str) -> str:
            asked.append(question)
            return super().text(question, usual)

    table = explain(file, header, Priya(0, "Canva", 0, None, 0, 1, None, 2, "owner, Admin", 1, None, None))
    assert table.columns == {"login": "User", "email": "Mail", "admin": "Kind"}
    assert [question for question in asked if question.startswith(("User holds", "Mail holds"))] == [
        "User holds something else. Which column is the e-mail address?",
        "Mail holds something else. Which column is the day of the last sign-in?",
    ]
    assert "Kind holds Owner, Member, Admin. Which mean yes? (with commas)" in asked
    remember(here, table)
    import_files(here, means(), [file])
    stack = open_reading(here).stack
    admins = {
        fact.source
        for fact in open_reading(here).snapshot.facts
        if not isinstance(fact, Node) and fact.kind.value == "ADMINISTERS"
    }
    assert {stack.graph.name(one) for one in admins} == {"dana", "lee"}


def test_what_was_explained_may_be_explained_again_and_takes_the_place_of_the_first_answers(tmp_path: Path) -> None:
    here, file = Workspace(tmp_path), _canva(tmp_path)
    header = unexplained(here, FoundConnectors({}), file)
    assert header is not None
    remember(here, explain(file, header, _Somebody(0, "Wrong", 1, None, None, None, None, None, "first")))
    text = here.imports_file.read_text(encoding="utf-8")
    here.imports_file.write_text(
        f"{text}  # mine\n  other:\n    headings: [A, B]\n    rows: things\n    system: X\n    columns: {{thing: A}}\n",
        encoding="utf-8",
    )
    assert unexplained(here, FoundConnectors({}), file) is None
    again = unexplained(here, FoundConnectors({}), file, again=True)
    assert again is not None
    remember(here, explain(file, again, _Somebody(0, "Canva", 0, None, 1, None, None, None, "second")))
    text = here.imports_file.read_text(encoding="utf-8")
    assert "Wrong" not in text
    assert "# mine" in text
    assert [(one.name, one.system) for one in load_own_tables(here.imports_file)] == [
        ("other", "X"),
        ("second", "Canva"),
    ]


def test_a_list_of_people_without_anything_to_know_them_by_stops_with_what_is_missing(tmp_path: Path) -> None:
    here, file = Workspace(tmp_path), tmp_path / "who.csv"
    file.write_text("Wer,Was\nDana,Lead\n", encoding="utf-8")
    header = unexplained(here, FoundConnectors({}), file)
    assert header is not None
    with pytest.raises(UsageError, match="a list of people needs an e-mail address or an employee number"):
        explain(file, header, _Somebody(2, 0, *[None] * 20))
    assert not here.imports_file.exists()


@pytest.mark.parametrize(("answer", "picked"), [("2", 2), ("People", 2), ("people: one person a row", 2), ("it", None)])
def test_a_choice_may_be_answered_with_its_word(answer: str, picked: int | None) -> None:
    assert _picked(answer, ["logins: one login a row", "people: one person a row"]) == picked
