"""A sync between two systems, seen from one end, from both, and in people's notes."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from datetime import date

import pytest

from stackmap.analysis import Analysis, Fate, Stack, login_fates
from stackmap.declared import parse_manifest
from stackmap.identity import Identity, resolve
from stackmap.model import (
    Certainty,
    Edge,
    EdgeKind,
    Evidence,
    Fact,
    How,
    IdentityHints,
    Node,
    NodeKind,
    Outcome,
    Outcomes,
    Policy,
    build_graph,
    make_id,
    system_id,
)

CRM, MAIL = system_id("crm", "1"), system_id("mail", "9")
DANA = make_id("crm", "1", NodeKind.ACCOUNT, "5")
SYNC_CRM = make_id("crm", "1", NodeKind.INTEGRATION, "sync:mail")
SYNC_MAIL = make_id("mail", "9", NodeKind.INTEGRATION, "sync:crm")
TOKEN = make_id("crm", "1", NodeKind.GRANT, "7")
UNREAD = make_id("crm", "unknown", NodeKind.ACCOUNT, "unread:mail-sync")
UNREAD_HERE = make_id("crm", "1", NodeKind.ACCOUNT, "unread:mail-sync")
STOPS = Outcomes.always(Outcome.STOPS)
NOTES = """
people:
  ravi: {name: Ravi}
systems:
  crm: {product: crm, tenant: "1"}
  mail: {product: mail, tenant: "9"}
links:
  sync: {from: crm, to: mail, how: native, means: sales sees no answers, runs_as: "crm:svc", if_switched_off: stops}
"""


def seen(source: str) -> tuple[Evidence, ...]:
    return (Evidence(source, "apps", "7"),)


def crm_end(tenant: str = "") -> list[Fact]:
    """The end that lists its tokens, one of them Dana's."""
    at = seen("crm")
    link = {"link": {"a": ["crm", "1"], "b": ["mail", tenant]}}
    return [
        Node(NodeKind.SYSTEM, CRM, "CRM", at),
        Node(NodeKind.ACCOUNT, DANA, "dana", at, {"account_type": "human", "email": "dana@x.test", "active": True}),
        Node(NodeKind.INTEGRATION, SYNC_CRM, "Mail sync", at, link),
        Node(NodeKind.GRANT, TOKEN, "token 7", at),
        Edge(EdgeKind.AUTHENTICATES_WITH, SYNC_CRM, TOKEN, at, slot="mail"),
        Edge(EdgeKind.AUTHORIZED_BY, TOKEN, DANA, at, STOPS),
        Edge(EdgeKind.CONNECTS, SYNC_CRM, system_id("mail", "unknown"), at),
    ]


def mail_end() -> list[Fact]:
    """The end that knows there is a sync, and not as whom it signs in over there."""
    at = seen("mail")
    link = {"link": {"a": ["mail", "9"], "b": ["crm", ""]}}
    return [
        Node(NodeKind.SYSTEM, MAIL, "Mail", at),
        Node(NodeKind.INTEGRATION, SYNC_MAIL, "CRM sync", at, link),
        Edge(EdgeKind.RUNS_AS, SYNC_MAIL, UNREAD, at, STOPS),
        Edge(EdgeKind.CONNECTS, SYNC_MAIL, system_id("crm", "unknown"), at),
    ]


def joined(facts: Iterable[Fact]) -> Identity:
    return resolve(list(facts), IdentityHints(), {})


def ends(identity: Identity, *kinds: EdgeKind) -> set[tuple[EdgeKind, str, str]]:
    return {
        (fact.kind, fact.source, fact.target)
        for fact in identity.facts
        if isinstance(fact, Edge) and fact.kind in kinds
    }


def integrations(identity: Identity) -> set[str]:
    return {fact.id for fact in identity.facts if isinstance(fact, Node) and fact.kind is NodeKind.INTEGRATION}


SIGNS_IN = (EdgeKind.RUNS_AS, EdgeKind.AUTHENTICATES_WITH, EdgeKind.AUTHORIZED_BY)


def test_the_end_that_knows_the_login_speaks_for_the_one_that_does_not() -> None:
    identity = joined([*crm_end(), *mail_end()])
    assert integrations(identity) == {SYNC_CRM}
    assert ends(identity, *SIGNS_IN) == {
        (EdgeKind.AUTHENTICATES_WITH, SYNC_CRM, TOKEN),
        (EdgeKind.AUTHORIZED_BY, TOKEN, DANA),
    }


def test_what_the_ends_say_does_not_depend_on_order() -> None:
    facts = [*crm_end(), *mail_end()]
    first = set(map(repr, joined(facts).facts))
    for seed in range(5):
        assert set(map(repr, joined(random.Random(seed).sample(facts, len(facts))).facts)) == first


def test_read_from_the_vague_end_alone_the_unread_login_stays() -> None:
    identity = joined(mail_end())
    assert ends(identity, *SIGNS_IN) == {(EdgeKind.RUNS_AS, SYNC_MAIL, UNREAD)}


def test_the_unread_login_moves_into_the_one_system_it_can_be_in() -> None:
    system = Node(NodeKind.SYSTEM, CRM, "CRM", seen("crm"))
    identity = joined([system, *mail_end()])
    assert ends(identity, *SIGNS_IN) == {(EdgeKind.RUNS_AS, SYNC_MAIL, UNREAD_HERE)}
    assert identity.aliases[UNREAD] == UNREAD_HERE
    hows = [fact.evidence[0].how for fact in identity.facts if isinstance(fact, Edge) and fact.target == UNREAD_HERE]
    assert hows == [How.INFERRED_KEY]


def test_a_login_known_by_its_number_meets_the_read_one_of_the_only_tenant() -> None:
    flow, there = "glue/t/automation/1", make_id("crm", "unknown", NodeKind.ACCOUNT, "5")
    identity = joined([*crm_end(), Edge(EdgeKind.RUNS_AS, flow, there, seen("glue"), STOPS)])
    (edge,) = [fact for fact in identity.facts if isinstance(fact, Edge) and fact.source == flow]
    assert (edge.target, edge.evidence[0].how) == (DANA, How.INFERRED_KEY)


def test_an_unread_login_of_several_possible_systems_stays_where_it_is() -> None:
    systems = [Node(NodeKind.SYSTEM, system_id("crm", tenant), tenant, seen("crm")) for tenant in ("1", "2")]
    identity = joined([*systems, *mail_end()])
    assert ends(identity, *SIGNS_IN) == {(EdgeKind.RUNS_AS, SYNC_MAIL, UNREAD)}


def test_read_from_the_knowing_end_alone_nothing_changes() -> None:
    identity = joined(crm_end())
    assert integrations(identity) == {SYNC_CRM}
    assert (EdgeKind.AUTHORIZED_BY, TOKEN, DANA) in ends(identity, *SIGNS_IN)


def test_an_end_that_names_no_login_leaves_the_unread_one() -> None:
    silent = [fact for fact in crm_end() if not (isinstance(fact, Edge) and fact.kind in SIGNS_IN)]
    identity = joined([*silent, *mail_end()])
    assert integrations(identity) == {SYNC_CRM}
    assert ends(identity, *SIGNS_IN) == {(EdgeKind.RUNS_AS, SYNC_CRM, UNREAD_HERE)}


def test_nobody_speaks_for_an_unread_login_of_the_other_system() -> None:
    own = make_id("mail", "9", NodeKind.ACCOUNT, "unread:sender")
    identity = joined([*crm_end(), *mail_end(), Edge(EdgeKind.RUNS_AS, SYNC_MAIL, own, seen("mail"))])
    assert (EdgeKind.RUNS_AS, SYNC_CRM, own) in ends(identity, *SIGNS_IN)


def test_a_token_that_hangs_on_the_unread_login_goes_with_it() -> None:
    grant = make_id("mail", "9", NodeKind.GRANT, "g")
    vague = [fact for fact in mail_end() if not (isinstance(fact, Edge) and fact.kind is EdgeKind.RUNS_AS)]
    vague += [
        Edge(EdgeKind.AUTHENTICATES_WITH, SYNC_MAIL, grant, seen("mail")),
        Edge(EdgeKind.AUTHORIZED_BY, grant, UNREAD, seen("mail")),
    ]
    identity = joined([*crm_end(), *vague])
    assert ends(identity, *SIGNS_IN) == {
        (EdgeKind.AUTHENTICATES_WITH, SYNC_CRM, TOKEN),
        (EdgeKind.AUTHORIZED_BY, TOKEN, DANA),
    }
    other = make_id("mail", "9", NodeKind.INTEGRATION, "other")
    used = joined([*crm_end(), *vague, Edge(EdgeKind.AUTHENTICATES_WITH, other, grant, seen("mail"))])
    assert (EdgeKind.AUTHORIZED_BY, grant, UNREAD_HERE) in ends(used, *SIGNS_IN)


def test_two_syncs_at_one_end_are_a_suggestion_and_keep_the_unread_login() -> None:
    second = Node(NodeKind.INTEGRATION, f"{SYNC_CRM}-2", "", seen("crm"), {"link": {"a": ["crm", "1"], "b": ["mail"]}})
    identity = joined([*crm_end(), second, *mail_end()])
    assert len(integrations(identity)) == 3
    assert [len(one.subjects) for one in identity.suggestions] == [3]
    assert (EdgeKind.RUNS_AS, SYNC_MAIL, UNREAD_HERE) in ends(identity, *SIGNS_IN)


@pytest.mark.parametrize("read", [("crm", "mail"), ("crm",), ("mail",)], ids="+".join)
def test_a_native_link_in_the_notes_is_the_one_sync_that_was_read(read: Sequence[str]) -> None:
    manifest = parse_manifest(NOTES)
    facts = [*(crm_end() if "crm" in read else ()), *(mail_end() if "mail" in read else ())]
    identity = resolve([*facts, *manifest.facts], manifest.hints, {})
    (sync,) = integrations(identity)
    assert sync == (SYNC_CRM if "crm" in read else SYNC_MAIL)
    assert identity.aliases["link/sync"] == sync
    assert "sales sees no answers" in [
        fact.properties.get("means") for fact in identity.facts if isinstance(fact, Node) and fact.id == sync
    ]
    runs_as = ends(identity, EdgeKind.RUNS_AS)
    assert runs_as == {(EdgeKind.RUNS_AS, sync, "login/crm/svc")}


def test_a_link_by_other_means_in_the_notes_is_a_link_of_its_own() -> None:
    manifest = parse_manifest(NOTES.replace("how: native", "how: script"))
    identity = resolve([*crm_end(), *mail_end(), *manifest.facts], manifest.hints, {})
    assert integrations(identity) == {SYNC_CRM, "link/sync"}
    assert identity.suggestions == ()


def test_two_native_links_in_the_notes_are_a_suggestion() -> None:
    text = f"{NOTES}  other: {{from: mail, to: crm, how: native}}\n"
    manifest = parse_manifest(text)
    identity = resolve([*crm_end(), *mail_end(), *manifest.facts], manifest.hints, {})
    assert integrations(identity) == {SYNC_CRM, "link/sync", "link/other"}
    assert [one.subjects for one in identity.suggestions] == [(SYNC_CRM, "link/other", "link/sync")]


def judged(facts: Iterable[Fact]) -> Analysis:
    identity = joined(facts)
    return Analysis(Stack(build_graph(identity.facts), (), date(2026, 11, 22), Policy()))


def test_the_sync_read_from_both_ends_stops_with_the_holder_of_its_token() -> None:
    analysis = judged([*crm_end("9"), *mail_end()])
    (dana,) = analysis.stack.people
    row = next(row for row in analysis.leave([dana]).rows if row.thing == SYNC_CRM)
    assert (row.outcome, row.at_worst, row.certainty) == (Outcome.STOPS, None, Certainty.CERTAIN)
    assert not [fate for fate in login_fates(analysis, [dana]) if fate.what is Fate.COULD_BE_THEIRS]


def test_the_sync_read_from_the_vague_end_could_hang_on_anybody() -> None:
    known = [fact for fact in crm_end() if fact.key in {CRM, DANA}]
    analysis = judged([*known, *mail_end()])
    (dana,) = analysis.stack.people
    assert [row for row in analysis.leave([dana]).rows if row.outcome is Outcome.STOPS] == []
    could = [fate for fate in login_fates(analysis, [dana]) if fate.what is Fate.COULD_BE_THEIRS]
    assert [(fate.id, fate.things) for fate in could] == [(UNREAD_HERE, (SYNC_MAIL,))]
