"""`leave LOGIN`: whoever holds a login of nobody known, under stand-ins too."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.functional.cli import inside
from tests.support.notation import notation

PICTURE = """
    acme/prod/automation/sync:Automation -RUNS_AS-> acme/prod/account/7:Account {deactivated=stops/certain}
    acme/prod/account/7 -PART_OF-> acme/prod/system/prod:System
    acme/prod/account/7 {account_type=human}
"""
NAMES = {"acme/prod/automation/sync": "Nightly sync", "acme/prod/account/7": "may", "acme/prod/system/prod": "Acme"}


def test_whoever_holds_a_login_goes_by_its_stand_in_in_every_form(tmp_path: Path) -> None:
    """The login is called by a word that a text keeps: "may"."""
    file, folder = tmp_path / "stack.jsonl", tmp_path / "workspace"
    lines = [{**line, "name": NAMES[line["id"]]} if line["type"] == "node" else line for line in notation(PICTURE)]
    file.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    folder.mkdir()
    assert inside("import", file, cwd=folder).code == 0
    assert inside("leave", "may", "-f", "json", cwd=folder).json()["leavers"][0]["name"] == "whoever holds may in Acme"
    [leaver] = inside("leave", "may", "--pseudonymise", "-f", "json", cwd=folder).json()["leavers"]
    assert leaver["name"].startswith("whoever holds Person ")
    assert leaver["name"] in " ".join(inside("leave", "may", "--pseudonymise", cwd=folder).out.split())
    again = inside("leave", leaver["name"], "--pseudonymise", "-f", "json", cwd=folder)
    assert again.json()["leavers"] == [leaver], "what was copied from such an answer can be asked about"


def test_whoever_stands_behind_a_key_is_asked_about_by_every_name_that_an_answer_has(tmp_path: Path) -> None:
    picture = """
        acme/prod/integration/relay:Integration -AUTHENTICATES_WITH-> acme/prod/credential/k:Credential
        acme/prod/credential/k -AUTHORIZED_BY-> acme/prod/account/unread%3Ak {deactivated=stops/certain}
        acme/prod/account/1:Account -PART_OF-> acme/prod/system/prod:System
        dana:Person -HAS_ACCOUNT-> acme/prod/account/1
    """
    names = {"acme/prod/credential/k": "Slack bot # 2", "acme/prod/system/prod": "Acme", "dana": "Dana Kim"}
    lines = [
        {**line, "name": names.get(line["id"], line["id"])} if line["type"] == "node" else line
        for line in notation(picture)
    ]
    (tmp_path / "stack.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    assert inside("import", "stack.jsonl", cwd=tmp_path).code == 0
    told = inside("leave", "Dana Kim", "--all", cwd=tmp_path).out
    name = "whoever stands behind Slack bot # 2"
    assert name in " ".join(told.split())
    for asked in ((name,), (name, "--pseudonymise"), ("acme/prod/account/unread%3Ak",)):
        document = inside("leave", *asked, "-f", "json", cwd=tmp_path).json()
        assert [row["outcome"] for row in document["outcomes"]] == ["unknown"], asked
    hidden = inside("leave", name, "--pseudonymise", "-f", "json", cwd=tmp_path).json()["leavers"][0]["name"]
    again = inside("leave", hidden, "--pseudonymise", "-f", "json", cwd=tmp_path).json()["leavers"][0]["name"]
    assert hidden.startswith("whoever stands behind ")
    assert again == hidden
    listed = f'# ours\n"{name}"  # who is that?\nDana Kim # leaves, too\n'
    both = inside("leave", "--file", "-", "-f", "json", cwd=tmp_path, stdin=listed).json()["leavers"]
    assert [one["name"] for one in both] == [name, "Dana Kim"]


@pytest.mark.parametrize("asked", [("somebody no list names",), ("Somebody  No List Names",), ("--file", "-")])
def test_whom_to_ask_about_instead_of_everybody_is_told_by_stand_ins(tmp_path: Path, asked: tuple[str, ...]) -> None:
    names = {**NAMES, "acme/prod/account/7": "zaps2021"}
    lines = [{**line, "name": names[line["id"]]} if line["type"] == "node" else line for line in notation(PICTURE)]
    (tmp_path / "stack.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    assert inside("import", "stack.jsonl", cwd=tmp_path).code == 0
    listed = "somebody no list names\n"
    assert "whoever holds zaps2021 in Acme" in inside("leave", *asked, cwd=tmp_path, stdin=listed).notes
    hidden = inside("leave", *asked, "--pseudonymise", cwd=tmp_path, stdin=listed)
    assert (hidden.code, hidden.out) == (2, "")
    assert "whoever holds Person " in hidden.notes
    assert "zaps2021" not in hidden.notes


def test_a_name_in_a_list_that_fits_nobody_is_told_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "stack.jsonl").write_text("\n".join(map(json.dumps, notation("dana:Person"))), encoding="utf-8")
    assert inside("import", "stack.jsonl", cwd=tmp_path).code == 0
    done = inside("leave", "--file", "-", cwd=tmp_path, stdin="# ours\ndana # leaves\nravi\n")
    assert (done.code, done.out) == (2, "")
    assert 'standard input:3: nobody here is called "ravi"' in done.notes
    hidden = inside("leave", "--file", "-", "--pseudonymise", cwd=tmp_path, stdin="# ours\ndana # leaves\nravi\n")
    assert "ravi" not in hidden.notes
