"""PA07 and PA08: jobs and dashboards that run as a person."""

from typing import Any

import pytest

from stackmap.model import Severity
from stackmap.rules import Verdicts, evaluate
from tests.support.stacks import case_of, clear, found, subjects, unjudged, verdicts_of

STOPS = "{outcome=stops certainty=likely}"
WHOLE = "coverage org {inventory=jobs kinds=RUNS_AS,Automation}"
JOB = f"""
    job:Automation -RUNS_AS-> kim_sf:Account {STOPS}
    job -PART_OF-> org:System
    kim:Person -HAS_ACCOUNT-> kim_sf
    {WHOLE}
"""
UNKNOWN = JOB.replace("outcome=stops certainty=likely", "outcome=unknown certainty=possible")


def judged(picture: str, kind: str = "scheduled job", **properties: Any) -> Verdicts:
    return evaluate(case_of(picture, properties={"job": {"automation_type": kind, **properties}}))


@pytest.mark.parametrize("picture", [JOB, UNKNOWN], ids=["stops", "unknown"])
def test_code_that_runs_as_a_person_is_high_whether_or_not_its_end_is_known(picture: str) -> None:
    (finding,) = found(judged(picture, job="code"), "PA07")
    assert (finding.subject, finding.path, finding.severity) == ("job", ("kim_sf",), Severity.HIGH)
    assert finding.because.startswith("job runs as kim_sf, the login of kim")
    assert finding.because.endswith("is not known") is (picture is UNKNOWN)


@pytest.mark.parametrize("job", ["report", "dashboard", "snapshot", "notification"])
def test_a_job_that_brings_figures_is_medium(job: str) -> None:
    (finding,) = found(judged(JOB, job=job), "PA07")
    assert finding.severity is Severity.MEDIUM
    assert finding.graded == "lower: it brings figures to people, nothing else waits for it"


@pytest.mark.parametrize("said", [{"job": "batch"}, {"job": "other"}, {}], ids=["batch", "other", "not told"])
def test_any_other_job_is_high_only_where_it_is_known_to_break(said: dict[str, str]) -> None:
    assert found(judged(JOB, **said), "PA07")[0].severity is Severity.HIGH
    assert found(judged(UNKNOWN, **said), "PA07")[0].severity is Severity.MEDIUM


def test_a_schedule_that_outlives_its_author_is_fine() -> None:
    verdicts = judged(JOB.replace("=stops", "=survives"), job="flow")
    assert subjects(verdicts, "PA07") == []
    assert clear(verdicts, "PA07") == ["org"]


def test_a_job_of_an_integration_login_is_fine() -> None:
    verdicts = judged(f"{JOB}\nkim_sf:Account {{account_type=integration}}", job="code")
    assert subjects(verdicts, "PA07") == []
    assert clear(verdicts, "PA07") == ["org"]


def test_a_job_with_a_second_login_that_takes_over_counts_less() -> None:
    picture = f"""
        job:Automation -RUNS_AS-> kim_sf:Account {{outcome=stops certainty=certain group=either}}
        job -RUNS_AS-> svc:Account {{outcome=stops certainty=certain group=either}}
        svc:Account {{account_type=integration}}
        kim:Person -HAS_ACCOUNT-> kim_sf
        {WHOLE}
    """
    (finding,) = found(judged(picture, job="code"), "PA07")
    assert (finding.severity, finding.graded) == (Severity.MEDIUM, "lower: it goes on without this login")


@pytest.mark.parametrize(("kind", "code"), [("scheduled job", "PA07"), ("dashboard", "PA08")])
def test_one_thing_is_found_once(kind: str, code: str) -> None:
    found_by = {one.code for one in judged(JOB, kind).findings if one.subject == "job" and one.code != "OO07"}
    assert found_by == {code}


def test_a_flow_is_left_to_the_rule_for_all_else() -> None:
    verdicts = judged(JOB, "flow")
    assert subjects(verdicts, "PA02") == ["job"]
    assert subjects(verdicts, "PA07") == subjects(verdicts, "PA08") == []


def test_a_dashboard_that_runs_as_a_person_is_medium() -> None:
    (finding,) = found(judged(JOB, "dashboard"), "PA08")
    assert (finding.subject, finding.path, finding.severity) == ("job", ("kim_sf",), Severity.MEDIUM)


def test_a_dashboard_of_each_viewer_hangs_on_nobody() -> None:
    verdicts = judged(f"job:Automation -PART_OF-> org:System\n{WHOLE}", "dashboard")
    assert subjects(verdicts, "PA08") == []
    assert clear(verdicts, "PA08") == ["org"]


@pytest.mark.parametrize("code", ["PA07", "PA08"])
def test_jobs_and_dashboards_are_not_judged_over_an_unread_list(code: str) -> None:
    verdicts = verdicts_of(
        "org:System\ncoverage org {inventory=jobs kinds=RUNS_AS,Automation state=denied reason=forbidden}"
    )
    assert unjudged(verdicts, code) == {"org": ("jobs",)}
    assert clear(verdicts, code) == []


@pytest.mark.parametrize(("kind", "code"), [("scheduled job", "PA07"), ("dashboard", "PA08")])
def test_a_login_that_was_never_read_leaves_its_job_open(kind: str, code: str) -> None:
    picture = f"job:Automation -RUNS_AS-> kim_sf {STOPS}\njob -PART_OF-> org:System\n{WHOLE}"
    verdicts = judged(picture, kind)
    assert subjects(verdicts, code) == []
    assert "org" in unjudged(verdicts, code)
