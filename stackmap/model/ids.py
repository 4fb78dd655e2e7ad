"""Ids: `<product>/<tenant>/<kind>/<vendor id>`, four parts, each percent-encoded.

Ids that people write in files may have any other form; only ids of four parts tell which system and kind they
belong to, and so only those can be *missing* from a complete inventory.
"""

from __future__ import annotations

import unicodedata
from urllib.parse import quote, unquote

from stackmap.model.kinds import NodeKind

__all__ = [
    "check_id",
    "is_unlisted",
    "is_unread",
    "kind_of",
    "make_id",
    "product_of",
    "system_id",
    "system_of",
    "unlisted_id",
]

_KIND_BY_PART = {kind.value.lower(): kind for kind in NodeKind}
_PARTS = 4
_UNLISTED = "unlisted/"
_UNREAD = "unread:"


def make_id(product: str, tenant: str, kind: NodeKind, vendor_id: str) -> str:
    """The id of a vendor's object. Raises ValueError when a part is empty."""
    parts = (product, tenant, kind.value.lower(), str(vendor_id))
    if not all(parts):
        raise ValueError(f"an id needs four parts that are not empty, got {parts}")
    return "/".join(quote(part, safe="-_.~") for part in parts)


def system_id(product: str, tenant: str) -> str:
    """The id of the System itself: one tenant of one product."""
    return make_id(product, tenant, NodeKind.SYSTEM, tenant)


def check_id(text: object) -> str:
    """`text` when it may serve as an id; raises ValueError saying why not."""
    if not isinstance(text, str) or not text.strip():
        raise ValueError("an id must be a text that is not empty")
    if not text.isprintable() and any(unicodedata.category(char) in {"Cc", "Cs"} for char in text):
        raise ValueError(f"an id may hold no control characters: {text!r}")
    return text


def _four(node_id: str) -> list[str] | None:
    parts = node_id.split("/")
    return parts if len(parts) == _PARTS and all(parts) else None


def system_of(node_id: str) -> str | None:
    """The first two parts (`product/tenant`) of an id of four parts, else None."""
    parts = _four(node_id)
    return "/".join(parts[:2]) if parts else None


def product_of(node_id: str) -> str | None:
    """The product an id of four parts belongs to, else None."""
    parts = _four(node_id)
    return unquote(parts[0]) if parts else None


def kind_of(node_id: str) -> NodeKind | None:
    """The kind that an id of four parts names, else None."""
    parts = _four(node_id)
    return _KIND_BY_PART.get(parts[2].lower()) if parts else None


def is_unread(node_id: str) -> bool:
    """Whether an id stands for something that exists but that no endpoint names (`.../account/unread:<token>`)."""
    parts = _four(node_id)
    return parts is not None and unquote(parts[3]).startswith(_UNREAD)


def unlisted_id(key: str) -> str:
    """The id of a person who is only spoken of, by an address: `key` is made of the address and does not show it."""
    return f"{_UNLISTED}{key}"


def is_unlisted(person: str) -> bool:
    """Whether somebody is on no list that gives people ids. It sorts behind those that are."""
    return person.startswith(_UNLISTED)
