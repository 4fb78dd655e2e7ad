"""A document as one HTML file: no script, no request; for a screen, a telephone and paper. Same bytes always."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment
from markupsafe import Markup

from stackmap.render.document import Document
from stackmap.render.guards import plain
from stackmap.render.templating import environment, page_policy, template

__all__ = ["document_html"]

_WEB = ("https://", "http://")
_PAPER = """
@page {
  margin: 18mm 15mm 17mm;
  @top-left { content: "%s"; font: 8pt sans-serif; color: #444; }
  @top-right { content: "Internal. Reading of %s."; font: 8pt sans-serif; color: #444; }
  @bottom-right { content: counter(page) " of " counter(pages); font: 8pt sans-serif; color: #444; }
}
"""


def document_html(document: Document) -> str:
    """The whole file, to be written as UTF-8 with its line ends left alone: the policy holds a hash of the style."""
    style = template("document.css") + _PAPER % (_quoted(document.title), _quoted(document.read_on))
    page = _environment().get_template("document.html.j2")
    return page.render(document=document, style=style, policy=page_policy(style)) + "\n"


def _quoted(text: str) -> str:
    """Text within quotes of a style sheet inside a page: whatever could end either is left out."""
    return "".join(char for char in plain(text) if char not in "\"'\\<>&")


def _harmless(value: object) -> object:
    """Names as one line without marks that turn the reading direction; escaping them is the template's own work."""
    return plain(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _web(link: str) -> str:
    """A link only to the web: no other scheme is worth following from a document."""
    return plain(link) if link.startswith(_WEB) else ""


@cache
def _environment() -> Environment:
    made = environment(_harmless)
    made.filters["web"] = _web
    return made
