"""Which product somebody means by the name of a system."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping

from stackmap.errors import ConnectorError
from stackmap.sdk import Connector

__all__ = ["product_called", "product_names"]

_WITHOUT_CONNECTOR: Mapping[str, str] = {
    "adwords": "google-ads",
    "bing-ads": "microsoft-ads",
    "facebook-ads": "meta-ads",
    "facebook-ads-manager": "meta-ads",
    "google-adwords": "google-ads",
    "google-sheet": "google-sheets",
    "gsheets": "google-sheets",
    "linkedin-campaign-manager": "linkedin-ads",
    "meta-ads-manager": "meta-ads",
    "meta-business-manager": "meta-ads",
    "microsoft-advertising": "microsoft-ads",
}
"""What people call products that no connector reads; those of connectors say it themselves."""

_NO_WORD = re.compile(r"[\W_]+")


def product_names(connectors: Iterable[Connector]) -> Mapping[str, str]:
    """The products of connectors by everything they are called. Raises ConnectorError for a name that two have."""
    found: dict[str, str] = {}
    for connector in connectors:
        for name in (connector.product, connector.title, *connector.also_called):
            if found.setdefault(_folded(name), connector.product) != connector.product:
                raise ConnectorError(f"two products are called {name}: one connector too many is installed")
    return found


def product_called(name: str, known: Mapping[str, str]) -> str:
    """The product's part of ids: "Google Ads" and "google-ads" are one. "" for a name without a letter or digit.

    `known` are the names that connectors give.
    """
    folded = _folded(name)
    return known.get(folded) or _WITHOUT_CONNECTOR.get(folded, folded)


def _folded(name: str) -> str:
    return _NO_WORD.sub("-", unicodedata.normalize("NFKC", name).casefold()).strip("-")
