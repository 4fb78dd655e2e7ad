"""The report and the guide as commands write them, of the demo company."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from pathlib import Path

import pytest

from tests.functional.cli import Done, contents, inside

COMMANDS = (("report", "report.html"), ("onboard", "onboarding.html"))


@pytest.fixture(scope="module", name="demo")
def _demo(made_demo: tuple[Path, Done], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy: commands write into it."""
    return Path(shutil.copytree(made_demo[0], tmp_path_factory.mktemp("documents") / "demo"))


def markdown(command: str, demo: Path) -> str:
    done = inside(command, "--format", "md", cwd=demo)
    assert done.code == 0, done.notes
    return done.out


def sections(text: str) -> dict[str, str]:
    return {part.partition("\n")[0]: part for part in text.split("\n## ")[1:]}


@pytest.mark.parametrize(("command", "file"), COMMANDS)
def test_html_goes_to_a_file_of_the_workspace_for_its_owner_alone(demo: Path, command: str, file: str) -> None:
    done = inside(command, "--workspace", demo, cwd=demo.parent)
    assert (done.code, done.out) == (0, "")
    assert (demo / file).stat().st_mode & 0o077 == 0
    assert (demo / file).read_text(encoding="utf-8").startswith("<!doctype html>")


@pytest.mark.parametrize("form", ["html", "md"])
@pytest.mark.parametrize("command", ["report", "onboard"])
def test_the_same_reading_gives_the_same_bytes(demo: Path, tmp_path: Path, command: str, form: str) -> None:
    made = []
    for name in ("one", "two"):
        assert inside(command, "--format", form, "-o", tmp_path / name, cwd=demo).code == 0
        made.append((tmp_path / name).read_bytes())
    assert made[0] == made[1]


@pytest.mark.parametrize("command", ["report", "onboard"])
def test_markdown_goes_to_the_standard_output_and_writes_nothing(demo: Path, command: str) -> None:
    before = contents(demo)
    assert markdown(command, demo).startswith("# ")
    assert contents(demo) == before


@pytest.mark.parametrize("command", ["report", "onboard"])
def test_an_earlier_reading_and_a_day_can_be_named(demo: Path, command: str) -> None:
    asked = inside(command, "-f", "md", "--snapshot", "1", "--as-of", "2027-05-01", cwd=demo)
    assert asked.code == 0, asked.notes
    assert inside(command, "-f", "md", "--snapshot", "99", cwd=demo).code == 2


@pytest.mark.parametrize("command", ["report", "onboard"])
def test_completeness_can_be_asked_for(demo: Path, command: str) -> None:
    assert inside(command, "-f", "md", "--require-complete", cwd=demo).code == 3


def test_the_report_counts_as_the_bus_factor_does(demo: Path) -> None:
    verdict = sections(markdown("report", demo))["The verdict"]
    told = {words: int(number) for number, words in re.findall(r"^\| (\d+) \| (.+?) \|$", verdict, re.MULTILINE)}
    groups = inside("bus-factor", "--all", cwd=demo).out
    headings = re.findall(r"^(\S.+?)  \((\d+)\)$", groups, re.MULTILINE)
    counted = Counter({words: int(number) for words, number in headings})
    same = {
        "broken already, or may be": "Broken already, or may be",
        "one person away from failing": "One person away from failing",
        "may be one person away, not known for sure": "May be one person away from failing",
        "run, and nobody looks after them": "Nobody cares for it, as far as was read",
        "one person away from nobody knowing them": "One person away from nobody knowing it",
        "who looks after them could not be read": "Who cares for it could not be read",
        "two people away from failing, and nothing weaker is known of them": "Two people away from failing",
        "may be two people away, not known for sure": "May be two people away from failing",
        "two people away from nobody knowing them": "Two people away from nobody knowing it",
        "three people away, or nobody's leaving breaks them": "Three people or more, or nobody's leaving breaks it",
    }
    assert told == {ours: counted[theirs] for ours, theirs in same.items()}


def test_everything_that_one_person_takes_is_a_line_of_the_report_or_named_in_one(demo: Path) -> None:
    factors = inside("bus-factor", "--format", "json", cwd=demo).json()
    weak = [one["name"] for one in (*factors["things"], *factors["systems"]) if one["at_worst"]["running"] == 1]
    assert len(weak) > 20
    told = sections(markdown("report", demo))["What hangs on one person's login"].replace("\\", "")
    assert [name for name in weak if name not in told] == []


def people_of(demo: Path) -> list[str]:
    return [one["name"] for one in inside("people", "--format", "json", cwd=demo).json()["people"]]


def test_the_report_ranks_no_people(demo: Path) -> None:
    text = markdown("report", demo)
    firsts, names = re.findall(r"^(?:#+ |\| )(.*?)(?: ·| \||$)", text, re.MULTILINE), people_of(demo)
    assert len(firsts) > 20
    assert "Dana Okafor" in names
    assert [first for first in firsts for name in names if first.startswith(name)] == []


def test_the_guide_names_colleagues_only_as_people_to_ask(demo: Path) -> None:
    found = sections(markdown("onboard", demo))
    asking = found.pop("Whom to ask")
    names = people_of(demo)
    words = {*names, *(word for name in names for word in name.split() if len(word) > 3)}
    assert "Dana Okafor" in asking
    assert sorted(word for word in words for part in found.values() if re.search(rf"\b{re.escape(word)}\b", part)) == []
    assert "Owen Blake" not in asking


def test_the_guide_names_no_secret(demo: Path) -> None:
    assert not re.search(r"password is|api key|Service key web", markdown("onboard", demo), re.IGNORECASE)


def test_a_line_of_the_report_names_everybody_whose_leaving_alone_takes_the_thing(demo: Path) -> None:
    told = sections(markdown("report", demo))["What hangs on one person's login"]
    lines = [*told.split("\n### ")[1:], *(row.removeprefix("| ") for row in told.splitlines() if row.startswith("| "))]
    names = {one["id"]: one["name"] for one in inside("people", "--format", "json", cwd=demo).json()["people"]}
    seen = 0
    for one in inside("bus-factor", "--format", "json", cwd=demo).json()["things"]:
        people = [
            names[person] for (person,) in (who for who in one["minimal_sets"] if len(who) == 1) if person in names
        ]
        own = [line for line in lines if re.match(rf"{re.escape(one['name'])} (·|\(|\|)", line)]
        if one["running"] == 1 and own:
            seen += len(people) > 1
            assert [person for person in people if not any(person in line for line in own)] == []
    assert seen


def test_the_report_tells_the_live_token_before_the_one_that_is_off_already(demo: Path) -> None:
    (card,) = re.findall(r"^### DealHub CPQ(.*?)^### ", markdown("report", demo), re.MULTILINE | re.DOTALL)
    assert "was authorised by Dana Okafor's login" in card
    assert card.index("Dana Okafor's login") < card.index("Lost already: it signs in with")


def test_a_leftover_of_somebody_who_left_says_so_in_the_report_and_the_bus_factors(demo: Path) -> None:
    assert "Owen Blake's login (off already" in markdown("report", demo)
    assert "Owen Blake (logins off already)" in inside("bus-factor", "--all", cwd=demo).out


@pytest.mark.parametrize("file", ["stackmap.db", "stackmap.yaml", "stack.yaml", "a-link-to-the-notes"])
def test_no_answer_takes_the_place_of_the_workspaces_own_files(demo: Path, tmp_path: Path, file: str) -> None:
    (tmp_path / "a-link-to-the-notes").symlink_to(demo / "stack.yaml")
    target = (tmp_path if "link" in file else demo) / file
    before = contents(demo)
    refused = inside("report", "-o", target, cwd=demo)
    assert refused.code == 2
    assert "name another file" in refused.notes
    assert contents(demo) == before


def test_a_dash_is_the_standard_output(demo: Path) -> None:
    done = inside("onboard", "-o", "-", cwd=demo)
    assert done.out.startswith("<!doctype html>")
    assert not (demo / "-").exists()
