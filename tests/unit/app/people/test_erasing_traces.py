"""Who is erased is who was meant, what hung on a login hangs on it as surely, and no code leads back to an address."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Mapping
from pathlib import Path

import pytest

from stackmap.app.opening import open_reading
from stackmap.app.people.erasing import erase_person, plan_erasure
from stackmap.app.people.leftovers import leftovers
from stackmap.app.workspace import Workspace
from stackmap.errors import UsageError
from stackmap.model import AccountType, Node, NodeKind
from stackmap.sdk.scope import hashed_id
from stackmap.store import stored_salt
from tests.functional.cli import inside
from tests.support.workspaces import reading_of

OWEN = "o.brandt@fernhill.test"
CODE = re.compile(rb"h-[0-9a-f]{20}")


def erased(place: Workspace, who: str) -> None:
    erase_person(place, plan_erasure(place, who), lambda _: None)


def test_of_two_of_one_name_nobody_is_erased_though_earlier_notes_knew_only_one(tmp_path: Path) -> None:
    reading_of(tmp_path, "staff/44:Person", names={"staff/44": "Mei Tanaka"}, notes="people: {}\n")
    (tmp_path / "stack.yaml").write_text("people:\n  mei: {name: Mei Tanaka}\n", encoding="utf-8")
    with pytest.raises(UsageError, match="2 people match"):
        plan_erasure(Workspace(tmp_path), "Mei Tanaka")
    done = inside("people", "erase", "Mei Tanaka", "--yes", cwd=tmp_path)
    assert done.code == 2
    assert "Say which: stackmap people erase mei" in done.notes
    assert plan_erasure(Workspace(tmp_path), "staff/44").name == "Mei Tanaka"


def test_who_stands_only_in_the_notes_stored_with_the_reading_is_found_there(tmp_path: Path) -> None:
    reading_of(tmp_path, "crm/1/account/8:Account", notes=f"people:\n  owen: {{name: Owen Brandt, emails: {OWEN}}}\n")
    (tmp_path / "stack.yaml").write_text("people: {}\n", encoding="utf-8")
    place = Workspace(tmp_path)
    erased(place, "Owen Brandt")
    assert b"Brandt" not in place.database.read_bytes()


JUDGED = [
    {"type": "source", "name": "crm"},
    {"type": "coverage", "inventory": "users", "system": "crm/1", "kinds": ["Account"], "state": "complete"},
    {"type": "node", "kind": "System", "id": "crm/1/system/1", "name": "CRM"},
    {
        "type": "node",
        "kind": "Account",
        "id": "crm/1/account/7",
        "name": "Owen Brandt",
        "properties": {"email": OWEN, "type_reasons": ["Owen says so"]},
    },
    {"type": "node", "kind": "Automation", "id": "crm/1/automation/2", "name": "Nightly", "properties": {}},
    {
        "type": "edge",
        "kind": "RUNS_AS",
        "from": "crm/1/automation/2",
        "to": "crm/1/account/7",
        "outcome": "stops",
        "certainty": "certain",
    },
]
"""A login of which only its name tells that it is a person's."""


def test_what_hung_on_one_persons_login_hangs_on_one_person_as_surely_afterwards(tmp_path: Path) -> None:
    (tmp_path / "crm.jsonl").write_text("\n".join(map(json.dumps, JUDGED)), encoding="utf-8")
    assert inside("import", "crm.jsonl", cwd=tmp_path).code == 0
    (tmp_path / "crm.jsonl").unlink()
    place = Workspace(tmp_path)
    assert open_reading(place).stack.accounts["crm/1/account/7"].type is AccountType.HUMAN
    before = inside("bus-factor", "--format", "json", cwd=tmp_path).json()["things"]
    erased(place, "Owen Brandt")
    reading = open_reading(place)
    assert reading.stack.accounts["crm/1/account/7"].type is AccountType.HUMAN
    after = inside("bus-factor", "--format", "json", cwd=tmp_path).json()["things"]
    verdicts = [[(one["name"], one["running"], one["at_worst"]) for one in things] for things in (before, after)]
    assert verdicts[0] == verdicts[1]
    assert ("Nightly", 1, {"running": 1, "care": "unknown"}) in verdicts[1]
    assert not re.search(rb"owen|brandt", place.database.read_bytes(), re.IGNORECASE)


@pytest.mark.parametrize(("key", "kept"), [(f"emails: {OWEN}", "human"), ("logins: [crm/1/account/9]", "unknown")])
def test_a_type_that_a_source_calls_unknown_stays_what_it_was_judged(tmp_path: Path, key: str, kept: str) -> None:
    notes = f"people:\n  owen: {{name: Owen Brandt, {key}}}\n"
    picture = f"crm/1/account/9:Account {{email={OWEN} account_type=unknown}}"
    before = reading_of(tmp_path, picture, notes=notes).stack.accounts["crm/1/account/9"]
    assert (before.type.value, len(before.holders)) == (kept, 1)
    erased(Workspace(tmp_path), "Owen Brandt")
    (login,) = (one for one in open_reading(Workspace(tmp_path)).snapshot.facts if isinstance(one, Node))
    assert login.properties.get("account_type", "unknown") == kept


MEMBERS = f"""Name,Email,Role,Status
Owen Brandt,{OWEN},Owner,Active
Dana Okafor,dana@fernhill.test,Member,Active
"""
ZAPS = "Type,ID,Name,Link,Private\nZap,181818,Nightly,https://zapier.com/editor/181818,yes\n"


@pytest.fixture(name="zapier")
def _zapier(tmp_path: Path) -> Workspace:
    """Files whose logins are known by their addresses alone: in ids and records they are codes, made with the salt."""
    (tmp_path / "members.csv").write_text(MEMBERS, encoding="utf-8")
    (tmp_path / "zaps.csv").write_text(ZAPS, encoding="utf-8")
    for words in (("zapier-members", "members.csv"), ("zapier-zaps", "zaps.csv", "--set", f"member={OWEN}")):
        done = inside("import", "--kind", *words, cwd=tmp_path)
        assert done.code == 0, done.notes
    for file in ("members.csv", "zaps.csv"):
        (tmp_path / file).unlink()
    return Workspace(tmp_path)


def test_no_code_that_whoever_has_the_salt_can_make_of_the_address_is_left(zapier: Workspace) -> None:
    salt = stored_salt(zapier.database)
    owen, dana = hashed_id(OWEN, salt).encode(), hashed_id("dana@fernhill.test", salt).encode()
    assert owen in zapier.database.read_bytes()
    erased(zapier, "Owen Brandt")
    held = zapier.database.read_bytes()
    assert owen not in held
    assert set(CODE.findall(held)) == {dana}, "the others keep theirs"


def test_what_hung_on_a_login_known_by_its_address_hangs_on_it_still(zapier: Workspace) -> None:
    erased(zapier, OWEN)
    reading = open_reading(zapier)
    (system,) = reading.stack.graph.vertices(NodeKind.SYSTEM)
    logins = {one.id: one.name for one in reading.stack.graph.vertices(NodeKind.ACCOUNT)}
    (login,) = (node_id for node_id, name in logins.items() if name == "erased login")
    assert len(logins) == 2
    assert login.startswith("zapier/unknown/account/erased-person-")
    owned = [link for link in reading.stack.graph.into(login) if link.kind.value == "OWNED_BY"]
    assert {reading.stack.graph.name(link.source) for link in owned} == {"Nightly", system.name}


def test_a_source_called_after_the_address_is_told_and_so_are_files_with_the_code(zapier: Workspace) -> None:
    done = inside("export", "facts", "-o", "facts.jsonl", cwd=zapier.folder)
    assert done.code == 0, done.notes
    lines = (zapier.folder / "facts.jsonl").read_text(encoding="utf-8").splitlines()
    bare = [line for line in lines if "h-" in line and "randt" not in line and "zapier-zaps" not in line]
    assert bare, "lines that hold the code and no name"
    (zapier.folder / "facts.jsonl").write_text("\n".join(bare), encoding="utf-8")
    plan = plan_erasure(zapier, OWEN)
    source = f"zapier-zaps/{hashed_id(OWEN, stored_salt(zapier.database))}"
    assert [one for one in plan.keeps if source.startswith(one)] == list(plan.keeps)
    assert len(plan.keeps) == 1
    done = inside("people", "erase", OWEN, "--yes", cwd=zapier.folder)
    told = " ".join(done.out.split())
    assert f"these hold the person's, or a code made of their address: {plan.keeps[0]}." in told
    assert "Other files here name them, and were not changed: facts.jsonl" in told
    assert leftovers(zapier, plan).files == ("facts.jsonl",)


def login(code: str, **known: str) -> dict[str, object]:
    return {"type": "node", "kind": "Account", "id": f"crm/1/account/{code}", "name": "x", "properties": known}


def imported(place: Workspace, *lines: Mapping[str, object]) -> None:
    file = place.folder / "more.jsonl"
    file.write_text("\n".join(map(json.dumps, ({"type": "source", "name": "crm"}, *lines))), encoding="utf-8")
    done = inside("import", file.name, cwd=place.folder)
    assert done.code == 0, done.notes
    file.unlink()


@pytest.mark.parametrize("listed", [True, False])
def test_a_code_of_an_address_written_otherwise_goes_too(tmp_path: Path, listed: bool) -> None:
    """With a tag, or in capitals, as vendors and notes write it: each makes another code."""
    noted = f"{OWEN}{'' if listed else ', O.Brandt+sf@fernhill.test'}"
    reading_of(
        tmp_path, "crm/1/account/8:Account", notes=f"people:\n  owen: {{name: Owen Brandt, emails: [{noted}]}}\n"
    )
    place = Workspace(tmp_path)
    code = hashed_id("O.Brandt+sf@fernhill.test", stored_salt(place.database))
    note = {"note": f"kept by key:{code}"}
    kept = {"type": "node", "kind": "Automation", "id": "crm/1/automation/2", "name": "Nightly", "properties": note}
    known = {"email": "O.Brandt+sf@fernhill.test", "account_type": "human"} if listed else {}
    imported(place, login(code, **known), kept)
    erased(place, "Owen Brandt")
    assert code.encode() not in place.database.read_bytes()


def test_the_code_of_a_functions_address_stays_as_the_address_does(tmp_path: Path) -> None:
    """It is the team's login, whoever among others has had its mail."""
    notes = f"people:\n  owen: {{name: Owen Brandt, emails: [{OWEN}, marketing@fernhill.test]}}\n"
    reading_of(tmp_path, "crm/1/account/8:Account", notes=notes)
    place = Workspace(tmp_path)
    code = hashed_id("marketing@fernhill.test", stored_salt(place.database))
    imported(place, login(code, email="marketing@fernhill.test", account_type="shared"))
    erased(place, "Owen Brandt")
    held = place.database.read_bytes()
    assert code.encode() in held
    assert b"marketing@fernhill.test" in held


def test_the_file_is_whole_and_every_edge_has_its_ends_afterwards(zapier: Workspace) -> None:
    erased(zapier, OWEN)
    with sqlite3.connect(zapier.database) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    facts = open_reading(zapier).snapshot.facts
    nodes = {fact.id for fact in facts if isinstance(fact, Node)}
    assert all({fact.source, fact.target} <= nodes for fact in facts if not isinstance(fact, Node))
