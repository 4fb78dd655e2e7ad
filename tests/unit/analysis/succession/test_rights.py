"""An administrator's login gives its second holder an administrator's rights."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from stackmap.analysis.succession.holds import Way
from stackmap.analysis.succession.plan import SecondHolders, second_holders
from stackmap.analysis.succession.rights import rights_gained
from stackmap.model import Certainty
from tests.support.stacks import case_of

_CREW = """
    crm:System
    dana:Person -HAS_ACCOUNT-> acme/prod/account/dana:Account
    acme/prod/account/dana -PART_OF-> crm
    ravi:Person -HAS_ACCOUNT-> acme/prod/account/ravi:Account
    acme/prod/account/ravi -PART_OF-> crm
    noor:Person -HAS_ACCOUNT-> acme/prod/account/noor:Account
    acme/prod/account/noor -PART_OF-> crm
    dana -MEMBER_OF-> ops:Team
    ravi -MEMBER_OF-> ops
    noor -MEMBER_OF-> ops
    sync:Integration -RUNS_AS-> acme/prod/account/dana {outcome=stops certainty=certain}
    sync -PART_OF-> crm
"""
_ADMIN = "acme/prod/account/dana -ADMINISTERS-> crm"


def _planned(*lines: str) -> tuple[list[str | None], Mapping[str, tuple[tuple[str, ...], Certainty]]]:
    """Who takes what keeps things running, and by login what they gain with it."""
    analysis = case_of("\n".join((_CREW, *lines))).analysis
    plan = second_holders(analysis)
    seconds = [(one.hold, one.second) for one in plan.running.hand_overs if one.second is not None]
    gained = rights_gained(analysis, seconds)
    told = {hold.about: (rights.systems, rights.certainty) for hold, rights in gained.items()}
    return [one.second for one in plan.running.hand_overs], told


def test_whoever_gets_an_administrators_login_gains_what_it_administers() -> None:
    assert _planned(_ADMIN) == (["noor"], {"acme/prod/account/dana": (("crm",), Certainty.CERTAIN)})


def test_a_login_that_administers_no_system_gives_none() -> None:
    assert _planned()[1] == {}
    assert _planned("acme/prod/account/dana -ADMINISTERS-> sync")[1] == {}


def test_of_equals_whoever_administers_there_already_takes_it_and_gains_nothing() -> None:
    assert _planned(_ADMIN, "acme/prod/account/ravi -ADMINISTERS-> crm") == (["ravi"], {})


def test_whoever_only_owns_a_system_gains_rights() -> None:
    assert _planned(_ADMIN, "crm -OWNED_BY-> noor")[1] == {"acme/prod/account/dana": (("crm",), Certainty.CERTAIN)}


def test_who_administers_where_the_login_does_not_is_no_reason() -> None:
    assert _planned("acme/prod/account/ravi -ADMINISTERS-> crm")[0] == ["noor"]


def test_rights_that_are_not_proven_are_told_as_such() -> None:
    guessed = _planned(f"{_ADMIN} {{how=inferred_name}}")
    assert guessed[1] == {"acme/prod/account/dana": (("crm",), Certainty.POSSIBLE)}


_RUNS = "flow:Automation -RUNS_AS-> acme/prod/account/dana {outcome=stops certainty=certain}\n flow -PART_OF-> crm"


def _administrators(plan: SecondHolders) -> list[tuple[str, str | None, tuple[str, ...]]]:
    return [(one.hold.about, one.second, one.things) for one in plan.care.hand_overs]


def test_who_shares_an_administrators_login_is_no_second_administrator() -> None:
    """So another one is planned, and what that lifts adds up to what the part lifts."""
    plan = second_holders(case_of("\n".join((_CREW, _ADMIN, _RUNS))).analysis)
    assert [one.hold.way for one in plan.running.hand_overs] == [Way.LOGIN]
    ((place, second, things),) = _administrators(plan)
    assert (place, set(things)) == ("crm", {"crm", "flow", "sync"})
    assert set(plan.care.lifted) == set(things)
    assert second == plan.running.hand_overs[0].second


@pytest.mark.parametrize("leaving", [(), ("noor",)])
def test_of_a_thing_asked_about_by_name_the_same_is_planned_as_of_all(leaving: tuple[str, ...]) -> None:
    analysis = case_of("\n".join((_CREW, _ADMIN, _RUNS))).analysis
    whole = _administrators(second_holders(analysis, leaving=leaving))
    for thing in ("crm", "flow", "sync"):
        assert _administrators(second_holders(analysis, [thing], leaving=leaving)) == [(*whole[0][:2], (thing,))]


def test_of_equals_whoever_takes_over_an_administrators_login_becomes_the_second_administrator() -> None:
    """Though they have more to do already: fewer people get near such rights."""
    busy = "\n".join(
        f"job{n}:Automation -RUNS_AS-> acme/prod/account/noor {{outcome=stops certainty=certain}}" for n in range(3)
    )
    more = "fourth:Person -HAS_ACCOUNT-> acme/prod/account/fourth:Account\n fourth -MEMBER_OF-> ops"
    there = "acme/prod/account/fourth -PART_OF-> crm"
    plan = second_holders(case_of("\n".join((_CREW, _ADMIN, busy, more, there))).analysis)
    (login,) = [one for one in plan.running.hand_overs if one.hold.person == "dana"]
    (seat,) = [one for one in plan.care.hand_overs if one.hold.about == "crm"]
    assert seat.second == login.second


def test_where_nobody_has_room_a_shared_login_makes_up_for_no_administrator() -> None:
    plan = second_holders(case_of("\n".join((_CREW, _ADMIN))).analysis, leaving=["ravi"], at_most=1)
    assert [one.second for one in plan.running.hand_overs] == ["noor"]
    assert [one.second for one in plan.care.hand_overs] == [None]
    assert plan.care.lifted == ()
