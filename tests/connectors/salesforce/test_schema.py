"""The published schemas are found under any spelling, and every restriction on them names a column and its source."""

import json
from importlib.resources import files
from typing import Any

import pytest

from connectors.salesforce.sandbox.access import RULES
from connectors.salesforce.sandbox.schema import Api, Catalogue, Kind, catalogue, row_limit

FOLDER = files("connectors.salesforce") / "sandbox" / "published"
NEWEST = 68.0


def read(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((FOLDER / name).read_text(encoding="utf-8"))
    return loaded


LIMITS = read("limits.json")


@pytest.mark.parametrize(("api", "name"), [("rest", "oauthTOKEN"), ("tooling", "flowdefinition")])
def test_objects_and_columns_are_found_in_any_case(api: Api, name: str) -> None:
    entity = catalogue(api, NEWEST).entity(name)
    assert entity is not None
    assert entity.name.lower() == name.lower()
    first = next(iter(entity.fields.values()))
    assert entity.field(first.name.upper()) == first


def test_every_object_has_an_id() -> None:
    for api, file in (("rest", "sobjects.json"), ("tooling", "tooling-objects.json")):
        for name in read(file):
            entity = catalogue(api, NEWEST).entity(name)
            assert entity is not None
            field = entity.field("id")
            assert field is not None
            assert field.kind is Kind.ID


def test_relationships_lead_to_objects_and_are_no_columns() -> None:
    known = catalogue("rest", NEWEST)
    user = known.entity("User")
    assert user is not None
    manager = user.parent("manager")
    assert manager is not None
    assert (manager.key, manager.target, manager.polymorphic) == ("ManagerId", "User", False)
    assert known.target(manager) == user
    assert user.field("Manager") is None


@pytest.mark.parametrize(("api", "name", "parent"), [("rest", "Group", "Owner"), ("tooling", "ApexLog", "LogUser")])
def test_a_parent_of_several_possible_objects_leads_to_what_they_share(api: Api, name: str, parent: str) -> None:
    known = catalogue(api, NEWEST)
    entity = known.entity(name)
    assert entity is not None
    found = entity.parent(parent)
    assert found is not None
    target = known.target(found)
    assert target is not None
    assert target.name == "Name"


def test_child_relationships_and_addresses_are_not_followed() -> None:
    definition = catalogue("tooling", NEWEST).entity("FlowDefinition")
    assert definition is not None
    assert definition.field("Versions") is None
    assert definition.parent("Versions") is None
    user = catalogue("rest", NEWEST).entity("User")
    assert user is not None
    assert user.parent("Address") is None


def test_the_supplement_is_there_from_its_first_version() -> None:
    assert catalogue("rest", 59.0).entity("BotDefinition") is None
    agent = catalogue("rest", 60.0).entity("BotDefinition")
    assert agent is not None
    assert agent.parent("BotUser") is not None


def test_what_an_org_lacks_is_not_there() -> None:
    known = Catalogue("rest", NEWEST, frozenset({"botdefinition", "User.ManagerId"}))
    assert known.entity("BotDefinition") is None
    user = known.entity("User")
    assert user is not None
    assert user.field("ManagerId") is None
    assert user.parent("Manager") is None
    assert user.field("Username") is not None


def test_every_restriction_is_about_something_that_exists_and_has_a_source() -> None:
    known = catalogue("rest", NEWEST)
    for row in LIMITS["fields"]:
        entity = known.entity(row["object"])
        assert entity is not None
        assert entity.name == row["object"]
        assert row["source"].startswith("https://")
        assert row["may"] or row["not"]
        assert not set(row["may"]) & set(row["not"])
        for name in row["fields"]:
            found = entity.parent(name) if "traverse" in row["not"] else entity.field(name)
            assert found is not None, name
            assert found.name == name


def test_no_column_is_spoken_of_twice_for_one_use() -> None:
    seen = [
        (row["object"], name, use)
        for row in LIMITS["fields"]
        for name in row["fields"]
        for use in (*row["may"], *row["not"])
    ]
    assert len(seen) == len(set(seen))


def test_other_limits_name_objects_and_sources() -> None:
    for group in ("rows", "always_empty"):
        for name, row in LIMITS[group].items():
            assert catalogue("rest", NEWEST).entity(name) is not None
            assert row["source"].startswith("https://")
    for name in LIMITS["plain_queries_only"]["objects"]:
        assert catalogue("tooling", NEWEST).entity(name) is not None, name


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: f"{rule.permission}-{rule.api}-{rule.objects[0]}")
def test_every_permission_rule_is_about_something_that_exists(rule: Any) -> None:
    assert rule.source == "assumed" or rule.source.startswith("https://")
    access = catalogue("rest", NEWEST).entity("UserPermissionAccess")
    assert access is not None
    for permission in filter(None, (rule.permission, rule.instead)):
        assert access.field(f"Permissions{permission}") is not None, permission
    for name in rule.objects:
        entity = catalogue(rule.api, NEWEST).entity(name)
        assert entity is not None, name
        assert rule.own is None or entity.field(rule.own) is not None


def test_tokens_come_in_smaller_pages_and_never_all() -> None:
    assert (row_limit("OauthToken").page, row_limit("OauthToken").most) == (500, 2500)
    assert (row_limit("User").page, row_limit("User").most) == (2000, None)


def test_silence_is_told_apart_from_permission() -> None:
    known = Catalogue("rest", NEWEST, frozenset())
    history = known.entity("LoginHistory")
    assert history is not None
    assert known.told(history, "Application", "filter") is False
    assert known.told(history, "Application", "group") is True
    assert known.told(history, "NetworkId", "filter") is None
    assert not known.silent
