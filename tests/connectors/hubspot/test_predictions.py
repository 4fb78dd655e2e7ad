"""From the stand-in through the runner to the verdict about a departure."""

from collections.abc import Iterator
from functools import cache

from stackmap.analysis import Analysis, Leaving, Stack, rotations
from stackmap.model import Act, Edge, EdgeKind, Evidence, Fact, Node, NodeKind, Outcome, build_graph
from tests.connectors.hubspot.reading import read, server
from tests.support.readings import TAKEN_AT

_BY_HAND = (Evidence("by-hand", "people"),)


def ties(found: tuple[Fact, ...]) -> Iterator[Fact]:
    """Every login with an address is that of a person called like its id."""
    accounts = {fact.id for fact in found if isinstance(fact, Node) and "email" in fact.properties}
    for account in sorted(accounts):
        person = account.rpartition("/")[2]
        yield Node(NodeKind.ACCOUNT, account, "", _BY_HAND, {"account_type": "human"})
        yield Node(NodeKind.PERSON, person, person, _BY_HAND)
        yield Edge(EdgeKind.HAS_ACCOUNT, person, account, _BY_HAND)


@cache
def stack() -> Stack:
    reading = read(server())
    graph = build_graph([*reading.facts, *ties(reading.facts)], reading.coverage)
    return Stack(graph, reading.coverage, TAKEN_AT.date())


def verdicts(*leavers: str, act: Act = Act.DEACTIVATED) -> set[tuple[str, Outcome]]:
    """Thing and outcome, things as the last two parts of their ids."""
    rows = Analysis(stack(), Leaving(act)).leave(leavers).rows
    return {("/".join(row.thing.split("/")[2:]), row.outcome) for row in rows}


def test_a_service_key_survives_whoever_made_it_and_its_secret_has_to_be_rotated() -> None:
    assert ("integration/service-key%3A91", Outcome.SURVIVES) in verdicts("502")
    assert [one.id.rpartition("/")[2] for one in rotations(stack(), ["504"])] == [
        "private-app-secret%3A3300",
        "service-key%3A91",
    ]


def test_a_private_app_may_stop_with_its_maker() -> None:
    for act in (Act.DEACTIVATED, Act.REMOVED):
        assert ("integration/private-app%3A3300", Outcome.UNKNOWN) in verdicts("501", act=act)
        assert not {outcome for thing, outcome in verdicts("504", act=act) if thing == "integration/private-app%3A3300"}


def test_an_installed_app_may_stop_and_an_uninstalled_one_is_counted_no_more() -> None:
    found = verdicts("502")
    assert ("integration/app%3A446", Outcome.UNKNOWN) in found
    assert not [thing for thing, _ in found if thing == "integration/app%3A445"]


def test_workflows_go_on_when_their_makers_leave() -> None:
    lost = {Outcome.STOPS, Outcome.STARVES, Outcome.LATER, Outcome.UNKNOWN}
    assert not [thing for thing, outcome in verdicts("502") if thing.startswith("automation/") and outcome in lost]


def test_the_portal_is_unowned_when_its_last_super_admin_has_left() -> None:
    portal = "system/146020001"
    assert (portal, Outcome.UNOWNED) in verdicts("501", "504")
    assert (portal, Outcome.UNOWNED) not in verdicts("501")
