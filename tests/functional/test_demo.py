"""The demo: what it says and leaves behind; made twice, it leaves what somebody worked in alone."""

from __future__ import annotations

import shutil
from pathlib import Path

from stackmap.app.map.mapping import map_page
from stackmap.app.opening import open_reading
from stackmap.app.workspace import Workspace
from stackmap.render.map_page import Risk
from tests.functional.cli import Done, inside

MARK = ".stackmap-demo"


def test_the_demo_reads_three_vendors_and_ends_with_a_verdict(made_demo: tuple[Path, Done]) -> None:
    _, done = made_demo
    assert done.code == 0
    assert "Larkfield: HubSpot, n8n, Salesforce on 127.0.0.1" in done.notes
    lines = [line.split() for line in done.out.splitlines()]
    assert ["7", "stop", "(4", "not", "certain)", "HubSpot–Salesforce", "sync"] in lines
    blocks = ["2", "block", "the", "last", "day", "(1", "not", "certain)"]
    assert [*blocks, "Cases", "that", "no", "rule", "assigns"] in lines
    assert "Not wholly read: 9 lists" in done.out


def test_its_workspace_answers_with_the_rows_and_where_they_come_from(made_demo: tuple[Path, Done]) -> None:
    folder, _ = made_demo
    answer = " ".join(inside("leave", "Dana Okafor", cwd=folder).out.split())
    for row in ("salesforce:scheduled-apex", "hubspot:private-app", "n8n:workflow-owner"):
        assert f"[{row}]" in answer
    assert "Why we say so: stackmap explain hubspot:installed-app" in answer
    assert "nango.dev" in inside("explain", "salesforce:oauth-token", cwd=folder).out


def test_its_map_shows_what_a_persons_token_holds_as_tape(made_demo: tuple[Path, Done]) -> None:
    page = map_page(open_reading(Workspace(made_demo[0])))
    drawn = {node.name: node for node in page.nodes}
    for name in ("HubSpot–Salesforce sync", "Warehouse loader", "Claude", "Campaign response roll-up"):
        assert drawn[name].risk is Risk.TAPE, name
    assert drawn["Salesforce for iOS"].risk is Risk.NONE
    assert dict(drawn["HubSpot–Salesforce sync"].details)["What to do"].startswith("sign it in again")


def test_a_demo_is_made_anew_until_somebody_works_in_it(made_demo: tuple[Path, Done], tmp_path: Path) -> None:
    shutil.copytree(made_demo[0], tmp_path / "demo")
    before = (tmp_path / "demo" / "stackmap.db").stat().st_ino
    assert inside("demo", "--out", "demo", cwd=tmp_path).code == 0
    assert (tmp_path / "demo" / "stackmap.db").stat().st_ino != before
    notes = tmp_path / "demo" / "stack.yaml"
    notes.write_text(notes.read_text(encoding="utf-8") + "\n# mine\n", encoding="utf-8")
    refused = inside("demo", "--out", "demo", cwd=tmp_path)
    assert refused.code == 2
    assert "somebody has worked" in refused.notes
    assert notes.read_text(encoding="utf-8").endswith("# mine\n")


def test_a_demo_that_was_interrupted_is_made_anew(made_demo: tuple[Path, Done], tmp_path: Path) -> None:
    folder = Path(shutil.copytree(made_demo[0], tmp_path / "demo"))
    (folder / MARK).write_text("a demo that was not finished; it may be deleted\n", encoding="utf-8")
    for file in ("stackmap.db", "map.html"):
        (folder / file).unlink()
    assert inside("demo", "--out", "demo", cwd=tmp_path).code == 0
    assert (folder / "map.html").is_file()


def test_other_peoples_folders_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letters.txt").write_text("dear", encoding="utf-8")
    assert inside("demo", "--out", ".", cwd=tmp_path).code == 2
    assert [path.name for path in tmp_path.iterdir()] == ["letters.txt"]
