"""PA01 and PA03: apps and syncs that sign in with a person's token."""

import pytest

from stackmap.model import Policy, Severity
from stackmap.rules import CRITICAL_WEIGHT, biggest_changes, evaluate
from tests.support.stacks import case_of, clear, found, subjects, unjudged, verdicts_of

STOPS = "{outcome=stops certainty=certain}"
WHOLE = "coverage org {inventory=tokens kinds=Grant,AUTHORIZED_BY,Integration}"
APP = f"""
    app:Integration -PART_OF-> org:System
    app -AUTHENTICATES_WITH-> t1:Grant {{slot=app}}
    t1 -AUTHORIZED_BY-> kim_sf:Account {STOPS}
    {WHOLE}
"""
KIM = "kim:Person -HAS_ACCOUNT-> kim_sf"
SECOND = f"""
    app -AUTHENTICATES_WITH-> t2:Grant {{slot=app}}
    t2 -AUTHORIZED_BY-> lee_sf:Account {STOPS}
"""
SYNC = f"app:Integration {{link=a-b}}\n{APP}"


def many(people: int) -> str:
    lines = ["app:Integration -PART_OF-> org:System", WHOLE]
    for n in range(people):
        lines += [f"app -AUTHENTICATES_WITH-> g{n}:Grant {{slot=app}}", f"g{n} -AUTHORIZED_BY-> u{n}:Account {STOPS}"]
    return "\n".join(lines)


def test_the_only_token_of_an_app_in_one_persons_hands_is_critical() -> None:
    (finding,) = found(verdicts_of(f"{APP}\n{KIM}"), "PA01")
    assert (finding.subject, finding.path, finding.severity) == ("app", ("kim_sf",), Severity.CRITICAL)
    assert finding.because == "app signs in with a token of kim_sf, the login of kim"
    assert finding.graded == "higher: it is the app's only live token"
    assert finding.evidence


def test_a_second_live_token_of_somebody_else_lowers_it_to_high() -> None:
    findings = found(verdicts_of(f"{APP}\n{KIM}\n{SECOND}"), "PA01")
    assert [(one.path, one.severity) for one in findings] == [
        (("kim_sf",), Severity.HIGH),
        (("lee_sf",), Severity.HIGH),
    ]


def test_three_tokens_of_one_login_are_one_finding_and_no_backup_of_each_other() -> None:
    more = f"app -AUTHENTICATES_WITH-> t2:Grant {{slot=app}}\nt2 -AUTHORIZED_BY-> kim_sf {STOPS}"
    (finding,) = found(verdicts_of(f"{APP}\n{KIM}\n{more}"), "PA01")
    assert finding.severity is Severity.CRITICAL
    assert "2 tokens of kim_sf" in finding.because


@pytest.mark.parametrize("dead", ["t2:Grant {active=false}", "lee_sf:Account {active=false}"])
def test_a_dead_token_beside_it_is_no_backup(dead: str) -> None:
    (finding,) = found(verdicts_of(f"{APP}\n{KIM}\n{SECOND}\n{dead}"), "PA01")
    assert (finding.path, finding.severity) == (("kim_sf",), Severity.CRITICAL)


def test_of_two_tokens_the_idle_one_is_no_backup_and_counts_less() -> None:
    findings = found(verdicts_of(f"{APP}\n{KIM}\n{SECOND}\nt2:Grant {{last_used=2022-03-01}}"), "PA01")
    by_login = {one.path[0]: one for one in findings}
    assert by_login["kim_sf"].severity is Severity.CRITICAL
    assert (by_login["lee_sf"].severity, by_login["lee_sf"].graded) == (
        Severity.MEDIUM,
        "lower: no use seen within 90 days",
    )
    assert by_login["lee_sf"].because.endswith("no use seen within 90 days")


def test_the_only_token_without_use_is_high_and_says_so() -> None:
    (finding,) = found(verdicts_of(f"{APP}\n{KIM}\nt1:Grant {{last_used=2026-08-23}}"), "PA01")
    assert finding.severity is Severity.HIGH
    assert "no use seen within 90 days" in finding.because


@pytest.mark.parametrize("used", ["", "t1:Grant {last_used=2026-08-24}"])
def test_use_on_the_ninetieth_day_and_use_that_nobody_read_count_as_use(used: str) -> None:
    (finding,) = found(verdicts_of(f"{APP}\n{KIM}\n{used}"), "PA01")
    assert finding.severity is Severity.CRITICAL


def test_tokens_for_two_places_are_no_backups_of_each_other() -> None:
    picture = f"{APP}\n{KIM}\n{SECOND}".replace("t2:Grant {slot=app}", "t2:Grant {slot=there}")
    findings = found(verdicts_of(picture), "PA01")
    assert [one.severity for one in findings] == [Severity.CRITICAL, Severity.CRITICAL]


def test_a_token_whose_loss_may_break_nothing_weighs_one_step_less() -> None:
    open_end = STOPS.replace("stops certainty=certain", "unknown certainty=possible")
    picture = f"{APP}\n{KIM}\n{SECOND}".replace(STOPS, open_end)
    assert {one.severity for one in found(verdicts_of(picture), "PA01")} == {Severity.MEDIUM}
    (alone,) = found(verdicts_of(f"{APP}\n{KIM}".replace(STOPS, open_end)), "PA01")
    assert (alone.severity, alone.graded) == (Severity.HIGH, "")


def test_an_outcome_that_nobody_knows_is_found_and_called_unknown() -> None:
    picture = f"{APP}\n{KIM}".replace(STOPS, "{outcome=unknown certainty=possible}")
    (finding,) = found(verdicts_of(picture), "PA01")
    assert finding.because.endswith("what becomes of it when the login goes is not known")


@pytest.mark.parametrize("outcome", ["survives", "refused"])
def test_a_token_that_outlives_the_login_is_not_held_by_it(outcome: str) -> None:
    verdicts = verdicts_of(f"{APP}\n{KIM}".replace("=stops", f"={outcome}"))
    assert subjects(verdicts, "PA01") == []
    assert clear(verdicts, "PA01") == ["org"]


@pytest.mark.parametrize("kind", ["integration", "vendor_managed", "shared"])
def test_a_token_of_a_login_of_no_person_is_fine_even_under_an_ex_employees_name(kind: str) -> None:
    verdicts = verdicts_of(f"{APP}\n{KIM}\nkim_sf:Account {{account_type={kind}}}")
    assert subjects(verdicts, "PA01") == []
    assert clear(verdicts, "PA01") == ["org"]


def test_a_token_of_a_login_that_nobody_is_tied_to_is_personal_still() -> None:
    (finding,) = found(verdicts_of(APP), "PA01")
    assert "somebody no source names" in finding.because


@pytest.mark.parametrize("off", ["app:Integration {active=false}", "t1:Grant {active=false}"])
def test_what_is_switched_off_holds_no_token(off: str) -> None:
    assert subjects(verdicts_of(f"{APP}\n{KIM}\n{off}"), "PA01") == []


def test_tokens_of_five_people_are_found_and_of_six_are_personal_use() -> None:
    assert len(found(verdicts_of(many(5)), "PA01")) == 5
    verdicts = verdicts_of(many(6))
    assert subjects(verdicts, "PA01") == []
    assert clear(verdicts, "PA01") == ["org"]


def test_an_app_of_your_notes_is_no_personal_use() -> None:
    declared = many(6).replace("g0:Grant {slot=app}", "g0:Grant {slot=app how=declared}")
    assert len(found(verdicts_of(declared), "PA01")) == 6


def test_syncs_and_ai_connections_are_left_to_their_own_rules() -> None:
    for said in ("link=a-b", "ai=true"):
        verdicts = verdicts_of(f"app:Integration {{{said}}}\n{APP}\n{KIM}")
        assert subjects(verdicts, "PA01") == subjects(verdicts, "PA02") == []


def test_an_agents_token_is_found_here() -> None:
    verdicts = verdicts_of(f"app:Integration {{ai=true app_kind=agent}}\n{APP}\n{KIM}")
    assert subjects(verdicts, "PA01") == ["app"]
    assert subjects(verdicts, "AI01") == []


@pytest.mark.parametrize(
    "picture",
    [
        APP.replace("kim_sf:Account", "kim_sf"),
        APP.replace("t1 -AUTHORIZED_BY", "t9:Grant -AUTHORIZED_BY"),
        APP.replace("t1:Grant {slot=app}", "t1").replace("t1 -AUTHORIZED_BY", "t9:Grant -AUTHORIZED_BY"),
    ],
    ids=["login never read", "no authoriser told", "token never read"],
)
def test_a_token_of_nobody_knows_whom_leaves_the_question_open(picture: str) -> None:
    verdicts = verdicts_of(picture)
    assert subjects(verdicts, "PA01") == []
    assert "org" in unjudged(verdicts, "PA01")


def test_a_login_of_unknown_type_leaves_the_question_open() -> None:
    verdicts = verdicts_of(f"{APP}\nkim_sf:Account {{account_type=unknown}}")
    assert subjects(verdicts, "PA01") == []
    assert "org" in unjudged(verdicts, "PA01")


@pytest.mark.parametrize("state", ["denied", "partial"])
def test_an_unread_list_of_tokens_is_never_clear(state: str) -> None:
    verdicts = verdicts_of(
        f"org:System\ncoverage org {{inventory=tokens kinds=AUTHORIZED_BY,Integration state={state}}}"
    )
    assert unjudged(verdicts, "PA01") == {"org": ("tokens",)}
    assert clear(verdicts, "PA01") == []


def test_a_capped_list_still_yields_the_token_that_was_read() -> None:
    verdicts = verdicts_of(f"{APP}\n{KIM}".replace("Integration}", "Integration state=partial reason=cap}"))
    assert subjects(verdicts, "PA01") == ["app"]
    assert "org" in unjudged(verdicts, "PA01")


KEYS = "coverage org {inventory=keys kinds=Credential,AUTHORIZED_BY,Integration}"
KEY = f"""
    app:Integration -PART_OF-> org:System
    app -AUTHENTICATES_WITH-> k1:Credential {{slot=app}}
    {KEYS}
"""


def test_an_api_key_that_one_person_made_is_found_like_a_token() -> None:
    (finding,) = found(verdicts_of(f"{KEY}\n{KIM}\nk1 -AUTHORIZED_BY-> kim_sf:Account {STOPS}"), "PA01")
    assert (finding.subject, finding.path, finding.severity) == ("app", ("kim_sf",), Severity.CRITICAL)


@pytest.mark.parametrize("made_by", ["", "k1 -AUTHORIZED_BY-> kim_sf:Account {outcome=survives certainty=certain}"])
def test_a_key_that_outlives_its_maker_and_one_that_is_nobodys_are_fine(made_by: str) -> None:
    verdicts = verdicts_of(f"{KEY}\nkim:Person -HAS_ACCOUNT-> kim_sf:Account\n{made_by}")
    assert found(verdicts, "PA01") == []
    assert clear(verdicts, "PA01") == ["org"]


def test_a_key_whose_maker_was_never_read_leaves_the_question_open() -> None:
    verdicts = verdicts_of(f"{KEY}\nk1 -AUTHORIZED_BY-> org/acme/account/77 {STOPS}")
    assert found(verdicts, "PA01") == []
    assert "org" in unjudged(verdicts, "PA01")


def test_a_critical_app_raises_high_by_one_step() -> None:
    picture = f"{APP}\n{KIM}\n{SECOND}"
    findings = found(evaluate(case_of(picture, policy=Policy(weights={"app": CRITICAL_WEIGHT}))), "PA01")
    assert {one.severity for one in findings} == {Severity.CRITICAL}


def test_persons_are_no_part_of_the_fingerprints_of_tokens() -> None:
    plain, other = verdicts_of(f"{APP}\n{KIM}"), verdicts_of(f"{APP}\nlee:Person -HAS_ACCOUNT-> kim_sf")
    assert found(plain, "PA01")[0].fingerprint == found(other, "PA01")[0].fingerprint


def test_all_that_hangs_on_one_login_is_one_change_whichever_rule_found_it() -> None:
    more = f"""
        sync:Integration {{link=a-b}}
        sync -RUNS_AS-> kim_sf {STOPS}
        old:Integration -RUNS_AS-> kim_sf {STOPS}
    """
    verdicts = verdicts_of(f"{APP}\n{KIM}\n{more}")
    changes = [one.says for one in biggest_changes(case_of(f"{APP}\n{KIM}\n{more}").graph, verdicts.findings)]
    assert changes[0] == "Move app, old and sync off kim's login"


def test_a_sync_on_one_persons_token_is_critical_and_found_once() -> None:
    verdicts = verdicts_of(f"{SYNC}\n{KIM}")
    (finding,) = found(verdicts, "PA03")
    assert (finding.subject, finding.path, finding.severity) == ("app", ("kim_sf",), Severity.CRITICAL)
    assert finding.because == "app signs in with a token of kim_sf, the login of kim"
    assert subjects(verdicts, "PA01") == subjects(verdicts, "PA02") == []


def test_a_native_sync_is_a_sync_even_where_its_far_end_is_not_told() -> None:
    picture = f"{APP}\n{KIM}"
    verdicts = evaluate(case_of(picture, properties={"app": {"app_kind": "native sync"}}))
    assert (subjects(verdicts, "PA03"), subjects(verdicts, "PA01")) == (["app"], [])


def test_a_sync_that_runs_as_the_person_who_authorised_it_is_one_finding_with_both() -> None:
    (finding,) = found(verdicts_of(f"{SYNC}\n{KIM}\napp -RUNS_AS-> kim_sf {STOPS}"), "PA03")
    assert finding.because == ("app runs as kim_sf, the login of kim and signs in with a token of that login")
    assert finding.severity is Severity.CRITICAL


def test_a_sync_token_without_use_counts_less() -> None:
    (finding,) = found(verdicts_of(f"{SYNC}\n{KIM}\nt1:Grant {{last_used=2022-01-01}}"), "PA03")
    assert (finding.severity, finding.graded) == (Severity.HIGH, "lower: no use seen within 90 days")


def test_a_sync_with_a_declared_second_token_goes_on_and_counts_less() -> None:
    group = "Grant {group=either how=declared}"
    picture = f"{SYNC}\n{KIM}\n{SECOND}\nlee:Person -HAS_ACCOUNT-> lee_sf"
    picture = picture.replace("Grant {slot=app}", group)
    findings = found(verdicts_of(picture), "PA03")
    assert [one.graded for one in findings] == ["lower: it goes on without this login"] * 2


def test_a_sync_of_a_vendor_managed_login_is_fine() -> None:
    verdicts = verdicts_of(
        f"{SYNC}\n{KIM}\nkim_sf:Account {{account_type=vendor_managed}}\ncoverage org {{kinds=RUNS_AS}}"
    )
    assert subjects(verdicts, "PA03") == []
    assert clear(verdicts, "PA03") == ["org"]


def test_a_sync_is_not_judged_over_unread_tokens() -> None:
    verdicts = verdicts_of("org:System\ncoverage org {inventory=tokens kinds=AUTHORIZED_BY,Integration state=denied}")
    assert unjudged(verdicts, "PA03") == {"org": ("tokens",)}


def test_a_sync_whose_login_was_never_read_leaves_the_question_open() -> None:
    verdicts = verdicts_of(SYNC.replace("kim_sf:Account", "kim_sf"))
    assert subjects(verdicts, "PA03") == []
    assert "org" in unjudged(verdicts, "PA03")


def test_what_only_log_ins_show_is_no_token_held_by_a_person() -> None:
    verdicts = verdicts_of(f"{APP}\n{KIM}\nt1:Grant {{only_log_ins=true}}")
    assert subjects(verdicts, "PA01") == []
    assert clear(verdicts, "PA01") == ["org"]


def test_log_ins_of_a_login_of_unknown_type_raise_no_question_of_tokens() -> None:
    verdicts = verdicts_of(f"{APP}\nkim_sf:Account {{account_type=unknown}}\nt1:Grant {{only_log_ins=true}}")
    assert clear(verdicts, "PA01") == ["org"]


def test_a_sync_that_was_seen_to_sign_in_as_a_person_is_told_without_a_token() -> None:
    (finding,) = found(verdicts_of(f"{SYNC}\n{KIM}\nt1:Grant {{only_log_ins=true}}"), "PA03")
    assert finding.because == "app was seen to sign in as kim_sf, the login of kim"


def test_several_tokens_of_one_login_are_together_the_only_live_ones() -> None:
    more = f"app -AUTHENTICATES_WITH-> t2:Grant {{slot=app}}\nt2 -AUTHORIZED_BY-> kim_sf {STOPS}"
    (finding,) = found(verdicts_of(f"{APP}\n{KIM}\n{more}"), "PA01")
    assert finding.graded == "higher: these are the app's only live tokens"


def test_a_sync_that_another_live_token_may_carry_counts_less() -> None:
    findings = found(verdicts_of(f"{SYNC}\n{KIM}\n{SECOND}"), "PA03")
    assert [(one.path, one.severity, one.graded) for one in findings] == [
        (("kim_sf",), Severity.HIGH, "lower: it is not the app's only live token"),
        (("lee_sf",), Severity.HIGH, "lower: it is not the app's only live token"),
    ]


@pytest.mark.parametrize(
    "dead", ["t2:Grant {active=false}", "lee_sf:Account {active=false}", "t2:Grant {last_used=2022-01-01}"]
)
def test_a_dead_or_idle_token_carries_no_sync(dead: str) -> None:
    by_login = {one.path[0]: one for one in found(verdicts_of(f"{SYNC}\n{KIM}\n{SECOND}\n{dead}"), "PA03")}
    assert by_login["kim_sf"].severity is Severity.CRITICAL


def test_a_sync_that_also_runs_as_the_person_is_not_carried_by_another_token() -> None:
    findings = found(verdicts_of(f"{SYNC}\n{KIM}\n{SECOND}\napp -RUNS_AS-> kim_sf {STOPS}"), "PA03")
    assert findings[0].severity is Severity.CRITICAL


def test_changes_that_differ_by_the_login_only_name_it() -> None:
    lee = "lee:Person -HAS_ACCOUNT-> lee_sf\nlee_sf -PART_OF-> org"
    picture = f"{APP}\n{KIM}\n{SECOND}\n{lee}\napp -AUTHENTICATES_WITH-> t3:Grant {{slot=app}}"
    picture = f"{picture}\nt3 -AUTHORIZED_BY-> ghost:Account {STOPS}"
    picture += f"\nother:Integration -RUNS_AS-> max_sf:Account {STOPS}"
    changes = biggest_changes(case_of(picture).graph, verdicts_of(picture).findings)
    assert sorted(one.says for one in changes if one.says.startswith("Move")) == [
        "Move app off kim's login",
        "Move app off lee's login in org",
        "Move app off the login ghost",
        "Move other off the login max_sf",
    ]
