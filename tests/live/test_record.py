"""The recorded pages and the list of their sources."""

import re
from pathlib import Path

PAGES = Path(__file__).resolve().parents[1] / "connectors" / "n8n" / "pages"


def test_every_recorded_page_is_listed_with_its_source() -> None:
    listed = re.findall(r"`([\w-]+\.json)`", (PAGES / "SOURCES.md").read_text(encoding="utf-8"))
    assert sorted(listed) == sorted(page.name for page in PAGES.glob("*.json"))


def test_recorded_pages_hold_only_invented_addresses() -> None:
    for page in PAGES.glob("*.json"):
        for domain in re.findall(r"[\w.+-]+@([\w.-]+\w)", page.read_text(encoding="utf-8")):
            assert domain == "example.test"
