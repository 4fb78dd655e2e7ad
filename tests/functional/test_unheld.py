"""`leave LOGIN`: whoever holds a login of nobody known, under stand-ins too."""

from __future__ import annotations

import json
from pathlib import Path

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
