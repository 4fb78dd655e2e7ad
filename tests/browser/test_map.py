"""The map in a real browser: offline, silent, searchable, usable from the keyboard."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from stackmap.render.map_words import STANDINGS
from tests.unit.render.sample_page import HOSTILE, crowded_page, hostile_page, sample_page

pytestmark = pytest.mark.browser

Open = Callable[..., Any]


def test_the_file_opens_offline_in_standards_mode(open_map: Open) -> None:
    page = open_map(sample_page())
    assert page.run("document.compatMode") == "CSS1Compat"
    assert page.tab.locator("h1").all_inner_texts() == ["Larkfield stack map"]
    assert page.run("document.querySelectorAll('#canvas canvas').length") == 1


def test_something_is_really_painted(open_map: Open) -> None:
    page = open_map(sample_page())
    colours = page.run(
        """() => {
          const canvas = document.querySelector('#canvas canvas');
          const pixels = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
          const found = new Set();
          for (let at = 0; at < pixels.length; at += 4) found.add(pixels.slice(at, at + 3).join());
          return [...found];
        }"""
    )
    assert {"180,95,0", "0,114,178", "138,15,92"} <= set(colours)


def test_an_injected_script_is_refused_by_the_policy(open_map: Open) -> None:
    page = open_map(sample_page())
    page.run(
        """() => {
          const script = document.createElement('script');
          script.textContent = 'window.__pwned = 1';
          document.body.append(script);
        }"""
    )
    assert page.run("window.__pwned === undefined")
    assert "Content Security Policy" in page.said.pop()


def test_search_finds_by_part_of_a_name_and_shows_the_kind(open_map: Open) -> None:
    page = open_map(sample_page())
    page.tab.keyboard.press("/")
    page.tab.keyboard.type("WEBIN")
    assert page.tab.locator("#hits li").all_inner_texts() == ["Webinar registrants\nautomation in Goldcast"]
    page.tab.keyboard.press("Enter")
    assert page.text("#panel h2") == "Webinar registrants"


def test_search_says_when_there_is_nothing_and_when_there_is_more(open_map: Open) -> None:
    page = open_map(crowded_page())
    page.tab.locator("#search").fill("zzz")
    assert page.text("#hits") == "Nothing of that name"
    page.tab.locator("#search").fill("link number")
    assert page.tab.locator("#hits li").last.inner_text() == "138 more: type on"


def test_a_click_opens_the_panel_with_facts_links_and_evidence(open_map: Open) -> None:
    page = open_map(sample_page())
    page.tab.mouse.click(*page.spot("i/1"))
    panel = page.text("#panel")
    assert panel.startswith("Webinar registrants automation in Goldcast hangs on one person's login")
    assert "Runs as d.okafor n8n Starts every 15 minutes" in panel
    assert "d.okafor n8n runs this writes to HubSpot reads from Goldcast" in panel
    assert "n8n prod, workflows 41 22 Nov 2026 observed, certain" in panel
    link = page.tab.locator("#panel a").first
    assert link.get_attribute("href") == "https://n8n.example.test/workflow/41"
    assert link.get_attribute("rel") == "noopener noreferrer"


def test_a_click_lights_what_hangs_together_and_escape_lights_everything(open_map: Open) -> None:
    page = open_map(sample_page())
    canvas = "document.querySelector('#canvas canvas').toDataURL()"
    before = page.run(canvas)
    page.tab.mouse.click(*page.spot("i/1"))
    page.tab.mouse.move(5, 5)
    page.tab.wait_for_timeout(100)
    assert page.run(canvas) != before
    page.tab.keyboard.press("Escape")
    page.tab.wait_for_timeout(100)
    assert page.run(canvas) == before
    assert page.text("#panel h2") == "What to look at first"


def test_the_keyboard_walks_lanes_and_links_and_opens_the_panel(open_map: Open) -> None:
    page = open_map(sample_page())
    objects = page.tab.locator("#objects")
    objects.focus()

    def current() -> str:
        found = page.run("document.getElementById(objects.getAttribute('aria-activedescendant')).textContent")
        return str(found)

    page.tab.keyboard.press("ArrowDown")
    first = current()
    assert first.endswith(", person")
    page.tab.keyboard.press("ArrowDown")
    assert current() != first
    page.tab.keyboard.press("ArrowUp")
    assert current() == first
    lanes = []
    for _ in range(3):
        page.tab.keyboard.press("ArrowRight")
        lanes.append(current())
    assert "login" in lanes[0]
    assert "from " in lanes[1] or "inside " in lanes[1]
    assert ", system" in lanes[2]
    page.tab.keyboard.press("Enter")
    assert page.run("document.activeElement.id") == "panel"
    page.tab.keyboard.press("Escape")
    assert page.run("document.activeElement.id") == "objects"


def test_the_list_shows_every_object_as_text(open_map: Open) -> None:
    page = open_map(sample_page())
    page.tab.get_by_role("button", name="As a list").click()
    rows = page.tab.locator("#list tbody tr").all_inner_texts()
    assert len(rows) == len(sample_page().nodes)
    assert "Form fallback\tintegration\tWebflow\tis broken already\t" in rows
    page.tab.locator("#list").get_by_role("button", name="Form fallback").click()
    assert page.text("#panel h2") == "Form fallback"


def test_of_no_thing_in_the_list_it_is_left_open_how_it_stands(open_map: Open) -> None:
    sample = sample_page()
    page = open_map(sample)
    page.tab.get_by_role("button", name="As a list").click()
    cells = [row.split("\t") for row in page.tab.locator("#list tbody tr").all_inner_texts()]
    things = {node.name for node in sample.nodes if node.thing}
    assert [row for row in cells if row[0] in things and not row[3].strip()] == []
    assert "Event list import\tintegration\tWebflow\ttwo people away from nobody knowing it\t" in map("\t".join, cells)
    assert "o.blake\tlogin\tn8n\tswitched off\t" in map("\t".join, cells)
    page.tab.locator("#filter").fill("tape")
    assert page.text("#found").startswith("10 of ")


def test_the_panel_opens_with_the_groups_of_bus_factor_and_their_numbers(open_map: Open) -> None:
    sample = sample_page()
    heads = open_map(sample).tab.locator("#panel h3").all_inner_texts()
    counts = Counter(node.standing for node in sample.nodes if node.thing)
    assert heads == [f"{counts[key]}{stand.heading}" for key, stand in STANDINGS.items() if counts[key] and stand.weak]


def test_tape_that_no_number_counts_is_told_apart(open_map: Open) -> None:
    sample = sample_page()
    nodes = tuple(replace(node, standing="two-people") if node.id == "i/1" else node for node in sample.nodes)
    heads = open_map(replace(sample, nodes=nodes)).tab.locator("#panel h3").all_inner_texts()
    assert heads[-1] == "1hangs on one person's login, but does not stop at once without it"


@pytest.mark.parametrize("size", [(1480, 900), (390, 800)])
def test_however_much_is_supposed_it_can_be_read_and_leaves_room_for_the_map(
    open_map: Open, size: tuple[int, int]
) -> None:
    many = tuple(f"Person {n} administers <img src=x onerror=window.__pwned=1> {n}" for n in range(60))
    page = open_map(replace(sample_page(), supposing=many))
    page.tab.set_viewport_size(dict(zip(("width", "height"), size, strict=True)))
    told = page.tab.locator("#supposing")
    assert told.is_visible()
    assert all(sentence in page.text("#supposing") for sentence in many)
    assert told.evaluate("told => getComputedStyle(told).overflowY === 'auto' && told.tabIndex === 0")
    told.locator("span").last.scroll_into_view_if_needed()
    box, last = told.bounding_box(), told.locator("span").last.bounding_box()
    assert box["y"] <= last["y"] < box["y"] + box["height"]
    assert page.tab.locator("#stage").bounding_box()["y"] < size[1] / 2
    assert page.run("document.documentElement.scrollWidth") <= size[0]
    assert page.run("window.__pwned === undefined")


def test_a_fold_names_what_it_holds_and_search_reaches_into_it(open_map: Open) -> None:
    crowd = crowded_page()
    folded = next(node for node in crowd.nodes if node.within)
    page = open_map(crowd)
    page.tab.locator("#search").fill(folded.name)
    page.tab.keyboard.press("Enter")
    assert page.text("#panel h2") == folded.name
    page.run("id => stackmap.page.select(id)", folded.within)
    held = [node.name for node in crowd.nodes if node.within == folded.within]
    assert page.text("#panel h2") == f"{len(held)} more"
    assert "As it stands: all two people away or more." in page.text("#panel")
    assert all(name in page.text("#panel") for name in held)


def test_a_map_taller_than_its_window_says_how_much_is_below_and_fit_shows_everything(open_map: Open) -> None:
    page = open_map(crowded_page())
    more = page.tab.locator("#more")
    more.wait_for()
    said = page.text("#more")
    assert int(said.removeprefix("Scroll for ").removesuffix(" more")) > 10
    more.click()
    page.tab.wait_for_function("said => document.getElementById('more').textContent !== said", arg=said)
    page.tab.locator("#fit").click()
    more.wait_for(state="hidden")
    size = page.run("[document.getElementById('canvas').clientWidth, document.getElementById('canvas').clientHeight]")
    spots = page.run("JSON.parse(data.textContent).canvas.nodes.map(({ id }) => stackmap.page.drawing.at(id))")
    assert all(0 < spot["x"] < size[0] and 0 < spot["y"] < size[1] for spot in spots)


def test_a_hit_shows_its_whole_name(open_map: Open) -> None:
    page = open_map(sample_page())
    page.tab.locator("#search").fill("pipeline digest")
    name = page.tab.locator("#hits .name")
    assert (
        name.evaluate("name => name.scrollWidth <= name.offsetWidth && getComputedStyle(name).textOverflow") == "clip"
    )


def test_a_person_is_told_which_login_lies_where(open_map: Open) -> None:
    page = open_map(sample_page())
    page.run("stackmap.page.select('p/0')")
    assert "holds d.okafor n8n in n8n" in page.text("#panel")


def test_a_narrow_screen_leaves_the_list_half_of_its_height(open_map: Open) -> None:
    page = open_map(sample_page())
    page.tab.set_viewport_size({"width": 390, "height": 844})
    page.tab.get_by_role("button", name="As a list").click()
    assert page.tab.locator("#rows").bounding_box()["y"] < 844 / 2
    assert page.run("document.documentElement.scrollWidth") <= 390


def test_on_a_telephone_the_first_screen_is_the_map_and_not_its_header(open_map: Open) -> None:
    page = open_map(sample_page())
    page.tab.set_viewport_size({"width": 390, "height": 800})
    assert page.tab.locator("#stage").bounding_box()["y"] < 800 / 6
    for name in ("Dana", "Lena"):
        page.tab.locator("#person").fill(name)
        page.tab.keyboard.press("Enter")
    assert page.tab.locator("#stage").bounding_box()["y"] < 800 / 2.5
    assert page.run("document.documentElement.scrollWidth") <= 390


def test_dark_is_taken_from_the_system_and_can_be_changed(open_map: Open) -> None:
    page = open_map(sample_page(), color_scheme="dark")
    background = "getComputedStyle(document.body).backgroundColor"
    assert page.run(background) == "rgb(18, 22, 29)"
    page.tab.get_by_role("button", name="Dark or light").click()
    assert page.run(background) == "rgb(247, 248, 250)"


def test_print_shows_the_static_picture_instead_of_the_canvas(open_map: Open) -> None:
    page = open_map(sample_page(), color_scheme="dark")
    assert not page.tab.locator("#print svg").is_visible()
    page.tab.emulate_media(media="print")
    assert page.run("getComputedStyle(document.body).color") == "rgb(27, 35, 48)"
    assert page.tab.locator("#print svg").is_visible()
    assert not page.tab.locator("#stage").is_visible()
    assert page.tab.locator("#coverage summary").is_visible()
    assert not page.tab.locator("#scenario").is_visible()
    page.run("stackmap.page.toggle('p/0')")
    assert page.text("#verdict").startswith("3 stop")
    assert page.text("#panel h2") == "Without these logins"


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_names_never_run_whatever_is_hovered_clicked_or_searched(open_map: Open, text: str) -> None:
    hostile = hostile_page(text)
    page = open_map(hostile)
    shown = page.run("[...stackmap.page.nodes.values()].map(node => [node.look, node.id])")
    assert len(shown) == len(hostile.nodes)
    for id_ in dict(shown).values():
        at = page.spot(id_)
        page.tab.mouse.move(*at)
        page.tab.mouse.click(*at)
    for id_ in page.run("[...Object.keys(JSON.parse(data.textContent).gates.seeds)]"):
        page.run("id => stackmap.page.toggle(id)", id_)
        page.run("id => stackmap.page.select(id)", id_)
    page.tab.locator("#search").fill(text[:3])
    page.tab.get_by_role("button", name="As a list").click()
    page.tab.locator("#coverage summary").click()
    page.tab.locator("#link").click()
    assert page.run("window.__pwned === undefined")
    assert page.run("[...document.querySelectorAll('a')].every(link => link.protocol === 'https:')")
    assert page.run("document.querySelectorAll('body img, body iframe, body [onload], body [onerror]').length") == 0
