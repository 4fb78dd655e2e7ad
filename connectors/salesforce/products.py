"""Which product an app's name or a package's namespace stands for; the knowledge is in `products.json`."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

__all__ = ["Product", "is_ai", "product_of", "sync_of"]


@dataclass(frozen=True, slots=True)
class Product:
    """A product at the far end: its name in ids, and the one that people read."""

    key: str
    title: str


@dataclass(frozen=True, slots=True)
class _Signs:
    product: Product
    names: re.Pattern[str] | None
    namespaces: frozenset[str]


def sync_of(name: str, namespace: str = "") -> Product | None:
    """The product whose own sync with Salesforce goes by exactly this name, or comes as this package."""
    return _found(_syncs(), name, namespace)


def product_of(name: str, namespace: str = "") -> Product | None:
    """The product that an app's name mentions, or that a package belongs to."""
    return _found(_apps(), name, namespace)


def is_ai(name: str) -> bool:
    """Whether a name mentions a known AI client."""
    return _ai().search(name) is not None


def _found(known: Iterable[_Signs], name: str, namespace: str) -> Product | None:
    for signs in known:
        if namespace and namespace.casefold() in signs.namespaces:
            return signs.product
        if signs.names is not None and signs.names.search(name.strip()):
            return signs.product
    return None


@cache
def _data() -> Mapping[str, Any]:
    found: Mapping[str, Any] = json.loads(
        resources.files("connectors.salesforce").joinpath("products.json").read_text(encoding="utf-8")
    )
    return found


@cache
def _syncs() -> tuple[_Signs, ...]:
    return tuple(_signs(entry, r"\A(?:{})\Z") for entry in _data()["syncs"])


@cache
def _apps() -> tuple[_Signs, ...]:
    return tuple(_signs(entry, r"\b(?:{})\b") for entry in _data()["apps"])


def _signs(entry: Mapping[str, Any], form: str) -> _Signs:
    names = _pattern(entry["names"], form) if entry["names"] else None
    namespaces = frozenset(namespace.casefold() for namespace in entry["namespaces"])
    return _Signs(Product(entry["product"], entry["title"]), names, namespaces)


@cache
def _ai() -> re.Pattern[str]:
    return _pattern(_data()["ai"], r"\b(?:{})\b")


def _pattern(alternatives: Iterable[str], form: str) -> re.Pattern[str]:
    return re.compile(form.format("|".join(alternatives)), re.IGNORECASE)
