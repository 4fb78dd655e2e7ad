"""Who is left to look after things once somebody leaves: administrators, and those whom notes name."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from stackmap.app.leaving import departure_report
from stackmap.model import Coverage, NodeKind, Reach
from stackmap.render.departure import departure_json
from stackmap.render.departure_text import departure_text
from tests.support.stacks import case_of

TAKEN = datetime(2026, 11, 22, 9, tzinfo=UTC)
ADMINS = """
    hub/x/system/x:System
    hub/x/account/1 -PART_OF-> hub/x/system/x
    hub/x/account/2 -PART_OF-> hub/x/system/x
    hub/x/account/3 -PART_OF-> hub/x/system/x
    ann:Person -HAS_ACCOUNT-> hub/x/account/1:Account
    bea:Person -HAS_ACCOUNT-> hub/x/account/2:Account
    cy:Person -HAS_ACCOUNT-> hub/x/account/3:Account
    hub/x/account/1 -ADMINISTERS-> hub/x/system/x
    hub/x/account/2 -ADMINISTERS-> hub/x/system/x
"""
MORE = "there may be more, for "
IN_PART_ONLY = f"{MORE}the list of them was read in part"
IN_PART = "coverage hub/x {inventory=users state=partial reason=some kinds=ADMINISTERS}"
STAFF = Coverage("staff", "", "people", Reach.COMPLETE, frozenset({NodeKind.PERSON}), read_at=TAKEN)
NAMES = {"ann": "Ann Lee", "bea": "Bea Roux", "cy": "Cy Berg", "hub/x/system/x": "Hub"}


def told(picture: str, *people: str, **more: Any) -> tuple[str, Any]:
    """The text in one line, and the JSON."""
    shown = departure_report(case_of(picture, names=NAMES, **more).analysis, people, "usual", 1, TAKEN)
    return " ".join(departure_text(shown).split()), json.loads(departure_json(shown))


def test_of_a_list_read_in_part_both_answers_say_the_same_whoever_leaves() -> None:
    one, of_one = told(f"{ADMINS}\n{IN_PART}", "ann")
    other, of_other = told(f"{ADMINS}\n{IN_PART}", "cy")
    assert f"ADMINISTRATORS (1) Hub · 2 known, 1 left: Bea Roux; {IN_PART_ONLY} " in one
    assert f"ADMINISTRATORS Hub · 2 known, all stay: Ann Lee, Bea Roux; {IN_PART_ONLY} " in other
    assert "not known for" not in one + other
    assert of_one["administrators"]["not_known"] == []
    assert of_other["administrators"]["not_known"] == ["hub/x/system/x"]
    assert [item["after"] for item in of_other["administrators"]["known_in_part"]] == [["ann", "bea"]]


@pytest.mark.parametrize(
    ("coverage", "says"),
    [
        ("coverage hub/x {inventory=users kinds=ADMINISTERS}", "Hub · 2 now, 1 left: Bea Roux "),
        ("", f"Hub · 2 known, 1 left: Bea Roux; {MORE}no list of them was read to the end "),
        (
            "coverage hub/x {inventory=users state=denied reason=no kinds=ADMINISTERS}",
            f"Hub · 2 known, 1 left: Bea Roux; {MORE}no list of them was read to the end ",
        ),
    ],
)
def test_administrators_are_all_there_are_only_where_a_list_was_read_to_the_end(coverage: str, says: str) -> None:
    assert says in told(f"{ADMINS}\n{coverage}", "ann")[0]


def test_that_nobody_known_is_left_is_no_word_about_those_whom_nobody_read() -> None:
    text = told(ADMINS, "ann", "bea")[0]
    assert f"Hub · 2 known, nobody known is left; {MORE}no list of them was read to the end " in text


@pytest.mark.parametrize(("last", "idle"), [("2026-06-12", True), ("2026-11-01", False)])
def test_an_administrator_who_stays_and_was_not_seen_for_long_is_told_as_such(last: str, idle: bool) -> None:
    text, document = told(f"{ADMINS}\n{IN_PART}\nhub/x/account/2:Account {{last_used={last}}}", "ann")
    assert ("Bea Roux (no sign-in within 90 days was read); there may be more" in text) is idle
    assert document["administrators"]["changes"][0]["idle"] == (["bea"] if idle else [])


def test_a_second_login_that_is_in_use_makes_an_administrator_seen() -> None:
    picture = f"""{ADMINS}
        {IN_PART}
        hub/x/account/2:Account {{last_used=2026-06-12}}
        bea -HAS_ACCOUNT-> hub/x/account/4:Account
        hub/x/account/4 -ADMINISTERS-> hub/x/system/x
    """
    assert "no sign-in" not in told(picture, "ann")[0]


NAMED = f"""{ADMINS}
    {IN_PART}
    ads:System
    ads -OWNED_BY-> ann {{how=declared}}
    ads -OWNED_BY-> cy {{how=declared backup=true}}
    hub/x/account/2 -ADMINISTERS-> ads
"""


def test_what_goes_on_while_nobody_who_is_named_for_it_stays_is_told_with_whom() -> None:
    text, document = told(NAMED, "ann", "cy")
    assert "and nobody of them stays: ads (owner Ann Lee, backup Cy Berg) fix: name somebody who stays" in text
    (one,) = document["forsaken"]
    assert (one["id"], one["owners"], one["backups"]) == ("ads", ["ann"], ["cy"])
    for stays in (("ann",), ("cy",)):
        assert told(NAMED, *stays)[1]["forsaken"] == []


def test_your_notes_are_called_so_only_where_they_are_meant() -> None:
    # In the picture a list says it.
    assert "Named in your notes or lists, and nobody" in told(NAMED, "ann", "cy")[0]


def test_a_backup_who_has_left_before_does_not_stay_either() -> None:
    gone = f"{NAMED}\ncy:Person {{active=false}}"
    assert [one["id"] for one in told(gone, "ann")[1]["forsaken"]] == ["ads"]
    # Both are gone already: that is a finding, whoever else leaves.
    assert told(f"{gone}\nann:Person {{active=false}}\ndan:Person", "dan")[1]["forsaken"] == []


def test_of_a_team_nobody_stays_only_when_all_its_members_go() -> None:
    team = NAMED.replace(
        "ads -OWNED_BY-> ann", "ann -MEMBER_OF-> crew:Team\ncy -MEMBER_OF-> crew\nads -OWNED_BY-> crew"
    )
    assert told(team, "ann")[1]["forsaken"] == []
    assert [one["owners"] for one in told(team, "ann", "cy")[1]["forsaken"]] == [["crew"]]
    nobody = NAMED.replace("ads -OWNED_BY-> ann", "crew:Team\nads -OWNED_BY-> crew")
    assert told(nobody, "ann", "cy")[1]["forsaken"] == []


def test_a_thing_with_a_row_of_its_own_is_not_named_again() -> None:
    text, document = told(NAMED.replace("hub/x/account/2 -ADMINISTERS-> ads\n", ""), "ann", "cy")
    assert ("ads", "unowned") in {(row["thing"]["id"], row["outcome"]) for row in document["outcomes"]}
    assert document["forsaken"] == []
    assert "nobody of them stays" not in text


def test_whoever_is_on_no_list_of_everybody_is_told_as_that() -> None:
    here = f"{ADMINS}\nann:Person {{active=true}}"
    text, document = told(here, "ann", coverage=[STAFF])
    assert "Ann Lee: not on staff, which is said to hold everybody (read on 22 Nov 2026)" in text
    says = "not on staff, which is said to hold everybody (read on 22 Nov 2026)"
    assert document["not_listed"] == [{"id": "ann", "says": [says]}]
    assert told(here, "ann", coverage=[replace(STAFF, state=Reach.PARTIAL, reason="some")])[1]["not_listed"] == []


def test_where_the_line_on_whoever_has_left_says_it_already_it_is_not_said_twice() -> None:
    # All her logins are off, so the line on the person gives the list as the reason why nobody can tell.
    text, document = told(f"{ADMINS}\nhub/x/account/1:Account {{active=false}}", "ann", coverage=[STAFF])
    assert text.count("not on staff") == 1
    assert document["not_listed"] == []


def test_of_somebody_without_a_login_the_next_step_is_to_look_for_one() -> None:
    text, _ = told("ann:Person\nx:System", "ann")
    assert "Next: stackmap people suggest which logins could be theirs stackmap map --open" in text
    assert "people suggest" not in told(ADMINS, "ann")[0]
