"""What is said beside an answer in which stand-ins were asked for."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from stackmap.cli.output import note

if TYPE_CHECKING:
    from stackmap.app.opening import Reading
    from stackmap.render.document import Document

__all__ = ["note_stand_ins", "with_stand_ins", "with_stand_ins_section"]


def with_stand_ins(text: str, reading: Reading) -> str:
    """The answer for a terminal, with a last block on what stand-ins do and where they do not help."""
    if reading.behind is None:
        return text
    from stackmap.app.privacy.small_groups import small_groups
    from stackmap.render.privacy import stand_ins_text

    return text + stand_ins_text(small_groups(reading))


def with_stand_ins_section(document: Document, reading: Reading) -> Document:
    """The document, with a last section that says the same."""
    if reading.behind is None:
        return document
    from stackmap.app.privacy.small_groups import small_groups
    from stackmap.render.privacy import stand_ins_section

    return replace(document, sections=(*document.sections, stand_ins_section(small_groups(reading))))


def note_stand_ins(reading: Reading) -> None:
    """The same beside an answer for programs."""
    if reading.behind is not None:
        note(with_stand_ins("", reading).strip())
