"""What a connector is: one value, made of inventories. Reading it top to bottom tells an admin what is
called.

A connector declares; the runner (`stackmap.collect`) asks, pages, maps and meets failure.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from stackmap.model import (
    Act,
    Coverage,
    EdgeKind,
    Fact,
    How,
    Node,
    NodeKind,
    Sort,
)
from stackmap.sdk.access import Access
from stackmap.sdk.asks import (
    Answer,
    Ask,
    Authenticator,
    Get,
    NotUnderstoodError,
    Pages,
    Paging,
    Probe,
    ReadError,
    ReadPost,
    Record,
    Trouble,
)
from stackmap.sdk.exports import Export
from stackmap.sdk.scope import Departure, Departures, Scope, Setting, Settings

__all__ = [
    "Answer",
    "Ask",
    "Authenticator",
    "Connector",
    "Departure",
    "Departures",
    "Get",
    "Inventory",
    "Joins",
    "Mapper",
    "NotUnderstoodError",
    "Pages",
    "Paging",
    "Per",
    "Probe",
    "ReadError",
    "ReadPost",
    "Record",
    "Review",
    "Scope",
    "Setting",
    "Settings",
    "Trouble",
    "system_node",
]


Mapper: TypeAlias = Callable[[Record, Scope], Iterator[Fact]]
"""A mapping function: pure, one record in, facts out. Raises NotUnderstoodError for what it cannot read."""


@dataclass(frozen=True, slots=True)
class Per:
    """Requests that depend on what another inventory read: `requests(records of parent)`, each its own paging
    run.

    When the parent could not be read this inventory is `skipped`, when partly, at best `partial`. `wanted` says of
    which records the settings want it asked at all; that others were passed over is the connector's `review` to tell.
    `path` (`/apps/{id}/users`) is only shown to people, where the requests take more than a record's id to be known.
    """

    parent: str
    requests: Callable[[Sequence[Record]], Iterable[Ask]]
    wanted: Callable[[Record, Settings], bool] | None = None
    path: str = ""


@dataclass(frozen=True, slots=True)
class Inventory:
    """One list a connector reads.

    `records` is a dotted path into the answer's body ("" for the body itself, where a single object counts
    as one record) or a function of the answer; an answer without a list there is a failure, never "none".
    `emits` are the kinds of nodes and edges its mapping may yield; `lists` are those of them of which a
    complete read lists *all* there are in the tenant (default: `emits`). `needs` names the permissions.
    `outcome` judges answers whose status alone misleads (errors inside a 200, vendor codes). `required` are
    the fields (dotted paths) without which a record cannot be mapped; the first is the record's id, by which
    messages name it. Every other field may be missing or null: the mapping does without it, or says what it
    cannot read (NotUnderstoodError). `absent_on` are statuses by which the vendor says that this tenant does
    not have it; 401 and 403 never are, for refusals (an `outcome` may know better).
    """

    name: str
    ask: Ask | Per
    facts: Mapper
    emits: frozenset[NodeKind | EdgeKind]
    needs: tuple[str, ...]
    says: str
    records: str | Callable[[Answer], Sequence[Record]] = ""
    pages: Paging | None = None
    lists: frozenset[NodeKind | EdgeKind] | None = None
    sort: Sort = Sort.STATE
    outcome: Callable[[Answer], Trouble | None] | None = None
    absent_on: frozenset[int] = frozenset({404})
    expected_calls: int = 1
    required: tuple[str, ...] = ("id",)

    @property
    def listed(self) -> frozenset[NodeKind | EdgeKind]:
        """The kinds over which a complete read proves absence."""
        return self.emits if self.lists is None else self.lists


Joins: TypeAlias = Callable[[Sequence[Fact], Mapping[str, Coverage], Scope], Iterable[Fact]]
"""Facts that follow only from several lists together (a login known by its user name, an app by its label). Pure.

The evidence of each names one inventory of the connector that was read and declares its kind (`Scope.at`), how it
follows included. Where that inventory knows the same node or edge, what is new is added to it.
"""

Review: TypeAlias = Callable[[Sequence[Fact], Mapping[str, Coverage], Settings], Mapping[str, Trouble]]
"""What all facts and coverage of a reading together tell of its reach: trouble by inventory. Pure."""


@dataclass(frozen=True, slots=True)
class Connector:
    """A vendor as a value.

    `tenant` names the tenant from the settings alone. `usual_act` is what this platform's administrators usually do
    with a leaver's account; `never_done` are acts that nobody can do to one there, each with a sentence that says so
    and what is done instead. `sandbox` is a lazy `"module:factory"` of the vendor's stand-in, `demo` the name of the
    package file with its share of the made-up company. `blind_spots` are things no endpoint tells, one sentence each.
    `quota` reads (used, allowed) per day from an answer, where the vendor says so. `docs` is the page where the vendor
    describes it, to check ours by. `origins` are further addresses (`https://host`) that its own requests, never paging
    links, may go to: a login host, say. `collector` names the login that the reading was made with, as far as settings
    and facts tell. `joins` adds what only several lists together tell. `review` then judges the reading as a whole:
    which inventories were read less far than their own answers tell (a login that is shown only its own records), with
    the reason. A `directory` says who is here: whoever is switched off in it has left. `exports` are files that people
    get out of its screens, `access` is what an administrator is asked for. `also_called` are names that people give the
    product besides its title, in the lists that they keep themselves.
    """

    name: str
    product: str
    title: str
    settings: tuple[Setting, ...]
    base_url: Callable[[Settings], str]
    tenant: Callable[[Settings], str]
    authenticate: Callable[[Settings], Authenticator]
    inventories: tuple[Inventory, ...]
    departures: tuple[Departures, ...]
    usual_act: Act
    blind_spots: tuple[str, ...] = ()
    sandbox: str = ""
    demo: str = ""
    per_second: float = 5.0
    quota: Callable[[Answer], tuple[int, int] | None] | None = None
    docs: str = ""
    origins: Callable[[Settings], tuple[str, ...]] | None = None
    collector: Callable[[Settings, Sequence[Fact]], str] | None = None
    joins: Joins | None = None
    review: Review | None = None
    directory: bool = False
    exports: tuple[Export, ...] = ()
    access: Access | None = None
    also_called: tuple[str, ...] = ()
    never_done: Mapping[Act, str] = field(default_factory=dict)


def system_node(
    connector: Connector, at: Scope, *, name: str = "", how: How | None = None, nameless: bool = False
) -> Node:
    """The System that a list or a file of a connector is part of; connectors leave it to whoever reads them.

    `name` is what it calls itself, where that was read. `nameless`: the tenant of the scope stands for an unknown one.
    """
    known = {
        "product": connector.product,
        **({} if nameless else {"tenant": at.tenant}),
        "usual_act": connector.usual_act.value,
        **({"directory": True} if connector.directory else {}),
    }
    called = name or (connector.title if nameless else f"{connector.title} ({at.tenant})")
    return Node(NodeKind.SYSTEM, at.system, called, at.evidence(how=how), known)
