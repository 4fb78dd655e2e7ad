"""What a connector is: one value, made of inventories. Reading it top to bottom tells an admin what is
called.

A connector declares; the runner (`stackmap.collect`) asks, pages, maps and meets failure.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import lru_cache
from typing import Self, TypeAlias
from urllib.parse import quote

from stackmap.model import (
    Act,
    Coverage,
    Edge,
    EdgeKind,
    Evidence,
    Fact,
    How,
    Judgement,
    Node,
    NodeKind,
    Outcomes,
    Properties,
    Sort,
    make_id,
    system_id,
)
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
]


@dataclass(frozen=True, slots=True)
class Setting:
    """One line of `stackmap.yaml` below a connector's name. A secret takes a reference, never a literal."""

    name: str
    says: str
    secret: bool = False
    required: bool = True
    default: str = ""


Settings: TypeAlias = Mapping[str, str]
"""Settings by name, secrets already resolved. Never printed."""


@dataclass(frozen=True, slots=True)
class Departure:
    """One row of a departures table: what one act on an account does to one kind of thing.

    `source` names where that is known from (a vendor page, or "observed on <product> <version>"),
    `checked` the day somebody looked (ISO). `says` is one sentence for people.
    """

    act: Act
    judgement: Judgement
    source: str
    checked: str
    says: str


@dataclass(frozen=True, slots=True)
class Departures:
    """All rows of one kind of thing, by act. `gap` says why there is none for the acts without a row.

    `name` is unique within the connector; `relation` is the kind of edge that the rows judge.
    """

    name: str
    relation: EdgeKind
    thing: str
    rows: tuple[Departure, ...]
    gap: str = ""

    def outcomes(self, product: str) -> Outcomes:
        """The rows as an edge carries them, named `product:name`."""
        return Outcomes({row.act: row.judgement for row in self.rows}, f"{product}:{self.name}")


@lru_cache(maxsize=256)
def _stem(product: str, tenant: str, kind: NodeKind) -> str:
    """An id without its last part: quoting three unchanging parts for every record would cost more than the
    rest.
    """
    return make_id(product, tenant, kind, "-")[:-1]


def _part(vendor_id: str) -> str:
    if not vendor_id:
        raise ValueError("a vendor's id may not be empty")
    return vendor_id if vendor_id.isascii() and vendor_id.isalnum() else quote(vendor_id, safe="-_.~")


@dataclass(frozen=True, slots=True)
class Scope:
    """Where a record was read: builds ids, evidence and facts. Passed to every mapping function."""

    product: str
    tenant: str
    source: str
    inventory: str
    taken_at: datetime
    settings: Mapping[str, str] = field(default_factory=dict, repr=False)

    @property
    def system(self) -> str:
        """The id of the System that is being read."""
        return system_id(self.product, self.tenant)

    def at(self, inventory: str) -> Self:
        """The same place, with evidence that points at another inventory."""
        return replace(self, inventory=inventory)

    def id(self, kind: NodeKind, vendor_id: object) -> str:
        """The id of one of the vendor's objects in this tenant. Raises ValueError for what is no text or number."""
        if not isinstance(vendor_id, str | int) or isinstance(vendor_id, bool):
            raise ValueError(f"a vendor's id is a text or a whole number, not {type(vendor_id).__name__}")
        return _stem(self.product, self.tenant, kind) + _part(str(vendor_id))

    def evidence(self, record: object = "", *, how: How = How.OBSERVED, link: str = "") -> tuple[Evidence, ...]:
        """Evidence that points at one record of the inventory being read."""
        return (Evidence(self.source, self.inventory, str(record), how, link),)

    def node(
        self,
        kind: NodeKind,
        vendor_id: object,
        name: str,
        properties: Properties | None = None,
        *,
        link: str = "",
    ) -> Node:
        """A node of this tenant. Properties of value None are left out: absent means unknown."""
        known = {key: value for key, value in (properties or {}).items() if value is not None}
        return Node(kind, self.id(kind, vendor_id), name, self.evidence(vendor_id, link=link), known)

    def edge(
        self,
        kind: EdgeKind,
        source: str,
        target: str,
        record: object,
        *,
        row: Departures | None = None,
        how: How = How.OBSERVED,
        group: str = "",
        need: int = 1,
        proven: bool | None = None,
        slot: str = "",
        properties: Properties | None = None,
    ) -> Edge:
        """An edge between two ids. `row` names what switching the target off does; without it: unknown."""
        return Edge(
            kind,
            source,
            target,
            self.evidence(record, how=how),
            row.outcomes(self.product) if row else None,
            group,
            need,
            proven,
            slot,
            properties or {},
        )


Mapper: TypeAlias = Callable[[Record, Scope], Iterator[Fact]]
"""A mapping function: pure, one record in, facts out. Raises NotUnderstoodError for what it cannot read."""


@dataclass(frozen=True, slots=True)
class Per:
    """Requests that depend on what another inventory read: `requests(records of parent)`, each its own paging
    run.

    When the parent could not be read this inventory is `skipped`, when partly, at best `partial`.
    """

    parent: str
    requests: Callable[[Sequence[Record]], Iterable[Ask]]


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

    `tenant` names the tenant from the settings alone. `usual_act` is what this platform's administrators
    usually do with a leaver's account. `sandbox` is a lazy `"module:factory"` of the vendor's stand-in,
    `demo` the name of the package file with its share of the made-up company. `blind_spots` are things no
    endpoint tells, one sentence each. `quota` reads (used, allowed) per day from an answer, where the
    vendor says so. `origins` are further addresses (`https://host`) that its own requests, never paging
    links, may go to: a login host, say. `collector` names the login that the reading was made with, as far as
    settings and facts tell. `joins` adds what only several lists together tell. `review` then judges the
    reading as a whole: which inventories were read less far than their own answers tell (a login that is shown
    only its own records), with the reason.
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
