"""Whom a plan prefers, of people who could all take something over, and what it says of them."""

from __future__ import annotations

import pytest

from stackmap.analysis.succession.plan import HandOver, second_holders
from stackmap.analysis.succession.sharing import Fit
from tests.support.stacks import case_of

_PLACE = """
    acme/prod/system/prod:System
    acme/prod/account/lena:Account -ADMINISTERS-> acme/prod/system/prod
    lena:Person -HAS_ACCOUNT-> acme/prod/account/lena
    list:Automation -PART_OF-> acme/prod/system/prod
    sync:Automation -PART_OF-> acme/prod/system/prod
"""
_LOGIN = """
    {0}:Person -HAS_ACCOUNT-> acme/prod/account/{0}:Account
    acme/prod/account/{0} -PART_OF-> acme/prod/system/prod
"""
_SAME_TEAM = "{0} -MEMBER_OF-> ops:Team\n lena -MEMBER_OF-> ops"
_RUNS = "job-of-{0}:Automation -RUNS_AS-> acme/prod/account/{0} {{outcome=stops certainty=certain}}"
_OWNS = "sync -OWNED_BY-> {0}"
_OWNS_BY_LOGIN = "sync -OWNED_BY-> acme/prod/account/{0}"
_NAMED = "source manifest\n sync -OWNED_BY-> {0} {{backup=true how=declared}}"


def _administering(more: str, *here: str) -> HandOver:
    """Who administers it beside Lena, of those with a login there."""
    picture = "\n".join([_PLACE, *map(_LOGIN.format, here), more])
    (one,) = second_holders(case_of(picture).analysis, ["list"]).care.hand_overs
    return one


@pytest.mark.parametrize(
    ("reason", "fit"),
    [
        (_SAME_TEAM, Fit.SAME_TEAM),
        (_NAMED, Fit.NAMED_THERE),
        (_RUNS, Fit.RUNS_THINGS),
        (_OWNS, Fit.OWNS_THINGS),
        (_OWNS_BY_LOGIN, Fit.OWNS_THINGS),
    ],
)
def test_of_people_with_a_login_there_the_one_with_a_reason_takes_over(reason: str, fit: Fit) -> None:
    one = _administering(reason.format("ravi"), "anna", "ravi")
    assert (one.second, one.fit) == ("ravi", fit)


@pytest.mark.parametrize(("better", "worse"), [(_SAME_TEAM, _NAMED), (_NAMED, _RUNS), (_RUNS, _OWNS)])
def test_the_better_reason_wins_whoever_comes_first_by_id(better: str, worse: str) -> None:
    for first, second in (("anna", "ravi"), ("ravi", "anna")):
        reasons = sorted((better.format(first), worse.format(second)), key=lambda one: one.startswith("source"))
        assert _administering("\n".join(reasons), "anna", "ravi").second == first


def test_without_a_reason_a_login_there_is_one_and_who_has_none_cannot_administer() -> None:
    one = _administering(_NAMED.format("zoe:Person"), "ravi")
    assert (one.second, one.fit) == ("ravi", Fit.HAS_LOGIN)


@pytest.mark.parametrize("owned", ["anna", "ravi"])
def test_who_owns_one_login_is_in_charge_of_that_and_not_of_others_there(owned: str) -> None:
    """Whichever of them is asked about first."""
    crew = "\n".join(_LOGIN.format(one) + _RUNS.format(one) for one in ("anna", "ravi"))
    case = case_of(f"{_PLACE}\n{crew}\nzoe:Person\nacme/prod/account/{owned} -OWNED_BY-> zoe")
    plan = second_holders(case.analysis, ["job-of-anna", "job-of-ravi"]).running
    fits = {one.hold.person: (one.second, one.fit) for one in plan.hand_overs}
    ((other, meant),) = ((person, fit) for person, fit in fits.items() if person != owned)
    assert fits[owned] == ("zoe", Fit.IN_CHARGE)
    assert meant[0] != "zoe"
    assert other != owned


def test_who_owns_only_what_is_off_owns_nothing_there() -> None:
    off = "old:Automation {active=false}\n old -PART_OF-> acme/prod/system/prod\n old -OWNED_BY-> ravi"
    assert _administering(off, "anna", "ravi").second == "anna"


def test_whoever_fits_best_has_room_to_administer_even_after_their_share_of_logins() -> None:
    """Ravi alone can hold what hangs on Lena elsewhere, which is his share; the others just have a login."""
    elsewhere = "\n".join(
        f"""
        lena -HAS_ACCOUNT-> tool{one}/prod/account/lena:Account
        ravi -HAS_ACCOUNT-> tool{one}/prod/account/ravi:Account
        thing{one}:Automation -RUNS_AS-> tool{one}/prod/account/lena {{outcome=stops certainty=certain}}
        """
        for one in range(2)
    )
    picture = "\n".join([_PLACE, *map(_LOGIN.format, ("anna", "ravi", "zoe")), elsewhere, _NAMED.format("ravi")])
    plan = second_holders(case_of(picture).analysis, ["list", "thing0", "thing1"])
    assert [one.second for one in plan.running.hand_overs] == ["ravi", "ravi"]
    assert [one.second for one in plan.care.hand_overs] == ["ravi"]
