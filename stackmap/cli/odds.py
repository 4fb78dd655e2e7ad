"""`stackmap leave --odds FILE`: how likely things are to break, by what somebody says of who may leave."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from stackmap.cli.stand_ins import note_stand_ins, with_stand_ins
from stackmap.cli.supposing import warn_of_sharing

if TYPE_CHECKING:
    from stackmap.app.odds.listed import Line
    from stackmap.app.opening import Reading

__all__ = ["OddsFile", "odds_answer", "odds_said"]

OddsFile = Annotated[
    Path | None,
    typer.Option(
        "--odds", metavar="FILE", help="How likely each is to leave, one a line: NAME, 30 %; - for standard input."
    ),
]


def odds_said(file: Path, scenario: Path | None, *, beside: bool) -> list[Line]:
    """Who may leave and how likely, as the file has it. `beside`: leavers were named as well.

    Raises UsageError for that, and for a list that is empty or no text.
    """
    from stackmap.app.lists import STANDARD_INPUT, called, text_of
    from stackmap.app.odds.listed import read_odds
    from stackmap.errors import UsageError

    if beside:
        raise UsageError(
            "--odds says who may leave: name nobody beside it. Who leaves for sure stands there with 100 %"
        )
    if file == scenario == STANDARD_INPUT:
        raise UsageError("the standard input can be the list of odds or the scenario, not both")
    warn_of_sharing(file, "the list of odds")
    return read_odds(text_of(file, "the list of odds", sys.stdin.read), called(file))


def odds_answer(reading: Reading, said: list[Line], how: str, *, as_json: bool, everything: bool) -> str:
    """The answer as text or JSON. Raises UsageError with every line that cannot be used."""
    from stackmap.app.odds.judging import judge_odds
    from stackmap.render.odds import odds_json
    from stackmap.render.odds_text import odds_text

    report = judge_odds(reading, said, how)
    if as_json:
        text = odds_json(report)
        note_stand_ins(reading)
        return text
    return with_stand_ins(odds_text(report, everything=everything), reading)
