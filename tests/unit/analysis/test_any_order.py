"""What only breaks together and the bus factor of the stack do not depend on the order in which facts come."""

from __future__ import annotations

from random import Random
from typing import Any

from stackmap.analysis import Analysis
from stackmap.analysis.bus_factor.of_stack import stack_bus_factor
from stackmap.analysis.departures.together import only_together
from tests.support.laws import on_random_stacks
from tests.support.loading import stack_of

Lines = list[dict[str, Any]]


@on_random_stacks(80)
def test_facts_in_any_order_give_the_same_sets(lines: Lines) -> None:
    first, *rest = lines
    if any(line["type"] == "source" for line in rest):
        return  # of two sources the later one is heard first
    before = Analysis(stack_of(lines))
    after = Analysis(stack_of([first, *Random(len(lines)).sample(rest, len(rest))]))
    people = before.stack.people
    assert only_together(after, after.leave(people)) == only_together(before, before.leave(people))
    assert stack_bus_factor(after) == stack_bus_factor(before)
