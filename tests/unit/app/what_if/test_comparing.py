"""What suppositions change in an answer about leavers."""

from __future__ import annotations

from stackmap.analysis.what_if.difference import Caveat, CaveatKind, Difference
from stackmap.app.leaving import leave
from stackmap.app.what_if.supposing import suppose
from stackmap.render.departure_text import departure_text
from tests.support.notation import notation
from tests.support.supposed import reading_of_lines

PICTURE = """
    doubtful:Automation -RUNS_AS-> a:Account {outcome=unknown}
    sure:Automation -RUNS_AS-> a {outcome=stops certainty=certain}
    p:Person
    q:Person -HAS_ACCOUNT-> a:Account
"""


def test_what_only_the_at_worst_reading_calls_broken_is_perhaps_broken_already() -> None:
    reading = reading_of_lines([{**line, "name": line.get("id", "")} for line in notation(PICTURE)])
    report = leave(suppose(reading, ["a is off"]), ["p"])
    assert report.supposed.difference is not None
    assert {shift.group: shift.newly for shift in report.supposed.difference.shifts} == {
        "already_broken": ("sure",),
        "may_be_already_broken": ("doubtful",),
    }
    text = departure_text(report)
    assert "  broken already: 1, without it 0; newly sure\n" in text
    assert "  perhaps broken already, not known for sure: 1, without it 0; newly doubtful\n" in text


HELD = """
    dana:Person {email=dana@acme.test}
    ravi:Person {email=ravi@acme.test}
    crm/acme/account/d:Account {email=dana@acme.test}
    dana -HAS_ACCOUNT-> crm/acme/account/d
    crm/acme/account/r:Account {email=ravi@acme.test}
    ravi -HAS_ACCOUNT-> crm/acme/account/r
    crm/acme/account/d -ADMINISTERS-> crm/acme/system/acme:System
    crm/acme/account/r -ADMINISTERS-> crm/acme/system/acme
    stamp:Automation -NOTIFIES-> crm/acme/account/d
    both:Automation -NOTIFIES-> crm/acme/account/d
    crm/acme/account/off:Account {active=false}
    both -NOTIFIES-> crm/acme/account/off
    job:Automation -RUNS_AS-> crm/acme/account/d {outcome=stops certainty=certain}
"""
LOGIN = "crm/acme/account/d"
ONLY = "crm/acme/account/d -ADMINISTERS-> crm/acme/system/other:System"
KIM = "kim:Person -HAS_ACCOUNT-> crm/acme/account/k:Account\ncrm/acme/account/k -PART_OF-> crm/acme/system/acme"


def difference(picture: str, leaver: str, *sentences: str) -> Difference:
    reading = reading_of_lines([{**line, "name": line.get("id", "")} for line in notation(picture)])
    found = leave(suppose(reading, sentences), [leaver]).supposed.difference
    assert found is not None
    return found


def groups(found: Difference) -> dict[str, tuple[int, int]]:
    return {shift.group: (shift.now, shift.without) for shift in found.shifts}


def test_whoever_administers_no_longer_and_leaves_is_no_gain_for_the_administrators_left() -> None:
    found = difference(HELD, "dana", "dana no longer administers crm/acme/system/acme")
    assert groups(found) == {"administrators": (0, 1)}, "one is left either way"
    assert found.caveats == (Caveat(CaveatKind.AS_MANY_ADMINISTRATORS, "crm/acme/system/acme", ("ravi",)),)


def test_a_system_that_nobody_is_left_to_administer_either_way_is_no_gain() -> None:
    found = difference(f"{HELD}\n{ONLY}", "dana", "dana no longer administers crm/acme/system/other")
    assert groups(found) == {"unowned": (0, 1), "administrators": (1, 2)}
    assert found.caveats == (
        Caveat(CaveatKind.AS_MANY_ADMINISTRATORS, "crm/acme/system/other"),
        Caveat(CaveatKind.UNCARED_FOR, "crm/acme/system/other"),
    )


def test_what_is_given_to_somebody_who_stays_is_cared_for_and_needs_no_caveat() -> None:
    found = difference(f"{HELD}\n{ONLY}", "dana", "ravi owns crm/acme/system/other")
    assert groups(found)["unowned"] == (0, 1)
    assert found.caveats == ()


def test_a_system_that_others_are_left_to_administer_needs_no_caveat() -> None:
    sentences = (f"{who} administers crm/acme/system/acme" for who in ("dana no longer", "kim"))
    found = difference(f"{HELD}\n{KIM}", "dana", *sentences)
    assert groups(found) == {"administrators": (0, 1), "administrators_one_or_none": (0, 1)}
    assert found.caveats == ()


def test_the_last_administrator_left_to_leave_is_told_as_a_loss() -> None:
    found = difference(HELD, "ravi", "dana no longer administers crm/acme/system/acme")
    assert groups(found) == {"unowned": (1, 0), "administrators_none": (1, 0)}
    assert found.caveats == ()


def test_one_administrator_more_is_told_without_a_caveat() -> None:
    found = difference(f"{HELD}\n{KIM}", "dana", "kim administers crm/acme/system/acme")
    assert groups(found) == {"administrators_one_or_none": (0, 1)}
    assert found.caveats == ()


def test_a_leavers_login_that_somebody_else_holds_too_counts_as_on_and_its_mail_goes_to_the_leaver() -> None:
    found = difference(HELD, "dana", f"ravi holds {LOGIN}")
    assert groups(found)["muted"] == (0, 2)
    assert groups(found)["mail"] == (1, 0)
    assert found.caveats == (
        Caveat(CaveatKind.MAIL_GOES_TO_LEAVER, "both", (LOGIN,)),
        Caveat(CaveatKind.MAIL_GOES_TO_LEAVER, "stamp", (LOGIN,)),
        Caveat(CaveatKind.COUNTED_AS_STAYING_ON, LOGIN, ("dana",)),
    )


def test_an_alarm_that_somebody_who_stays_gets_as_well_needs_no_caveat() -> None:
    found = difference(HELD, "dana", f"ravi holds {LOGIN}", "stamp alarms ravi")
    assert {one.subject for one in found.caveats} == {"both", LOGIN}


def test_what_is_moved_to_another_login_needs_no_caveat() -> None:
    assert difference(HELD, "dana", "job runs as crm/acme/account/r").caveats == ()


def test_a_login_that_nobody_read_is_told_by_the_key_that_proves_it() -> None:
    unread = "crm/acme/account/unread%3Abot"
    key = f"crm/acme/grant/bot:Grant -AUTHORIZED_BY-> {unread} {{outcome=stops certainty=certain}}"
    picture = f"{HELD}\n{key}\napp:Integration -AUTHENTICATES_WITH-> crm/acme/grant/bot"
    sentence = "crm/acme/grant/bot is authorised by crm/acme/account/r"
    found = difference(picture, "dana", sentence)
    assert found.known_by == {unread: ("crm/acme/grant/bot",)}
    reading = reading_of_lines([{**line, "name": line.get("id", "")} for line in notation(picture)])
    text = departure_text(leave(suppose(reading, [sentence]), ["dana"]))
    told = " ".join(text.partition("\nRead:")[0].split())
    assert "no longer whoever stands behind crm/acme/grant/bot" in told
    assert unread not in told
