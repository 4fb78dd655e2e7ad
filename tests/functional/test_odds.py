"""`leave --odds`: from a list of odds to the answer, and nothing of it stays."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.functional.cli import contents, inside

EXAMPLES = Path(__file__).parents[2] / "examples"
ODDS = '"Dana Okafor", 30 %\nr.menon@larkfield.test, 0.1\n'


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("odds") / "workspace"
    folder.mkdir()
    shutil.copy(EXAMPLES / "stack.yaml", folder)
    assert inside("import", EXAMPLES / "facts.jsonl", cwd=folder).code == 0
    return folder


@pytest.mark.parametrize("form", ["text", "json"])
@pytest.mark.parametrize("hidden", [(), ("--pseudonymise",)])
def test_an_answer_about_odds_leaves_the_workspace_as_it_was(folder: Path, form: str, hidden: tuple[str, ...]) -> None:
    before = contents(folder), folder.stat().st_mtime_ns
    done = inside("leave", "--odds", "-", "-f", form, *hidden, cwd=folder, stdin=ODDS)
    assert done.code == 0, done.notes
    assert ("Okafor" in done.out) == (not hidden)
    assert (contents(folder), folder.stat().st_mtime_ns) == before


def test_the_odds_are_those_of_the_two_departures(folder: Path) -> None:
    found = inside("leave", "--odds", "-", "-f", "json", cwd=folder, stdin=ODDS).json()
    chances = {one["id"]: one["probability"] for one in found["said"]}
    lost: dict[str, float] = {}
    alone = {person: inside("leave", person, "-f", "json", cwd=folder).json()["outcomes"] for person in chances}
    together = inside("leave", *chances, "-f", "json", cwd=folder).json()["outcomes"]
    first, second = chances.values()
    shares = (first * (1 - second), second * (1 - first), first * second)
    for share, rows in zip(shares, (*alone.values(), together), strict=True):
        for row in rows:
            if row["outcome"] in {"stops", "starves"}:
                lost[row["thing"]["id"]] = lost.get(row["thing"]["id"], 0) + share
    told = {one["id"]: one["proven"]["value"] for one in found["things"] if one["proven"]["value"]}
    assert told == pytest.approx(lost, abs=1e-6)
    assert len(told) > 1


def test_the_way_of_leaving_counts_as_it_does_without_odds(folder: Path) -> None:
    sure = "Dana Okafor, 100 %\n"
    for how in ("removed", "changes-role"):
        found = inside("leave", "--odds", "-", "--how", how, "-f", "json", cwd=folder, stdin=sure).json()
        rows = inside("leave", "Dana Okafor", "--how", how, "-f", "json", cwd=folder).json()["outcomes"]
        lost = {row["thing"]["id"] for row in rows if row["outcome"] in {"stops", "starves"}}
        assert {one["id"] for one in found["things"] if one["proven"]["value"]} == lost
        assert found["how"] == how


@pytest.mark.parametrize(
    ("arguments", "stdin", "told"),
    [
        (("Dana Okafor",), ODDS, "name nobody beside it"),
        (("--team", "Marketing Ops"), ODDS, "name nobody beside it"),
        ((), "Dana Okafor, 0.1\nd.okafor@larkfield.test, 0.2\n", "this is who is meant in line 1, too"),
        ((), "# ours\nDana Okafor\n", 'standard input:2: in the line "Dana Okafor": it does not say how likely'),
        (
            (),
            "Marketing Ops, 0.2\n",
            '"Marketing Ops" is a team: odds are said of people, one by one. In it: Dana Okafor',
        ),
        ((), "Nobody At All, 0.2\n", "nobody here is called"),
        ((), "", "the list of odds is empty"),
        (("--scenario", "-"), ODDS, "not both"),
    ],
)
def test_what_cannot_be_answered_is_refused(folder: Path, arguments: tuple[str, ...], stdin: str, told: str) -> None:
    done = inside("leave", "--odds", "-", *arguments, cwd=folder, stdin=stdin)
    assert (done.code, done.out) == (2, "")
    assert told in done.notes


def test_under_stand_ins_a_refusal_names_nobody(folder: Path) -> None:
    done = inside("leave", "--odds", "-", "--pseudonymise", cwd=folder, stdin="Dana Okafor, 0.1\nNobody At All, 0.2\n")
    assert done.code == 2
    assert "Nobody" not in done.notes
    assert "line 2 of the list of odds: the name fits nobody here, or more than one" in done.notes


def test_a_list_that_is_not_there_or_no_text_is_refused(folder: Path) -> None:
    listed = folder.parent / "odds.bin"
    listed.write_bytes(b"\xff\xfe\x00")
    for file in (listed, folder.parent / "none.txt"):
        done = inside("leave", "--odds", file, cwd=folder)
        assert (done.code, done.out) == (2, "")
        assert "the list of odds cannot be read" in done.notes


def test_a_list_in_a_shared_place_is_warned_of(folder: Path) -> None:
    shared = folder.parent / "shared"
    (shared / ".git").mkdir(parents=True, exist_ok=True)
    listed = shared / "odds.txt"
    listed.write_text(ODDS, encoding="utf-8")
    done = inside("leave", "--odds", listed, cwd=folder)
    assert done.code == 0
    assert "careful: the list of odds lies in" in done.notes
