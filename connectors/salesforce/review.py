"""Lists that look whole and are not: Salesforce shows a login without a permission its own records only."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import unquote

from connectors.salesforce.fields import last_part
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

_NAMES_A_LOGIN = frozenset({EdgeKind.ROUTES_TO, EdgeKind.RUNS_AS})
_STAND_INS = ("run-as:", "unread:")
"""How the ids begin that stand for a login known by its user name alone (`joins`)."""

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
    unsure = {name: trouble for name, trouble in _unsure(facts, coverage, cut.get("users")) if name not in cut}
    hidden = {name: _hidden(needs) for name, needs in _SHOWN_BY.items() if known and _lacks_all((needs,), facts)}
    absent = {name for name, item in coverage.items() if item.state is Reach.ABSENT}
    return cut | unsure | {name: trouble for name, trouble in hidden.items() if name in absent}


def _unsure(
    facts: Sequence[Fact], coverage: Mapping[str, Coverage], cut: Trouble | None
) -> Iterator[tuple[str, Trouble]]:
    """Lists that hang on others: users without their freezes, and names of users that could not be looked up."""
    freezes, users = coverage.get("freezes"), coverage.get("users")
    if freezes is not None and freezes.state not in {Reach.COMPLETE, Reach.SKIPPED}:
        fix_by = freezes.fix_by or FixBy.OPERATOR
        reason = f"which of them are frozen was not read: {freezes.reason}"
        yield "users", Trouble(Reach.PARTIAL, reason, fix_by, "freezes")
    if users is not None and users.state is not Reach.SKIPPED and (cut or users.state is not Reach.COMPLETE):
        for name in sorted(_not_looked_up(facts)):
            why = cut.reason if cut else users.reason
            reason = f"it names a login that is not among the users who could be read: {why}"
            yield name, Trouble(Reach.PARTIAL, reason, users.fix_by or FixBy.ADMIN, "users")


def _not_looked_up(facts: Sequence[Fact]) -> set[str]:
    """The lists whose logins, known by user name, were found in no other list."""
    return {
        item.inventory
        for fact in facts
        if isinstance(fact, Edge)
        and fact.kind in _NAMES_A_LOGIN
        and unquote(last_part(fact.target)).startswith(_STAND_INS)
        for item in fact.evidence
    }


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
