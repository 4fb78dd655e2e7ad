"""Managers by address become logins, and lists that were asked of some users only are read in part."""

import pytest

from stackmap.errors import ConfigError
from stackmap.model import NodeKind, Reach
from stackmap.sdk import Reply, Request
from tests.connectors.google.reading import account, company, nodes, person, read, server
from tests.support.readings import covered


def test_a_managers_address_or_alias_becomes_the_managers_login() -> None:
    found = nodes(read(server()).facts, NodeKind.ACCOUNT)
    assert {found[account(number)].properties.get("manager") for number in (2, 3, 4)} == {account(1)}
    assert "manager" not in found[account(1)].properties, "nobody is their own manager"
    assert "manager" not in found[account(7)].properties


def test_an_address_of_nobody_or_of_two_stays_an_address() -> None:
    rows = company()
    rows["users"] = [person(1), person(2, aliases=["p1@example.test"]), person(3), person(4, relations=[])]
    rows["users"][3]["relations"] = [{"type": "manager", "value": "gone@example.test"}]
    found = nodes(read(server(company=rows)).facts, NodeKind.ACCOUNT)
    assert not [node.id for node in found.values() if "manager" in node.properties]
    assert found[account(4)].properties["manager_email"] == "gone@example.test"


@pytest.mark.parametrize(
    ("tokens_of", "asked", "state"),
    [
        ("all", {"101", "102", "103", "104", "105", "106", "107"}, Reach.COMPLETE),
        ("admins", {"101", "102"}, Reach.PARTIAL),
        ("org_units:/RevOps", {"107"}, Reach.PARTIAL),
        ("org_units:/IT, /RevOps/", {"101", "107"}, Reach.PARTIAL),
        ("org_units:/Rev", set(), Reach.PARTIAL),
    ],
)
def test_apps_are_asked_of_those_whom_settings_name_and_less_than_all_is_never_complete(
    tokens_of: str, asked: set[str], state: Reach
) -> None:
    seen: set[str] = set()
    answers = server()

    def watched(request: Request) -> Reply:
        if request.path.endswith("/tokens"):
            seen.add(request.path.split("/")[-2])
        return answers(request)

    found = covered(read(watched, tokens_of=tokens_of))
    assert seen == asked
    assert {found[name].state for name in ("tokens", "app-passwords")} == {state}
    assert found["users"].state is Reach.COMPLETE
    if state is Reach.PARTIAL:
        assert "set tokens_of to all" in found["tokens"].reason


@pytest.mark.parametrize("said", ["none", "org_units:", "org_units:Marketing", "org_units:/A,B", "everybody"])
def test_a_word_that_means_nothing_is_an_error_rather_than_a_list_of_nobody(said: str) -> None:
    with pytest.raises(ConfigError, match="tokens_of"):
        read(server(), tokens_of=said)
    with pytest.raises(ConfigError, match="suspended_means"):
        read(server(), suspended_means=said)


def test_a_role_of_what_no_list_of_users_has_is_named_and_no_login_is_made_of_it() -> None:
    """`assignedTo` may be the uniqueId of a service account: RoleAssignment in Google's discovery document."""
    rows = company()
    rows["roleassignments"].append({"roleAssignmentId": "44", "roleId": "31", "assignedTo": "1099"})
    reading = read(server(company=rows))
    held = covered(reading)["role-assignments"]
    assert held.state is Reach.PARTIAL
    assert "1 holder of a role is in no list of users" in held.reason
    assert account(99) not in nodes(reading.facts, NodeKind.ACCOUNT)
    assert covered(read(server()))["role-assignments"].state is Reach.COMPLETE


def test_roles_of_strangers_are_told_only_where_the_lists_of_users_are_whole() -> None:
    rows = company()
    del rows["users"][0]["id"]
    found = covered(read(server(company=rows)))
    assert found["users"].state is Reach.PARTIAL
    assert "list of users" not in found["role-assignments"].reason
