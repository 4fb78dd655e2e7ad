"""A queue that one person fills alone needs another member, not a second holder of that member's login."""

from __future__ import annotations

from collections.abc import Collection

import pytest

from stackmap.analysis.compiling.compiled import CompiledStack
from stackmap.analysis.gates.marks import Run, mark_of
from stackmap.analysis.succession.agreed import agreed
from stackmap.analysis.succession.candidates import Candidates
from stackmap.analysis.succession.fewest import Proof
from stackmap.analysis.succession.holds import Hold, Way
from stackmap.analysis.succession.memberships import Memberships
from stackmap.analysis.succession.plan import HandOver, SecondHolders, second_holders
from stackmap.model import EdgeKind, State
from tests.support.stacks import case_of

_CREW = """
    iris:Person -HAS_ACCOUNT-> acme/prod/account/iris:Account
    ravi:Person -HAS_ACCOUNT-> acme/prod/account/ravi:Account
    noor:Person -HAS_ACCOUNT-> beta/prod/account/noor:Account
"""
_QUEUE = """
    acme/prod/account/iris -MEMBER_OF-> acme/prod/group/events:Group
    rule:Automation -ROUTES_TO-> acme/prod/group/events {outcome=stops certainty=certain}
"""
_RUNS_AS_IRIS = "feed:Integration -RUNS_AS-> acme/prod/account/iris {outcome=stops certainty=certain}"
_QUEUES = "acme/prod/group/events"
_STARVES = mark_of(Run.POSSIBLE, State.STARVES)


def _plan(picture: str, *, leaving: Collection[str] = ()) -> SecondHolders:
    return second_holders(case_of(f"{_CREW}\n{picture}").analysis, leaving=leaving)


def _told(one: HandOver) -> tuple[Way, str, str | None, tuple[str, ...]]:
    return one.hold.way, one.hold.about, one.second, one.things


def _running(picture: str, *, leaving: Collection[str] = ()) -> list[tuple[Way, str, str | None, tuple[str, ...]]]:
    return [_told(one) for one in _plan(picture, leaving=leaving).running.hand_overs]


def test_a_queue_with_one_member_gets_another_with_a_login_of_their_own() -> None:
    plan = _plan(_QUEUE)
    (one,) = plan.running.hand_overs
    assert _told(one) == (Way.MEMBER, _QUEUES, "ravi", ("rule",))
    assert (one.hold.person, one.login) == ("iris", "acme/prod/account/ravi")
    assert plan.running.lifted == ("rule",)
    assert plan.running.remains == ()


def test_what_runs_as_the_members_login_is_another_hand_over() -> None:
    assert _running(f"{_QUEUE}\n{_RUNS_AS_IRIS}") == [
        (Way.LOGIN, "acme/prod/account/iris", "ravi", ("feed",)),
        (Way.MEMBER, _QUEUES, "ravi", ("rule",)),
    ]


def test_whoever_holds_a_members_login_too_is_no_member_more() -> None:
    """Judged again from the facts, with the login shared and nobody added to the queue."""
    analysis = case_of(f"{_CREW}\n{_QUEUE}\n{_RUNS_AS_IRIS}").analysis
    login = Hold("iris", Way.LOGIN, "acme/prod/account/iris")
    after = agreed(Candidates(analysis), {login: "ravi"})
    lost = _lost(after, "iris")
    assert "rule" in lost
    assert "feed" not in lost


def test_the_plan_makes_a_membership_and_no_tie_to_the_login() -> None:
    analysis = case_of(f"{_CREW}\n{_QUEUE}").analysis
    after = agreed(Candidates(analysis), {Hold("iris", Way.MEMBER, _QUEUES): "ravi"}).stack.graph
    members = {link.source for link in after.into(_QUEUES, EdgeKind.MEMBER_OF)}
    assert members == {"acme/prod/account/iris", "acme/prod/account/ravi"}
    assert {link.source for link in after.into("acme/prod/account/iris", EdgeKind.HAS_ACCOUNT)} == {"iris"}


def test_nobody_without_a_login_there_can_be_a_member_even_if_your_notes_name_them() -> None:
    notes = "source manifest\n rule -OWNED_BY-> noor {backup=true how=declared}"
    assert _running(f"{_QUEUE}\n{notes}") == [(Way.MEMBER, _QUEUES, "ravi", ("rule",))]
    assert _running(_QUEUE, leaving=["ravi"]) == [(Way.MEMBER, _QUEUES, None, ("rule",))]


def test_a_queue_that_has_only_one_member_left_once_some_have_left_needs_another() -> None:
    picture = f"""
        {_QUEUE}
        mia:Person -HAS_ACCOUNT-> acme/prod/account/mia:Account
        acme/prod/account/mia -MEMBER_OF-> {_QUEUES}
    """
    assert _running(picture) == []
    assert _running(picture, leaving=["mia"]) == [(Way.MEMBER, _QUEUES, "ravi", ("rule",))]


def test_a_members_login_that_goes_off_with_another_of_theirs_is_still_one_member() -> None:
    """As where a login of the directory takes all others with it."""
    picture = f"""
        {_QUEUE}
        iris -HAS_ACCOUNT-> okta/prod/account/iris:Account
        acme/prod/account/iris -PROVISIONED_BY-> okta/prod/account/iris
    """
    assert _running(picture) == [(Way.MEMBER, _QUEUES, "ravi", ("rule",))]


def test_two_logins_of_one_person_in_a_queue_are_one_member() -> None:
    picture = f"""
        {_QUEUE}
        iris -HAS_ACCOUNT-> acme/prod/account/iris2:Account
        acme/prod/account/iris2 -MEMBER_OF-> {_QUEUES}
    """
    assert _running(picture) == [(Way.MEMBER, _QUEUES, "ravi", ("rule",))]


def test_a_members_login_that_hangs_on_another_of_theirs_is_still_one_member() -> None:
    """Another member is enough: a second holder of either login would be one too many."""
    picture = f"""
        {_QUEUE}
        iris -HAS_ACCOUNT-> okta/prod/account/iris:Account
        acme/prod/account/iris -DEPENDS_ON-> okta/prod/account/iris
    """
    plan = _plan(picture).running
    assert [_told(one) for one in plan.hand_overs] == [(Way.MEMBER, _QUEUES, "ravi", ("rule",))]
    assert (plan.lifted, plan.proof, plan.at_least) == (("rule",), Proof.FORCED, 1)


def test_where_a_group_and_a_login_only_stop_later_nobody_is_needed() -> None:
    picture = f"""
        acme/prod/account/iris -MEMBER_OF-> {_QUEUES}:Group {{deactivated=later/certain transferred=stops/certain}}
        rule:Automation -ROUTES_TO-> {_QUEUES} {{outcome=stops certainty=certain}}
        iris -HAS_ACCOUNT-> okta/prod/account/iris:Account
        acme/prod/account/iris -DEPENDS_ON-> okta/prod/account/iris {{outcome=later certainty=certain}}
    """
    assert _running(picture) == []


_ON_WHAT_NOOR_RUNS = """
    sso:Automation -RUNS_AS-> beta/prod/account/noor {outcome=stops certainty=certain}
    acme/prod/account/iris -DEPENDS_ON-> sso
"""


def test_that_no_plan_is_smaller_is_not_claimed_where_a_members_login_hangs_on_what_others_hold() -> None:
    """A member whose login does not hang there would do for either leaving."""
    picture = f"{_QUEUE}\n{_ON_WHAT_NOOR_RUNS}"
    plan = second_holders(case_of(f"{_CREW}\n{picture}").analysis, ["rule"]).running
    assert {(one.hold.person, one.hold.way) for one in plan.hand_overs} == {("noor", Way.LOGIN), ("iris", Way.MEMBER)}
    assert (plan.proof, plan.at_least) == (Proof.NOT_PROVEN, 1)


_OFF = "acme/prod/account/old:Account {active=false}\n acme/prod/account/old -MEMBER_OF-> acme/prod/group/events"


def test_a_members_login_that_is_off_leaves_the_plan_as_sure() -> None:
    plan = _plan(f"{_QUEUE}\n{_OFF}\nnoor -HAS_ACCOUNT-> acme/prod/account/old").running
    assert [_told(one) for one in plan.hand_overs] == [(Way.MEMBER, _QUEUES, "ravi", ("rule",))]
    assert (plan.proof, plan.at_least) == (Proof.FORCED, 1)


def test_but_not_beside_a_login_that_goes_off_with_either_of_two() -> None:
    """A member more in the place of whoever is off already would do for both."""
    picture = f"{_QUEUE}\n{_OFF}\nnoor -HAS_ACCOUNT-> acme/prod/account/old\n"
    plan = _plan(f"{picture} acme/prod/account/iris -PROVISIONED_BY-> acme/prod/account/old").running
    assert (len(plan.hand_overs), plan.proof, plan.at_least) == (2, Proof.NOT_PROVEN, 1)


def test_what_hangs_on_no_such_queue_is_needed_all_the_same() -> None:
    """Noor's login for what runs as her, which is asked about here, and one more member at most."""
    plan = _plan(f"{_QUEUE}\n{_ON_WHAT_NOOR_RUNS}\n{_RUNS_AS_IRIS}").running
    assert (len(plan.hand_overs), plan.proof, plan.at_least) == (3, Proof.NOT_PROVEN, 2)


def test_a_login_that_some_share_and_one_is_a_member_with_goes_on_hanging_on_what_it_did() -> None:
    analysis = case_of(f"{_CREW}\n{_QUEUE}\n{_RUNS_AS_IRIS}\n{_ON_WHAT_NOOR_RUNS}").analysis
    login = Hold("iris", Way.LOGIN, "acme/prod/account/iris")
    after = agreed(Candidates(analysis), {login: "ravi"})
    assert {"rule", "feed", "sso"} <= _lost(after, "noor")


def test_and_where_two_agree_on_what_it_hangs_on_it_hangs_on_these() -> None:
    analysis = case_of(f"{_CREW}\n{_QUEUE}\n{_RUNS_AS_IRIS}\nacme/prod/account/iris -DEPENDS_ON-> noor").analysis
    login = Hold("iris", Way.LOGIN, "acme/prod/account/iris")
    (edge,) = analysis.stack.graph.out("acme/prod/account/iris", EdgeKind.DEPENDS_ON)
    by_hand = Hold("noor", Way.IN_PERSON, "acme/prod/account/iris", edge.key)
    assert "rule" in _lost(agreed(Candidates(analysis), {login: "ravi"}), "noor")
    assert "rule" not in _lost(agreed(Candidates(analysis), {login: "ravi", by_hand: "ravi"}), "noor")


@pytest.mark.parametrize(
    "picture",
    [
        "acme/prod/account/iris -MEMBER_OF-> acme/prod/group/events:Group {outcome=unknown}",
        "acme/prod/account/iris -MEMBER_OF-> acme/prod/group/events:Group\n ravi -HAS_ACCOUNT-> acme/prod/account/iris",
    ],
)
def test_what_is_not_proven_makes_nobody_a_member_whom_a_group_loses(picture: str) -> None:
    """Be it what a group loses with a login, or whose that login is."""
    rule = f"rule:Automation -ROUTES_TO-> {_QUEUES} {{outcome=stops certainty=certain}}"
    compiled = case_of(f"{_CREW}\n{picture}\n{rule}").analysis
    assert Memberships(compiled, frozenset(compiled.stack.people)).links == {}


def _lost(compiled: CompiledStack, person: str) -> set[str]:
    fallen = compiled.solver.leaving((person,)).items()
    return {compiled.network.names[node] for node, marks in fallen if marks & _STARVES}


def test_a_member_whose_login_goes_off_with_somebody_elses_is_told_of_the_login() -> None:
    """Another member would help against the one leaving and not, at once, against the other."""
    picture = f"""
        {_QUEUE}
        ravi -HAS_ACCOUNT-> okta/prod/account/ravi:Account
        acme/prod/account/iris -PROVISIONED_BY-> okta/prod/account/ravi
    """
    assert {way for way, *_ in _running(picture)} == {Way.LOGIN}


def test_of_a_group_of_which_several_are_needed_one_more_is_not_promised() -> None:
    picture = f"""
        acme/prod/account/iris -MEMBER_OF-> {_QUEUES}:Group {{group=desk need=2 proven=true}}
        acme/prod/account/ravi -MEMBER_OF-> {_QUEUES} {{group=desk need=2 proven=true}}
        rule:Automation -ROUTES_TO-> {_QUEUES} {{outcome=stops certainty=certain}}
    """
    assert {way for way, *_ in _running(picture)} == {Way.LOGIN}
