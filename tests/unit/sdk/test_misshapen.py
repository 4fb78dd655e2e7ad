"""Answers of a wrong shape, made from good ones."""

from collections.abc import Callable
from typing import Any

import pytest

from stackmap.sdk import Get, Inventory, Paging, Reply, Request, cursor, link, link_header, offset, page_number
from stackmap.sdk.misshapen import SHAPES, endless, without_list

PAGES: dict[str, tuple[Paging, dict[str, Any], dict[str, str]]] = {
    "a cursor": (cursor("after", "next"), {"next": "c1"}, {}),
    "a cursor further down": (cursor("after", "paging.next.after"), {"paging": {"next": {"after": 7}}}, {}),
    "a cursor that is null": (cursor("after", "next"), {"next": None}, {}),
    "a link": (link("next"), {"next": "/v1/users?page=2"}, {}),
    "a header": (link_header(), {}, {"link": '<https://x.example.test/users?page=2>; rel="next"'}),
}


def inventory(pages: Paging | None, records: str = "data") -> Inventory:
    return Inventory("users", Get("/users"), lambda _record, _at: iter(()), frozenset(), (), "", records, pages)


def ask(answers: Callable[[Request], Reply]) -> Reply:
    return answers(Request("GET", "/users"))


@pytest.mark.parametrize("name", sorted(PAGES))
def test_every_page_is_empty_and_names_another_next_one(name: str) -> None:
    pages, body, headers = PAGES[name]
    fault = endless(inventory(pages), Reply(200, {"data": [{"id": "1"}], **body}, headers))
    assert fault is not None
    given = [ask(fault(lambda _: Reply(500))) for _ in range(50)]
    assert {tuple(reply.body["data"]) for reply in given} == {()}
    assert len({f"{reply.body} {reply.headers}" for reply in given}) == 50


@pytest.mark.parametrize("pages", [None, offset("data"), page_number("data")])
def test_pages_that_name_no_next_one_cannot_be_endless(pages: Paging | None) -> None:
    assert endless(inventory(pages), Reply(200, {"data": [{"id": "1"}], "total": 3})) is None


@pytest.mark.parametrize("shape", list(SHAPES))
def test_something_else_stands_where_the_list_was(shape: str) -> None:
    answers = without_list("result.users", shape)(lambda _: Reply(200, {"result": {"users": [1], "n": 1}, "ok": True}))
    body = ask(answers).body
    assert body["ok"] is True
    assert body["result"]["n"] == 1
    assert not isinstance(body["result"].get("users"), list)
    assert ("users" in body["result"]) is (shape != "nothing")
