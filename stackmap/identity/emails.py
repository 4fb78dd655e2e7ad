"""E-mail addresses, made comparable."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence

__all__ = ["equal_domains", "local_part", "normalise_email"]


def equal_domains(groups: Sequence[Sequence[str]]) -> Mapping[str, str]:
    """Each domain of a group mapped to the group's first."""
    return {_fold(domain): _fold(group[0]) for group in groups for domain in group}


def normalise_email(text: object, domains: Mapping[str, str] | None = None) -> str:
    """The one spelling of an address: folded case, no `+tag`, the first of equal domains. "" for what is none."""
    if not isinstance(text, str):
        return ""
    local, at, domain = _fold(text).rpartition("@")
    local = local.split("+", 1)[0] or local
    if not at or not local or ("." not in domain and domain != "localhost"):
        return ""
    return f"{local}@{(domains or {}).get(domain, domain)}"


def local_part(address: str) -> str:
    """What stands before the @ of a normalised address."""
    return address.rpartition("@")[0]


def _fold(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().casefold()
