"""People who have left by what directories and staff lists say, and what still carries their name."""

import pytest

from stackmap.model import Policy, Severity
from stackmap.rules import evaluate
from tests.support.stacks import case_of, clear, found, subjects, unjudged, verdicts_of

LOGINS = "coverage crm/acme {inventory=users kinds=Account}"
STOPS = "{outcome=stops certainty=certain}"
SYSTEM = "crm/acme/system/acme"
LEFT = f"""
    {SYSTEM}:System
    crm/acme/account/1:Account -PART_OF-> {SYSTEM}
    crm/acme/account/1:Account {{active=true}}
    kim:Person -HAS_ACCOUNT-> crm/acme/account/1
    kim:Person {{active=false left_on=2026-10-03}}
    {LOGINS}
"""
BY_DIRECTORY = f"""
    {SYSTEM}:System
    hr/acme/system/acme:System {{directory=true}}
    crm/acme/account/1:Account -PART_OF-> {SYSTEM}
    crm/acme/account/1:Account {{active=true}}
    hr/acme/account/9:Account -PART_OF-> hr/acme/system/acme
    hr/acme/account/9:Account {{active=true}}
    kim:Person -HAS_ACCOUNT-> crm/acme/account/1
    kim -HAS_ACCOUNT-> hr/acme/account/9
    {LOGINS}
"""
LOGIN = "crm/acme/account/1"


def test_a_login_that_is_on_of_somebody_who_has_left_is_found() -> None:
    (finding,) = found(verdicts_of(LEFT), "OO11")
    assert (finding.subject, finding.severity) == (LOGIN, Severity.HIGH)
    assert (
        finding.because
        == "the login crm/acme/account/1 in crm/acme/system/acme is still on, and kim has left (on 2026-10-03)"
    )
    assert finding.evidence
    assert clear(verdicts_of(LEFT), "OO11") == []


@pytest.mark.parametrize("off", ["active=false", "frozen=true"])
def test_a_login_that_is_off_is_no_finding(off: str) -> None:
    verdicts = verdicts_of(f"{LEFT}\n{LOGIN}:Account {{{off}}}")
    assert subjects(verdicts, "OO11") == []
    assert clear(verdicts, "OO11") == ["crm/acme"]


@pytest.mark.parametrize(
    ("carried", "named"),
    [
        (f"sync:Integration -RUNS_AS-> {LOGIN} {STOPS}", "sync"),
        (f"app:Integration -AUTHENTICATES_WITH-> t:Grant {{slot=app}}\nt -AUTHORIZED_BY-> {LOGIN} {STOPS}", "app"),
        (f"{LOGIN} -ADMINISTERS-> {SYSTEM}", SYSTEM),
    ],
)
def test_what_hangs_on_it_makes_it_worse(carried: str, named: str) -> None:
    (finding,) = found(verdicts_of(f"{LEFT}\n{carried}"), "OO11")
    assert finding.severity is Severity.CRITICAL
    assert f"; {named} hangs on it" in finding.because


UNREAD = LEFT.replace("{active=true}", "")
HALF = "coverage hr/acme {inventory=people kinds=Account state=partial reason=stopped}"


def test_a_login_of_which_nobody_read_whether_it_is_on_is_not_called_on() -> None:
    (finding,) = found(verdicts_of(UNREAD), "OO11")
    assert finding.severity is Severity.MEDIUM
    assert "was not read as switched off, and kim has left" in finding.because
    assert "still on" not in finding.because


def test_nothing_is_called_broken_because_its_user_has_left_while_the_login_may_be_on() -> None:
    verdicts = verdicts_of(f"{UNREAD}\nsync:Integration -RUNS_AS-> {LOGIN} {STOPS}")
    (finding,) = found(verdicts, "OO11")
    assert "sync hangs on it" in finding.because
    assert verdicts.broken.departure.already_broken == ()


def test_a_login_off_in_a_directory_that_was_half_read_is_a_lesser_finding_and_nobody_has_left() -> None:
    half = BY_DIRECTORY.replace("hr/acme/account/9:Account {active=true}", "hr/acme/account/9:Account {active=false}")
    (finding,) = found(verdicts_of(f"{half}\n{HALF}"), "OO11")
    assert finding.severity is Severity.MEDIUM
    assert finding.because.endswith("is still on, and kim's login in hr/acme/system/acme is switched off")
    assert "was not wholly read: they may have another login there" in finding.graded


@pytest.mark.parametrize(
    ("state", "reason"),
    [("active=true frozen=true", "suspended in hr/acme"), ("", "whether their login in hr/acme/system/acme is on")],
)
def test_whoever_is_suspended_or_unread_in_the_directory_keeps_the_system_from_being_clear(
    state: str, reason: str
) -> None:
    login = "hr/acme/account/9:Account"
    verdicts = verdicts_of(BY_DIRECTORY.replace(f"{login} {{active=true}}", f"{login} {{{state}}}" if state else ""))
    assert subjects(verdicts, "OO11") == []
    assert clear(verdicts, "OO11") == []
    (blind,) = [one for one in verdicts.not_evaluated if one.code == "OO11" and one.system == "crm/acme"]
    assert reason in blind.reason


def test_where_a_directory_differs_from_the_list_the_finding_says_so() -> None:
    (finding,) = found(verdicts_of(f"{BY_DIRECTORY}\nkim {{active=false}}"), "OO11")
    assert "kim has left, though hr/acme/system/acme (login on" in finding.because
    assert finding.because.endswith("says otherwise")


def test_whoever_is_on_in_the_directory_has_not_left() -> None:
    verdicts = verdicts_of(BY_DIRECTORY)
    assert subjects(verdicts, "OO11") == []
    assert clear(verdicts, "OO11") == ["crm/acme"]


def test_the_login_in_the_directory_itself_is_no_finding() -> None:
    assert subjects(verdicts_of(f"{BY_DIRECTORY}\nkim {{active=false}}"), "OO11") == [LOGIN]


def test_without_a_directory_or_a_staff_list_nothing_is_clear() -> None:
    verdicts = verdicts_of(LEFT.replace("{active=false left_on=2026-10-03}", ""))
    assert subjects(verdicts, "OO11") == []
    assert clear(verdicts, "OO11") == []
    assert "crm/acme" in unjudged(verdicts, "OO11")


@pytest.mark.parametrize("tie", ["", f"ada:Person -HAS_ACCOUNT-> {LOGIN.replace('/1', '/2')}"])
def test_a_login_of_somebody_whom_no_list_has_keeps_the_system_from_being_clear(tie: str) -> None:
    other = f"crm/acme/account/2:Account -PART_OF-> {SYSTEM}\n{tie}"
    verdicts = verdicts_of(f"{BY_DIRECTORY}\n{other}")
    assert "crm/acme" in unjudged(verdicts, "OO11")
    assert clear(verdicts, "OO11") == []


def test_a_login_of_a_program_has_nobody_who_could_have_left() -> None:
    robot = f"crm/acme/account/2:Account {{account_type=integration}}\ncrm/acme/account/2 -PART_OF-> {SYSTEM}"
    assert clear(verdicts_of(f"{BY_DIRECTORY}\n{robot}"), "OO11") == ["crm/acme"]


def test_where_the_newest_has_somebody_as_here_and_another_does_not_it_is_not_judged_and_both_are_named() -> None:
    other = """
        ad/acme/system/acme:System {directory=true}
        ad/acme/account/3:Account {active=false}
        ad/acme/account/3 -PART_OF-> ad/acme/system/acme
        kim -HAS_ACCOUNT-> ad/acme/account/3
    """
    verdicts = verdicts_of(f"{BY_DIRECTORY}\n{other}")
    (item,) = [one for one in verdicts.not_evaluated if (one.code, one.system) == ("OO11", "crm/acme")]
    assert subjects(verdicts, "OO11") == []
    assert "(here, says hr/acme/system/acme (login on); ad/acme/system/acme (login off) says otherwise)" in item.reason
    assert item.reason.endswith(f"of whoever uses {LOGIN}")


def test_what_nobody_can_tell_is_named_beside_a_list_that_was_not_wholly_read() -> None:
    frozen = BY_DIRECTORY.replace("hr/acme/account/9:Account {active=true}", "hr/acme/account/9:Account {frozen=true}")
    half = frozen.replace("kinds=Account", "kinds=Account state=partial reason=no")
    (item,) = [one for one in verdicts_of(half).not_evaluated if (one.code, one.system) == ("OO11", "crm/acme")]
    assert item.inventories == ("users",)
    assert "suspended in" in item.reason


def test_without_the_list_of_logins_it_is_not_judged() -> None:
    assert unjudged(verdicts_of(LEFT.replace("kinds=Account", "kinds=Account state=denied reason=no")), "OO11") == {
        "crm/acme": ("users",)
    }


OWNED = """
    flow:Automation -PART_OF-> org:System
    flow -OWNED_BY-> kim:Person {how=declared}
    coverage org {inventory=flows kinds=Automation}
"""
GONE = "kim:Person {active=false}"


def test_an_owner_in_the_notes_who_has_left_is_found() -> None:
    (finding,) = found(verdicts_of(f"{OWNED}\n{GONE}"), "OO08")
    assert (finding.subject, finding.severity) == ("flow", Severity.HIGH)
    assert finding.because == "flow is owned by kim, who has left"
    assert finding.evidence


def test_a_backup_who_is_here_makes_it_less_bad() -> None:
    backup = "flow -OWNED_BY-> ada:Person {how=declared backup=true}\nada -HAS_ACCOUNT-> ada_sf:Account"
    (finding,) = found(verdicts_of(f"{OWNED}\n{GONE}\n{backup}"), "OO08")
    assert finding.severity is Severity.MEDIUM


@pytest.mark.parametrize(
    "owner",
    [
        "ada:Person {active=true}",
        "ada:Person -HAS_ACCOUNT-> ada_sf:Account",
    ],
)
def test_one_owner_who_is_here_is_enough(owner: str) -> None:
    verdicts = verdicts_of(f"{OWNED}\n{GONE}\n{owner}\nflow -OWNED_BY-> ada {{how=declared}}")
    assert subjects(verdicts, "OO08") == []
    assert clear(verdicts, "OO08") == ["org"]


def test_a_team_has_left_with_its_last_member_only() -> None:
    team = "flow:Automation -OWNED_BY-> ops:Team {how=declared}\nkim:Person -MEMBER_OF-> ops"
    assert subjects(verdicts_of(f"{team}\n{GONE}"), "OO08") == ["flow"]
    assert subjects(verdicts_of(f"{team}\n{GONE}\nada:Person -MEMBER_OF-> ops"), "OO08") == []


@pytest.mark.parametrize("owner", ["ops:Team", "crm/acme/account/9", "ghosts", "ada:Person"])
def test_an_owner_of_whom_nobody_can_tell_leaves_it_unjudged(owner: str) -> None:
    """A team without members, a login and a team that no list has, somebody without any login."""
    verdicts = verdicts_of(OWNED.replace("kim:Person", owner))
    assert subjects(verdicts, "OO08") == []
    assert "org" in unjudged(verdicts, "OO08")


def test_somebody_who_is_here_answers_beside_an_owner_of_whom_nobody_can_tell() -> None:
    ada = "flow -OWNED_BY-> ada:Person {how=declared}\nada {active=true}"
    assert clear(verdicts_of(f"{OWNED}\n{ada}"), "OO08") == ["org"]


def test_a_backup_of_whom_nobody_can_tell_is_not_called_absent() -> None:
    backup = "flow -OWNED_BY-> ada:Person {how=declared backup=true}"
    (finding,) = found(verdicts_of(f"{OWNED}\n{GONE}\n{backup}"), "OO08")
    assert finding.severity is Severity.MEDIUM
    assert finding.because.endswith("whether a backup is here was not read")


def test_a_login_without_a_holder_is_taken_at_its_word() -> None:
    assert subjects(verdicts_of("flow:Automation -OWNED_BY-> robot:Account {how=declared}"), "OO08") == []


def test_a_login_that_is_off_owns_nothing_though_its_user_is_here_by_another() -> None:
    kim = "kim:Person -HAS_ACCOUNT-> k:Account\nkim -HAS_ACCOUNT-> other:Account\nk {active=false}"
    assert subjects(verdicts_of(f"flow:Automation -OWNED_BY-> k {{how=declared}}\n{kim}"), "OO08") == ["flow"]


def test_an_owner_of_whom_nothing_was_read_is_neither_gone_nor_clear() -> None:
    verdicts = verdicts_of(OWNED)
    assert subjects(verdicts, "OO08") == []
    assert clear(verdicts, "OO08") == []


def test_an_owner_that_only_the_platform_shows_is_not_meant() -> None:
    assert subjects(verdicts_of(f"flow:Automation -OWNED_BY-> kim:Person\n{GONE}"), "OO08") == []


ROBOT = f"crm/acme/account/7:Account {{account_type=integration email=KIM@acme.test}}\n{LOGINS}"


def test_a_program_whose_mail_goes_to_a_person_is_found() -> None:
    (finding,) = found(verdicts_of(f"{ROBOT}\nkim:Person {{email=kim@acme.test}}"), "PA09")
    assert finding.subject == "crm/acme/account/7"
    assert finding.because == "the mail of crm/acme/account/7 goes to kim's mailbox"


def test_a_person_is_known_by_the_address_of_a_login_too() -> None:
    own = "kim:Person -HAS_ACCOUNT-> a:Account\na:Account {email=kim@acme.test}"
    assert subjects(verdicts_of(f"{ROBOT}\n{own}"), "PA09") == ["crm/acme/account/7"]


@pytest.mark.parametrize("email", ["kim+crm@acme.test", "KIM@ACME.test."])
def test_an_address_with_a_tag_leads_to_the_same_mailbox(email: str) -> None:
    robot = ROBOT.replace("KIM@acme.test", email)
    assert subjects(verdicts_of(f"{robot}\nkim:Person {{email=kim@acme.test}}"), "PA09") == ["crm/acme/account/7"]


def test_a_persons_further_addresses_are_theirs_too() -> None:
    known = {"kim": {"email": "k.lund@acme.test", "aliases": ["kim@acme.test"]}}
    assert subjects(evaluate(case_of(f"{ROBOT}\nkim:Person", properties=known)), "PA09") == ["crm/acme/account/7"]


def test_domains_that_are_one_lead_to_the_same_mailbox() -> None:
    picture = f"{ROBOT}\nkim:Person {{email=kim@acme-group.test}}"
    one = Policy(domains=(("acme.test", "acme-group.test"),))
    assert subjects(evaluate(case_of(picture)), "PA09") == []
    assert subjects(evaluate(case_of(picture, policy=one)), "PA09") == ["crm/acme/account/7"]


def test_a_mailbox_that_two_people_have_is_neither_ones() -> None:
    two = "kim:Person {email=kim@acme.test}\nada:Person {email=kim@acme.test}"
    assert subjects(verdicts_of(f"{ROBOT}\n{two}"), "PA09") == []


@pytest.mark.parametrize("email", ["ops@acme.test", "kim@other.test"])
def test_a_mailbox_that_is_nobodys_is_no_finding(email: str) -> None:
    verdicts = verdicts_of(f"{ROBOT}\nkim:Person {{email={email}}}")
    assert subjects(verdicts, "PA09") == []
    assert clear(verdicts, "PA09") == ["crm/acme"]


@pytest.mark.parametrize("kind", ["shared", "vendor_managed", "unknown", "human"])
def test_only_a_login_that_programs_use_is_meant(kind: str) -> None:
    verdicts = verdicts_of(f"{ROBOT.replace('integration', kind)}\nkim:Person {{email=kim@acme.test}}")
    assert subjects(verdicts, "PA09") == []


def test_a_program_of_which_no_address_was_read_is_not_clear() -> None:
    verdicts = verdicts_of(ROBOT.replace(" email=KIM@acme.test", ""))
    (item,) = [one for one in verdicts.not_evaluated if one.code == "PA09"]
    assert (item.system, item.reason) == ("crm/acme", "whose mailbox crm/acme/account/7 has was not read")
    assert clear(verdicts_of(ROBOT), "PA09") == ["crm/acme"]


def test_without_the_list_of_logins_no_mailbox_is_judged() -> None:
    verdicts = verdicts_of(ROBOT.replace("kinds=Account", "kinds=Account state=partial reason=no"))
    assert "crm/acme" in unjudged(verdicts, "PA09")
