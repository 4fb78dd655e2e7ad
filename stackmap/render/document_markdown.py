"""A document as Markdown: for wikis and tickets. Tables survive whatever names hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from urllib.parse import quote

from stackmap.render.document import Bar, Block, Bullets, Cards, Cell, Document, Heading, Paragraph, Table, Terms
from stackmap.render.guards import markdown, plain

__all__ = ["document_markdown"]

_WEB = ("https://", "http://")


def document_markdown(document: Document) -> str:
    """The whole document, with one newline at the end."""
    lines = [f"# {markdown(document.title)}", "", markdown(document.subtitle), ""]
    lines.extend([f"*Internal. Reading of {markdown(document.read_on)}. For {markdown(document.audience)}.*", ""])
    for section in document.sections:
        lines.extend([f"## {markdown(section.title)}", ""])
        for block in section.blocks:
            lines.extend([*_block(block), ""])
    return "\n".join(lines).rstrip() + "\n"


def _block(block: Block) -> Iterator[str]:
    match block:
        case Heading():
            yield f"### {markdown(block.text)}"
        case Paragraph():
            yield f"**{markdown(block.text)}**" if block.lead else markdown(block.text)
        case Bullets():
            mark = "- [ ]" if block.tasks else "-"
            yield from (f"{mark} {markdown(item)}" for item in block.items)
        case Bar():
            yield from _table(("Things", ""), ((str(part.number), markdown(part.words)) for part in block.parts))
        case Table():
            columns = tuple(markdown(column) for column in block.columns)
            yield from _table(columns, (tuple(map(_cell, row)) for row in block.rows))
        case Terms():
            yield from (f"- **{markdown(word)}**: {markdown(meaning)}" for word, meaning in block.pairs)
        case Cards():
            yield from _cards(block)


def _table(columns: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield f"| {' | '.join(columns)} |"
    yield "|" + "---|" * len(columns)
    yield from (f"| {' | '.join(row)} |" for row in rows)


def _cell(cell: Cell) -> str:
    note = f" ({markdown(cell.note)})" if cell.note else ""
    return _linked(cell.text, cell.link) + note


def _cards(block: Cards) -> Iterator[str]:
    for number, card in enumerate(block.cards):
        if number:
            yield ""
        where = f" · {markdown(card.where)}" if card.where else ""
        yield f"### {markdown(card.title)}{where} · {markdown(card.tag)}"
        yield ""
        yield from (f"- {markdown(fact.label)}: {_linked(fact.text, fact.link)}" for fact in card.facts)


def _linked(text: str, link: str) -> str:
    """A link only to the web: no other scheme is worth following from a document."""
    if not link.startswith(_WEB):
        return markdown(text)
    return f"[{markdown(text)}](<{quote(plain(link), safe=':/?#@!$&*+,;=%~._-')}>)"
