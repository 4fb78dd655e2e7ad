"""`stackmap people` and what it writes into the notes: asked for by name, shown first, and nothing else touched."""

import contextlib
import csv
import io
import json
import os
import pty
import re
import select
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from stackmap.declared import manifest_template
from stackmap.declared.yaml_source import parse_yaml
from tests.functional.cli import Done, inside

PATIENCE = 15.0
"""Seconds without a word after which a command counts as waiting."""

NOTES = """\
# our notes
people:
  dana-okafor:   # the ops lead
    name: Dana Okafor
    emails: [d.okafor@larkfield.test]

systems:
  crm: {product: crm, tenant: prod}
"""
LOGINS: list[tuple[str, str, dict[str, object]]] = [
    ("crm/prod/account/1", "d.okafor", {"email": "d.okafor@larkfield.test", "account_type": "human"}),
    ("crm/prod/account/2", "svc-sync", {"email": "d.okafor@larkfield.test", "account_type": "integration"}),
    ("crm/prod/account/3", "Mia Sorensen", {"email": "mia@larkfield.test", "account_type": "human"}),
    ("mail/eu/account/6", "mia", {"email": "mia@larkfield.test", "account_type": "human"}),
    ("mail/eu/account/7", "Dana Kim", {"email": "dana.kim@larkfield.test", "account_type": "human", "active": False}),
    ("mail/eu/account/8", "ds\x1b[31mhidden", {"account_type": "human"}),
    ("mail/eu/account/9", "console", {"email": "team@larkfield.test", "account_type": "unknown"}),
]
IN_DIRECTORY: list[tuple[str, str, dict[str, object]]] = [
    (f"okta/acme/account/{key}", name, {"email": email, "account_type": "human", "directory_id": f"okta/acme:{key}"})
    for key, name, email in [("A", "Ann Lee", "ann@larkfield.test"), ("B", "Ann Leigh", "a.leigh@larkfield.test")]
]
Run: TypeAlias = Callable[..., Done]


@pytest.fixture(name="run")
def _run(tmp_path: Path) -> Run:
    """`stackmap people ...` in a workspace with a few logins and notes."""
    (tmp_path / "stack.yaml").write_text(NOTES, encoding="utf-8")
    lines: list[dict[str, Any]] = [
        {"type": "node", "kind": "Account", "id": key, "name": name, "properties": properties}
        for key, name, properties in (*LOGINS, *IN_DIRECTORY)
    ]
    lines.append({"type": "node", "kind": "Automation", "id": "crm/prod/automation/1", "name": "Nightly sync"})
    lines.append({"type": "edge", "kind": "RUNS_AS", "from": "crm/prod/automation/1", "to": "crm/prod/account/1"})
    (tmp_path / "facts.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    done = inside("import", "facts.jsonl", cwd=tmp_path)
    assert done.code == 0, done.notes

    def run(*words: str, stdin: str = "") -> Done:
        return inside("people", *words, cwd=tmp_path, stdin=stdin)

    return run


def notes(folder: Path) -> str:
    return (folder / "stack.yaml").read_text(encoding="utf-8")


def ids_of(run: Run, *words: str) -> dict[str, list[str]]:
    """Everybody's logins."""
    people = run(*words, "--format", "json").json()["people"]
    return {person["id"]: [login["id"] for login in person["accounts"]] for person in people}


def refused(done: Done, folder: Path) -> str:
    """Why a command refused, once it is seen that it wrote nothing and told so with its code."""
    assert done.code == 2
    assert notes(folder) == NOTES
    return done.notes


@pytest.mark.parametrize(
    ("words", "shown", "hidden"),
    [
        (["--type", "integration"], "svc-sync", "Dana Okafor"),
        (["--system", "mail/eu"], "Dana Kim", "svc-sync"),
        (["--system", "crm"], "Mia Sorensen", "Dana Kim"),
        (["--search", "OKAFOR"], "Dana Okafor", "Mia"),
        (["--search", "sync"], "svc-sync", "Mia"),
        (["--unresolved"], "console", "d.okafor@"),
        (["--gone"], "Dana Kim", "Mia"),
        (["--conflicts"], "", "Mia"),
    ],
)
def test_the_list_shows_what_was_asked_for(run: Run, words: list[str], shown: str, hidden: str) -> None:
    done = run(*words)
    assert done.code == 0, done.notes
    assert shown in done.out
    assert hidden not in done.out


def test_a_system_or_a_team_that_is_none_is_told_with_those_there_are(run: Run) -> None:
    assert "crm/prod, mail/eu, okta/acme" in run("--system", "hubspot").notes
    assert run("--team", "sales").code == 2


def test_an_option_of_the_list_is_no_option_of_another_command(run: Run) -> None:
    done = run("--search", "x", "show", "Dana Okafor")
    assert (done.code, "belongs behind the command" in done.notes) == (2, True)


def test_no_terminal_escape_of_a_login_reaches_the_terminal(run: Run) -> None:
    for words in ([], ["--unresolved"], ["suggest"], ["show", "Dana Okafor"]):
        assert "\x1b" not in run(*words).out
    done = run("classify", "mail/eu/account/8", "shared", "--reason", "two\x1b[2J use it")
    assert "\x1b" not in done.out + done.notes
    assert done.code == 0


def test_one_person_is_shown_with_evidence_and_what_hangs_on_them(run: Run) -> None:
    done = run("show", "d.okafor@larkfield.test")
    for words in ("id dana-okafor", "your notes, line 3", "theirs: e-mail d.okafor@larkfield.test"):
        assert words in done.out
    assert "runs as this login: 1: Nightly sync" in done.out
    assert "read in facts (facts), record" in done.out or "read in facts" in done.out
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


def test_merging_two_people_writes_one_entry_and_says_what_it_changes(run: Run, tmp_path: Path) -> None:
    done = run("merge", "Dana Okafor", "Dana Kim")
    assert done.code == 0, done.notes
    assert notes(tmp_path) == NOTES.replace(
        "    emails: [d.okafor@larkfield.test]\n",
        "    emails: [d.okafor@larkfield.test, dana.kim@larkfield.test]\n    logins: mail/eu/account/7\n",
    )
    assert "people 5 before, 4 now" in done.out
    assert ids_of(run)["dana-okafor"] == ["crm/prod/account/1", "mail/eu/account/7"]


def test_merging_people_whom_no_note_names_keeps_the_id_of_the_first(run: Run, tmp_path: Path) -> None:
    mia = next(key for key, logins in ids_of(run).items() if "mail/eu/account/6" in logins)
    assert run("merge", "Mia Sorensen", "mail/eu/account/8").code == 0
    assert ids_of(run)[mia] == ["crm/prod/account/3", "mail/eu/account/6", "mail/eu/account/8"]
    written = parse_yaml(notes(tmp_path), "x").data["people"][mia]
    assert written == {"name": "Mia Sorensen", "emails": "mia@larkfield.test", "logins": "mail/eu/account/8"}


def test_a_dry_run_shows_the_change_and_writes_nothing(run: Run, tmp_path: Path) -> None:
    for words in (
        ["merge", "Dana Okafor", "Dana Kim"],
        ["classify", "crm:svc-sync", "human"],
        ["split", "Mia Sorensen", "mail/eu/account/6"],
    ):
        done = run(*words, "--dry-run")
        assert done.code == 0, done.notes
        assert done.out.startswith("--- stack.yaml\n+++ stack.yaml\n@@")
    assert notes(tmp_path) == NOTES


def test_two_ids_of_one_directory_are_not_merged(run: Run, tmp_path: Path) -> None:
    why = refused(run("merge", "Ann Lee", "Ann Leigh"), tmp_path)
    assert "two ids of one directory" in why


def test_a_robots_login_is_not_merged_and_the_way_out_is_told(run: Run, tmp_path: Path) -> None:
    why = refused(run("merge", "Mia Sorensen", "crm:svc-sync"), tmp_path)
    assert "integration" in why
    assert "human" in why


def test_one_person_cannot_be_merged_with_themselves(run: Run, tmp_path: Path) -> None:
    assert "one person already" in refused(run("merge", "Dana Okafor", "crm/prod/account/1"), tmp_path)


def test_two_people_of_the_notes_are_made_one_by_hand(run: Run, tmp_path: Path) -> None:
    more = NOTES.replace("\nsystems", "  kim: {name: Dana Kim, emails: dana.kim@larkfield.test}\n\nsystems")
    (tmp_path / "stack.yaml").write_text(more, encoding="utf-8")
    done = run("merge", "Dana Okafor", "kim")
    assert done.code == 2
    assert "stand in your notes as two people" in done.notes
    assert notes(tmp_path) == more


def test_a_login_of_two_names_is_asked_back(run: Run, tmp_path: Path) -> None:
    assert "Say which by its id" in refused(run("classify", "mia@larkfield.test", "shared"), tmp_path)
    assert run("classify", "mail/eu:mia@larkfield.test", "shared").code == 0


def test_splitting_takes_the_login_away_and_the_id_stays_with_the_rest(run: Run, tmp_path: Path) -> None:
    mia = next(key for key, logins in ids_of(run).items() if "mail/eu/account/6" in logins)
    for parted, rest in (("crm/prod/account/3", "mail/eu/account/6"), ("mail/eu/account/6", "crm/prod/account/3")):
        (tmp_path / "stack.yaml").write_text(NOTES, encoding="utf-8")
        done = run("split", "Mia Sorensen", parted)
        assert done.code == 0, done.notes
        assert ids_of(run)[mia] == [rest]
        assert len(ids_of(run)) == 6
        assert list(parse_yaml(notes(tmp_path), "x").data)[-1] == "systems", "apart stands before systems"


def test_splitting_undoes_a_merge(run: Run, tmp_path: Path) -> None:
    before = ids_of(run)
    assert run("merge", "Dana Okafor", "mail/eu/account/7").code == 0
    done = run("split", "Dana Okafor", "mail/eu/account/7")
    assert done.code == 0, done.notes
    assert ids_of(run) == before
    assert "logins" not in notes(tmp_path)


def test_a_login_of_somebody_else_is_not_split_off(run: Run, tmp_path: Path) -> None:
    assert "is not a login of Dana Okafor; theirs:" in refused(
        run("split", "Dana Okafor", "mail/eu/account/6"), tmp_path
    )
    assert "leave one that is theirs out" in refused(run("split", "Dana Okafor", "crm:d.okafor"), tmp_path)


def test_a_login_is_classified_where_it_stands_or_anew(run: Run, tmp_path: Path) -> None:
    assert run("classify", "crm:svc-sync", "shared", "--reason", "yes").code == 0
    assert notes(tmp_path).endswith(
        "    type: shared\n    reason: 'yes'\n\nsystems:\n  crm: {product: crm, tenant: prod}\n"
    )
    done = run("classify", "crm/prod/account/2", "vendor_managed")
    assert "type shared before, vendor_managed now" in done.out
    said = parse_yaml(notes(tmp_path), "x").data["accounts"]
    assert said == {"crm/prod/account/2": {"type": "vendor_managed"}}, "the reason was for another type"
    assert "nothing was changed" in run("classify", "crm/prod/account/2", "vendor_managed").out


def test_without_notes_the_template_is_written_first(run: Run, tmp_path: Path) -> None:
    (tmp_path / "stack.yaml").unlink()
    assert run("classify", "crm/prod/account/2", "shared").code == 0
    left = [line for line in notes(tmp_path).splitlines() if line not in manifest_template().splitlines()]
    assert left == ["accounts:", "  crm/prod/account/2:", "    type: shared"]
    assert (tmp_path / "stack.yaml").stat().st_mode & 0o777 == 0o600


def test_a_stack_yaml_that_is_a_link_stays_one(run: Run, tmp_path: Path) -> None:
    real = tmp_path / "elsewhere.yaml"
    (tmp_path / "stack.yaml").rename(real)
    (tmp_path / "stack.yaml").symlink_to(real)
    assert run("classify", "crm/prod/account/2", "shared").code == 0
    assert (tmp_path / "stack.yaml").is_symlink()
    assert "type: shared" in real.read_text(encoding="utf-8")


def test_the_store_is_not_touched(run: Run, tmp_path: Path) -> None:
    before = (tmp_path / "stackmap.db").read_bytes()
    for words in (["merge", "Dana Okafor", "Dana Kim"], ["classify", "crm:svc-sync", "shared"], ["suggest"]):
        assert run(*words).code == 0
    assert (tmp_path / "stackmap.db").read_bytes() == before


SHARED = """
accounts:
  mail/eu/account/9:  # the team's
    type: shared
    holders: [Dana Okafor, kim]
"""


@pytest.fixture(name="shared")
def _shared(run: Run, tmp_path: Path) -> str:
    """Notes with a login that two people use."""
    kim = "  kim: {name: Kim Ito, emails: kim@larkfield.test}\n"
    text = NOTES.replace("\nsystems", f"{kim}\nsystems") + SHARED
    (tmp_path / "stack.yaml").write_text(text, encoding="utf-8")
    return text


def test_the_address_of_a_shared_login_is_nobodys_sign(run: Run, tmp_path: Path, shared: str) -> None:
    assert run("merge", "Mia Sorensen", "Dana Okafor").code == 0
    said = parse_yaml(notes(tmp_path), "x").data["people"]["dana-okafor"]
    assert said["emails"] == ["d.okafor@larkfield.test", "mia@larkfield.test"]
    assert said["logins"] == ["crm/prod/account/3", "mail/eu/account/6"]


def test_a_shared_login_is_split_off_by_taking_the_holder_out(run: Run, tmp_path: Path, shared: str) -> None:
    done = run("split", "Dana Okafor", "mail/eu/account/9")
    assert done.code == 0, done.notes
    assert notes(tmp_path) == shared.replace("[Dana Okafor, kim]", "[kim]")


def test_what_the_notes_keep_apart_is_not_merged(run: Run, tmp_path: Path) -> None:
    text = f"{NOTES}\napart:\n  - [mail/eu/account/7, crm/prod/account/3]\n"
    (tmp_path / "stack.yaml").write_text(text, encoding="utf-8")
    done = run("merge", "Mia Sorensen", "Dana Kim")
    assert done.code == 2
    assert "take that entry out of `apart`" in done.notes
    assert notes(tmp_path) == text


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


def test_questions_can_be_limited_and_read_by_programs(run: Run) -> None:
    found = run("suggest", "--format", "json", "--limit", "1").json()
    assert found["schema"] == "stackmap.suggestions/1"
    assert len(found["suggestions"]) == 1
    assert found["suggestions"][0]["reason"] in run("suggest").out


# Answers in a table


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


# Questions in a terminal


def in_a_terminal(folder: Path, *words: str, typed: list[bytes]) -> tuple[int, str]:
    """Run a command as somebody at a terminal would, typing an answer whenever it asks; its code and all it showed."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "stackmap", "people", *words]
    with subprocess.Popen(
        command, cwd=folder, stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True
    ) as run:
        os.close(theirs)
        shown, left, stopping = b"", list(typed), False
        with contextlib.suppress(OSError):  # how the end of a terminal shows
            while True:
                if not select.select([ours], [], [], PATIENCE)[0]:
                    # Whoever sees nothing happen presses the keys again: one signal may come between two instructions.
                    assert (stopping, left) == (True, []), f"it neither asks nor ends: {shown.decode()}"
                    os.kill(run.pid, signal.SIGINT)
                    continue
                some = os.read(ours, 4096)
                if not some:
                    break
                shown += some
                if left and shown.count(b"[q]uit") + shown.count(b"y, n, s or q\r\n") > len(typed) - len(left):
                    answer = left.pop(0)
                    stopping = answer == b"\x03"
                    os.kill(run.pid, signal.SIGINT) if stopping else os.write(ours, answer)
        code = run.wait(timeout=60)
    os.close(ours)
    return code, shown.decode()


def test_each_answer_is_written_before_the_next_question_and_stays_when_somebody_stops(
    run: Run, tmp_path: Path
) -> None:
    more = {"type": "node", "kind": "Account", "id": "ads/eu/account/1", "name": "Mia Sorensen"}
    (tmp_path / "more.jsonl").write_text(json.dumps(more | {"properties": {"account_type": "human"}}), encoding="utf-8")
    assert inside("import", "more.jsonl", cwd=tmp_path).code == 0
    code, shown = in_a_terminal(tmp_path, "suggest", typed=[b"no\n", b"\x03"])
    assert "2 of 2" in shown
    assert code == 130, shown
    assert "1 answer written to stack.yaml: 0 the same person, 1 not." in shown
    assert len(parse_yaml(notes(tmp_path), "x").data["apart"]) == 1


def test_to_skip_is_what_nothing_means_and_to_quit_ends(run: Run, tmp_path: Path) -> None:
    code, shown = in_a_terminal(tmp_path, "suggest", typed=[b"\n", b"what\n", b"q\n"])
    assert code == 0, shown
    assert "No answer was given; nothing was changed." in shown
    assert notes(tmp_path) == NOTES
