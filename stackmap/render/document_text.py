"""A document as text for a terminal: paragraphs, headings and lists. Other blocks belong on a page."""

from __future__ import annotations

from collections.abc import Iterator

from stackmap.render.document import Block, Bullets, Document, Heading, Paragraph
from stackmap.render.guards import plain
from stackmap.render.lines import wrapped

__all__ = ["document_text"]


def document_text(document: Document) -> str:
    """The whole document. Raises TypeError for a block that has no form as text."""
    lines = [plain(document.title), *wrapped(plain(document.subtitle), "", "")]
    for section in document.sections:
        lines += ["", plain(section.title).upper()]
        for block in section.blocks:
            lines += _block(block)
    return "\n".join(lines) + "\n"


def _block(block: Block) -> Iterator[str]:
    match block:
        case Heading():
            yield from ("", f"  {plain(block.text)}")
        case Paragraph():
            yield from wrapped(plain(block.text), "  ", "  ")
        case Bullets():
            for item in block.items:
                yield from wrapped(plain(item), "  - ", "    ")
        case _:
            raise TypeError(f"{block.form} has no form as text")
