"""Workflows and users that cannot be read whole: the lists say so, and nothing vanishes."""

from typing import Any

import pytest

from stackmap.model import Coverage, EdgeKind, FixBy, NodeKind, Reach, SourceReading, is_unread
from stackmap.sdk import Reply, Request, StandIn
from tests.connectors.n8n.reading import by_id, company, ident, read, server
from tests.support.readings import edges

HUBSPOT = {"name": "Update", "type": "n8n-nodes-base.hubspot", "parameters": {}}


def with_nodes(nodes: object, **more: object) -> StandIn:
    """The usual company, except that its first workflow has these nodes."""

    def answer(request: Request) -> Reply:
        reply = server()(request)
        if request.path.endswith("/workflows"):
            first, *others = reply.body["data"]
            return Reply(200, {"data": [first | {"nodes": nodes, "activeVersion": None, **more}, *others]})
        return reply

    return answer


def with_users(*users: dict[str, Any]) -> StandIn:
    def answer(request: Request) -> Reply:
        return Reply(200, {"data": list(users)}) if request.path.endswith("/users") else server()(request)

    return answer


def covered(reading: SourceReading) -> dict[str, Coverage]:
    return {item.inventory: item for item in reading.coverage}


FIRST = company()["workflows"][0]["id"]


@pytest.mark.parametrize(
    ("nodes", "says"),
    [
        (None, "its nodes are no list"),
        ({"a": 1}, "its nodes are no list"),
        ("x", "its nodes are no list"),
        ([HUBSPOT, None], "a node is no object"),
        ([5, "x"], "a node is no object"),
        ([HUBSPOT | {"type": 5}], "a node has no type"),
        ([HUBSPOT | {"credentials": "all"}], "a node's credentials are no object"),
        ([HUBSPOT | {"credentials": {"hubspotApi": {"id": None, "name": "Dana's"}}}], "a credential has no id"),
        ([HUBSPOT | {"credentials": {"hubspotApi": None}}], "a credential has no id"),
    ],
)
def test_nodes_that_cannot_be_read_make_the_list_partial_and_name_the_workflow(nodes: object, says: str) -> None:
    reading = read(with_nodes(nodes))
    item = covered(reading)["workflows"]
    assert (item.state, item.fix_by) == (Reach.PARTIAL, FixBy.US)
    assert item.reason == f"1 of 9 records could not be understood: record {FIRST} ({says})"
    assert ident(NodeKind.AUTOMATION, FIRST) in by_id(reading.facts), "what can be read of it stays"


def test_nothing_is_claimed_of_a_workflow_whose_nodes_cannot_be_read() -> None:
    automation = by_id(read(with_nodes(None, active=False)).facts)[ident(NodeKind.AUTOMATION, FIRST)]
    assert not {"active", "starts"} & set(automation.properties)
    assert automation.properties["published"] is False


def test_a_published_version_that_cannot_be_read_is_not_made_up_for_by_the_draft() -> None:
    item = covered(read(with_nodes([HUBSPOT], activeVersion={"nodes": None})))["workflows"]
    assert (item.state, "its nodes are no list" in item.reason) == (Reach.PARTIAL, True)


@pytest.mark.parametrize("named", [{"id": None, "name": "Dana's"}, {"name": "Dana's"}, {"id": ""}, "Dana's", None])
def test_a_credential_without_an_id_is_there_and_unread(named: object) -> None:
    reading = read(with_nodes([HUBSPOT | {"credentials": {"hubspotApi": named}}]))
    workflow = ident(NodeKind.AUTOMATION, FIRST)
    (used,) = (edge for edge in edges(reading.facts, EdgeKind.AUTHENTICATES_WITH) if edge.source == workflow)
    assert is_unread(used.target)
    assert by_id(reading.facts)[used.target].name in {"Dana's", "hubspotApi"}
    (held,) = (edge for edge in edges(reading.facts, EdgeKind.AUTHORIZED_BY) if edge.source == used.target)
    assert is_unread(held.target)


def test_two_credentials_without_ids_are_two_and_one_named_twice_is_one() -> None:
    named = [
        HUBSPOT | {"name": str(number), "credentials": {"hubspotApi": {"id": None, "name": name}}}
        for number, name in enumerate(("Dana's", "Kim's", "Dana's"))
    ]
    found = read(with_nodes(named)).facts
    workflow = ident(NodeKind.AUTOMATION, FIRST)
    used = [edge for edge in edges(found, EdgeKind.AUTHENTICATES_WITH) if edge.source == workflow]
    assert len(used) == 2
    assert len({edge.slot for edge in used}) == 2


def test_a_switched_off_node_needs_no_credential() -> None:
    off = HUBSPOT | {"disabled": True, "credentials": {"hubspotApi": {"id": None}}}
    assert covered(read(with_nodes([off])))["workflows"].state is Reach.COMPLETE


def test_users_whose_ids_are_no_texts_make_the_list_partial() -> None:
    good = {"id": "u7", "email": "zoe@example.test", "role": "global:member"}
    reading = read(with_users({"id": None, "email": "ana@example.test"}, {"id": 5}, good))
    item = covered(reading)["users"]
    assert (item.state, item.records) == (Reach.PARTIAL, 3)
    assert item.reason == (
        "2 of 3 records could not be understood: record number 1 (no id), record 5 (its id is no text)"
    )
    assert ident(NodeKind.ACCOUNT, "u7") in by_id(reading.facts)
    assert ident(NodeKind.ACCOUNT, "5") not in by_id(reading.facts)
    assert ident(NodeKind.ACCOUNT, "None") not in by_id(reading.facts)
