"""Lists that look whole and are not: Salesforce shows a login without a permission its own records only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from stackmap.model import Coverage, Edge, EdgeKind, Fact, FixBy, Node, NodeKind, Reach
from stackmap.sdk import Settings, Trouble

__all__ = ["read_as", "reviewed"]

_OPENED_BY = {
    "oauth-tokens": ("Customize Application",),
    "log-ins": ("Manage Users", "Monitor Login History"),
    "users": ("View All Users",),
}
"""Permissions without any of which a list is cut down to what the login may see, without a word.

Log-ins: sforce_api_objects_loginhistory in the object reference.
"""

_SHOWN_BY = dict.fromkeys(("external-apps", "external-app-policies"), "View External Client Apps")
"""The permission without which a list looks as if the org had none."""

_VIEWER = "ExternalClientAppViewer"


def reviewed(facts: Sequence[Fact], coverage: Mapping[str, Coverage], _settings: Settings) -> Mapping[str, Trouble]:
    """Marks lists that hold no more than the reading login's own, and those that only seem not to be there."""
    told = coverage.get("permissions")
    known = told is not None and told.state is Reach.COMPLETE
    cut = {
        name: _own_only(name, " or ".join(needs))
        for name, needs in _OPENED_BY.items()
        if (_lacks_all(needs, facts) if known else len(_accounts(name, facts)) <= 1)
    }
    hidden = {name: _hidden(needs) for name, needs in _SHOWN_BY.items() if known and _lacks_all((needs,), facts)}
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


def _lacks_all(needs: Sequence[str], facts: Sequence[Fact]) -> bool:
    """Whether the reading login has none of the permissions. Those that an org does not know count as lacking."""
    return not _rights("reader_lacks", facts).isdisjoint(needs) and _rights("reader_may", facts).isdisjoint(needs)


def _rights(name: str, facts: Sequence[Fact]) -> set[str]:
    """The permissions that the reading login has ("reader_may") or has not ("reader_lacks")."""
    systems = [fact for fact in facts if isinstance(fact, Node) and fact.kind is NodeKind.SYSTEM]
    return {right for system in systems for right in system.properties.get(name, ())}


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
    return Trouble(Reach.DENIED, f"not shown to this login: needs {needs} ({_VIEWER})", FixBy.ADMIN, "INVALID_TYPE")
