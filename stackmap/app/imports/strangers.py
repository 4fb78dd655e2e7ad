"""Addresses that were given on the command line and that nobody on any list has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from stackmap.declared.written import nearest
from stackmap.model import Fact, How, Node, NodeKind, all_addresses, is_unlisted, normalise_email

__all__ = ["strangers"]

_WEAK = frozenset({How.INFERRED_KEY, How.INFERRED_NAME})
_WHOSE = frozenset({NodeKind.PERSON, NodeKind.ACCOUNT})


def strangers(said: Mapping[str, str], source: str, facts: Iterable[Fact]) -> Iterator[str]:
    """What to tell of the options of a source that name nobody who is known; nothing where no list was read yet."""
    known = set(_addresses(facts))
    for option, address in said.items():
        if known and normalise_email(address) not in known:
            near = nearest(normalise_email(address), known) or "."
            yield (
                f"--set {option}={address}: nobody on any list of people or logins has that address{near} "
                f"What the file holds hangs on somebody of whom nothing else is known. If it is a mistake: "
                f"stackmap sources drop {source}, and import the file again with the right one"
            )


def _addresses(facts: Iterable[Fact]) -> Iterator[str]:
    """Those that lists have, and your notes; not those by which somebody is only spoken of."""
    for fact in facts:
        if not isinstance(fact, Node) or fact.kind not in _WHOSE or fact.evidence[0].how in _WEAK:
            continue
        if is_unlisted(fact.id) or fact.properties.get("declared_login"):
            continue
        yield from all_addresses([fact.properties.get("email"), *fact.properties.get("aliases", ())])
