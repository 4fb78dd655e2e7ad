"""The map says where a verdict comes from: the row under the usual act, its source, or your notes."""

from dataclasses import replace

from connectors.n8n import CONNECTOR
from connectors.n8n.departures import CREDENTIAL_HOLDER, WORKFLOW_OWNER
from stackmap.app.map.rows import row_proofs, said_of
from stackmap.model import (
    Act,
    Certainty,
    Edge,
    EdgeKind,
    Evidence,
    Judgement,
    Link,
    Outcome,
    Outcomes,
    Policy,
)

NAME = "n8n:workflow-owner"


def sourced(source: str) -> str:
    """The link that a row with such a source gets."""
    rows = tuple(replace(row, source=source) for row in WORKFLOW_OWNER.rows)
    connector = replace(CONNECTOR, departures=(replace(WORKFLOW_OWNER, rows=rows),))
    return row_proofs([connector], Policy())[NAME].link


def test_a_row_is_told_under_the_platforms_usual_act_with_its_source_and_day() -> None:
    proof = row_proofs([CONNECTOR], Policy())[NAME]
    assert CONNECTOR.usual_act is Act.REMOVED
    (row,) = [row for row in WORKFLOW_OWNER.rows if row.act is Act.REMOVED]
    assert (proof.system, proof.inventory) == ("stops when the login is removed", NAME)
    assert (proof.record, proof.how, proof.read_at) == (row.source, "certain", "checked 22 Nov 2026")


def test_the_first_address_of_a_source_is_the_link() -> None:
    page = "https://help.example.test/s/articleView?id=000187291&type=1"
    assert sourced(f"{page}; also observed") == page
    assert sourced(f"the help ({page}).") == page
    assert sourced(f"{page}. Seen in 2026") == page
    assert sourced("observed on n8n 1.123.50") == ""
    assert sourced("http://plain.example.test") == ""


def test_your_notes_stand_in_the_place_of_a_row() -> None:
    noted = Outcomes({Act.REMOVED: Judgement(Outcome.SURVIVES, Certainty.LIKELY)}, NAME)
    proof = row_proofs([CONNECTOR], Policy(rows={NAME: noted}))[NAME]
    assert (proof.system, proof.record, proof.how) == ("survives when the login is removed", "your notes", "likely")


def test_an_act_without_a_row_says_what_is_missing() -> None:
    connector = replace(CONNECTOR, usual_act=Act.FROZEN)
    proof = row_proofs([connector], Policy())[NAME]
    assert proof.record == WORKFLOW_OWNER.gap
    assert proof.system.startswith("may stop")


def test_a_link_has_the_proof_of_its_row_and_none_without_one() -> None:
    rows = row_proofs([CONNECTOR], Policy())
    evidence = (Evidence("n8n", "workflows"),)

    def link(outcomes: Outcomes | None) -> Link:
        fact = Edge(EdgeKind.AUTHORIZED_BY, "token", "login", evidence, outcomes)
        return Link(fact.kind, fact.source, fact.target, "", "", (fact,))

    judged = link(CREDENTIAL_HOLDER.outcomes("n8n"))
    assert said_of(rows, [judged, link(None), judged]) == (rows["n8n:credential-holder"],)
    assert said_of(rows, [link(Outcomes({}, "crm:nothing-here"))]) == ()
