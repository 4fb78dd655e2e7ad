"""What becomes of one user and one group."""

from typing import Any

import pytest

from stackmap.model import EdgeKind, How, Node, NodeKind
from tests.connectors.scim.reading import ENTERPRISE, TENANT, account_id, accounts, facts, person
from tests.support.readings import edges


def account(row: dict[str, Any], **settings: str) -> Node:
    return next(iter(accounts(facts("users", [row], **settings)).values()))


def test_a_user_is_a_login_with_everything_that_a_directory_tells() -> None:
    found = account(person(2))
    assert (found.id, found.name) == (account_id("u-2"), "Person 2")
    assert dict(found.properties) == {
        "login": "person2@example.test",
        "email": "person2@example.test",
        "aliases": ["p2@old.example.test"],
        "active": True,
        "directory_id": f"scim/{TENANT}:u-2",
        "manager": account_id("u-1"),
        "department": "Marketing",
        "title": "Specialist",
        "created_at": "2024-05-06T07:08:09Z",
    }


def test_nobody_is_called_switched_on_or_off_without_the_servers_word() -> None:
    row = person(7)
    assert account(row).properties["active"] is False
    for said in (None, "true", 1):
        assert "active" not in account({**row, "active": said}).properties
    del row["active"]
    assert "active" not in account(row).properties


def test_a_private_address_is_never_kept() -> None:
    row = person(2, emails=[{"value": "me@home.example.test", "type": "home", "primary": True}])
    assert "home" not in str(facts("users", [row]))


def test_a_user_name_that_is_an_address_serves_where_none_is_given() -> None:
    row = {"id": "1", "userName": "dana.kim@example.test"}
    assert account(row).properties["email"] == "dana.kim@example.test"
    assert "email" not in account({"id": "1", "userName": "dkim"}).properties


@pytest.mark.parametrize("said", ["Service", "service account", "SERVICE_ACCOUNT"])
def test_a_user_type_that_can_mean_nothing_else_is_believed(said: str) -> None:
    found = account(person(2, userType=said)).properties
    assert (found["account_type"], found["type_reasons"]) == ("integration", [f'its user type is "{said}"'])


@pytest.mark.parametrize("said", ["Employee", "Customer Service", "services", "", None, 3])
def test_any_other_user_type_is_no_evidence(said: object) -> None:
    assert "account_type" not in account(person(2, userType=said)).properties


def test_the_list_of_a_directory_says_who_is_here_and_that_of_an_application_does_not() -> None:
    own, other = facts("users", [person(2)]), facts("users", [person(2)], directory="no")
    assert [item.properties for item in own if item.kind is NodeKind.SYSTEM] == [{"directory": True}]
    assert not [item for item in other if item.kind is NodeKind.SYSTEM]
    assert "directory_id" not in accounts(other)[account_id("u-2")].properties


@pytest.mark.parametrize("directory", ["yes", "no"])
def test_an_external_id_is_the_id_in_the_directory_that_settings_name(directory: str) -> None:
    found = account(person(2), directory=directory, external_ids_of="okta/acme")
    assert found.properties["directory_id"] == "okta/acme:00u2"


def test_an_id_that_is_an_address_is_hashed_wherever_it_stands() -> None:
    row = person(2, id="dana@example.test", userName="d")
    row[ENTERPRISE]["manager"]["value"] = "Dana@example.test"
    found = account(row)
    assert "@" not in found.id
    assert "@" not in found.properties["directory_id"]
    assert found.properties["manager"] == found.id, "one address, one hash, whatever its case"
    member = facts("groups", [{"id": "g", "members": [{"value": "dana@example.test"}]}])
    assert edges(member, EdgeKind.MEMBER_OF)[0].source == found.id
    assert not [item for item in found.evidence if "@" in item.record]


def test_a_number_is_an_id_too() -> None:
    row = person(2, id=7)
    row[ENTERPRISE]["manager"]["value"] = 8
    assert account(row).id == account_id("7")
    assert account(row).properties["manager"] == account_id("8")
    members = facts("groups", [{"id": 1, "members": [{"value": 7}, {"value": True}, {"value": " "}]}])
    assert [item.source for item in edges(members, EdgeKind.MEMBER_OF)] == [account_id("7")]


def test_a_role_called_admin_administers_as_far_as_its_name_tells() -> None:
    rows = [person(1), person(2), person(3, roles=[{"value": "r9", "display": "Super Admin"}])]
    found = facts("users", rows)
    held = {(item.source, item.target) for item in edges(found, EdgeKind.HAS_ROLE)}
    assert len(held) == 3
    administers = edges(found, EdgeKind.ADMINISTERS)
    assert [item.source for item in administers] == [account_id("u-1"), account_id("u-3")]
    assert {evidence.how for item in administers for evidence in item.evidence} == {How.INFERRED_NAME}


def test_a_role_that_is_no_word_is_left_out() -> None:
    rows = [person(4, roles=[{"value": "x" * 101}, {"value": None}, "admin", {"display": "Admin"}])]
    assert not edges(facts("users", rows), EdgeKind.HAS_ROLE)


def test_a_group_inside_a_group_is_counted_and_not_taken_for_a_user() -> None:
    inner = [{"value": "g-2", "type": "Group"}, {"value": "g-3", "$ref": "../Groups/g-3"}]
    row = {"id": "g-1", "displayName": "Ops", "members": [{"value": "u-1"}, *inner, {"value": None}, "odd"]}
    found = facts("groups", [row])
    assert [item.source for item in edges(found, EdgeKind.MEMBER_OF)] == [account_id("u-1")]
    group = next(item for item in found if item.kind is NodeKind.GROUP)
    assert isinstance(group, Node)
    assert (group.name, dict(group.properties)) == ("Ops", {"groups_within": 2})
