"""What a platform refuses it does not do: the login counts as deactivated for everything else."""

from stackmap.analysis import Analysis, Leaving
from stackmap.model import Act
from tests.support.loading import stack_of
from tests.support.notation import notation

OWNER = """
    instance:System -OWNED_BY-> a:Account {removed=refused/likely deactivated=survives/likely}
    flow:Automation -OWNED_BY-> a {removed=stops/certain deactivated=survives/likely}
    sync:Automation -RUNS_AS-> a {removed=stops/certain deactivated=later/likely}
    P:Person -HAS_ACCOUNT-> a
"""


def rows(picture: str, act: Act) -> set[tuple[str, str]]:
    analysis = Analysis(stack_of(notation(picture)), Leaving(act))
    found = {(row.thing, row.outcome.value) for row in analysis.leave(["P"]).rows}
    return {(thing, outcome) for thing, outcome in found if outcome != "unowned"}


def test_a_refused_removal_leaves_the_login_deactivated() -> None:
    assert rows(OWNER, Act.REMOVED) == {("instance", "refused"), ("flow", "survives"), ("sync", "later")}


def test_without_the_refusal_the_removal_goes_through() -> None:
    picture = OWNER.replace("removed=refused/likely", "removed=survives/likely")
    assert rows(picture, Act.REMOVED) == {("instance", "survives"), ("flow", "stops"), ("sync", "stops")}


def test_what_the_removal_is_refused_for_feels_nothing_else() -> None:
    picture = OWNER.replace("deactivated=survives/likely}\n    flow", "deactivated=stops/certain}\n    flow")
    assert ("instance", "stops") not in rows(picture, Act.REMOVED)
    assert ("instance", "stops") in rows(picture, Act.DEACTIVATED)


def test_a_login_that_is_dragged_off_besides_feels_that() -> None:
    picture = OWNER.replace("deactivated=survives/likely}\n    flow", "deactivated=stops/certain}\n    flow")
    dragged = picture + "a -PROVISIONED_BY-> b:Account\nP -HAS_ACCOUNT-> b"
    assert ("instance", "stops") in rows(dragged, Act.REMOVED)
