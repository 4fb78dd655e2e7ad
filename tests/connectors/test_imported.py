"""Files of connectors through the importer: the system that they come from, and whose file it is."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from stackmap.app.imports.tables import TableAsk, TableReading, every_kind, import_table
from stackmap.app.workspace import Workspace
from stackmap.collect import find_connectors
from stackmap.model import Evidence, Node, NodeKind, build_graph
from tests.functional.cli import inside
from tests.support.days import files_written_at

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
MEMBERS = "Email,Role,Status\nd.kim@acme.test,Owner,Active\nbo@acme.test,Member,Suspended\n"
DEFAULTS = "Setting,User\nDefault Workflow User,d.kim@acme.test.prod\n"
ZAPS = "Type,ID,Name,Link,Private\nZap,1,Leads,https://zapier.com/editor/1,True\n"


@pytest.fixture(autouse=True)
def _files_of_that_day(monkeypatch: pytest.MonkeyPatch) -> None:
    files_written_at(NOW, monkeypatch)


def taken(folder: Path, kind: str, text: str, **options: str) -> TableReading:
    """One file of a kind, read."""
    file = folder / "list.csv"
    file.write_text(text, encoding="utf-8")
    kinds = every_kind(Workspace(folder), find_connectors())
    return import_table(file, kinds, TableAsk(kind=kind, options=options), NOW, lambda: "salt", {})


def systems(read: TableReading) -> list[Node]:
    return [fact for fact in read.reading.facts if isinstance(fact, Node) and fact.kind is NodeKind.SYSTEM]


def test_the_system_of_a_file_is_told_once_and_without_a_tenant_that_nobody_named(tmp_path: Path) -> None:
    (system,) = systems(taken(tmp_path, "zapier-members", MEMBERS))
    assert (system.id, system.name) == ("zapier/unknown/system/unknown", "Zapier")
    assert dict(system.properties) == {"product": "zapier", "usual_act": "removed"}


def test_a_tenant_that_was_named_stands_in_its_name(tmp_path: Path) -> None:
    (system,) = systems(taken(tmp_path, "zapier-members", MEMBERS, tenant="acme"))
    assert (system.id, system.name) == ("zapier/acme/system/acme", "Zapier (acme)")
    assert system.properties["tenant"] == "acme"


def test_what_a_system_calls_itself_stands_before_what_a_file_that_somebody_filled_in_makes_of_it(
    tmp_path: Path,
) -> None:
    (system,) = systems(taken(tmp_path, "salesforce-default-users", DEFAULTS, tenant="acme"))
    own = Node(NodeKind.SYSTEM, system.id, "Acme Holding", (Evidence("salesforce", "organization"),))
    assert build_graph([system, own], ()).name(system.id) == "Acme Holding"


def test_a_member_s_file_is_a_source_of_its_own_with_no_address_and_too_long_to_be_another_s_by_chance(
    tmp_path: Path,
) -> None:
    one, other = (taken(tmp_path, "zapier-zaps", ZAPS, member=f"{who}@acme.test").reading.source for who in "ab")
    assert one != other
    assert re.fullmatch(r"zapier-zaps/h-[0-9a-f]{12}", one)


@pytest.mark.parametrize("called", ["SFDC", "Salesforce CRM", "Salesforce"])
def test_a_list_that_people_keep_may_call_a_product_as_its_connector_says_people_do(
    tmp_path: Path, called: str
) -> None:
    (tmp_path / "sheets.csv").write_text(f"Name,Where,Feeds\nTerritories,Google Sheets,{called}\n", encoding="utf-8")
    done = inside("import", "sheets.csv", "--kind", "spreadsheets", cwd=tmp_path)
    assert done.code == 0, done.notes
    assert '"salesforce/unknown/system/unknown"' in inside("export", "facts", cwd=tmp_path).out


def test_whose_file_it_is_is_told_when_it_comes_in_as_its_source_has_a_hash_for_a_name(tmp_path: Path) -> None:
    read = taken(tmp_path, "zapier-zaps", ZAPS, member="a@acme.test", owner="b@acme.test")
    assert read.told.notes == (f"{read.reading.source}, as later answers call it, is the file of a@acme.test",)
    assert taken(tmp_path, "zapier-members", MEMBERS).told.notes == ()
