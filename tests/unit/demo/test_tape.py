"""The made-up company is held together with every sort of tape that the rules know."""

import pytest

from stackmap.model import Finding, Severity
from stackmap.rules import Verdicts
from tests.unit.demo.larkfield import Company, company


@pytest.fixture(scope="module")
def larkfield() -> Company:
    return company()


@pytest.fixture(scope="module")
def verdicts(larkfield: Company) -> Verdicts:
    return larkfield.verdicts()


def found(larkfield: Company, verdicts: Verdicts, code: str) -> dict[str, Finding]:
    return {larkfield.name(finding.subject): finding for finding in verdicts.findings if finding.code == code}


def test_an_app_keeps_the_token_of_somebody_who_left(larkfield: Company, verdicts: Verdicts) -> None:
    assert set(found(larkfield, verdicts, "OO01")) == {"DealHub CPQ", "Form-to-CRM fallback"}


def test_the_sync_hangs_on_a_person(larkfield: Company, verdicts: Verdicts) -> None:
    assert set(found(larkfield, verdicts, "PA03")) == {"HubSpot–Salesforce sync"}


def test_jobs_and_dashboards_run_as_people_and_those_of_packages_do_not(larkfield: Company, verdicts: Verdicts) -> None:
    assert set(found(larkfield, verdicts, "PA07")) == {
        "Campaign response roll-up",
        "Lead dedupe batch",
        "Marketing overview refresh",
        "Weekly data export",
        "Weekly pipeline report",
    }
    assert set(found(larkfield, verdicts, "PA08")) == {"Marketing overview", "Pipeline review"}


def test_the_alarm_of_a_flow_goes_to_somebody_who_left(larkfield: Company, verdicts: Verdicts) -> None:
    assert set(found(larkfield, verdicts, "OO02")) == {"Lead country routing"}


def test_three_logins_cannot_be_switched_off_yet(larkfield: Company, verdicts: Verdicts) -> None:
    assert set(found(larkfield, verdicts, "OO04")) == {"Cases that no rule assigns", "Default lead owner", "n8n"}


def test_one_integration_login_serves_two_apps(larkfield: Company, verdicts: Verdicts) -> None:
    (finding,) = found(larkfield, verdicts, "SH01").values()
    assert finding.because == "svc-sales-tools is the login of 2 apps: Outreach and ZoomInfo"


def test_the_next_sign_in_revokes_a_token(larkfield: Company, verdicts: Verdicts) -> None:
    (finding,) = found(larkfield, verdicts, "ST03").values()
    assert finding.because.startswith("Tomas Rey holds 5 tokens of Tableau Online")


def test_an_app_is_used_that_nobody_installed_and_one_seen_in_log_ins_alone_is_none(
    larkfield: Company, verdicts: Verdicts
) -> None:
    phantoms = found(larkfield, verdicts, "ST08")
    assert {name: finding.severity for name, finding in phantoms.items()} == {"SheetPilot": Severity.CRITICAL}


def test_an_assistant_and_an_agent_act_as_people(larkfield: Company, verdicts: Verdicts) -> None:
    assert {name: one.severity for name, one in found(larkfield, verdicts, "AI01").items()} == {"Claude": Severity.HIGH}
    agents = found(larkfield, verdicts, "AI03")
    assert {name: one.severity for name, one in agents.items()} == {"Website concierge": Severity.CRITICAL}


def test_one_of_two_administrators_has_not_logged_in_for_long(larkfield: Company, verdicts: Verdicts) -> None:
    assert "Salesforce" in found(larkfield, verdicts, "SA02")
