"""`stackmap sources`: what a reading is made of, and going on without one of its sources."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.functional.cli import inside

STAFF = "Name,E-mail,Employee ID\nKim Lund,kim@acme.test,1\n"
USERS = "User ID,Email,First name,Last name,Super Admin,Status\n7,kim@acme.test,Kim,Lund,no,Active\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text, kind in (("staff.csv", STAFF, "staff-list"), ("users.csv", USERS, "hubspot-users")):
        (tmp_path / name).write_text(text, encoding="utf-8")
        done = inside("import", name, "--kind", kind, "--exported", "2026-11-18", cwd=tmp_path)
        assert done.code == 0, done.notes
    return tmp_path


def _sources(folder: Path, *options: str) -> dict[str, Any]:
    found = json.loads(inside("sources", "--format", "json", *options, cwd=folder).out)
    return {source["name"]: source for source in found["sources"]}


def test_each_source_says_what_it_tells_of_and_which_logins_it_alone_has(folder: Path) -> None:
    found = _sources(folder)
    assert found["staff-list"]["facts"] == {"Person": 1}
    assert found["hubspot-users"]["logins"] == ["Kim Lund"]
    assert [item["state"] for item in found["hubspot-users"]["coverage"]] == ["partial"]
    text = inside("sources", cwd=folder).out
    assert "hubspot-users · read 18 Nov 2026\n  tells of 1 login, " in text
    assert "  alone has 1 login: Kim Lund\n" in text
    assert "staff-list · read 18 Nov 2026\n  tells of 1 person\n" in text


def test_a_dropped_source_is_gone_from_the_next_answer_and_earlier_readings_keep_it(folder: Path) -> None:
    done = inside("sources", "drop", "hubspot-users", cwd=folder)
    assert (done.code, done.notes.splitlines()[0]) == (
        0,
        "Stored as reading 3, without hubspot-users. Earlier readings keep it.",
    )
    assert list(_sources(folder)) == ["staff-list"]
    assert list(_sources(folder, "--snapshot", "2")) == ["hubspot-users", "staff-list"]


def test_a_source_that_is_none_is_named_with_those_there_are(folder: Path) -> None:
    done = inside("sources", "drop", "hubspot", cwd=folder)
    assert done.code == 2
    assert "there is no source hubspot; known: hubspot-users, staff-list" in done.notes
    assert list(_sources(folder)) == ["hubspot-users", "staff-list"]


@pytest.mark.parametrize("words", [("drop",), ("end", "staff-list")])
def test_half_a_command_says_how_it_is_written(folder: Path, words: tuple[str, ...]) -> None:
    done = inside("sources", *words, cwd=folder)
    assert (done.code, done.notes) == (2, "stackmap: write: stackmap sources, or: stackmap sources drop NAME\n")


def test_under_stand_ins_no_login_is_named(folder: Path) -> None:
    shown = inside("sources", "--pseudonymise", cwd=folder).out
    assert "1 login: " in shown
    assert "Kim" not in shown
