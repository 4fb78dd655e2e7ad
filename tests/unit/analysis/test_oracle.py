"""The oracle gives the answers of the worked examples, and keeps the laws of the rules on random stacks."""

from collections.abc import Iterator
from random import Random
from typing import Any

import pytest

from tests.oracle import brute
from tests.oracle.facts import AS_SOMEBODY, CHAIN, GRADES, Stack, read
from tests.oracle.logins import Departure, logins, struck
from tests.oracle.runs import Run
from tests.oracle.stacks import random_stack
from tests.support.notation import notation
from tests.unit.analysis.examples import AS_OF, EXAMPLES, Example

Line = dict[str, Any]

SEEDS = range(300)
NOBODY: frozenset[str] = frozenset()
HOSTS = {"WRITES_TO": "Dataset", "MEMBER_OF": "Group"}
PROVEN_BY_KIND = ("TRIGGERS", "WRITES_TO", "MEMBER_OF")


@pytest.fixture(params=sorted(EXAMPLES), ids=lambda number: f"{number}-{EXAMPLES[number].title}")
def example(request: pytest.FixtureRequest) -> Example:
    return EXAMPLES[request.param]


def test_a_worked_example_gives_exactly_its_rows(example: Example) -> None:
    stack = notation(example.picture)
    for check in example.checks:
        leavers = frozenset(check.leavers)
        assert brute.outcomes(stack, leavers, "deactivated", AS_OF) == list(check.rows)
        assert brute.partial(stack, leavers, "deactivated", AS_OF) == list(check.partial)
        assert brute.already_broken(stack, AS_OF) == list(check.already_broken)


def test_a_worked_example_names_the_logins_to_see_to(example: Example) -> None:
    stack = notation(example.picture)
    for check in example.checks:
        leavers = frozenset(check.leavers)
        if check.rotate is not None:
            assert brute.rotate(stack, leavers, AS_OF) == list(check.rotate)
        if check.accounts is not None:
            assert brute.accounts(stack, leavers, AS_OF) == list(check.accounts)


def test_a_worked_example_has_its_bus_factors(example: Example) -> None:
    if not example.running and not example.care:
        return  # the app of 300 people has too many subsets to try
    found = brute.bus_factor(notation(example.picture), "deactivated", AS_OF)
    running = {x: (found[x]["running"], found[x]["at_worst"]["running"]) for x in example.running}
    care = {x: (found[x]["care"], found[x]["at_worst"]["care"]) for x in example.care}
    assert (running, care) == (example.running, example.care)


def test_proven_is_never_worse_than_at_worst() -> None:
    for seed, stack, rng in _random_stacks():
        facts = read(stack, AS_OF)
        proven, worst = Run(facts, "proven", "possible"), Run(facts, "worst", "possible")
        for gone in _growing(facts.people, rng):
            how = rng.choice(("deactivated", "frozen", "removed", "transferred"))
            assert not _worse(proven.states(gone, how), worst.states(gone, how)), f"seed {seed}, {gone}"


def test_nothing_gets_better_by_more_leaving() -> None:
    for seed, stack, rng in _random_stacks():
        facts = read(stack, AS_OF)
        grades = [("worst", "possible"), *(("proven", grade) for grade in GRADES)]
        for run in (Run(facts, *chosen) for chosen in grades):
            people = [*facts.people, *facts.anonymous_people]
            before: dict[str, int] = {}
            for gone in _growing(people, rng):
                after = run.states(gone, "deactivated")
                assert not _worse(before, after), f"seed {seed}, {run.reading} {run.grade}, {gone}"
                before = after


def test_a_stronger_grade_proves_no_more_than_a_weaker_one() -> None:
    for seed, stack, rng in _random_stacks():
        facts = read(stack, AS_OF)
        possible, likely, certain = (Run(facts, "proven", grade) for grade in GRADES)
        for gone in _growing(facts.people, rng):
            surer = certain.states(gone, "deactivated")
            sure = likely.states(gone, "deactivated")
            assert not _worse(surer, sure), f"seed {seed}, {gone}"
            assert not _worse(sure, possible.states(gone, "deactivated")), f"seed {seed}, {gone}"


def test_one_more_member_of_a_proven_group_never_worsens_anything() -> None:
    tried = {"proven": 0, "worst": 0}
    for seed, stack, rng in _random_stacks():
        for reading in tried:
            seen = stack if reading == "proven" else _without_last_use(stack)
            more = _with_one_more_member(seen, rng)
            if more is None or (reading == "worst" and _mends_something(seen, more)):
                continue
            tried[reading] += 1
            before, after = (Run(read(lines, AS_OF), reading, "possible") for lines in (seen, more))
            for gone in _growing(before.stack.people, rng):
                old, new = before.states(gone, "deactivated"), after.states(gone, "deactivated")
                assert not _worse(new, old), f"seed {seed}, {reading}, {gone}"
    assert min(tried.values()) > 100


def test_renaming_and_reordering_change_nothing() -> None:
    for seed, stack, rng in _random_stacks():
        other = [_renamed(line) for line in _reordered(stack, rng)]
        leavers = frozenset(rng.sample(read(stack, AS_OF).people, 2))
        renamed = frozenset(map(_new_name, leavers))
        expected = [_renamed(row) for row in brute.outcomes(stack, leavers, "deactivated", AS_OF)]
        found = brute.outcomes(other, renamed, "deactivated", AS_OF)
        assert _sorted(found) == _sorted(expected), f"seed {seed}, {leavers}"
        broken = [_renamed(row) for row in brute.already_broken(stack, AS_OF)]
        assert _sorted(brute.already_broken(other, AS_OF)) == _sorted(broken), f"seed {seed}"


def test_at_worst_fewer_people_suffice() -> None:
    for seed, stack, _ in _random_stacks():
        for thing, factor in brute.bus_factor(stack, "deactivated", AS_OF).items():
            proven, worst = factor["running"], factor["at_worst"]["running"]
            assert proven is None or (worst is not None and worst <= proven), f"seed {seed}, {thing}"


def test_the_reading_after_a_departure_agrees_with_what_was_proven() -> None:
    tried = 0
    for seed, stack, rng in _random_stacks():
        facts = read(stack, AS_OF)
        leaver = rng.choice(facts.people)
        gone, how = frozenset({leaver}), rng.choice(("deactivated", "frozen"))
        undergone = struck(facts, logins(facts), Departure(gone, how, "proven", "possible"))
        if any({"removed", "transferred"} & acts for acts in undergone.values()):
            continue
        predicted = Run(facts, "proven", "possible").states(gone, how)
        after = read([_after(line, leaver, undergone) for line in stack], AS_OF)
        if _disagree_on_who_logs_in(facts, after, leaver):
            continue
        tried += 1
        assert Run(after, "proven", "possible").states(NOBODY, how) == predicted, f"seed {seed}, {leaver}"
    assert tried > 200


def test_the_random_stacks_bring_about_every_outcome() -> None:
    words: set[str] = set()
    for _, stack, rng in _random_stacks():
        leavers = frozenset(rng.sample(read(stack, AS_OF).people, 2))
        words.update(row["outcome"] for row in brute.outcomes(stack, leavers, "deactivated", AS_OF))
    chain = {*CHAIN[1:], "unknown"}
    assert words == chain | {"refused", "moved", "survives", "unowned", "muted"}


def test_the_random_stacks_hold_people_who_have_left_and_still_log_in_and_what_runs_as_them() -> None:
    found = {(kind, on): 0 for kind in AS_SOMEBODY for on in (True, False)}
    for _, stack, _ in _random_stacks():
        facts = read(stack, AS_OF)
        for edge in facts.of(*AS_SOMEBODY):
            if facts.kind(edge.end) == "Person" and facts.is_off(edge.end):
                found[edge.kind, facts.logs_in_though_gone(edge.end)] += 1
    assert min(found.values()) >= 2, found


def _disagree_on_who_logs_in(before: Stack, after: Stack, leaver: str) -> bool:
    """Whether something runs as somebody by name whose logins are not as the question has it.

    The leaver still has one that is on, or somebody who was gone has no more of them.
    """
    people = {edge.end for edge in after.of(*AS_SOMEBODY) if after.kind(edge.end) == "Person"}
    expected = {person for person in people if person != leaver and before.logs_in_though_gone(person)}
    return {person for person in people if after.logs_in_though_gone(person)} != expected


def _random_stacks() -> Iterator[tuple[int, list[Line], Random]]:
    for seed in SEEDS:
        rng = Random(seed)
        yield seed, random_stack(rng), rng


def _growing(people: list[str], rng: Random) -> list[frozenset[str]]:
    """Nobody, one, two ... everybody, in random order."""
    order = rng.sample(people, len(people))
    return [frozenset(order[:size]) for size in range(len(order) + 1)]


def _worse(levels: dict[str, int], than: dict[str, int]) -> list[str]:
    return [node for node in levels if node in than and levels[node] > than[node]]


def _mends_something(stack: list[Line], more: list[Line]) -> bool:
    """No member was left: what now works again may join a group of which, at worst, all are needed."""
    before, after = (Run(read(lines, AS_OF), "proven", "possible") for lines in (stack, more))
    return bool(_worse(before.states(NOBODY, "deactivated"), after.states(NOBODY, "deactivated")))


def _without_last_use(stack: list[Line]) -> list[Line]:
    return [
        {**line, "properties": {k: v for k, v in line.get("properties", {}).items() if k != "last_used"}}
        for line in stack
    ]


def _with_one_more_member(stack: list[Line], rng: Random) -> list[Line] | None:
    """The stack with a further, personal member in one of its proven groups; None if it has none."""
    groups = [line for line in stack if line["type"] == "edge" and _is_of_proven_group(stack, line)]
    if not groups:
        return None
    edge = rng.choice(groups)
    person = rng.choice(read(stack, AS_OF).people)
    place = stack.index(edge) + 1
    return [*stack[:place], *_newcomer(edge, person), *stack[place:]]


def _is_of_proven_group(stack: list[Line], edge: Line) -> bool:
    if edge["kind"] in HOSTS and read(stack, AS_OF).kind(edge["to"]) != HOSTS[edge["kind"]]:
        return False
    if "group" not in edge:
        return edge["kind"] in PROVEN_BY_KIND
    twins = [line for line in stack if line.get("group") == edge["group"]]
    return all(line["need"] == 1 and line.get("proven") is not False for line in twins)


def _newcomer(edge: Line, person: str) -> list[Line]:
    """An automation, or a login for a queue, that stops when this person leaves."""
    login = {"type": "node", "kind": "Account", "id": "new/login", "properties": {"account_type": "human"}}
    tie = {"type": "edge", "kind": "HAS_ACCOUNT", "from": person, "to": "new/login"}
    runner = {"type": "node", "kind": "Automation", "id": "new/runner"}
    runs_as = {"type": "edge", "kind": "RUNS_AS", "from": "new/runner", "to": "new/login", "outcome": "stops"}
    grouped: Line = {key: edge[key] for key in ("group", "need") if key in edge}
    dependent = edge["to"] if edge["kind"] in PROVEN_BY_KIND else edge["from"]
    if edge["kind"] == "MEMBER_OF" and not grouped:
        joins = {"type": "edge", "kind": "MEMBER_OF", "from": "new/login", "to": dependent}
    elif edge["kind"] == "WRITES_TO" or (edge["kind"] == "TRIGGERS" and not grouped):
        joins = {"type": "edge", "kind": edge["kind"], "from": "new/runner", "to": dependent, **grouped}
    else:
        joins = {"type": "edge", "kind": "DEPENDS_ON", "from": dependent, "to": "new/runner", **grouped}
    return [login, tie, runner, runs_as, joins]


def _reordered(stack: list[Line], rng: Random) -> list[Line]:
    """Lines in another order within their source, and the sources in the other order."""
    sections: list[list[Line]] = []
    for line in stack:
        if line["type"] == "source":
            sections.append([])
        sections[-1].append(line)
    shuffled = [[first, *rng.sample(rest, len(rest))] for first, *rest in reversed(sections)]
    return [line for section in shuffled for line in section]


def _new_name(name: str) -> str:
    """Another name, of the same product, tenant and kind; what no API shows stays what it is."""
    *path, last = name.split("/")
    if (not path and not last.startswith(("person-", "free-"))) or len(path) == 1 or ":" in last:
        return name
    return "/".join([*path, last[::-1] + "~"])


def _renamed(line: Line) -> Line:
    renamed = {key: _new_name(value) if key in ("id", "from", "to", "thing") else value for key, value in line.items()}
    heir = line.get("properties", {}).get("moved_to")
    return renamed | ({"properties": {**line["properties"], "moved_to": _new_name(heir)}} if heir else {})


def _sorted(rows: list[Line]) -> list[Line]:
    return sorted(rows, key=lambda row: (row["thing"], row["outcome"]))


def _after(line: Line, leaver: str, undergone: dict[str, frozenset[str]]) -> Line:
    """The line as the next reading would have it."""
    acts = undergone.get(line.get("id", ""), frozenset())
    said = {"active": False} if line.get("id") == leaver or "deactivated" in acts else {}
    frozen = {"frozen": True} if "frozen" in acts else {}
    return {**line, "properties": {**line.get("properties", {}), **said, **frozen}}
