"""The calls of a connector as an administrator reads them: taken from the values that are sent."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import unquote

from stackmap.sdk import Connector, Get, Inventory, Per, Probe, ReadPost

__all__ = ["call", "first_look", "posts", "query"]


def call(connector: Connector, item: Inventory, below: str = "") -> str:
    """The method and path of one list; `below` is the path of the base URL.

    For a list that asks per entry of another one: what it asks of an entry of which only the id is known.
    """
    if not isinstance(item.ask, Per):
        return _told(item.ask, below)
    parent = next(one for one in connector.inventories if one.name == item.ask.parent)
    asked = next(iter(item.ask.requests([_entry(parent.required)])), None)
    if asked is None:
        told = _told(Get(item.ask.path), below) if item.ask.path else "one call"
        return f"{told}{',' if item.ask.path else ''} per entry of {item.ask.parent} that qualifies"
    return f"{_told(asked, below)}, per entry of {item.ask.parent}"


def _entry(required: tuple[str, ...]) -> Mapping[str, object]:
    """An entry that has what it must have, and no more; each field holds its own name in braces."""
    entry: dict[str, object] = {}
    for path in required:
        inner = entry
        *above, last = path.split(".")
        for step in above:
            below: dict[str, object] = {}
            inner[step] = below
            inner = below
        inner[last] = f"{{{last}}}"
    return entry


def _told(ask: Get | ReadPost, below: str) -> str:
    rooted = ask.path.startswith(("https://", "http://")) or (isinstance(ask, Get) and ask.link)
    path = unquote(ask.path) if "%7B" in ask.path else ask.path
    return f"{'GET' if isinstance(ask, Get) else 'POST (a read)'} {path if rooted else below + path}"


def query(item: Inventory) -> str:
    """What is asked for beside the path, as it travels; "" for nothing."""
    if not isinstance(item.ask, Get):
        return ""
    return " ".join(f"{name}={value}" for name, value in item.ask.query().items())


def first_look(item: Inventory, below: str = "") -> str:
    """What is looked up before the list itself is read (which columns there are); "" for nothing."""
    if item.pages is None or isinstance(item.ask, Per):
        return ""
    steps = item.pages(item.ask)
    try:
        step = next(steps)
    finally:
        steps.close()
    return _told(step.ask, below) if isinstance(step, Probe) else ""


def posts(connector: Connector) -> tuple[str, ...]:
    """The lists that are read by POST."""
    return tuple(item.name for item in connector.inventories if "POST" in call(connector, item))
