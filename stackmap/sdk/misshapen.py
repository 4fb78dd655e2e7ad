"""Answers of a wrong shape, made from a stand-in's own: lists that are not there, pages that never end."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import count
from typing import Any, TypeAlias

from stackmap.sdk.asks import Answer, Ask, Get, Probe
from stackmap.sdk.connector import Inventory, Per
from stackmap.sdk.paging import single
from stackmap.sdk.records import MISSING, lookup
from stackmap.sdk.sandbox import Fault, Reply, Request, StandIn

__all__ = ["SHAPES", "endless", "without_list"]

SHAPES: Mapping[str, Any] = {"null": None, "an object": {}, "a text": "none", "nothing": MISSING}
"""What stands where the list of records belongs, by name."""

_Path: TypeAlias = tuple[str, ...]
_ENOUGH = 1000


def without_list(path: str, shape: str) -> Fault:
    """Answer as usual, but with something else at the dotted path where the records were."""

    def fault(standin: StandIn) -> StandIn:
        def answer(request: Request) -> Reply:
            reply = standin(request)
            return replace(reply, body=_with(_body(reply), tuple(path.split(".")), SHAPES[shape]))

        return answer

    return fault


def endless(inventory: Inventory, page: Reply) -> Fault | None:
    """Answer this page without its records, naming a new next page each time; after very many there is none.

    None where no page of that kind names a next one, as numbered pages do not.
    """
    if not isinstance(inventory.records, str) or inventory.pages is None:
        return None
    body = _with(_body(page), tuple(inventory.records.split(".")), []) if inventory.records else []
    place, link = _cursor(inventory, body), page.headers.get("link", "")
    if place is None and not link:
        return None
    lock, numbers = threading.Lock(), count(1)

    def answer(_: Request) -> Reply:
        with lock:
            number = next(numbers)
        if number > _ENOUGH:
            return Reply(200, _with(body, place or (), None))
        headers = {**page.headers, "link": link.replace(">", f"&fresh={number}>")} if link else page.headers
        return Reply(200, _with(body, place or (), _fresh(body, place or (), number)), headers)

    return lambda _: answer


def _cursor(inventory: Inventory, body: Any) -> _Path | None:
    """Where the body names the next page: what the paginator follows when it changes."""
    usual = _next(inventory, body)
    for place in _leaves(body):
        changed = _next(inventory, _with(body, place, _fresh(body, place, 0)))
        if changed is not None and changed != usual:
            return place
    return None


def _next(inventory: Inventory, body: Any) -> Ask | None:
    """What the inventory's paginator asks after such an answer, None where it ends, or wants to know more first."""
    pages = (inventory.pages or single)(Get("/") if isinstance(inventory.ask, Per) else inventory.ask)
    try:
        if isinstance(next(pages), Probe):
            return None
        following = pages.send(Answer(200, body))
        return None if isinstance(following, Probe) else following
    except StopIteration:
        return None
    finally:
        pages.close()


def _fresh(body: Any, place: _Path, number: int) -> str | int:
    value = lookup(body, ".".join(place))
    return int(f"{value}{number}") if isinstance(value, int) else f"{value or 'fresh'}{number}"


def _leaves(body: Any, place: _Path = ()) -> Iterator[_Path]:
    for name, value in body.items() if isinstance(body, Mapping) else ():
        if isinstance(value, Mapping):
            yield from _leaves(value, (*place, str(name)))
        elif value is None or (isinstance(value, str | int) and not isinstance(value, bool)):
            yield (*place, str(name))


def _body(reply: Reply) -> Any:
    content = reply.raw().content
    return json.loads(content) if content else None


def _with(body: Any, place: _Path, value: Any) -> Any:
    """A copy of a body with something else at a place; MISSING takes the place away."""
    if not place or not isinstance(body, Mapping):
        return body
    changed = dict(body)
    name, *below = (".".join(place),) if ".".join(place) in body else place
    if below:
        changed[name] = _with(body.get(name), tuple(below), value)
    elif value is MISSING:
        changed.pop(name, None)
    else:
        changed[name] = value
    return changed
