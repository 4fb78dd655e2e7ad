"""What is named with its place tells which it is, also where systems, things or queues are called the same."""

from __future__ import annotations

from typing import Any

import pytest

from stackmap.model import StackGraph
from stackmap.render.departure_beside import login_name
from stackmap.render.places import name_with_place, place_name
from stackmap.render.words import person_name
from tests.support.loading import stack_of
from tests.support.notation import notation

TWINS = """
    crm/live/account/1:Account -PART_OF-> crm/live/system/live:System
    crm/test/account/1:Account -PART_OF-> crm/test/system/test:System
    crm/live/automation/9:Automation -PART_OF-> crm/live/system/live
    crm/test/automation/9:Automation -PART_OF-> crm/test/system/test
    crm/live/automation/10:Automation -PART_OF-> crm/live/system/live
    crm/live/account/2:Account
"""
NAMES = {
    "crm/live/account/1": "dana",
    "crm/test/account/1": "dana",
    "crm/live/account/2": "ravi",
    "crm/live/system/live": "CRM",
    "crm/test/system/test": "CRM",
    "crm/live/automation/9": "Sync",
    "crm/test/automation/9": "Sync",
    "crm/live/automation/10": "Digest",
}


def graph_of(picture: str, names: dict[str, str]) -> StackGraph:
    lines: list[dict[str, Any]] = [
        {**line, "name": names.get(line["id"], line["id"])} if line["type"] == "node" else line
        for line in notation(picture)
    ]
    return stack_of(lines).graph


@pytest.mark.parametrize(
    ("node", "told"),
    [
        ("crm/live/account/1", "dana in CRM (id live)"),
        ("crm/test/account/1", "dana in CRM (id test)"),
        ("crm/live/account/2", "ravi in CRM (id live)"),
        ("crm/live/automation/9", "Sync in CRM (id live)"),
        ("crm/test/automation/9", "Sync in CRM (id test)"),
        ("crm/live/automation/10", "Digest"),
        ("crm/live/system/live", "CRM (id live)"),
        ("crm/live/automation/none", "crm/live/automation/none"),
    ],
)
def test_a_name_with_its_place_is_that_of_one_only(node: str, told: str) -> None:
    assert name_with_place(graph_of(TWINS, NAMES), node) == told


def test_logins_and_their_holders_are_named_with_the_system_as_it_is_called() -> None:
    graph = graph_of(TWINS, NAMES)
    assert place_name(graph, "crm/live/account/2") == "CRM (id live)", "also where only the id tells"
    assert login_name(graph, "crm/live/account/1") == "dana in CRM (id live)"
    assert person_name(graph, "anonymous/crm/test/account/1") == "whoever holds dana in CRM (id test)"


def test_a_thing_is_named_with_what_tells_it_from_others_in_its_system() -> None:
    graph = graph_of(
        "crm/x/automation/1:Automation\n crm/x/dataset/1:Dataset",
        dict.fromkeys(("crm/x/automation/1", "crm/x/dataset/1"), "Leads"),
    )
    assert name_with_place(graph, "crm/x/dataset/1") == "Leads (dataset)"
