"""Odds as people read them: what was said stands first, and nothing is told as sure that is not."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from stackmap.analysis import Analysis
from stackmap.analysis.odds.chances import odds
from stackmap.render.odds import OddsReport, odds_json
from stackmap.render.odds_text import odds_text
from tests.support.loading import stack_of
from tests.support.notation import Line, notation

_PICTURE = """
    Sync:Automation -RUNS_AS-> a:Account {outcome=stops certainty=certain}
    Dana:Person -HAS_ACCOUNT-> a
    Digest:Automation -CALLS-> Sync
    Router:Automation -RUNS_AS-> b:Account {outcome=unknown certainty=possible}
    Ravi:Person -HAS_ACCOUNT-> b
"""


def _report(said: dict[str, float], picture: str | list[Line] = _PICTURE, count: int = 1 << 16) -> OddsReport:
    stack = stack_of(notation(picture) if isinstance(picture, str) else picture)
    found = odds(Analysis(stack), said, count)
    return OddsReport(
        snapshot=1,
        taken_at=datetime(2026, 11, 22, tzinfo=UTC),
        how="usual",
        graph=stack.graph,
        coverage=(),
        odds=found,
        without_login=[person for person in said if person not in stack.accounts_of],
    )


def _body(text: str) -> str:
    return text.partition("\n\nNot counted here")[0]


def test_the_whole_answer() -> None:
    assert _body(odds_text(_report({"Dana": 0.3, "Ravi": 0.004, "Zoe": 0.5}, _PICTURE + "\nZoe:Person"))) == (
        """You said how likely each of them is to leave (nothing of it is stored):
  Dana  30 %
  Ravi  0.4 %
  Zoe   50 %
Each on their own: whether one leaves says nothing of the others. Where one
leaving draws others along, the worst futures are likelier than told here.
  no login of Zoe was found in anything that was read: little can be said

Read: no list says how far it was read; what is not here may still exist.
Reading of 22 Nov 2026

Worked out exactly, over all 4 futures that this leaves open.

At least one thing stops or runs on old data in 30 of 100 futures.
Lost on average: 0.6 of 3 things that work, at worst 0.604.
Lost in the worst 5 of 100 futures, on average: 2, at worst 2.02.
At worst: counting what may stop, too, because it could not be read in full.

STOPS, OR RUNS ON OLD DATA, IN SO MANY OF SUCH FUTURES
  Digest: 30 of 100 futures
  Sync: 30 of 100 futures
  Router: may, in 40 of 10,000 futures (not wholly read)"""
    )


def test_of_drawn_figures_it_is_told_how_far_off_they_may_be() -> None:
    lines = [f"x{n}:Automation -RUNS_AS-> a{n}:Account {{outcome=stops certainty=certain}}" for n in range(13)]
    lines.extend(f"P{n:02}:Person -HAS_ACCOUNT-> a{n}" for n in range(13))
    text = " ".join(odds_text(_report({f"P{n:02}": 0.2 for n in range(13)}, "\n".join(lines), 1 << 12)).split())
    assert "4,096 futures were drawn by these odds, the same ones every time (seed 20261122)" in text
    assert "± 0.6 of 100 futures" in text
    assert "and 1 more: --all" in text


def test_where_nothing_hangs_on_them_nothing_is_lost() -> None:
    text = odds_text(_report({"Zoe": 0.5}, _PICTURE + "\nZoe:Person"))
    assert "Nothing that was read stops, or runs on old data, whoever of them leaves." in text
    assert "OF SUCH FUTURES" not in text


def test_what_never_came_up_is_not_called_impossible() -> None:
    told = odds_text(_report({"Dana": 0.00001}))
    assert "fewer than 1 of 10,000 futures" in told
    assert "more than 99 of 100 futures" in odds_text(_report({"Dana": 0.99999}))
    assert "in 100 of 100 futures" in odds_text(_report({"Dana": 1}))


def test_names_from_other_systems_are_made_harmless() -> None:
    lines = [line | {"name": f"{line.get('name')}\x1b[31m"} for line in notation(_PICTURE)]
    text = odds_text(_report({"Dana": 0.5}, lines))
    assert "Dana [31m" in text
    assert "\x1b" not in text


def test_json_says_what_was_assumed_and_every_figure_with_its_error() -> None:
    document = json.loads(odds_json(_report({"Dana": 0.3, "Ravi": 0.004})))
    assert document["schema"] == "stackmap.odds/1"
    assert document["said"] == [
        {"id": "Dana", "name": "Dana", "probability": 0.3},
        {"id": "Ravi", "name": "Ravi", "probability": 0.004},
    ]
    assert (document["independent"], document["futures"], document["drawn"], document["seed"]) == (True, 4, False, None)
    exact = {"standard_error": 0.0}
    assert document["loss"] == {"proven": {"value": 0.6, **exact}, "at_worst": {"value": 0.604, **exact}, "total": 3}
    assert document["shortfall"]["worst"] == 0.05
    router = next(one for one in document["things"] if one["id"] == "Router")
    assert (router["proven"]["value"], router["at_worst"]["value"], router["weight"]) == (0.0, 0.004, 1)
