"""Tables of somebody's own: what imports.yaml may say, and what comes of it."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from stackmap.declared import parse_manifest
from stackmap.declared.tables import (
    OwnTable,
    own_kind,
    parse_own_tables,
    read_table,
    stub,
    take_facts,
    written,
)
from stackmap.errors import ConfigError
from stackmap.identity import resolve
from stackmap.model import Edge, Fact, Node, NodeKind
from stackmap.sdk import Scope

AT = Scope("files", "unknown", "canva", "canva", datetime(2026, 10, 3, tzinfo=UTC), {}, "salt")
LOGINS = OwnTable(
    "canva",
    ("Login", "Full name", "Email", "Mail", "On"),
    "logins",
    "Canva",
    {"login": "Login", "name": "Full name", "email": "Mail", "active": "On"},
)
TABLE = """tables:
  canva:
    headings: [Login, Full name, Password]
    rows: logins
    system: Canva
    columns:
      {columns}
"""


def facts(folder: Path, table: OwnTable, text: str) -> tuple[Fact, ...]:
    file = folder / "table.csv"
    file.write_text(text, encoding="utf-8")
    return take_facts(read_table(file, [own_kind(table)]), AT, date(2026, 11, 22)).facts


def test_what_is_written_is_read_again_word_for_word() -> None:
    odd = OwnTable(
        "odd", ('a "quoted" one', "back\\slash", "yes", "#", "\x1b[31mred\u202e"), "things", "S: x", {"thing": "yes"}
    )
    text = written(written("", LOGINS), odd)
    assert parse_own_tables(text) == (LOGINS, odd)
    assert text.replace("\n", "").isprintable()
    assert written("# mine\n", LOGINS).startswith("# mine\ntables:\n")


def test_the_columns_that_were_explained_count_whatever_others_are_called(tmp_path: Path) -> None:
    found = facts(
        tmp_path, LOGINS, "On,Login,Full name,Email,Mail\nno,dana,Dana Okafor,private@home.test,d@acme.test\n"
    )
    (login,) = (fact for fact in found if isinstance(fact, Node) and fact.kind is NodeKind.ACCOUNT)
    assert (login.id, login.name) == ("canva/unknown/account/dana", "Dana Okafor")
    assert dict(login.properties) == {"login": "dana", "email": "d@acme.test", "active": False}


def test_notes_that_name_a_login_by_what_it_signs_in_with_meet_its_row_whatever_it_is_called(tmp_path: Path) -> None:
    read = facts(tmp_path, LOGINS, "Login,Full name,Email,Mail,On\napi@acme.test,Data Load,,ops@acme.test,yes\n")
    notes = parse_manifest(
        'systems: {design: {product: canva}}\naccounts: {"design:API@acme.test": {type: integration, reason: loads}}\n'
    )
    found = resolve([*read, *notes.facts], notes.hints, {}).facts
    logins = [fact for fact in found if isinstance(fact, Node) and fact.kind is NodeKind.ACCOUNT]
    assert [(one.name, one.properties["account_type"]) for one in logins] == [("Data Load", "integration")]
    assert not [fact for fact in found if isinstance(fact, Node) and fact.kind is NodeKind.PERSON]


def test_a_table_is_known_by_all_its_headings_and_no_others(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no known kind"):
        facts(tmp_path, LOGINS, "Login,Full name,Email,Mail,On,More\ndana,,,,,\n")


def test_things_have_owners_and_run_as_logins_and_no_id_shows_an_address(tmp_path: Path) -> None:
    table = OwnTable(
        "sheets", ("What", "Who", "As"), "things", "Sheets", {"thing": "What", "owner": "Who", "runs_as": "As"}
    )
    found = facts(tmp_path, table, "What,Who,As\nBudget,Dana <d@acme.test>,k@acme.test\n")
    assert {fact.kind.value for fact in found if isinstance(fact, Edge)} == {"PART_OF", "OWNED_BY", "RUNS_AS"}
    ids = {end for fact in found for end in ((fact.id,) if isinstance(fact, Node) else (fact.source, fact.target))}
    assert not [one for one in ids if "@" in one or "%40" in one]


@pytest.mark.parametrize(
    ("columns", "says"),
    [
        ("logn: Login", r"line 7, column 7: 'logn' is no column of logins: .*; did you mean 'login'\?"),
        ("login: Logn", r"line 7, column 14: 'Logn' is none of the headings; did you mean 'Login'\?"),
        ("login: Password", r"line 7, column 14: 'Password' seems to hold secrets: it is never read"),
        ("name: Full name", r"line 2, column 3: say which heading is the login"),
    ],
)
def test_a_mistake_is_told_with_its_place(columns: str, says: str) -> None:
    with pytest.raises(ConfigError, match=says):
        parse_own_tables(TABLE.format(columns=columns))


def test_two_tables_with_the_same_headings_are_refused() -> None:
    twice = written(written("", LOGINS), OwnTable("again", LOGINS.headings, "logins", "X", {"login": "Login"}))
    with pytest.raises(ConfigError, match="the table 'canva' has the same headings; keep one of them"):
        parse_own_tables(twice)


def test_the_stub_is_valid_once_its_dots_are_filled_in() -> None:
    text = stub("canva", ["Login", "Mail"]).replace('"..."', '"Login"').replace("#login:", "login:")
    (table,) = parse_own_tables(text)
    assert (table.name, table.rows, table.columns) == ("canva", "logins", {"login": "Login"})


PEOPLE = OwnTable(
    "staff", ("Wer", "Mail HR", "Da?", "Chef"), "people", "", {"full_name": "Wer", "email": "Mail HR", "status": "Da?"}
)


def test_a_list_of_people_is_read_as_a_staff_list_and_takes_its_place(tmp_path: Path) -> None:
    assert parse_own_tables(written("", PEOPLE)) == (PEOPLE,)
    assert own_kind(PEOPLE).source == "staff-list"
    found = facts(tmp_path, PEOPLE, 'Wer,Mail HR,Da?,Chef\n"Okafor, Dana",d@acme.test,Ausgetreten,x\n')
    (person,) = (fact for fact in found if isinstance(fact, Node))
    assert (person.kind, person.name) == (NodeKind.PERSON, "Dana Okafor")
    assert dict(person.properties) == {"email": "d@acme.test", "active": False}


@pytest.mark.parametrize(
    ("rows", "columns", "says"),
    [
        ("people", "full_name: Login", "say which heading is an e-mail address or an employee number"),
        ("people", "email: Login", "say which heading is the name"),
        ("logins", "login: Login", r"say whose logins these are \(system\)"),
    ],
)
def test_what_a_table_cannot_do_without_is_asked_for(rows: str, columns: str, says: str) -> None:
    text = TABLE.format(columns=columns).replace("rows: logins", f"rows: {rows}").replace("    system: Canva\n", "")
    with pytest.raises(ConfigError, match=says):
        parse_own_tables(text)
