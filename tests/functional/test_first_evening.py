"""The walk in `examples/first-evening`: every command of its page runs, and its answers are what the page says."""

from __future__ import annotations

import json
import re
import shlex
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.functional.cli import inside

EVENING = Path(__file__).resolve().parents[2] / "examples" / "first-evening"
PAGE = (EVENING / "README.md").read_text(encoding="utf-8")
TOMAS = "Tomas Lindqvist"


def _commands(page: str) -> list[list[str]]:
    """What the page tells to type, without remarks, in its order."""
    blocks = re.findall(r"^```\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    lines = [line for block in blocks for line in block.splitlines()]
    return [shlex.split(line.replace(".../examples/first-evening", str(EVENING)), comments=True) for line in lines]


@pytest.fixture(name="folder", scope="module")
def _folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workspace after everything that the page writes."""
    folder = tmp_path_factory.mktemp("evening")
    for program, *arguments in _commands(PAGE):
        if program == "cp":
            shutil.copy(arguments[0], folder)
        elif arguments[0] in {"init", "import"}:
            done = inside(*arguments, cwd=folder)
            assert done.code == 0, done.notes
    return folder


def _json(folder: Path, *arguments: str) -> Any:
    done = inside(*arguments, "--format", "json", cwd=folder)
    assert done.code in {0, 1}, done.notes
    return json.loads(done.out)


def test_it_takes_three_exports_a_staff_list_and_twenty_lines_of_notes_and_no_more() -> None:
    assert len(list(EVENING.glob("*.csv"))) == 4
    assert len((EVENING / "stack.yaml").read_text(encoding="utf-8").splitlines()) <= 20
    named = set(re.findall(r"[\w.-]+\.(?:csv|yaml)", PAGE))
    assert named == {path.name for path in EVENING.iterdir() if path.suffix in {".csv", ".yaml"}}


def test_every_command_that_asks_answers(folder: Path) -> None:
    asking = [arguments for program, *arguments in _commands(PAGE) if program == "stackmap"]
    asking = [arguments for arguments in asking if arguments[0] not in {"init", "import"}]
    assert [arguments[0] for arguments in asking] == ["leave", "check", "map", "people"]
    for arguments in asking:
        done = inside(*(one for one in arguments if one != "--open"), cwd=folder)
        assert done.code == (1 if arguments[0] == "check" else 0), done.notes
        assert "met nothing" not in done.out + done.notes


def test_what_stops_with_the_leaver_is_what_the_page_says(folder: Path) -> None:
    rows = {(row["thing"]["name"], row["outcome"]) for row in _json(folder, "leave", TOMAS)["outcomes"]}
    assert {name for name, outcome in rows if outcome == "stops"} == {"Offline conversions"}
    assert {name for name, outcome in rows if outcome == "moved"} == {
        "Demo requests to the sales channel",
        "Event badge scans to Salesforce",
        "Webinar sign-ups to HubSpot",
    }


def test_zaps_pass_to_the_owner_while_she_stays_and_may_stop_when_both_leave(folder: Path) -> None:
    rows = [row for row in _json(folder, "leave", TOMAS)["outcomes"] if row["outcome"] == "moved"]
    people = _json(folder, "people")["people"]
    (grace,) = [one for one in people if one["name"] == "Grace Adeyemi"]
    (heir,) = {heir for row in rows for heir in row["moved_to"]}
    assert heir in {login["id"] for login in grace["accounts"]}
    assert "the platform hands it to Grace Adeyemi" in inside("leave", TOMAS, cwd=folder).out
    both = _json(folder, "leave", TOMAS, "Grace Adeyemi")["outcomes"]
    told = {row["thing"]["name"]: (row["outcome"], row["at_worst"]) for row in both if row["outcome"] != "unowned"}
    assert {told[row["thing"]["name"]] for row in rows} == {("unknown", "stops")}


def test_the_private_connections_that_end_are_named_and_the_shared_one_is_not(folder: Path) -> None:
    tokens = _json(folder, "leave", TOMAS)["tokens"]
    assert {(row["thing"]["name"], row["outcome"], row["certainty"]) for row in tokens} == {
        ("Zoom t.lindqvist", "later", "likely"),
        ("Salesforce t.lindqvist", "later", "likely"),
    }
    assert "Why we say so: stackmap explain zapier:private-connection, " in inside("leave", TOMAS, cwd=folder).out


def test_the_shared_connection_passes_to_the_owner_of_the_account(folder: Path) -> None:
    (row,) = _json(folder, "leave", TOMAS)["handed_tokens"]
    assert (row["thing"]["name"], row["outcome"]) == ("HubSpot (marketing)", "moved")
    told = inside("leave", TOMAS, cwd=folder).out
    assert "KEYS AND CONNECTIONS THAT CHANGE HANDS, NO LIST SAYS WHAT USES THEM  (1)" in told


def test_the_file_of_one_member_says_whose_it_is_wherever_something_is_missing(folder: Path) -> None:
    for asked in (("leave", "Mei Tanaka"), ("people", "show", TOMAS)):
        told = " ".join(inside(*asked, cwd=folder).out.split())
        assert "only what t.lindqvist@fernhill.test built and connected; other members' Zaps are not in it" in told
    (finding,) = [one for one in _json(folder, "check")["findings"] if one["code"] == "CV03"]
    assert "shows only what t.lindqvist@fernhill.test built" in finding["because"]
    hidden = " ".join(inside("leave", TOMAS, "--pseudonymise", cwd=folder).out.split())
    assert "other members' Zaps are not in it" in hidden
    assert "lindqvist" not in hidden.casefold()


def test_a_list_that_is_called_like_its_source_is_named_once(folder: Path) -> None:
    told = inside("leave", TOMAS, cwd=folder).out
    assert "[zapier-zaps/h-" in told
    assert "[hubspot-users hubspot-users" not in told
    assert " zapier-zaps, 18 Nov]" not in told
    assert "read in hubspot-users, record 60110021" in inside("people", "show", TOMAS, cwd=folder).out


def test_what_your_notes_give_to_two_who_leave_together_is_named(folder: Path) -> None:
    both = " ".join(inside("leave", TOMAS, "Mei Tanaka", cwd=folder).out.split())
    says = "Named in your notes, and nobody of them stays: HubSpot (owner Tomas Lindqvist, backup Mei Tanaka)"
    assert says in both
    assert "nobody of them stays" not in inside("leave", TOMAS, cwd=folder).out


def test_what_is_open_because_owen_has_left_is_the_answer_about_him(folder: Path) -> None:
    document = _json(folder, "leave", "Owen Brandt")
    (left,) = document["left_already"]
    mine = {(one["code"], one["subject"]) for one in left["open"]}
    findings = _json(folder, "check")["findings"]
    assert mine == {(one["code"], one["subject"]) for one in findings if "Owen Brandt" in one["because"]}
    assert sorted(code for code, _ in mine) == ["OO08", "OO08", "OO11", "PA09"]
    assert [mail["name"] for mail in document["mail"]] == ["Data Load"]
    told = inside("leave", "Owen Brandt", cwd=folder).out
    assert told.index("OPEN ALREADY: Owen Brandt has left") < told.index("Nothing more that was read would")


def test_the_sync_hangs_on_nobody(folder: Path) -> None:
    everyone = [entry["id"] for entry in _json(folder, "people")["people"]]
    rows = _json(folder, "leave", *everyone)["outcomes"]
    assert "HubSpot-Salesforce sync" not in {row["thing"]["name"] for row in rows if row["outcome"] == "stops"}


def test_whoever_left_and_is_still_in_is_found(folder: Path) -> None:
    findings = _json(folder, "check")["findings"]
    told = {finding["code"]: finding["because"] for finding in findings}
    assert "Owen Brandt has left (on 2026-09-30)" in told["OO11"]
    assert told["PA09"] == "the mail of Data Load goes to Owen Brandt's mailbox"
    assert any("Nightly lead load" in one["because"] for one in findings if one["code"] == "OO08")


def test_no_rule_is_clear_over_exports(folder: Path) -> None:
    blind = {item["system"] for item in _json(folder, "check")["not_evaluated"] if item["code"] == "SA01"}
    assert {"salesforce/unknown", "hubspot/unknown"} <= blind


def test_logins_of_one_person_in_three_systems_are_one_person(folder: Path) -> None:
    (tomas,) = [one for one in _json(folder, "people")["people"] if one["name"] == TOMAS]
    assert tomas["id"] == "staff/2004"
    assert {login["system"] for login in tomas["accounts"]} == {"Salesforce", "HubSpot", "Zapier"}
