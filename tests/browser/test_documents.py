"""The report and the guide in a real browser: offline, silent, on a telephone and on paper."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from stackmap.render.document_html import document_html
from stackmap.render.guide import guide_document
from stackmap.render.report import report_document
from tests.browser.conftest import Opened
from tests.unit.render.sample_page import HOSTILE
from tests.unit.render.test_document import document_of
from tests.unit.render.test_guide import GUIDE
from tests.unit.render.test_report import report_of

pytestmark = pytest.mark.browser

LONG = "x" * 300
PAGES = {
    "report": document_html(report_document(report_of())),
    "guide": document_html(guide_document(GUIDE)),
    "hostile": document_html(document_of(LONG, *HOSTILE)),
}
Open = Callable[..., Any]


@pytest.fixture(name="open_document")
def _open_document(chromium: Any, tmp_path: Path) -> Iterator[Open]:
    """Open a page offline. What it asks for or says on the console fails the test."""
    contexts: list[Any] = []
    pages: list[Opened] = []

    def opened(page: str, **settings: Any) -> Opened:
        file = tmp_path / "document.html"
        file.write_bytes(PAGES[page].encode())
        contexts.append(chromium.new_context(offline=True, **settings))
        tab = contexts[-1].new_page()
        found = Opened(tab)
        pages.append(found)
        tab.on("request", lambda request: found.asked.append(request.url))
        tab.on("console", lambda message: found.said.append(message.text))
        tab.goto(file.as_uri())
        assert found.asked.pop(0) == file.as_uri()
        return found

    yield opened
    for context in contexts:
        context.close()
    assert [url for page in pages for url in page.asked] == []
    assert [text for page in pages for text in page.said] == []


@pytest.mark.parametrize("page", PAGES)
def test_a_document_opens_in_standards_mode_with_its_own_style(open_document: Open, page: str) -> None:
    shown = open_document(page)
    assert shown.run("document.compatMode") == "CSS1Compat"
    assert shown.run("getComputedStyle(document.body).maxWidth") == "1040px"
    assert shown.run("document.scripts.length") == 0
    assert shown.run("window.__pwned === undefined")


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_is_wider_than_the_window(open_document: Open, page: str, width: int) -> None:
    shown = open_document(page, viewport={"width": width, "height": 800})
    assert shown.run("document.documentElement.scrollWidth") == width


@pytest.mark.parametrize("page", PAGES)
def test_dark_follows_the_readers_setting_and_stays_readable(open_document: Open, page: str) -> None:
    colours = "[getComputedStyle(document.body).backgroundColor, getComputedStyle(document.body).color]"
    dark = open_document(page, color_scheme="dark").run(colours)
    light = open_document(page, color_scheme="light").run(colours)
    assert dark == ["rgb(18, 22, 29)", "rgb(231, 235, 241)"]
    assert light == ["rgb(255, 255, 255)", "rgb(27, 35, 48)"]


@pytest.mark.parametrize("page", PAGES)
def test_paper_is_white_whatever_the_screen_is(open_document: Open, page: str) -> None:
    shown = open_document(page, color_scheme="dark")
    shown.tab.emulate_media(media="print", color_scheme="dark")
    assert shown.run("getComputedStyle(document.body).color") == "rgb(27, 35, 48)"
    assert shown.run("getComputedStyle(document.querySelector('nav')).display") == "none"


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(("sheet", "width"), [("A4", 180), ("Letter", 186)])
def test_a_sheet_of_paper_is_wide_enough(open_document: Open, page: str, sheet: str, width: int) -> None:
    pixels = int(width / 25.4 * 96)
    shown = open_document(page, viewport={"width": pixels, "height": 900})
    shown.tab.emulate_media(media="print")
    assert shown.run("document.documentElement.scrollWidth") <= pixels
    assert shown.tab.pdf(format=sheet).startswith(b"%PDF")


def test_rows_and_cards_are_not_cut_by_the_end_of_a_page(open_document: Open) -> None:
    shown = open_document("report")
    shown.tab.emulate_media(media="print")
    kept = "[...document.querySelectorAll('tr, .cards > li, p')].map(one => getComputedStyle(one).breakInside)"
    assert set(shown.run(kept)) == {"avoid"}
    assert shown.run("getComputedStyle(document.querySelector('thead')).display") == "table-header-group"


def test_the_contents_lead_to_the_sections(open_document: Open) -> None:
    shown = open_document("report")
    ends = shown.run("[...document.querySelectorAll('nav a')].map(one => document.querySelector(one.hash) !== null)")
    assert len(ends) == 7
    assert all(ends)
