"""Which of Okta's app names stand for which product, and how that product writes its users' ids."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

__all__ = ["PRODUCTS", "Product", "login_number"]


@dataclass(frozen=True, slots=True)
class Product:
    """A product at the far end: its name in ids, and the one that people read.

    `keeps_ids`: an app user's `externalId` is the id by which the product's own API lists its users.
    """

    key: str
    title: str
    keeps_ids: bool = False


PRODUCTS: Mapping[str, Product] = MappingProxyType(
    {
        "salesforce": Product("salesforce", "Salesforce", keeps_ids=True),
        "google": Product("google-workspace", "Google Workspace", keeps_ids=True),
        "slack": Product("slack", "Slack", keeps_ids=True),
        "zoomus": Product("zoom", "Zoom", keeps_ids=True),
        # Which of its several ids Okta keeps for Microsoft 365 is not documented.
        "office365": Product("microsoft-365", "Microsoft 365"),
    }
)
"""By `name` of the app, as Okta's own Python client (PyPI okta 3.4.6, okta/models/*_application.py) spells them."""

_SALESFORCE_SHORT = re.compile(r"005[A-Za-z0-9]{12}")
_CHECK_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"


def login_number(product: Product, external_id: str) -> str:
    """A user's id in the product as its own API spells it: Salesforce's in 18 characters.

    Salesforce's three check characters say which letters are capitals, five at a time, the first of them being the
    lowest bit: gist.github.com/hynekcer/0f8416c8bf05316141bed12a749af33a, of the author of django-salesforce.
    """
    if product.key != "salesforce" or not _SALESFORCE_SHORT.fullmatch(external_id):
        return external_id
    fives = (external_id[start : start + 5] for start in (0, 5, 10))
    return external_id + "".join(
        _CHECK_LETTERS[sum(1 << place for place, letter in enumerate(five) if letter.isupper())] for five in fives
    )
