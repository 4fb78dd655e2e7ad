"""What the tests of this connector share: a key, a made-up Workspace, facts and whole runs."""

import json
from collections.abc import Iterable
from dataclasses import replace
from functools import cache, partial
from typing import Any

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from connectors.google import CONNECTOR as REAL_CONNECTOR
from connectors.google.sandbox import standin
from connectors.google.signing_in import authenticate
from stackmap.model import Fact, Node, NodeKind, SourceReading
from stackmap.sdk import StandIn
from tests.support.readings import TAKEN_AT, Reader

TENANT = "example.test"
ADMIN = "admin@example.test"
ROBOT = "reader@project.iam.gserviceaccount.com"
# The statement that is signed holds the time: runs are compared only where that stands still.
CONNECTOR = replace(REAL_CONNECTOR, authenticate=partial(authenticate, clock=lambda: TAKEN_AT), per_second=100_000)
READER = Reader(CONNECTOR, "google", TENANT)
facts, ident = READER.facts, READER.ident


@cache
def pair() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@cache
def key_file() -> str:
    """A key file of a service account, as Google Cloud makes it; the key is this run's."""
    form = serialization.PrivateFormat.PKCS8
    pem = pair().private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption()).decode()
    known = {"type": "service_account", "project_id": "project", "private_key_id": "k1", "client_id": "117"}
    return json.dumps({**known, "client_email": ROBOT, "private_key": pem})


@cache
def public_key() -> str:
    form = serialization.PublicFormat.SubjectPublicKeyInfo
    return pair().public_key().public_bytes(serialization.Encoding.PEM, form).decode()


def settings(**more: str) -> dict[str, str]:
    return {"key": key_file(), "admin": ADMIN, "tokens_of": "all", **more}


def person(number: int, **more: Any) -> dict[str, Any]:
    """A user as projection=full shows one, private things included."""
    return {
        "kind": "admin#directory#user",
        "id": f"10{number}",
        "primaryEmail": f"person{number}@example.test",
        "name": {"givenName": "Person", "familyName": str(number), "fullName": f"Person {number}"},
        "aliases": [f"p{number}@example.test"],
        "suspended": False,
        "archived": False,
        "isAdmin": False,
        "isDelegatedAdmin": False,
        "creationTime": "2024-05-06T07:08:09.000Z",
        "lastLoginTime": "2026-11-20T07:08:09.000Z",
        "orgUnitPath": "/Marketing",
        "organizations": [{"department": "Old"}, {"department": "Marketing", "title": "Specialist", "primary": True}],
        "relations": [{"type": "assistant", "value": "a@b.test"}, {"type": "manager", "value": "P1@example.test"}],
        "recoveryEmail": f"me{number}@home.test",
        "phones": [{"value": "+1 555 0100", "type": "work"}],
        "customSchemas": {"hr": {"salary": 1}},
        **more,
    }


_CRM = {"clientId": "1.apps.googleusercontent.com", "displayText": "Salesforce"}
_DRIVE = "https://www.googleapis.com/auth/drive"


def token(user: str, **more: Any) -> dict[str, Any]:
    """A consent to Salesforce, unless said otherwise."""
    known = {"kind": "admin#directory#token", "anonymous": False, "nativeApp": False, "scopes": [_DRIVE]}
    return {**known, **_CRM, "userKey": user, **more}


def company() -> dict[str, Any]:
    """Seven users, one deleted; roles, groups, consents and an app password."""
    users = [
        person(1, isAdmin=True, orgUnitPath="/IT"),
        person(2, isDelegatedAdmin=True),
        person(3),
        person(4, suspended=True, suspensionReason="ADMIN", suspensionTime="2026-10-01T00:00:00.000Z"),
        person(5, suspended=True, suspensionReason="WEB_LOGIN_REQUIRED"),
        person(6, archived=True, suspended=True, archivalTime="2026-09-01T00:00:00.000Z"),
        person(7, orgUnitPath="/RevOps/Systems", relations=[]),
    ]
    sign_in = {"clientId": "2.apps.googleusercontent.com", "displayText": "Planner", "scopes": ["openid", "email"]}
    password = {"kind": "admin#directory#asp", "codeId": 7, "name": "Nightly mailer", "creationTime": "1700000000"}
    return {
        "users": users,
        "deleted": [person(8, deletionTime="2026-11-10T00:00:00.000Z", suspended=True)],
        "roles": [
            {"roleId": "31", "roleName": "_SEED_ADMIN_ROLE", "isSystemRole": True, "isSuperAdminRole": True},
            {"roleId": "32", "roleName": "Helpdesk", "isSuperAdminRole": False},
        ],
        "roleassignments": [
            {"roleAssignmentId": "41", "roleId": "31", "assignedTo": "101", "scopeType": "CUSTOMER"},
            {"roleAssignmentId": "42", "roleId": "32", "assignedTo": "102", "scopeType": "ORG_UNIT"},
        ],
        "groups": [
            {"kind": "admin#directory#group", "id": "g1", "name": "Marketing Ops", "email": "mops@example.test"},
            {"kind": "admin#directory#group", "id": "g2", "name": "Nobody's", "email": "nobodys@example.test"},
        ],
        "members": {
            "g1": [
                {"id": "103", "email": "person3@example.test", "role": "OWNER", "type": "USER", "status": "ACTIVE"},
                {"id": "g2", "email": "nobodys@example.test", "role": "OWNER", "type": "GROUP"},
                {"id": "104", "email": "person4@example.test", "role": "MEMBER", "type": "USER"},
            ]
        },
        "tokens": {"101": [token("101"), token("101", **sign_in)], "103": [token("103")]},
        "asps": {
            "101": [{**password, "name": "", "userKey": "101"}],
            "103": [{**password, "lastTimeUsed": "1795000000000", "userKey": "103"}],
        },
    }


def small() -> dict[str, Any]:
    """Three of them, which is enough for two pages."""
    rows = company()
    return {**rows, "users": rows["users"][:3], "roles": rows["roles"] * 2, "groups": rows["groups"][:1]}


def server(**options: Any) -> StandIn:
    rows = options.pop("company", None) or company()
    known = {"public_key": public_key(), "page": 2, "clock": lambda: TAKEN_AT}
    return standin(rows, **{**known, **options})


def read(answers: StandIn, **more: str) -> SourceReading:
    """A whole run of the connector against a stand-in, in this process."""
    return READER.read(answers, settings(**more))


def nodes(found: Iterable[Fact], kind: NodeKind) -> dict[str, Node]:
    return {item.id: item for item in found if isinstance(item, Node) and item.kind is kind}


def account(number: int) -> str:
    return ident(NodeKind.ACCOUNT, f"10{number}")
