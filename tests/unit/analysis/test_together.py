"""What only breaks together: the smallest sets of leavers, against every combination of them tried one by one."""

from __future__ import annotations

from itertools import combinations
from random import Random
from typing import Any

import pytest

from stackmap.analysis import Analysis, Leaving
from stackmap.analysis.departures.together import Together, only_together
from stackmap.analysis.sets import culprits
from stackmap.model import Act, Outcome
from tests.oracle import brute
from tests.support.laws import assert_on_random_stacks
from tests.support.loading import AS_OF, stack_of
from tests.support.stacks import case_of

Lines = list[dict[str, Any]]

_STACKS = 200
_OWN_LOGIN = {"refused", "moved", "survives"}


def told(picture: str, *people: str) -> dict[str, Together]:
    """What only breaks together in a picture, by thing."""
    analysis = case_of(picture).analysis
    return {one.thing: one for one in only_together(analysis, analysis.leave(people))}


def _expected(lines: Lines, leavers: list[str], act: Act) -> dict[tuple[str, str], list[tuple[str, ...]]]:
    """Every row that no single leaver brings about, with all sets of leavers of whom nobody can be spared."""
    brought: dict[tuple[str, str], list[tuple[str, ...]]] = {}
    for size in range(1, len(leavers) + 1):
        for some in combinations(leavers, size):
            for row in brute.outcomes(lines, frozenset(some), act.value, AS_OF):
                sets = brought.setdefault((row["thing"], row["outcome"]), [])
                if not any(set(smaller) <= set(some) for smaller in sets):
                    sets.append(some)
    rows = {(row["thing"], row["outcome"]) for row in brute.outcomes(lines, frozenset(leavers), act.value, AS_OF)}
    return {key: sets for key, sets in brought.items() if key in rows and len(sets[0]) > 1}


def _agrees(lines: Lines) -> None:
    stack = stack_of(lines)
    rng = Random(len(repr(lines)))
    act = rng.choice(tuple(Act))
    leavers = sorted(rng.sample(stack.people, min(len(stack.people), 4)))
    analysis = Analysis(stack, Leaving(act))
    departure = analysis.leave(leavers)
    if all(row.alone for row in departure.rows):
        return  # that "alone" is right is compared for all stacks elsewhere
    expected = _expected(lines, leavers, act)
    assert not [key for key in expected if key[1] in _OWN_LOGIN]
    found = only_together(analysis, departure)
    assert sorted((one.thing, one.outcome.value) for one in found if one.thing in analysis.counted) == sorted(expected)
    for one in found:
        if one.thing in analysis.counted:
            sets = expected[one.thing, one.outcome.value]
            smallest = [people for people in sets if len(people) == len(sets[0])]
            assert one.at_least is None
            assert list(one.culprits) == smallest[: culprits.MOST_TOLD]
            assert one.more == (len(sets) > len(one.culprits))


def test_culprits_are_those_that_trying_every_combination_finds() -> None:
    assert_on_random_stacks(_agrees, _STACKS, "together")


def test_culprits_are_the_same_where_combinations_are_tried_size_by_size(monkeypatch: pytest.MonkeyPatch) -> None:
    """As for groups so large that not every combination can be tried: fewer people make the same way be taken."""
    monkeypatch.setattr(culprits, "_ALL_TRIED", 1)

    def agrees(lines: Lines) -> None:
        stack = stack_of(lines)
        analysis = Analysis(stack)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(culprits, "_ALL_TRIED", 16)
            all_tried = only_together(analysis, analysis.leave(stack.people))
        for one, other in zip(only_together(analysis, analysis.leave(stack.people)), all_tried, strict=True):
            assert (one.thing, one.outcome, one.culprits) == (other.thing, other.outcome, other.culprits)
            assert one.more or not other.more

    assert_on_random_stacks(agrees, _STACKS // 4, "together by size")


ADMINS = "\n".join(
    f"p{number:02}:Person -HAS_ACCOUNT-> a{number:02}:Account\na{number:02} -ADMINISTERS-> crm:System"
    for number in range(24)
)


def test_of_many_carers_all_have_to_go_and_none_of_them_is_tried_by_chance() -> None:
    """Twenty-four people: far more combinations than can be tried, but each of them is needed."""
    leavers = [f"p{number:02}" for number in range(24)]
    crm, flow = told(f"{ADMINS}\nflow:Automation -PART_OF-> crm", *leavers).values()
    assert (crm.outcome, crm.culprits, crm.more, crm.at_least) == (Outcome.UNOWNED, (tuple(leavers),), False, None)
    assert (flow.thing, flow.culprits) == ("flow", crm.culprits)


FEEDS = """
    ann:Person -HAS_ACCOUNT-> a:Account
    bea:Person -HAS_ACCOUNT-> b:Account
    cho:Person -HAS_ACCOUNT-> c:Account
    one:Automation -RUNS_AS-> a {outcome=stops certainty=certain}
    two:Automation -RUNS_AS-> b {outcome=stops certainty=certain}
    three:Automation -RUNS_AS-> c {outcome=later certainty=certain}
    all:Automation -DEPENDS_ON-> one {group=feeds need=2}
    all -DEPENDS_ON-> two {group=feeds need=2}
    all -DEPENDS_ON-> three {group=feeds need=2}
"""


def test_the_sets_are_those_that_bring_about_this_very_outcome() -> None:
    """Ann and Bea make it stop; Cho with either only makes it stop later, and then it does not stop for all three."""
    assert told(FEEDS, "ann", "bea", "cho") == {"all": Together("all", Outcome.STOPS, (("ann", "bea"),), more=False)}
    assert told(FEEDS, "ann", "cho") == {"all": Together("all", Outcome.LATER, (("ann", "cho"),), more=False)}


def test_several_smallest_sets_are_all_told() -> None:
    stops = FEEDS.replace("later", "stops")
    expected = (("ann", "bea"), ("ann", "cho"), ("bea", "cho"))
    assert told(stops, "ann", "bea", "cho")["all"].culprits == expected


def test_who_hears_an_alarm_is_not_who_cares() -> None:
    picture = f"""{FEEDS}
        all -NOTIFIES-> a
        all -NOTIFIES-> c
        all -OWNED_BY-> bea {{how=declared}}
        all -OWNED_BY-> cho {{how=declared}}
    """
    analysis = case_of(picture.replace("need=2", "need=1")).analysis
    found = only_together(analysis, analysis.leave(("ann", "bea", "cho")))
    assert [(one.outcome, one.culprits) for one in found] == [
        (Outcome.LATER, (("ann", "bea", "cho"),)),
        (Outcome.MUTED, (("ann", "cho"),)),
        (Outcome.UNOWNED, (("bea", "cho"),)),
    ]


def test_one_leaver_and_none_have_nothing_together() -> None:
    assert told(FEEDS, "ann") == told(FEEDS) == {}


def test_a_token_that_only_both_end_is_told_too() -> None:
    picture = """
        ann:Person -HAS_ACCOUNT-> a:Account
        bea:Person -HAS_ACCOUNT-> b:Account
        key:Grant -AUTHORIZED_BY-> a {outcome=moved moved_to=b}
    """
    assert told(picture, "ann", "bea") == {"key": Together("key", Outcome.UNKNOWN, (("ann", "bea"),), more=False)}
