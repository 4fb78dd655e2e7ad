"""Paginators: every row exactly once, an end in every case, and no going round in circles."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stackmap.model import Reach
from stackmap.sdk import (
    Answer,
    Ask,
    Get,
    Paging,
    Probe,
    ReadError,
    ReadPost,
    Reply,
    Request,
    cursor,
    link,
    link_header,
    lookup,
    offset,
    page_number,
    single,
)
from tests.unit.sdk.asking import BASE, client

Vendor = Callable[[Sequence[int], int], Callable[[Request], Reply]]


def read(paging: Paging, answer: Callable[[Request], Reply], first: Ask | None = None) -> list[int]:
    """All rows, through a real client."""
    asked = client(answer)
    rows: list[int] = []
    pages = paging(first or Get("/rows"))
    ask = next(pages)
    while True:
        assert not isinstance(ask, Probe), "none of these wants to know anything first"
        got = asked.send(ask)
        rows += lookup(got.body, "rows") or []
        try:
            ask = pages.send(got)
        except StopIteration:
            return rows


def sent(request: Request) -> dict[str, Any]:
    """Query, form or JSON body: wherever the parameters travelled."""
    if request.method == "GET":
        return dict(request.query)
    return request.form() if b"=" in request.body else request.json() or {}


def by_cursor(rows: Sequence[int], size: int) -> Callable[[Request], Reply]:
    def answer(request: Request) -> Reply:
        start = int(sent(request).get("after", 0))
        more = start + size < len(rows)
        following = {"next": {"after": str(start + size)}} if more else {}
        return Reply(200, {"rows": list(rows[start : start + size]), "paging": following})

    return answer


def by_offset(rows: Sequence[int], size: int) -> Callable[[Request], Reply]:
    def answer(request: Request) -> Reply:
        start = int(sent(request)["offset"])  # never gives more than `size`, whatever is asked for
        return Reply(200, {"rows": list(rows[start : start + size]), "total": len(rows)})

    return answer


def by_page(rows: Sequence[int], size: int) -> Callable[[Request], Reply]:
    def answer(request: Request) -> Reply:
        start = (int(sent(request)["page"]) - 1) * size
        return Reply(200, {"rows": list(rows[start : start + size]), "pages": -(-len(rows) // size)})

    return answer


def by_link(rows: Sequence[int], size: int) -> Callable[[Request], Reply]:
    def answer(request: Request) -> Reply:
        start = int(request.query.get("at", "0"))
        following = f"/v1/rows?at={start + size}" if start + size < len(rows) else None
        return Reply(200, {"rows": list(rows[start : start + size]), "next": following})

    return answer


def by_query_link(rows: Sequence[int], size: int) -> Callable[[Request], Reply]:
    def answer(request: Request) -> Reply:
        start = int(request.query.get("at", "0"))
        following = f"?at={start + size}" if start + size < len(rows) else ""
        return Reply(200, {"rows": list(rows[start : start + size]), "next": following})

    return answer


def by_header(rows: Sequence[int], size: int) -> Callable[[Request], Reply]:
    def answer(request: Request) -> Reply:
        start = int(request.query.get("at", "0"))
        following = f'<{BASE}/rows?at={start + size}>; rel="next"' if start + size < len(rows) else ""
        headers = {"link": f'<{BASE}/rows?at=0>; rel="first", {following}'}
        return Reply(200, {"rows": list(rows[start : start + size])}, headers)

    return answer


FIRST = Get("/rows")


@dataclass(frozen=True)
class Way:
    paging: Paging
    vendor: Vendor
    first: Ask = FIRST


WAYS = {
    "cursor": Way(cursor("after", "paging.next.after"), by_cursor),
    "cursor in a JSON body": Way(cursor("after", "paging.next.after"), by_cursor, ReadPost("/rows", body={})),
    "cursor in a form": Way(cursor("after", "paging.next.after"), by_cursor, ReadPost("/rows", form={"q": "x"})),
    "offset": Way(offset("rows"), by_offset),
    "offset with a total": Way(offset("rows", total="total"), by_offset),
    "page number": Way(page_number("rows"), by_page),
    "page number with a count": Way(page_number("rows", count="pages"), by_page),
    "link": Way(link("next"), by_link),
    "link of a query only": Way(link("next"), by_query_link),
    "link header": Way(link_header(), by_header),
}


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS.keys())
@settings(max_examples=50)
@given(count=st.integers(0, 40), size=st.integers(1, 12))
def test_every_row_comes_exactly_once_and_it_ends(way: Way, count: int, size: int) -> None:
    rows = list(range(count))
    assert read(way.paging, way.vendor(rows, size), way.first) == rows


def test_a_paging_can_be_used_again_and_remembers_nothing() -> None:
    paging = cursor("after", "paging.next.after")
    assert read(paging, by_cursor(range(5), 2)) == read(paging, by_cursor(range(5), 2))


def test_one_page_is_asked_once() -> None:
    assert read(single, by_cursor(range(5), 2)) == [0, 1]


def test_an_empty_page_with_a_cursor_is_not_the_end() -> None:
    def sparse(request: Request) -> Reply:
        at = int(request.query.get("after", "0"))
        return Reply(200, {"rows": [at] if at == 2 else [], "next": str(at + 1) if at < 3 else None})

    assert read(cursor("after", "next"), sparse) == [2]


def again(_: Request) -> Reply:
    return Reply(200, {"rows": [1, 2], "next": "/v1/rows?at=2"}, {"link": f'<{BASE}/rows?at=2>; rel="next"'})


@pytest.mark.parametrize(
    "paging",
    [cursor("after", "next"), link("next"), link_header(), offset("rows"), page_number("rows")],
    ids=["cursor", "link", "link header", "offset", "page number"],
)
def test_what_repeats_is_stopped(paging: Paging) -> None:
    with pytest.raises(ReadError) as caught:
        read(paging, again)
    assert caught.value.trouble.state is Reach.FAILED
    assert "twice" in caught.value.trouble.reason


def test_cursors_that_alternate_are_stopped_too() -> None:
    def swing(request: Request) -> Reply:
        return Reply(200, {"rows": [1], "next": "b" if request.query.get("after") == "a" else "a"})

    with pytest.raises(ReadError):
        read(cursor("after", "next"), swing)


def test_paging_keeps_the_first_requests_own_parameters_and_headers() -> None:
    pages = cursor("after", "next")(Get("/rows", {"limit": 5}, {"X-Mode": "full"}))
    next(pages)
    following = pages.send(Answer(200, {"next": "abc"}))
    assert following == Get("/rows", {"limit": 5, "after": "abc"}, {"X-Mode": "full"})


def test_a_json_body_keeps_what_it_asked_for() -> None:
    pages = cursor("after", "next")(ReadPost("/search", body={"q": "x"}))
    next(pages)
    assert pages.send(Answer(200, {"next": 7})) == ReadPost("/search", body={"q": "x", "after": 7})
