"""The page for works councils says what is true: of the settings, of the files, and of what is stored."""

from __future__ import annotations

import re
import stat
from collections.abc import Iterator
from datetime import datetime
from importlib import import_module
from pathlib import Path

import pytest

from stackmap.app.opening import open_reading
from stackmap.app.privacy.page import privacy_page
from stackmap.app.workspace import Workspace
from stackmap.collect import FoundConnectors, find_connectors
from stackmap.model import Act, Node, NodeKind
from stackmap.render.document import Document, Section, Table
from stackmap.render.document_markdown import document_markdown
from stackmap.render.document_text import document_text
from stackmap.render.privacy_page import privacy_document
from stackmap.sdk import Access, PersonalData, from_files
from stackmap.sdk.trial import ConformanceCase, clean_run
from tests.functional.cli import contents, inside

ROOT = Path(__file__).parents[2]
TOLD_TIMES = {"created_at", "deactivated_at", "expires_at"}
"""Days of logins that the page says are kept."""


def told(done_out: str) -> str:
    return " ".join(done_out.split())


@pytest.fixture(scope="module", name="demo")
def _demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("privacy")
    assert inside("demo", "--out", "demo", cwd=folder).code == 0
    return folder / "demo"


@pytest.mark.parametrize("form", ["text", "md"])
def test_settings_alone_are_enough(tmp_path: Path, form: str) -> None:
    (tmp_path / "stackmap.yaml").write_text(
        "connectors:\n  n8n: {base_url: https://n8n.larkfield.test, api_key: env:K}\n"
    )
    before = contents(tmp_path)
    done = inside("privacy", "--format", form, cwd=tmp_path)
    assert done.code == 0, done.notes
    assert "Nothing was read yet" in done.out
    assert "https://n8n.larkfield.test" in done.out.replace("\\", "")
    assert contents(tmp_path) == before


def test_the_address_that_is_asked_is_told_also_where_it_is_the_vendors_own(tmp_path: Path) -> None:
    (tmp_path / "stackmap.yaml").write_text(
        "connectors:\n  hubspot: {access_token: env:T, tenant: '1'}\n  n8n: {base_url: env:WHERE, api_key: env:K}\n"
    )
    done = inside("privacy", "--format", "text", cwd=tmp_path)
    assert done.code == 0, done.notes
    assert "HubSpot, at https://api.hubapi.com" in told(done.out)
    assert "env:" not in done.out, "what is only referred to is not known here"


def test_a_folder_that_is_no_workspace_is_told(tmp_path: Path) -> None:
    assert inside("privacy", cwd=tmp_path).code == 2


def test_every_list_from_which_people_may_come_is_named(demo: Path) -> None:
    page = told(inside("privacy", cwd=demo).out)
    connectors = find_connectors().connectors
    for name in ("hubspot", "n8n", "salesforce"):
        for inventory in connectors[name].inventories:
            if inventory.emits & {NodeKind.ACCOUNT, NodeKind.PERSON}:
                assert re.search(rf"[ ,]{re.escape(inventory.name)}(, [a-z0-9-]+)*: ", page), inventory.name
    for source in ("account-engagement-by-admin", "hubspot-settings-pages"):
        assert source in page


def test_every_list_that_gave_something_of_people_is_named_below_its_source(demo: Path) -> None:
    """What is stored of people came from a list that the page names."""
    page = privacy_page(Workspace(demo), find_connectors())
    named = {(one.source, name) for one in page.systems for of in one.people for name in of.lists}
    named |= {(one.source, of.name) for one in page.imported for of in one.lists}
    facts = open_reading(Workspace(demo)).snapshot.facts
    of_people = [fact for fact in facts if fact.kind in {NodeKind.ACCOUNT, NodeKind.PERSON}]
    gave = {(seen.source, seen.inventory) for fact in of_people for seen in fact.evidence}
    assert len(gave) > 5
    assert gave <= named


def test_what_a_connector_says_of_people_itself_comes_before_what_is_derived(tmp_path: Path) -> None:
    personal = (PersonalData(("users",), "name and e-mail", "everybody with a login", "to tie logins to people"),)
    access = Access((), personal, ("Messages.",), ())
    base = from_files("crm", "crm", "The CRM", (), usual_act=Act.DEACTIVATED)
    connector = type(base)(**{name: getattr(base, name) for name in base.__slots__} | {"access": access})
    (tmp_path / "stackmap.yaml").write_text("connectors:\n  crm: {}\n")
    text = told(document_text(privacy_document(privacy_page(Workspace(tmp_path), FoundConnectors({"crm": connector})))))
    assert "users: name and e-mail, of everybody with a login; why: to tie logins to people" in text
    assert "Never read there: - Messages." in text
    assert "does not list the fields" not in text


def test_files_that_others_may_read_are_told(demo: Path, tmp_path: Path) -> None:
    (tmp_path / "stack.yaml").write_text("people: {}\n")
    (tmp_path / "stack.yaml").chmod(0o644)
    assert "stack.yaml: others on this machine may read it" in told(inside("privacy", cwd=tmp_path).out)
    page = told(inside("privacy", cwd=demo).out)
    assert "others on this machine" not in page
    for path in demo.iterdir():
        assert not stat.S_IMODE(path.stat().st_mode) & 0o077, path.name
        assert f"- {path.name}: for its owner alone" in page


def is_time(value: object) -> bool:
    try:
        return isinstance(value, str) and "-" in value and bool(datetime.fromisoformat(value))
    except ValueError:
        return False


def test_no_login_is_stored_with_the_time_of_its_last_use(demo: Path) -> None:
    facts = open_reading(Workspace(demo)).snapshot.facts
    logins = [fact for fact in facts if isinstance(fact, Node) and fact.kind is NodeKind.ACCOUNT]
    windows = [fact.properties["used_within"] for fact in logins if "used_within" in fact.properties]
    assert len(windows) > 20
    assert {value for window in windows for value in window.values()} <= {"yes", "no", "unknown"}
    for fact in logins:
        times = {name for name, value in fact.properties.items() if is_time(value)}
        assert times <= TOLD_TIMES, fact.id


def conformance_cases() -> Iterator[ConformanceCase]:
    """Every connector, with the stand-in of its vendor."""
    for file in sorted((ROOT / "tests" / "connectors").glob("*/test_conformance.py")):
        module = import_module(f"tests.connectors.{file.parent.name}.test_conformance")
        cases = [getattr(one, "case", None) for one in vars(module).values()]
        yield from (case for case in cases if isinstance(case, ConformanceCase))


@pytest.mark.parametrize("case", list(conformance_cases()), ids=lambda case: case.connector.name)
def test_no_connector_keeps_a_time_of_use_beside_a_login(case: ConformanceCase) -> None:
    """Also those of which the made-up company has nothing: as they read the stand-in of their vendor."""
    facts = clean_run(case).facts
    logins = [fact for fact in facts if isinstance(fact, Node) and fact.kind is NodeKind.ACCOUNT]
    assert logins
    times = {name for fact in logins for name, value in fact.properties.items() if is_time(value)}
    assert times <= TOLD_TIMES


def test_who_still_asks_for_exact_times_is_told_that_there_are_none(tmp_path: Path) -> None:
    (tmp_path / "stackmap.yaml").write_text("connectors: {}\nsettings: {exact_login_times: true}\n")
    done = inside("privacy", cwd=tmp_path)
    assert done.code == 2
    assert "exact_login_times is no setting any more" in told(done.notes)
    assert "take this line out" in told(done.notes)
    template = ROOT / "stackmap" / "declared" / "templates" / "settings.yaml"
    assert "exact_login_times" not in template.read_text(encoding="utf-8")


STAFF = """Employee ID,Name,Work Email,Other Emails,Status,End,Hire Date,Job Title,Department,Team,Manager's Email
4711,Ann Lee,ann.lee@x.test,al@x.test,Terminated,2026-01-02,1999-09-17,Lead,Sales,Field,bo.ray@x.test
4712,Bo Ray,bo.ray@x.test,,Active,2031-05-06,1998-07-16,Head,Sales,Field,
"""


def test_what_is_kept_of_a_staff_list_is_told_in_full_and_the_rest_is_not_kept(tmp_path: Path) -> None:
    (tmp_path / "staff.csv").write_text(STAFF, encoding="utf-8")
    assert inside("import", "--kind", "staff-list", "staff.csv", cwd=tmp_path).code == 0
    page = told(inside("privacy", cwd=tmp_path).out)
    (line,) = re.findall(r"- staff-list, list people, of people: ([^.]*?) Staff lists", page)
    assert set(line.split(", ")) >= {"employee number", "name", "e-mail address", "job title", "department", "team"}
    assert {"manager", "further addresses"} <= set(line.split(", "))
    assert "the last day of work, once it is past" in line
    facts = open_reading(Workspace(tmp_path)).snapshot.facts
    kept = {key for fact in facts if isinstance(fact, Node) and fact.kind is NodeKind.PERSON for key in fact.properties}
    assert kept == {"email", "aliases", "title", "department", "active", "left_on"}, "the page names each of these"
    stored = (tmp_path / "stackmap.db").read_bytes()
    assert b"2026-01-02" in stored
    assert not re.search(rb"1999-09-17|1998-07-16|2031-05-06", stored)


def test_before_a_staff_list_is_imported_it_is_told_what_would_be_kept(tmp_path: Path) -> None:
    (tmp_path / "stackmap.yaml").write_text("connectors: {}\n")
    page = told(inside("privacy", cwd=tmp_path).out)
    assert "employee number, work address and further addresses, job title, department, team, manager" in page
    assert "agree on a period, and when it ends, delete stackmap.db" in page


def test_where_a_name_stays_although_nothing_is_stored_is_told(tmp_path: Path) -> None:
    (tmp_path / "stackmap.yaml").write_text("connectors: {}\n")
    page = told(inside("privacy", cwd=tmp_path).out)
    assert "stays in the history of the shell" in page
    assert "stackmap leave --file -" in page
    assert "keep names out of its name" in page
    assert "no command of this version deletes readings by their age" in page


def test_every_command_that_the_page_names_is_there(demo: Path) -> None:
    page = inside("privacy", "--format", "md", cwd=demo).out
    assert "stackmap people erase" in page
    assert re.search(r"stackmap sources drop\W+goes on without a source, and earlier readings keep what it told", page)
    for command in ("people", "people erase", "sources", "export", "leave", "bus-factor", "connectors"):
        assert inside(*command.split(), "--help", cwd=demo).code == 0


def test_no_command_deletes_old_readings_yet() -> None:
    """When one does, the page has to say so."""
    commands = {path.stem for path in (ROOT / "stackmap" / "cli").iterdir()}
    assert not commands & {"prune", "snapshots"}


def test_both_forms_say_the_same(demo: Path) -> None:
    document = privacy_document(privacy_page(Workspace(demo), find_connectors()))
    plain = re.sub(r"[^a-z]+", "", document_text(document).casefold())
    for section in document.sections:
        assert re.sub(r"[^a-z]+", "", section.title.casefold()) in plain
        assert section.title in document_markdown(document)


def test_a_table_has_no_form_as_text() -> None:
    table = Section("x", "X", (Table(("a",), ()),))
    with pytest.raises(TypeError, match="table"):
        document_text(Document("T", "", "", "", (table,)))
