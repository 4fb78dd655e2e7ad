"""Every page, everybody once, and nobody lost in silence."""

from collections.abc import Callable
from typing import Any

import pytest

from stackmap.model import FixBy, NodeKind, Reach
from stackmap.sdk import Reply, Request, StandIn
from tests.connectors.scim.reading import accounts, company, person, read, server
from tests.support.readings import covered

USERS = "/scim/v2/Users"


def scripted(pages: Callable[[int], dict[str, Any]]) -> StandIn:
    """Answers of the users' list, by startIndex."""

    def answer(request: Request) -> Reply:
        if request.path != USERS:
            return Reply(404, {})
        return Reply(200, pages(int(request.query.get("startIndex", "1"))))

    return answer


def rows(first: int, last: int) -> list[dict[str, Any]]:
    return [person(number) for number in range(first, last + 1)]


@pytest.mark.parametrize("by_cursor", [False, True])
@pytest.mark.parametrize("people", [1, 39, 40, 41, 80, 121])
def test_everybody_is_read_once_however_few_a_page_holds(people: int, *, by_cursor: bool) -> None:
    asked: list[Request] = []
    answers = server(company=company(people), by_cursor=by_cursor)

    def watched(request: Request) -> Reply:
        asked.append(request)
        return answers(request)

    reading = read(watched, only=["users"])
    found = covered(reading)["users"]
    assert (found.state, found.records, len(accounts(reading.facts))) == (Reach.COMPLETE, people, people)
    assert len(asked) == -(-people // 40)


def test_a_server_of_nobody_may_leave_the_list_out() -> None:
    reading = read(server(company={"users": [], "groups": []}))
    assert {item.state for item in reading.coverage} == {Reach.COMPLETE}
    assert not accounts(reading.facts)


@pytest.mark.parametrize("body", [{}, {"totalResults": 3}, {"totalResults": 0, "Resources": {}}, {"Resources": "x"}])
def test_an_answer_without_a_list_is_never_an_empty_one(body: dict[str, Any]) -> None:
    found = covered(read(scripted(lambda _start: body)))["users"]
    assert (found.state, found.fix_by) == (Reach.FAILED, FixBy.VENDOR)


def test_a_record_that_comes_twice_in_the_place_of_another_is_told() -> None:
    given = {1: [*rows(1, 3)], 4: [*rows(3, 4)]}
    found = covered(read(scripted(lambda start: {"totalResults": 5, "Resources": given[start]})))["users"]
    assert (found.state, found.records) == (Reach.PARTIAL, 5)
    assert found.reason == "the server counts 5 and its pages held 4 different ones: read again"


def test_a_list_that_shrinks_while_it_is_read_is_told() -> None:
    """Whoever moved up into a page that was read already has not been seen."""
    given = {1: {"totalResults": 5, "Resources": rows(1, 3)}, 4: {"totalResults": 4, "Resources": rows(5, 5)}}
    assert covered(read(scripted(lambda start: given[start])))["users"].state is Reach.PARTIAL


def test_a_list_that_grows_while_it_is_read_is_read_to_its_end() -> None:
    given = {1: {"totalResults": 3, "Resources": rows(1, 2)}, 3: {"totalResults": 4, "Resources": rows(3, 4)}}
    found = covered(read(scripted(lambda start: given[start])))["users"]
    assert (found.state, found.records) == (Reach.COMPLETE, 4)


def test_an_empty_page_before_its_time_ends_the_list_and_is_told() -> None:
    found = covered(read(scripted(lambda start: {"totalResults": 9, "Resources": rows(1, 3) if start == 1 else []})))
    assert found["users"].state is Reach.PARTIAL


def test_without_a_count_an_empty_page_is_the_end() -> None:
    found = covered(read(scripted(lambda start: {"Resources": rows(1, 3) if start == 1 else []})))["users"]
    assert (found.state, found.records) == (Reach.COMPLETE, 3)


def test_a_server_of_cursors_need_not_count_and_ends_where_it_names_no_next_one() -> None:
    def answer(request: Request) -> Reply:
        assert "startIndex" not in request.query
        after = request.query.get("cursor")
        return Reply(200, {"Resources": rows(3, 4)} if after else {"Resources": rows(1, 2), "nextCursor": "more"})

    found = covered(read(answer, only=["users"]))["users"]
    assert (found.state, found.records) == (Reach.COMPLETE, 4)


def test_a_cursor_that_leads_in_a_circle_is_given_up() -> None:
    def answer(_request: Request) -> Reply:
        return Reply(200, {"Resources": rows(1, 2), "nextCursor": "more"})

    assert covered(read(answer, only=["users"]))["users"].vendor_code == "repeated"


def test_without_a_count_pages_that_repeat_are_given_up() -> None:
    found = covered(read(scripted(lambda _start: {"Resources": rows(1, 3)})))["users"]
    assert (found.state, found.vendor_code) == (Reach.PARTIAL, "repeated")


def test_a_record_without_an_id_is_named_and_does_not_look_like_a_lost_one() -> None:
    given = [person(1), {"userName": "nameless"}]
    found = covered(read(scripted(lambda _start: {"totalResults": 2, "Resources": given})))["users"]
    assert found.reason == "1 of 2 records could not be understood: record number 2 (no id)"


def test_large_groups_and_groups_inside_groups_are_noted() -> None:
    many = {"id": "g-9", "members": [{"value": f"u-{number}"} for number in range(1001)]}
    stack = company(3)
    noted = read(server(company={**stack, "groups": [*stack["groups"], many]}))
    assert covered(noted)["groups"].reason == (
        "1 group has more than 1000 members: the server may have cut the list; "
        "1 group has groups inside, whose members are not counted in"
    )
    assert covered(noted)["groups"].state is Reach.COMPLETE
    assert covered(read(server(company={**stack, "groups": [{"id": "g"}]})))["groups"].reason == ""


@pytest.mark.parametrize("denied", ["users", "groups"])
def test_a_list_that_is_refused_is_denied_and_the_others_go_on(denied: str) -> None:
    found = covered(read(server(deny={denied})))
    assert {name for name, item in found.items() if item.state is Reach.DENIED} == {denied}
    assert {name for name, item in found.items() if item.state is Reach.COMPLETE} == {*found} - {denied}


def test_a_server_without_groups_has_none_to_read() -> None:
    reading = read(server(lacks={"/Groups", "/ServiceProviderConfig"}))
    states = {name: item.state for name, item in covered(reading).items()}
    assert states == {"config": Reach.ABSENT, "users": Reach.COMPLETE, "groups": Reach.ABSENT}
    assert not [fact for fact in reading.facts if fact.kind is NodeKind.GROUP]
