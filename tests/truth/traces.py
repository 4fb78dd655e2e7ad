"""What of a person can be seen in a login: the judge's ground for saying that two logins look alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tests.truth.names import latin
from tests.truth.people import Person, local_parts

__all__ = ["plain_address", "shows"]


def plain_address(address: str) -> str:
    """What two spellings of one address have in common: case, blanks, plus tags and spelling of the domain aside."""
    local, _, domain = address.strip().casefold().partition("@")
    if domain.startswith("xn--"):
        domain = domain.encode().decode("idna")
    return f"{local.partition('+')[0]}@{domain}"


def _tokens(text: str) -> set[str]:
    plain = latin(text).casefold()
    return set("".join(char if char.isalnum() else " " for char in plain).split())


def shows(person: Person, name: str, properties: Mapping[str, Any]) -> frozenset[str]:
    """Keys of what can be seen of the person: given name, family name by version, addresses, job."""
    addresses = [properties.get("email"), properties.get("login"), *properties.get("aliases", ())]
    known = [plain_address(address) for address in addresses if address]
    words = _tokens(name).union(*(_tokens(address.partition("@")[0]) for address in known))
    shown = {f"at {address}" for address in known}
    for number, full in enumerate(person.names):
        if _seen_in(full.family.forms if full.family else full.given.forms, words):
            shown.add(f"family {number}")
        if {local.rstrip("0123456789") for local in words} & set(local_parts(full)[1:]):
            shown |= {f"family {number}"}
        if full.native() in name:
            shown |= {f"family {number}", "given"}
        if _seen_in((*full.given.forms, person.short), words):
            shown.add("given")
    if "department" in properties:
        shown.add(f"job {properties['department']}, {properties['title']}")
    return frozenset(shown)


def _seen_in(forms: Sequence[str], words: set[str]) -> bool:
    bare = {word.rstrip("0123456789") for word in words} | words
    return any(_tokens(form) and _tokens(form) <= bare for form in forms if form) or any(
        "".join(sorted(_tokens(form))) in bare for form in forms if form
    )
