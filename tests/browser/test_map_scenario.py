"""Without these logins: the page's answer, its words, and its secrecy."""

from collections.abc import Callable
from dataclasses import asdict, replace
from itertools import combinations
from typing import Any

import pytest

from stackmap.app.map.placing import fold_node
from stackmap.render.map_page import Heir, Left, Risk
from tests.browser.brute import Row, a_network, answer
from tests.unit.render.sample_page import sample_page

pytestmark = pytest.mark.browser

Open = Callable[..., Any]

_SOLVE = """cases => cases.map(([network, asides, sets]) => sets.map(leavers =>
  [...stackmap.solve(network, asides, leavers).rows].map(([node, rows]) =>
    [node, rows.map(row => [row.outcome, row.atWorst, row.sure])])))"""


def rows_of(found: list[Any]) -> dict[int, set[Row]]:
    """Rows by node; that one is told twice fails."""
    assert all(len(rows) == len({outcome for outcome, _, _ in rows}) for _, rows in found)
    return {node: {(outcome, worst, sure) for outcome, worst, sure in rows} for node, rows in found}


def test_the_script_agrees_with_the_slow_way_on_made_up_networks(open_map: Open) -> None:
    cases = [a_network(seed) for seed in range(200)]
    found = open_map(sample_page()).run(_SOLVE, cases)
    outcomes: set[tuple[str, int | None]] = set()
    for (network, asides, sets), per_set in zip(cases, found, strict=True):
        for leavers, rows in zip(sets, per_set, strict=True):
            expected = answer(network, asides, leavers)
            assert rows_of(rows) == expected
            outcomes |= {(outcome, sure) for some in expected.values() for outcome, _, sure in some}
    assert len(outcomes) == 1 + 3 * 8  # every word at every grade, and unknown, which has none


def test_the_script_agrees_with_the_slow_way_on_the_sample(open_map: Open) -> None:
    page = sample_page()
    people = sorted(page.gates["seeds"])
    asides = [asdict(one) for one in page.asides]
    sets = [list(some) for size in (1, 2, 3) for some in combinations(people, size)]
    [found] = open_map(page).run(_SOLVE, [[page.gates, asides, sets]])
    for leavers, rows in zip(sets, found, strict=True):
        assert rows_of(rows) == answer(page.gates, asides, leavers)


def choose(page: Any, name: str) -> None:
    page.tab.locator("#person").fill(name)
    page.tab.keyboard.press("Enter")


def test_choosing_a_person_gives_a_verdict_in_words(open_map: Open) -> None:
    page = open_map(sample_page())
    choose(page, "dana")
    assert page.text("#verdict") == (
        "3 stop, 1 runs on old data, 1 may stop (not known for sure), 1 runs on with nobody to care, "
        "1 alarm reaches nobody, 1 blocks the last day. 2 lists were not read."
    )


def test_each_row_says_why_and_what_to_do(open_map: Open) -> None:
    page = open_map(sample_page())
    choose(page, "dana")
    panel = page.text("#panel")
    assert (
        "Webinar registrants automation in Goldcast It hangs on d.okafor n8n (login in n8n). "
        "Fix: let it run as an integration login, then run it once" in panel
    )
    assert (
        "Suppression list dataset in Google Ads It hangs on Offline conversions (automation in Salesforce), "
        "that on d.okafor n8n (login in n8n). "
        "Fix: comes back with Offline conversions" in panel
    )
    assert "Event list import integration in Webflow Dana Okafor cared for it. Fix: name an owner" in panel
    assert "She is the default lead owner: name another first. Fix: point it to a login that stays" in panel
    assert "Territory flow integration in Salesforce Nothing to do: it is documented to keep working." in panel
    assert "~content" not in panel


def test_to_whom_something_may_be_handed_is_said_and_whether_they_leave_too(open_map: Open) -> None:
    sample = sample_page()
    [thing] = [node.id for node in sample.nodes if node.name == "LinkedIn lead forms"]
    page = open_map(replace(sample, heirs={thing: {"a/1": (Heir("Lena Vogt", ("p/2",)),)}}))
    choose(page, "dana")
    assert "The platform hands it to Lena Vogt." in page.text("#panel")
    choose(page, "lena")
    assert "The platform hands it to Lena Vogt, who leaves, too." in page.text("#panel")


def test_keys_of_which_nobody_knows_the_use_are_told_apart_with_one_thing_to_do(open_map: Open) -> None:
    page = open_map(replace(sample_page(), tokens=("a/0",), token_fix="find out what uses it"))
    choose(page, "dana")
    assert "1 key or connection ends. 2 lists" in page.text("#verdict")
    assert "Keys and connections that end; no list says what uses them" in page.text("#panel")
    assert "d.okafor n8n login in n8n · stops" in page.text("#panel")
    assert page.text("#panel").count("find out what uses it") == 1
    page.run("stackmap.page.select('a/0')")
    assert "Fix: find out what uses it" in page.text("#panel")


def test_what_only_happens_together_is_said(open_map: Open) -> None:
    page = open_map(sample_page())
    choose(page, "dana")
    choose(page, "lena")
    assert "2 run on with nobody to care" in page.text("#verdict")
    assert "only because they leave together" in page.text("#panel")
    assert "gone with Dana Okafor" in page.text("#panel")


def test_a_departure_that_changes_nothing_says_so_and_names_the_blind_spots(open_map: Open) -> None:
    page = open_map(sample_page())
    choose(page, "mia")
    assert page.text("#verdict") == "Nothing that was read stops or gets worse. 2 lists were not read."


def test_that_nothing_stops_without_somebody_who_has_left_is_no_all_clear(open_map: Open) -> None:
    sample = sample_page()
    said = "has left (on 2026-09-30), says staff-list"
    (thing, system) = (node.id for node in sample.nodes if node.name in {"MQL alert", "Slack"})
    left = Left(said, (("PA09", thing, "the mail of <b>svc</b> goes to Mia"), ("OO11", system, "a login is still on")))
    page = open_map(replace(sample, left={node.id: left for node in sample.nodes if node.name == "Mia Sorensen"}))
    page.tab.locator("#person").fill("mia")
    words = f"{said}; open because of it: OO11, PA09 (stackmap check)"
    assert page.text("#people") == f"Mia Sorensen {words}"
    page.tab.keyboard.press("Enter")
    assert page.text("#verdict") == (
        f"Mia Sorensen {words}. Nothing more that was read stops or gets worse. 2 lists were not read."
    )
    panel = page.text("#panel")
    assert f"Open already Mia Sorensen {said}. PA09 the mail of <b>svc</b> goes to Mia" in panel
    page.tab.get_by_role("button", name="As a list").click()
    rows = page.tab.locator("#list tbody tr").all_inner_texts()
    assert f"Mia Sorensen\tperson\t\t{words}\tgone" in rows


def test_people_are_offered_by_the_alphabet_and_without_figures(open_map: Open) -> None:
    page = open_map(sample_page())
    page.tab.locator("#person").focus()
    names = page.tab.locator("#people li").all_inner_texts()
    assert names == sorted(names)
    assert not any(letter.isdigit() for name in names for letter in name)


def test_the_scenario_leaves_the_page_only_as_a_copied_link(open_map: Open) -> None:
    page = open_map(sample_page())
    choose(page, "dana")
    choose(page, "ravi")
    assert "#" not in page.run("location.href")
    assert page.run("[localStorage.length, sessionStorage.length, document.cookie, history.length]") == [
        0, 0, "", page.run("history.length")
    ]  # fmt: skip
    verdict = page.text("#verdict")
    page.tab.locator("#link").click()
    link = page.tab.locator("#linktext").input_value()
    assert "#" not in page.run("location.href")
    again = open_map(sample_page(), "#" + link.split("#")[1])
    assert again.text("#verdict") == verdict


def test_a_link_with_somebody_unknown_says_that_the_answer_leaves_them_out(open_map: Open) -> None:
    page = open_map(sample_page(), "#without=p/0&without=somebody/else")
    assert page.text("#strays") == (
        "The link names a person whom this reading does not know: the answer leaves that person out."
    )
    assert page.text("#verdict").startswith("3 stop")
    page.tab.locator("#clear").click()
    assert not page.tab.locator("#strays").is_visible()
    assert not open_map(sample_page(), "#without=p/0").tab.locator("#strays").is_visible()


def test_asking_leads_from_any_panel_to_the_answer_and_to_the_first_thing_hit(open_map: Open) -> None:
    page = open_map(sample_page())
    page.tab.set_viewport_size({"width": 1480, "height": 560})
    page.tab.wait_for_timeout(100)
    page.run("stackmap.page.drawing.reveal('i/15')")
    page.run("stackmap.page.select('s/5')")
    choose(page, "dana")
    assert page.text("#panel h2") == "Without these logins"
    first = page.tab.locator("#panel li .go").first.inner_text()
    box = page.tab.locator("#canvas").bounding_box()
    id_ = page.run("name => [...stackmap.page.nodes.values()].find(node => node.name === name).id", first)
    x, y = page.spot(id_)
    assert box["x"] < x < box["x"] + box["width"]
    assert box["y"] < y < box["y"] + box["height"]


def test_a_login_that_goes_off_is_named_and_marked_by_its_own_name(open_map: Open) -> None:
    sample = sample_page()
    nodes = list(sample.gates["nodes"])
    nodes[nodes.index("a/0")] = "~gone/a/0"
    page = open_map(replace(sample, gates={**sample.gates, "nodes": nodes}, logins={"~gone/a/0": "a/0"}))
    choose(page, "dana")
    assert "It hangs on d.okafor n8n (login in n8n). Fix: let it run as an integration login" in page.text("#panel")
    page.tab.get_by_role("button", name="As a list").click()
    rows = page.tab.locator("#list tbody tr").all_inner_texts()
    assert "d.okafor n8n\tlogin\tn8n\t\tswitched off" in rows


def test_the_list_puts_what_is_hit_first_and_people_after_the_things(open_map: Open) -> None:
    page = open_map(sample_page())
    choose(page, "dana")
    page.tab.get_by_role("button", name="As a list").click()
    ends = [row.split("\t")[-1] for row in page.tab.locator("#list tbody tr").all_inner_texts()]
    hit = [end for end in ends if end and end not in {"gone", "switched off"}]
    assert ends[: len(hit)] == hit
    assert hit[0] == "Stops"
    kinds = [row.split("\t")[1] for row in page.tab.locator("#list tbody tr").all_inner_texts()]
    assert kinds.index("person") > max(number for number, kind in enumerate(kinds) if kind in {"system", "dataset"})
    page.tab.locator("#filter").fill("runs on old")
    assert page.tab.locator("#list tbody .go").all_inner_texts() == ["Suppression list"]
    assert page.text("#found").startswith("1 of ")


def test_taking_people_back_ends_the_scenario(open_map: Open) -> None:
    page = open_map(sample_page())
    choose(page, "dana")
    page.tab.get_by_role("button", name="Dana Okafor: take back").click()
    assert page.text("#verdict") == "Choose people to see what would stop."
    choose(page, "ravi")
    page.tab.get_by_role("button", name="Clear").click()
    assert page.text("#panel h2") == "What to look at first"


def test_a_stopped_thing_is_marked_by_a_word_and_in_the_list(open_map: Open) -> None:
    page = open_map(sample_page())
    choose(page, "dana")
    mark = page.run("stackmap.page.drawing.markOf(stackmap.page.nodes.get('i/1'))")
    assert mark == {"kind": "stops", "text": "stops"}
    page.tab.get_by_role("button", name="As a list").click()
    rows = page.tab.locator("#list tbody tr").all_inner_texts()
    assert "Webinar registrants\tautomation\tGoldcast\tone person away from failing; tape\tStops" in rows


def test_a_fold_in_which_something_changes_says_so_instead_of_how_it_stands(open_map: Open) -> None:
    sample = sample_page()
    held = {node.id: node for node in sample.nodes if node.id in {"i/11", "i/12"}}
    fold = fold_node("~fold/x", list(held.values()))
    nodes = tuple(replace(node, within=fold.id) if node.id in held else node for node in sample.nodes)
    page = open_map(replace(sample, nodes=(*nodes, fold)))
    line = "stackmap.page.drawing.lineOf(stackmap.page.nodes.get('~fold/x'))"
    mark = "stackmap.page.drawing.markOf(stackmap.page.nodes.get('~fold/x'))"
    assert (page.run(line), page.run(mark)) == ("all two people away or more", None)
    choose(page, "dana")
    assert (page.run(line), page.run(mark)["text"]) == ("1 of them changes", "1 no carer")
    page.run("stackmap.page.select('~fold/x')")
    assert "Event list import integration in Webflow" in page.text("#panel")
    assert "· Runs on, nobody left to care" in page.text("#panel")


def test_a_fold_in_which_all_survives_is_not_told_as_it_stands_either(open_map: Open) -> None:
    sample = sample_page()
    [flow] = [node for node in sample.nodes if node.name == "Territory flow"]
    fold = fold_node("~fold/x", [flow])
    nodes = tuple(replace(node, within=fold.id) if node is flow else node for node in sample.nodes)
    silent = {**sample.gates, "gates": [gate for gate in sample.gates["gates"] if gate["aspect"] != "notice"]}
    page = open_map(replace(sample, nodes=(*nodes, fold), gates=silent))
    choose(page, "dana")
    mark = page.run("stackmap.page.drawing.markOf(stackmap.page.nodes.get('~fold/x')).text")
    line = page.run("stackmap.page.drawing.lineOf(stackmap.page.nodes.get('~fold/x'))")
    assert (mark, line) == ("1 survives", "none of them changes")


def test_a_box_without_a_risk_is_marked_by_where_it_stands(open_map: Open) -> None:
    sample = sample_page()
    nodes = tuple(replace(node, risk=Risk.NONE, badges=()) for node in sample.nodes)
    page = open_map(replace(sample, nodes=nodes))
    marks = page.run("[...stackmap.page.nodes.values()].map(node => stackmap.page.drawing.markOf(node))")
    found = {mark["kind"]: mark["text"] for mark in marks if mark}
    assert found == {
        "one-person": "1 person",
        "broken": "broken?",
        "maybe-one-person": "1 person?",
        "no-carer": "no carer",
    }


def test_a_leaver_of_whom_nothing_hangs_is_told_so_and_where_the_rest_stands(open_map: Open) -> None:
    page = open_map(sample_page())
    choose(page, "mia")
    panel = page.text("#panel")
    assert "stackmap leave" in panel
    assert "Nothing that was read stops or gets worse." in panel


def hanging_on(*logins: str) -> Any:
    """The sample, in which either of these logins is enough for one thing."""
    page = sample_page()
    at = {name: number for number, name in enumerate(page.gates["nodes"])}
    gates = [
        {**gate, "members": [[at[login], 3, 2, False] for login in logins]} if gate["node"] == at["i/0"] else gate
        for gate in page.gates["gates"]
    ]
    return replace(page, gates={**page.gates, "gates": gates})


def test_a_login_that_was_off_before_is_told_apart_and_is_nobodys_who_leaves(open_map: Open) -> None:
    page = open_map(hanging_on("a/0", "a/6"))
    choose(page, "dana")
    assert (
        "HubSpot-Salesforce sync integration in HubSpot It hangs on d.okafor n8n (login in n8n). "
        "Off already: o.blake (login in n8n). Fix: " in page.text("#panel")
    )


def test_of_two_ways_each_is_told_with_what_it_hangs_on(open_map: Open) -> None:
    page = open_map(hanging_on("i/1", "i/2", "i/9"))
    for name in ("dana", "tom"):
        choose(page, name)
    assert (
        "It hangs on Webinar registrants (automation in Goldcast) and Offline conversions (automation in Salesforce), "
        "those on d.okafor n8n (login in n8n); and on Reverse ETL scores (integration in Snowflake), that on t.rey "
        "(login in n8n), gone with Dana Okafor and Tomas Rey. Fix: " in page.text("#panel")
    )


def test_what_is_open_about_a_thing_is_told_with_it_and_in_its_fold(open_map: Open) -> None:
    sample = sample_page()
    held = {node.id: replace(node, open=("OO04", "OO02")) for node in sample.nodes if node.id in {"i/11", "i/12"}}
    fold = fold_node("~fold/x", list(held.values()))
    nodes = tuple(replace(held.get(node.id, node), within=fold.id * (node.id in held)) for node in sample.nodes)
    page = open_map(replace(sample, nodes=(*nodes, fold)))
    page.run("stackmap.page.select('~fold/x')")
    assert "As it stands: 2 with something open; all two people away or more." in page.text("#panel")
    assert "; open: OO04, OO02 (stackmap check)" in page.text("#panel")
    page.run("stackmap.page.select('i/11')")
    assert "Open: OO04, OO02 (stackmap check)." in page.text("#panel")
