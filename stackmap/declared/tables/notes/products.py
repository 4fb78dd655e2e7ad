"""Which product somebody means by the name of a system."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

__all__ = ["product_called"]

_OTHER_NAMES: Mapping[str, str] = {
    "adobe-marketo": "marketo",
    "adobe-marketo-engage": "marketo",
    "adwords": "google-ads",
    "bing-ads": "microsoft-ads",
    "facebook-ads": "meta-ads",
    "facebook-ads-manager": "meta-ads",
    "google-adwords": "google-ads",
    "google-sheet": "google-sheets",
    "gsheets": "google-sheets",
    "linkedin-campaign-manager": "linkedin-ads",
    "marketo-engage": "marketo",
    "meta-ads-manager": "meta-ads",
    "meta-business-manager": "meta-ads",
    "microsoft-advertising": "microsoft-ads",
    "salesforce-crm": "salesforce",
    "salesforce-sales-cloud": "salesforce",
    "sfdc": "salesforce",
}
"""What people call some products besides the names that their own ids bear."""

_NO_WORD = re.compile(r"[\W_]+")


def product_called(name: str) -> str:
    """The product's part of ids: "Google Ads" and "google-ads" are one. "" for a name without a letter or digit."""
    folded = _NO_WORD.sub("-", unicodedata.normalize("NFKC", name).casefold()).strip("-")
    return _OTHER_NAMES.get(folded, folded)
