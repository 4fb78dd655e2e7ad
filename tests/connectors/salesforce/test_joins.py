"""What only several lists together tell, and what a departure then does, from the org to the verdict."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from connectors.salesforce import CONNECTOR
from stackmap.analysis import Analysis, Leaving, Stack
from stackmap.model import (
    Act,
    Edge,
    EdgeKind,
    Evidence,
    Fact,
    How,
    Node,
    NodeKind,
    Outcome,
    Reach,
    SourceReading,
    build_graph,
)
from tests.connectors.salesforce.org import ADMIN, DANA, LENA, READER, ident, org, person, token
from tests.connectors.salesforce.reading import of, properties, read, server, this
from tests.support.readings import TAKEN_AT, edges, ends

BY_HAND = (Evidence("by-hand", "people"),)


@pytest.fixture(scope="module")
def facts() -> Sequence[Fact]:
    return read(server()).facts


def test_administrators_are_those_whose_rights_together_are_enough(facts: Sequence[Fact]) -> None:
    """Ada by her profile; Dana by a permission set and a group; Lena may only customize; Gus is inactive."""
    assert {source for source, _ in ends(facts, EdgeKind.ADMINISTERS)} == {ADMIN, DANA}


def test_an_app_with_client_credentials_runs_as_the_user_of_that_name(facts: Sequence[Fact]) -> None:
    runs = [
        edge for edge in edges(facts, EdgeKind.RUNS_AS) if edge.source == this(NodeKind.INTEGRATION, ident("0xI", 1))
    ]
    assert [edge.target for edge in runs] == [this(NodeKind.ACCOUNT, ADMIN)]
    assert runs[0].evidence[0].how is How.INFERRED_KEY


def test_an_app_that_runs_as_somebody_unknown_hangs_on_a_login_of_its_own() -> None:
    policies = [
        {
            "Id": ident("0xL", 1),
            "ExternalClientApplicationId": ident("0xI", 1),
            "IsClientCredentialsFlowEnabled": True,
            "ClientCredentialsFlowUser": "nobody@example.test",
        }
    ]
    found = read(server(org(ExtlClntAppOauthPlcyCnfg=policies))).facts
    assert (ident("0xI", 1), f"run-as%3A{ident('0xI', 1)}") in ends(found, EdgeKind.RUNS_AS)


def test_cases_go_to_the_user_of_that_name(facts: Sequence[Fact]) -> None:
    (routes,) = edges(facts, EdgeKind.ROUTES_TO)
    assert routes.target == this(NodeKind.ACCOUNT, DANA)
    assert routes.outcomes is not None
    assert routes.outcomes.of(Act.DEACTIVATED).outcome is Outcome.REFUSED
    assert routes.outcomes.of(Act.FROZEN).outcome is Outcome.SURVIVES


def told(found: Sequence[Fact], kind: NodeKind, vendor_id: str) -> set[str]:
    """Whom failures of something are mailed to, all of them inferred."""
    notices = [edge for edge in edges(found, EdgeKind.NOTIFIES) if edge.source == this(kind, vendor_id)]
    assert {item.how for edge in notices for item in edge.evidence} <= {How.INFERRED_KEY}
    return {edge.target for edge in notices}


def account(vendor_id: str) -> str:
    return this(NodeKind.ACCOUNT, vendor_id)


MAILBOX = this(NodeKind.ENDPOINT, ident("0Ap", 2))


def test_cases_are_changed_as_the_user_of_that_name_who_is_told_of_failures(facts: Sequence[Fact]) -> None:
    (runs,) = [edge for edge in edges(facts, EdgeKind.RUNS_AS) if edge.source.endswith("/automated-case-user")]
    assert runs.target == account(ADMIN)
    assert runs.outcomes is not None
    assert runs.outcomes.of(Act.DEACTIVATED).outcome is Outcome.REFUSED
    assert told(facts, NodeKind.AUTOMATION, "automated-case-user") == {account(ADMIN)}


def test_an_automated_case_user_who_is_in_no_list_stands_as_one_that_was_not_read() -> None:
    settings = [{"Id": ident("0Cs", 1), "DefaultCaseUser": "nobody@example.test"}]
    found = read(server(org(CaseSettings=settings))).facts
    assert told(found, NodeKind.AUTOMATION, "automated-case-user") == {account("unread:automated-case-user")}


def test_errors_of_a_packages_job_go_to_the_orgs_list_alone(facts: Sequence[Fact]) -> None:
    assert told(facts, NodeKind.AUTOMATION, ident("08e", 1)) == {account(LENA), MAILBOX}


def test_errors_of_own_scheduled_code_go_to_whoever_saved_it_last_and_to_the_orgs_list() -> None:
    code = [{"Id": ident("01p", 1), "Name": "Rollup", "LastModifiedById": ADMIN}]
    found = read(server(org(ApexClass=code))).facts
    assert told(found, NodeKind.AUTOMATION, ident("08e", 1)) == {account(ADMIN), account(LENA), MAILBOX}


def test_errors_of_a_flow_go_to_whoever_saved_it_last(facts: Sequence[Fact]) -> None:
    assert told(facts, NodeKind.AUTOMATION, ident("300", 1)) == {account(LENA)}
    assert told(facts, NodeKind.AUTOMATION, ident("300", 2)) == set(), "an installed one"


def test_errors_of_a_flow_go_to_whoever_saved_it_last_where_the_setting_could_not_be_read() -> None:
    reading = read(server(lacks=("FlowSettings",)))
    assert next(item for item in reading.coverage if item.inventory == "flow-settings").state is Reach.ABSENT
    assert told(reading.facts, NodeKind.AUTOMATION, ident("300", 1)) == {account(LENA)}


TO_THE_LIST = [{"Id": ident("0Fs", 1), "IsFlowUseApexExceptionEmailEnabled": True}]


def test_errors_of_a_flow_go_to_the_orgs_list_where_the_org_says_so() -> None:
    listed = [{"Id": ident("0Ap", 2), "Email": "alarms@example.test"}]
    found = read(server(org(FlowSettings=TO_THE_LIST, ApexEmailNotification=listed))).facts
    assert told(found, NodeKind.AUTOMATION, ident("300", 1)) == {MAILBOX}


def test_a_list_that_was_not_read_is_not_taken_for_nobody() -> None:
    reading = read(server(org(FlowSettings=TO_THE_LIST), lacks=("ApexEmailNotification",)))
    assert told(reading.facts, NodeKind.AUTOMATION, ident("300", 1)) == {account("unread:apex-alarms")}


@pytest.mark.parametrize(
    ("owner", "kind", "target"),
    [
        ("EMEA leads", "Queue", this(NodeKind.GROUP, ident("00G", 1))),
        ("nobody@example.test", "User", this(NodeKind.ACCOUNT, "unread:default-case-owner")),
    ],
)
def test_cases_may_go_to_a_queue_or_to_somebody_unread(owner: str, kind: str, target: str) -> None:
    settings = [{"Id": ident("0Cs", 1), "DefaultCaseOwner": owner, "DefaultCaseOwnerType": kind}]
    (routes,) = edges(read(server(org(CaseSettings=settings))).facts, EdgeKind.ROUTES_TO)
    assert routes.target == target


def signed_in(found: Sequence[Fact], app: str) -> set[str]:
    """The users that an app acts as by its tokens or log-ins."""
    grants = {target for source, target in ends(found, EdgeKind.AUTHENTICATES_WITH) if source == app}
    return {user for grant, user in ends(found, EdgeKind.AUTHORIZED_BY) if grant in grants}


def named(found: Sequence[Fact], name: str) -> set[str]:
    return {node.id for node in of(found, NodeKind.INTEGRATION) if node.name == name}


def test_a_token_that_names_its_app_by_label_belongs_to_the_one_app_of_that_label(facts: Sequence[Fact]) -> None:
    assert named(facts, "Warehouse loader") == {this(NodeKind.INTEGRATION, ident("0xI", 1))}
    assert ident("005", 5) in signed_in(facts, ident("0xI", 1))


def test_an_app_in_use_that_is_registered_nowhere_is_a_phantom(facts: Sequence[Fact]) -> None:
    (app,) = named(facts, "Sheet Pilot")
    assert properties(facts, app)["installed"] is False
    assert properties(facts, this(NodeKind.INTEGRATION, ident("0H4", 2)))["installed"] is True


def test_no_app_is_called_a_phantom_where_a_register_could_not_be_read() -> None:
    found = read(server(deny={"ExternalClientAppViewer"})).facts
    assert not [node for node in of(found, NodeKind.INTEGRATION) if node.properties.get("installed") is False]


def test_a_label_that_two_apps_have_decides_nothing() -> None:
    apps = [{"Id": ident("0xI", number), "MasterLabel": "Twin", "DeveloperName": f"Twin{number}"} for number in (1, 2)]
    found = read(server(org(ExternalClientApplication=apps, OauthToken=[token("Twin", DANA)]))).facts
    assert len(named(found, "Twin")) == 2
    (unsure,) = named(found, "Twin (one of 2 apps of that name)")
    assert "installed" not in properties(found, unsure), "one of the two it is, so it is no app that nobody installed"


def test_an_app_that_holds_a_token_and_is_registered_nowhere_is_not_installed() -> None:
    found = read(server(org(OauthToken=[token("SheetPilot", DANA)]))).facts
    (app,) = named(found, "SheetPilot")
    assert properties(found, app)["installed"] is False


def test_an_app_known_from_log_ins_alone_is_no_app_that_nobody_installed() -> None:
    login = {"Id": ident("0Ya", 1), "UserId": DANA, "Application": "Loader", "LoginType": "Remote Access 2.0"}
    found = read(
        server(org(OauthToken=[], LoginHistory=[{**login, "LoginTime": "2026-11-20T09:00:00.000+0000"}]))
    ).facts
    (app,) = named(found, "Loader")
    assert "installed" not in properties(found, app)
    (grant,) = (node for node in of(found, NodeKind.GRANT) if node.name == "log-ins through Loader")
    assert grant.properties["only_log_ins"] is True


def test_a_login_that_the_users_leave_out_is_there_and_unknown() -> None:
    cora = person(ident("005", 70), "Cora Customer", UserType="CspLitePortal")
    data = org(OauthToken=[token("Community app", cora["Id"])])
    data["objects"]["User"].append(cora)
    found = read(server(data)).facts
    account = this(NodeKind.ACCOUNT, cora["Id"])
    assert properties(found, account)["account_type"] == "unknown"
    assert not [node for node in of(found, NodeKind.ACCOUNT) if "Cora" in node.name]


def test_logins_that_the_users_show_are_not_told_twice(facts: Sequence[Fact]) -> None:
    assert not [fact for fact in facts if isinstance(fact, Node) and "not in the list of users" in fact.name]


def test_a_run_as_user_that_is_in_no_list_is_called_by_the_name_that_was_read() -> None:
    policy = {"ClientCredentialsFlowUser": "nobody@example.test"}
    data = org()
    data["objects"]["ExtlClntAppOauthPlcyCnfg"][0].update(policy)
    run_as = [edge for edge in edges(read(server(data)).facts, EdgeKind.RUNS_AS) if "target_name" in edge.properties]
    assert "the login nobody@example.test" in {edge.properties["target_name"] for edge in run_as}


def test_log_ins_through_an_app_without_a_token_are_a_grant_of_their_own(facts: Sequence[Fact]) -> None:
    (app,) = named(facts, "List Cleaner")
    assert signed_in(facts, app.rpartition("/")[2]) == {READER}
    grants = [node for node in of(facts, NodeKind.GRANT) if "List Cleaner" in node.name]
    assert [grant.properties.get("token") for grant in grants] == [None]


def test_log_ins_of_an_app_that_holds_a_token_or_runs_as_that_user_add_nothing(facts: Sequence[Fact]) -> None:
    names = [node.name for node in of(facts, NodeKind.GRANT) if node.name.startswith("log-ins")]
    assert names == ["log-ins through List Cleaner"]


def test_one_app_is_one_thing_in_the_end(facts: Sequence[Fact]) -> None:
    for name in ("HubSpot sync", "Gong", "Claude", "Warehouse loader", "Sheet Pilot", "List Cleaner"):
        assert len(named(facts, name)) == 1, name


def test_a_scheduled_job_knows_its_class(facts: Sequence[Fact]) -> None:
    found = properties(facts, this(NodeKind.AUTOMATION, ident("08e", 1)))
    assert (found["apex_class"], found["namespace"], found["job"]) == ("Rollup", "dlrs", "code")


def test_a_flow_knows_what_sets_it_off(facts: Sequence[Fact]) -> None:
    assert properties(facts, this(NodeKind.AUTOMATION, ident("300", 1)))["trigger"] == "record saved of Lead"


@pytest.mark.parametrize("name", [item.name for item in CONNECTOR.inventories])
def test_any_list_can_be_read_alone(name: str) -> None:
    found = {item.inventory: item.state for item in read(server(), only=[name]).coverage}
    assert found == {**dict.fromkeys(found, Reach.SKIPPED), name: Reach.COMPLETE}


def analysis(reading: SourceReading, act: Act | None = None) -> Analysis:
    """Every user with an e-mail address is tied to a person who is called like the user's Id."""
    ties: list[Fact] = []
    for fact in of(reading.facts, NodeKind.ACCOUNT):
        if "email" in fact.properties and "account_type" not in fact.properties:
            who = fact.id.rpartition("/")[2]
            ties.append(Node(NodeKind.ACCOUNT, fact.id, fact.name, BY_HAND, {"account_type": "human"}))
            ties.append(Node(NodeKind.PERSON, who, fact.name, BY_HAND))
            ties.append(Edge(EdgeKind.HAS_ACCOUNT, who, fact.id, BY_HAND))
    stack = Stack(build_graph([*reading.facts, *ties], reading.coverage), reading.coverage, TAKEN_AT.date())
    return Analysis(stack, Leaving(act) if act else Leaving())


def verdicts(of_stack: Analysis, *leavers: str) -> dict[str, set[Outcome]]:
    found: dict[str, set[Outcome]] = {}
    for row in of_stack.leave(leavers).rows:
        found.setdefault(of_stack.stack.graph.name(row.thing), set()).add(row.outcome)
    return found


def test_what_hangs_on_a_leaver_stops_and_the_last_day_is_blocked() -> None:
    found = verdicts(analysis(read(server())), DANA)
    for name in ("HubSpot sync", "Sheet Pilot", "Roll-up", "Pipeline"):
        assert Outcome.STOPS in found[name], name
    assert Outcome.REFUSED in found["Cases that no rule assigns"]
    assert "Gong" not in found


def test_freezing_blocks_nothing_and_what_is_not_known_stays_unknown() -> None:
    found = verdicts(analysis(read(server()), Act.FROZEN), DANA)
    assert Outcome.SURVIVES in found["Cases that no rule assigns"]
    assert found["Roll-up"] == {Outcome.UNKNOWN}


def phones(number: int) -> dict[str, Any]:
    users = [person(ident("005", 2000 + place), f"Rep N{place}") for place in range(number)]
    menu = [{"Id": ident("0DS", 9), "Label": "Phone", "Name": "Phone", "ApplicationId": ident("0H4", 9)}]
    rows = [token("Phone", user["Id"], AppMenuItemId=ident("0DS", 9)) for user in users]
    by_name = [token("Phone without an Id", user["Id"]) for user in users]
    return org(User=[*org()["objects"]["User"], *users], AppMenuItem=menu, OauthToken=[*rows, *by_name])


def test_a_phone_app_of_300_people_makes_nobodys_list_longer() -> None:
    stack = analysis(read(server(phones(300))))
    for leaver in (ident("005", 2000), ident("005", 2299)):
        assert not {name for name in verdicts(stack, leaver) if name.startswith("Phone")}


def test_a_phone_app_of_three_people_may_be_more_than_that() -> None:
    found = verdicts(analysis(read(server(phones(3)))), ident("005", 2000))
    assert found["Phone"] == {Outcome.UNKNOWN}


def test_nobody_who_left_before_is_needed() -> None:
    assert "Warehouse loader" not in verdicts(analysis(read(server())), LENA)
