"""OO: what is left of people who are gone, what holds a leaver back, what nobody is declared to answer for."""

import pytest

from stackmap.model import Severity
from stackmap.rules import biggest_changes, evaluate
from tests.support.stacks import case_of, clear, found, subjects, unjudged, verdicts_of

FLOW = "flow:Automation -PART_OF-> org:System"
WHOLE = "coverage org {inventory=flows kinds=Automation}"


@pytest.mark.parametrize("kind", ["Automation", "Integration"])
def test_a_running_thing_without_owner_is_found(kind: str) -> None:
    (finding,) = found(verdicts_of(f"flow:{kind} -PART_OF-> org:System\n{WHOLE}"), "OO07")
    assert (finding.subject, finding.severity) == ("flow", Severity.MEDIUM)
    assert finding.evidence


@pytest.mark.parametrize("owned", ["flow", "org"])
@pytest.mark.parametrize("owner", ["team:Team", "kim:Person"])
def test_a_declared_owner_of_the_thing_or_its_system_answers(owned: str, owner: str) -> None:
    verdicts = verdicts_of(f"{FLOW}\n{owned} -OWNED_BY-> {owner} {{how=declared}}\n{WHOLE}")
    assert subjects(verdicts, "OO07") == []
    assert clear(verdicts, "OO07") == ["org"]


def test_an_owner_field_that_the_platform_filled_declares_nothing() -> None:
    assert subjects(verdicts_of(f"{FLOW}\nflow -OWNED_BY-> kim_sf:Account"), "OO07") == ["flow"]


@pytest.mark.parametrize("thing", ["flow:Automation {active=false}", "list:Dataset", "desk:Endpoint"])
def test_what_does_not_run_needs_no_owner(thing: str) -> None:
    assert subjects(verdicts_of(thing), "OO07") == []


def test_without_the_list_of_automations_nothing_is_clear() -> None:
    verdicts = verdicts_of("org:System\ncoverage org {inventory=flows kinds=Automation state=denied reason=no}")
    assert unjudged(verdicts, "OO07") == {"org": ("flows",)}
    assert clear(verdicts, "OO07") == []


STOPS = "{outcome=stops certainty=certain}"
TOKENS = "coverage org {inventory=tokens kinds=Integration,AUTHORIZED_BY,Account}"
LEFT = f"""
    app:Integration -PART_OF-> org:System
    app -AUTHENTICATES_WITH-> t:Grant {{slot=app}}
    t -AUTHORIZED_BY-> old:Account {STOPS}
    old:Account {{active=false}}
    {TOKENS}
"""


def test_a_token_of_a_login_that_is_off_is_found_although_the_app_is_broken_already() -> None:
    verdicts = verdicts_of(LEFT)
    (finding,) = found(verdicts, "OO01")
    assert (finding.subject, finding.path, finding.severity) == ("app", ("old",), Severity.HIGH)
    assert finding.because == "app holds a token of old, which is switched off"
    assert finding.evidence
    assert [loss.thing for loss in verdicts.broken.departure.already_broken] == ["app"]


def test_a_frozen_login_counts_as_off() -> None:
    assert subjects(verdicts_of(LEFT.replace("active=false", "frozen=true")), "OO01") == ["app"]


@pytest.mark.parametrize("kind", ["integration", "shared", "unknown"])
def test_it_does_not_matter_whose_the_dead_login_was(kind: str) -> None:
    assert subjects(verdicts_of(f"{LEFT}\nold:Account {{account_type={kind}}}"), "OO01") == ["app"]


@pytest.mark.parametrize(
    ("used", "told"),
    [
        ({"used_within": {"30": "no", "90": "yes", "180": "yes"}}, ", and use was seen within 90 days"),
        ({"used_within": {"30": "yes", "90": "yes", "180": "yes"}}, ", and use was seen within 30 days"),
        ({"used_within": {"30": "no", "90": "no", "180": "unknown"}}, ""),
        ({"last_used": "2026-11-20"}, ", and use was seen within 90 days"),
        ({"last_used": "2025-11-20"}, ""),
    ],
)
def test_use_of_a_dead_logins_token_is_said(used: dict[str, object], told: str) -> None:
    (finding,) = found(evaluate(case_of(LEFT, properties={"t": used})), "OO01")
    assert finding.because == f"app holds a token of old, which is switched off{told}"


@pytest.mark.parametrize(
    "more", ["old:Account {active=true}", "t:Grant {active=false}", "app:Integration {active=false}"]
)
def test_only_a_standing_token_of_a_dead_login_is_left_behind(more: str) -> None:
    verdicts = verdicts_of(f"{LEFT}\n{more}")
    assert subjects(verdicts, "OO01") == []
    assert clear(verdicts, "OO01") == ["org"]


def test_left_tokens_of_an_app_for_everybody_are_one_finding_and_count_less() -> None:
    lines = ["app:Integration -PART_OF-> org:System"]
    for n in range(7):
        lines += [f"app -AUTHENTICATES_WITH-> g{n}:Grant {{slot=app}}", f"g{n} -AUTHORIZED_BY-> u{n}:Account {STOPS}"]
    (finding,) = found(
        verdicts_of("\n".join([*lines, "u0:Account {active=false}", "u1:Account {active=false}"])), "OO01"
    )
    assert (finding.path, finding.severity) == ((), Severity.MEDIUM)
    assert finding.because == "app holds 2 tokens of u0 and u1, which are switched off"


@pytest.mark.parametrize("state", ["denied", "partial", "absent"])
def test_without_all_tokens_nothing_is_clear(state: str) -> None:
    verdicts = verdicts_of(
        f"org:System\ncoverage org {{inventory=tokens kinds=Integration,AUTHORIZED_BY state={state}}}"
    )
    assert unjudged(verdicts, "OO01") == {"org": ("tokens",)}


def test_a_token_of_a_login_that_was_never_read_may_be_left_behind() -> None:
    verdicts = verdicts_of(LEFT.replace("old:Account {active=false}", "").replace("old:Account", "old"))
    assert subjects(verdicts, "OO01") == []
    assert "org" in unjudged(verdicts, "OO01")


ALARM = """
    flow:Automation -PART_OF-> org:System
    flow -NOTIFIES-> kim_sf:Account
    kim:Person -HAS_ACCOUNT-> kim_sf
    coverage org {inventory=flows kinds=Automation,NOTIFIES,Account}
"""
GONE = "kim_sf:Account {active=false}"


def test_an_alarm_to_a_login_that_is_off_reaches_nobody() -> None:
    (finding,) = found(verdicts_of(f"{ALARM}\n{GONE}"), "OO02")
    assert (finding.subject, finding.path, finding.severity) == ("flow", (), Severity.HIGH)
    assert finding.because == "the failure notices of flow go to kim_sf only, and nobody reads them"
    assert finding.evidence


def test_an_alarm_that_only_the_default_sends_counts_less_and_says_so() -> None:
    picture = ALARM.replace("kim_sf:Account", "kim_sf:Account {how=inferred_key}")
    (finding,) = found(verdicts_of(f"{picture}\n{GONE}"), "OO02")
    assert finding.because.startswith("by default, the failure notices of flow go to kim_sf only")
    assert finding.severity is Severity.MEDIUM
    assert finding.graded == "lower: that is concluded from how the platform does it by default"


def test_one_notice_that_a_list_shows_makes_the_alarm_high_again() -> None:
    picture = ALARM.replace("kim_sf:Account", "kim_sf:Account {how=inferred_key}")
    (finding,) = found(
        verdicts_of(f"{picture}\n{GONE}\nflow -NOTIFIES-> lee_sf:Account\nlee_sf:Account {{active=false}}"), "OO02"
    )
    assert (finding.severity, finding.because[:2]) == (Severity.HIGH, "th")


@pytest.mark.parametrize(
    "gone",
    [
        "flow -NOTIFIES-> lee:Person {how=declared}\nlee {active=false}".replace("lee {", "lee:Person {"),
        "flow -NOTIFIES-> box:Endpoint\nbox -MAILBOX_OF-> lee:Person\nlee:Person {active=false}",
        "flow -NOTIFIES-> box:Endpoint\nbox:Endpoint {active=false}",
        "flow -NOTIFIES-> org/prod/account/9\ncoverage org/prod {kinds=Account}",
        "flow -NOTIFIES-> kim_2:Account\nkim:Person {active=false}\nkim -HAS_ACCOUNT-> kim_2",
    ],
    ids=["person", "their mailbox", "dead mailbox", "missing login", "their other login"],
)
def test_every_way_to_be_gone_counts(gone: str) -> None:
    assert subjects(verdicts_of(f"{ALARM}\n{GONE}\n{gone}"), "OO02") == ["flow"]


@pytest.mark.parametrize(
    "reader",
    [
        "lee_sf:Account",
        "lee_sf:Account {account_type=shared}",
        "desk:Endpoint {mailbox=true}",
        "lee:Person",
    ],
)
def test_one_reader_who_is_still_there_suffices(reader: str) -> None:
    verdicts = verdicts_of(f"{ALARM}\n{GONE}\n{reader}\nflow -NOTIFIES-> {reader.split(':', maxsplit=1)[0]}")
    assert subjects(verdicts, "OO02") == []
    assert clear(verdicts, "OO02") == ["org"]


def test_what_sends_no_alarms_and_what_is_off_is_another_matter() -> None:
    assert subjects(verdicts_of("flow:Automation -PART_OF-> org:System"), "OO02") == []
    assert subjects(verdicts_of(f"{ALARM}\n{GONE}\nflow:Automation {{active=false}}"), "OO02") == []


def test_an_alarm_to_somebody_never_read_leaves_the_question_open() -> None:
    verdicts = verdicts_of(f"{ALARM}\n{GONE}\nflow -NOTIFIES-> somebody")
    assert subjects(verdicts, "OO02") == []
    assert "org" in unjudged(verdicts, "OO02")


@pytest.mark.parametrize("state", ["denied", "partial"])
def test_where_notices_were_not_wholly_read_no_alarm_is_judged(state: str) -> None:
    verdicts = verdicts_of(f"{ALARM}\n{GONE}".replace("Account}", f"Account state={state} reason=x}}"))
    assert subjects(verdicts, "OO02") == []
    assert unjudged(verdicts, "OO02") == {"org": ("flows",)}


REFUSED = """
    routing:Automation -ROUTES_TO-> kim_sf:Account {deactivated=refused/certain frozen=survives/possible}
    routing -PART_OF-> org:System
    kim:Person -HAS_ACCOUNT-> kim_sf
    coverage org {inventory=rules kinds=Automation,ROUTES_TO,RUNS_AS}
"""


def test_what_the_platform_refuses_blocks_the_last_day() -> None:
    (finding,) = found(verdicts_of(REFUSED), "OO04")
    assert (finding.subject, finding.path, finding.severity) == ("routing", ("kim_sf",), Severity.HIGH)
    assert finding.because == "routing hands work to kim_sf, the login of kim, and that blocks its last day"


def test_only_the_platforms_usual_act_counts() -> None:
    picture = f"{REFUSED}\nkim_sf -PART_OF-> org\norg:System {{usual_act=frozen}}"
    assert subjects(verdicts_of(picture), "OO04") == []


@pytest.mark.parametrize(
    "more",
    ["kim_sf:Account {account_type=integration}", "kim_sf:Account {active=false}", "routing:Automation {active=false}"],
)
def test_a_login_of_no_person_or_off_already_leaves_on_no_last_day(more: str) -> None:
    verdicts = verdicts_of(f"{REFUSED}\n{more}")
    assert subjects(verdicts, "OO04") == []
    assert clear(verdicts, "OO04") == ["org"]


def test_a_setting_of_the_system_that_people_wrote_down_blocks_too() -> None:
    picture = f"{REFUSED}\norg -OWNED_BY-> kim_sf {{outcome=refused certainty=certain how=declared}}"
    verdicts = verdicts_of(picture)
    assert subjects(verdicts, "OO04") == ["org", "routing"]
    changes = biggest_changes(case_of(picture).graph, found(verdicts, "OO04"))
    assert [one.says for one in changes] == ["Re-point org and routing, so that kim's login can be switched off"]


def test_a_refused_token_is_told_for_what_signs_in_with_it() -> None:
    refused = "{outcome=refused certainty=certain}"
    picture = f"app:Integration -AUTHENTICATES_WITH-> t:Grant\nt -AUTHORIZED_BY-> kim_sf:Account {refused}"
    (finding,) = found(verdicts_of(picture), "OO04")
    assert finding.because.startswith("app signs in with a token of kim_sf")


@pytest.mark.parametrize("login", ["kim_sf:Account {account_type=unknown}", ""], ids=["unknown type", "never read"])
def test_a_refused_login_of_which_nothing_is_known_leaves_the_question_open(login: str) -> None:
    picture = REFUSED.replace("kim:Person -HAS_ACCOUNT-> kim_sf", "").replace("kim_sf:Account", "kim_sf")
    verdicts = verdicts_of(f"{picture}\n{login}")
    assert subjects(verdicts, "OO04") == []
    assert "org" in unjudged(verdicts, "OO04")


def test_without_the_list_of_routes_no_last_day_is_clear() -> None:
    verdicts = verdicts_of("org:System\ncoverage org {inventory=rules kinds=ROUTES_TO state=denied reason=no}")
    assert unjudged(verdicts, "OO04") == {"org": ("rules",)}
    assert clear(verdicts, "OO04") == []


@pytest.mark.parametrize("code", ["OO01", "OO02"])
@pytest.mark.parametrize("users", ["state=partial reason=freezes", ""], ids=["freezes not read", "no list of logins"])
def test_without_knowing_which_logins_are_off_nothing_is_clear(code: str, users: str) -> None:
    lists = "kinds=Integration,Automation,AUTHORIZED_BY,NOTIFIES"
    listed = f"coverage org {{inventory=users kinds=Account {users}}}" if users else ""
    verdicts = verdicts_of(f"org:System\ncoverage org {{inventory=all {lists}}}\n{listed}")
    assert clear(verdicts, code) == []
    assert unjudged(verdicts, code) == {"org": ("users" if users else "none listed",)}


def test_an_alarm_is_not_judged_where_freezes_were_not_read() -> None:
    half = "coverage org {inventory=users kinds=Account state=partial reason=freezes}"
    verdicts = verdicts_of(f"{ALARM}\n{GONE}\n{half}")
    assert subjects(verdicts, "OO02") == []
    assert "org" in unjudged(verdicts, "OO02")


def test_a_frozen_login_is_called_frozen() -> None:
    (finding,) = found(verdicts_of(LEFT.replace("active=false", "frozen=true")), "OO01")
    assert finding.because == "app holds a token of old, which is frozen"
    (finding,) = found(verdicts_of(LEFT.replace("active=false", "active=false frozen=true")), "OO01")
    assert finding.because == "app holds a token of old, which is switched off"


def test_what_only_log_ins_show_is_no_token_that_was_left_behind() -> None:
    verdicts = verdicts_of(f"{LEFT}\nt:Grant {{only_log_ins=true}}")
    assert subjects(verdicts, "OO01") == []
    assert clear(verdicts, "OO01") == ["org"]
