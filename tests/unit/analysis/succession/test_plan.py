"""Second holders in small pictures: what is planned, for whom, and what no plan can lift."""

from __future__ import annotations

from collections.abc import Collection

import pytest

from stackmap.analysis.succession.fewest import Proof
from stackmap.analysis.succession.holds import Holding, Way
from stackmap.analysis.succession.plan import HandOver, SecondHolders, second_holders
from stackmap.analysis.succession.remains import Remains, Why
from stackmap.analysis.succession.sharing import Fit
from tests.support.stacks import case_of

_CREW = """
    dana:Person -HAS_ACCOUNT-> acme/prod/account/dana:Account
    ravi:Person -HAS_ACCOUNT-> acme/prod/account/ravi:Account
    mia:Person -HAS_ACCOUNT-> acme/prod/account/mia:Account
"""
_DANAS = "sync:Integration -RUNS_AS-> acme/prod/account/dana {outcome=stops certainty=certain}"


def _plan(
    picture: str,
    wanted: Collection[str] | None = None,
    *,
    leaving: Collection[str] = (),
    at_most: int | None = None,
    crew: str = _CREW,
) -> SecondHolders:
    return second_holders(case_of(f"{crew}\n{picture}").analysis, wanted, leaving=leaving, at_most=at_most)


def _told(hand_over: HandOver) -> tuple[str, str | None, tuple[str, ...]]:
    return hand_over.hold.about.rpartition("/")[2], hand_over.second, hand_over.things


def _running(plan: SecondHolders) -> list[tuple[str, str | None, tuple[str, ...]]]:
    return [_told(one) for one in plan.running.hand_overs]


def _caring(plan: SecondHolders) -> list[tuple[str, str | None, tuple[str, ...]]]:
    return [_told(one) for one in plan.care.hand_overs]


def test_a_login_gets_a_second_holder_with_a_login_in_the_same_system() -> None:
    plan = _plan(_DANAS)
    assert _running(plan) == [("dana", "mia", ("sync",))]
    assert plan.running.lifted == ("sync",)
    assert plan.running.remains == ()
    assert plan.running.proof is Proof.FORCED


def test_what_lifts_most_comes_first() -> None:
    plan = _plan(f"""
        {_DANAS}
        alarm:Automation -RUNS_AS-> acme/prod/account/ravi {{outcome=stops certainty=certain}}
        digest:Automation -CALLS-> alarm
    """)
    assert [(login, things) for login, _, things in _running(plan)] == [
        ("ravi", ("alarm", "digest")),
        ("dana", ("sync",)),
    ]


def test_of_two_logins_of_which_one_suffices_only_one_needs_a_second_holder() -> None:
    """Two tokens of one app, proven to be alternatives, both authorised by the same person."""
    plan = _plan(
        """
        dana -HAS_ACCOUNT-> beta/prod/account/dana:Account
        app:Integration -AUTHENTICATES_WITH-> one:Grant {group=either proven=true}
        app -AUTHENTICATES_WITH-> two:Grant {group=either proven=true}
        one -AUTHORIZED_BY-> acme/prod/account/dana {outcome=stops certainty=certain}
        two -AUTHORIZED_BY-> beta/prod/account/dana {outcome=stops certainty=certain}
        """
    )
    assert _running(plan) == [("dana", "mia", ("app",))]
    assert plan.running.hand_overs[0].hold.about == "acme/prod/account/dana"
    assert plan.running.proof is Proof.SEARCHED
    assert plan.running.at_least == 1


def test_of_such_logins_the_one_is_chosen_that_somebody_can_share() -> None:
    plan = _plan(
        """
        dana -HAS_ACCOUNT-> aaaa/prod/account/dana:Account
        app:Integration -AUTHENTICATES_WITH-> one:Grant {group=either proven=true}
        app -AUTHENTICATES_WITH-> two:Grant {group=either proven=true}
        one -AUTHORIZED_BY-> aaaa/prod/account/dana {outcome=stops certainty=certain}
        two -AUTHORIZED_BY-> acme/prod/account/dana {outcome=stops certainty=certain}
        """
    )
    (one,) = plan.running.hand_overs
    assert (one.hold.about, one.second) == ("acme/prod/account/dana", "mia")


def test_what_already_has_two_people_needs_nothing() -> None:
    plan = _plan(
        """
        a:Automation -RUNS_AS-> acme/prod/account/dana {outcome=stops certainty=certain}
        b:Automation -RUNS_AS-> acme/prod/account/ravi {outcome=stops certainty=certain}
        a -WRITES_TO-> list:Dataset
        b -WRITES_TO-> list
        """,
        ["list"],
    )
    assert plan.running.hand_overs == ()
    assert plan.running.remains == ()


def test_only_the_things_asked_about_are_lifted() -> None:
    other = "digest:Automation -RUNS_AS-> acme/prod/account/ravi {outcome=stops certainty=certain}"
    assert _running(_plan(f"{_DANAS}\n{other}", ["digest"])) == [("ravi", "dana", ("digest",))]


def test_whoever_leaves_first_takes_nothing_over() -> None:
    assert _running(_plan(_DANAS, leaving=["mia"])) == [("dana", "ravi", ("sync",))]
    assert _running(_plan(_DANAS, leaving=["mia", "ravi"])) == [("dana", None, ("sync",))]


def test_where_nobody_else_has_a_login_that_is_said_and_the_thing_stays_one_person_away() -> None:
    plan = _plan(_DANAS, crew="dana:Person -HAS_ACCOUNT-> acme/prod/account/dana:Account")
    assert _running(plan) == [("dana", None, ("sync",))]
    assert plan.running.hand_overs[0].could == 0
    assert plan.running.lifted == ()
    assert plan.running.remains == (Remains("sync", Why.NO_SECOND),)


def test_a_login_that_is_off_gets_no_second_holder() -> None:
    plan = _plan("""
        acme/prod/account/old:Account {frozen=true}
        dana -HAS_ACCOUNT-> acme/prod/account/old
        job:Automation -RUNS_AS-> acme/prod/account/old {frozen=survives/certain deactivated=stops/certain}
    """)
    assert _running(plan) == [("old", None, ("job",))]


def test_a_team_mate_comes_first_and_is_told_as_such() -> None:
    plan = _plan(f"""
        {_DANAS}
        digest:Automation -RUNS_AS-> acme/prod/account/mia {{outcome=stops certainty=certain}}
        dana -MEMBER_OF-> ops:Team
        ravi -MEMBER_OF-> ops
    """)
    (one,) = [one for one in plan.running.hand_overs if one.things == ("sync",)]
    assert (one.second, one.fit) == ("ravi", Fit.SAME_TEAM)


def test_else_whoever_runs_or_looks_after_something_there_comes_before_a_mere_login() -> None:
    plan = _plan(
        f"""
        {_DANAS}
        acme/prod/system/prod:System
        acme/prod/account/dana -PART_OF-> acme/prod/system/prod
        acme/prod/account/ravi -PART_OF-> acme/prod/system/prod
        acme/prod/account/mia -PART_OF-> acme/prod/system/prod
        acme/prod/account/ravi -ADMINISTERS-> acme/prod/system/prod
    """,
        ["sync"],
    )
    (one,) = plan.running.hand_overs
    assert (one.second, one.fit, one.could) == ("ravi", Fit.IN_CHARGE, 2)


@pytest.mark.parametrize(
    ("edge", "fit"),
    [
        ("digest:Automation -RUNS_AS-> acme/prod/account/ravi", Fit.RUNS_THINGS),
        ("phone:Grant -AUTHORIZED_BY-> acme/prod/account/ravi", Fit.HAS_LOGIN),
    ],
)
def test_who_runs_something_there_fits_better_than_who_has_an_app_on_the_phone(edge: str, fit: Fit) -> None:
    plan = _plan(f"{_DANAS}\n{edge} {{outcome=stops certainty=certain}}", ["sync"])
    (one,) = plan.running.hand_overs
    assert (one.second, one.fit) == ("ravi" if fit is Fit.RUNS_THINGS else "mia", fit)


def test_a_cap_that_nobody_can_reach_costs_nothing() -> None:
    assert _running(_plan(_DANAS, at_most=10**9)) == _running(_plan(_DANAS))


def test_what_somebody_does_by_hand_goes_to_the_team() -> None:
    plan = _plan("""
        upload:Automation -RUNS_AS-> dana {outcome=stops certainty=certain}
        dana -MEMBER_OF-> ops:Team
        ravi -MEMBER_OF-> ops
    """)
    (one,) = plan.running.hand_overs
    assert (one.hold.way, one.second, one.fit) == (Way.IN_PERSON, "ravi", Fit.SAME_TEAM)
    assert plan.running.lifted == ("upload",)


def test_nothing_is_planned_for_somebody_who_has_left_and_it_is_said_why() -> None:
    plan = _plan(f"""
        {_DANAS}
        dana:Person {{active=false}}
    """)
    assert plan.running.hand_overs == ()
    assert plan.running.remains == (Remains("sync", Why.LEFT_ALREADY),)


def test_what_hangs_on_somebody_who_has_left_as_well_is_no_part_of_the_plan() -> None:
    """A second holder of the other login alone would lift nothing."""
    plan = _plan(f"""
        {_DANAS}
        sync -RUNS_AS-> acme/prod/account/mia {{outcome=stops certainty=certain}}
        mia:Person {{active=false}}
        digest:Automation -RUNS_AS-> acme/prod/account/dana {{outcome=stops certainty=certain}}
    """)
    assert _running(plan) == [("dana", "ravi", ("digest",))]
    assert plan.running.lifted == ("digest",)
    assert plan.running.remains == (Remains("sync", Why.LEFT_ALREADY),)
    assert (plan.one_away, plan.helped) == (("digest", "sync"), 1)


def test_what_goes_with_whoever_leaves_first_needs_no_second_holder_and_is_told() -> None:
    picture = f"{_DANAS}\n digest:Automation -RUNS_AS-> acme/prod/account/ravi {{outcome=stops certainty=certain}}"
    plan = _plan(picture, leaving=["dana"])
    assert _running(plan) == [("ravi", "mia", ("digest",))]
    assert (plan.gone, plan.one_away, plan.helped) == (("sync",), ("digest",), 1)


def test_what_two_could_keep_running_hangs_on_one_once_the_other_has_left() -> None:
    picture = """
        app:Integration -AUTHENTICATES_WITH-> one:Grant {group=either proven=true}
        app -AUTHENTICATES_WITH-> two:Grant {group=either proven=true}
        one -AUTHORIZED_BY-> acme/prod/account/dana {outcome=stops certainty=certain}
        two -AUTHORIZED_BY-> acme/prod/account/ravi {outcome=stops certainty=certain}
    """
    assert _running(_plan(picture)) == []
    assert _running(_plan(picture, leaving=["dana"])) == [("ravi", "mia", ("app",))]


def test_what_two_look_after_one_looks_after_once_the_other_has_left() -> None:
    picture = (
        "flow:Automation -OWNED_BY-> dana\n flow -OWNED_BY-> ravi\n dana -MEMBER_OF-> ops:Team\n ravi -MEMBER_OF-> ops"
    )
    more = "\n mia -MEMBER_OF-> ops"
    assert _caring(_plan(picture + more)) == []
    assert _caring(_plan(picture + more, leaving=["dana"])) == [("flow", "mia", ("flow",))]


def test_somebody_of_whom_no_list_says_who_they_are_has_not_left() -> None:
    plan = _plan(
        "job:Automation -RUNS_AS-> acme/prod/account/x:Account {outcome=stops certainty=certain}",
        crew="""
        who -HAS_ACCOUNT-> acme/prod/account/x
    """,
    )
    assert plan.running.remains == (Remains("job", Why.NOT_KNOWN_WHOSE),)


def test_a_login_of_which_nobody_knows_whose_it_is_is_told_apart() -> None:
    plan = _plan("job:Automation -RUNS_AS-> acme/prod/account/whose:Account {outcome=stops certainty=certain}")
    assert plan.running.hand_overs == ()
    assert plan.running.remains == (Remains("job", Why.NOT_KNOWN_WHOSE, ("acme/prod/account/whose",)),)


def test_what_may_hang_on_one_person_is_no_part_of_the_plan_but_told() -> None:
    plan = _plan("""
        guess:Automation -RUNS_AS-> acme/prod/account/dana {outcome=unknown}
        lost:Automation -RUNS_AS-> acme/prod/account/unlisted {outcome=stops certainty=certain}
    """)
    assert plan.running.hand_overs == ()
    assert plan.running.remains == (Remains("guess", Why.NOT_PROVEN), Remains("lost", Why.NOT_READ))


def test_a_cap_is_kept_and_what_it_leaves_open_is_told() -> None:
    picture = """
        one:Automation -RUNS_AS-> acme/prod/account/dana {outcome=stops certainty=certain}
        dana -HAS_ACCOUNT-> beta/prod/account/dana:Account
        ravi -HAS_ACCOUNT-> beta/prod/account/ravi:Account
        two:Automation -RUNS_AS-> beta/prod/account/dana {outcome=stops certainty=certain}
    """
    plan = _plan(picture, leaving=["mia"], at_most=1)
    assert sorted(one.second or "" for one in plan.running.hand_overs) == ["", "ravi"]
    (left,) = [one for one in plan.running.hand_overs if one.second is None]
    assert left.could == 1
    assert [one.second for one in _plan(picture, leaving=["mia"]).running.hand_overs] == ["ravi", "ravi"]


def test_who_alone_cares_for_a_system_needs_one_more_administrator_for_everything_in_it() -> None:
    plan = _plan("""
        crm:System
        acme/prod/account/dana -PART_OF-> crm
        acme/prod/account/ravi -PART_OF-> crm
        acme/prod/account/dana -ADMINISTERS-> crm
        flow:Automation -PART_OF-> crm
        form:Endpoint -PART_OF-> crm
    """)
    assert plan.running.hand_overs == ()
    assert _caring(plan) == [("crm", "ravi", ("crm", "flow", "form"))]
    assert plan.care.lifted == ("crm", "flow", "form")


def test_a_thing_and_its_system_with_one_carer_need_one_hand_over_not_two() -> None:
    plan = _plan("""
        acme/prod/account/dana -PART_OF-> crm:System
        acme/prod/account/ravi -PART_OF-> crm
        acme/prod/account/dana -ADMINISTERS-> crm
        flow:Automation -PART_OF-> crm
        flow -OWNED_BY-> dana
    """)
    assert _caring(plan) == [("crm", "ravi", ("crm", "flow"))]


def test_a_second_holder_of_a_login_looks_after_things_too_so_they_are_not_planned_twice() -> None:
    plan = _plan(f"""
        {_DANAS}
        sync -OWNED_BY-> acme/prod/account/dana
    """)
    assert len(plan.running.hand_overs) == 1
    assert plan.care.hand_overs == ()
    assert plan.care.lifted == ("sync",)


def test_what_hangs_on_a_person_who_hangs_on_somebody_else_hangs_on_both() -> None:
    plan = _plan(
        """
        tool:Automation -RUNS_AS-> acme/prod/account/ravi {outcome=stops certainty=certain}
        dana -DEPENDS_ON-> tool
        upload:Automation -DEPENDS_ON-> dana
        """,
        ["upload"],
    )
    assert {one.hold.person for one in plan.running.hand_overs} == {"dana", "ravi"}


def test_what_is_broken_already_is_no_part_of_the_plan() -> None:
    plan = _plan(f"""
        {_DANAS}
        off:Automation {{active=false}}
        sync -DEPENDS_ON-> off
    """)
    assert plan.running.hand_overs == ()


def test_somebody_who_has_left_takes_nothing_over_though_a_login_of_theirs_is_on() -> None:
    picture = f"""
        {_DANAS}
        mia:Person {{active=false}}
        ravi:Person {{active=false}}
    """
    assert _running(_plan(picture)) == [("dana", None, ("sync",))]


def test_a_login_that_goes_off_with_anothers_makes_no_second_holder() -> None:
    picture = f"""
        {_DANAS}
        acme/prod/account/mia -PROVISIONED_BY-> acme/prod/account/dana
    """
    assert _running(_plan(picture)) == [("dana", "ravi", ("sync",))]


def test_a_login_of_two_is_held_by_neither_alone() -> None:
    case = case_of(f"""
        {_CREW}
        {_DANAS}
        mia -HAS_ACCOUNT-> acme/prod/account/dana
    """)
    held = Holding(case.analysis, ["dana", "mia", "ravi"], ["sync"]).holds
    assert held == {}


def test_two_who_agree_to_answer_for_a_thing_both_look_after_it() -> None:
    """Even where the first owner was only a guess by name: else the second would be alone with it."""
    plan = _plan("""
        sheet:Automation -OWNED_BY-> dana {outcome=stops certainty=certain how=inferred_name}
        dana -MEMBER_OF-> ops:Team
        ravi -MEMBER_OF-> ops
    """)
    assert _running(plan) == [("sheet", "ravi", ("sheet",))]
    assert plan.care.hand_overs == ()
