"""From Google's list of users to whether somebody has left: what a suspension means is the workspace's to say."""

from stackmap.analysis import Stack
from stackmap.identity import resolve
from stackmap.model import IdentityHints, NodeKind, build_graph
from tests.connectors.google.reading import company, person, read, server
from tests.support.readings import TAKEN_AT

BY_HAND = person(4, suspended=True, suspensionReason="ADMIN", suspensionTime="2026-10-01T00:00:00.000Z")
BY_GOOGLE = person(5, suspended=True, suspensionReason="WEB_LOGIN_REQUIRED")


def told(means: str) -> dict[str, str]:
    """What is said of the suspended, by name, after a whole reading."""
    rows = {**company(), "users": [person(1, isAdmin=True), BY_HAND, BY_GOOGLE], "deleted": []}
    reading = read(server(company=rows), suspended_means=means)
    people = resolve(reading.facts, IdentityHints(), {}, reading.coverage)
    stack = Stack(build_graph(people.facts, reading.coverage), reading.coverage, TAKEN_AT.date())
    named = {vertex.name: vertex for vertex in stack.graph.vertices(NodeKind.PERSON)}
    return {name: stack.whereabouts[named[name].id].text() for name in ("Person 4", "Person 5")}


def test_whoever_an_administrator_suspended_has_left_where_settings_say_so() -> None:
    found = told("left")
    assert found["Person 4"].startswith("has left, says Google Workspace (example.test) (login off")
    assert found["Person 5"].startswith("not known: suspended in Google Workspace"), "Google did that by itself"


def test_without_that_setting_nobody_suspended_has_left() -> None:
    found = told("away")
    assert all(text.startswith("not known: suspended in Google Workspace") for text in found.values())
