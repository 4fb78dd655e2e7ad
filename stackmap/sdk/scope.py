"""Where a record was read, and what is declared beside it: settings, and the tables of what a departure does."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import lru_cache
from typing import Self, TypeAlias
from urllib.parse import quote

from stackmap.model import (
    Act,
    Edge,
    EdgeKind,
    Evidence,
    How,
    Judgement,
    Node,
    NodeKind,
    Outcomes,
    Properties,
    make_id,
    system_id,
    system_of,
)

__all__ = ["Departure", "Departures", "Scope", "Setting", "Settings", "hashed_id"]


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


def hashed_id(vendor_id: str, salt: str) -> str:
    """As `Scope.hashed`. Whoever has the salt can try whose address it is."""
    return "h-" + hashlib.sha256(f"{salt}\n{vendor_id.strip().casefold()}".encode()).hexdigest()[:20]


@dataclass(frozen=True, slots=True)
class Scope:
    """Where a record was read: builds ids, evidence and facts. Passed to every mapping function.

    `salt` is the workspace's, `how` says whose word the facts are. `products` are those of all connectors by the names
    that people give them: only what people filled in speaks of other products by name.
    """

    product: str
    tenant: str
    source: str
    inventory: str
    taken_at: datetime
    settings: Mapping[str, str] = field(default_factory=dict, repr=False)
    salt: str = field(default="", repr=False)
    how: How = How.OBSERVED
    products: Mapping[str, str] = field(default_factory=dict, repr=False)

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

    def directory_id(self, user_id: object) -> str:
        """How any system names a user of this directory (`okta/acme.okta.com:00u1`).

        Product and tenant stand as in ids, so that the first colon ends them, whatever the tenant is called.
        """
        return f"{system_of(self.system)}:{user_id}"

    def hashed(self, vendor_id: str) -> str:
        """What stands in an id for a vendor's id that is an e-mail address: the same within one workspace only."""
        return hashed_id(vendor_id, self.salt)

    def evidence(self, record: object = "", *, how: How | None = None, link: str = "") -> tuple[Evidence, ...]:
        """Evidence that points at one record of the inventory being read."""
        return (Evidence(self.source, self.inventory, str(record), how or self.how, link),)

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
        how: How | None = None,
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
