"""Backups that notes name come first, as far as they can take over; and what else makes somebody fit must be true."""

from __future__ import annotations

from collections.abc import Collection

import pytest

from stackmap.analysis.succession.plan import HandOver, second_holders
from stackmap.analysis.succession.sharing import Fit
from tests.support.stacks import case_of

_CREW = """
    dana:Person -HAS_ACCOUNT-> acme/prod/account/dana:Account
    ravi:Person -HAS_ACCOUNT-> acme/prod/account/ravi:Account
    mia:Person -HAS_ACCOUNT-> acme/prod/account/mia:Account
    noor:Person
    sync:Integration -RUNS_AS-> acme/prod/account/dana {outcome=stops certainty=certain}
    digest:Automation -RUNS_AS-> acme/prod/account/dana {outcome=stops certainty=certain}
    list:Dataset
    digest -WRITES_TO-> list
    dana -MEMBER_OF-> ops:Team
    mia -MEMBER_OF-> ops
"""


def _hand_overs(
    notes: str, *, more: str = "", leaving: Collection[str] = (), wanted: Collection[str] | None = None, cap: int = 9
) -> list[HandOver]:
    """The plan for what runs as Dana, with these notes beside what was read."""
    picture = f"{_CREW}\n{more}\n source manifest\n{notes}"
    plan = second_holders(case_of(picture).analysis, wanted, leaving=leaving, at_most=cap)
    return [one for one in plan.running.hand_overs if one.hold.person == "dana"]


def _second(
    notes: str, *, more: str = "", leaving: Collection[str] = (), wanted: Collection[str] | None = None
) -> tuple[str | None, Fit | None, tuple[str, ...]]:
    (one,) = _hand_overs(notes, more=more, leaving=leaving, wanted=wanted)
    return one.second, one.fit, one.backup_of


def test_a_backup_in_the_notes_comes_before_a_team_mate_with_a_login_there() -> None:
    assert _second("") == ("mia", Fit.SAME_TEAM, ())
    assert _second("sync -OWNED_BY-> ravi {backup=true how=declared}") == ("ravi", Fit.NAMED, ("sync",))


def test_a_backup_needs_no_login_there_yet() -> None:
    assert _second("sync -OWNED_BY-> noor {backup=true how=declared}") == ("noor", Fit.NAMED, ("sync",))


def test_an_owner_in_the_notes_is_no_backup_and_a_backup_elsewhere_is_not_of_the_notes() -> None:
    assert _second("sync -OWNED_BY-> ravi {how=declared}")[1] is not Fit.NAMED
    elsewhere = "source list\n sync -OWNED_BY-> ravi {backup=true how=declared}"
    assert _second("", more=elsewhere)[1] is not Fit.NAMED


def test_a_backup_whom_a_platform_calls_owner_too_is_one_all_the_same() -> None:
    read = "sync -OWNED_BY-> ravi"
    assert _second("sync -OWNED_BY-> ravi {backup=true how=declared}", more=read)[:2] == ("ravi", Fit.NAMED)


@pytest.mark.parametrize(
    ("notes", "second", "of"),
    [
        (("ravi sync", "mia sync", "mia digest"), "mia", ("digest", "sync")),
        (("ravi sync", "mia digest"), "mia", ("digest",)),
        (("ravi list",), "ravi", ("list",)),
        (("dana sync", "dana digest", "ravi digest"), "ravi", ("digest",)),
    ],
)
def test_of_several_the_one_named_for_most_then_by_id(notes: tuple[str, ...], second: str, of: tuple[str, ...]) -> None:
    """Never whoever holds it today."""
    pairs = [one.split() for one in notes]
    said = "\n".join(f"{thing} -OWNED_BY-> {person} {{backup=true how=declared}}" for person, thing in pairs)
    assert _second(said) == (second, Fit.NAMED, of)


def test_who_is_named_for_less_comes_next_where_the_first_has_no_room() -> None:
    notes = """
        sync -OWNED_BY-> ravi {backup=true how=declared}
        digest -OWNED_BY-> ravi {backup=true how=declared}
        list -OWNED_BY-> noor {backup=true how=declared}
        other -OWNED_BY-> ravi {backup=true how=declared}
    """
    more = """
        dana -HAS_ACCOUNT-> beta/prod/account/dana:Account
        ravi -HAS_ACCOUNT-> beta/prod/account/ravi:Account
        other:Integration -RUNS_AS-> beta/prod/account/dana {outcome=stops certainty=certain}
    """
    found = {one.hold.about: (one.second, one.fit) for one in _hand_overs(notes, more=more, cap=1)}
    assert found == {
        "acme/prod/account/dana": ("noor", Fit.NAMED_TOO),
        "beta/prod/account/dana": ("ravi", Fit.NAMED),
    }


def test_a_team_in_the_notes_stands_for_its_members() -> None:
    notes = "sync -OWNED_BY-> desk {backup=true how=declared}"
    assert _second(notes, more="noor -MEMBER_OF-> desk:Team")[:2] == ("noor", Fit.NAMED)


def test_a_backup_who_leaves_or_has_left_takes_nothing_over() -> None:
    notes = "sync -OWNED_BY-> ravi {backup=true how=declared}"
    assert _second(notes, leaving=["ravi"])[:2] == ("mia", Fit.SAME_TEAM)
    assert _second(notes, more="ravi:Person {active=false}")[:2] == ("mia", Fit.SAME_TEAM)
    assert _second(notes, more="acme/prod/account/ravi:Account {active=false}")[:2] == ("mia", Fit.SAME_TEAM)


def test_the_backup_of_what_hangs_on_the_login_counts_also_when_another_thing_was_asked_about() -> None:
    notes = "digest -OWNED_BY-> ravi {backup=true how=declared}"
    assert _second(notes, wanted=["list"]) == ("ravi", Fit.NAMED, ("digest",))


def test_an_administrator_must_have_a_login_so_a_backup_without_one_is_passed_over() -> None:
    """The backup is named by a login of theirs that is off, and through which they look after nothing."""
    picture = """
        acme/prod/system/prod:System
        acme/prod/account/dana -PART_OF-> acme/prod/system/prod
        acme/prod/account/ravi -PART_OF-> acme/prod/system/prod
        acme/prod/account/dana -ADMINISTERS-> acme/prod/system/prod
        old:Automation -PART_OF-> acme/prod/system/prod
        beta/prod/account/noor:Account {active=false}
        noor -HAS_ACCOUNT-> beta/prod/account/noor
        noor -HAS_ACCOUNT-> beta/prod/account/noors-other:Account
        source manifest
        old -OWNED_BY-> beta/prod/account/noor {backup=true how=declared}
    """
    (one,) = second_holders(case_of(f"{_CREW}\n{picture}").analysis, ["old"]).care.hand_overs
    assert (one.second, one.login) == ("mia", "acme/prod/account/mia")


def test_who_runs_only_what_is_off_does_not_run_things_there() -> None:
    more = """
        old:Automation {active=false}
        old -RUNS_AS-> acme/prod/account/ravi {outcome=stops certainty=certain}
    """
    assert _second("", more=more, leaving=["mia"])[:2] == ("ravi", Fit.HAS_LOGIN)
    assert _second("", more=more.replace("false", "true"), leaving=["mia"])[:2] == ("ravi", Fit.RUNS_THINGS)
