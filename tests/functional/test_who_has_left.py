"""Who has left: every command says the same of one person, and none says more than was read."""

import json
from pathlib import Path
from typing import Any

from tests.functional.cli import inside

SYSTEMS = [
    {
        "type": "node",
        "kind": "System",
        "id": f"{product}/acme/system/acme",
        "name": product.title(),
        "properties": {"directory": True} if product == "okta" else {},
    }
    for product in ("okta", "crm")
]


def login(product: str, number: str, name: str, **properties: object) -> list[dict[str, Any]]:
    """A login that lies in its system."""
    node_id = f"{product}/acme/account/{number}"
    email = f"{name.lower().replace(' ', '.')}@acme.test"
    known = {"account_type": "human", "email": email, "active": True, **properties}
    return [
        {
            "type": "node",
            "kind": "Account",
            "id": node_id,
            "name": name,
            "properties": known,
            "evidence": [{"inventory": "users", "record": node_id}],
        },
        {"type": "edge", "kind": "PART_OF", "from": node_id, "to": f"{product}/acme/system/acme"},
    ]


def write(folder: Path, source: str, lines: list[dict[str, Any]], state: str = "complete") -> None:
    """Import what a system lists."""
    coverage = {"type": "coverage", "inventory": "users", "system": f"{source}/acme", "kinds": ["Account"]}
    coverage |= {"state": state} | ({} if state == "complete" else {"reason": "page 2 failed"})
    taken = {"type": "source", "name": source, "taken_at": "2026-11-20T08:00:00Z"}
    own = [system for system in SYSTEMS if str(system["id"]).startswith(source)]
    file = folder / f"{source}.jsonl"
    file.write_text("\n".join(map(json.dumps, [taken, coverage, *own, *lines])), encoding="utf-8")
    assert inside("import", file.name, cwd=folder).code == 0


def said(folder: Path, *words: str) -> str:
    """What a command answers, on one line."""
    return " ".join(inside(*words, cwd=folder).out.split())


def test_all_commands_say_the_same_of_somebody_whose_login_is_off_in_a_directory(tmp_path: Path) -> None:
    write(tmp_path, "okta", login("okta", "1", "Ann Quist", active=False))
    write(tmp_path, "crm", login("crm", "1", "Ann Quist"))
    words = "has left, says Okta (login off, read on 20 Nov 2026)"
    assert f"{words}; 1 login not switched off" in said(tmp_path, "people", "--gone")
    assert words in said(tmp_path, "people", "show", "Ann Quist")
    assert f"Ann Quist: {words}" in said(tmp_path, "leave", "Ann Quist")
    assert inside("map", "-o", "map.html", cwd=tmp_path).code == 0
    assert words in (tmp_path / "map.html").read_text(encoding="utf-8")
    assert "is still on, and Ann Quist has left" in said(tmp_path, "check", "--all")


def test_of_a_directory_that_was_half_read_all_say_what_was_not_read(tmp_path: Path) -> None:
    write(tmp_path, "okta", login("okta", "1", "Ann Quist", active=False), "partial")
    write(tmp_path, "crm", login("crm", "1", "Ann Quist"))
    words = "their login in Okta is switched off, but the list of users of Okta was not wholly read"
    assert f"not known: {words}" in said(tmp_path, "people", "show", "Ann Quist")
    gone = said(tmp_path, "people", "--gone")
    assert words in gone
    assert "Not all may be here: the users of Okta were not wholly read" in gone
    found = said(tmp_path, "check", "--all")
    assert "is still on, and Ann Quist's login in Okta is switched off" in found
    assert "Ann Quist has left" not in found + gone


def test_nobody_is_no_answer_where_the_users_of_a_directory_were_not_read(tmp_path: Path) -> None:
    write(tmp_path, "okta", [], "denied")
    write(tmp_path, "crm", login("crm", "1", "Ann Quist"))
    assert "Not all may be here: the users of Okta were not wholly read" in said(tmp_path, "people", "--gone")
    assert json.loads(inside("people", "--gone", "--format", "json", cwd=tmp_path).out)["caution"]


def test_a_login_that_is_frozen_is_called_so_everywhere(tmp_path: Path) -> None:
    write(tmp_path, "crm", login("crm", "1", "Tara Quill", frozen=True))
    for words in (("people",), ("people", "--gone"), ("people", "show", "Tara Quill"), ("leave", "Tara Quill")):
        answer = said(tmp_path, *words)
        assert "frozen" in answer
        assert "has left, says" not in answer
        assert "logins are off" not in answer
    assert "· human · frozen" in said(tmp_path, "people", "show", "Tara Quill")


def test_bus_factor_says_of_whom_it_names_that_they_have_left(tmp_path: Path) -> None:
    flow = {"type": "node", "kind": "Automation", "id": "crm/acme/automation/1", "name": "Nightly load"}
    runs = {"type": "edge", "kind": "RUNS_AS", "from": flow["id"], "to": "crm/acme/account/1", "outcome": "stops"}
    write(tmp_path, "okta", login("okta", "1", "Ann Quist", active=False))
    write(tmp_path, "crm", [*login("crm", "1", "Ann Quist"), flow, {**runs, "certainty": "certain"}])
    assert "Nightly load · running 1: Ann Quist (has left) · care unknown" in said(tmp_path, "bus-factor")
    assert "Ann Quist - 1 - - - - (has left)" in said(tmp_path, "bus-factor", "--everyone")


def test_whose_last_day_lies_ahead_is_here_and_looks_like_everybody_else(tmp_path: Path) -> None:
    lines = [
        {"type": "source", "name": "hr", "taken_at": "2026-11-20T08:00:00Z"},
        {"type": "node", "kind": "Person", "id": "p/a", "name": "Ann Lee", "properties": {"left_on": "2027-12-24"}},
    ]
    (tmp_path / "hr.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    assert "hr: 1 last day in the future was not stored" in said(tmp_path, "import", "hr.jsonl")
    assert "1 person Ann Lee id p/a" in said(tmp_path, "people")
    assert "Ann Lee" not in said(tmp_path, "people", "--gone")
    assert "2027-12-24" not in (tmp_path / "stackmap.db").read_bytes().decode("latin-1")
