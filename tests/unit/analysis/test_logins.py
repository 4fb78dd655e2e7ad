"""What becomes of logins, and what hangs on them."""

import pytest

from stackmap.analysis import (
    Analysis,
    Fate,
    Leaving,
    Rotation,
    admin_changes,
    login_fates,
    rotations,
    things_behind,
)
from stackmap.model import Act, Outcome, State
from tests.support.loading import stack_of
from tests.support.notation import notation


def fates(picture: str, *people: str) -> dict[str, str]:
    analysis = Analysis(stack_of(notation(picture)), Leaving(Act.DEACTIVATED))
    return {fate.id: fate.what.value for fate in login_fates(analysis, people)}


@pytest.mark.parametrize(
    "way",
    [
        "f:Automation -RUNS_AS-> x:Account {outcome=stops}",
        "f:Automation -AUTHENTICATES_WITH-> token:Grant\ntoken -AUTHORIZED_BY-> x:Account {outcome=stops}",
        "m:Account {account_type=integration}\nf:Automation -RUNS_AS-> m {outcome=stops}\nm -PROVISIONED_BY-> x",
        "f:Automation -ROUTES_TO-> queue:Group {outcome=stops}\nx:Account -MEMBER_OF-> queue",
        "f:Automation -NOTIFIES-> x:Account",
    ],
    ids=["runs as it", "by a token", "by a login that it drags", "by a queue", "by an alarm"],
)
def test_a_login_tied_to_nobody_could_be_anybodys(way: str) -> None:
    picture = f"x:Account\n{way}\nP:Person -HAS_ACCOUNT-> p:Account"
    assert fates(picture, "P") == {"p": Fate.GOES_OFF.value, "x": Fate.COULD_BE_THEIRS.value}
    assert things_behind(stack_of(notation(picture)), "x") == ("f",)


def test_a_shared_login_without_a_holder_is_said() -> None:
    picture = "P:Person -HAS_ACCOUNT-> s:Account\ns:Account {account_type=shared}"
    assert fates(picture, "P") == {"s": Fate.NO_HOLDER_LEFT.value}


def test_a_login_of_unknown_type_may_go_off() -> None:
    picture = "P:Person -HAS_ACCOUNT-> u:Account\nu:Account {account_type=unknown}"
    assert fates(picture, "P") == {"u": Fate.MAY_GO_OFF.value}


TIED = """
    P:Person -HAS_ACCOUNT-> p:Account
    P -HAS_ACCOUNT-> hubspot/1/account/7
    Q:Person -HAS_ACCOUNT-> q:Account
    f:Automation -RUNS_AS-> hubspot/1/account/7 {outcome=stops}
"""


def test_a_login_that_nobody_read_may_go_off_with_whoever_is_said_to_hold_it() -> None:
    assert fates(TIED, "P") == {"p": Fate.GOES_OFF.value, "hubspot/1/account/7": Fate.MAY_GO_OFF.value}
    [row] = Analysis(stack_of(notation(TIED))).leave(["P"]).rows
    assert (row.thing, row.outcome, row.at_worst) == ("f", Outcome.UNKNOWN, State.STOPS)
    assert [cause.node for cause in row.because] == ["hubspot/1/account/7"]


def test_a_login_that_nobody_read_and_somebody_holds_is_not_said_to_be_anybodys() -> None:
    assert fates(TIED, "Q") == {"q": Fate.GOES_OFF.value}


def test_systems_that_lose_an_administrator_name_who_stays() -> None:
    picture = """
        p:Account -ADMINISTERS-> crm:System
        q:Account -ADMINISTERS-> crm
        off:Account -ADMINISTERS-> crm
        off:Account {active=false}
        P:Person -HAS_ACCOUNT-> p
        Q:Person -HAS_ACCOUNT-> q
        R:Person -HAS_ACCOUNT-> off
    """
    (change,) = admin_changes(stack_of(notation(picture)), ["P"])
    assert (change.system, change.before, change.after) == ("crm", ("P", "Q"), ("Q",))
    assert admin_changes(stack_of(notation(picture)), ["R"]) == ()


@pytest.mark.parametrize("off", ["", "p:Account {active=false}", "p:Account {frozen=true}"])
def test_whoever_knows_a_secret_knows_it_still_when_all_his_logins_are_off(off: str) -> None:
    picture = f"""
        P:Person -HAS_ACCOUNT-> p:Account
        p -KNOWS-> key:Credential
        sync:Integration -AUTHENTICATES_WITH-> key
        {off}
    """
    stack = stack_of(notation(picture))
    assert rotations(stack, ["P"]) == (Rotation("key", "they know its secret", ("sync",)),)
    assert rotations(stack, ["Q"]) == ()
