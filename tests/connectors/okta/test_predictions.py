"""From the stand-in through the runner and the tying of logins to the verdict about a departure."""

from functools import cache

from stackmap.analysis import Analysis, Leaving, Stack
from stackmap.identity import resolve
from stackmap.model import (
    Act,
    Certainty,
    Edge,
    EdgeKind,
    Evidence,
    Fact,
    IdentityHints,
    Judgement,
    Node,
    NodeKind,
    Outcome,
    Outcomes,
    Policy,
    build_graph,
)
from stackmap.rules import Case, evaluate
from tests.connectors.okta.reading import account, ident, read, server
from tests.support.readings import TAKEN_AT

_SEEN = (Evidence("salesforce", "jobs"),)
_LOGIN = "salesforce/acme/account/0051U00000DanaRQAR"
_JOB = "salesforce/acme/automation/nightly"


def salesforce() -> list[Fact]:
    """A job in Salesforce that runs as a program's login there, which is nobody's but was assigned to Dana in Okta."""
    stops = Outcomes({Act.DEACTIVATED: Judgement(Outcome.STOPS, Certainty.CERTAIN)}, "salesforce:job")
    return [
        Node(NodeKind.SYSTEM, "salesforce/acme/system/acme", "Salesforce", _SEEN),
        Node(NodeKind.ACCOUNT, _LOGIN, "Sync", _SEEN, {"active": True, "account_type": "integration"}),
        Node(NodeKind.AUTOMATION, _JOB, "Nightly job", _SEEN),
        Edge(EdgeKind.RUNS_AS, _JOB, _LOGIN, _SEEN, stops),
    ]


@cache
def stack() -> Stack:
    reading = read(server())
    facts = resolve([*reading.facts, *salesforce()], IdentityHints(), {}).facts
    return Stack(build_graph(facts, reading.coverage), reading.coverage, TAKEN_AT.date())


def person(vendor_id: str) -> str:
    """Who is behind an Okta user."""
    links = {(link.source, link.target) for link in stack().graph.links(EdgeKind.HAS_ACCOUNT)}
    return next(source for source, target in links if target == account(vendor_id))


def outcome(thing: str, *leavers: str, act: Act = Act.DEACTIVATED) -> Outcome | None:
    rows = Analysis(stack(), Leaving(act)).leave([person(leaver) for leaver in leavers]).rows
    return next((row.outcome for row in rows if row.thing == thing), None)


def test_the_program_behind_an_api_token_stops_with_the_tokens_creator() -> None:
    program = ident(NodeKind.INTEGRATION, "token:00Tsync")
    assert outcome(program, "00udana") is Outcome.STOPS
    assert outcome(program, "00udana", act=Act.FROZEN) is Outcome.STOPS, "suspending is the usual first step"
    assert outcome(program, "00uolga") is None


def test_an_api_token_that_somebody_made_is_a_finding_before_that_person_leaves() -> None:
    verdicts = evaluate(Case(Analysis(stack()), Policy()))
    held = {(finding.subject, finding.path) for finding in verdicts.findings if finding.code == "PA01"}
    assert (ident(NodeKind.INTEGRATION, "token:00Tsync"), (account("00udana"),)) in held


def test_what_runs_as_a_login_elsewhere_stops_with_the_okta_user_that_drags_it() -> None:
    assert outcome(_JOB, "00udana") is Outcome.STOPS
    assert outcome(_JOB, "00udana", act=Act.FROZEN) in {None, Outcome.SURVIVES}, "suspending takes no app away"


def test_an_app_with_rights_that_somebody_gave_stops_and_when_that_person_is_suspended_may_stop() -> None:
    app = ident(NodeKind.INTEGRATION, "0oaweb")
    assert outcome(app, "00udana") is Outcome.STOPS
    assert outcome(app, "00udana", act=Act.FROZEN) is Outcome.UNKNOWN


def test_an_app_with_rights_of_its_own_goes_on_whoever_leaves() -> None:
    gone = outcome(ident(NodeKind.INTEGRATION, "0oasync"), "00uolga", "00udana")
    assert gone is Outcome.UNOWNED, "it runs on, and nobody is left who may change it"


def test_the_org_is_unowned_when_its_last_administrators_have_left() -> None:
    org = ident(NodeKind.SYSTEM, "acme.okta.com")
    assert outcome(org, "00uolga", "00udana") is Outcome.UNOWNED
    assert outcome(org, "00uolga") is outcome(org, "00udana") is None
