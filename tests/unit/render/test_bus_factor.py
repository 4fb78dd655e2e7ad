"""Bus factors as text: numbers that say what they count, and people whose logins are off already."""

from datetime import UTC, datetime

import pytest

from stackmap.analysis import bus_factors
from stackmap.render.bus_factor import BusFactorReport, bus_factor_text
from tests.support.stacks import case_of

PICTURE = """
    n8n/x/system/x:System {usual_act=removed}
    n8n/x/account/1:Account {active=false}
    n8n/x/account/1 -PART_OF-> n8n/x/system/x
    owen:Person -HAS_ACCOUNT-> n8n/x/account/1
    dana:Person -HAS_ACCOUNT-> a:Account
    ravi:Person -HAS_ACCOUNT-> b:Account
    import:Automation -OWNED_BY-> n8n/x/account/1 {removed=stops/certain deactivated=survives/certain}
    router:Automation -RUNS_AS-> a {outcome=stops certainty=certain}
    alone:Automation
    guess:Automation -RUNS_AS-> b
"""


def text_of(*gone: str) -> str:
    case = case_of(PICTURE, names={"owen": "Owen Blake", "dana": "Dana Okafor"})
    taken = datetime(2026, 11, 22, tzinfo=UTC)
    factors = tuple(bus_factors(case.analysis))
    return bus_factor_text(BusFactorReport(taken, case.graph, case.coverage, factors, frozenset(gone)))


def test_the_opening_says_what_running_and_care_count() -> None:
    opening = text_of().partition("One person away")[0]
    assert "running N: so few people's leaving stops it, or leaves it on old data" in opening
    assert "care N: so few people's leaving leaves nobody who can look after it" in opening


def test_a_person_whose_logins_are_all_off_is_called_so_wherever_named() -> None:
    text = text_of("owen")
    assert "import · running 1, care unknown: Owen Blake (logins off already)" in text
    assert "(logins off already): what is done next to those logins" in text


def test_of_people_who_are_here_nothing_is_said_about_logins_that_are_off() -> None:
    assert "off already" not in text_of()


@pytest.mark.parametrize(
    "line",
    [
        "router · running 1, care unknown: Dana Okafor",
        "alone · nobody's leaving stops it, care unknown",
        "guess · running none known (at worst 1), care unknown",
    ],
)
def test_numbers_read_as_words(line: str) -> None:
    assert f"  {line}\n" in text_of()
