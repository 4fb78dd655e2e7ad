"""Users, projects, credentials, ownership and the audit: one record in, facts out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from connectors.n8n.departures import CREDENTIAL_HOLDER, INSTANCE_OWNER, WORKFLOW_OWNER
from connectors.n8n.nodes import can_be_called, in_production
from stackmap.model import EdgeKind, Fact, Node, NodeKind
from stackmap.sdk import NotUnderstoodError, Record, Scope, maps, used_within

__all__ = ["audit", "credential", "credential_facts", "ownership", "project", "stored", "user"]

_OWNER = "global:owner"
_ADMINISTRATORS = frozenset({_OWNER, "global:admin"})
_ROLE_NAMES = {_OWNER: "Instance owner", "global:admin": "Instance admin", "global:member": "Member"}


def user(row: Record, at: Scope) -> Iterator[Fact]:
    """A user. The list does not say whether one is disabled, so `active` stays out; ownership brings it.

    Somebody invited who never signed in is `pending`: no login to be used, nothing owned.
    """
    if not _has_id(row):
        raise NotUnderstoodError("its id is no text")
    node = _account(row, at)
    yield node
    yield at.edge(EdgeKind.PART_OF, node.id, at.system, row["id"])
    role = row.get("role")
    if not isinstance(role, str) or not role:
        return
    held = at.node(NodeKind.ROLE, role, _ROLE_NAMES.get(role, role))
    yield held
    yield at.edge(EdgeKind.PART_OF, held.id, at.system, row["id"])
    yield at.edge(EdgeKind.HAS_ROLE, node.id, held.id, row["id"])
    if role in _ADMINISTRATORS and row.get("isPending") is not True:
        yield at.edge(EdgeKind.ADMINISTERS, node.id, at.system, row["id"])
    if role == _OWNER:
        yield at.edge(EdgeKind.OWNED_BY, at.system, node.id, row["id"], row=INSTANCE_OWNER)


def project(row: Record, at: Scope) -> Iterator[Fact]:
    """A team project is a group of accounts; a personal one stands for its user and is no group."""
    if row.get("type") != "team":
        return
    group = at.node(NodeKind.GROUP, row["id"], str(row.get("name") or row["id"]))
    yield group
    yield at.edge(EdgeKind.PART_OF, group.id, at.system, row["id"])


def credential(row: Record, at: Scope) -> Iterator[Fact]:
    """A credential of the list that n8n offers from version 2 on.

    It names the project that keeps the credential, not the user behind it: the holder stays unread.
    """
    homes = [home for home in maps(row, "shared") if home.get("role") == "credential:owner"]
    kept_in = str(homes[0].get("name") or "") if homes else ""
    properties = {"credential_type": row.get("type"), "kept_in": kept_in or None}
    yield from credential_facts(row["id"], str(row.get("name") or row["id"]), properties, at)


def credential_facts(vendor_id: object, name: str, properties: Mapping[str, Any], at: Scope) -> Iterator[Fact]:
    """A credential and its unread holder.

    n8n ties every credential to a project and deletes a leaver's with the leaver, and no call says whose it is. So it
    hangs on an account that cannot be read.
    """
    node = at.node(NodeKind.CREDENTIAL, vendor_id, name, properties)
    yield node
    yield at.edge(EdgeKind.PART_OF, node.id, at.system, vendor_id)
    holder = at.id(NodeKind.ACCOUNT, f"unread:{str(vendor_id).removeprefix('unread:')}")
    yield at.edge(EdgeKind.AUTHORIZED_BY, node.id, holder, vendor_id, row=CREDENTIAL_HOLDER)


def ownership(row: Record, at: Scope) -> Iterator[Fact]:
    """Who owns one workflow, from its detail: the list names the project only.

    A workflow of a team project belongs to no user: its members are shown, who of them cares for it is not known.
    Raises NotUnderstoodError, last of all, where the detail does not say whose it is.
    """
    workflow = at.id(NodeKind.AUTOMATION, row["id"])
    owned = [workflow]
    if can_be_called(in_production(row)):
        owned.append(stored(row["id"], at))
    for share in maps(row, "shared"):
        home = share.get("project")
        if not isinstance(home, Mapping):
            continue
        owns = share.get("role") == "workflow:owner"
        if home.get("type") == "team":
            yield from _team(home, row, at)
            continue
        for account in _people(home, at):
            yield account
            if owns:
                for thing in owned:
                    yield at.edge(EdgeKind.OWNED_BY, thing, account.id, row["id"], row=WORKFLOW_OWNER)
            else:
                yield at.edge(EdgeKind.ADMINISTERS, account.id, workflow, row["id"])
    if unread := _ownership_gap(row):
        raise NotUnderstoodError(unread)


def _ownership_gap(row: Record) -> str:
    """What of a detail cannot be read: somebody's share in the workflow, "" where all can."""
    shares = row.get("shared")
    homes = [share.get("project") for share in maps(shares)]
    if not isinstance(shares, list) or len(homes) < len(shares) or not all(isinstance(home, Mapping) for home in homes):
        return "it does not say whose it is"
    relations = [home.get("projectRelations") for home in maps(homes) if home.get("type") != "team"]
    if not all(isinstance(item, list) for item in relations):
        return "a project does not say whose it is"
    people = [relation.get("user") for home in maps(homes) for relation in maps(home, "projectRelations")]
    return "" if all(isinstance(user, Mapping) and _has_id(user) for user in people) else "a user has no id"


def stored(workflow_id: object, at: Scope) -> str:
    """The id of the address that stands for "this workflow is there to be started", whatever becomes of the run."""
    return at.id(NodeKind.ENDPOINT, f"stored:{workflow_id}")


def audit(row: Record, at: Scope) -> Iterator[Fact]:
    """Credentials that n8n's own audit calls unused, in its words.

    Its "recently executed" looks at stored executions only, which n8n prunes, so it is no statement about use.
    """
    said: dict[str, tuple[str, set[str]]] = {}
    for section in maps(row, "Credentials Risk Report.sections"):
        for place in maps(section, "location"):
            if place.get("kind") == "credential" and place.get("id") and section.get("title"):
                _, titles = said.setdefault(str(place["id"]), (str(place.get("name") or place["id"]), set()))
                titles.add(str(section["title"]))
    for vendor_id, (name, titles) in sorted(said.items()):
        yield at.node(NodeKind.CREDENTIAL, vendor_id, name, {"audit": sorted(titles)})


def _team(home: Record, row: Record, at: Scope) -> Iterator[Fact]:
    if not home.get("id"):
        return
    yield from project(home, at)
    group = at.id(NodeKind.GROUP, home["id"])
    for account in _people(home, at):
        yield account
        yield at.edge(EdgeKind.MEMBER_OF, account.id, group, row["id"])


def _people(home: Record, at: Scope) -> Iterator[Node]:
    for relation in maps(home, "projectRelations"):
        person = relation.get("user")
        if isinstance(person, Mapping) and _has_id(person):
            yield _account(person, at)


def _account(row: Record, at: Scope) -> Node:
    parts = (row.get("firstName"), row.get("lastName"))
    disabled, email = row.get("disabled"), row.get("email")
    name = " ".join(str(part) for part in parts if part) or (email if isinstance(email, str) and email else row["id"])
    properties: dict[str, Any] = {
        "active": None if not isinstance(disabled, bool) else not disabled,
        "created_at": row.get("createdAt"),
        "email": email if isinstance(email, str) and email else None,
        "pending": True if row.get("isPending") is True else None,
    }
    if "lastActiveAt" in row:
        # The day of the last sign-in or call; null where n8n has not kept one yet, which is not "never".
        properties["used_within"] = used_within(row["lastActiveAt"], at.taken_at)
    return at.node(NodeKind.ACCOUNT, row["id"], name, properties)


def _has_id(row: Record) -> bool:
    return isinstance(row.get("id"), str) and bool(row["id"])
