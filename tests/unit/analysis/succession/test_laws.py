"""Second holders on random stacks: the plan lifts what it says, and no smaller one does (brute force)."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from itertools import combinations
from typing import Any

from stackmap.analysis import Analysis, Count, Leaving, bus_factors
from stackmap.analysis.bus_factor.standing import Standing, standing
from stackmap.analysis.compiling.compiled import CompiledStack
from stackmap.analysis.gates.marks import Run, mark_of
from stackmap.analysis.succession.agreed import agreed
from stackmap.analysis.succession.candidates import Candidates
from stackmap.analysis.succession.fewest import Proof
from stackmap.analysis.succession.holds import Hold, Holding, Way, can_share
from stackmap.analysis.succession.plan import second_holders
from stackmap.analysis.succession.remains import OneMore, one_person_away, remaining_running
from stackmap.analysis.succession.rights import gives_rights
from stackmap.analysis.succession.sharing import Fit
from stackmap.declared.factwriting import SourceHead, write_facts
from stackmap.model import Act, Fact, State
from tests.oracle import brute
from tests.support.laws import on_random_stacks
from tests.support.loading import AS_OF, stack_of

Line = Mapping[str, Any]
Lines = Sequence[Line]

_HOW = Leaving(Act.DEACTIVATED)
_LOST = mark_of(Run.POSSIBLE, State.STARVES)
_MOST_TRIED = 7
"""Of so many holds at most every choice is tried."""


def _analysis(lines: Lines) -> Analysis:
    return Analysis(stack_of(lines), _HOW)


def _here(compiled: CompiledStack) -> list[str]:
    return [person for person in compiled.stack.people if can_share(compiled.stack, person)]


def _alone(compiled: CompiledStack, people: Collection[str]) -> dict[str, set[str]]:
    """The counted things that each of these people's leaving newly stops, or leaves on old data."""
    names, counted = compiled.network.names, compiled.counted
    return {
        person: {names[node] for node, marks in compiled.solver.leaving((person,)).items() if marks & _LOST}
        & set(counted)
        for person in people
    }


def _newcomers(lines: Lines, holds: Collection[Hold]) -> tuple[Lines, dict[Hold, str]]:
    """The stack with somebody new for each hold, of whom nothing else is known."""
    seconds = {hold: f"second/{place}" for place, hold in enumerate(sorted(holds, key=lambda hold: hold.order))}
    people = [{"type": "node", "kind": "Person", "id": person, "name": person} for person in seconds.values()]
    return [*lines, *people], seconds


def _shared(lines: Lines, holds: Collection[Hold]) -> CompiledStack:
    """The stack with a newcomer as second holder of each of these, compiled anew from its facts."""
    more, seconds = _newcomers(lines, holds)
    return agreed(Candidates(_analysis(more)), seconds)


def _choices(holds: Sequence[Hold]) -> Iterator[tuple[Hold, ...]]:
    """Every choice of holds, the smallest first."""
    for size in range(len(holds) + 1):
        yield from combinations(holds, size)


@on_random_stacks(100)
def test_somebodys_leaving_is_the_loss_of_all_their_holds(lines: Lines) -> None:
    analysis = _analysis(lines)
    here = _here(analysis)
    holding = Holding(analysis, here, analysis.counted)
    for person, lost in _alone(analysis, here).items():
        assert holding.lost(holding.holds.get(person, ())) == lost


@on_random_stacks(50)
def test_a_second_holder_takes_just_that_hold_away(lines: Lines) -> None:
    """Judged from the facts again, whoever is agreed on is as good as the hold not being lost."""
    analysis = _analysis(lines)
    here = _here(analysis)
    holding = Holding(analysis, here, analysis.counted)
    for person, holds in holding.holds.items():
        some = [hold for place, hold in enumerate(holds) if place % 2 == 0]
        rest = [hold for hold in holds if hold not in some]
        assert _alone(_shared(lines, some), [person])[person] == holding.lost(rest)


@on_random_stacks(30)
def test_second_holders_of_what_others_hold_change_nothing_when_somebody_leaves(lines: Lines) -> None:
    """So the fewest for everybody are the fewest for each, added up."""
    analysis = _analysis(lines)
    here = _here(analysis)
    holds = [hold for held in Holding(analysis, here, analysis.counted).holds.values() for hold in held]
    for person, lost in _alone(analysis, here).items():
        after = _shared(lines, [hold for hold in holds if hold.person != person])
        assert _alone(after, [person])[person] == lost


def _can_be_helped(compiled: CompiledStack, wanted: Collection[str]) -> set[str]:
    """What no leaving of somebody breaks who is not here, or of whom nobody knows who it is."""
    here = _here(compiled)
    others = [person for person in compiled.network.seeds if person not in here]
    return set(wanted) - set().union(*_alone(compiled, others).values())


@on_random_stacks(40)
def test_no_smaller_choice_of_second_holders_keeps_everything_from_one_person(lines: Lines) -> None:
    analysis = _analysis(lines)
    plan = second_holders(analysis).running
    _assert_fewest(lines, [one.hold for one in plan.hand_overs], analysis.counted)
    assert plan.at_least == len(plan.hand_overs)
    assert plan.proof is not Proof.NOT_PROVEN


@on_random_stacks(80)
def test_nor_does_a_smaller_one_for_the_things_that_were_asked_about(lines: Lines) -> None:
    """With all logins of one person, and nothing on the way to a thing asked about, there are alternatives to weigh."""
    ones = _all_of_one_person(lines)
    analysis = _analysis(ones)
    lost = _alone(analysis, _here(analysis)).values()
    for thing in sorted(set().union(*lost)):
        plan = second_holders(analysis, [thing]).running
        _assert_fewest(ones, [one.hold for one in plan.hand_overs], [thing])


def _all_of_one_person(lines: Lines) -> Lines:
    one = min((line["id"] for line in lines if line.get("kind") == "Person"), default="")
    return [{**line, "from": one} if line.get("kind") == "HAS_ACCOUNT" else line for line in lines]


def _assert_fewest(lines: Lines, planned: Sequence[Hold], wanted: Collection[str]) -> None:
    analysis = _analysis(lines)
    wanted = _can_be_helped(analysis, wanted)
    for person, holds in Holding(analysis, _here(analysis), wanted).holds.items():
        if len(holds) <= _MOST_TRIED:
            enough = next(some for some in _choices(holds) if _is_kept(lines, some, person, wanted))
            assert sum(hold.person == person for hold in planned) == len(enough)


def _is_kept(lines: Lines, shared: Collection[Hold], person: str, wanted: Collection[str]) -> bool:
    """Whether nothing wanted is lost with this person once these holds are shared."""
    return _alone(_shared(lines, shared), [person])[person].isdisjoint(wanted)


@on_random_stacks(50)
def test_with_every_second_holder_found_nothing_hangs_on_one_person_who_is_here(lines: Lines) -> None:
    analysis = _analysis(lines)
    here = _here(analysis)
    plan = second_holders(analysis)
    holds = [one.hold for part in (plan.running, plan.care) for one in part.hand_overs]
    after = _shared(lines, holds)
    helped, cared_for = _can_be_helped(analysis, analysis.counted), _cared_for_by_people_here(after)
    assert helped.isdisjoint(set().union(*_alone(after, _here(after)).values()))
    assert not any(list(OneMore(after).uncared(person, cared_for)) for person in _here(after))
    factors = {factor.thing: factor for factor in bus_factors(Analysis(after.stack, _HOW))}
    for person, lost in _alone(analysis, here).items():
        for thing in lost & helped:
            assert (person,) not in factors[thing].minimal_sets


def _cared_for_by_people_here(compiled: CompiledStack) -> set[str]:
    here, asked = _here(compiled), OneMore(compiled)
    others = (person for person in asked.people if person not in here)
    return set(compiled.counted) - {thing for person in others for thing in asked.uncared(person, compiled.counted)}


@on_random_stacks(100)
def test_one_person_away_from_failing_is_what_bus_factors_call_so(lines: Lines) -> None:
    analysis = _analysis(lines)
    running = remaining_running(OneMore(analysis), analysis.counted, _here(analysis))
    called = {one.thing for one in bus_factors(analysis) if standing(one) is Standing.ONE_PERSON}
    assert one_person_away(OneMore(analysis), running) == called
    assert second_holders(analysis).one_away == tuple(sorted(called))


@on_random_stacks(60)
def test_once_some_have_left_holds_take_what_the_leaving_of_one_more_takes(lines: Lines) -> None:
    analysis = _analysis(lines)
    here = _here(analysis)
    away, stay = here[::2], here[1::2]
    first = _lost_with(analysis, away)
    holding = Holding(analysis, stay, analysis.counted, away)
    for person in stay:
        assert holding.lost(holding.holds.get(person, ())) == _lost_with(analysis, [*away, person]) - first


@on_random_stacks(60)
def test_once_some_have_left_what_is_lifted_needs_two_more(lines: Lines) -> None:
    analysis = _analysis(lines)
    here = _here(analysis)
    away = here[:1]
    plan = second_holders(analysis, leaving=away)
    seconds = {one.hold: one.second for one in (*plan.running.hand_overs, *plan.care.hand_overs) if one.second}
    assert set(away).isdisjoint({*seconds.values(), *(hold.person for hold in seconds)})
    assert set(plan.gone) == _lost_with(analysis, away)
    after = agreed(Candidates(analysis), seconds)
    first = _lost_with(after, away)
    for person in after.network.seeds:
        assert set(plan.running.lifted).isdisjoint(_lost_with(after, [*away, person]) - first)


def _lost_with(compiled: CompiledStack, people: Sequence[str]) -> set[str]:
    """The counted things that newly stop, or run on old data, when these people leave together."""
    names = compiled.network.names
    gained = compiled.solver.leaving(people)
    return {names[node] for node, marks in gained.items() if marks & _LOST} & set(compiled.counted)


@on_random_stacks(50)
def test_what_is_said_to_be_lifted_has_two_and_the_rest_is_told(lines: Lines) -> None:
    analysis = _analysis(lines)
    plan = second_holders(analysis)
    seconds = {one.hold: one.second for one in (*plan.running.hand_overs, *plan.care.hand_overs) if one.second}
    without_rights = {hold: second for hold, second in seconds.items() if not gives_rights(analysis, hold)}
    before = _numbers(analysis)
    for place, (part, some) in enumerate(((plan.running, seconds), (plan.care, without_rights))):
        after = _numbers(agreed(Candidates(analysis), some))
        still = {one.thing for one in part.remains if one.why.proven}
        lifted = {thing for thing in before if before[thing][place] == 1 and after[thing][place] != 1}
        assert set(part.lifted) == lifted
        assert still == {thing for thing in after if after[thing][place] == 1}


@on_random_stacks(60)
def test_what_is_lifted_stands_with_a_hand_over_or_is_looked_after_with_what_is_shared_to_keep_it_running(
    lines: Lines,
) -> None:
    """So what is told adds up; and no login by which its holder administers anything counts for that."""
    administered = _with_administrators(lines)
    analysis = _analysis(administered)
    plan = second_holders(analysis)
    told = {thing for one in plan.care.hand_overs if one.second for thing in one.things}
    shared = {one.hold: one.second for one in plan.running.hand_overs if one.second}
    some = {hold: second for hold, second in shared.items() if not gives_rights(analysis, hold)}
    alone = {thing for thing, (_, care) in _numbers(agreed(Candidates(analysis), some)).items() if care == 1}
    assert set(plan.care.lifted) & alone <= told
    assert {thing for one in plan.care.hand_overs for thing in one.things} <= alone


def _with_administrators(lines: Lines) -> Lines:
    """The stack with one place for everything, which the first login administers."""
    inside = sorted(line["id"] for line in lines if line.get("kind") in {"Account", "Automation", "Integration"})
    first = next((line["id"] for line in lines if line.get("kind") == "Account"), None)
    more: list[Line] = [{"type": "source", "name": "place"}, {"type": "node", "kind": "System", "id": "place"}]
    more += [_edge("PART_OF", one, "place") for one in inside]
    return [*lines, *more, *([_edge("ADMINISTERS", first, "place")] if first else [])]


def _numbers(compiled: CompiledStack) -> dict[str, tuple[Count, Count]]:
    factors = bus_factors(Analysis(compiled.stack, compiled.how))
    return {factor.thing: (factor.running, factor.care) for factor in factors}


@on_random_stacks(50)
def test_the_oracle_finds_the_lifted_things_lifted(lines: Lines) -> None:
    """Judged by the brute force that knows nothing of the engine, from the facts that the plan makes."""
    analysis = _analysis(lines)
    plan = second_holders(analysis)
    seconds = {one.hold: one.second for one in (*plan.running.hand_overs, *plan.care.hand_overs) if one.second}
    if not seconds:
        return
    theirs = brute.bus_factor(_lines_of(agreed(Candidates(analysis), seconds)), Act.DEACTIVATED.value, AS_OF)
    for thing in plan.running.lifted:
        assert theirs[thing]["running"] != 1
    for thing in plan.care.lifted:
        assert theirs[thing]["care"] != 1


def _lines_of(compiled: CompiledStack) -> Lines:
    """The stack as fact-file lines."""
    graph = compiled.stack.graph
    facts: list[Fact] = [fact for vertex in graph.vertices() for fact in vertex.facts]
    facts.extend(fact for link in graph.links() for fact in link.facts)
    sources = sorted({item.source for fact in facts for item in fact.evidence})
    heads = [SourceHead(source, datetime(2026, 11, 22, tzinfo=UTC)) for source in sources]
    lines = [json.loads(line) for line in write_facts(facts, compiled.stack.coverage, heads)]
    return [line | {"evidence": line["evidence"][0]} if "evidence" in line else line for line in lines]


@on_random_stacks(25)
def test_the_plan_is_the_same_for_any_order_of_facts(lines: Lines) -> None:
    """Within each source, for lines belong to the source above them."""
    mixed: list[Line] = []
    for line in lines:
        mixed.insert(len(mixed) if line["type"] == "source" else _after_source(mixed), line)
    assert second_holders(_analysis(mixed)) == second_holders(_analysis(lines))


def _after_source(mixed: Lines) -> int:
    return max((place + 1 for place, line in enumerate(mixed) if line["type"] == "source"), default=0)


@on_random_stacks(40)
def test_with_backups_in_the_notes_the_plan_is_as_small_and_keeps_its_promise(lines: Lines) -> None:
    """Who takes over changes, never how many must; and a backup is told of what the notes name them for."""
    noted = _with_backups(lines)
    analysis = _analysis(noted)
    plan = second_holders(analysis)
    hand_overs = (*plan.running.hand_overs, *plan.care.hand_overs)
    named = {(line["to"], line["from"]) for line in noted if line.get("properties", {}).get("backup")}
    assert all({(one.second, thing) for thing in one.backup_of} <= named for one in hand_overs)
    assert all(bool(one.backup_of) is (one.fit in {Fit.NAMED, Fit.NAMED_TOO}) for one in hand_overs)
    assert len(plan.running.hand_overs) == len(second_holders(_analysis(lines)).running.hand_overs)
    after = agreed(Candidates(analysis), {one.hold: one.second for one in hand_overs if one.second})
    assert set(plan.running.lifted).isdisjoint(set().union(*_alone(after, after.network.seeds).values()))
    assert second_holders(_analysis([*lines, noted[len(lines)], *reversed(noted[len(lines) + 1 :])])) == plan


def _with_backups(lines: Lines) -> Lines:
    """The stack with notes that name a backup for each automation and integration, in turn."""
    people = sorted(line["id"] for line in lines if line.get("kind") == "Person")
    things = sorted(line["id"] for line in lines if line.get("kind") in {"Automation", "Integration"})
    named = zip(things, people * len(things), strict=False)
    head: Line = {"type": "source", "name": "manifest"}
    return [*lines, head, *(_backup(thing, person) for thing, person in named)]


def _backup(thing: str, person: str) -> Line:
    edge = {"type": "edge", "kind": "OWNED_BY", "from": thing, "to": person, "evidence": {"how": "declared"}}
    return {**edge, "properties": {"backup": True}}


@on_random_stacks(60)
def test_holds_are_as_exact_where_people_fill_queues_alone(lines: Lines) -> None:
    """All of somebody's holds are their leaving, and whoever is agreed on for some of them takes just these away."""
    queued = _with_queues(lines)
    analysis = _analysis(queued)
    here = _here(analysis)
    holding = Holding(analysis, here, analysis.counted)
    for person, lost in _alone(analysis, here).items():
        holds = holding.holds.get(person, ())
        assert holding.lost(holds) == lost
        for some in (holds[::2], [hold for hold in holds if hold.way is not Way.MEMBER]):
            rest = [hold for hold in holds if hold not in some]
            assert _alone(_shared(queued, some), [person])[person] == holding.lost(rest)


def _with_queues(lines: Lines) -> Lines:
    """The stack with a queue for every two logins in turn, and a rule that hands its work there."""
    logins = sorted({line["id"] for line in lines if line.get("kind") == "Account"})
    more: list[Line] = [{"type": "source", "name": "queues"}]
    for place in range(0, len(logins), 2):
        queue, rule = f"queue/{place}", f"rule/{place}"
        more += [{"type": "node", "kind": kind, "id": one} for kind, one in (("Group", queue), ("Automation", rule))]
        more += [_edge("MEMBER_OF", login, queue) for login in logins[place : place + 2]]
        more.append({**_edge("ROUTES_TO", rule, queue), "outcome": "stops"})
    return [*lines, *more]


def _edge(kind: str, start: str, end: str) -> Line:
    return {"type": "edge", "kind": kind, "from": start, "to": end}


@on_random_stacks(40)
def test_no_smaller_choice_keeps_queues_either(lines: Lines) -> None:
    queued = _with_queues(lines)
    analysis = _analysis(queued)
    plan = second_holders(analysis).running
    if plan.proof is not Proof.NOT_PROVEN:
        _assert_fewest(queued, [one.hold for one in plan.hand_overs], analysis.counted)
    _assert_as_few_as_claimed(queued)


@on_random_stacks(25)
def test_as_many_are_needed_as_is_claimed_where_people_hang_on_things_too(lines: Lines) -> None:
    _assert_as_few_as_claimed(_with_people_on_things(_with_queues(lines)))


def _with_people_on_things(lines: Lines) -> Lines:
    """Every other person hangs on something, in turn."""
    people = sorted(line["id"] for line in lines if line.get("kind") == "Person")
    things = sorted(line["id"] for line in lines if line.get("kind") in {"Automation", "Integration"})
    tied = zip(people[::2], things[::2], strict=False)
    needs = [{**_edge("DEPENDS_ON", person, thing), "outcome": "stops"} for person, thing in tied]
    return [*lines, {"type": "source", "name": "ties"}, *needs]


def _assert_as_few_as_claimed(lines: Lines) -> None:
    """Whoever shares: the plan keeps everything, and no choice among everybody's holds with fewer than it claims."""
    analysis = _analysis(lines)
    plan = second_holders(analysis).running
    assert (plan.proof is Proof.NOT_PROVEN) is (plan.at_least < len(plan.hand_overs))
    wanted, here = _can_be_helped(analysis, analysis.counted), _here(analysis)
    every = [hold for holds in Holding(analysis, here, wanted).holds.values() for hold in holds]
    fewer = combinations(every, plan.at_least - 1) if plan.at_least and len(every) <= _MOST_TRIED else ()
    assert _keeps(lines, [one.hold for one in plan.hand_overs], wanted)
    assert not any(_keeps(lines, some, wanted) for some in fewer)


def _keeps(lines: Lines, shared: Collection[Hold], wanted: set[str]) -> bool:
    """Whether nothing wanted is lost with anybody who is here once these holds are shared."""
    after = _shared(lines, shared)
    return wanted.isdisjoint(set().union(*_alone(after, _here(after)).values()))
