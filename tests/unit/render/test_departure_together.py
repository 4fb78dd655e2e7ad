"""What only breaks together, as text and JSON: whom it takes, and never "only" where others may do it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from stackmap.analysis.departures.together import Together
from stackmap.app.leaving import departure_report
from stackmap.model import Outcome
from stackmap.render.departure import DepartureReport, departure_json
from stackmap.render.departure_text import departure_text
from tests.support.stacks import case_of

TAKEN = datetime(2026, 11, 22, 9, tzinfo=UTC)
NAMES = {"ann": "Ann Lee", "bea": "Bea Roux", "cho": "Cho Park", "dan": "Dan Ek"}
PEOPLE = "\n".join(f"{one}:Person -HAS_ACCOUNT-> {one}_login:Account" for one in NAMES)
PAIR = """
    pair:Automation -DEPENDS_ON-> ann_login {group=either}
    pair -DEPENDS_ON-> bea_login {group=either}
    crm:System -OWNED_BY-> ann {how=declared}
    crm -OWNED_BY-> bea {how=declared}
"""


def report(*people: str, things: str = PAIR) -> DepartureReport:
    case = case_of(f"{PEOPLE}\n{things}", names=NAMES)
    return departure_report(case.analysis, people, "usual", 1, TAKEN)


def section(shown: DepartureReport, *, everything: bool = False) -> str:
    text = departure_text(shown, everything=everything)
    return text.partition("ONLY TOGETHER")[2].partition("\n\n")[0]


def told(*sets: tuple[str, ...], more: bool = False, at_least: int | None = None) -> str:
    """How one thing is told that these sets of leavers break."""
    one = Together("pair", Outcome.STOPS, sets, more, at_least)
    return " ".join(section(replace(report(*NAMES), together=(one,))).split())


def test_who_it_takes_stands_above_what_happens_then() -> None:
    assert section(report("ann", "bea")) == (
        "  (2)\n  only if both Ann Lee and Bea Roux go\n    stops: pair\n    nobody left to care: crm"
    )


def test_the_json_names_the_sets_and_has_no_key_for_one_leaver() -> None:
    document: Any = json.loads(departure_json(report("ann", "bea", "cho")))
    assert document["together"] == [
        {"thing": "crm", "outcome": "unowned", "culprits": [["ann", "bea"]], "more": False},
        {"thing": "pair", "outcome": "stops", "culprits": [["ann", "bea"]], "more": False},
    ]
    assert "together" not in json.loads(departure_json(report("ann")))
    assert json.loads(departure_json(report("ann", "cho")))["together"] == []
    assert "ONLY TOGETHER" not in departure_text(report("ann", "cho"))


def test_what_is_not_proven_is_marked_in_the_json() -> None:
    one = Together("pair", Outcome.STOPS, (("ann", "bea", "cho"),), more=True, at_least=2)
    document: Any = json.loads(departure_json(replace(report(*NAMES), together=(one,))))
    assert document["together"][0]["at_least"] == 2


@pytest.mark.parametrize(
    ("shown", "words"),
    [
        (told(("ann", "bea")), "only if both Ann Lee and Bea Roux go stops: pair"),
        (told(("ann", "bea", "cho")), "only if all of Ann Lee, Bea Roux and Cho Park go"),
        (told(tuple(NAMES)), "only if all 4 go"),
        (
            told(("ann", "bea"), ("ann", "cho")),
            "only if both Ann Lee and Bea Roux go, or both Ann Lee and Cho Park go",
        ),
        (
            told(("ann", "bea"), ("ann", "cho"), ("bea", "cho")),
            "(1) if any 2 of Ann Lee, Bea Roux and Cho Park go",
        ),
        (
            told(("ann", "bea"), more=True),
            "(1) if both Ann Lee and Bea Roux go (others of them together may do it, too)",
        ),
        (
            told(("ann", "bea", "cho"), more=True, at_least=2),
            "(1) if all of Ann Lee, Bea Roux and Cho Park go (not proven that it takes so many: at least 2)",
        ),
    ],
)
def test_only_is_said_only_where_nobody_else_can(shown: str, words: str) -> None:
    assert words in shown


def test_few_people_come_first_and_long_lists_are_cut() -> None:
    many = "\n".join(
        f"x{number:02}:Automation -DEPENDS_ON-> {one}_login {{group=either}}"
        for number in range(20)
        for one in ("ann", "bea")
    )
    trio = "\n".join(f"trio:Automation -DEPENDS_ON-> {one}_login {{group=either}}" for one in ("ann", "bea", "cho"))
    shown = report("ann", "bea", "cho", things=f"{many}\n{trio}")
    short = " ".join(section(shown).split())
    assert short.index("both Ann Lee and Bea Roux") < short.index("all 3 go stops: trio")
    assert "x11; and 8 more: --all" in short
    assert "x19" in section(shown, everything=True)
