"""OO07: what nobody is declared to answer for."""

import pytest

from stackmap.model import Severity
from tests.support.stacks import clear, found, subjects, unjudged, verdicts_of

FLOW = "flow:Automation -PART_OF-> org:System"
WHOLE = "coverage org {inventory=flows kinds=Automation}"


@pytest.mark.parametrize("kind", ["Automation", "Integration"])
def test_a_running_thing_without_owner_is_found(kind: str) -> None:
    (finding,) = found(verdicts_of(f"flow:{kind} -PART_OF-> org:System\n{WHOLE}"), "OO07")
    assert (finding.subject, finding.severity) == ("flow", Severity.MEDIUM)
    assert finding.evidence


@pytest.mark.parametrize("owned", ["flow", "org"])
@pytest.mark.parametrize("owner", ["team:Team", "kim:Person"])
def test_a_declared_owner_of_the_thing_or_its_system_answers(owned: str, owner: str) -> None:
    verdicts = verdicts_of(f"{FLOW}\n{owned} -OWNED_BY-> {owner} {{how=declared}}\n{WHOLE}")
    assert subjects(verdicts, "OO07") == []
    assert clear(verdicts, "OO07") == ["org"]


def test_an_owner_field_that_the_platform_filled_declares_nothing() -> None:
    assert subjects(verdicts_of(f"{FLOW}\nflow -OWNED_BY-> kim_sf:Account"), "OO07") == ["flow"]


@pytest.mark.parametrize("thing", ["flow:Automation {active=false}", "list:Dataset", "desk:Endpoint"])
def test_what_does_not_run_needs_no_owner(thing: str) -> None:
    assert subjects(verdicts_of(thing), "OO07") == []


def test_without_the_list_of_automations_nothing_is_clear() -> None:
    verdicts = verdicts_of("org:System\ncoverage org {inventory=flows kinds=Automation state=denied reason=no}")
    assert unjudged(verdicts, "OO07") == {"org": ("flows",)}
    assert clear(verdicts, "OO07") == []
