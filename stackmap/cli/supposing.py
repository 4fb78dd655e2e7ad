"""What if: the options by which an answer supposes something beside what was read, and their help."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from stackmap.app.what_if.forms import forms_told
from stackmap.cli.output import note

if TYPE_CHECKING:
    from stackmap.app.opening import Reading

__all__ = [
    "WHAT_CAN_BE_SUPPOSED",
    "Scenario",
    "With",
    "as_supposed",
    "note_supposed",
    "warn_of_sharing",
]

With = Annotated[
    list[str] | None,
    typer.Option("--with", metavar="SENTENCE", help="Suppose this beside what was read (repeat for several)."),
]
Scenario = Annotated[
    Path | None,
    typer.Option("--scenario", metavar="FILE", help="The same from a file, one a line; - for standard input."),
]

WHAT_CAN_BE_SUPPOSED = f"""What if it were otherwise? --with takes a sentence, --scenario a file of them (one a line;
# begins a comment). The answer says first what it supposes and what that changes. A login is named with its system
("Dana Okafor in n8n"), or by its person where that leaves no doubt.

\b
{forms_told()}
"""
"""For the help of the command that others point to."""


def as_supposed(reading: Reading, said: Sequence[str] | None, scenario: Path | None) -> Reading:
    """The reading with what was said and what stands in the file, in this order. Raises UsageError where it cannot be
    understood.
    """
    from stackmap.app.lists import Said, called, text_of
    from stackmap.app.what_if.scenario import sentences_in
    from stackmap.app.what_if.supposing import suppose

    sentences = [Said(one) for one in said or ()]
    if scenario is not None:
        warn_of_sharing(scenario, "the scenario")
        sentences += sentences_in(text_of(scenario, "the scenario", sys.stdin.read), called(scenario))
    return suppose(reading, sentences)


def note_supposed(reading: Reading) -> None:
    """Say what is supposed beside an answer that has no room for it."""
    from stackmap.render.supposing import supposed_in_short

    if told := supposed_in_short(reading.stack.graph, reading.supposed):
        note(told)


def warn_of_sharing(file: Path | None, what: str) -> None:
    """Say where a file that tells who is asked about would not stay secret."""
    if file is None or str(file) == "-":
        return
    from stackmap.app.shared_places import shared_place

    if place := shared_place(file):
        note(f"careful: {what} lies in what looks like {place}: others may come to see it, and copies stay")
