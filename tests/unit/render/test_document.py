"""Documents in both forms: hostile names do no harm, tables survive, the same document is the same bytes."""

import re
from html.parser import HTMLParser

import pytest

from stackmap.render.document import (
    Bar,
    Bullets,
    Card,
    Cards,
    Cell,
    Document,
    Fact,
    Heading,
    Paragraph,
    Part,
    Section,
    Table,
    Terms,
)
from stackmap.render.document_html import document_html
from stackmap.render.document_markdown import document_markdown
from stackmap.render.templating import page_policy
from tests.unit.render.sample_page import HOSTILE

ALLOWED = {"html", "head", "meta", "title", "style", "body", "header", "nav", "main", "footer", "section"}
ALLOWED |= {"h1", "h2", "h3", "p", "b", "a", "ul", "ol", "li", "dl", "dt", "dd", "span", "div", "svg", "rect"}
ALLOWED |= {"table", "thead", "tbody", "tr", "th", "td"}
LINKS = ("javascript:alert(1)", "data:text/html,x", " https://example.test", "//example.test", "vbscript:x")


class Elements(HTMLParser):
    """The elements and attributes that a browser would find in a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes.update(name for name, _ in attrs)


def document_of(*texts: str, link: str = "") -> Document:
    """A document with these texts in every place that takes one."""
    one = texts[0]
    return Document(
        one,
        one,
        "22 Nov 2026",
        one,
        (
            Section(
                "all",
                one,
                (
                    Heading(one),
                    Paragraph(one, lead=True),
                    Bullets(texts, tasks=True),
                    Bar((Part(2, one, "tape"), Part(0, "none", "fine"))),
                    Table(("Name", one), tuple((Cell(text, text, link), Cell(text)) for text in texts)),
                    Cards((Card(one, one, one, (Fact(one, one, link),)),)),
                    Terms(((one, one),)),
                ),
            ),
        ),
    )


def test_the_same_document_is_the_same_bytes() -> None:
    assert document_html(document_of("a")) == document_html(document_of("a"))
    assert document_markdown(document_of("a")) == document_markdown(document_of("a"))


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_names_are_text_in_html(hostile: str) -> None:
    page = document_html(document_of(hostile, *HOSTILE))
    page.encode("utf-8")
    read = Elements()
    read.feed(page)
    assert read.tags <= ALLOWED
    assert [name for name in read.attributes if name.startswith("on") or name in {"style", "src"}] == []
    assert not re.search("[\u0000-\u0008\u2028\u2029\u202a-\u202e\u2066-\u2069]", page)


@pytest.mark.parametrize("hostile", HOSTILE)
def test_a_hostile_title_cannot_leave_the_style_of_the_page(hostile: str) -> None:
    page = document_html(document_of(hostile))
    style = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    assert len(style) == 1
    assert page_policy(style[0]) in page
    header = re.search(r'@top-left \{ content: "([^"]*)";', style[0])
    assert header is not None
    assert not set("<>\\'&") & set(header[1])


@pytest.mark.parametrize("hostile", [*HOSTILE, "a|b", "a\\|b", "two\nlines", "| --- |"])
def test_a_table_keeps_its_columns_in_markdown(hostile: str) -> None:
    lines = document_markdown(document_of(hostile, "a|b")).splitlines()
    rows = [line for line in lines if line.startswith("|") and not line.startswith("|--")]
    assert len(rows) == 6
    assert {len(re.findall(r"(?<!\\)(?:\\\\)*\|", row)) for row in rows} == {3}


@pytest.mark.parametrize("link", LINKS)
def test_only_web_addresses_are_followed(link: str) -> None:
    document = document_of("name", link=link)
    assert "<a href=" not in document_html(document).partition("<main>")[2]
    assert "](<" not in document_markdown(document)


def test_a_web_address_is_followed_and_cannot_break_out() -> None:
    document = document_of("name", link='https://example.test/?a="><b>&c=1 d')
    assert '<a href="https://example.test/?a=&#34;&gt;&lt;b&gt;&amp;c=1 d" rel="noopener' in document_html(document)
    assert "[name](<https://example.test/?a=%22%3E%3Cb%3E&c=1%20d>)" in document_markdown(document)


def test_the_page_says_on_every_sheet_that_it_is_internal_and_of_which_day() -> None:
    page = document_html(document_of("Title"))
    assert '@top-right { content: "Internal. Reading of 22 Nov 2026."' in page
    assert "<b>Internal.</b> Reading of 22 Nov 2026." in page


def test_nothing_of_a_page_may_load_or_run() -> None:
    page = document_html(document_of("Title"))
    assert "default-src 'none'; style-src 'sha256-" in page
    assert "script-src" not in page
    assert not re.search(r"(src=|@import|url\()", page)


def test_a_bar_without_numbers_is_not_drawn() -> None:
    empty = Document("t", "s", "d", "a", (Section("x", "x", (Bar((Part(0, "none", "fine"),)),)),))
    assert "<svg" not in document_html(empty)
    assert "<b>0</b>" in document_html(empty)


def test_tasks_can_be_ticked_off() -> None:
    assert "- [ ] sweep" in document_markdown(document_of("sweep"))


def test_a_heading_stands_a_step_below_that_of_its_section() -> None:
    document = document_of("one")
    assert "<h2>one</h2>\n<h3>one</h3>" in document_html(document)
    assert "## one\n\n### one\n" in document_markdown(document)
