"""`stackmap people show`: everything known of one person."""

import json
from pathlib import Path

from tests.functional.cli import inside
from tests.functional.people.larkfield import Run


def test_one_person_is_shown_with_evidence_and_what_hangs_on_them(run: Run) -> None:
    done = run("show", "d.okafor@larkfield.test")
    for words in ("id dana-okafor", "your notes, line 3", "theirs: e-mail d.okafor@larkfield.test"):
        assert words in done.out
    assert "1 thing runs as it: Nightly sync" in done.out
    assert "read in facts" in done.out
    assert "facts (facts)" not in done.out
    document = run("show", "dana-okafor", "--format", "json").json()
    assert document["schema"] == "stackmap.person/1"
    assert document["accounts"][0]["hangs_on_it"] == {"runs as this login": ["Nightly sync"]}


def test_showing_somebody_of_whom_there_are_two_lists_both(run: Run) -> None:
    done = run("show", "dana")
    assert done.code == 2
    assert "2 people match" in done.notes
    assert "Say which: stackmap people show person-" in done.notes


def test_a_login_that_is_nobodys_is_no_person_to_show(run: Run) -> None:
    done = run("show", "mail/eu/account/8")
    assert (done.code, "that login is nobody's (human)" in done.notes) == (2, True)


def test_who_says_that_somebody_is_gone_is_told(run: Run, tmp_path: Path) -> None:
    properties = {"account_type": "human", "email": "mia@larkfield.test", "active": False, "directory_id": "sso/acme:1"}
    lines = [
        {"type": "coverage", "inventory": "users", "system": "sso/acme", "kinds": ["Account"], "state": "complete"},
        {
            "type": "node",
            "kind": "System",
            "id": "sso/acme/system/acme",
            "name": "SSO",
            "properties": {"directory": True},
        },
        {"type": "node", "kind": "Account", "id": "sso/acme/account/1", "name": "mia", "properties": properties},
        {"type": "edge", "kind": "PART_OF", "from": "sso/acme/account/1", "to": "sso/acme/system/acme"},
    ]
    (tmp_path / "sso.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    assert inside("import", "sso.jsonl", cwd=tmp_path).code == 0
    shown = run("show", "Mia Sorensen").out
    assert "has left, says SSO (login off" in shown
    assert "Mia Sorensen" in run("--gone").out
    assert "not known: no directory and no staff list tells" in run("show", "Dana Okafor").out
