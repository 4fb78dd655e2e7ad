"""`stackmap bus-factor --second-holders`: who should be able to take over what."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from itertools import chain
from typing import TYPE_CHECKING, Annotated

import typer

from stackmap.cli.output import note
from stackmap.cli.searching import said_while_searching

if TYPE_CHECKING:
    from stackmap.app.opening import Reading
    from stackmap.render.succession import SecondHoldersReport

__all__ = ["SCENARIO", "AtMost", "Leaving", "SecondHolders", "Things", "check_asked", "told"]

SCENARIO = "scenario"
"""The form in which a plan can be supposed, all of it."""

SecondHolders = Annotated[
    bool,
    typer.Option(
        "--second-holders",
        help="The fewest second holders with whom no one person's leaving stops anything, and who they could be. As a "
        "file to try it with: --format scenario.",
    ),
]
Things = Annotated[
    list[str] | None,
    typer.Option("--thing", metavar="THING", help="With --second-holders: only for this thing, by name or id."),
]
Leaving = Annotated[
    list[str] | None,
    typer.Option(
        "--leaving",
        metavar="PERSON",
        help="With --second-holders: as if they had already left; nothing is handed over to them. Stored nowhere.",
    ),
]
AtMost = Annotated[
    int | None,
    typer.Option("--at-most", min=1, metavar="N", help="With --second-holders: what one person takes over at most."),
]


def check_asked(
    form: str, *, second_holders: bool, per_person: bool, only_with_it: Sequence[object], stand_ins: bool
) -> None:
    """Raise UsageError where options do not go together."""
    from stackmap.errors import UsageError

    if second_holders and per_person:
        raise UsageError("--everyone and --second-holders are two questions: ask one at a time")
    if not second_holders and any(one for one in only_with_it):
        again = _with_it(only_with_it, stand_ins=stand_ins)
        raise UsageError(f"--thing, --leaving and --at-most go with --second-holders\nTry: {again}")
    if form == SCENARIO and not second_holders:
        again = "stackmap bus-factor --second-holders --format scenario"
        raise UsageError(f"--format scenario goes with --second-holders\nTry: {again}")
    if form == SCENARIO and stand_ins:
        raise UsageError("a scenario names people as they are, so that it can be tried: leave out --pseudonymise")


def _with_it(options: Sequence[object], *, stand_ins: bool) -> str:
    """The command as it was meant. Whoever asks for stand-ins sees no name, not even one that they typed."""
    from stackmap.render.guards import plain

    words = ["stackmap", "bus-factor", "--second-holders", *(["--pseudonymise"] if stand_ins else [])]
    for option, given in zip(("--thing", "--leaving", "--at-most"), options, strict=True):
        values = given if isinstance(given, list) else [given] if given else []
        hidden = stand_ins and option != "--at-most"
        words += chain.from_iterable((option, "NAME" if hidden else str(value)) for value in values)
    return plain(shlex.join(words))


def told(
    reading: Reading,
    form: str,
    things: Sequence[str] | None,
    leaving: Sequence[str] | None,
    at_most: int | None,
    *,
    everything: bool,
) -> str:
    """The answer, as `form` has it: text, json, csv, or as a scenario to try."""
    from stackmap.app.succession import plan_second_holders
    from stackmap.render.succession import second_holders_csv, second_holders_json
    from stackmap.render.succession_text import second_holders_text

    with said_while_searching("Working out who could take over what ..."):
        report = plan_second_holders(reading, things or (), leaving or (), at_most)
    if form == "text":
        return second_holders_text(report, everything=everything)
    if form == SCENARIO:
        return _scenario(report)
    return second_holders_json(report) if form == "json" else second_holders_csv(report)


def _scenario(report: SecondHoldersReport) -> str:
    from stackmap.render.succession import NOTHING_TO_TRY, has_sentences, second_holders_scenario

    if not has_sentences(report):
        note(NOTHING_TO_TRY)
    return second_holders_scenario(report)
