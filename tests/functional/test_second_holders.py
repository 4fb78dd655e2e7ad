"""`bus-factor --second-holders`: what is asked, what is refused, and that nothing of it stays."""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.functional.cli import Done, contents, inside

EXAMPLES = Path(__file__).parents[2] / "examples"
CRM = "crm/prod"
STAFF = {"dana": "Dana Okafor", "ravi": "Ravi Menon", "mia": "Mia Sorensen"}
RUNS = {
    "integration/sync": ("Integration", "Nightly sync", "dana"),
    "automation/digest": ("Automation", "Digest", "ravi"),
}
Line = dict[str, object]


def _facts(names: Mapping[str, str]) -> str:
    """Three people with a login each in one system; what runs as the first two."""
    lines: list[Line] = [{"type": "source", "name": "crm", "taken_at": "2026-11-22T09:00:00Z"}]
    lines.append(_node("System", f"{CRM}/system/prod", "Larkfield CRM"))
    for person, name in STAFF.items():
        login = f"{CRM}/account/{person}"
        lines.append(_node("Person", person, name))
        lines.append({**_node("Account", login, f"{person}.login"), "properties": {"account_type": "human"}})
        lines.append({**_edge("HAS_ACCOUNT", person, login), "evidence": {"how": "declared"}})
        lines.append(_edge("PART_OF", login, f"{CRM}/system/prod"))
    for thing, (kind, name, person) in RUNS.items():
        lines.append(_node(kind, f"{CRM}/{thing}", names.get(thing, name)))
        lines.append(_edge("PART_OF", f"{CRM}/{thing}", f"{CRM}/system/prod"))
        lines.append({**_edge("RUNS_AS", f"{CRM}/{thing}", f"{CRM}/account/{person}"), "outcome": "stops"})
    return "".join(f"{json.dumps(line)}\n" for line in lines)


def _node(kind: str, node_id: str, name: str) -> Line:
    return {"type": "node", "kind": kind, "id": node_id, "name": name}


def _edge(kind: str, start: str, end: str) -> Line:
    return {"type": "edge", "kind": kind, "from": start, "to": end}


@pytest.fixture(scope="module", name="folder")
def _folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("company")
    (folder / "facts.jsonl").write_text(_facts({}), encoding="utf-8")
    assert inside("import", "facts.jsonl", "-q", cwd=folder).code == 0
    return folder


def _ask(folder: Path, *options: str) -> Done:
    return inside("bus-factor", "--second-holders", *options, cwd=folder)


def test_the_text_says_what_to_hand_over_and_to_whom(folder: Path) -> None:
    told = _ask(folder).out
    assert "To keep things running when any one person leaves: 2 second holders, 2 things" in told
    assert "login dana.login in Larkfield CRM: 1 thing; second holder: Ravi Menon" in told
    assert "No smaller plan exists" in told


def test_json_and_csv_say_the_same(folder: Path) -> None:
    answer = _ask(folder, "--format", "json").json()
    assert answer["schema"] == "stackmap.second_holders/1"
    (first, second) = answer["running"]["hand_overs"]
    assert first["holder"] == {"id": "dana", "name": "Dana Okafor"}
    assert first["about"]["name"] == "dana.login"
    assert first["things"] == ["crm/prod/integration/sync"]
    assert answer["running"]["lifted"] == sorted([*first["things"], *second["things"]])
    rows = list(csv.DictReader(io.StringIO(_ask(folder, "--format", "csv").out.lstrip("\ufeff"))))
    told = [(one["holder"]["name"], one["second"]["name"], one["fit"]) for one in (first, second)]
    assert [(row["holder"], row["second_holder"], row["fit"]) for row in rows] == told


def test_one_thing_by_name_and_whoever_leaves_takes_nothing(folder: Path) -> None:
    told = _ask(folder, "--thing", "nightly SYNC", "--leaving", "Ravi Menon").out
    assert "login dana.login in Larkfield CRM: 1 thing; second holder: Mia Sorensen" in told
    assert "ravi.login" not in told
    assert "Ravi" not in told
    assert "Worked out as if one person had already left: nothing is handed over to them." in told


def test_with_both_others_leaving_it_says_what_to_do(folder: Path) -> None:
    told = _ask(folder, "--thing", "Nightly sync", "--leaving", "Mia Sorensen", "--leaving", "Ravi Menon").out
    assert "second holder: nobody suitable who stays is known: give somebody a login" in " ".join(told.split())
    assert "1 second holder needed, nobody found" in " ".join(told.split())


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("--second-holders", "--thing", "Nightly snyc"), "crm/prod/integration/sync   Nightly sync   Larkfield CRM"),
        (("--second-holders", "--leaving", "Nobody At All"), "nobody here is called"),
        (("--second-holders", "--everyone"), "ask one at a time"),
        (
            ("--thing", "Nightly sync", "--leaving", "Ravi Menon"),
            "\nTry: stackmap bus-factor --second-holders --thing 'Nightly sync' --leaving 'Ravi Menon'\n",
        ),
        (("--at-most", "2", "--everyone"), "\nTry: stackmap bus-factor --second-holders --at-most 2\n"),
        (("--leaving", "Ravi Menon", "--pseudonymise"), "--second-holders --pseudonymise --leaving NAME\n"),
        (("--second-holders", "--at-most", "0"), "--at-most"),
        (("--format", "scenario"), "\nTry: stackmap bus-factor --second-holders --format scenario\n"),
        (("--second-holders", "--format", "scenario", "--pseudonymise"), "leave out --pseudonymise"),
    ],
)
def test_what_does_not_fit_is_refused_with_what_would(folder: Path, options: tuple[str, ...], says: str) -> None:
    done = inside("bus-factor", *options, cwd=folder)
    assert done.code == 2
    assert says in done.notes


def test_a_name_that_two_things_share_asks_which(tmp_path: Path) -> None:
    (tmp_path / "facts.jsonl").write_text(_facts({"automation/digest": "Nightly sync"}), encoding="utf-8")
    assert inside("import", "facts.jsonl", "-q", cwd=tmp_path).code == 0
    done = _ask(tmp_path, "--thing", "Nightly sync")
    assert done.code == 2
    assert "2 things are called" in done.notes
    assert "crm/prod/automation/digest" in done.notes


def test_who_leaves_is_written_down_nowhere(tmp_path: Path) -> None:
    shutil.copy(EXAMPLES / "stack.yaml", tmp_path)
    assert inside("import", EXAMPLES / "facts.jsonl", cwd=tmp_path).code == 0
    before = contents(tmp_path)
    assert _ask(tmp_path, "--leaving", "Ravi Menon").code == 0
    assert contents(tmp_path) == before


def test_what_is_supposed_is_said_first(folder: Path) -> None:
    told = _ask(folder, "--with", "Mia Sorensen holds dana.login").out
    assert told.startswith("Supposing")
    assert "login dana.login" not in told.partition("Reading of")[2]


def test_the_sentence_that_tries_one_out_can_be_given_as_it_stands(folder: Path) -> None:
    sentence = _ask(folder).out.partition("bus-factor --with '")[2].partition("'")[0]
    assert sentence == "Ravi Menon holds dana.login in Larkfield CRM"
    assert "login dana.login" not in _ask(folder, "--with", sentence).out.partition("Reading of")[2]


def test_the_whole_plan_can_be_tried_and_then_nothing_is_left_to_hand_over(folder: Path, tmp_path: Path) -> None:
    plan = tmp_path / "plan.txt"
    assert _ask(folder, "--format", "scenario", "-o", str(plan)).code == 0
    assert _one_person_away(folder, "--scenario", str(plan)) == []
    assert "no second holder is needed" in _ask(folder, "--scenario", str(plan)).out


def test_a_plan_beside_leavers_is_tried_with_the_commands_that_it_prints(folder: Path, tmp_path: Path) -> None:
    asked = ("--thing", "Nightly sync", "--at-most", "2", "--leaving", "Ravi Menon")
    told, plan = _ask(folder, *asked).out, tmp_path / "plan.txt"
    again = "stackmap bus-factor --second-holders --thing 'Nightly sync' --leaving NAME --at-most 2"
    assert f"  {again} --format scenario -o plan.txt\n  {again} --scenario plan.txt\n" in told
    assert _ask(folder, *asked, "--format", "scenario", "-o", str(plan)).code == 0
    written = plan.read_text(encoding="utf-8")
    assert "ravi" not in written.casefold()
    assert "with the same --leaving" in written
    assert "no second holder is needed" in _ask(folder, *asked, "--scenario", str(plan)).out


def test_an_empty_plan_says_that_it_has_nothing_to_try(folder: Path) -> None:
    taken = ("--with", "Mia Sorensen holds dana.login")
    done = _ask(folder, "--thing", "Nightly sync", "--format", "scenario", *taken)
    assert done.code == 0
    assert "This plan has nothing to try" in done.notes
    assert all(line.startswith("#") for line in done.out.splitlines())
    assert "nothing to try" not in _ask(folder, "--format", "scenario").notes


def test_the_plan_and_bus_factors_count_the_same_things(folder: Path) -> None:
    planned = _ask(folder, "--format", "json").json()["one_person_away"]
    assert planned == {"things": _one_person_away(folder), "helped": 2}


def _one_person_away(folder: Path, *options: str) -> list[str]:
    things = inside("bus-factor", "--format", "json", *options, cwd=folder).json()["things"]
    return sorted(one["id"] for one in things if one["running"] == one["at_worst"]["running"] == 1)
