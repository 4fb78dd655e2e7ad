"""All tokens are read, however many were made at one moment; what cannot be had is said."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from stackmap.model import NodeKind, Reach, SourceReading
from stackmap.sdk import Reply, Request, StandIn
from tests.connectors.salesforce.org import Rows, ident, org, token
from tests.connectors.salesforce.reading import asked, of, read, server
from tests.support.readings import covered

NOON = "2026-03-01T12:00:00.000+0000"


def many(number: int, users: int, made: str = NOON) -> Rows:
    """Tokens made at one moment, spread over so many users."""
    return [token(f"App {place // users}", ident("005", 5000 + place % users), made) for place in range(number)]


def tokens_read(data: dict[str, Any]) -> tuple[int, Reach]:
    reading = read(server(data))
    return tokens_in(reading), covered(reading)["oauth-tokens"].state


def tokens_in(reading: SourceReading) -> int:
    return sum(bool(node.properties.get("token")) for node in of(reading.facts, NodeKind.GRANT))


@pytest.mark.parametrize("users", [5100, 300, 3])
def test_tokens_of_one_moment_of_which_even_a_half_is_too_many_are_all_read(users: int) -> None:
    assert tokens_read(org(OauthToken=many(5100, users))) == (5100, Reach.COMPLETE)


@pytest.mark.parametrize("number", [0, 1, 2500, 2501])
def test_as_many_tokens_as_there_are_are_read(number: int) -> None:
    assert tokens_read(org(OauthToken=many(number, 10))) == (number, Reach.COMPLETE)


def test_tokens_spread_over_years_are_read_in_spans_without_asking_for_each_second() -> None:
    rows = [row for year in range(2020, 2027) for row in many(1000, 50, f"{year}-02-28T23:59:59.000+0000")]
    watched, seen = asked(server(org(OauthToken=rows)))
    assert tokens_in(read(watched)) == 7000
    questions = [request for request in seen if "FROM OauthToken" in request.query.get("q", "")]
    assert len(questions) < 60


def test_up_to_2500_tokens_are_one_question() -> None:
    watched, seen = asked(server(org(OauthToken=many(40, 4))))
    read(watched)
    statements = [request.query["q"] for request in seen if "FROM OauthToken" in request.query.get("q", "")]
    assert len(statements) == 2
    assert statements[0].startswith("SELECT COUNT()")


def test_a_user_with_too_many_tokens_of_one_second_is_read_in_part_and_told_how_many_did_not_come() -> None:
    reading = read(server(org(OauthToken=many(2600, 1))))
    found = covered(reading)["oauth-tokens"]
    assert (tokens_in(reading), found.state) == (2500, Reach.PARTIAL)
    assert "2500 of 2600" in found.reason or "100 of 2600" in found.reason


def forgetful(answers: StandIn) -> StandIn:
    """Tokens vanish between counting and reading."""

    def answer(request: Request) -> Reply:
        reply = answers(request)
        statement = request.query.get("q", "")
        if "FROM OauthToken" in statement and not statement.startswith("SELECT COUNT()"):
            rows = reply.body["records"][:-1]
            return replace(reply, body={**reply.body, "records": rows, "totalSize": len(rows)})
        return reply

    return answer


def test_fewer_tokens_than_were_counted_are_a_part() -> None:
    found = covered(read(forgetful(server())))["oauth-tokens"]
    assert found.state is Reach.PARTIAL
    assert "1 of 5 tokens did not come" in found.reason


def test_two_tokens_of_one_app_and_user_are_two_grants() -> None:
    rows = [token("HubSpot", ident("005", 1), NOON), token("HubSpot", ident("005", 1), "2026-03-02T12:00:00.000+0000")]
    assert tokens_read(org(OauthToken=rows)) == (2, Reach.COMPLETE)
