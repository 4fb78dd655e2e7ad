"""Positions for the map: lanes, groups, stability."""

import random
from collections import defaultdict
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stackmap.analysis.lanes import LANE_X, Lane, LaneItem, Position, fold_quiet, lay_out

_Stack = tuple[dict[Lane, list[LaneItem]], list[tuple[str, str]]]


def a_stack(seed: int, links: int = 60, systems: int = 12, logins: int = 20, people: int = 15) -> _Stack:
    chance = random.Random(seed)
    lanes: dict[Lane, list[LaneItem]] = {
        Lane.PEOPLE: [LaneItem(f"p{n}", f"Person {n}") for n in range(people)],
        Lane.LOGINS: [LaneItem(f"a{n}", f"login {n}") for n in range(logins)],
        Lane.SYSTEMS: [LaneItem(f"s{n}", f"System {n}", f"s{n}", head=True) for n in range(systems)],
    }
    lanes[Lane.SYSTEMS] += [LaneItem(f"d{n}", f"Data {n}", f"s{n % systems}") for n in range(systems // 2)]
    targets = {n: f"s{chance.randrange(systems)}" for n in range(links)}
    lanes[Lane.LINKS] = [LaneItem(f"i{n}", f"Link {n}", targets[n], rank=n % 2) for n in range(links)]
    ends = [(f"p{chance.randrange(people)}", f"a{n}") for n in range(logins)]
    ends += [(f"a{chance.randrange(logins)}", f"i{n}") for n in range(links)]
    ends += [(f"i{n}", targets[n]) for n in range(links)]
    return lanes, ends


def down(lanes: dict[Lane, list[LaneItem]], placed: dict[str, Position], lane: Lane) -> list[str]:
    return sorted((item.id for item in lanes[lane]), key=lambda id_: placed[id_].y)


@settings(max_examples=40)
@given(st.integers(0, 10_000), st.integers(0, 60))
def test_nothing_overlaps_and_each_thing_stands_in_its_lane(seed: int, links: int) -> None:
    lanes, ends = a_stack(seed, links)
    placed = lay_out(lanes, ends)
    assert placed.keys() == {item.id for items in lanes.values() for item in items}
    for lane, items in lanes.items():
        assert {placed[item.id].x for item in items} <= {LANE_X[lane]}
        heights = sorted(placed[item.id].y for item in items)
        assert all(low - high >= 39.8 for high, low in pairwise(heights))


def test_the_order_of_the_input_makes_no_difference() -> None:
    lanes, ends = a_stack(3)
    chance = random.Random(1)
    shuffled = {lane: chance.sample(items, len(items)) for lane, items in reversed(list(lanes.items()))}
    backwards = [(target, source) for source, target in chance.sample(ends, len(ends))]
    assert lay_out(shuffled, backwards + backwards) == lay_out(lanes, ends)


@pytest.mark.parametrize("lane", [Lane.LINKS, Lane.SYSTEMS])
def test_a_group_stays_together_and_its_head_comes_first(lane: Lane) -> None:
    lanes, ends = a_stack(5)
    order = down(lanes, lay_out(lanes, ends), lane)
    group = {item.id: item.group for item in lanes[lane]}
    runs = [group[id_] for n, id_ in enumerate(order) if n == 0 or group[id_] != group[order[n - 1]]]
    assert len(runs) == len(set(runs))
    heads = {item.id for item in lanes[lane] if item.head}
    rows: dict[str, list[str]] = defaultdict(list)
    for id_ in order:
        rows[group[id_]].append(id_)
    assert all(id_ not in heads for ids in rows.values() for id_ in ids[1:])


def test_lines_cross_less_than_in_the_order_of_names() -> None:
    lanes, ends = a_stack(7)
    placed = lay_out(lanes, ends)
    by_name = {id_: n for lane in lanes for n, id_ in enumerate(sorted(item.id for item in lanes[lane]))}

    def crossings(height: dict[str, float]) -> int:
        logins = [pair for pair in ends if pair[0].startswith("a")]
        return sum(
            (height[a] - height[c]) * (height[b] - height[d]) < 0
            for n, (a, b) in enumerate(logins)
            for c, d in logins[n + 1 :]
        )

    ours = crossings({id_: position.y for id_, position in placed.items()})
    assert ours < crossings({id_: float(n) for id_, n in by_name.items()}) / 2


def test_an_unconnected_thing_and_an_end_without_a_lane_are_no_trouble() -> None:
    placed = lay_out({Lane.LINKS: [LaneItem("x", "X")]}, [("x", "nowhere"), ("x", "x")])
    assert placed == {"x": Position(LANE_X[Lane.LINKS], 0.0)}


def test_the_greater_risk_comes_first_where_links_do_not_decide() -> None:
    items = [LaneItem("a", "A", rank=2), LaneItem("b", "B", rank=0), LaneItem("c", "a", rank=2)]
    assert down({Lane.LINKS: items}, lay_out({Lane.LINKS: items}, []), Lane.LINKS) == ["b", "a", "c"]


@settings(max_examples=40)
@given(st.integers(0, 10_000))
def test_a_later_map_keeps_the_order_people_remember(seed: int) -> None:
    lanes, ends = a_stack(seed)
    first = lay_out(lanes, ends)
    newcomer = LaneItem("i-new", "Aaa", "s3")
    later = {**lanes, Lane.LINKS: [*lanes[Lane.LINKS], newcomer]}
    gone = lanes[Lane.LINKS][4]
    later[Lane.LINKS].remove(gone)
    second = lay_out(later, [*ends, ("a1", "i-new"), ("i-new", "s3")], {id_: spot.y for id_, spot in first.items()})
    for lane in Lane:
        kept = [id_ for id_ in down(lanes, first, lane) if id_ != gone.id]
        assert [id_ for id_ in down(later, second, lane) if id_ != newcomer.id] == kept


def test_the_same_facts_stay_where_they_were() -> None:
    lanes, ends = a_stack(11)
    first = lay_out(lanes, ends)
    second = lay_out(lanes, ends, {id_: spot.y for id_, spot in first.items()})
    assert all(abs(first[id_].y - second[id_].y) < 0.5 for id_ in first)


def test_a_newcomer_stands_beside_what_it_hangs_on() -> None:
    lanes = {Lane.LINKS: [LaneItem(f"i{n}", f"L{n}") for n in range(10)], Lane.LOGINS: [LaneItem("a", "A")]}
    first = lay_out(lanes, [("a", "i8")])
    lanes[Lane.LOGINS] = [*lanes[Lane.LOGINS], LaneItem("b", "B")]
    second = lay_out(lanes, [("a", "i8"), ("b", "i1")], {id_: spot.y for id_, spot in first.items()})
    assert second["b"].y == second["i1"].y


def test_only_a_crowded_lane_folds_and_only_what_is_quiet() -> None:
    items = [LaneItem(f"i{n:02}", f"Link {n}", "hub" if n < 40 else f"s{n}") for n in range(61)]
    assert fold_quiet(items[:60], set()) == {}
    folded = fold_quiet(items, {"i00", "i05"})
    assert set(folded.values()) == {"~fold/hub"}
    assert len(folded) == 38
    assert not {"i00", "i05", "i50"} & folded.keys()
