"""Odds as people read them: what was said stands first, and nothing is told as sure that is not."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from types import MappingProxyType

from stackmap.analysis import Analysis
from stackmap.analysis.odds.chances import odds
from stackmap.model import Outcome, Policy
from stackmap.render.odds import NotCounted, OddsReport, odds_json
from stackmap.render.odds_text import odds_text
from tests.support.loading import stack_of
from tests.support.notation import Line, notation
from tests.support.stacks import case_of

_PICTURE = """
    Sync:Automation -RUNS_AS-> a:Account {outcome=stops certainty=certain}
    Dana:Person -HAS_ACCOUNT-> a
    Digest:Automation -CALLS-> Sync
    Router:Automation -RUNS_AS-> b:Account {outcome=unknown certainty=possible}
    Ravi:Person -HAS_ACCOUNT-> b
"""


def _report(
    said: dict[str, float],
    picture: str | list[Line] = _PICTURE,
    count: int = 1 << 16,
    weights: Mapping[str, float] = MappingProxyType({}),
) -> OddsReport:
    stack = stack_of(notation(picture) if isinstance(picture, str) else picture)
    stack = replace(stack, policy=Policy(weights=weights))
    found = odds(Analysis(stack), said, count)
    return OddsReport(
        snapshot=1,
        taken_at=datetime(2026, 11, 22, tzinfo=UTC),
        how="usual",
        graph=stack.graph,
        coverage=(),
        odds=found,
        weighted=bool(weights),
        without_login=[person for person in said if person not in stack.accounts_of],
    )


def _body(text: str) -> str:
    return text.partition("\n\nNOT COUNTED HERE")[0]


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
Reading of 22 Nov 2026 · logins switched off as each platform usually does it

Worked out exactly, over all 4 futures that this leaves open, and rounded to one
decimal.

At least one thing stops, or runs on old data: 30 %, at worst 30.3 %.
Lost on average: 0.6 of 3 things that work.
Lost on average in the worst 5 % of the futures: 2.
At worst: counting what may stop, too, because it could not be read in full.

HOW LIKELY EACH STOPS, OR RUNS ON OLD DATA
  most first: how likely at worst
  Digest: 30 %
  Sync: 30 %
  Router: at worst 0.4 %, could not be read in full"""
    )


def test_where_notes_weigh_things_both_are_told_and_the_weight_decides_the_order() -> None:
    told = odds_text(_report({"Dana": 0.305, "Ravi": 0.2}, weights={"Router": 2, "Sync": 2.5}))
    assert "Lost on average: 0.6 of 3 things that work, at worst 0.8." in told
    assert "Weighed as in your notes, lost on average: 1.1 of 5.5, at worst 1.5." in told
    assert "Weighed, lost on average in the worst 5 % of the futures: 3.5, at worst 5.5." in told
    assert (
        """
  most first: how likely at worst, times what it weighs in your notes
  Sync, weighs 2.5: 30.5 %
  Router, weighs 2: at worst 20 %, could not be read in full
  Digest: 30.5 %
"""
        in told
    )


def test_of_drawn_figures_it_is_told_how_far_off_they_may_be_and_of_exact_ones_nothing() -> None:
    lines = [f"x{n}:Automation -RUNS_AS-> a{n}:Account {{outcome=stops certainty=certain}}" for n in range(13)]
    lines.extend(f"P{n:02}:Person -HAS_ACCOUNT-> a{n}" for n in range(13))
    lines.extend(f"all:Automation -DEPENDS_ON-> x{n} {{group=g need=11 outcome=stops}}" for n in range(13))
    text = " ".join(odds_text(_report({f"P{n:02}": 0.2 for n in range(13)}, "\n".join(lines), 1 << 12)).split())
    assert "4,096 futures were drawn by these odds, the same ones every time (seed 20261122)" in text
    assert "A figure without ± is exact" in text
    assert re.search(r"all: (48|49|50)\.\d ± 0\.8 %", text)  # 49.8 % by the binomial distribution
    assert "x1: 20 %" in text
    assert "and 2 more: --all" in text


def test_where_nothing_hangs_on_them_nothing_is_lost() -> None:
    text = odds_text(_report({"Zoe": 0.5}, _PICTURE + "\nZoe:Person"))
    assert "Nothing that was read stops, or runs on old data, whoever of them leaves." in text
    assert "HOW LIKELY" not in text


def test_of_whoever_never_leaves_it_is_not_said_that_nothing_hangs_on_them() -> None:
    picture = _PICTURE + "\nZoe:Person"
    some, nobody = odds_text(_report({"Dana": 0, "Zoe": 0.5}, picture)), odds_text(_report({"Dana": 0}, picture))
    assert "Nothing that was read stops, or runs on old data, whoever leaves of those who may." in " ".join(
        some.split()
    )
    assert "By these odds nobody of them ever leaves: there is nothing to work out." in nobody
    assert "whoever" not in nobody.split("NOT COUNTED")[0]


def test_what_never_came_up_is_not_called_impossible() -> None:
    assert "Sync: under 0.1 %" in odds_text(_report({"Dana": 0.00001}))
    assert "Sync: over 99.9 %" in odds_text(_report({"Dana": 0.99999}))
    assert "Sync: 100 %" in odds_text(_report({"Dana": 1}))


def test_names_from_other_systems_are_made_harmless() -> None:
    lines = [line | {"name": f"{line.get('name')}\x1b[31m"} for line in notation(_PICTURE)]
    text = odds_text(_report({"Dana": 0.5}, lines))
    assert "Dana [31m" in text
    assert "\x1b" not in text


def test_of_whoever_has_left_already_it_is_said() -> None:
    report = replace(_report({"Dana": 0.5}), left={"Dana": "has left, says the staff list"})
    told = " ".join(odds_text(report).split())
    assert "Dana: has left, says the staff list. What that has broken already does not count here" in told
    assert json.loads(odds_json(report))["left_already"] == [{"id": "Dana", "known_by": report.left["Dana"]}]


def test_what_is_done_to_logins_is_told() -> None:
    beside = NotCounted({Outcome.LATER: 2}, ("Sync",))
    moving = replace(_report({"Dana": 0.5}), how="changes-role", not_counted=beside)
    told = " ".join(odds_text(moving).split())
    assert "how likely each of them is to change roles" in told
    assert "logins stay, old rights and duties go" in told
    assert "If all of them changed roles, besides: 2 stop later." in told
    assert "If all of them changed roles, with fewer administrators: Sync." in told
    assert not re.search(r"(one|them) (leaves|leaving|left)", told), "nobody leaves"


def test_systems_of_one_name_are_told_apart_where_they_lose_administrators() -> None:
    systems = ("crm/live/system/live", "crm/test/system/test")
    graph = case_of("\n".join(f"{one}:System" for one in systems), names=dict.fromkeys(systems, "CRM")).graph
    beside = NotCounted({}, systems, ())
    told = " ".join(odds_text(replace(_report({"Dana": 0.5}), graph=graph, not_counted=beside)).split())
    assert "with fewer administrators: CRM (id live) and CRM (id test)." in told


def test_what_odds_leave_out_is_told_in_numbers() -> None:
    outcomes = {Outcome.REFUSED: 2, Outcome.LATER: 1, Outcome.MUTED: 1, Outcome.MOVED: 0, Outcome.UNKNOWN: 3}
    beside = NotCounted(outcomes, ("Sync",), (("a", ("Sync", "Digest")), ("b", ("Sync",))))
    report = replace(_report({"Dana": 0.5}), not_counted=beside)
    told = " ".join(odds_text(report).split())
    assert (
        "If all of them left, besides: 2 block the last day, 1 stops later, 3 may stop later, 1 alarm reaches nobody."
    ) in told
    assert "If all of them left, with fewer administrators: Sync." in told
    assert "2 logins whose holder could not be read: they could be theirs, and 2 things hang on them." in told
    assert json.loads(odds_json(report))["not_counted"] == {
        "outcomes": {"later": 1, "muted": 1, "refused": 2, "unknown": 3},
        "administrators": ["Sync"],
        "could_be_theirs": [{"id": "a", "things": ["Sync", "Digest"]}, {"id": "b", "things": ["Sync"]}],
    }


def test_what_is_always_left_out_is_always_told() -> None:
    told = " ".join(odds_text(_report({"Zoe": 0.5}, _PICTURE + "\nZoe:Person")).split())
    assert "NOT COUNTED HERE (stackmap leave tells of it) Left out: what is broken already" in told
    assert "What stackmap leave calls likely or possible counts in full." in told


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
    assert document["count"] == {"loss": document["loss"], "shortfall": document["shortfall"]}
    router = next(one for one in document["things"] if one["id"] == "Router")
    assert (router["proven"]["value"], router["at_worst"]["value"], router["weight"]) == (0.0, 0.004, 1)
