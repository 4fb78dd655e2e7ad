"""What the permissions of the reading login open and close, as a table with the source of each row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from connectors.salesforce.sandbox.org import Org, Row, same_id
from connectors.salesforce.sandbox.schema import EVER, Api, Entity, catalogue
from stackmap.errors import ConfigError

__all__ = ["RULES", "Access", "Rule", "check_names"]

_REFERENCE = (
    "https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_"
)
_ASSUMED = "assumed"
_READS = frozenset(
    {
        "ApiEnabled",
        "CustomizeApplication",
        "ExternalClientAppViewer",
        "ManageUsers",
        "ModifyMetadata",
        "ViewAllUsers",
        "ViewEventLogFiles",
        "ViewSetup",
    }
)


@dataclass(frozen=True, slots=True)
class Rule:
    """Without the permission, objects of an API are not there, or show only the rows whose `own` column is the reader.

    `source` is a page, or "assumed" where nobody says so. `instead` is a permission that opens them as well.
    """

    permission: str
    api: Api
    objects: tuple[str, ...]
    source: str
    own: str | None = None
    instead: str = ""


RULES: tuple[Rule, ...] = (
    Rule("CustomizeApplication", "rest", ("OauthToken",), f"{_REFERENCE}oauthtoken.htm", "UserId"),
    Rule("ManageUsers", "rest", ("UserLogin",), f"{_REFERENCE}userlogin.htm"),
    Rule("ManageUsers", "rest", ("LoginHistory",), f"{_REFERENCE}loginhistory.htm", "UserId", "MonitorLoginHistory"),
    Rule("ManageUsers", "rest", ("AuthSession",), f"{_REFERENCE}authsession.htm"),
    Rule("ViewSetup", "rest", ("SetupEntityAccess",), f"{_REFERENCE}setupentityaccess.htm"),
    Rule("ViewSetup", "rest", ("UserLicense",), f"{_REFERENCE}userlicense.htm"),
    Rule("ViewSetup", "rest", ("AsyncApexJob",), f"{_REFERENCE}asyncapexjob.htm"),
    Rule("ViewSetup", "rest", ("NamedCredential",), f"{_REFERENCE}namedcredential.htm"),
    Rule("ViewSetup", "rest", ("ObjectPermissions",), f"{_REFERENCE}objectpermissions.htm"),
    Rule("ViewSetup", "rest", ("PermissionSet", "PermissionSetAssignment"), _ASSUMED),
    # Whoever stands below the reader in the role hierarchy would show too; the stand-in knows no hierarchy.
    Rule("ViewAllUsers", "rest", ("User",), _ASSUMED, "Id"),
    Rule("ExternalClientAppViewer", "rest", ("ExternalClientApplication", "ExtlClntAppOauthPlcyCnfg"), _ASSUMED),
    Rule("ExternalClientAppViewer", "tooling", ("ExternalClientApplication", "ExtlClntAppOauthPlcyCnfg"), _ASSUMED),
)


class Access:
    """The reading login and its permissions.

    It has every permission that a reader of this kind needs, and what the profiles and permission sets in the org give
    it, less what is denied.
    """

    def __init__(self, org: Org, run_as: str, deny: frozenset[str]) -> None:
        self._org = org
        self._run_as = same_id(run_as)
        self._granted = (_READS | _from_rows(org, self._run_as)) - deny
        self._closed = [rule for rule in RULES if self._granted.isdisjoint((rule.permission, rule.instead))]

    def has(self, permission: str) -> bool:
        """Whether the login holds a permission, named without the column's "Permissions"."""
        return permission in self._granted

    def active(self) -> bool:
        """Whether the login can sign in: neither switched off nor frozen. An org without its row lets it in."""
        found = self._org.find(self._run_as)
        if found is not None and not found[1].get("IsActive"):
            return False
        return not any(
            row.get("IsFrozen") and same_id(row.get("UserId") or "") == self._run_as
            for row in self._org.rows("rest", "UserLogin")
        )

    def user(self) -> Row:
        """The login's own row, empty where the org has none."""
        found = self._org.find(self._run_as)
        return found[1] if found is not None else {}

    def hides(self, api: Api, entity: str) -> bool:
        """Whether an object is not there for this login. Relationships still lead to its rows (assumed)."""
        return any(rule.own is None and rule.api == api and entity in rule.objects for rule in self._closed)

    def rows(self, api: Api, entity: Entity) -> Sequence[Row]:
        """The rows of an object that this login sees."""
        if entity.name == "UserPermissionAccess":
            return [self._permissions(entity)]
        found = self._org.rows(api, entity.name)
        for rule in self._closed:
            if rule.own is not None and rule.api == api and entity.name in rule.objects:
                found = [row for row in found if same_id(row.get(rule.own) or "") == self._run_as]
        return found

    def _permissions(self, entity: Entity) -> Mapping[str, Any]:
        names = [field.name for field in entity.fields.values() if field.name.startswith("Permissions")]
        return {name: name.removeprefix("Permissions") in self._granted for name in names}


def check_names(deny: Iterable[str], lacks: Iterable[str]) -> None:
    """Raises ConfigError for a permission, object or column that there is not: taking it away would do nothing."""
    permissions = catalogue("rest", EVER).entity("UserPermissionAccess")
    for name in sorted(deny):
        if permissions is None or permissions.field(f"Permissions{name}") is None:
            raise ConfigError(f"Salesforce has no permission {name} that could be denied")
    for name in sorted(lacks):
        table, _, column = name.partition(".")
        apis: tuple[Api, ...] = ("rest", "tooling")
        entities = [entity for api in apis if (entity := catalogue(api, EVER).entity(table)) is not None]
        if not any(not column or entity.field(column) for entity in entities):
            raise ConfigError(f"Salesforce has no {name} that an org could lack")


def _from_rows(org: Org, run_as: str) -> frozenset[str]:
    """The permissions that the assignments in the org give a login."""
    sets: Iterable[str | None] = (
        row.get("PermissionSetId")
        for row in org.rows("rest", "PermissionSetAssignment")
        if same_id(row.get("AssigneeId") or "") == run_as
    )
    rows = [found[1] for found in map(org.find, sets) if found is not None]
    columns = (column for row in rows for column, value in row.items() if value is True)
    return frozenset(column.removeprefix("Permissions") for column in columns if column.startswith("Permissions"))
