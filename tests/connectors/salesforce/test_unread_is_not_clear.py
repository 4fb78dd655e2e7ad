"""Which logins are frozen decides several rules: where that was not read, they are not judged."""

import pytest

from stackmap.analysis import Analysis, Stack
from stackmap.identity import resolve
from stackmap.model import Policy, SourceReading, build_graph
from stackmap.model.people import IdentityHints
from stackmap.rules import Case, Verdicts, evaluate
from stackmap.sdk import StandIn
from tests.connectors.salesforce.org import DANA, ident, org, token
from tests.connectors.salesforce.reading import read, server
from tests.support.readings import TAKEN_AT

SYSTEM = "salesforce/example"
FROZEN = org(
    UserLogin=[{"Id": ident("0Yw", 1), "UserId": DANA, "IsFrozen": True}],
    OauthToken=[token("Sheet Pilot", DANA)],
)


def judged(answers: StandIn) -> Verdicts:
    reading: SourceReading = read(answers)
    facts = resolve(reading.facts, IdentityHints(), {}).facts
    stack = Stack(build_graph(facts, reading.coverage), reading.coverage, TAKEN_AT.date())
    return evaluate(Case(Analysis(stack), Policy()))


def codes(verdicts: Verdicts) -> set[str]:
    return {finding.code for finding in verdicts.findings}


def test_a_frozen_administrator_and_a_frozen_logins_token_are_found() -> None:
    assert {"SA01", "OO01"} <= codes(judged(server(FROZEN)))


@pytest.mark.parametrize("hidden", [{"deny": {"ManageUsers"}}, {"lacks": ("UserLogin",)}], ids=["denied", "absent"])
def test_without_the_list_of_freezes_neither_is_called_clear(hidden: dict[str, set[str] | tuple[str, ...]]) -> None:
    verdicts = judged(server(FROZEN, **hidden))
    assert not {"SA01", "SA02", "OO01", "OO02"} & {code for code, system in verdicts.clear if system == SYSTEM}
    assert {"SA01", "OO01"} <= {item.code for item in verdicts.not_evaluated if item.system == SYSTEM}
