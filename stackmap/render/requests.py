"""Asking for access: the mail to the administrator and the page for security (`stackmap connectors show --request`)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import TypeAlias

from stackmap.render.departure import write_json
from stackmap.render.guards import markdown, plain
from stackmap.render.lines import wrapped

__all__ = [
    "AskedCall",
    "AskedOfPeople",
    "AskedTier",
    "Block",
    "Bullets",
    "Heading",
    "Part",
    "RequestPage",
    "Steps",
    "Text",
    "request_json",
    "request_markdown",
    "request_text",
]


@dataclass(frozen=True, slots=True)
class AskedCall:
    """One list: how it is asked, with which permissions, and what for. `first` is looked up before it."""

    inventory: str
    call: str
    query: str
    first: str
    needs: tuple[str, ...]
    says: str


@dataclass(frozen=True, slots=True)
class AskedTier:
    """One step of access. `permissions` and `checks` (rules that can be judged) come on top of those before."""

    number: int
    name: str
    permissions: tuple[str, ...]
    answers: tuple[str, ...]
    checks: tuple[str, ...]
    grant: tuple[str, ...]
    source: str
    calls: tuple[AskedCall, ...]


@dataclass(frozen=True, slots=True)
class AskedOfPeople:
    """What some of the lists take of people."""

    lists: tuple[str, ...]
    fields: str
    of: str
    why: str


@dataclass(frozen=True, slots=True)
class RequestPage:
    """Everything that is asked of one system's administrator.

    `of` counts all tiers there are, asked for or not. `quota_floor` is the share of a day's calls that is left, None
    where the vendor does not say how many there are; `least_calls` is what a reading takes at least.
    """

    connector: str
    title: str
    tiers: tuple[AskedTier, ...]
    of: int
    people: tuple[AskedOfPeople, ...]
    never_read: tuple[str, ...]
    revoke: tuple[str, ...]
    verify: tuple[str, ...]
    hosts: tuple[str, ...]
    posts: tuple[str, ...]
    per_second: float
    least_calls: int
    quota_floor: float | None
    retries: int
    most_wait: float
    user_agent: str


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading within a part."""

    text: str


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph."""

    text: str


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Steps:
    """Things to be done in this order."""

    items: tuple[str, ...]


Block: TypeAlias = Heading | Text | Bullets | Steps


@dataclass(frozen=True, slots=True)
class Part:
    """The mail, or the page: each can be sent without the other."""

    title: str
    blocks: tuple[Block, ...]


def request_text(parts: Sequence[Part]) -> str:
    """Both parts for a terminal or a mail program."""
    lines: list[str] = []
    for part in parts:
        lines.extend([*([""] if lines else []), plain(part.title).upper()])
        for block in part.blocks:
            lines.extend(_text(block))
    return "\n".join(lines) + "\n"


def _text(block: Block) -> Iterator[str]:
    match block:
        case Heading():
            yield from ("", *wrapped(plain(block.text), "", ""), "-" * min(len(block.text), 80))
        case Text():
            yield from ("", *wrapped(plain(block.text), "", ""))
        case Bullets():
            for item in block.items:
                yield from wrapped(plain(item), "  - ", "    ")
        case Steps():
            for number, item in enumerate(block.items, 1):
                yield from wrapped(plain(item), f"  {number}. ", "     ")


def request_markdown(parts: Sequence[Part]) -> str:
    """Both parts for a ticket or a wiki."""
    lines: list[str] = []
    for part in parts:
        lines.extend([f"# {markdown(part.title)}", ""])
        for block in part.blocks:
            lines.extend([*_markdown(block), ""])
    return "\n".join(lines).rstrip() + "\n"


def _markdown(block: Block) -> Iterator[str]:
    match block:
        case Heading():
            yield f"## {markdown(block.text)}"
        case Text():
            yield markdown(block.text)
        case Bullets():
            yield from (f"- {markdown(item)}" for item in block.items)
        case Steps():
            yield from (f"{number}. {markdown(item)}" for number, item in enumerate(block.items, 1))


def request_json(page: RequestPage, parts: Sequence[Part]) -> str:
    """`stackmap.access_request/1`."""
    texts = [{"title": part.title, "text": request_text([part])} for part in parts]
    return write_json({"schema": "stackmap.access_request/1", **asdict(page), "parts": texts})
