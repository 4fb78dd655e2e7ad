"""What a row tells beside its first reason: further ones, and everybody whom a group loses."""

import json
from datetime import UTC, datetime

import pytest

from stackmap.analysis.departures import reasons
from stackmap.app.leaving import departure_report
from stackmap.render.departure import DepartureReport, departure_json
from stackmap.render.departure_text import departure_text
from tests.support.stacks import case_of

TAKEN = datetime(2026, 11, 22, 9, tzinfo=UTC)
STOPS = "{outcome=stops certainty=certain}"
OWNED = f"""
    dana:Person -HAS_ACCOUNT-> d:Account
    flow:Automation -OWNED_BY-> d {STOPS}
"""


def keyed(*keys: str) -> str:
    ways = (f"flow -AUTHENTICATES_WITH-> {key}:Credential {{slot={key}}}" for key in keys)
    return "\n".join([OWNED, *ways, *(f"{key} -AUTHORIZED_BY-> d {STOPS}" for key in keys)])


def report(picture: str, *people: str) -> DepartureReport:
    return departure_report(case_of(picture, names={"d": "Dana"}).analysis, people, "deactivated", 7, TAKEN)


def told(picture: str, *people: str, everything: bool = False) -> str:
    return " ".join(departure_text(report(picture, *people), everything=everything).split())


def test_what_would_still_stop_it_stands_after_the_fix() -> None:
    text = told(keyed("key"), "dana")
    fix = "before the login goes, then run it once"
    assert f"{fix} and then still: signs in with key, which was authorised by dana's login Dana" in text


def test_of_many_further_reasons_two_are_told_and_all_on_demand() -> None:
    picture = keyed("k1", "k2", "k3", "k4")
    assert "and 2 more reasons: --all" in told(picture, "dana")
    assert told(picture, "dana").count("and then still: ") == 2
    assert told(picture, "dana", everything=True).count("and then still: ") == 4


def test_a_single_reason_says_nothing_of_others() -> None:
    text = told(OWNED, "dana")
    assert "and then still" not in text
    assert "also" not in json.loads(departure_json(report(OWNED, "dana")))["outcomes"][0]


def test_further_reasons_are_told_to_programs_each_in_the_form_of_the_first() -> None:
    [row] = json.loads(departure_json(report(keyed("k1", "k2"), "dana")))["outcomes"]
    assert [[cause["cause"] for cause in reason] for reason in row["also"]] == [["k1"], ["k2"]]
    assert row["also"][0][0].keys() == row["because"][0].keys()


def test_where_not_all_further_reasons_were_looked_for_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    no_longer = "and then perhaps still for another reason"
    assert no_longer not in told(keyed("k1", "k2"), "dana")
    monkeypatch.setattr(reasons, "_EFFORT", 12)
    text = told(keyed("k1", "k2"), "dana")
    assert text.count("and then still: ") == 1
    assert text.count(no_longer) == 1
    [row] = json.loads(departure_json(report(keyed("k1", "k2"), "dana")))["outcomes"]
    assert (len(row["also"]), row["also_complete"]) == (1, False)


def queue(*members: str) -> str:
    lines = [f"rule:Automation -ROUTES_TO-> leads:Group {STOPS}"]
    for name in members:
        lines += [f"{name}:Person -HAS_ACCOUNT-> {name}_sf:Account", f"{name}_sf -MEMBER_OF-> leads"]
    return "\n".join(lines)


def test_a_queue_that_loses_everybody_names_who_leaves_and_asks_for_one_who_stays() -> None:
    text = told(queue("ravi", "dana"), "dana", "ravi")
    assert "hands work to leads, whose members are all gone: dana's login dana_sf, ravi's login ravi_sf" in text
    assert "fix: add a member who stays to leads" in text


def test_of_a_large_queue_a_few_are_named() -> None:
    people = ("ann", "ben", "cat", "dan", "eve", "fay")
    assert "dan's login dan_sf and 2 more" in told(queue(*people), *people)


def test_a_queue_with_one_member_is_told_as_ever() -> None:
    assert "hands work to leads, which has as member dana's login dana_sf" in told(queue("dana"), "dana")


def test_what_hangs_on_the_thing_itself_is_not_followed_back_to_it() -> None:
    picture = f"""
        {OWNED}
        flow -CALLS-> other:Automation
        other -CALLS-> flow
        other -CALLS-> far:Automation
        far -CALLS-> farther:Automation
        farther -RUNS_AS-> d {STOPS}
    """
    assert "and then still: waits for other [" in told(picture, "dana")
