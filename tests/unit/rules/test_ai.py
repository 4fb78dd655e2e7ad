"""AI01 and AI03: with whose rights assistants and agents act."""

import pytest

from stackmap.model import Severity
from stackmap.rules import evaluate
from tests.support.stacks import case_of, clear, found, subjects, unjudged, verdicts_of

STOPS = "{outcome=stops certainty=certain}"
WHOLE = "coverage org {inventory=tokens kinds=AUTHORIZED_BY,Integration}\ncoverage org {inventory=runs kinds=RUNS_AS}"
AI = f"""
    bot:Integration {{ai=true}}
    bot -PART_OF-> org:System
    bot -AUTHENTICATES_WITH-> t:Grant {{slot=bot}}
    t -AUTHORIZED_BY-> kim_sf:Account {STOPS}
    kim:Person -HAS_ACCOUNT-> kim_sf
    {WHOLE}
"""
AGENT = f"""
    agent:Integration {{ai=true app_kind=agent serves=customers}}
    agent -PART_OF-> org:System
    agent -RUNS_AS-> kim_sf:Account {{outcome=unknown certainty=possible}}
    kim:Person -HAS_ACCOUNT-> kim_sf
    {WHOLE}
"""


def test_an_assistant_that_one_person_uses_alone_is_information() -> None:
    (finding,) = found(verdicts_of(AI), "AI01")
    assert (finding.subject, finding.path, finding.severity) == ("bot", ("kim_sf",), Severity.INFO)
    assert finding.graded == "lower: nothing is known to rely on it"


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ("flow:Automation -DEPENDS_ON-> bot", "flow relies on it"),
        ("door:Endpoint -SERVED_BY-> bot\nflow:Automation -CALLS-> door", "flow relies on it"),
        ("a:Automation -TRIGGERS-> bot\nb:Automation -DEPENDS_ON-> bot", "a and b rely on it"),
        ("bot -OWNED_BY-> ops:Team {how=declared}", "your notes name it"),
        ("bot -PART_OF-> crm:System", "it serves crm and org"),
    ],
)
def test_an_assistant_that_others_rely_on_is_high(more: str, why: str) -> None:
    (finding,) = found(verdicts_of(f"{AI}\n{more}"), "AI01")
    assert finding.severity is Severity.HIGH
    assert finding.because == f"the AI connection bot signs in with a token of kim_sf, the login of kim; {why}"


def test_its_own_door_is_nobody_else_who_relies_on_it() -> None:
    (finding,) = found(verdicts_of(f"{AI}\ndoor:Endpoint -SERVED_BY-> bot\nbot -CALLS-> door"), "AI01")
    assert finding.severity is Severity.INFO


def test_an_assistant_that_runs_as_a_person_is_found_once() -> None:
    picture = AI.replace("bot -AUTHENTICATES_WITH-> t:Grant {slot=bot}", f"bot -RUNS_AS-> kim_sf {STOPS}")
    verdicts = verdicts_of(f"{picture}\nflow:Automation -TRIGGERS-> bot".replace("t -AUTH", "t:Grant -AUTH"))
    assert found(verdicts, "AI01")[0].severity is Severity.HIGH
    assert subjects(verdicts, "PA01") == subjects(verdicts, "PA02") == []


def test_idle_tokens_of_an_assistant_that_is_relied_on_count_less() -> None:
    picture = f"{AI}\nflow:Automation -TRIGGERS-> bot\nt:Grant {{last_used=2022-01-01}}"
    (finding,) = found(verdicts_of(picture), "AI01")
    assert (finding.severity, finding.graded) == (Severity.MEDIUM, "lower: no use seen within 90 days")


def test_an_assistant_of_many_people_is_one_line_of_information() -> None:
    lines = ["bot:Integration {ai=true}", "bot -PART_OF-> org:System", WHOLE]
    for n in range(6):
        lines += [f"bot -AUTHENTICATES_WITH-> g{n}:Grant {{slot=bot}}", f"g{n} -AUTHORIZED_BY-> u{n}:Account {STOPS}"]
    (finding,) = found(verdicts_of("\n".join(lines)), "AI01")
    assert (finding.path, finding.severity) == ((), Severity.INFO)
    assert finding.because == "6 people use the AI connection bot, each as themselves"


def test_an_assistant_with_a_login_of_its_own_is_fine() -> None:
    verdicts = verdicts_of(f"{AI}\nflow:Automation -TRIGGERS-> bot\nkim_sf:Account {{account_type=integration}}")
    assert subjects(verdicts, "AI01") == []
    assert clear(verdicts, "AI01") == ["org"]


def test_an_assistant_whose_login_was_never_read_leaves_the_question_open() -> None:
    verdicts = verdicts_of(AI.replace("kim:Person -HAS_ACCOUNT-> kim_sf", "").replace("kim_sf:Account", "kim_sf"))
    assert subjects(verdicts, "AI01") == []
    assert "org" in unjudged(verdicts, "AI01")


@pytest.mark.parametrize("code", ["AI01", "AI03"])
def test_ai_is_not_judged_over_unread_lists(code: str) -> None:
    picture = "org:System\ncoverage org {inventory=all kinds=RUNS_AS,AUTHORIZED_BY,Integration state=denied reason=no}"
    assert unjudged(verdicts_of(picture), code) == {"org": ("all",)}
    assert clear(verdicts_of(picture), code) == []


def test_an_agent_for_customers_that_runs_as_a_person_is_critical_and_found_once() -> None:
    verdicts = verdicts_of(AGENT)
    (finding,) = found(verdicts, "AI03")
    assert (finding.subject, finding.path, finding.severity) == ("agent", ("kim_sf",), Severity.CRITICAL)
    assert finding.graded == "higher: it serves customers"
    assert finding.because.endswith("what becomes of it when the login goes is not known")
    assert subjects(verdicts, "PA02") == subjects(verdicts, "AI01") == []


@pytest.mark.parametrize("said", ["serves=employees", ""])
def test_an_agent_for_employees_or_for_nobody_told_is_high(said: str) -> None:
    (finding,) = found(verdicts_of(AGENT.replace("serves=customers", said)), "AI03")
    assert finding.severity is Severity.HIGH


def test_an_automation_that_is_an_agent_is_judged_as_one() -> None:
    picture = AGENT.replace("agent:Integration {ai=true app_kind=agent", "agent:Automation {automation_type=agent")
    assert subjects(verdicts_of(picture), "AI03") == ["agent"]


def test_an_agent_with_a_login_made_for_it_is_fine() -> None:
    verdicts = evaluate(case_of(AGENT, properties={"kim_sf": {"account_type": "integration"}}))
    assert subjects(verdicts, "AI03") == []
    assert clear(verdicts, "AI03") == ["org"]


def test_an_agents_login_of_unknown_type_leaves_the_question_open() -> None:
    verdicts = evaluate(case_of(AGENT, properties={"kim_sf": {"account_type": "unknown"}}))
    assert subjects(verdicts, "AI03") == []
    assert "org" in unjudged(verdicts, "AI03")


@pytest.mark.parametrize("off", ["active", "frozen"])
def test_an_agent_whose_login_is_off_already_has_nothing_left_to_lose(off: str) -> None:
    verdicts = evaluate(case_of(AGENT, properties={"kim_sf": {off: off == "frozen"}}))
    assert subjects(verdicts, "AI03") == []
    assert [loss.thing for loss in verdicts.broken.departure.already_broken] == ["agent"]
