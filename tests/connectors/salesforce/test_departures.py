"""The table of what each act does: sourced, dated, and no surer than its source."""

from __future__ import annotations

import re

import pytest

from connectors.salesforce import CONNECTOR, departures
from connectors.salesforce.mapping_jobs import JOBS
from stackmap.model import Act, Certainty, EdgeKind, Outcome
from stackmap.sdk import Departure, Departures

ROWS = [(table, row) for table in CONNECTOR.departures for row in table.rows]


@pytest.mark.parametrize(("table", "row"), ROWS, ids=lambda item: getattr(item, "name", getattr(item, "act", "")))
def test_every_row_names_a_page_a_day_and_one_sentence(table: Departures, row: Departure) -> None:
    assert re.search(r"https://[a-z.]+/\S+", row.source), table.name
    assert row.checked == "2026-11-22"
    assert row.says.endswith(".")
    assert row.says.count(". ") == 0


def test_salesforce_removes_and_hands_over_nothing() -> None:
    for table in CONNECTOR.departures:
        assert not {row.act for row in table.rows} & {Act.REMOVED, Act.TRANSFERRED}
        assert "no deletion of users" in table.gap


def test_only_what_salesforce_itself_says_is_certain() -> None:
    for table, row in ROWS:
        if row.judgement.certainty is Certainty.CERTAIN:
            assert "https://help.salesforce.com/" in row.source, table.name


def test_what_is_our_reasoning_is_possible_and_no_more() -> None:
    reasoned = [(table, row) for table, row in ROWS if "our reasoning" in row.source]
    assert len(reasoned) > 3
    for table, row in reasoned:
        assert row.judgement.certainty is Certainty.POSSIBLE, table.name


def judged(table: Departures, act: Act = Act.DEACTIVATED) -> tuple[Outcome, Certainty]:
    given = table.outcomes("salesforce").of(act)
    return given.outcome, given.certainty


@pytest.mark.parametrize("table", [departures.DEFAULT_CASE_OWNER, departures.AUTOMATED_CASE_USER], ids=lambda t: t.name)
def test_whom_the_case_settings_name_blocks_the_last_day_and_can_be_frozen(table: Departures) -> None:
    assert judged(table) == (Outcome.REFUSED, Certainty.CERTAIN)
    assert judged(table, Act.FROZEN) == (Outcome.SURVIVES, Certainty.POSSIBLE)


@pytest.mark.parametrize(
    ("table", "certainty"),
    [
        (departures.DATA_EXPORT, Certainty.CERTAIN),
        (departures.REPORTING_SNAPSHOT, Certainty.CERTAIN),
        (departures.SCHEDULED_APEX, Certainty.LIKELY),
        (departures.SCHEDULED_REPORT, Certainty.LIKELY),
        (departures.DASHBOARD_REFRESH, Certainty.LIKELY),
        (departures.REPORT_NOTIFICATION, Certainty.POSSIBLE),
    ],
    ids=lambda item: getattr(item, "name", ""),
)
def test_each_kind_of_job_stops_as_surely_as_its_own_source_says(table: Departures, certainty: Certainty) -> None:
    assert judged(table) == (Outcome.STOPS, certainty)


def test_an_app_with_client_credentials_rests_on_a_source_about_those() -> None:
    (deactivated, _) = departures.CLIENT_CREDENTIALS.rows
    assert "nango" not in deactivated.source


def test_reports_about_frozen_users_jobs_contradict_each_other_so_nothing_is_said() -> None:
    assert departures.SCHEDULED_APEX.outcomes("salesforce").of(Act.FROZEN).outcome is Outcome.UNKNOWN


def test_administrators_of_salesforce_deactivate_users() -> None:
    assert CONNECTOR.usual_act is Act.DEACTIVATED


def test_every_relation_that_depends_on_the_act_has_a_table() -> None:
    judged = {table.relation for table in CONNECTOR.departures}
    assert judged == {EdgeKind.RUNS_AS, EdgeKind.AUTHORIZED_BY, EdgeKind.ROUTES_TO}


def test_kinds_of_jobs_are_words_of_the_vocabulary() -> None:
    assert set(JOBS.values()) <= {
        "code",
        "report",
        "dashboard",
        "snapshot",
        "notification",
        "flow",
        "batch",
        "export",
        "other",
    }
