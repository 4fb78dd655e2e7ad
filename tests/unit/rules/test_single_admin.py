"""SA01 and SA02: systems that too few people can administer."""

import pytest

from stackmap.model import Severity
from stackmap.rules import Verdicts
from tests.support.stacks import clear, found, subjects, unjudged, verdicts_of

WHOLE = "coverage org {inventory=users kinds=ADMINISTERS,Account}"
KIM = """
    kim:Person -HAS_ACCOUNT-> kim_sf:Account
    kim_sf -ADMINISTERS-> org:System
"""
LEE = """
    lee:Person -HAS_ACCOUNT-> lee_sf:Account
    lee_sf -ADMINISTERS-> org
"""


def reasons(verdicts: Verdicts, code: str) -> list[str]:
    return [item.reason for item in verdicts.not_evaluated if item.code == code]


def used(login: str, word: str) -> str:
    return f"{login}:Account {{last_used={'2026-11-01' if word == 'yes' else '2026-01-01'}}}"


def test_one_administrator_is_one_too_few() -> None:
    (finding,) = found(verdicts_of(f"{KIM}\n{WHOLE}"), "SA01")
    assert (finding.subject, finding.path) == ("org", ("kim_sf",))
    assert finding.because == "org has one active administrator: kim"
    assert finding.evidence


def test_two_logins_of_one_person_are_one_administrator() -> None:
    second = "kim -HAS_ACCOUNT-> kim_too:Account\nkim_too -ADMINISTERS-> org"
    (finding,) = found(verdicts_of(f"{KIM}\n{second}\n{WHOLE}"), "SA01")
    assert finding.path == ("kim_sf", "kim_too")


def test_two_administrators_are_clear() -> None:
    verdicts = verdicts_of(f"{KIM}\n{LEE}\n{WHOLE}")
    assert subjects(verdicts, "SA01") == []
    assert clear(verdicts, "SA01") == ["org"]


def test_an_administrator_whose_login_is_off_is_none() -> None:
    assert subjects(verdicts_of(f"{KIM}\n{LEE}\nlee_sf:Account {{active=false}}\n{WHOLE}"), "SA01") == ["org"]


def test_a_system_whose_only_administrator_is_switched_off_is_found() -> None:
    verdicts = verdicts_of(f"{KIM}\nkim_sf:Account {{active=false}}\n{WHOLE}")
    (finding,) = found(verdicts, "SA01")
    assert (finding.subject, finding.path, finding.severity) == ("org", ("kim_sf",), Severity.CRITICAL)
    assert finding.because == "nobody active administers org: the login kim_sf is switched off"
    assert finding.evidence


def test_a_service_login_does_not_stand_for_an_administrator_who_is_gone() -> None:
    bot = "bot:Account {account_type=integration}\nbot -ADMINISTERS-> org"
    verdicts = verdicts_of(f"{KIM}\n{bot}\nkim_sf:Account {{active=false}}\n{WHOLE}")
    assert [finding.path for finding in found(verdicts, "SA01")] == [("kim_sf",)]


def test_the_logins_of_people_who_have_left_administer_nothing() -> None:
    verdicts = verdicts_of(f"{KIM}\n{LEE}\nkim:Person {{active=false}}\nlee:Person {{active=false}}\n{WHOLE}")
    (finding,) = found(verdicts, "SA01")
    assert finding.because == "nobody active administers org: the logins kim_sf and lee_sf are of people who have left"


def test_a_missing_administrator_is_found_only_in_a_list_read_whole() -> None:
    half = WHOLE.replace("}", " state=partial reason=cap}")
    verdicts = verdicts_of(f"{KIM}\nkim_sf:Account {{active=false}}\n{half}")
    assert subjects(verdicts, "SA01") == []
    assert unjudged(verdicts, "SA01") == {"org": ("users",)}


def test_somebody_who_may_still_administer_leaves_the_question_open() -> None:
    other = "acme/prod/account/7 -ADMINISTERS-> org"
    verdicts = verdicts_of(f"{KIM}\n{other}\nkim_sf:Account {{active=false}}\n{WHOLE}")
    assert subjects(verdicts, "SA01") == []
    assert reasons(verdicts, "SA01") == ["who uses 1 of its administrators' logins is not known"]


def test_a_list_that_names_no_administrator_is_not_judged() -> None:
    assert reasons(verdicts_of(f"org:System\n{WHOLE}"), "SA01") == ["its lists name no administrator"]


@pytest.mark.parametrize(
    ("off", "reason"),
    [("", "only one active administrator (SA01)"), ("kim_sf:Account {active=false}", "no active administrator (SA01)")],
)
def test_without_a_second_administrator_the_question_of_practice_does_not_arise(off: str, reason: str) -> None:
    verdicts = verdicts_of(f"{KIM}\n{off}\n{WHOLE}")
    assert subjects(verdicts, "SA02") == clear(verdicts, "SA02") == []
    assert reasons(verdicts, "SA02") == [reason]


@pytest.mark.parametrize("state", ["partial", "denied", "absent", "failed", "skipped"])
def test_one_administrator_in_an_unread_list_proves_nothing(state: str) -> None:
    verdicts = verdicts_of(f"{KIM}\ncoverage org {{inventory=users kinds=ADMINISTERS,Account state={state} reason=x}}")
    assert subjects(verdicts, "SA01") == []
    assert unjudged(verdicts, "SA01") == {"org": ("users",)}


@pytest.mark.parametrize(
    "second",
    [
        f"{LEE}\nlee_sf:Account {{account_type=unknown}}",
        "desk:Account {account_type=shared}\ndesk -ADMINISTERS-> org",
        "acme/prod/account/7 -ADMINISTERS-> org",
    ],
    ids=["of unknown type", "shared by nobody known", "never read"],
)
def test_a_second_login_that_nobody_can_place_leaves_the_question_open(second: str) -> None:
    verdicts = verdicts_of(f"{KIM}\n{second}\n{WHOLE}")
    assert subjects(verdicts, "SA01") == []
    assert "org" in unjudged(verdicts, "SA01")


def test_a_system_that_no_person_administers_is_not_called_clear() -> None:
    verdicts = verdicts_of(f"bot:Account {{account_type=integration}}\nbot -ADMINISTERS-> org:System\n{WHOLE}")
    assert subjects(verdicts, "SA01") == []
    assert clear(verdicts, "SA01") == []


def test_a_backup_who_never_signs_in_is_one_on_paper() -> None:
    verdicts = verdicts_of(f"{KIM}\n{LEE}\n{used('kim_sf', 'yes')}\n{used('lee_sf', 'no')}\n{WHOLE}")
    (finding,) = found(verdicts, "SA02")
    assert finding.subject == "org"
    assert finding.because == "of 2 administrators of org, 1 logged in within 90 days"


def test_a_backup_who_signs_in_is_one() -> None:
    verdicts = verdicts_of(f"{KIM}\n{LEE}\n{used('kim_sf', 'yes')}\n{used('lee_sf', 'yes')}\n{WHOLE}")
    assert subjects(verdicts, "SA02") == []
    assert clear(verdicts, "SA02") == ["org"]


def test_unread_log_ins_leave_the_question_of_practice_open() -> None:
    verdicts = verdicts_of(f"{KIM}\n{LEE}\n{used('kim_sf', 'yes')}\n{WHOLE}")
    assert subjects(verdicts, "SA02") == []
    assert "org" in unjudged(verdicts, "SA02")


def test_two_who_sign_in_suffice_whatever_the_third_does() -> None:
    third = "max:Person -HAS_ACCOUNT-> max_sf:Account\nmax_sf -ADMINISTERS-> org"
    verdicts = verdicts_of(f"{KIM}\n{LEE}\n{third}\n{used('kim_sf', 'yes')}\n{used('lee_sf', 'yes')}\n{WHOLE}")
    assert clear(verdicts, "SA02") == ["org"]


def test_practice_is_not_judged_over_an_unread_list_of_administrators() -> None:
    verdicts = verdicts_of(f"{KIM}\n{LEE}\n{used('kim_sf', 'yes')}\n{used('lee_sf', 'no')}")
    assert subjects(verdicts, "SA02") == []
    assert unjudged(verdicts, "SA02") == {"org": ("none listed",)}


@pytest.mark.parametrize("code", ["SA01", "SA02"])
@pytest.mark.parametrize("users", ["state=partial reason=freezes", ""], ids=["freezes not read", "no list of logins"])
def test_administrators_are_not_judged_where_nobody_knows_which_logins_are_off(code: str, users: str) -> None:
    listed = f"coverage org {{inventory=users kinds=Account {users}}}" if users else ""
    admins = "coverage org {inventory=admins kinds=ADMINISTERS}"
    one = f"{KIM}\n{admins}\n{listed}"
    two = f"{one}\n{LEE}\n{used('kim_sf', 'yes')}\n{used('lee_sf', 'no')}"
    for picture in (one, two):
        verdicts = verdicts_of(picture)
        assert subjects(verdicts, code) == clear(verdicts, code) == []
        assert unjudged(verdicts, code) == {"org": ("users" if users else "none listed",)}


def test_a_frozen_administrator_is_called_frozen() -> None:
    (finding,) = found(verdicts_of(f"{KIM}\nkim_sf:Account {{frozen=true}}\n{WHOLE}"), "SA01")
    assert finding.because == "nobody active administers org: the login kim_sf is frozen"
    both = f"{KIM}\n{LEE}\nkim_sf:Account {{frozen=true}}\nlee_sf:Account {{active=false}}\n{WHOLE}"
    (finding,) = found(verdicts_of(both), "SA01")
    assert finding.because.endswith("the logins kim_sf and lee_sf are switched off or frozen")
