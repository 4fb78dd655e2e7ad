"""Which apps are which product. Google names an app by a text of its maker's choice, so this is by name."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

__all__ = ["SIGN_IN", "product_of"]

_PRODUCTS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "hubspot": ("hubspot", "HubSpot"),
        "marketo": ("marketo", "Marketo"),
        "n8n": ("n8n", "n8n"),
        "salesforce": ("salesforce", "Salesforce"),
        "slack": ("slack", "Slack"),
        "zapier": ("zapier", "Zapier"),
        "zoom": ("zoom", "Zoom"),
    }
)

SIGN_IN = frozenset(
    {
        "openid",
        "email",
        "profile",
        "https://www.googleapis.com/auth/userinfo.email",
        "https://www.googleapis.com/auth/userinfo.profile",
    }
)
"""Scopes that let an app know who signs in, and nothing else: developers.google.com/identity/protocols/oauth2/scopes"""


def product_of(shown: str) -> tuple[str, str] | None:
    """Key and title of the product that an app's whole name is, None for every other name."""
    return _PRODUCTS.get(shown.strip().casefold())
