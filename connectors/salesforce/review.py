"""Lists that look whole and are not: Salesforce shows a login without a permission its own records only."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from stackmap.model import Coverage, Edge, EdgeKind, Fact, FixBy, Node, NodeKind, Reach
from stackmap.sdk import Settings, Trouble

__all__ = ["read_as", "reviewed"]

_OPENED_BY = {
    "oauth-tokens": "Customize Application",
    "log-ins": "Manage Users",
    "users": "View All Users",
}
"""The permission without which a list is cut down to what the login may see, without a word."""

_SHOWN_BY = dict.fromkeys(("external-apps", "external-app-policies"), "View External Client Apps")
"""The permission without which a list looks as if the org had none."""


def reviewed(facts: Sequence[Fact], coverage: Mapping[str, Coverage], _settings: Settings) -> Mapping[str, Trouble]:
    """Marks lists that hold no more than the reading login's own, and those that only seem not to be there."""
    told = coverage.get("permissions")
    lacks = set(_lacks(facts)) if told is not None and told.state is Reach.COMPLETE else None
    cut = {name: _own_only(name, needs) for name, needs in _OPENED_BY.items() if _is_cut(name, needs, lacks, facts)}
    hidden = {name: _hidden(needs) for name, needs in _SHOWN_BY.items() if needs in (lacks or ())}
    absent = {name for name, item in coverage.items() if item.state is Reach.ABSENT}
    return cut | {name: trouble for name, trouble in hidden.items() if name in absent}


def read_as(_settings: Settings, facts: Sequence[Fact]) -> str:
    """The user as whom the org was read, by user name where the users are known; "" where nobody said it."""
    readers = {
        fact.properties["reader"]
        for fact in facts
        if isinstance(fact, Node) and fact.kind is NodeKind.SYSTEM and "reader" in fact.properties
    }
    named = (fact.properties.get("login") for fact in facts if isinstance(fact, Node) and fact.id in readers)
    return next((str(name) for name in named if name), "")


def _lacks(facts: Sequence[Fact]) -> Iterator[str]:
    for fact in facts:
        if isinstance(fact, Node) and fact.kind is NodeKind.SYSTEM:
            yield from fact.properties.get("reader_lacks", ())


def _is_cut(name: str, needs: str, lacks: set[str] | None, facts: Sequence[Fact]) -> bool:
    if lacks is not None:
        return needs in lacks
    return len(_accounts(name, facts)) <= 1


def _accounts(inventory: str, facts: Sequence[Fact]) -> set[str]:
    """The logins of which a list tells anything."""
    found: set[str] = set()
    for fact in facts:
        if any(item.inventory == inventory for item in fact.evidence):
            if isinstance(fact, Node) and fact.kind is NodeKind.ACCOUNT:
                found.add(fact.id)
            elif isinstance(fact, Edge) and fact.kind is EdgeKind.AUTHORIZED_BY:
                found.add(fact.target)
    return found


def _own_only(name: str, needs: str) -> Trouble:
    reason = f"{name} may show no more than the reading login's own: give it the permission {needs}"
    return Trouble(Reach.PARTIAL, reason, FixBy.ADMIN, "own-only")


def _hidden(needs: str) -> Trouble:
    return Trouble(Reach.DENIED, f"not shown to this login: needs {needs}", FixBy.ADMIN, "INVALID_TYPE")
