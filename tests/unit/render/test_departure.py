"""The verdict as a person reads it, and as JSON."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from stackmap.app.leaving import departure_report
from stackmap.model import Certainty, Coverage, FixBy, Reach
from stackmap.render.departure import DepartureReport, departure_json
from stackmap.render.departure_text import departure_text
from stackmap.render.departure_verdict import verdict_lines
from tests.support.stacks import case_of

GOLDEN = Path(__file__).resolve().parents[2] / "golden"
TAKEN = datetime(2026, 11, 22, 9, tzinfo=UTC)
COMPANY = """
    webinar:Integration -RUNS_AS-> d:Account {outcome=stops certainty=certain}
    webinar -WRITES_TO-> contacts:Dataset
    contacts -PART_OF-> hubspot:System
    list:Automation -READS_FROM-> contacts
    ads:Automation -RUNS_AS-> d {outcome=later certainty=likely}
    forms:Automation -RUNS_AS-> d {outcome=unknown certainty=possible}
    queue:Automation -ROUTES_TO-> d {outcome=refused certainty=certain}
    flow:Automation -RUNS_AS-> d {outcome=survives certainty=certain}
    deal:Automation -RUNS_AS-> d {outcome=moved certainty=certain moved_to=r}
    sync:Automation -NOTIFIES-> d
    orphan:Automation -OWNED_BY-> dana
    pair:Automation -RUNS_AS-> d {group=two need=1 outcome=stops certainty=certain}
    pair -RUNS_AS-> r:Account {group=two need=1 outcome=stops certainty=certain}
    dana:Person -HAS_ACCOUNT-> d
    ravi:Person -HAS_ACCOUNT-> r
    old:Automation -RUNS_AS-> gone:Account {outcome=stops certainty=certain}
    gone:Account {active=false}
    web:Automation -RUNS_AS-> nobodys:Account {outcome=stops certainty=certain}
    dana -HAS_ACCOUNT-> shared:Account
    shared:Account {account_type=shared}
    post:Automation -RUNS_AS-> shared {outcome=stops certainty=certain}
    coverage hubspot {inventory=users kinds=Account}
"""
NAMES = {"dana": "Dana Okafor", "ravi": "Ravi Menon", "d": "d.okafor", "webinar": "Webinar \x1b[31mregistrants"}
CLOSED = Coverage(
    "hubspot", "hubspot", "apps", Reach.DENIED, fix_by=FixBy.ADMIN, reason="permission missing", needs=("apps.read",)
)


def report(*people: str, how: str = "deactivated") -> DepartureReport:
    analysis = case_of(COMPANY, coverage=[CLOSED], names=NAMES).analysis
    return departure_report(analysis, people, how, 7, TAKEN)


@pytest.mark.parametrize(("name", "people"), [("leave-dana.txt", ("dana",)), ("leave-both.txt", ("dana", "ravi"))])
def test_the_answer_reads_as_agreed(name: str, people: tuple[str, ...], update_golden: bool) -> None:
    text = departure_text(report(*people))
    path = GOLDEN / name
    if update_golden:
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


def test_every_line_fits_eighty_columns_and_holds_no_control_character() -> None:
    text = departure_text(report("dana", "ravi"))
    assert all(len(line) <= 80 for line in text.splitlines())
    assert "\x1b" not in text


def test_a_verdict_of_five_lines_counts_every_kind() -> None:
    lines = verdict_lines(report("dana"))
    assert len(lines) == 5
    assert lines[1].split() == ["1", "stops", "Webinar", "[31mregistrants"]
    assert "more kinds of outcome" in lines[-1]
    assert verdict_lines(report("ravi"), most=9)[-1] != ""


def test_nothing_breaking_is_not_called_safe_while_lists_are_closed() -> None:
    analysis = case_of("ann:Person -HAS_ACCOUNT-> a:Account", coverage=[CLOSED]).analysis
    text = departure_text(departure_report(analysis, ["ann"], "usual", 1, TAKEN))
    assert "Lists that were not read may hide something" in " ".join(text.split())


def test_the_json_has_the_agreed_keys_and_one_row_per_thing_and_outcome() -> None:
    document = json.loads(departure_json(report("dana", "ravi")))
    assert list(document) == [
        "schema",
        "snapshot",
        "leavers",
        "how",
        "outcomes",
        "tokens",
        "handed_tokens",
        "via",
        "rotate",
        "accounts",
        "mail",
        "administrators",
        "forsaken",
        "not_listed",
        "left_already",
        "together",
        "partial",
        "already_broken",
        "coverage",
    ]
    assert document["schema"] == "stackmap.departure/1"
    assert document["snapshot"] == {"id": 7, "taken_at": "2026-11-22T09:00:00Z"}
    pairs = [(row["thing"]["id"], row["outcome"]) for row in document["outcomes"]]
    assert len(pairs) == len(set(pairs))
    together = {row["thing"]["id"]: row["alone"] for row in document["outcomes"] if row["outcome"] == "stops"}
    assert together == {"pair": False, "webinar": True}
    assert {row["id"] for row in document["rotate"]} == {"shared"}
    fates = {row["id"]: row["what"] for row in document["accounts"]}
    assert fates == {"d": "goes_off", "r": "goes_off", "shared": "no_holder_left", "nobodys": "could_be_theirs"}
    assert [(row["thing"], row["certainty"]) for row in document["already_broken"]] == [("old", "certain")]


def test_causes_can_be_followed_to_the_leaver() -> None:
    document = json.loads(departure_json(report("dana")))
    rows = {row["thing"]["id"]: row for row in document["outcomes"] if row["outcome"] in {"stops", "starves"}}
    assert rows["list"]["because"][0]["cause"] == "contacts"
    assert rows["contacts"]["because"][0]["cause"] == "webinar"
    assert rows["webinar"]["because"][0]["cause"] == "d"
    assert document["via"]["d"]["because"][0]["cause"] == "dana"
    assert document["via"]["gone"]["because"] == [{"edge": None, "cause": "gone"}]


def test_what_weighs_most_in_the_notes_comes_first_then_what_the_business_would_notice() -> None:
    plain = replace(report("dana", "ravi"), means={}, weights={})
    noticed = replace(plain, means={"webinar": "no leads"})
    weighed = replace(noticed, weights={"pair": 5.0})
    firsts = [verdict_lines(shown, most=9)[1].split()[2] for shown in (plain, noticed, weighed)]
    assert firsts == ["pair", "Webinar", "pair"]
    text = departure_text(replace(weighed, weights={"webinar": 5.0, "pair": 2.0}))
    assert text.index("  Webinar") < text.index("  pair")


def test_a_list_read_whole_but_for_a_column_is_named_and_counted_with_the_others() -> None:
    without = Coverage("hubspot", "hubspot", "users", Reach.COMPLETE, reason="read without shoe size")
    text = departure_text(replace(report("dana"), coverage=[CLOSED, without]))
    assert "2 lists not wholly read" in text
    assert "  hubspot users: read without shoe size" in text


def test_what_is_broken_already_is_counted_with_how_sure_that_is() -> None:
    plain = report("dana")
    (loss,) = plain.departure.already_broken
    unsure = replace(loss, certainty=Certainty.LIKELY)
    text = departure_text(replace(plain, departure=replace(plain.departure, already_broken=(loss, unsure))))
    assert "Broken already, whoever leaves: 2 things, of them 1 likely. See: stackmap check" in text
    assert "Broken already, whoever leaves: 1 thing. See: stackmap check" in departure_text(plain)
