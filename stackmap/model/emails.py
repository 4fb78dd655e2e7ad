"""E-mail addresses, made comparable."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

__all__ = ["all_addresses", "equal_domains", "local_part", "normalise_email"]

_PUNYCODE = "xn--"


def equal_domains(groups: Sequence[Sequence[str]]) -> Mapping[str, str]:
    """Each domain of a group mapped to the group's first."""
    return {_domain(_fold(domain)): _domain(_fold(group[0])) for group in groups for domain in group}


def normalise_email(text: object, domains: Mapping[str, str] | None = None) -> str:
    """The one spelling of an address: folded case, no `+tag`, Unicode domain, the first of equal domains. "" for what
    is none. Dots in the local part are part of it: only one provider is said to pass over them.
    """
    if not isinstance(text, str):
        return ""
    local, at, domain = _fold(text).rpartition("@")
    local = local.split("+", 1)[0] or local
    domain = _domain(domain)
    if not at or not local or ("." not in domain and domain != "localhost"):
        return ""
    return f"{local}@{(domains or {}).get(domain, domain)}"


def all_addresses(texts: object, domains: Mapping[str, str] | None = None) -> set[str]:
    """The normalised addresses of a list; nothing of what is none."""
    given: Iterable[object] = texts if isinstance(texts, list | tuple) else ()
    return {address for text in given if (address := normalise_email(text, domains))}


def local_part(address: str) -> str:
    """What stands before the @ of a normalised address."""
    return address.rpartition("@")[0]


def _fold(text: str) -> str:
    if text.isascii():
        return text.strip().lower()
    return unicodedata.normalize("NFKC", text).strip().casefold()


@lru_cache(maxsize=4096)
def _domain(folded: str) -> str:
    """A domain as people write it: without the dot of the root, and with its labels decoded (RFC 3492)."""
    domain = folded.rstrip(".")
    if _PUNYCODE not in domain:
        return domain
    return _fold(".".join(map(_decoded, domain.split("."))))


def _decoded(label: str) -> str:
    if not label.startswith(_PUNYCODE):
        return label
    try:
        return label.removeprefix(_PUNYCODE).encode().decode("punycode")
    except UnicodeError:
        return label
