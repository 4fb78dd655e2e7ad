"""ST03 and ST08: tokens that the platform will not keep, or will not give again."""

from itertools import count

import pytest

from stackmap.model import Severity
from tests.support.stacks import clear, found, subjects, unjudged, verdicts_of

STOPS = "{outcome=stops certainty=certain}"
WHOLE = "coverage org {inventory=tokens kinds=AUTHORIZED_BY,Integration}"


def tokens(number: int, login: str = "kim_sf", limit: str = "token_limit=5") -> str:
    lines = [f"app:Integration {{{limit}}}", "app -PART_OF-> org:System", f"{login}:Account", WHOLE]
    for n in range(number):
        grant = f"{login}_t{n}"
        lines += [f"{grant}:Grant {{token=true}}", f"app -AUTHENTICATES_WITH-> {grant} {{slot=app}}"]
        lines.append(f"{grant} -AUTHORIZED_BY-> {login} {STOPS}")
    return "\n".join(lines)


@pytest.mark.parametrize("number", [5, 6])
def test_at_the_limit_the_next_sign_in_revokes_one_whichever_the_platform_takes(number: int) -> None:
    (finding,) = found(verdicts_of(tokens(number)), "ST03")
    assert (finding.subject, finding.path, finding.severity) == ("app", ("kim_sf",), Severity.HIGH)
    assert finding.because == f"kim_sf holds {number} tokens of app, 5 are kept: the next sign-in revokes one"


def test_one_below_the_limit_is_medium() -> None:
    (finding,) = found(verdicts_of(tokens(4)), "ST03")
    assert (finding.severity, finding.graded) == (Severity.MEDIUM, "lower: one more is free")
    assert finding.because.endswith("after one more, the next sign-in revokes one")


def test_two_below_the_limit_is_fine() -> None:
    verdicts = verdicts_of(tokens(3))
    assert subjects(verdicts, "ST03") == []
    assert clear(verdicts, "ST03") == ["org"]


def test_the_limit_is_each_logins_own() -> None:
    assert subjects(verdicts_of(f"{tokens(3)}\n{tokens(3, 'lee_sf')}"), "ST03") == []


def test_an_integration_login_is_held_to_the_limit_too() -> None:
    assert subjects(verdicts_of(f"{tokens(5)}\nkim_sf:Account {{account_type=integration}}"), "ST03") == ["app"]


@pytest.mark.parametrize("limit", ["", "token_limit=true"])
def test_an_app_without_a_limit_is_never_full(limit: str) -> None:
    assert subjects(verdicts_of(tokens(6, limit=limit)), "ST03") == []


def test_a_trace_of_a_log_in_is_no_stored_token() -> None:
    assert subjects(verdicts_of(tokens(5).replace("{token=true}", "")), "ST03") == []


@pytest.mark.parametrize("off", ["kim_sf:Account {active=false}", "app:Integration {active=false}"])
def test_tokens_of_what_is_switched_off_are_not_counted(off: str) -> None:
    assert subjects(verdicts_of(f"{tokens(5)}\n{off}"), "ST03") == []


def test_an_app_that_many_use_for_themselves_counts_less() -> None:
    others = "\n".join(tokens(1, f"u{n}") for n in range(6))
    (finding,) = found(verdicts_of(f"{tokens(5)}\n{others}"), "ST03")
    assert finding.severity is Severity.MEDIUM


@pytest.mark.parametrize("code", ["ST03", "ST08"])
def test_tokens_are_not_judged_over_a_capped_list(code: str) -> None:
    verdicts = verdicts_of(tokens(1).replace(WHOLE, WHOLE.replace("}", " state=partial reason=cap}")))
    assert unjudged(verdicts, code) == {"org": ("tokens",)}
    assert clear(verdicts, code) == []


@pytest.mark.parametrize("code", ["ST03", "ST08"])
def test_tokens_whose_login_was_never_read_leave_the_question_open(code: str) -> None:
    picture = tokens(2).replace("kim_sf:Account\n", "").replace("{token_limit=5}", "{token_limit=5 installed=false}")
    assert "org" in unjudged(verdicts_of(picture), code)


def phantom(more: str = "") -> str:
    return f"{tokens(1, limit='installed=false')}\n{more}"


def test_a_person_held_token_of_an_app_that_is_not_installed_is_critical() -> None:
    (finding,) = found(verdicts_of(phantom()), "ST08")
    assert (finding.subject, finding.path, finding.severity) == ("app", (), Severity.CRITICAL)
    assert finding.because == "app is used, and no app of that name is installed; kim_sf holds its token"
    assert len(finding.evidence) >= 1


@pytest.mark.parametrize(
    "more",
    ["kim_sf:Account {account_type=integration}", "kim_sf:Account {active=false}", "kim_sf_t0:Grant {active=false}"],
)
def test_a_phantom_app_whose_token_no_person_holds_is_high(more: str) -> None:
    (finding,) = found(verdicts_of(phantom(more)), "ST08")
    assert finding.severity is Severity.HIGH


def test_even_a_token_that_outlives_its_login_cannot_be_had_again() -> None:
    assert found(verdicts_of(phantom().replace("=stops", "=survives")), "ST08")[0].severity is Severity.CRITICAL


@pytest.mark.parametrize("limit", ["", "installed=true"])
def test_only_an_app_read_as_not_installed_is_a_phantom(limit: str) -> None:
    verdicts = verdicts_of(tokens(1, limit=limit))
    assert subjects(verdicts, "ST08") == []
    assert clear(verdicts, "ST08") == ["org"]


def test_many_holders_of_a_phantom_app_are_one_finding() -> None:
    picture = "\n".join(tokens(1, f"u{n}", "installed=false") for n, _ in zip(range(7), count(), strict=False))
    (finding,) = found(verdicts_of(picture), "ST08")
    assert finding.because.endswith("u0, u1, u2 and 4 more hold its tokens")


def test_what_only_log_ins_show_fills_no_place_and_is_no_persons_token() -> None:
    seen = "\n".join(f"kim_sf_t{n}:Grant {{only_log_ins=true}}" for n in range(5))
    verdicts = verdicts_of(f"{tokens(5, limit='token_limit=5 installed=false')}\n{seen}")
    assert subjects(verdicts, "ST03") == []
    (finding,) = found(verdicts, "ST08")
    assert (finding.because, finding.severity) == ("app is used, and no app of that name is installed", Severity.HIGH)
