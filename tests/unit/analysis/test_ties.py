"""In which ways things hang on a login."""

from __future__ import annotations

from typing import Any

from stackmap.analysis import things_behind, ties_behind
from stackmap.analysis.stack import Stack
from stackmap.model import EdgeKind
from tests.support.laws import on_random_stacks
from tests.support.loading import stack_of
from tests.support.notation import notation

PICTURE = """
    x:Account
    dragged:Account -PROVISIONED_BY-> x
    queue:Group
    x -MEMBER_OF-> queue
    batch:Automation -RUNS_AS-> x {outcome=stops certainty=certain}
    batch -NOTIFIES-> x
    sync:Integration -AUTHENTICATES_WITH-> a:Grant
    sync -AUTHENTICATES_WITH-> b:Grant
    a -AUTHORIZED_BY-> x {outcome=stops certainty=certain}
    b -AUTHORIZED_BY-> x {outcome=stops certainty=certain}
    rule:Automation -ROUTES_TO-> queue {outcome=stops certainty=certain}
    feed:Automation -RUNS_AS-> dragged {outcome=stops certainty=certain}
    after:Automation -CALLS-> batch
    idle:Automation {active=false}
    idle -RUNS_AS-> x {outcome=stops certainty=certain}
"""


def _ways(stack: Stack, login: str) -> dict[str, list[list[tuple[EdgeKind, str]]]]:
    found = ties_behind(stack, login)
    return {thing: sorted([(link.kind, link.source) for link in way] for way in ways) for thing, ways in found.items()}


def test_every_way_is_told_from_the_thing_to_the_login() -> None:
    assert _ways(stack_of(notation(PICTURE)), "x") == {
        "batch": [[(EdgeKind.NOTIFIES, "batch")], [(EdgeKind.RUNS_AS, "batch")]],
        "feed": [[(EdgeKind.RUNS_AS, "feed"), (EdgeKind.PROVISIONED_BY, "dragged")]],
        "rule": [[(EdgeKind.ROUTES_TO, "rule"), (EdgeKind.MEMBER_OF, "x")]],
        "sync": [
            [(EdgeKind.AUTHENTICATES_WITH, "sync"), (EdgeKind.AUTHORIZED_BY, "a")],
            [(EdgeKind.AUTHENTICATES_WITH, "sync"), (EdgeKind.AUTHORIZED_BY, "b")],
        ],
    }


@on_random_stacks(20)
def test_whatever_hangs_on_a_login_has_a_way_and_each_way_ends_there(lines: list[dict[str, Any]]) -> None:
    stack = stack_of(lines)
    for login in stack.accounts:
        found = ties_behind(stack, login)
        assert tuple(found) == things_behind(stack, login)
        for thing, ways in found.items():
            assert ways, thing
            for way in ways:
                ends = [
                    (link.target, link.source) if link.kind is EdgeKind.MEMBER_OF else (link.source, link.target)
                    for link in way
                ]
                assert (ends[0][0], ends[-1][1]) == (thing, login)
                assert [end for _, end in ends[:-1]] == [start for start, _ in ends[1:]]
