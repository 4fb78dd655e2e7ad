"""What is asked: only what is there, only reads, never a secret; all pages, and a cut list is noticed."""

from __future__ import annotations

import itertools
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import connectors.salesforce
from connectors.salesforce import queries
from connectors.salesforce.fields import full_id
from connectors.salesforce.log_ins import DAYS
from stackmap.model import FixBy, NodeKind, Reach
from stackmap.sdk import Reply, Request, StandIn
from tests.connectors.salesforce.org import ident, org, person
from tests.connectors.salesforce.reading import asked, of, read, server
from tests.support.readings import covered

SCHEMA = Path(connectors.salesforce.__file__).parent / "sandbox" / "published"
SECRET = {"accesstoken", "requesttoken", "deletetoken", "password", "consumersecret", "token", "apptoken"}


def schema(name: str) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = json.loads((SCHEMA / name).read_text(encoding="utf-8"))
    return found


SUPPLEMENTED = {"BotDefinition"}
OBJECTS = {False: schema("sobjects.json"), True: schema("tooling-objects.json")}


@pytest.mark.parametrize("query", [query for query in queries.ALL if query.sobject not in SUPPLEMENTED], ids=repr)
def test_every_object_and_column_is_in_the_published_schema(query: queries.Query) -> None:
    objects = OBJECTS[query.tooling]
    for column in {*query.columns, *query.any_of}:
        here = query.sobject
        *path, name = column.split(".")
        for step in path:
            here = objects[here][step]
        assert name == "Id" or name in objects[here] or f"{here}.{name}" == "UserLicense.Name", f"{here} has no {name}"


def test_no_column_that_holds_a_secret_is_asked_for() -> None:
    for query in queries.ALL:
        assert not {column.rpartition(".")[2].lower() for column in query.columns} & SECRET


def test_every_statement_of_a_run_only_reads() -> None:
    watched, seen = asked(server())
    read(watched)
    statements = [request.query["q"] for request in seen if "q" in request.query]
    assert len(statements) > 20
    assert all(re.match(r"SELECT .* FROM \w+", statement) for statement in statements)
    assert {request.path for request in seen if request.method == "POST"} == {"/services/oauth2/token"}


def test_nobody_asks_for_columns_that_the_org_does_not_have() -> None:
    watched, seen = asked(server(lacks=("User.FederationIdentifier",)))
    read(watched)
    assert not [request for request in seen if "FederationIdentifier" in request.query.get("q", "")]


def people(number: int) -> dict[str, Any]:
    rows = [person(ident("005", 1000 + place), f"User N{place}") for place in range(number)]
    return org(User=[*org()["objects"]["User"], *rows])


def test_users_beyond_a_page_are_read_to_the_last() -> None:
    reading = read(server(people(4500)))
    named = [node for node in of(reading.facts, NodeKind.ACCOUNT) if "login" in node.properties]
    assert len(named) == 4500 + 7
    assert covered(reading)["users"].state is Reach.COMPLETE


def later_pages(answers: StandIn, change: Any) -> StandIn:
    """The same stand-in, but the pages after the first go through `change`."""

    def answer(request: Request) -> Reply:
        reply = answers(request)
        return change(reply) if "/query/" in request.path else reply

    return answer


def test_pages_that_never_end_are_given_up() -> None:
    count = itertools.count()

    def on_and_on(_: Reply) -> Reply:
        more = f"/services/data/v66.0/query/01g000000000001AAA-{next(count)}"
        return Reply(200, {"totalSize": 2507, "records": [], "done": False, "nextRecordsUrl": more})

    found = covered(read(later_pages(server(people(2500)), on_and_on)))["users"]
    assert (found.state, found.fix_by) == (Reach.PARTIAL, FixBy.VENDOR)
    assert found.records == 2000


def test_a_list_that_ends_before_its_time_counts_as_read_in_part() -> None:
    def cut(reply: Reply) -> Reply:
        return replace(reply, body={**reply.body, "records": reply.body["records"][:10]})

    found = covered(read(later_pages(server(people(2500)), cut)))["users"]
    assert found.state is Reach.PARTIAL
    assert "2010 of 2507" in found.reason


def test_a_page_that_fails_keeps_what_was_read_before() -> None:
    found = covered(read(later_pages(server(people(2500)), lambda reply: replace(reply, status=500))))["users"]
    assert (found.state, found.records) == (Reach.PARTIAL, 2000)


def test_portal_users_are_counted_and_left_out() -> None:
    reading = read(server())
    assert "1 logins of customers' portals are left out" in covered(reading)["users"].reason
    assert "Cus Tomer" not in {node.name for node in of(reading.facts, NodeKind.ACCOUNT)}


def log_ins(users: int, day: str) -> dict[str, Any]:
    rows = [
        {
            "Id": ident("0Ya", place),
            "UserId": ident("005", 1000 + place),
            "Application": "Phone",
            "LoginType": "Remote Access 2.0",
            "LoginTime": f"2026-{day if place % 2 else '11-20'}T09:00:00.000+0000",
        }
        for place in range(users)
    ]
    return org(LoginHistory=rows)


def test_more_kinds_of_log_in_than_one_answer_holds_are_read_in_shorter_spans() -> None:
    watched, seen = asked(server(log_ins(3000, "07-01")))
    reading = read(watched)
    assert covered(reading)["log-ins"].state is Reach.COMPLETE
    phones = [node for node in of(reading.facts, NodeKind.ACCOUNT) if "logs_in_through" in node.properties]
    assert len(phones) == 3000
    assert any(f"LAST_N_DAYS:{DAYS // 2}" in request.query.get("q", "") for request in seen)


def test_a_day_with_too_many_kinds_of_log_in_counts_as_read_in_part() -> None:
    found = covered(read(server(log_ins(2600, "11-20"))))["log-ins"]
    assert found.state is Reach.PARTIAL
    assert "1 days have 2000 kinds" in found.reason


def test_an_id_of_15_characters_is_the_same_as_its_form_of_18() -> None:
    assert full_id("001D000000IRFma") == "001D000000IRFmaIAH"
    assert full_id("001D000000IRFmaIAH") == "001D000000IRFmaIAH"
    assert full_id("000000000000000") == "000000000000000AAA"
    assert full_id("not an id") == "not an id"
