"""What only the whole list of users tells: whose address a manager's is. And how far the lists of apps reach."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from connectors.google.mapping import MANAGER_EMAIL
from stackmap.errors import ConfigError
from stackmap.model import Coverage, Edge, EdgeKind, Fact, FixBy, Node, NodeKind, Reach
from stackmap.sdk import Record, Scope, Settings, Trouble

__all__ = ["checked", "managers", "review", "wanted"]

_UNITS = "org_units:"
_LISTS_OF_USERS = ("users", "deleted-users")
_ASKED_PER_USER = ("tokens", "app-passwords")


def managers(facts: Sequence[Fact], _coverage: Mapping[str, Coverage], at: Scope) -> Iterator[Fact]:
    """Managers as logins: Google names them by address. An address of nobody here, or of two, stays an address."""
    users = [fact for fact in facts if isinstance(fact, Node) and fact.kind is NodeKind.ACCOUNT and _is_user(fact)]
    holders: dict[str, set[str]] = defaultdict(set)
    for user in users:
        for address in (user.properties.get("email"), *user.properties.get("aliases", ())):
            if isinstance(address, str):
                holders[address.casefold()].add(user.id)
    for user in users:
        found = holders.get(str(user.properties.get(MANAGER_EMAIL, "")).casefold(), set())
        if len(found) == 1 and found != {user.id}:
            seen = at.at("users").evidence(user.evidence[0].record)
            yield Node(NodeKind.ACCOUNT, user.id, user.name, seen, {"manager": next(iter(found))})


def _is_user(node: Node) -> bool:
    return any(evidence.inventory == "users" for evidence in node.evidence)


def checked(settings: Settings) -> Settings:
    """The same settings. Raises ConfigError for words that mean nothing, rather than asking of nobody."""
    said = settings.get("tokens_of") or "admins"
    if said not in {"admins", "all"} and not _units(said):
        raise ConfigError("google-workspace: tokens_of is admins, all, or org_units: and paths (org_units:/Marketing)")
    if (settings.get("suspended_means") or "away") not in {"away", "left"}:
        raise ConfigError("google-workspace: suspended_means is away or left")
    return settings


def wanted(row: Record, settings: Settings) -> bool:
    """Whether a user is asked for apps and app passwords: one call each, so not everybody unless that is wanted."""
    said = settings.get("tokens_of") or "admins"
    if said == "all":
        return True
    if units := _units(said):
        path = str(row.get("orgUnitPath") or "")
        return any(path == unit or path.startswith(f"{unit.rstrip('/')}/") for unit in units)
    return row.get("isAdmin") is True or row.get("isDelegatedAdmin") is True


def _units(said: str) -> list[str]:
    listed = [unit.strip() for unit in said.removeprefix(_UNITS).split(",")] if said.startswith(_UNITS) else []
    return listed if all(unit.startswith("/") for unit in listed) else []


def review(facts: Sequence[Fact], coverage: Mapping[str, Coverage], settings: Settings) -> Mapping[str, Trouble]:
    """What the lists' own answers do not tell of how far they reach."""
    return {**_of_some_users(settings), **_of_no_user(facts, coverage)}


def _of_no_user(facts: Sequence[Fact], coverage: Mapping[str, Coverage]) -> Mapping[str, Trouble]:
    """Roles of what no list of users has, though those were read whole: a service account's, by its `uniqueId`."""
    if any(item not in coverage or coverage[item].state is not Reach.COMPLETE for item in _LISTS_OF_USERS):
        return {}
    users = {fact.id for fact in facts if isinstance(fact, Node) and fact.kind is NodeKind.ACCOUNT}
    roles = [fact for fact in facts if isinstance(fact, Edge) and fact.kind is EdgeKind.HAS_ROLE]
    strange = len({edge.source for edge in roles} - users)
    if not strange:
        return {}
    what = f"{strange} holders of roles are" if strange > 1 else "1 holder of a role is"
    reason = f"{what} in no list of users: a service account, most likely. Look it up under Admin roles"
    return {"role-assignments": Trouble(Reach.PARTIAL, reason, FixBy.NOBODY, "not-a-user")}


def _of_some_users(settings: Settings) -> Mapping[str, Trouble]:
    """Lists that were asked of some users only are read in part, however well that went."""
    said = settings.get("tokens_of") or "admins"
    if said == "all":
        return {}
    whom = "administrators" if said == "admins" else f"users in {', '.join(_units(said))}"
    reason = f"asked of {whom} only: set tokens_of to all to ask of everybody, one call per user"
    trouble = Trouble(Reach.PARTIAL, reason, FixBy.OPERATOR, "some-users")
    return dict.fromkeys(_ASKED_PER_USER, trouble)
