"""What a supposition could be taken to mean, and does not, said behind it."""

from __future__ import annotations

import pytest

from stackmap.analysis.what_if.supposed import Supposed, Supposition
from stackmap.app.what_if.sentences import Verb
from stackmap.model import StackGraph
from stackmap.render.supposing import supposed_json, told
from tests.support.stacks import case_of

PICTURE = """
    job:Automation -RUNS_AS-> dana:Account {outcome=stops certainty=certain}
    app:Integration -RUNS_AS-> dana {outcome=stops certainty=certain}
    svc:Account {account_type=integration api_only=true}
    screens:Account {account_type=integration}
    crm:System -OWNED_BY-> kim:Person
    lee:Person
"""


def graph() -> StackGraph:
    return case_of(PICTURE, properties={"job": {"automation_type": "scheduled job"}, "svc": {"api_only": True}}).graph


@pytest.mark.parametrize("verb", [Verb.RUNS_AS, Verb.ALSO_RUNS_AS])
def test_a_login_for_the_api_only_is_no_cure_for_what_is_set_up_on_screens(verb: Verb) -> None:
    one = Supposition("job", verb, "svc")
    assert "svc is a login for the API only: it cannot open the screens on which this is set up" in told(graph(), one)
    assert supposed_json(graph(), Supposed((one,)))["supposing"][0]["api_only"] is True


@pytest.mark.parametrize(
    "one",
    [
        Supposition("job", Verb.RUNS_AS, "screens"),
        Supposition("app", Verb.RUNS_AS, "svc"),
        Supposition("job", Verb.RUNS_AS, "svc", already=True),
        Supposition("job", Verb.BELONGS_TO, "svc"),
    ],
)
def test_any_other_login_and_any_other_thing_is_taken_as_it_is_said(one: Supposition) -> None:
    assert "API" not in told(graph(), one)
    assert "api_only" not in supposed_json(graph(), Supposed((one,)))["supposing"][0]


def test_an_owner_who_administers_no_longer_still_looks_after_it() -> None:
    kim, lee = (Supposition(person, Verb.ADMINISTERS_NO_LONGER, "crm", ("dana",)) for person in ("kim", "lee"))
    assert told(graph(), kim).endswith("(but crm still belongs to kim, who can look after it as its owner)")
    assert "still belongs" not in told(graph(), lee)
    assert supposed_json(graph(), Supposed((kim,)))["supposing"][0]["still_owner"] is True
