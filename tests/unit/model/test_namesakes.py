"""Things that are called the same read as what they are: several."""

from __future__ import annotations

from itertools import permutations
from typing import Any

from stackmap.model import StackGraph
from tests.support.loading import stack_of


def thing(number: str, name: str = "Pipeline", kind: str = "Automation", **properties: Any) -> dict[str, Any]:
    node_id = f"crm/x/{kind.lower()}/{number}"
    return {"type": "node", "kind": kind, "id": node_id, "name": name, "properties": properties}


def org(tenant: str, node: str) -> list[dict[str, Any]]:
    """A System called CRM, and "Pipeline" in it."""
    system, job = f"crm/{tenant}/system/{node}", f"crm/{tenant}/automation/9"
    part = {"type": "edge", "kind": "PART_OF", "from": job, "to": system}
    return [{**thing("", "CRM"), "kind": "System", "id": system}, {**thing(""), "id": job}, part]


def graph_of(*lines: dict[str, Any]) -> StackGraph:
    return stack_of(list(lines)).graph


def called(*lines: dict[str, Any]) -> list[str]:
    graph = graph_of(*lines)
    return [graph.called(line["id"]) for line in lines]


def test_a_name_that_stands_once_is_left_alone() -> None:
    assert called(thing("1"), thing("2", "Leads")) == ["Pipeline", "Leads"]


def test_what_sort_of_thing_it_is_tells_two_apart() -> None:
    dashboard, app = thing("1", automation_type="dashboard"), thing("2", kind="Integration", app_kind="connected app")
    assert called(dashboard, app) == ["Pipeline (dashboard)", "Pipeline (connected app)"]
    assert called(thing("1"), thing("1", kind="Dataset")) == ["Pipeline (automation)", "Pipeline (dataset)"]


def test_of_one_sort_the_folder_does_and_what_all_share_is_not_said() -> None:
    folders = [thing(number, folder=folder) for number, folder in (("1", "Sales"), ("2", "Marketing"))]
    assert called(*folders) == ["Pipeline (folder Sales)", "Pipeline (folder Marketing)"]
    assert called(*folders, thing("3", kind="Dataset")) == [
        "Pipeline (automation, folder Sales)",
        "Pipeline (automation, folder Marketing)",
        "Pipeline (dataset)",
    ]


def test_at_last_the_number_at_the_vendor_does() -> None:
    assert called(thing("17"), thing("w%3A4")) == ["Pipeline (id 17)", "Pipeline (id w:4)"]
    assert called(thing("1", folder="Sales"), thing("2", folder="Sales")) == ["Pipeline (id 1)", "Pipeline (id 2)"]


def test_ids_of_any_form_tell_apart_too() -> None:
    lines = [{**thing(""), "id": node_id} for node_id in ("zaps/a/1", "sheets/b/1")]
    assert called(*lines) == ["Pipeline (id zaps/a/1)", "Pipeline (id sheets/b/1)"]


def test_blanks_make_no_other_name() -> None:
    assert called(thing("1", "Lead  sync "), thing("2", "Lead sync")) == ["Lead  sync (id 1)", "Lead sync (id 2)"]


def test_in_two_systems_the_system_tells_them_apart() -> None:
    other = {**thing("1"), "id": "erp/x/automation/1"}
    assert called(thing("1"), other) == ["Pipeline", "Pipeline"]


def test_two_systems_of_one_name_are_told_apart_by_their_tenants_and_what_lies_in_them_by_its_system() -> None:
    graph = graph_of(*(line for tenant in ("live", "sandbox") for line in org(tenant, "own")))
    assert [graph.called(f"crm/{tenant}/system/own") for tenant in ("live", "sandbox")] == [
        "CRM (id live)",
        "CRM (id sandbox)",
    ]
    assert graph.called("crm/live/automation/9") == "Pipeline"
    assert graph.system_name("crm/live/automation/9") == "CRM (id live)"
    assert not graph.is_called_alone("crm/live/automation/9")


def test_in_one_of_two_systems_of_one_name_things_are_told_apart_as_anywhere() -> None:
    lines = [*org("live", "1"), *org("sandbox", "1"), {**thing(""), "id": "crm/live/automation/17"}]
    lines.append({"type": "edge", "kind": "PART_OF", "from": "crm/live/automation/17", "to": "crm/live/system/1"})
    graph = graph_of(*lines)
    assert graph.called("crm/live/automation/9") == "Pipeline (id 9)"
    assert graph.called("crm/sandbox/automation/9") == "Pipeline"


def test_systems_of_one_name_and_tenant_keep_their_whole_ids() -> None:
    lines = [{**thing(""), "kind": "System", "id": f"{product}/x/system/x", "name": "CRM"} for product in ("a", "b")]
    assert called(*lines) == ["CRM (id a/x/system/x)", "CRM (id b/x/system/x)"]


def test_what_is_called_as_its_system_changes_nothing_about_the_name_of_the_place() -> None:
    system, app = "crm/live/system/live", {**thing("1", "CRM", "Integration"), "id": "crm/live/integration/1"}
    part = {"type": "edge", "kind": "PART_OF", "from": app["id"], "to": system}
    graph = graph_of({**thing("", "CRM"), "kind": "System", "id": system}, app, part)
    assert (graph.called(system), graph.called(app["id"])) == ("CRM (system)", "CRM (integration)")
    assert graph.system_name(app["id"]) == "CRM"


def test_one_of_which_nothing_else_is_to_be_said_is_told_apart_by_its_number() -> None:
    assert called(thing("1", folder="Sales"), thing("2")) == ["Pipeline (folder Sales)", "Pipeline (id 2)"]


def test_queues_are_told_apart_too() -> None:
    queues = [thing(number, "Leads", "Group") for number in ("1", "2")]
    assert called(*queues) == ["Leads (id 1)", "Leads (id 2)"]
    assert called(queues[0], thing("1", "Leads", "Dataset")) == ["Leads (group)", "Leads (dataset)"]
    assert called(queues[0]) == ["Leads"]


def test_no_two_of_one_place_are_called_the_same_whatever_the_order() -> None:
    lines = [
        thing("1", automation_type="flow", folder="A"),
        thing("2", automation_type="flow", folder="A"),
        thing("3", automation_type="flow"),
        thing("1", kind="Dataset"),
    ]
    answers = {tuple(sorted(called(*shuffled))) for shuffled in permutations(lines)}
    assert len(answers) == 1
    assert len(set(answers.pop())) == len(lines)


def test_people_and_logins_keep_their_names() -> None:
    people = [{"type": "node", "kind": "Person", "id": person, "name": "Kim Lee"} for person in ("a", "b")]
    assert called(*people) == ["Kim Lee", "Kim Lee"]
