"""What is asked of a vendor and what comes back, as values, and the two kinds of generator that deal in them."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from stackmap.errors import ConnectorError
from stackmap.model import FixBy, Reach

__all__ = [
    "Answer",
    "Ask",
    "Authenticator",
    "Get",
    "NotUnderstoodError",
    "Pages",
    "Paging",
    "Probe",
    "ReadError",
    "ReadPost",
    "Record",
    "Trouble",
]

Record: TypeAlias = Mapping[str, Any]
"""One record as the vendor gave it. Mapping functions never change it."""


@dataclass(frozen=True, slots=True)
class Get:
    """A GET of a path below the connector's base URL, in which vendor ids are quoted. `params` of value None are
    left out.

    With `link` the path is an address that the vendor gave (the next page): absolute or from the root of
    the host, with its own query. It is followed to the base URL's own origin only.
    """

    path: str
    params: Mapping[str, str | int | bool | None] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    link: bool = False

    def query(self) -> dict[str, str]:
        """The parameters as they travel."""
        given = {name: value for name, value in self.params.items() if value is not None}
        return {name: str(value).lower() if isinstance(value, bool) else str(value) for name, value in given.items()}


@dataclass(frozen=True, slots=True)
class ReadPost:
    """A POST that the vendor documents as a read (token, search, query, report). `body` is sent as JSON,
    `form` as a form; the client refuses every other POST.
    """

    path: str
    body: Any = field(default=None, repr=False)
    form: Mapping[str, str] | None = field(default=None, repr=False)
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)


Ask: TypeAlias = Get | ReadPost


@dataclass(frozen=True, slots=True)
class Probe:
    """A request of which a paginator wants the answer for itself: which columns there are, how many rows.

    Its answer holds no records and is no page; it is signed, paced and judged like every other.
    """

    ask: Ask


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: `body` is parsed JSON (None where there was none), header names are lower case.

    `path` is what was asked for, for lists whose records do not say what they belong to.
    """

    status: int
    body: Any = field(default=None, repr=False)
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    path: str = field(default="", repr=False, compare=False)


Pages: TypeAlias = Generator[Ask | Probe, Answer, str | None]
"""A paginator yields what to ask next and receives what came back. One generator per run: no state survives.

It may return a sentence: what it had to do without although it read everything (columns that a tenant has not).
"""

Paging: TypeAlias = Callable[[Ask], Pages]

Authenticator: TypeAlias = Callable[[Ask], Generator[Ask, Answer, None]]
"""Signs a request: called with it, yields the signed request (or first a token request) and receives each
answer. Secrets live in closures or `field(repr=False)`. Refresh once on 401, then stop.
"""


@dataclass(frozen=True, slots=True)
class Trouble:
    """An answer that means something other than "here are records", where the status code alone does not say
    so.
    """

    state: Reach
    reason: str
    fix_by: FixBy
    vendor_code: str = ""


class ReadError(ConnectorError):
    """Reading cannot go on. The runner turns its `trouble` into coverage; what was read before is kept."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble.reason)
        self.trouble = trouble


class NotUnderstoodError(ConnectorError):
    """A record that a mapping function understands in part only.

    Raised after everything else: the facts yielded before stand, and the list counts as read in part. The
    text says what is wrong; it may name fields, never their content.
    """
