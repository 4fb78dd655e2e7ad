"""What a document is made of: sections of a few kinds of block, in plain text.

Whoever fills one decides everything; `document_html` and `document_markdown` give it its form and make every text
harmless in their own way. Nothing in here holds markup.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal, TypeAlias

__all__ = [
    "Bar",
    "Block",
    "Bullets",
    "Card",
    "Cards",
    "Cell",
    "Document",
    "Fact",
    "Heading",
    "Paragraph",
    "Part",
    "Section",
    "Table",
    "Terms",
    "Tone",
]

Tone: TypeAlias = Literal["broken", "tape", "unowned", "open", "fine"]
"""Which colour stands beside a number. It never says more than the words beside it."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading within a section, for the blocks up to the next one."""

    text: str
    form: ClassVar[str] = "heading"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph. `lead`: the sentence of the page that must be read."""

    text: str
    lead: bool = False
    form: ClassVar[str] = "paragraph"


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list. `tasks`: to be ticked off."""

    items: tuple[str, ...]
    tasks: bool = False
    form: ClassVar[str] = "bullets"


@dataclass(frozen=True, slots=True)
class Part:
    """A number of things, what is the matter with them, and its colour."""

    number: int
    words: str
    tone: Tone


@dataclass(frozen=True, slots=True)
class Bar:
    """Numbers that add up to a whole."""

    parts: tuple[Part, ...]
    form: ClassVar[str] = "bar"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell with a smaller note below its text. `link` is followed only when it is a web address."""

    text: str
    note: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows with as many cells as there are columns."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    form: ClassVar[str] = "table"


@dataclass(frozen=True, slots=True)
class Fact:
    """One labelled line of a card."""

    label: str
    text: str
    link: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """One thing with what there is to say of it."""

    title: str
    where: str
    tag: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Cards:
    """Things in the order in which they matter."""

    cards: tuple[Card, ...]
    form: ClassVar[str] = "cards"


@dataclass(frozen=True, slots=True)
class Terms:
    """Words and what they mean."""

    pairs: tuple[tuple[str, str], ...]
    form: ClassVar[str] = "terms"


Block: TypeAlias = Heading | Paragraph | Bullets | Bar | Table | Cards | Terms


@dataclass(frozen=True, slots=True)
class Section:
    """A section. `key` names it within the file; `fresh_page`: on paper it starts one."""

    key: str
    title: str
    blocks: tuple[Block, ...]
    fresh_page: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document. `read_on` is the day of the reading, as people write it."""

    title: str
    subtitle: str
    read_on: str
    audience: str
    sections: tuple[Section, ...]
