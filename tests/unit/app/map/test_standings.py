"""Where things stand on the map: never better than it is known to be, and counted as `bus-factor` counts."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest

from stackmap.analysis import Analysis, BusFactor, bus_factors
from stackmap.analysis.bus_factor.standing import Standing, standing
from stackmap.analysis.lanes import Lane
from stackmap.app.asking import how_few
from stackmap.app.map.mapping import map_page
from stackmap.app.map.placing import fold_node, placed
from stackmap.app.map.sights import few_people
from stackmap.app.opening import Reading, open_reading
from stackmap.app.report.reporting import bus_factor_report
from stackmap.app.what_if.supposing import suppose
from stackmap.app.workspace import Workspace
from stackmap.model import StackGraph
from stackmap.render.bus_factor import bus_factor_json, bus_factor_text
from stackmap.render.map_page import Look, MapNode, MapPage, Risk
from stackmap.render.map_words import STANDINGS, TWO_OR_MORE, standing_key, standing_words
from tests.functional.cli import Done
from tests.oracle import brute
from tests.support.laws import on_random_stacks
from tests.support.loading import AS_OF, stack_of
from tests.support.workspaces import reading_of

_HEADING = re.compile(r"^(\S.*)  \((\d+)\)$", re.MULTILINE)

_FINE = {"two-people", "maybe-two-people", "two-carers", "more"}


def _key(factor: BusFactor) -> str:
    return standing_key(standing(factor))


def _at_least_two(number: object) -> bool:
    return number is None or (isinstance(number, int) and number >= 2)


@on_random_stacks(40)
def test_two_or_more_is_what_brute_force_finds_two_people_away_in_both_readings(lines: list[dict[str, Any]]) -> None:
    known = brute.bus_factor(lines, "deactivated", AS_OF)
    for factor in few_people(Analysis(stack_of(lines))).values():
        row = known[factor.thing]
        numbers = [row["running"], row["care"], row["at_worst"]["running"], row["at_worst"]["care"]]
        assert (STANDINGS[_key(factor)].inside == TWO_OR_MORE) == all(map(_at_least_two, numbers))


@on_random_stacks(40)
def test_what_the_map_looks_for_tells_as_much_as_the_whole_search(lines: list[dict[str, Any]]) -> None:
    analysis = Analysis(stack_of(lines))
    whole = {factor.thing: standing(factor) for factor in bus_factors(analysis)}
    assert {thing: standing(factor) for thing, factor in few_people(analysis).items()} == whole
    cut_short = {thing: standing(factor) for thing, factor in few_people(analysis, effort=0).items()}
    weak = {Standing(key.replace("-", " ")) for key, stand in STANDINGS.items() if stand.weak}
    for thing, one in cut_short.items():
        assert one is whole[thing] if whole[thing] in weak else one not in weak, "one person is always found"


def _factor(**numbers: Any) -> BusFactor:
    fine = {"running": None, "care": 2, "running_at_worst": None, "care_at_worst": 2, "care_practised": 2}
    return BusFactor("x", **{**fine, **numbers}, minimal_sets=(), care_sets=(), sets_complete_to_order=3)


def test_the_words_say_what_is_weak_in_running_and_in_care() -> None:
    assert standing_words(_factor()) == ("two people away from nobody knowing it",)
    assert standing_words(_factor(running=2, running_at_worst=2)) == ("two people away from failing",)
    assert standing_words(_factor(running_at_worst=2)) == ("may be two people away from failing",)
    assert standing_words(_factor(running_at_worst=1)) == ("may be one person away from failing",)
    both = _factor(running=1, running_at_worst=1, care_at_worst="unknown")
    assert standing_words(both) == ("one person away from failing", "who cares for it could not be read")
    assert standing_words(_factor(care=1, care_at_worst=1)) == ("one person away from nobody knowing it",)
    assert standing_words(_factor(care=3, care_at_worst=3)) == ("three people or more, or nobody's leaving breaks it",)


def test_every_standing_has_words_and_only_what_is_not_weak_is_two_people_away() -> None:
    assert list(STANDINGS) == [standing_key(one) for one in Standing]
    fine = {key for key, stand in STANDINGS.items() if not stand.weak}
    assert fine == {key for key, stand in STANDINGS.items() if stand.inside == TWO_OR_MORE} == _FINE
    assert {key for key, stand in STANDINGS.items() if not stand.tag} == fine


def _node(number: int, standing: str, *, off: bool = False, risk: Risk = Risk.NONE) -> MapNode:
    look = Look.LINK
    return MapNode(f"i/{number}", "flow", Lane.LINKS, look, f"F {number}", standing=standing, off=off, risk=risk)


def _said(*standings: str, off: int = 0) -> str:
    held = [_node(n, standing) for n, standing in enumerate((*standings, *[""] * off))]
    return fold_node("~fold/x", [replace(node, off=not node.standing) for node in held]).sub


def test_a_fold_says_what_is_in_it_unless_all_is_known_to_be_two_people_away() -> None:
    assert _said("two-people", "more") == "all two people away or more"
    assert _said("two-people", "care-not-read", "one-person", "one-person") == (
        "2 one person away, 1 care not known, 1 two people away or more"
    )
    assert _said("more", "more", off=3) == "2 two people away or more, 3 switched off"
    assert _said("broken", "maybe-one-person", "no-carer", "one-carer") == (
        "1 broken, or may be, 1 may be one person away, 1 with nobody to care, 1 with one carer"
    )


def test_no_mixture_is_called_all_two_people_away_and_its_numbers_add_up() -> None:
    dice = Random(8)
    for _ in range(300):
        held = [_node(n, dice.choice(list(STANDINGS)), off=dice.random() < 0.1) for n in range(dice.randint(2, 9))]
        fold = fold_node("~fold/x", held)
        fine = all(not node.off and not STANDINGS[node.standing].weak for node in held)
        assert (fold.sub == "all two people away or more") == fine
        assert fine or sum(map(int, re.findall(r"(\d+) ", fold.sub))) == len(held)
        assert fold.standing == min((node.standing for node in held), key=list(STANDINGS).index)
        assert fold_node("~fold/x", dice.sample(held, len(held))) == fold


def test_a_fold_says_first_in_how_much_of_it_something_is_open() -> None:
    held = [replace(_node(n, "more"), open=("OO02", "OO07") if n < 3 else ()) for n in range(5)]
    assert fold_node("~fold/x", held).sub == "3 with something open; all two people away or more"


def _folded(nodes: Sequence[MapNode]) -> set[str]:
    done = placed({node.id: node for node in nodes}, [], StackGraph({}, ()))
    assert {node.id for node in done} >= {node.id for node in nodes}
    return {node.id for node in done if node.within}


def test_what_is_one_person_away_is_drawn_and_not_folded() -> None:
    quiet = [_node(n, "two-people") for n in range(60)]
    weak = [_node(60 + n, key) for n, key in enumerate(STANDINGS) if STANDINGS[key].weak and key != "care-not-read"]
    unknown = [_node(70 + n, "care-not-read") for n in range(2)]
    assert _folded([*quiet, *weak, *unknown]) == {node.id for node in (*quiet, *unknown)}


def test_where_more_is_weak_than_can_be_read_only_what_a_rule_speaks_of_stays_out_of_the_folds() -> None:
    weak = [_node(n, "one-person") for n in range(600)]
    tape = [_node(600 + n, "one-person", risk=Risk.TAPE) for n in range(3)]
    assert _folded([*weak, *tape]) == {node.id for node in weak}


@pytest.fixture(scope="module", name="reading")
def _reading(made_demo: tuple[Path, Done]) -> Reading:
    folder, done = made_demo
    assert done.code == 0, done.notes
    return open_reading(Workspace(folder))


@pytest.fixture(scope="module", name="page")
def _page(reading: Reading) -> MapPage:
    return map_page(reading)


def test_the_map_counts_what_bus_factor_counts_under_the_same_headings(reading: Reading, page: MapPage) -> None:
    found = _HEADING.findall(bus_factor_text(how_few(reading), everything=True))
    standings = {one.heading for one in STANDINGS.values()}
    told = {words: int(count) for words, count in found if words in standings}  # pairs have a heading, and no standing
    shown = Counter(node.standing for node in page.nodes if node.thing)
    assert shown["one-person"] == 39
    assert {STANDINGS[key].heading: count for key, count in shown.items()} == told


def test_the_opening_counts_systems_and_other_things_as_bus_factor_does(reading: Reading, page: MapPage) -> None:
    told = json.loads(bus_factor_json(how_few(reading)))
    systems, things = len(told["systems"]), len(told["things"])
    assert f"{systems} systems, {things} other things, " in page.subtitle
    report = bus_factor_report(reading)
    assert (report.systems, sum(report.standings.values())) == (systems, systems + things)


def test_of_the_demo_no_thing_is_without_words_and_nothing_weak_is_called_two_people_away(page: MapPage) -> None:
    nodes = {node.name: node for node in page.nodes if node.thing}
    assert [name for name, node in nodes.items() if not node.stands] == []
    assert nodes["Discount approval"].stands == "one person away from failing"
    assert nodes["List Cleaner"].stands == "may be one person away from failing"
    assert nodes["UTM stitching"].stands == "who cares for it could not be read"
    assert nodes["HubSpot–Salesforce sync"].stands == "one person away from failing; tape"
    assert nodes["Distributor portal feed"].stands == (
        "one person away from failing; nobody cares for it, as far as was read"
    )
    assert nodes["Facebook page"].stands.endswith("; hangs on one person's login")
    assert nodes["Lead scoring on form"].stands == "is broken already"
    for fold in (node for node in page.nodes if node.look is Look.FOLD):
        held = [node for node in page.nodes if node.within == fold.id]
        assert {node.standing for node in held if not node.off} <= {*_FINE, "care-not-read"}
        open_ = sum(bool(node.open) for node in held)
        assert fold.sub.startswith(f"{open_} with something open; ") == (open_ > 0)
        assert fold.sub.endswith("all two people away or more") == all(
            node.thing and not STANDINGS[node.standing].weak for node in held
        )


def test_what_is_switched_off_says_so(page: MapPage) -> None:
    assert {node.stands for node in page.nodes if node.name in {"Nurture 2023", "App 44410"}} == {"switched off"}


_MAY_BE_BROKEN = """
    crm/prod/system/prod:System
    crm/prod/account/1:Account {email=ida@fernhill.test active=false}
    load:Automation -RUNS_AS-> crm/prod/account/1 {outcome=unknown}
    ida:Person {email=ida@fernhill.test active=true}
"""


def test_what_only_may_be_broken_is_not_called_broken(tmp_path: Path) -> None:
    [load] = [node for node in map_page(reading_of(tmp_path, _MAY_BE_BROKEN)).nodes if node.id == "load"]
    assert (load.risk is Risk.ALREADY_BROKEN, load.standing) == (False, "broken")
    assert load.stands.startswith("broken already, or may be")


def test_what_is_supposed_stands_apart_and_says_what_changes_nothing(reading: Reading, page: MapPage) -> None:
    sentences = ["Ravi Menon administers HubSpot", "Dana Okafor administers HubSpot", "Owen Blake is back"]
    supposed = map_page(suppose(reading, sentences))
    assert supposed.title == "Stack map, as supposed"
    assert "Supposing" not in supposed.subtitle
    first, second, third = supposed.supposing
    assert first.startswith("Ravi Menon administers HubSpot")
    assert second == "Dana Okafor administers HubSpot (so already: it changes nothing)"
    assert third.startswith("Owen Blake is back")
    assert (page.title, page.supposing) == ("Stack map", ())
    logins = {node.id: node.off for node in supposed.nodes if node.name == "Owen Blake"}
    assert set(logins.values()) == {False}
