"""A list in the place of an earlier one: nobody who had left is forgotten, and what is missing is told by name."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from stackmap.app.imports.importing import TableAsk, import_files
from stackmap.app.opening import open_reading
from stackmap.app.workspace import Workspace
from stackmap.model import Node, NodeKind, Reach
from tests.functional.cli import inside
from tests.functional.test_imports import TOOL, means

HEAD = "Employee ID,Name,Work Email,Job Title,Status\n"
NO_IDS = "Name,Work Email,Job Title,Status\n"
OWEN, MEI, BO = (
    "6,Owen Brandt,o.brandt@acme.test,Analyst,Terminated\n",
    "13,Mei Tanaka,m.tanaka@acme.test,Lead,Active\n",
    "14,Bo Lee,b.lee@acme.test,Lead,Active\n",
)


def take(folder: Path, day: str, rows: str, *, head: str = HEAD, complete: bool = False) -> tuple[str, ...]:
    """Import a staff list of a day, and what is told of it."""
    file = folder / f"staff-{day}.csv"
    file.write_text(head + rows, encoding="utf-8")
    ask = TableAsk(kind="staff-list", complete=complete, older=True)
    tables = import_files(Workspace(folder), means(TOOL), [file], ask=ask).tables
    assert tables is not None
    return tables["staff-list"].notes


def people(folder: Path) -> dict[str, list[tuple[str, Mapping[str, Any]]]]:
    """Everybody by name: on which list they are, and what it says."""
    found: dict[str, list[tuple[str, Mapping[str, Any]]]] = {}
    for fact in open_reading(Workspace(folder)).snapshot.facts:
        if isinstance(fact, Node) and fact.kind is NodeKind.PERSON:
            found.setdefault(fact.name, []).append((fact.evidence[0].inventory, dict(fact.properties)))
    return found


def lists(folder: Path) -> dict[str, list[str]]:
    """On which lists everybody is."""
    return {name: [inventory for inventory, _ in said] for name, said in people(folder).items()}


@pytest.mark.parametrize("complete", [False, True])
def test_who_had_left_is_kept_over_lists_that_have_only_who_is_here(tmp_path: Path, complete: bool) -> None:
    take(tmp_path, "2026-09-16", OWEN + MEI + BO, complete=complete)
    told = take(tmp_path, "2026-10-16", MEI, complete=complete)
    assert told[-1] == "not on it any more: Owen Brandt (had left, kept); Bo Lee (unknown why)"
    assert take(tmp_path, "2026-11-16", MEI, complete=complete) == ()
    assert lists(tmp_path) == {"Owen Brandt": ["left-by-2026-09-16"], "Mei Tanaka": ["people"]}
    read = {item.inventory: item for item in open_reading(Workspace(tmp_path)).coverage}
    kept = read["left-by-2026-09-16"]
    assert (kept.state, kept.kinds, kept.records) == (Reach.PARTIAL, frozenset(), 1)
    assert kept.read_at == datetime(2026, 9, 16, tzinfo=UTC)
    assert kept.reason == "people who had left by the list of that day and are not on the newer one"
    assert read["people"].state is (Reach.COMPLETE if complete else Reach.PARTIAL)
    assert "Owen Brandt" in inside("people", "--gone", cwd=tmp_path).out


def test_everybody_keeps_the_day_of_the_list_that_said_so(tmp_path: Path) -> None:
    take(tmp_path, "2026-09-16", OWEN + MEI + BO)
    take(tmp_path, "2026-10-16", MEI + BO.replace("Active", "Left"))
    take(tmp_path, "2026-11-16", MEI)
    assert lists(tmp_path) == {
        "Owen Brandt": ["left-by-2026-09-16"],
        "Bo Lee": ["left-by-2026-10-16"],
        "Mei Tanaka": ["people"],
    }


def test_whoever_is_on_a_list_again_is_what_that_list_says(tmp_path: Path) -> None:
    take(tmp_path, "2026-09-16", OWEN + MEI)
    take(tmp_path, "2026-10-16", MEI)
    take(tmp_path, "2026-11-16", MEI + OWEN.replace("Terminated", "Active"))
    ((inventory, said),) = people(tmp_path)["Owen Brandt"]
    assert (inventory, said["active"]) == ("people", True)
    assert {item.inventory for item in open_reading(Workspace(tmp_path)).coverage} == {"people"}


@pytest.mark.parametrize(("first", "second"), [(HEAD, NO_IDS), (NO_IDS, HEAD), (NO_IDS, NO_IDS)])
def test_without_ids_the_address_says_who_is_on_the_list_again(tmp_path: Path, first: str, second: str) -> None:
    row = "Owen Brandt,O.Brandt@acme.test,Analyst,Active\n"
    rows = {HEAD: f"6,{row}", NO_IDS: row.replace("Owen", "O.")}
    take(tmp_path, "2026-09-16", rows[first].replace("Active", "Left"), head=first)
    take(tmp_path, "2026-10-16", rows[second], head=second)
    assert [said["active"] for found in people(tmp_path).values() for _, said in found] == [True]


def test_hired_again_under_a_new_number_is_the_same_person_and_another_name_is_not(tmp_path: Path) -> None:
    take(tmp_path, "2026-09-16", OWEN)
    take(tmp_path, "2026-10-16", OWEN.replace("6,", "77,").replace("Terminated", "Active"))
    assert lists(tmp_path) == {"Owen Brandt": ["people"]}
    take(tmp_path, "2026-10-17", OWEN)
    take(tmp_path, "2026-10-18", "78,Oda Brandt,o.brandt@acme.test,Lead,Active\n")
    found = people(tmp_path)
    assert lists(tmp_path) == {"Owen Brandt": ["left-by-2026-10-17"], "Oda Brandt": ["people"]}
    assert "email" not in found["Owen Brandt"][0][1]
    assert found["Oda Brandt"][0][1]["email"] == "o.brandt@acme.test"


def test_of_many_who_are_missing_five_are_named_and_the_others_counted(tmp_path: Path) -> None:
    gone = "".join(f"{n},Gone {n},g{n}@acme.test,Lead,Left\n" for n in range(20, 26))
    away = "".join(f"{n},Away {n},a{n}@acme.test,Lead,Active\n" for n in range(30, 34))
    take(tmp_path, "2026-09-16", MEI + BO + gone + away)
    told = take(tmp_path, "2026-10-16", MEI + BO + "50,New,n@acme.test,Lead,Active\n")
    assert told[-1] == (
        "not on it any more: Gone 20, Gone 21, Gone 22 and 3 more (had left, kept); Away 30, Away 31 and 2 more "
        "(unknown why)"
    )


def test_nothing_of_what_is_told_by_name_is_stored(tmp_path: Path) -> None:
    take(tmp_path, "2026-09-16", MEI + BO)
    assert take(tmp_path, "2026-10-16", MEI) == ("not on it any more: Bo Lee (unknown why)",)
    assert all("Bo" not in item.reason for item in open_reading(Workspace(tmp_path)).coverage)


def crm(folder: Path, *addresses: str, active: bool = True) -> None:
    """A system with a login for each of these addresses."""
    system = {"type": "node", "kind": "System", "id": "crm/acme/system/acme", "name": "CRM"}
    lines: list[dict[str, Any]] = [{"type": "source", "name": "crm", "taken_at": "2026-11-20T08:00:00Z"}, system]
    for number, address in enumerate(addresses):
        known = {"email": address, "account_type": "human", "active": active}
        node = f"crm/acme/account/{number}"
        lines.append({"type": "node", "kind": "Account", "id": node, "name": address, "properties": known})
        lines.append({"type": "edge", "kind": "PART_OF", "from": node, "to": system["id"]})
    (folder / "crm.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    assert inside("import", "crm.jsonl", cwd=folder).code == 0


def held(folder: Path, name: str) -> int:
    """How many logins are somebody's."""
    stack = open_reading(Workspace(folder)).stack
    (person,) = [one.id for one in stack.graph.vertices(NodeKind.PERSON) if one.name == name]
    return len(stack.accounts_of.get(person, ()))


def test_a_leaver_who_is_on_the_list_no_more_still_has_a_login_that_is_on(tmp_path: Path) -> None:
    take(tmp_path, "2026-09-16", OWEN + MEI)
    crm(tmp_path, "o.brandt@acme.test")
    take(tmp_path, "2026-10-16", MEI)
    found = " ".join(inside("check", "--all", cwd=tmp_path).out.split())
    assert "OO11" in found
    assert "is still on, and Owen Brandt has left" in found


MARRIED = "13,Mei Berg,m.berg@acme.test,Lead,Active\n"


def test_an_address_stays_with_the_number_that_had_it_over_later_lists(tmp_path: Path) -> None:
    crm(tmp_path, "m.tanaka@acme.test", "m.berg@acme.test")
    take(tmp_path, "2026-09-16", MEI)
    (told,) = take(tmp_path, "2026-10-16", MARRIED)
    assert told == "Mei Tanaka (13) is now Mei Berg, m.berg@acme.test; m.tanaka@acme.test stays theirs"
    for day in ("2026-10-17", "2026-11-16"):
        assert take(tmp_path, day, MARRIED) == ()
    assert people(tmp_path)["Mei Berg"][0][1]["aliases"] == ["m.tanaka@acme.test"]
    assert held(tmp_path, "Mei Berg") == 2
    take(tmp_path, "2026-11-17", MARRIED.replace("m.berg@", "mei@"))
    assert people(tmp_path)["Mei Berg"][0][1]["aliases"] == ["m.tanaka@acme.test", "m.berg@acme.test"]


def test_an_address_that_another_one_of_the_list_has_by_now_goes_to_them(tmp_path: Path) -> None:
    crm(tmp_path, "m.tanaka@acme.test")
    take(tmp_path, "2026-09-16", MEI)
    (told,) = take(tmp_path, "2026-10-16", MARRIED + "20,Mo Tanaka,m.tanaka@acme.test,Lead,Active\n")
    assert told.endswith("m.berg@acme.test; m.tanaka@acme.test is Mo Tanaka's now")
    assert "aliases" not in people(tmp_path)["Mei Berg"][0][1]
    assert held(tmp_path, "Mo Tanaka") == 1


def test_an_address_that_was_kept_goes_to_whoever_has_it_later(tmp_path: Path) -> None:
    take(tmp_path, "2026-09-16", MEI)
    take(tmp_path, "2026-10-16", MARRIED)
    take(tmp_path, "2026-11-16", MARRIED + "20,Mo Tanaka,m.tanaka@acme.test,Lead,Active\n")
    assert "aliases" not in people(tmp_path)["Mei Berg"][0][1]


def test_what_the_list_itself_took_back_is_not_kept(tmp_path: Path) -> None:
    head = f"{HEAD.strip()},Other Emails\n"
    take(tmp_path, "2026-09-16", MEI.strip() + ",mt@acme.test\n", head=head)
    take(tmp_path, "2026-10-16", MARRIED.strip() + ",\n", head=head)
    assert people(tmp_path)["Mei Berg"][0][1]["aliases"] == ["m.tanaka@acme.test"]


def test_a_name_alone_ties_nobody_and_a_number_given_twice_does_not_hand_over_an_address(tmp_path: Path) -> None:
    take(tmp_path, "2026-09-16", OWEN + MEI)
    told = take(
        tmp_path, "2026-10-16", "6,Ida Falk,i.falk@acme.test,Lead,Active\n40,Mei Tanaka,mt@acme.test,Lead,Active\n"
    )
    found = people(tmp_path)
    assert "aliases" not in found["Ida Falk"][0][1]
    assert "aliases" not in found["Mei Tanaka"][0][1]
    assert told[1] == (
        "Owen Brandt (6) is now Ida Falk, i.falk@acme.test; o.brandt@acme.test is not kept, for Owen Brandt had left: "
        "the number may have been given twice"
    )


def test_what_an_export_has_no_more_is_named_though_it_grew(tmp_path: Path) -> None:
    told: tuple[str, ...] = ()
    for day, names in (("2026-10-03", "dgz"), ("2026-11-03", "dabce")):
        file = tmp_path / f"m-{day}.csv"
        file.write_text("email,seat\n" + "".join(f"{name}@acme.test,1\n" for name in names), encoding="utf-8")
        done = import_files(Workspace(tmp_path), means(TOOL), [file], ask=TableAsk(options={"member": "x"}))
        assert done.tables is not None
        told = next(iter(done.tables.values())).notes[-1:]
    (said,) = told
    assert said == (
        "no longer in it, and so no longer counted: g@acme.test, z@acme.test. An export proves nothing absent: if they "
        "are still there, import one that has them"
    )
