"""Asked about a few things, only what is near them is searched; what is told of them is the same (random stacks)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from stackmap.analysis import Analysis, Leaving
from stackmap.analysis.departures.milder import blocked_last_days, changed_hands, stops_later
from stackmap.analysis.departures.under import people_under
from stackmap.analysis.succession.agreed import agreed
from stackmap.analysis.succession.candidates import Candidates
from stackmap.analysis.succession.fewest import Proof
from stackmap.analysis.succession.holds import Holding, can_share
from stackmap.analysis.succession.milder import milder
from stackmap.analysis.succession.plan import second_holders
from stackmap.analysis.succession.remains import AT_WORST, OneMore, remaining_care, remaining_running
from stackmap.model import Act, Outcome
from tests.support.laws import on_random_stacks
from tests.support.loading import stack_of
from tests.support.stacks import case_of

Lines = Sequence[Mapping[str, Any]]


def _analysis(lines: Lines, act: Act = Act.DEACTIVATED) -> Analysis:
    return Analysis(stack_of(lines), Leaving(act))


@on_random_stacks(60)
def test_whoever_takes_a_node_with_them_is_found_under_it(lines: Lines) -> None:
    analysis = _analysis(lines)
    names = analysis.network.names
    for person in analysis.network.seeds:
        for node in analysis.solver.leaving((person,)):
            assert person in people_under(analysis.network, [names[node]])


@on_random_stacks(60)
def test_what_is_asked_of_few_things_is_what_all_would_tell_of_them(lines: Lines) -> None:
    """Only those people are asked about on whom the things hang."""
    analysis = _analysis(lines)
    here = [person for person in analysis.stack.people if can_share(analysis.stack, person)]
    everything = OneMore(analysis)
    for thing in sorted(analysis.counted):
        few = OneMore(analysis, things=[thing])
        assert remaining_running(few, [thing], here) == remaining_running(everything, [thing], here)
        assert remaining_care(few, [thing], here) == remaining_care(everything, [thing], here)


@on_random_stacks(40)
def test_what_comes_short_of_stopping_is_told_of_one_thing_as_of_all(lines: Lines) -> None:
    analysis = _analysis(lines)
    later, blocked, passing = stops_later(analysis), blocked_last_days(analysis), changed_hands(analysis)
    assert passing == _told_of_one(analysis, Outcome.MOVED)
    for thing in sorted(analysis.counted):
        assert stops_later(analysis, things=[thing]).get(thing) == later.get(thing)
        assert blocked_last_days(analysis, [thing]).get(thing) == blocked.get(thing)
        assert changed_hands(analysis, [thing]).get(thing) == passing.get(thing)


@on_random_stacks(30)
def test_once_some_have_left_things_pass_from_whoever_the_answer_about_all_of_them_says(lines: Lines) -> None:
    analysis = _analysis(lines)
    away, *rest = (*sorted(analysis.stack.people), *sorted(analysis.network.seeds.keys() - analysis.stack.people))
    before = _moved(analysis, away)
    told = milder(analysis, analysis.counted, [away])
    assert {thing for thing, one in told.items() if one.gone_over} == before
    for person in rest:
        passing = {thing for thing, one in told.items() if person in one.passes_from}
        assert passing - before == _moved(analysis, away, person) - before
        assert passing & before <= _moved(analysis, person)


def _moved(analysis: Analysis, *people: str) -> set[str]:
    return {thing for thing, what in analysis.outcomes(people) if what is Outcome.MOVED}


def _told_of_one(analysis: Analysis, outcome: Outcome) -> Mapping[str, tuple[str, ...]]:
    """Of whom, leaving alone, the answer says so, by thing."""
    found: dict[str, list[str]] = {}
    for person in sorted(analysis.network.seeds):
        for thing, what in analysis.outcomes((person,)):
            if what is outcome:
                found.setdefault(thing, []).append(person)
    return {thing: tuple(people) for thing, people in found.items()}


@on_random_stacks(60)
def test_a_plan_for_one_thing_is_judged_as_in_the_whole_stack(lines: Lines) -> None:
    """Whatever becomes of the holds of everybody on whom it hangs, and whatever a platform refuses to remove."""
    for act in (Act.DEACTIVATED, Act.REMOVED):
        _assert_judged_alike(_analysis(lines, act))


def test_a_plan_for_one_thing_keeps_it_as_the_plan_for_everything_does_where_people_hang_on_things() -> None:
    """Whoever takes over is lost with what they hang on themselves, asked about or not."""
    analysis = case_of("""
        p:Person -HAS_ACCOUNT-> acme/prod/account/p:Account
        r:Person -HAS_ACCOUNT-> acme/prod/account/r:Account
        q:Person -HAS_ACCOUNT-> beta/prod/account/q:Account
        x:Automation -RUNS_AS-> acme/prod/account/p {outcome=stops certainty=certain}
        feed:Automation -RUNS_AS-> beta/prod/account/q {outcome=stops certainty=certain}
        p -DEPENDS_ON-> feed
        r -DEPENDS_ON-> feed
    """).analysis
    one, everything = (second_holders(analysis, wanted).running for wanted in (["x"], None))
    assert [left for left in everything.remains if left.thing == "x"] == list(one.remains)
    assert one.remains


def test_that_no_plan_is_smaller_is_not_claimed_of_what_somebody_does_who_hangs_on_things() -> None:
    """A second person for the job would be enough; the login counts too, for with the feed the person is lost."""
    analysis = case_of("""
        p:Person -HAS_ACCOUNT-> acme/prod/account/p:Account
        feed:Automation -RUNS_AS-> acme/prod/account/p {outcome=stops certainty=certain}
        p -DEPENDS_ON-> feed
        job:Automation -DEPENDS_ON-> p
    """).analysis
    plan = second_holders(analysis, ["job"]).running
    assert (len(plan.hand_overs), plan.proof, plan.at_least) == (2, Proof.NOT_PROVEN, 1)


def _assert_judged_alike(analysis: Analysis) -> None:
    here = [one for one in analysis.stack.people if can_share(analysis.stack, one)]
    every = [hold for holds in Holding(analysis, here, analysis.counted).holds.values() for hold in holds]
    seconds = {
        hold: here[place % len(here)] for place, hold in enumerate(every) if hold.person != here[place % len(here)]
    }
    after = agreed(Candidates(analysis), seconds)
    whole = OneMore(after)
    for thing in sorted(analysis.counted):
        few = OneMore(after, things=[thing])
        assert remaining_running(few, [thing], here) == remaining_running(whole, [thing], here)
        assert remaining_care(few, [thing], here) == remaining_care(whole, [thing], here)
        assert few.is_lost(thing, AT_WORST) == whole.is_lost(thing, AT_WORST)
