"""Logins and people as sources would tell them, and who holds which login in the end."""

from collections.abc import Mapping, Sequence

from stackmap.identity import Identity, resolve
from stackmap.model import (
    AccountType,
    DeclaredPerson,
    Edge,
    EdgeKind,
    Evidence,
    Fact,
    How,
    IdentityHints,
    Node,
    NodeKind,
)

NOBODY: Mapping[str, str] = {}


def account(node_id: str, name: str = "Dana Okafor", source: str = "crm", **properties: object) -> Node:
    """A login that some system lists."""
    known = {"account_type": "human", **properties}
    seen = (Evidence(source, "users", node_id),)
    return Node(NodeKind.ACCOUNT, node_id, name, seen, {k: v for k, v in known.items() if v is not None})


def person(node_id: str, source: str = "hr", **properties: object) -> Node:
    """A person that some file lists."""
    return Node(NodeKind.PERSON, node_id, node_id.title(), (Evidence(source, "people"),), properties)


def holds(person_id: str, account_id: str, how: How = How.DECLARED) -> Edge:
    """A tie that some file states."""
    return Edge(EdgeKind.HAS_ACCOUNT, person_id, account_id, (Evidence("hr", "people", "", how),))


def declared(*people: DeclaredPerson, **types: AccountType) -> IdentityHints:
    """Hints of these people, and of types by account id."""
    return IdentityHints(people, {account_id: (type_, "") for account_id, type_ in types.items()})


def who(
    facts: Sequence[Fact], hints: IdentityHints | None = None, known: Mapping[str, str] = NOBODY
) -> dict[str, set[str]]:
    """Account ids by person."""
    return ties(resolve(facts, hints or IdentityHints(), known))


def ties(identity: Identity) -> dict[str, set[str]]:
    """Account ids by person, of any grade."""
    found: dict[str, set[str]] = {}
    for fact in identity.facts:
        if isinstance(fact, Edge) and fact.kind is EdgeKind.HAS_ACCOUNT:
            found.setdefault(fact.source, set()).add(fact.target)
    return found
