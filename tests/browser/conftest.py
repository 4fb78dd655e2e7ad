"""A browser that is cut off from the network and writes down whatever a page asks for or complains about."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from stackmap.render.map import render_map
from stackmap.render.map_page import MapPage

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")


@dataclass
class Opened:
    """A page in the browser: `tab` drives it; `asked` and `said` are what must stay empty."""

    tab: Any
    asked: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def run(self, script: str, argument: object = None) -> Any:
        return self.tab.evaluate(script, argument)

    def spot(self, id_: str) -> tuple[float, float]:
        """Where a drawn thing is, in pixels of the window."""
        at = self.run("id => stackmap.page.drawing.at(id)", id_)
        box = self.tab.locator("#canvas").bounding_box()
        return box["x"] + at["x"], box["y"] + at["y"]

    def text(self, selector: str) -> str:
        return " ".join(str(self.tab.locator(selector).inner_text()).split())


@pytest.fixture(scope="session")
def chromium(chromium_path: Path) -> Iterator[Any]:
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=str(chromium_path), args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


@pytest.fixture
def open_map(chromium: Any, tmp_path: Path) -> Iterator[Callable[..., Opened]]:
    """Write a page to a file and open it offline. What it asked for or said on the console fails the test."""
    contexts: list[Any] = []
    pages: list[Opened] = []

    def opened(page: MapPage, fragment: str = "", **settings: Any) -> Opened:
        file = tmp_path / "map.html"
        file.write_bytes(render_map(page).encode())
        context = chromium.new_context(viewport={"width": 1480, "height": 900}, offline=True, **settings)
        contexts.append(context)
        tab = context.new_page()
        tab.set_default_timeout(10_000)
        found = Opened(tab)
        pages.append(found)
        tab.on("request", lambda request: found.asked.append(request.url))
        tab.on("console", lambda message: found.said.append(message.text))
        tab.on("pageerror", lambda error: found.said.append(str(error)))
        tab.goto(file.as_uri() + fragment)
        assert found.asked.pop(0).startswith(file.as_uri())
        return found

    yield opened
    for context in contexts:
        context.close()
    assert [url for page in pages for url in page.asked] == []
    assert [text for page in pages for text in page.said] == []
