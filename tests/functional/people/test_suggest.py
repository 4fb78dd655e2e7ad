"""`stackmap people suggest`: questions in a table, and its answers."""

import csv
import io
import re
from pathlib import Path

import pytest

from stackmap.declared.yaml_source import parse_yaml
from tests.functional.cli import Done, inside
from tests.functional.people.larkfield import Run, ids_of, notes, refused
from tests.support.workspaces import reading_of


def test_questions_can_be_limited_and_read_by_programs(run: Run) -> None:
    found = run("suggest", "--format", "json", "--limit", "1").json()
    assert found["schema"] == "stackmap.suggestions/1"
    assert len(found["suggestions"]) == 1
    assert found["suggestions"][0]["reason"] in run("suggest").out


def test_who_asks_for_a_few_questions_is_told_that_there_are_more(tmp_path: Path) -> None:
    names = ["Dana Kim", "Mia Soto", "Ravi Menon"]
    logins = {f"{system}/1/account/{name[0]}": name for system in ("crm", "mail") for name in names}
    reading_of(tmp_path, "\n".join(f"{login}:Account" for login in logins), names=logins)

    def asked(*words: str) -> Done:
        return inside("people", "suggest", *words, cwd=tmp_path)

    assert len(asked("--format", "json").json()["suggestions"]) == 3
    assert len(asked("--format", "json", "--limit", "1").json()["suggestions"]) == 1
    few = asked("--format", "text", "--limit", "1").out
    assert few.startswith("1 of 3 questions: may these be one person?")
    assert "And 2 more questions: leave --limit out, or raise it." in few
    for enough in ("3", "9"):
        assert "more question" not in asked("--format", "text", "--limit", enough).out


def filled_in(rows: list[dict[str, str]], delimiter: str = ",") -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, ("answer", "first", "second", "why"), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return "\ufeff" + out.getvalue()


def pair(answer: str, first: str, second: str) -> dict[str, str]:
    return {"answer": answer, "first": first, "second": second}


def test_questions_go_into_a_table_and_its_answers_into_the_notes(run: Run, tmp_path: Path) -> None:
    done = run("suggest", "--file", "answers.csv")
    assert done.code == 0, done.notes
    rows = list(csv.DictReader(io.StringIO((tmp_path / "answers.csv").read_text(encoding="utf-8-sig"))))
    assert rows, "Ann Lee and Ann Leigh, or Mia and mia, are alike"
    for row in rows:
        row["answer"] = "no"
    with (tmp_path / "answers.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    assert run("suggest", "--answers", "answers.csv").code == 0
    assert len(parse_yaml(notes(tmp_path), "x").data["apart"]) == len(rows)
    assert run("suggest", "--format", "json").json()["suggestions"] == []


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_yes_merges_no_keeps_apart_and_nothing_says_nothing(run: Run, tmp_path: Path, delimiter: str) -> None:
    rows = [
        pair("Yes", "crm/prod/account/3", "mail/eu/account/8"),
        pair("yes", "mail/eu/account/9", "mail/eu/account/8"),
        pair("no", "dana-okafor", "mail/eu/account/7"),
        pair("", "okta/acme/account/A", "mail/eu/account/7"),
    ]
    (tmp_path / "a.csv").write_text(filled_in(rows, delimiter), encoding="utf-8")
    done = run("suggest", "--answers", "a.csv")
    assert done.code == 0, done.notes
    assert ["crm/prod/account/3", "mail/eu/account/6", "mail/eu/account/8", "mail/eu/account/9"] in ids_of(run).values()
    assert parse_yaml(notes(tmp_path), "x").data["apart"] == [["dana-okafor", "mail/eu/account/7"]]


BAD = [
    pair("yes", "crm/prod/account/3", "mail/eu/account/8"),
    pair("perhaps", "dana-okafor", "mail/eu/account/7"),
    pair("yes", "nobody/x/account/1", "mail/eu/account/7"),
    pair("yes", "okta/acme/account/A", "okta/acme/account/B"),
    pair("no", "crm/prod/account/3", "mail/eu/account/6"),
]


def test_bad_rows_are_named_by_number_and_nothing_is_written(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(filled_in(BAD), encoding="utf-8")
    why = refused(run("suggest", "--answers", "a.csv"), tmp_path)
    assert re.findall(r"a\.csv, row (\d)", why) == ["3", "4", "5", "6"]
    assert "--skip-bad" in why


def test_good_rows_are_taken_where_bad_ones_may_be_skipped(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(filled_in(BAD), encoding="utf-8")
    done = run("suggest", "--answers", "a.csv", "--skip-bad")
    assert done.code == 0, done.notes
    assert [f"left out row {number}" in done.notes for number in range(2, 7)] == [False, True, True, True, True]
    assert ["crm/prod/account/3", "mail/eu/account/6", "mail/eu/account/8"] in ids_of(run).values()
