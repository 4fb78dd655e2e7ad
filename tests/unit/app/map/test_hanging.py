"""What the map says of a login and of what hangs on it: what the tie is, and not merely that there is one."""

import pytest

from stackmap.app.map.mapping import map_page
from stackmap.render.map_page import Administrators, Line, MapPage
from tests.support.workspaces import reading_of

STOPS = "{outcome=stops certainty=certain}"
COMPANY = f"""
    crm/prod/system/prod:System
    crm/prod/account/1:Account {{email=owen@fernhill.test active=false}}
    crm/prod/account/2:Account {{email=mei@fernhill.test}}
    crm/prod/account/1 -PART_OF-> crm/prod/system/prod
    crm/prod/account/2 -PART_OF-> crm/prod/system/prod
    crm/prod/account/2 -ADMINISTERS-> crm/prod/system/prod
    crm/prod/group/q:Group -PART_OF-> crm/prod/system/prod
    crm/prod/account/2 -MEMBER_OF-> crm/prod/group/q
    crm/prod/account/unread%3Agroup-7 -MEMBER_OF-> crm/prod/group/r
    crm/prod/group/r:Group -PART_OF-> crm/prod/system/prod
    crm/prod/automation/batch:Automation -PART_OF-> crm/prod/system/prod
    crm/prod/automation/rule:Automation -PART_OF-> crm/prod/system/prod
    crm/prod/automation/batch -RUNS_AS-> crm/prod/account/2 {STOPS}
    crm/prod/automation/batch -NOTIFIES-> crm/prod/account/1
    crm/prod/automation/old:Automation -PART_OF-> crm/prod/system/prod
    crm/prod/automation/old -RUNS_AS-> crm/prod/account/1 {STOPS}
    crm/prod/automation/old -NOTIFIES-> crm/prod/account/1
    crm/prod/automation/rule -ROUTES_TO-> crm/prod/group/q {{outcome=stops certainty=certain slot=us}}
    crm/prod/automation/rule -ROUTES_TO-> crm/prod/group/r {{outcome=stops certainty=certain slot=partners}}
    crm/prod/endpoint/door:Endpoint {{internal=true}}
    crm/prod/endpoint/door -SERVED_BY-> crm/prod/automation/batch
    crm/prod/automation/rule -CALLS-> crm/prod/endpoint/door
    coverage crm/prod {{inventory=users kinds=Account,ADMINISTERS}}
"""
NOTES = """
people:
  owen: {name: Owen Brandt, emails: owen@fernhill.test}
  mei: {name: Mei Lin, emails: mei@fernhill.test}
"""
NAMES = {
    "crm/prod/account/1": "Owen",
    "crm/prod/account/2": "Mei",
    "crm/prod/group/q": "Leads",
    "crm/prod/group/r": "Partners",
    "crm/prod/automation/batch": "Dedupe",
    "crm/prod/automation/rule": "Rule",
}


@pytest.fixture(name="page", scope="module")
def _page(tmp_path_factory: pytest.TempPathFactory) -> MapPage:
    return map_page(reading_of(tmp_path_factory.mktemp("map"), COMPANY, notes=NOTES, names=NAMES))


def _told(page: MapPage) -> set[tuple[str, str, str]]:
    names = {node.id: node.name for node in page.nodes}
    return {(names[link.target], link.words, names[link.source]) for link in page.links if link.backward}


def test_a_thing_says_by_what_it_hangs_on_a_login(page: MapPage) -> None:
    assert _told(page) >= {
        ("Dedupe", "runs as", "Mei"),
        ("Rule", "hands work to Leads, which has as member", "Mei"),
    }


def test_nothing_is_said_to_run_as_a_login_that_only_gets_its_alarms(page: MapPage) -> None:
    assert {words for thing, words, login in _told(page) if (thing, login) == ("Dedupe", "Owen")} == {"alarms"}


def test_an_alarm_that_goes_to_a_login_that_is_off_is_not_drawn_as_what_is_broken(page: MapPage) -> None:
    styles = {(link.words, link.style is Line.LEFT) for link in page.links if link.source.endswith("/1")}
    assert styles == {("runs as", True), ("alarms", False)}


def test_the_one_person_that_a_thing_hangs_on_is_named_beside_it(page: MapPage) -> None:
    told = {node.name: dict(node.details).get("Which person") for node in page.nodes}
    assert (told["Dedupe"], told["Rule"]) == ("Mei Lin", "Mei Lin")


def test_a_member_of_a_queue_that_no_list_names_is_not_called_a_login(page: MapPage) -> None:
    (node,) = [node for node in page.nodes if "unread" in node.id]
    assert (node.name, node.kind) == ("member of Partners that was not read", "member, not listed")


def test_an_address_that_no_system_shows_is_told_by_the_thing_behind_it(page: MapPage) -> None:
    assert page.doors == {"crm/prod/endpoint/door": "crm/prod/automation/batch"}
    assert not page.doors.keys() & {node.id for node in page.nodes}


def test_of_whoever_administers_a_system_the_page_knows_whether_they_were_seen_there(page: MapPage) -> None:
    assert page.administrators == {"crm/prod/system/prod": Administrators(("mei",))}
