"""The map of a stack that somebody has left: it says so, and nothing of theirs looks owned and well."""

from dataclasses import replace
from pathlib import Path

import pytest

from stackmap.app.map import sights
from stackmap.app.map.mapping import map_page
from stackmap.app.opening import Question, open_reading
from stackmap.app.workspace import Workspace
from stackmap.errors import UsageError
from stackmap.render import map_page as map_page_
from stackmap.render.map_page import MapPage, Risk
from tests.support.workspaces import reading_of

COMPANY = """
    crm/prod/system/prod:System
    crm/prod/account/1:Account {email=owen@fernhill.test active=true}
    crm/prod/account/2:Account {email=owen@fernhill.test account_type=integration}
    crm/prod/account/3:Account {email=ida@fernhill.test active=false}
    crm/prod/account/1 -PART_OF-> crm/prod/system/prod
    crm/prod/account/2 -PART_OF-> crm/prod/system/prod
    owen:Person {email=owen@fernhill.test active=false left_on=2026-09-30}
    mei:Person {email=mei@fernhill.test active=true}
    kit:Person {active=false}
    load:Automation
    list:Automation
    bare:Automation -PART_OF-> crm/prod/system/prod
    bare -RUNS_AS-> crm/prod/account/2 {outcome=stops certainty=certain}
    coverage crm/prod {kinds=Automation,RUNS_AS}
"""
NOTES = """
people:
  ida: {name: Ida, emails: ida@fernhill.test}
things:
  load: {kind: Automation, owner: owen@fernhill.test}
  list: {kind: Automation, owner: [owen@fernhill.test, mei@fernhill.test]}
"""


@pytest.fixture(name="page", scope="module")
def _page(tmp_path_factory: pytest.TempPathFactory) -> MapPage:
    folder: Path = tmp_path_factory.mktemp("map")
    return map_page(reading_of(folder, COMPANY, notes=NOTES, names={"owen": "Owen Brandt"}))


def test_whoever_has_left_is_told_with_who_says_so_and_what_is_open_because_of_it(page: MapPage) -> None:
    assert page.left["owen"].said == "has left (on 2026-09-30), says picture"
    assert [(code, subject) for code, subject, _ in page.left["owen"].open] == [
        ("OO08", "load"),
        ("OO11", "crm/prod/account/1"),
        ("PA09", "crm/prod/account/2"),
    ]


def test_of_somebody_who_has_left_and_of_whom_nothing_is_open_it_is_said_too(page: MapPage) -> None:
    assert page.left["kit"].open == ()


def test_nobody_is_said_to_have_left_whose_logins_are_only_off(page: MapPage) -> None:
    assert page.left.keys() == {"owen", "kit"}
    assert {node.id for node in page.nodes if node.off and node.kind == "person"} == {"owen", "kit", "ida"}


def test_a_thing_whose_owners_have_all_left_is_marked_and_says_who_they_were(page: MapPage) -> None:
    nodes = {node.id: node for node in page.nodes}
    assert nodes["load"].risk is Risk.OWNER_GONE
    assert ("Owner", "load is owned by Owen Brandt, who has left") in nodes["load"].details
    assert {nodes["list"].risk, nodes["bare"].risk} == {Risk.NONE}
    assert "Owner" not in dict(nodes["list"].details)


def test_under_stand_ins_every_circle_has_the_code_that_tells_people_apart(tmp_path: Path) -> None:
    reading_of(tmp_path, COMPANY, notes=NOTES, names={"owen": "Owen Brandt"})
    page = map_page(open_reading(Workspace(tmp_path), Question(pseudonymise=True)))
    people = [node for node in page.nodes if node.id in page.gates["seeds"]]
    assert {node.name for node in people} == {f"Person {node.initials}" for node in people}
    assert len({node.initials for node in people}) == len(people) > 1


def test_under_their_own_names_people_keep_their_initials(page: MapPage) -> None:
    assert {node.initials for node in page.nodes} == {""}


def test_what_is_too_much_to_draw_is_refused_before_anything_is_searched_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    many = "\n".join(f"crm/prod/dataset/{number}:Dataset" for number in range(4))
    reading = reading_of(tmp_path, f"{COMPANY}\n{many}")
    assert len(map_page(reading).nodes) > 4

    def searched(*_: object) -> None:
        pytest.fail("it is plain before that there is too much")

    monkeypatch.setattr(sights, "few_people", searched)
    monkeypatch.setattr(map_page_, "MAX_DRAWN", 3)
    with pytest.raises(UsageError, match=r"too many for one picture \(at most 3\). As a list: stackmap bus-factor"):
        map_page(reading)


def test_things_of_one_name_are_told_apart_on_the_map_and_in_what_it_says_of_them(tmp_path: Path) -> None:
    names = {"load": "Nightly", "list": "Nightly", "owen": "Owen Brandt"}
    page = map_page(reading_of(tmp_path, COMPANY, notes=NOTES, names=names))
    assert {"Nightly (id load)", "Nightly (id list)"} <= {node.name for node in page.nodes}
    owner = {node.id: dict(node.details).get("Owner") for node in page.nodes}["load"]
    assert owner == "Nightly (id load) is owned by Owen Brandt, who has left"


def test_somebody_who_has_left_and_has_no_node_is_refused(page: MapPage) -> None:
    with pytest.raises(ValueError, match="no node for nobody, who has left"):
        replace(page, left={"nobody": page.left["owen"]})
