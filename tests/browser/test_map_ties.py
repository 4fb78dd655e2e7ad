"""The page says what a tie is in words that hold, and asks where more than one person is meant."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeAlias

import pytest

from stackmap.render.map_page import Administrators, Line, MapLink
from stackmap.render.words import IDLE
from tests.unit.render.sample_page import sample_page

pytestmark = pytest.mark.browser

Open: TypeAlias = Callable[..., Any]


def test_a_tie_that_is_told_the_other_way_round_reads_well_from_both_ends(open_map: Open) -> None:
    page = sample_page()
    tie = MapLink("a/0", "i/1", "alarms", Line.MANAGED, evidence=page.links[0].evidence, backward=True)
    names = {node.id: node.name for node in page.nodes}
    opened = open_map(replace(page, links=(*page.links, tie)))
    opened.run("select => stackmap.page.select(select)", "i/1")
    assert f"alarms {names['a/0']}" in opened.text("#panel")
    assert f"It alarms {names['a/0']}" in opened.text("#panel table")
    opened.run("select => stackmap.page.select(select)", "a/0")
    assert f"{names['i/1']} alarms this" in opened.text("#panel")
    assert f"{names['i/1']} alarms it" in opened.text("#panel table")


def test_of_several_people_who_fit_none_is_taken_until_somebody_chooses(open_map: Open) -> None:
    page = open_map(sample_page())
    page.tab.locator("#person").fill("an")
    page.tab.keyboard.press("Enter")
    assert page.text("#chosen") == ""
    assert "fit: choose one" in page.text("#people")
    page.tab.keyboard.press("ArrowUp")
    page.tab.keyboard.press("ArrowDown")
    page.tab.keyboard.press("Enter")
    first = page.text("#chosen")
    assert first.endswith("×")
    page.tab.locator("#clear").click()
    page.tab.locator("#person").fill("an")
    page.tab.keyboard.press("ArrowDown")
    page.tab.keyboard.press("Enter")
    assert page.text("#chosen") == first


def test_where_nobody_fits_it_is_said_that_here_are_people_only(open_map: Open) -> None:
    page = open_map(sample_page())
    page.tab.locator("#person").fill("svc-warehouse")
    assert page.text("#people").endswith("without a login that nobody is known to hold: stackmap leave LOGIN")


def test_of_an_administrator_who_was_not_seen_for_long_that_is_said(open_map: Open) -> None:
    known = {"s/0": Administrators(("p/0", "p/1"), ("p/1",))}
    page = open_map(replace(sample_page(), administrators=known))
    page.run("id => stackmap.page.toggle(id)", "p/0")
    assert f"1 left: Ravi Menon ({IDLE})" in page.text("#panel")
