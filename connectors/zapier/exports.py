"""The files that Zapier's Members page gives: who is in the account, and what one member has built and connected."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from connectors.zapier.departures import (
    ACCOUNT_OWNER,
    PRIVATE_CONNECTION,
    PRIVATE_ZAP,
    SHARED_CONNECTION,
    SHARED_ZAP,
)
from stackmap.model import Act, EdgeKind, Fact, How, Node, NodeKind
from stackmap.sdk import Cell, Column, Departures, Export, NotUnderstoodError, Row, Scope, Setting

__all__ = ["EXPORTS", "MEMBERS", "USUAL_ACT", "ZAPS", "item", "member"]

USUAL_ACT = Act.REMOVED
"""Zapier's pages on people who leave speak of removing them."""

_REMOVING = (
    "https://help.zapier.com/hc/en-us/articles/8496281082253-Remove-members-from-your-Team-or-Enterprise-account"
)
_ROLES = "https://help.zapier.com/hc/en-us/articles/8496291989645-Manage-your-Enterprise-account"
_OWNER = "owner"
_REPAIRS = frozenset({_OWNER, "super admin"})
"""Who may hand other members' Zaps over: the tables of roles on the Team and the Enterprise page."""

_STATES: Mapping[str, Mapping[str, bool]] = {
    "active": {"active": True},
    "deactivated": {"active": False},
    "suspended": {"frozen": True},
}
"""Deactivated: consultevo.com/zapier-export-audit-members (a third party) has such users in the export. No page of
Zapier's names a status: active is our own template's, and suspended means what it says: it may be undone."""
_ADDRESS = re.compile(r"[^\s<>@]+@[^\s<>@]+")
_NUMBER = re.compile(r"[\w-]+")
_OURS = re.compile(r"https://zapier\.com/[\w/.#?=&%-]*")

_TENANT = Setting("tenant", "a name for this Zapier account, where there are several", required=False)
_MEMBER = Setting("member", "the e-mail address of the member whose file it is: the file does not say")
_HEIR = Setting(
    "owner",
    "the e-mail address of the account owner, to whom Zaps pass; without it, what becomes of them is unknown",
    required=False,
)


def member(row: Row, at: Scope) -> Iterator[Fact]:
    """A member and the role. Whoever may hand over other people's Zaps can look after the account."""
    email, role = row["email"], _folded(row.get("role", ""))
    known = {**_STATES.get(_folded(row.get("status", "")), {}), "email": email, "login": email}
    login = at.node(NodeKind.ACCOUNT, at.hashed(email), _name(row) or email, known)
    record = at.hashed(email)
    yield login
    yield at.edge(EdgeKind.PART_OF, login.id, at.system, record)
    if role:
        held = at.node(NodeKind.ROLE, at.hashed(role) if "@" in role else role, row["role"].strip().capitalize())
        yield held
        yield at.edge(EdgeKind.PART_OF, held.id, at.system, held.evidence[0].record)
        yield at.edge(EdgeKind.HAS_ROLE, login.id, held.id, record)
    if role in _REPAIRS:
        yield at.edge(EdgeKind.ADMINISTERS, login.id, at.system, record)
    if role == _OWNER:
        yield at.edge(EdgeKind.OWNED_BY, at.system, login.id, record, row=ACCOUNT_OWNER)


def item(row: Row, at: Scope) -> Iterator[Fact]:
    """A Zap or a connection of one member. Raises NotUnderstoodError for rows that are neither.

    Which Zap uses which connection is not in the file, so nothing is said of it.
    """
    owner, heir = _address(at, "member"), _address(at, "owner")
    kind = _folded(row["type"])
    if not owner:
        raise NotUnderstoodError("say whose file it is: --set member=THEIR E-MAIL ADDRESS")
    if kind not in {"zap", "auth"}:
        raise NotUnderstoodError("its type is neither Zap nor Auth")
    if not _NUMBER.fullmatch(row["id"]):
        raise NotUnderstoodError("its ID is none of Zapier's")
    login = at.id(NodeKind.ACCOUNT, at.hashed(owner))
    yield from _known_by_address(login, owner, at)
    passes_to = at.id(NodeKind.ACCOUNT, at.hashed(heir)) if heir else login
    if passes_to != login:
        yield from _known_by_address(passes_to, heir, at)
    yield from (_zap if kind == "zap" else _connection)(row, login, passes_to, at)


def _known_by_address(login: str, email: str, at: Scope) -> Iterator[Fact]:
    """A login that the file does not list: whoever imported it gave its address."""
    # Weaker than the list of members, so that the name that it gives stands.
    yield Node(NodeKind.ACCOUNT, login, email, at.evidence(how=How.INFERRED_KEY), {"email": email, "login": email})
    yield at.edge(EdgeKind.PART_OF, login, at.system, "")


def _zap(row: Row, login: str, passes_to: str, at: Scope) -> Iterator[Fact]:
    properties = {"automation_type": "zap", "private": row["private"]}
    zap = at.node(NodeKind.AUTOMATION, row["id"], row.get("name", ""), properties, link=_link(row))
    table = PRIVATE_ZAP if row["private"] else SHARED_ZAP
    yield zap
    yield at.edge(EdgeKind.PART_OF, zap.id, at.system, row["id"])
    yield _hangs_on(EdgeKind.OWNED_BY, zap, login, table, passes_to, at)


def _connection(row: Row, login: str, passes_to: str, at: Scope) -> Iterator[Fact]:
    properties = {"app_name": row.get("app"), "private": row["private"]}
    name = row.get("name") or row.get("app", "")
    grant = at.node(NodeKind.GRANT, row["id"], name, properties, link=_link(row))
    table = PRIVATE_CONNECTION if row["private"] else SHARED_CONNECTION
    yield grant
    yield at.edge(EdgeKind.PART_OF, grant.id, at.system, row["id"])
    yield _hangs_on(EdgeKind.AUTHORIZED_BY, grant, login, table, passes_to, at)


def _hangs_on(kind: EdgeKind, node: Node, login: str, table: Departures, passes_to: str, at: Scope) -> Fact:
    """On the member. Zaps and shared connections pass to the account owner; a private connection ends."""
    properties = {"moved_to": passes_to} if table is not PRIVATE_CONNECTION and passes_to != login else {}
    return at.edge(kind, node.id, login, node.evidence[0].record, row=table, properties=properties)


def _name(row: Row) -> str:
    return row.get("name") or " ".join(filter(None, (row.get("first_name"), row.get("last_name"))))


def _only_of(options: Mapping[str, str]) -> str:
    """Whose things a file shows: there is one for every member."""
    return f"only what {options['member']} built and connected; other members' Zaps are not in it"


def _address(at: Scope, option: str) -> str:
    given = at.settings.get(option, "").strip()
    return given if _ADDRESS.fullmatch(given) else ""


def _link(row: Row) -> str:
    """The address of the screen; anything else that stands there leads nowhere."""
    given = row.get("link", "")
    return given if _OURS.fullmatch(given) else ""


def _folded(text: str) -> str:
    return " ".join(text.casefold().replace("_", " ").split())


MEMBERS = Export(
    "zapier-members",
    "Zapier: members",
    "Who is in the Zapier account, and who owns it.",
    (
        "Zapier > Members > Export; or fill it in from the Members page: e-mail address and role of everybody. Owners "
        "and admins of Team and Enterprise accounts see the page. Headings assumed: no page of Zapier's names them. "
        "Name the kind: --kind zapier-members."
    ),
    (
        Column(
            "email", "address of the member", ("Email address", "User email"), Cell.EMAIL, True, "d.kim@example.com"
        ),
        Column("name", "first and last name", ("Full name", "Member", "User"), example="Dana Kim"),
        Column("first_name", "first name, where it stands apart", ("Given name",)),
        Column("last_name", "last name, where it stands apart", ("Family name", "Surname")),
        Column(
            "role",
            "Owner, Super admin, Admin or Member",
            ("Account role", "Member role"),
            required=True,
            example="Owner",
        ),
        Column("status", "whether the login is on: active, invited, deactivated", ("Member status",), example="Active"),
    ),
    member,
    frozenset(
        {
            NodeKind.ACCOUNT,
            NodeKind.ROLE,
            EdgeKind.PART_OF,
            EdgeKind.HAS_ROLE,
            EdgeKind.ADMINISTERS,
            EdgeKind.OWNED_BY,
        }
    ),
    source=f"{_ROLES}; https://consultevo.com/zapier-export-audit-members (a third party)",
    # A template alone has all of them: an address and a role stand in any tool's list of users.
    marks=("email", "name", "first_name", "last_name", "role", "status"),
    options=(_TENANT,),
)

ZAPS = Export(
    "zapier-zaps",
    "Zapier: one member's Zaps and connections",
    "What one member has built and connected, and what of it only they can see.",
    (
        "Zapier > Members > the three dots beside the member > Download Zaps and app connections (CSV), once for every "
        "member. Owners of Team accounts, and owners and super admins of Enterprise accounts, may."
    ),
    (
        Column("type", "Zap, or Auth for a connection", required=True, example="Zap"),
        Column("id", "number of the Zap or connection", ("Zap ID",), required=True, example="181818"),
        Column("name", "what it is called", ("Title",), example="New leads to the CRM"),
        Column("link", "address of its page", ("URL",), example="https://zapier.com/editor/181818"),
        Column(
            "private",
            "True: only its owner can see it; False: it is shared",
            ("Is private",),
            Cell.YES_NO,
            True,
            "True",
            {"true": "yes", "false": "no"},
        ),
        Column("app", "of a connection: the app", ("App name",)),
    ),
    item,
    frozenset(
        {
            NodeKind.ACCOUNT,
            NodeKind.AUTOMATION,
            NodeKind.GRANT,
            EdgeKind.PART_OF,
            EdgeKind.OWNED_BY,
            EdgeKind.AUTHORIZED_BY,
        }
    ),
    source=_REMOVING,
    marks=("type", "id", "private", "link"),
    options=(_TENANT, _MEMBER, _HEIR),
    only_of=_only_of,
)

EXPORTS = (MEMBERS, ZAPS)
