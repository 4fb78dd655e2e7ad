"""From the stand-in through the runner and the tying of logins to the verdict about a departure."""

from functools import cache

from stackmap.analysis import Analysis, Leaving, Stack
from stackmap.identity import resolve
from stackmap.model import Act, EdgeKind, IdentityHints, NodeKind, Outcome, build_graph
from tests.connectors.entra.reading import TENANT, account, ident, read, server, tenant
from tests.support.readings import TAKEN_AT


@cache
def stack() -> Stack:
    reading = read(server())
    facts = resolve(reading.facts, IdentityHints(), {}).facts
    return Stack(build_graph(facts, reading.coverage), reading.coverage, TAKEN_AT.date())


def outcome(thing: str, leaver: str, act: Act = Act.DEACTIVATED) -> Outcome | None:
    links = {(link.source, link.target) for link in stack().graph.links(EdgeKind.HAS_ACCOUNT)}
    person = next(source for source, target in links if target == account(leaver))
    rows = Analysis(stack(), Leaving(act)).leave([person]).rows
    return next((row.outcome for row in rows if row.thing == thing), None)


def test_an_app_that_one_person_agreed_to_stops_with_that_person() -> None:
    zapier = ident(NodeKind.INTEGRATION, "a-zap")
    assert outcome(zapier, "u-dana") is Outcome.STOPS
    assert outcome(zapier, "u-dana", Act.REMOVED) is Outcome.UNKNOWN
    assert outcome(zapier, "u-olga") is Outcome.UNOWNED, "she only signs in with it, and nobody else may change it"


def test_an_app_that_everybodys_administrator_agreed_to_as_well_goes_on() -> None:
    data = tenant()
    data["oauth2PermissionGrants"][1]["clientId"] = "s-zap"
    reading = read(server(data))
    facts = resolve(reading.facts, IdentityHints(), {}).facts
    graph = build_graph(facts, reading.coverage)
    person = next(link.source for link in graph.links(EdgeKind.HAS_ACCOUNT) if link.target == account("u-dana"))
    rows = Analysis(Stack(graph, reading.coverage, TAKEN_AT.date()), Leaving(Act.DEACTIVATED)).leave([person]).rows
    assert not [row for row in rows if row.thing.endswith("/a-zap") and row.outcome is Outcome.STOPS]


def test_an_app_with_secrets_of_its_own_and_consent_for_everybody_goes_on() -> None:
    assert outcome(ident(NodeKind.INTEGRATION, "a-sync"), "u-dana") not in {Outcome.STOPS, Outcome.UNKNOWN}


def test_the_tenant_is_unowned_when_its_last_global_administrator_has_left() -> None:
    system = ident(NodeKind.SYSTEM, TENANT)
    assert outcome(system, "u-olga") is Outcome.UNOWNED
    assert outcome(system, "u-dana") is None
