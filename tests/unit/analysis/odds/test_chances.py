"""Odds against every future worked out one by one, drawn against worked out, and cases by hand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from random import Random
from typing import Any

import pytest

from stackmap.analysis import Analysis, Stack
from stackmap.analysis.gates.marks import Reading, run_of, state_of
from stackmap.analysis.odds.chances import Figure, Odds, odds
from stackmap.analysis.odds.estimates import Estimate
from stackmap.analysis.odds.few import FewPeople
from stackmap.analysis.odds.hanging import Hanging
from stackmap.model import Policy, State
from tests.support.laws import assert_on_random_stacks
from tests.support.loading import AS_OF, stack_of
from tests.support.notation import notation

_EXACT = 1e-9
_STOPS = "outcome=stops certainty=certain"


def _futures(said: Mapping[str, float]) -> Iterator[tuple[list[str], float]]:
    """Who leaves, and how likely just that is."""
    people = sorted(said)
    for number in range(1 << len(people)):
        gone = [person for place, person in enumerate(people) if number >> place & 1]
        share = 1.0
        for person in people:
            share *= said[person] if person in gone else 1 - said[person]
        yield gone, share


def _lost(analysis: Analysis, gone: list[str]) -> tuple[set[str], set[str]]:
    """What newly stops or starves, proven and at worst."""
    gained, baseline = analysis.solver.leaving(gone), analysis.solver.baseline
    found: dict[Reading, set[str]] = {reading: set() for reading in Reading}
    for thing in analysis.counted:
        node = analysis.network.index.get(thing, 0)  # 0 is off from the start: nothing new is lost there
        for reading in Reading:
            before, after = (
                state_of(marks, run_of(reading)) for marks in (baseline[node], baseline[node] | gained.get(node, 0))
            )
            if before < State.STARVES <= after:
                found[reading].add(thing)
    proven = found[Reading.PROVEN]
    return proven, proven | found[Reading.WORST]


def _values(figure: Figure) -> tuple[float, float]:
    return figure.proven.value, figure.at_worst.value


def test_odds_are_those_of_all_futures_worked_out_one_by_one() -> None:
    differing = 0

    def law(lines: list[dict[str, Any]]) -> None:
        nonlocal differing
        analysis = Analysis(stack_of(lines))
        dice = Random(len(lines))
        said = {person: dice.choice((0.0, 0.02, 0.3, 0.5, 1.0)) for person in analysis.stack.people}
        found = odds(analysis, said)
        futures = [(share, _lost(analysis, gone)) for gone, share in _futures(said) if share]
        things = {one.thing: _values(one.lost) for one in found.things}
        for thing in analysis.counted:
            expected = tuple(sum(share for share, lost in futures if thing in lost[side]) for side in (0, 1))
            assert things.get(thing, (0, 0)) == pytest.approx(expected, abs=_EXACT), thing
        for side in (0, 1):
            totals = sorted(((len(lost[side]), share) for share, lost in futures), reverse=True)
            assert _values(found.anything)[side] == pytest.approx(sum(p for n, p in totals if n), abs=_EXACT)
            assert _values(found.counted.average)[side] == pytest.approx(sum(n * p for n, p in totals), abs=_EXACT)
            assert _values(found.counted.worst)[side] == pytest.approx(_worst_twentieth(totals), abs=1e-6)
        assert found.weighed == found.counted
        differing += _values(found.counted.average)[0] < _values(found.counted.average)[1]

    assert_on_random_stacks(law, 120, "odds")
    assert differing > 10, "the two readings hardly ever differed"


def _worst_twentieth(totals: list[tuple[int, float]]) -> float:
    left, found = 0.05, 0.0
    for total, share in totals:
        taken = min(share, left)
        found += total * taken
        left -= taken
    return found / 0.05


def _many(people: int) -> Analysis:
    """Flows of so many people; each also waits for the next one's, and every third for two of three of them."""
    lines = []
    for one in range(people):
        lines.append(f"x{one}:Automation -RUNS_AS-> a{one}:Account {{outcome=stops certainty=certain}}")
        lines.append(f"P{one:02}:Person -HAS_ACCOUNT-> a{one}")
        lines.append(f"y{one}:Automation -CALLS-> x{one}")
        if one % 3 == 2:
            group = "{group=feeds need=2}"
            lines.extend(f"z{one}:Automation -DEPENDS_ON-> x{one - back} {group}" for back in range(3))
            lines.append(f"w{one}:Automation -AUTHENTICATES_WITH-> t{one}:Grant {{slot=s}}")
            lines.append(f"t{one} -AUTHORIZED_BY-> a{one} {{outcome=unknown certainty=possible}}")
    return Analysis(stack_of(notation("\n".join(lines))))


def _figures(found: Odds) -> dict[str, Estimate]:
    named = {"anything": found.anything, "average": found.counted.average, "worst": found.counted.worst}
    named |= {one.thing: one.lost for one in found.things}
    proven = {f"{name} proven": figure.proven for name, figure in named.items()}
    return proven | {f"{name} at worst": figure.at_worst for name, figure in named.items()}


def _crowd(people: int) -> Analysis:
    """Things that hang on all of these people, or all but one, and stand while so many of them stay."""
    lines: list[str] = []
    for need in range(1, people + 1):
        holders = [one for one in range(people) if one + 1 != need or need > people // 2]
        group = f"{{group=feeds need={min(need, len(holders))} outcome=stops certainty=certain}}"
        lines.extend(f"x{need:02}:Automation -DEPENDS_ON-> P{one:02}:Person {group}" for one in holders)
        lines.append(f"y{need}:Automation -AUTHENTICATES_WITH-> t{need}:Grant {{slot=s}}")
        lines.append(f"t{need} -AUTHORIZED_BY-> a{need}:Account {{outcome=unknown certainty=possible}}")
        lines.append(f"P{need - 1:02} -HAS_ACCOUNT-> a{need}")
    return Analysis(stack_of(notation("\n".join(lines))))


def _likely(analysis: Analysis, dice: int) -> dict[str, float]:
    chances = Random(dice)
    return {person: chances.choice((0.003, 0.05, 0.2, 0.7)) for person in analysis.stack.people}


@pytest.mark.parametrize("dice", [1, 2])
def test_drawn_figures_lie_within_their_errors_of_the_ones_worked_out(dice: int) -> None:
    analysis = _crowd(14)
    said = _likely(analysis, dice)
    exact = odds(analysis, said, count=1 << 14)
    drawn = odds(analysis, said, count=1 << 13)
    assert (exact.drawn, exact.futures, drawn.drawn, drawn.futures) == (None, 1 << 14, 1 << 13, 1 << 13)
    known, found = _figures(exact), _figures(drawn)
    assert known.keys() == found.keys()
    guessed = [name for name in found if found[name].error]
    assert len(guessed) > 25
    off = {name: abs(found[name].value - known[name].value) / found[name].error for name in guessed}
    assert max(off.values()) < 4.5, off
    assert sum(one > 1 for one in off.values()) / len(off) > 0.05, "errors are told far too large"
    assert all(not one.error for one in known.values())
    worked_out = found.keys() - guessed
    assert len(worked_out) > 25
    assert {name: found[name].value for name in worked_out} == pytest.approx(
        {name: known[name].value for name in worked_out}
    )


def test_errors_cover_what_is_true_as_often_as_errors_should() -> None:
    """Over many seeds: within one standard error about two times in three, within two of them nineteen in twenty."""
    analysis = _crowd(13)
    said = _likely(analysis, 3)
    known = _figures(odds(analysis, said, count=1 << 13))
    off: dict[str, list[float]] = {}
    for seed in range(50):
        for name, one in _figures(odds(analysis, said, count=1 << 10, seed=seed)).items():
            if one.error and known[name].value > 0.02:  # of what is rarer the errors are told too large, on purpose
                off.setdefault(name, []).append(abs(one.value - known[name].value) / one.error)
    assert {"average proven", "worst proven", "average at worst", "worst at worst"} < off.keys()
    assert len(off) > 12
    for name, distances in off.items():
        assert 0.5 < sum(one <= 1 for one in distances) / len(distances) < 0.86, name
        assert sum(one <= 2 for one in distances) / len(distances) > 0.88, name


def test_what_hangs_on_few_is_worked_out_though_futures_are_drawn() -> None:
    known = guessed = 0

    def law(lines: list[dict[str, Any]]) -> None:
        nonlocal known, guessed
        analysis = Analysis(stack_of(lines))
        dice = Random(len(lines))
        said = {person: dice.choice((0.02, 0.3, 0.5, 0.5, 1.0)) for person in analysis.stack.people}
        exact, drawn = odds(analysis, said), odds(analysis, said, count=1)
        assert [one.thing for one in drawn.things] == [one.thing for one in exact.things]
        found = _figures(drawn)
        known += drawn.drawn is not None and not drawn.counted.average.at_worst.error
        guessed += bool(drawn.counted.worst.at_worst.error)
        for name, figure in _figures(exact).items():
            assert found[name].error or found[name].value == pytest.approx(figure.value, abs=_EXACT), name

    assert_on_random_stacks(law, 60, "odds of few")
    assert known > 20
    assert guessed > 20, "nothing was drawn"


def _hanging_on_thirteen() -> Analysis:
    """Lost is x with any two of thirteen people, y with any of them, z with any two of the first twelve."""
    lines = [f"x:Automation -DEPENDS_ON-> P{one:02}:Person {{group=g need=12 {_STOPS}}}" for one in range(13)]
    lines.extend(f"y:Automation -DEPENDS_ON-> P{one:02}:Person {{{_STOPS}}}" for one in range(13))
    lines.extend(f"z:Automation -DEPENDS_ON-> P{one:02}:Person {{group=g need=11 {_STOPS}}}" for one in range(12))
    return Analysis(stack_of(notation("\n".join(lines))))


_THIRTEEN = {f"P{one:02}": 0.01 for one in range(13)}


def test_what_hangs_on_many_is_drawn_but_not_what_hangs_on_few_or_on_each_of_many() -> None:
    found = odds(_hanging_on_thirteen(), _THIRTEEN, count=1 << 10)
    lost = {one.thing: one.lost.proven for one in found.things}
    assert lost["y"] == Estimate(pytest.approx(1 - 0.99**13))  # type: ignore[arg-type]  # compares, is no number
    assert found.anything.proven == lost["y"]
    stays = 0.99**12 + 12 * 0.01 * 0.99**11
    assert lost["z"] == Estimate(pytest.approx(1 - stays))  # type: ignore[arg-type]  # compares, is no number
    assert lost["x"].error > 0
    assert found.counted.average.proven.error > 0


def test_who_leaves_for_sure_makes_nothing_hang_on_more_people() -> None:
    many = [f"x:Automation -DEPENDS_ON-> P{one:02}:Person {{group=g need=12 {_STOPS}}}" for one in range(13)]
    few = [f"y:Automation -DEPENDS_ON-> {one}:Person {{group=g {_STOPS}}}" for one in ("P00", "P01", "sure")]
    analysis = Analysis(stack_of(notation("\n".join([*many, *few]))))
    found = odds(analysis, {**_THIRTEEN, "sure": 1.0}, count=1 << 10)
    lost = {one.thing: one.lost.proven for one in found.things}
    assert lost["x"].error > 0
    assert lost["y"] == Estimate(pytest.approx(0.01**2))  # type: ignore[arg-type]  # compares, is no number


def test_going_through_futures_of_few_ends_where_it_takes_too_long() -> None:
    hanging = Hanging(_hanging_on_thirteen(), _THIRTEEN)
    told = {things[0]: of for of, things in hanging.together.items()}
    hurried = FewPeople(hanging, enough=0)
    assert hurried.chances([told["z"]]) == (None, None)
    assert hurried.chances([told["y"]]) == FewPeople(hanging).chances([told["y"]]) != (None, None)
    assert None not in FewPeople(hanging).chances([told["z"]])


def test_two_of_three_by_hand() -> None:
    analysis = Analysis(
        stack_of(
            notation("""
                x:Automation -DEPENDS_ON-> P:Person {group=feeds need=2 outcome=stops certainty=certain}
                x -DEPENDS_ON-> Q:Person {group=feeds need=2 outcome=stops certainty=certain}
                x -DEPENDS_ON-> R:Person {group=feeds need=2 outcome=stops certainty=certain}
            """)
        )
    )
    found = odds(analysis, {"P": 0.1, "Q": 0.2, "R": 0.5})
    by_hand = 0.1 * 0.2 * 0.5 + 0.1 * 0.2 * 0.5 + 0.1 * 0.8 * 0.5 + 0.9 * 0.2 * 0.5
    assert [one.thing for one in found.things] == ["x"]
    assert _values(found.things[0].lost) == pytest.approx((by_hand, by_hand), abs=_EXACT)
    assert found.counted.worst.proven.value == pytest.approx(1)
    assert found.futures == 8


def test_whoever_leaves_for_sure_or_never_leaves_nothing_open() -> None:
    found = odds(_many(3), {"P00": 1, "P01": 0})
    assert (found.futures, found.drawn, found.anything) == (1, None, Figure(Estimate(1.0), Estimate(1.0)))
    assert {one.thing: one.lost.proven.value for one in found.things} == {"x0": 1.0, "y0": 1.0}


def test_somebody_on_whom_nothing_hangs_opens_no_future() -> None:
    lines = [
        *notation("x:Automation -RUNS_AS-> a:Account {outcome=stops certainty=certain}\nP:Person -HAS_ACCOUNT-> a")
    ]
    lines.extend(notation("\n".join(f"Q{number}:Person" for number in range(30)))[1:])
    found = odds(Analysis(stack_of(lines)), dict.fromkeys(["P", *(f"Q{number}" for number in range(30))], 0.5))
    assert (found.futures, found.drawn) == (2, None)


def test_what_a_thing_weighs_counts() -> None:
    plain = _many(3).stack
    stack = Stack(plain.graph, plain.coverage, AS_OF, Policy(weights={"x0": 2.5, "y1": 0.1}))
    found = odds(Analysis(stack), {"P00": 0.5, "P01": 0.25})
    both = 0.5 * 0.25  # two of three feeds gone
    assert found.weighed.average.proven.value == pytest.approx(0.5 * (2.5 + 1) + 0.25 * (1 + 0.1) + both)
    assert found.weighed.whole == pytest.approx(2.5 + 0.1 + 6)
    assert found.counted.average.proven.value == pytest.approx(0.5 * 2 + 0.25 * 2 + both)
    assert found.counted.whole == 8
    assert (found.counted.worst.proven.value, found.weighed.worst.proven.value) == pytest.approx((5, 2.5 + 3.1))


def test_of_all_its_futures_the_same_ones_are_drawn_every_time() -> None:
    said = {f"P{number:02}": 0.1 for number in range(14)}
    backwards = dict(reversed(said.items()))
    assert odds(_many(14), said, count=1 << 12) == odds(_many(14), backwards, count=1 << 12)
