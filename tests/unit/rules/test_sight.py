"""CV01 to CV05: what could not be seen."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from stackmap.model import Coverage, EdgeKind, Reach, Severity
from stackmap.rules import evaluate
from tests.support.stacks import case_of, found, subjects, unjudged, verdicts_of

ALL = ("CV01", "CV02", "CV03", "CV04", "CV05")
QUIET = """
    sync:Integration -RUNS_AS-> bot:Account
    bot:Account {account_type=integration}
    kim:Person -HAS_ACCOUNT-> kim_sf:Account
    coverage org {inventory=apps kinds=RUNS_AS}
"""


@pytest.mark.parametrize("code", ALL)
def test_a_stack_read_whole_is_told_nothing(code: str) -> None:
    assert subjects(verdicts_of(QUIET), code) == []


@pytest.mark.parametrize("code", ALL)
def test_judgements_of_our_own_sight_are_never_withheld_nor_clear(code: str) -> None:
    verdicts = verdicts_of("org:System\ncoverage org {inventory=apps kinds=RUNS_AS state=denied reason=no}")
    assert unjudged(verdicts, code) == {}
    assert all(rule != code for rule, _ in verdicts.clear)


def coverage(state: Reach, code: str = "") -> Coverage:
    return Coverage(
        "crm", "acme/prod", "tokens", state, frozenset({EdgeKind.AUTHORIZED_BY}), reason="its reason",
        needs=("Manage Users",), records=2500, vendor_code=code,
    )  # fmt: skip


def test_a_refused_list_is_told_with_the_permission_it_needs() -> None:
    verdicts = evaluate(case_of("acme/prod/system/prod:System", coverage=[coverage(Reach.DENIED)]))
    (finding,) = found(verdicts, "CV01")
    assert (finding.subject, finding.severity) == ("acme/prod/system/prod", Severity.INFO)
    assert finding.because == 'acme/prod/system/prod refused the list "tokens": its reason (needs Manage Users)'
    assert [(item.source, item.inventory) for item in finding.evidence] == [("crm", "tokens")]


def test_a_permission_that_the_reason_names_is_not_named_twice() -> None:
    said = Coverage("crm", "acme/prod", "audit", Reach.DENIED, reason="needs audit:read", needs=("audit:read",))
    (finding,) = found(evaluate(case_of("x:Dataset", coverage=[said])), "CV01")
    assert finding.because == 'acme/prod refused the list "audit": needs audit:read'


def test_two_refused_lists_of_one_system_are_two_findings() -> None:
    picture = "\n".join(f"coverage org {{inventory={name} state=denied reason=no}}" for name in ("apps", "jobs"))
    assert len({finding.fingerprint for finding in found(verdicts_of(picture), "CV01")}) == 2


def test_a_list_read_in_part_is_told_with_its_size() -> None:
    (finding,) = found(evaluate(case_of("x:Dataset", coverage=[coverage(Reach.PARTIAL)])), "CV02")
    assert "2500 records: its reason" in finding.because
    assert finding.subject == "acme/prod"


def test_a_list_read_in_part_is_told_with_the_day_on_which_it_was_read() -> None:
    dated = replace(coverage(Reach.PARTIAL), read_at=datetime(2026, 10, 3, tzinfo=UTC))
    (finding,) = found(evaluate(case_of("x:Dataset", coverage=[dated])), "CV02")
    assert "2500 records as of 2026-10-03: its reason" in finding.because


@pytest.mark.parametrize(("code", "hits"), [("own-only", 1), ("403", 0)])
def test_a_list_of_the_readers_own_records_is_told(code: str, hits: int) -> None:
    verdicts = evaluate(case_of("x:Dataset", coverage=[coverage(Reach.COMPLETE, code)]))
    assert len(found(verdicts, "CV03")) == hits


def test_of_a_file_that_holds_one_persons_things_the_reason_says_whose() -> None:
    said = replace(coverage(Reach.PARTIAL, "own-only"), fix_by=None, reason="only what ann built")
    (finding,) = found(evaluate(case_of("x:Dataset", coverage=[said])), "CV03")
    assert finding.because == 'acme/prod: the list "tokens" shows only what ann built'


def test_a_personal_login_of_nobody_on_which_things_hang_is_told_by_itself() -> None:
    (finding,) = found(verdicts_of("sync:Integration -RUNS_AS-> kim_sf:Account"), "CV04")
    assert finding.subject == "kim_sf"
    assert finding.because == "sync hangs on kim_sf, a login tied to nobody"


def test_namesakes_and_systems_of_one_name_are_told_apart() -> None:
    picture = """
        crm/live/account/1:Account -PART_OF-> crm/live/system/live:System
        crm/test/account/2:Account -PART_OF-> crm/test/system/test:System
        crm/live/automation/1:Automation -RUNS_AS-> crm/live/account/1
        crm/live/automation/2:Automation -RUNS_AS-> crm/live/account/1
        crm/live/automation/1 -PART_OF-> crm/live/system/live
        crm/live/automation/2 -PART_OF-> crm/live/system/live
    """
    systems = dict.fromkeys(("crm/live/system/live", "crm/test/system/test"), "CRM")
    things = dict.fromkeys(("crm/live/automation/1", "crm/live/automation/2"), "Sync")
    told = {one.because for one in found(evaluate(case_of(picture, names={**systems, **things})), "CV04")}
    assert told == {
        "Sync (id 1) and Sync (id 2) hang on crm/live/account/1, a login tied to nobody",
        "1 person's login is tied to nobody in CRM (id test)",
    }


def test_idle_personal_logins_of_nobody_are_counted_per_system() -> None:
    (finding,) = found(verdicts_of("a:Account -PART_OF-> org:System\nb:Account -PART_OF-> org"), "CV04")
    assert (finding.subject, finding.because) == ("org", "2 people's logins are tied to nobody in org")


def test_a_token_hands_what_hangs_on_it_to_its_login() -> None:
    picture = "sync:Integration -AUTHENTICATES_WITH-> t:Grant\nt -AUTHORIZED_BY-> who:Account {outcome=stops}"
    assert subjects(verdicts_of(picture), "CV04") == ["who"]


def test_a_login_that_was_never_read_is_told_by_its_keys() -> None:
    picture = """
        sync:Integration -AUTHENTICATES_WITH-> key:Credential
        key -AUTHORIZED_BY-> acme/prod/account/unread%3A1 {outcome=stops}
    """
    (finding,) = found(verdicts_of(picture), "CV04")
    assert finding.because == 'sync hangs on a login that was not read, the one behind "key"'


def test_a_login_that_was_never_read_is_told_where_things_hang_on_it() -> None:
    (finding,) = found(verdicts_of("sync:Integration -RUNS_AS-> somebody"), "CV04")
    assert (finding.subject, finding.because) == ("somebody", "sync hangs on a login that was not read")


@pytest.mark.parametrize("kind", ["integration", "shared"])
def test_a_login_of_no_person_needs_nobody(kind: str) -> None:
    picture = f"sync:Integration -RUNS_AS-> bot:Account\nbot:Account {{account_type={kind}}}"
    assert subjects(verdicts_of(picture), "CV04") == []


def test_a_login_of_unknown_type_is_told_only_where_things_hang_on_it() -> None:
    unknown = "a:Account {account_type=unknown}"
    assert subjects(verdicts_of(f"{unknown}\na -PART_OF-> org:System"), "CV04") == []
    assert subjects(verdicts_of(f"{unknown}\nsync:Integration -RUNS_AS-> a"), "CV04") == ["a"]


def test_a_link_made_by_name_is_told() -> None:
    (finding,) = found(verdicts_of("app:Integration -AUTHENTICATES_WITH-> t:Grant {how=inferred_name}"), "CV05")
    assert (finding.subject, finding.path) == ("app", ("AUTHENTICATES_WITH", "t"))


def test_a_name_that_a_key_confirms_is_no_guess() -> None:
    picture = "app:Integration -AUTHENTICATES_WITH-> t:Grant {how=inferred_name}"
    second = "source notes\napp -AUTHENTICATES_WITH-> t {how=declared}"
    assert subjects(verdicts_of(f"{picture}\n{second}"), "CV05") == []


def test_a_tie_by_name_is_told_of_the_login_and_never_of_the_person() -> None:
    (finding,) = found(verdicts_of("kim:Person -HAS_ACCOUNT-> kim_sf:Account {how=inferred_name}"), "CV05")
    assert (finding.subject, finding.path) == ("kim_sf", ("HAS_ACCOUNT",))


def test_a_login_of_nobody_that_is_off_already_is_not_told() -> None:
    picture = "sync:Integration -RUNS_AS-> kim_sf:Account\nkim_sf:Account {active=false}"
    assert subjects(verdicts_of(picture), "CV04") == []


def test_a_list_that_failed_is_told_as_not_read_whole() -> None:
    verdicts = evaluate(case_of("x:Dataset", coverage=[coverage(Reach.FAILED)]))
    (finding,) = found(verdicts, "CV02")
    assert finding.because == 'acme/prod: the list "tokens" could not be read: its reason'
    assert finding.title == "A list was not read whole"
    assert subjects(verdicts, "CV01") == []


@pytest.mark.parametrize("state", [Reach.ABSENT, Reach.SKIPPED])
def test_a_list_that_is_not_there_or_was_not_asked_for_is_no_finding(state: Reach) -> None:
    verdicts = evaluate(case_of("x:Dataset", coverage=[coverage(state)]))
    assert subjects(verdicts, "CV01") == subjects(verdicts, "CV02") == []
