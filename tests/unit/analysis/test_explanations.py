"""Why a row is as it is: direct causes, what lies behind them, and how sure that is."""

from __future__ import annotations

from stackmap.analysis import Analysis, Cause, Departure, Leaving
from stackmap.model import Certainty, Outcome
from tests.support.loading import stack_of
from tests.support.notation import notation


def _left(picture: str, *leavers: str, how: Leaving | None = None) -> Departure:
    return Analysis(stack_of(notation(picture)), how or Leaving()).leave(leavers)


def _nodes(causes: tuple[Cause, ...]) -> list[str]:
    return [cause.node for cause in causes]


_CHAIN = """
    P:Person -HAS_ACCOUNT-> a:Account
    X:Automation -RUNS_AS-> a {outcome=stops}
    Y:Automation -CALLS-> X
"""


def test_because_holds_direct_causes_and_via_what_lies_behind_them() -> None:
    departure = _left(_CHAIN, "P")
    assert [(row.thing, _nodes(row.because)) for row in departure.rows] == [("X", ["a"]), ("Y", ["X"])]
    assert {node: _nodes(why.because) for node, why in departure.via.items()} == {"a": ["P"]}


def test_every_cause_names_the_edge_that_leads_to_it() -> None:
    departure = _left(_CHAIN, "P")
    edges = [cause.link.key for row in departure.rows for cause in row.because if cause.link]
    assert [(key.source, key.kind.value, key.target) for key in edges] == [("X", "RUNS_AS", "a"), ("Y", "CALLS", "X")]


def test_of_two_reasons_the_one_that_came_first_is_told() -> None:
    departure = _left(f"{_CHAIN}\nY -RUNS_AS-> a {{outcome=stops}}", "P")
    assert _nodes(departure.rows[1].because) == ["a"]


def test_of_a_group_every_lost_member_is_told() -> None:
    picture = f"{_CHAIN}\nZ:Automation -RUNS_AS-> a {{outcome=stops}}\nX -WRITES_TO-> D:Dataset\nZ -WRITES_TO-> D"
    [row] = [row for row in _left(picture, "P").rows if row.thing == "D"]
    assert _nodes(row.because) == ["X", "Z"]


def test_what_was_off_before_has_no_edge_to_show() -> None:
    picture = "X:Automation -RUNS_AS-> a:Account {frozen=stops/certain}\na:Account {frozen=true}"
    departure = _left(picture)
    assert [(loss.thing, _nodes(loss.because)) for loss in departure.already_broken] == [("X", ["a"])]
    assert departure.via["a"].because == (Cause("a", None),)


def test_a_login_that_is_missing_is_explained_as_off() -> None:
    picture = """
        X:Automation -RUNS_AS-> acme/prod/account/7 {outcome=stops}
        coverage acme/prod {kinds=Account}
    """
    assert _left(picture).via["acme/prod/account/7"].because == (Cause("acme/prod/account/7", None),)


def test_logins_that_drag_each_other_are_explained_by_the_leaver_not_in_a_circle() -> None:
    picture = """
        P:Person -HAS_ACCOUNT-> z:Account
        z -PROVISIONED_BY-> b:Account
        b -PROVISIONED_BY-> z
        b:Account {account_type=integration}
        X:Automation -RUNS_AS-> b {outcome=stops}
    """
    departure = _left(picture, "P")
    assert {node: _nodes(why.because) for node, why in departure.via.items()} == {"b": ["z"], "z": ["P"]}


def test_where_the_readings_differ_both_are_explained() -> None:
    picture = """
        P:Person -HAS_ACCOUNT-> a:Account
        X:Automation -RUNS_AS-> a {outcome=later}
        X -CALLS-> Y:Automation
        Y -RUNS_AS-> a {outcome=unknown}
    """
    [row] = [row for row in _left(picture, "P").rows if row.thing == "X"]
    assert (_nodes(row.because), _nodes(row.because_at_worst or ())) == (["a"], ["Y"])


def test_a_verdict_holds_at_the_surest_grade_that_still_breaks_it() -> None:
    picture = """
        P:Person -HAS_ACCOUNT-> a:Account
        X:Automation -RUNS_AS-> a {outcome=stops certainty=possible}
        X -CALLS-> Y:Automation
        Y -RUNS_AS-> a {outcome=stops certainty=likely}
    """
    [row, _] = _left(picture, "P").rows
    assert (row.certainty, _nodes(row.because)) == (Certainty.LIKELY, ["Y"])


def test_a_carer_who_lost_his_login_is_explained_by_the_login() -> None:
    picture = """
        P:Person -HAS_ACCOUNT-> okta:Account
        Q:Person -HAS_ACCOUNT-> b:Account
        b -PROVISIONED_BY-> okta
        b -ADMINISTERS-> org:System
    """
    departure = _left(picture, "P")
    [row] = departure.rows
    assert (row.outcome, _nodes(row.because)) == (Outcome.UNOWNED, ["b"])
    assert {node: _nodes(why.because) for node, why in departure.via.items()} == {"b": ["okta"], "okta": ["P"]}


def test_somebody_who_only_changes_the_role_leaves_what_runs_as_him_on_notice() -> None:
    [row, other] = _left(_CHAIN, "P", how=Leaving(moving=True)).rows
    assert (row.outcome, row.certainty, other.outcome) == (Outcome.LATER, Certainty.POSSIBLE, Outcome.LATER)


def test_somebody_who_only_changes_the_role_no_longer_cares() -> None:
    picture = "flow:Automation -OWNED_BY-> P:Person"
    [row] = _left(picture, "P", how=Leaving(moving=True)).rows
    assert row.outcome is Outcome.UNOWNED


def test_what_is_broken_already_is_as_sure_as_the_surest_reason_and_tells_that_one() -> None:
    picture = """
        X:Automation -RUNS_AS-> a:Account {frozen=stops/possible}
        a:Account {frozen=true}
        Y:Automation -RUNS_AS-> b:Account {deactivated=stops/likely}
        b:Account {active=false}
        Y -CALLS-> X
        Z:Automation -CALLS-> Y
        S:Automation -RUNS_AS-> c:Account {outcome=stops}
        c:Account {active=false}
        U:Automation -RUNS_AS-> c {outcome=unknown}
    """
    departure = _left(picture)
    told = [(loss.thing, loss.certainty, _nodes(loss.because)) for loss in departure.already_broken]
    assert told == [
        ("S", Certainty.CERTAIN, ["c"]),
        ("U", None, ["c"]),
        ("X", Certainty.POSSIBLE, ["a"]),
        ("Y", Certainty.LIKELY, ["b"]),
        ("Z", Certainty.LIKELY, ["Y"]),
    ]
    assert _nodes(departure.via["Y"].because) == ["b"]


def test_a_departure_says_how_sure_the_breakage_of_before_is() -> None:
    picture = f"{_CHAIN}\nX -CALLS-> O:Automation\nO -RUNS_AS-> off:Account {{outcome=stops certainty=likely}}"
    departure = _left(f"{picture}\noff:Account {{active=false}}", "P")
    assert [(loss.thing, loss.certainty) for loss in departure.already_broken] == [
        ("O", Certainty.LIKELY),
        ("X", Certainty.LIKELY),
        ("Y", Certainty.LIKELY),
    ]
