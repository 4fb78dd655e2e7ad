"""Files for whoever has no API login of the org: a report on users, and the default users copied from Setup."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, time
from typing import Any

from connectors.salesforce import mapping
from connectors.salesforce.departures import AUTOMATED_CASE_USER, DEFAULT_CASE_OWNER
from connectors.salesforce.fields import full_id
from connectors.salesforce.mapping_jobs import CASE_OWNER, CASE_USER
from connectors.salesforce.wanted_users import DEFAULT_LEAD_OWNER, DEFAULT_WORKFLOW_USER, LEAD_CREATOR
from stackmap.model import EdgeKind, Fact, How, Node, NodeKind
from stackmap.sdk import Cell, Column, Departures, Export, NotUnderstoodError, Row, Scope, Setting

__all__ = ["DEFAULT_USERS", "EXPORTS", "USERS", "default_user", "user"]

_REPORTS = "https://help.salesforce.com/s/articleView?id=analytics.reports_administrative.htm&type=5"
_DEFAULTS = "https://help.salesforce.com/apex/HTViewSolution?id=000187291"
_TENANT = Setting(
    "tenant",
    "the org's name as it is read through the API: the first part of its My Domain, or what stackmap.yaml calls it",
    required=False,
)
_USER_ID = re.compile(r"005[A-Za-z0-9]{15}")
_YES_NO = {
    **dict.fromkeys(("true", "1", "checked", "active", "aktiv", "actif", "activo"), "yes"),
    **dict.fromkeys(("false", "0", "not checked", "inactive", "inaktiv", "inactif", "inactivo"), "no"),
}
"""What a report may show, and from "active" and "inactive" on what people who keep the list themselves may write."""


def user(row: Row, at: Scope) -> Iterator[Fact]:
    """A user, as the list of users of the API would give it.

    Without its User ID it is one that is only called by its user name, until a reading shows which one that is. A
    profile is a role and no more: what it permits, the report does not tell, and any profile can have any name.
    """
    known = full_id(row.get("user_id", ""))
    if known and not _is_id(known):
        raise NotUnderstoodError("its User ID is not that of a user")
    vendor_id = known or at.hashed(row["username"])
    account, called = at.id(NodeKind.ACCOUNT, vendor_id), _login_id(row["username"], at)
    for fact in (*mapping.user(_record(row, vendor_id), at), *_profile(row, account, vendor_id, at)):
        yield fact if known else _about(called, fact, account)


def _record(row: Row, vendor_id: str) -> dict[str, Any]:
    """The row in the shape of the API's record. What the report leaves out is not there."""
    profile = {"Name": row.get("profile"), "UserLicense": {"Name": row.get("licence")}}
    both = " ".join(filter(None, (row.get("first_name"), row.get("last_name"))))
    created = row.get("created")
    record = {
        "Id": vendor_id,
        "Username": row["username"],
        "Email": row.get("email"),
        "Name": row.get("name") or both,
        "IsActive": row.get("active"),
        "Profile": profile,
        "UserType": row.get("user_type"),
        "CreatedDate": created.isoformat() if created else None,
        "FederationIdentifier": row.get("federation_id"),
    }
    if seen := row.get("last_login"):
        record["LastLoginDate"] = datetime.combine(seen, time.max, UTC).isoformat()
    return record


def _profile(row: Row, account: str, record: str, at: Scope) -> Iterator[Fact]:
    known = {name: row[name] for name in ("department", "title") if name in row}
    if known:
        yield Node(NodeKind.ACCOUNT, account, "", at.evidence(record), known)
    if name := row.get("profile"):
        role = at.node(
            NodeKind.ROLE, f"profile:{at.hashed(name) if '@' in name else name.casefold()}", f"{name} (profile)"
        )
        yield role
        yield at.edge(EdgeKind.PART_OF, role.id, at.system, role.evidence[0].record)
        yield at.edge(EdgeKind.HAS_ROLE, account, role.id, record)


def _about(called: str, fact: Fact, account: str) -> Fact:
    """The same about a login that is known by its user name alone."""
    if isinstance(fact, Node):
        properties = {**fact.properties, "declared_login": True}
        return replace(fact, id=called, properties=properties) if fact.id == account else fact
    return replace(fact, source=called) if fact.source == account else fact


def _called(word: str, at: Scope) -> Node:
    """A login under the name by which a reading is asked for it. Weak, so that what a list calls it stands.

    A user name only looks like an address, so that none is taken from it.
    """
    evidence = at.evidence(at.hashed(word), how=How.INFERRED_KEY)
    known = {"declared_login": True, "login": word}
    return Node(NodeKind.ACCOUNT, _login_id(word, at), word, evidence, known)


def _login_id(login: str, at: Scope) -> str:
    """The id of a login that is known by name only. Not of four parts, so that it cannot be missing from a list."""
    return f"login/{at.product}/{at.hashed(login)}"


_SETTINGS: Mapping[str, tuple[str, str, str, EdgeKind, Departures]] = {
    "default lead owner": (
        "default-lead-owner",
        "Leads that no rule assigns",
        "assignment rule",
        EdgeKind.ROUTES_TO,
        DEFAULT_LEAD_OWNER,
    ),
    "default lead creator": (
        "default-lead-creator",
        "Leads from web forms",
        "lead automation",
        EdgeKind.RUNS_AS,
        LEAD_CREATOR,
    ),
    "default case owner": (
        CASE_OWNER,
        "Cases that no rule assigns",
        "assignment rule",
        EdgeKind.ROUTES_TO,
        DEFAULT_CASE_OWNER,
    ),
    "automated case user": (
        CASE_USER,
        "Automatic changes to cases",
        "case automation",
        EdgeKind.RUNS_AS,
        AUTOMATED_CASE_USER,
    ),
    "default workflow user": (
        "default-workflow-user",
        "What runs as the default workflow user",
        "workflow automation",
        EdgeKind.RUNS_AS,
        DEFAULT_WORKFLOW_USER,
    ),
}
"""By the setting as Setup calls it: id and name of what hangs on it, its kind, how it hangs, and the rows."""


def default_user(row: Row, at: Scope) -> Iterator[Fact]:
    """One of the default users. Salesforce refuses to deactivate whoever it is.

    A queue that is given stays a name: who is in it, the file does not tell.
    """
    setting = " ".join(row["setting"].casefold().split())
    if setting not in _SETTINGS:
        raise NotUnderstoodError(f"its setting is none of {', '.join(_SETTINGS)}")
    key, name, kind, relation, table = _SETTINGS[setting]
    if "user" not in row and ("queue" not in row or relation is not EdgeKind.ROUTES_TO):
        raise NotUnderstoodError("it names no user")
    properties = {"active": True, "automation_type": kind, "hands_to_queue": row.get("queue")}
    automation = at.node(NodeKind.AUTOMATION, key, name, properties)
    yield automation
    yield at.edge(EdgeKind.PART_OF, automation.id, at.system, key)
    if "user" not in row:
        return
    account = at.id(NodeKind.ACCOUNT, full_id(row["user"])) if _is_id(row["user"]) else ""
    if not account:
        login = _called(row["user"], at)
        account = login.id
        yield login
        yield at.edge(EdgeKind.PART_OF, account, at.system, login.evidence[0].record)
    yield at.edge(relation, automation.id, account, key, row=table)


def _is_id(word: str) -> bool:
    return _USER_ID.fullmatch(full_id(word)) is not None


USERS = Export(
    "salesforce-users",
    "Salesforce: users",
    "Who has a login, whether it is on, and with which profile.",
    (
        "Salesforce > Reports > New Report > Users (or the All Active Users report, which leaves out inactive ones): "
        "show User ID, Username, Email, Full Name, Active, Profile, User License, Last Login and Created Date, then "
        "Export > Details Only, .csv. It takes a permission to view setup and to export reports. Headings assumed: "
        "they are the names of the report's fields, which an administrator may have changed."
    ),
    (
        Column(
            "user_id", "ID, of 15 or 18 characters", ("Id", "Case Safe ID", "User: User ID"), example="005B0000001abcd"
        ),
        Column("username", "user name", ("User: Username",), required=True, example="d.kim@example.com.prod"),
        Column("email", "address", ("Email Address", "User: Email"), Cell.EMAIL, example="d.kim@example.com"),
        Column("name", "first and last name", ("Full Name", "User: Full Name"), example="Dana Kim"),
        Column("first_name", "first name, where it stands apart"),
        Column("last_name", "last name, where it stands apart"),
        Column("active", "whether the login is on", ("Is Active", "User: Active"), Cell.YES_NO, False, "true", _YES_NO),
        Column("profile", "profile", ("Profile Name", "User: Profile"), example="System Administrator"),
        Column("licence", "licence", ("User License", "Profile: User License", "License"), example="Salesforce"),
        Column("user_type", "kind of user, such as Standard", ("User: User Type",)),
        Column("created", "day on which it was made", ("Created Date", "Date Created", "User: Created Date"), Cell.DAY),
        Column("last_login", "day of the last login", ("Last Login Date", "User: Last Login"), Cell.DAY),
        Column("federation_id", "id for single sign-on", ("Federation Identifier", "SAML Federation ID")),
        Column("title", "job title", ("User: Title",)),
        Column("department", "department", ("User: Department",)),
    ),
    user,
    frozenset({NodeKind.ACCOUNT, NodeKind.ROLE, EdgeKind.PART_OF, EdgeKind.HAS_ROLE}),
    source=_REPORTS,
    marks=("username", "profile"),
    options=(_TENANT,),
)

DEFAULT_USERS = Export(
    "salesforce-default-users",
    "Salesforce: default users",
    "Whom the org falls back on: Salesforce refuses to deactivate them.",
    (
        "Fill it in from Setup: Lead Settings (default lead owner), Web-to-Lead (default lead creator), Support "
        "Settings (default case owner, automated case user), Process Automation Settings (default workflow user). "
        "Whoever may view setup sees them; no API tells the first two and the last."
    ),
    (
        Column(
            "setting",
            "default lead owner, default lead creator, default case owner, automated case user, default workflow user",
            required=True,
            example="Default Workflow User",
        ),
        Column("user", "user name or User ID", ("Username",), example="d.kim@example.com.prod"),
        Column("queue", "of an owner that is a queue: its name", ("Queue name",)),
    ),
    default_user,
    frozenset(
        {
            NodeKind.ACCOUNT,
            NodeKind.AUTOMATION,
            EdgeKind.PART_OF,
            EdgeKind.ROUTES_TO,
            EdgeKind.RUNS_AS,
        }
    ),
    How.DECLARED,
    source=_DEFAULTS,
    marks=("setting", "user"),
    options=(_TENANT,),
)

EXPORTS = (USERS, DEFAULT_USERS)
