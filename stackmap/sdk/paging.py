"""Paginators: generators that yield what to ask next and receive what came back.

Each function gives a `Paging`; it makes a new generator per run. None of them stops at an empty page while
the vendor names a next one, and a page that comes again raises `ReadError` instead of going round for
ever.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl

from stackmap.model import FixBy, Reach
from stackmap.sdk.asks import Answer, Ask, Get, Pages, Paging, ReadError, ReadPost, Trouble
from stackmap.sdk.records import lookup

__all__ = ["cursor", "link", "link_header", "offset", "page_number", "single"]

_NEXT = re.compile(r'<([^>]*)>\s*(?:;[^,<]*)?;\s*rel="?next"?', re.IGNORECASE)


def single(first: Ask) -> Pages:
    """One request, one answer."""
    yield first
    return None


def cursor(param: str, path: str) -> Paging:
    """The answer names the next page at `path` (body); it is sent back as `param` (query, form or JSON body)."""

    def pages(first: Ask) -> Pages:
        seen: set[str] = set()
        ask = first
        while True:
            answer = yield ask
            token = lookup(answer.body, path)
            if token is None or token == "":
                return None
            if str(token) in seen:
                raise ReadError(_again("cursor"))
            seen.add(str(token))
            ask = _with(first, {param: token})

    return pages


def link(path: str) -> Paging:
    """The answer holds the address of the next page at `path`. Only the connector's own host is followed."""
    return _follow(lambda answer: lookup(answer.body, path))


def link_header() -> Paging:
    """The address of the next page stands in a `Link` header with rel="next" (RFC 8288)."""

    def find(answer: Answer) -> str | None:
        found = _NEXT.search(answer.headers.get("link", ""))
        return found[1] if found else None

    return _follow(find)


def offset(
    records: str, *, param: str = "offset", size_param: str = "limit", size: int = 100, total: str = ""
) -> Paging:
    """Skip what was read. Moves on by what really came, for a vendor may give less than `size` at a time.

    Ends at an empty page, or at `total` (a path) where the vendor tells it.
    """

    def pages(first: Ask) -> Pages:
        skip, before = 0, None
        while True:
            answer = yield _with(first, {param: skip, size_param: size})
            rows = _rows(answer, records)
            skip += len(rows)
            allowed = lookup(answer.body, total) if total else None
            if not rows or (isinstance(allowed, int) and skip >= allowed):
                return None
            if rows == before:
                raise ReadError(_again("page"))
            before = rows

    return pages


def page_number(records: str, *, param: str = "page", first_page: int = 1, count: str = "") -> Paging:
    """Numbered pages. Ends at an empty page, or after `count` pages (a path) where the vendor tells it."""

    def pages(first: Ask) -> Pages:
        number, before = first_page, None
        while True:
            answer = yield _with(first, {param: number})
            rows = _rows(answer, records)
            number += 1
            allowed = lookup(answer.body, count) if count else None
            if isinstance(allowed, int):
                if number >= allowed + first_page:
                    return None
            elif not rows:
                return None
            if rows and rows == before:
                raise ReadError(_again("page"))
            before = rows

    return pages


def _follow(find: Any) -> Paging:
    def pages(first: Ask) -> Pages:
        seen: set[str] = set()
        ask = first
        while True:
            answer = yield ask
            address = find(answer)
            if not isinstance(address, str) or not address:
                return None
            if address in seen:
                raise ReadError(_again("link"))
            seen.add(address)
            ask = _linked(first, address)

    return pages


def _linked(first: Ask, address: str) -> Ask:
    if address.startswith("?") and isinstance(first, Get):  # relative to the page that named it
        return replace(first, params=dict(parse_qsl(address[1:], keep_blank_values=True)))
    return Get(address, headers=first.headers, link=True)


def _rows(answer: Answer, records: str) -> Sequence[Any]:
    rows = lookup(answer.body, records)
    return rows if isinstance(rows, list) else ()


def _with(ask: Ask, values: dict[str, Any]) -> Ask:
    if isinstance(ask, Get):
        return replace(ask, params={**ask.params, **values})
    return _posted(ask, values)


def _posted(ask: ReadPost, values: dict[str, Any]) -> ReadPost:
    if ask.form is not None:
        return replace(ask, form={**ask.form, **{name: str(value) for name, value in values.items()}})
    return replace(ask, body={**(ask.body or {}), **values})


def _again(what: str) -> Trouble:
    return Trouble(Reach.FAILED, f"the vendor gave the same {what} twice: going on would never end", FixBy.VENDOR)
