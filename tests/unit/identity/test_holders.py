"""Whose a token is: where no API tells, what people wrote down settles it."""

from collections.abc import Sequence
from datetime import date

import pytest

from stackmap.analysis import Analysis, Fate, Leaving, Stack, login_fates
from stackmap.identity import Identity, resolve
from stackmap.model import (
    Act,
    Certainty,
    Edge,
    EdgeKind,
    Evidence,
    Fact,
    How,
    IdentityHints,
    Judgement,
    Node,
    NodeKind,
    Outcome,
    Outcomes,
    build_graph,
)

SEEN = (Evidence("flows", "credentials", "9"),)
WRITTEN = (Evidence("manifest", "facts", "stack.yaml:7", How.DECLARED),)
FLOW, TOKEN, DANA = "flows/acme/automation/1", "flows/acme/credential/9", "flows/acme/account/dana"
UNREAD = "flows/acme/account/unread%3A9"
ROW = Outcomes({Act.REMOVED: Judgement(Outcome.STOPS, Certainty.CERTAIN)}, "flows:holder")

READ: list[Fact] = [
    Node(NodeKind.AUTOMATION, FLOW, "Nightly sync", SEEN),
    Node(NodeKind.CREDENTIAL, TOKEN, "CRM token", SEEN),
    Node(NodeKind.ACCOUNT, DANA, "Dana Okafor", SEEN, {"account_type": "human", "email": "dana@acme.test"}),
    Edge(EdgeKind.AUTHENTICATES_WITH, FLOW, TOKEN, SEEN),
    Edge(EdgeKind.AUTHORIZED_BY, TOKEN, UNREAD, SEEN, ROW),
]


def authorised(target: str, evidence: tuple[Evidence, ...] = WRITTEN, outcomes: Outcomes | None = None) -> Edge:
    """Who signed the token in."""
    return Edge(EdgeKind.AUTHORIZED_BY, TOKEN, target, evidence, outcomes)


def resolved(*more: Fact) -> Identity:
    """What identity makes of these facts beside those that were read."""
    return resolve([*READ, *more], IdentityHints(), {})


def holders(identity: Identity) -> dict[str, Outcomes | None]:
    """Whom the token hangs on, and what their departure does."""
    return {
        fact.target: fact.outcomes
        for fact in identity.facts
        if isinstance(fact, Edge) and fact.kind is EdgeKind.AUTHORIZED_BY
    }


def analysed(facts: Sequence[Fact]) -> Analysis:
    """The stack of these facts, its leavers' logins being removed."""
    return Analysis(Stack(build_graph(facts), (), date(2026, 11, 22)), Leaving(Act.REMOVED))


def test_a_declared_holder_takes_the_place_of_the_one_nobody_could_read() -> None:
    stops = Outcomes.always(Outcome.STOPS)
    assert holders(resolved()) == {UNREAD: ROW}
    assert holders(resolved(authorised(DANA, outcomes=stops))) == {DANA: stops}


def test_a_holder_of_whom_nothing_else_is_said_fares_as_the_platform_does_it() -> None:
    assert holders(resolved(authorised(DANA))) == {DANA: ROW}


def test_a_person_may_be_the_holder_and_no_row_of_a_login_is_taken_for_theirs() -> None:
    person = Node(NodeKind.PERSON, "dana", "Dana Okafor", WRITTEN)
    assert holders(resolved(person, authorised("dana"))) == {"dana": None}


@pytest.mark.parametrize(
    "edge",
    [
        authorised(DANA, SEEN),
        authorised(DANA, (Evidence("flows", "users", "3", How.INFERRED_NAME),)),
        authorised("flows/acme/account/nobody"),
        authorised("flows/acme/account/unread%3Aother"),
        Edge(EdgeKind.DEPENDS_ON, TOKEN, DANA, WRITTEN),
    ],
    ids=["observed", "guessed", "an id that leads nowhere", "another unread login", "another kind of edge"],
)
def test_nothing_else_settles_whose_a_token_is(edge: Edge) -> None:
    assert UNREAD in holders(resolved(edge))


def test_a_settled_token_leaves_other_tokens_in_doubt() -> None:
    other = Edge(EdgeKind.AUTHORIZED_BY, "flows/acme/credential/8", "flows/acme/account/unread%3A8", SEEN, ROW)
    assert set(holders(resolved(other, authorised(DANA)))) == {DANA, other.target}


def test_a_settled_token_could_no_longer_be_anybodys_and_the_verdict_is_certain() -> None:
    doubtful, settled = analysed(resolved().facts), analysed(resolved(authorised(DANA)).facts)
    dana = next(iter(settled.stack.accounts_of))
    assert [fate.what for fate in login_fates(doubtful, [dana])] == [Fate.GOES_OFF, Fate.COULD_BE_THEIRS]
    assert [(fate.id, fate.what) for fate in login_fates(settled, [dana])] == [(DANA, Fate.GOES_OFF)]
    (row,) = settled.leave([dana]).rows
    assert (row.thing, row.outcome, row.certainty) == (FLOW, Outcome.STOPS, Certainty.CERTAIN)
