"""Users, groups and what the server says of itself: one record in, facts out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from stackmap.model import AccountType, EdgeKind, Fact, How, Node, NodeKind
from stackmap.sdk import Record, Scope, lookup, maps, text

__all__ = ["config", "group", "groups_noted", "user"]

_ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
_SERVICE = frozenset({"service", "service account", "service_account", "service-account", "serviceaccount"})
_ADMINISTRATOR = frozenset(
    {"admin", "administrator", "super admin", "super administrator", "superadmin", "super_admin"}
)
_LONGEST_ROLE = 100
_MANY = 1000


def config(row: Record, at: Scope) -> Iterator[Fact]:
    """What the server says that it can do."""
    able = sorted(name for name, said in row.items() if isinstance(said, Mapping) and said.get("supported") is True)
    yield Node(NodeKind.SYSTEM, at.system, "", at.evidence(), {"features": able})


def user(row: Record, at: Scope) -> Iterator[Fact]:
    """A user is a login, never a person. Whether it is switched on is unknown where the server does not say."""
    vendor_id = _key(row["id"], at)
    emails = _addresses(row)
    extension = row.get(_ENTERPRISE)
    active = row.get("active")
    properties = {
        "login": text(row, "userName"),
        "email": emails[0] if emails else None,
        "aliases": emails[1:] or None,
        "active": active if isinstance(active, bool) else None,
        "directory_id": _directory_id(row, at),
        "manager": _manager(extension, at),
        "department": text(extension, "department"),
        "title": text(row, "title"),
        "created_at": text(row, "meta.created"),
        **_type(row.get("userType")),
    }
    account = at.node(NodeKind.ACCOUNT, vendor_id, _name(row) or vendor_id, properties)
    yield account
    yield at.edge(EdgeKind.PART_OF, account.id, at.system, vendor_id)
    if _is_directory(at):
        yield Node(NodeKind.SYSTEM, at.system, "", at.evidence(), {"directory": True})
    yield from _roles(row, account, at)


def group(row: Record, at: Scope) -> Iterator[Fact]:
    """A group and the users in it. Groups inside it are counted, and not taken for users."""
    vendor_id = _key(row["id"], at)
    members = maps(row, "members")
    within = sum(map(_is_group, members))
    known = {"groups_within": within or None}
    node = at.node(NodeKind.GROUP, vendor_id, text(row, "displayName") or vendor_id, known)
    yield node
    yield at.edge(EdgeKind.PART_OF, node.id, at.system, vendor_id)
    for member in members:
        if _is_id(member.get("value")) and not _is_group(member):
            account = at.id(NodeKind.ACCOUNT, _key(member["value"], at))
            yield at.edge(EdgeKind.MEMBER_OF, account, node.id, vendor_id)


def groups_noted(rows: Sequence[Record]) -> str:
    """What a reader of the list of groups should know, or ""."""
    large = [row for row in rows if len(maps(row, "members")) > _MANY]
    nested = [row for row in rows if any(map(_is_group, maps(row, "members")))]
    said = [
        f"{_groups(large)} more than {_MANY} members: the server may have cut the list" if large else "",
        f"{_groups(nested)} groups inside, whose members are not counted in" if nested else "",
    ]
    return "; ".join(filter(None, said))


def _is_group(member: Mapping[str, Any]) -> bool:
    """Whether a member is a group: by its type, or by where it can be had (RFC 7643, section 4.2)."""
    kind, where = member.get("type"), member.get("$ref")
    if isinstance(kind, str) and kind:
        return kind.casefold() == "group"
    return isinstance(where, str) and "/groups/" in f"/{where}".casefold()


def _groups(rows: Sequence[Record]) -> str:
    return "1 group has" if len(rows) == 1 else f"{len(rows)} groups have"


def _roles(row: Record, account: Node, at: Scope) -> Iterator[Fact]:
    """Roles, whose words are each server's own (RFC 7643, section 4.1.2): what one of them permits is a guess."""
    for role in maps(row, "roles"):
        value = text(role, "value")
        if value is None or len(value) > _LONGEST_ROLE:
            continue
        shown = text(role, "display") or value
        held = at.node(NodeKind.ROLE, _key(value, at), shown)
        record = account.evidence[0].record
        yield held
        yield at.edge(EdgeKind.PART_OF, held.id, at.system, record)
        yield at.edge(EdgeKind.HAS_ROLE, account.id, held.id, record)
        if {value.casefold(), shown.casefold()} & _ADMINISTRATOR:
            yield at.edge(EdgeKind.ADMINISTERS, account.id, at.system, record, how=How.INFERRED_NAME)


def _type(said: object) -> dict[str, Any]:
    """`userType` is free text; only what can mean nothing else is believed."""
    if isinstance(said, str) and said.strip().casefold() in _SERVICE:
        return {"account_type": AccountType.INTEGRATION.value, "type_reasons": [f'its user type is "{said.strip()}"']}
    return {}


def _key(vendor_id: object, at: Scope) -> str:
    """What stands in ids for a vendor's id: itself, or its hash where it is an address."""
    said = str(vendor_id)
    return at.hashed(said) if "@" in said else said


def _is_directory(at: Scope) -> bool:
    return at.settings.get("directory") == "yes"


def _directory_id(row: Record, at: Scope) -> str | None:
    """The id in the directory that provisions this server, where settings name it; else its own, if it is one."""
    product, _, tenant = at.settings.get("external_ids_of", "").partition("/")
    if tenant and _is_id(row.get("externalId")):
        return replace(at, product=product, tenant=tenant).directory_id(_key(row["externalId"], at))
    return at.directory_id(_key(row["id"], at)) if _is_directory(at) else None


def _manager(extension: object, at: Scope) -> str | None:
    named = lookup(extension, "manager.value")
    return at.id(NodeKind.ACCOUNT, _key(named, at)) if _is_id(named) else None


def _addresses(row: Record) -> list[str]:
    """Addresses, the primary one first. Private ones (`home`) are nobody's business here.

    Where there is none, a user name that is an address serves: it is unique on the server (RFC 7643, section 4.1.1).
    """
    given = [item for item in maps(row, "emails") if text(item, "value") and item.get("type") != "home"]
    ordered = sorted(given, key=lambda item: item.get("primary") is not True)
    login = text(row, "userName") or ""
    found = [str(item["value"]).strip() for item in ordered] or ([login] if "@" in login else [])
    return list(dict.fromkeys(found))


def _name(row: Record) -> str | None:
    parts = " ".join(filter(None, (text(row, "name.givenName"), text(row, "name.familyName"))))
    return text(row, "displayName") or text(row, "name.formatted") or parts or text(row, "userName")


def _is_id(value: object) -> bool:
    """Ids are texts (RFC 7643, section 3.1), and numbers on servers that are less strict."""
    return bool(str(value).strip()) if isinstance(value, str | int) and not isinstance(value, bool) else False
