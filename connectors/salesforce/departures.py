"""What happens in Salesforce when a user is deactivated or frozen, and how that is known."""

from __future__ import annotations

from stackmap.model import Act, Certainty, EdgeKind, Judgement, Outcome
from stackmap.sdk import Departure, Departures

__all__ = [
    "AGENT_USER",
    "ALL",
    "CLIENT_CREDENTIALS",
    "DASHBOARD_VIEWER",
    "DEFAULT_CASE_OWNER",
    "REFRESH_JOB",
    "REPORT_JOB",
    "SCHEDULED_APEX",
    "TOKEN",
]

_CHECKED = "2026-11-22"
_NEVER_REMOVED = (
    "Salesforce has no deletion of users and hands nothing over: they are deactivated, or frozen for a while."
)
_TOKENS = "https://www.nango.dev/blog/salesforce-oauth-refresh-token-invalid-grant"
_FREEZING = "https://help.salesforce.com/s/articleView?id=sf.users_freeze.htm&type=5"
_INACTIVE_JOBS = "https://www.infallibletechie.com/2018/11/what-happens-when-user-is-inactivated.html"
_FROZEN_JOBS = "https://salesforce.stackexchange.com/questions/288882"
_CANNOT = "https://help.salesforce.com/s/articleView?id=000187291&type=1"


def _row(act: Act, outcome: Outcome, certainty: Certainty, source: str, says: str) -> Departure:
    return Departure(act, Judgement(outcome, certainty), source, _CHECKED, says)


TOKEN = Departures(
    "oauth-token",
    EdgeKind.AUTHORIZED_BY,
    "a token that an app holds for a user",
    (
        _row(
            Act.DEACTIVATED,
            Outcome.STOPS,
            Certainty.LIKELY,
            _TOKENS,
            "The app gets no new access token for a deactivated user, so it stops at its next refresh.",
        ),
        _row(
            Act.FROZEN,
            Outcome.STOPS,
            Certainty.POSSIBLE,
            f"{_FREEZING}: log-ins are refused; that refreshing a token counts as one is our reasoning",
            "A frozen user cannot log in; an access token that is already out may live until it runs out.",
        ),
    ),
    _NEVER_REMOVED,
)

CLIENT_CREDENTIALS = Departures(
    "client-credentials",
    EdgeKind.RUNS_AS,
    "an app that signs in with client credentials as a user",
    (
        _row(
            Act.DEACTIVATED,
            Outcome.STOPS,
            Certainty.LIKELY,
            f"{_TOKENS} (the same refusal as for other tokens)",
            "No token is given for a deactivated user, so the app stops when its access token runs out.",
        ),
        _row(
            Act.FROZEN,
            Outcome.STOPS,
            Certainty.POSSIBLE,
            f"{_FREEZING}: log-ins are refused; that asking for a token counts as one is our reasoning",
            "A frozen user cannot log in; whether the app still gets tokens for one is not documented.",
        ),
    ),
    _NEVER_REMOVED,
)

SCHEDULED_APEX = Departures(
    "scheduled-apex",
    EdgeKind.RUNS_AS,
    "scheduled Apex, a package's scheduler included",
    (
        _row(
            Act.DEACTIVATED,
            Outcome.STOPS,
            Certainty.LIKELY,
            _INACTIVE_JOBS,
            "The job fails at its next run, and an active user has to schedule it anew.",
        ),
    ),
    f"Reports about jobs of frozen users contradict each other ({_FROZEN_JOBS}). {_NEVER_REMOVED}",
)

REPORT_JOB = Departures(
    "scheduled-report",
    EdgeKind.RUNS_AS,
    "a scheduled report or a notification about one",
    (
        _row(
            Act.DEACTIVATED,
            Outcome.STOPS,
            Certainty.LIKELY,
            _INACTIVE_JOBS,
            "A deactivated user's scheduled reports are not delivered any more.",
        ),
        _row(
            Act.FROZEN,
            Outcome.SURVIVES,
            Certainty.POSSIBLE,
            f"{_FROZEN_JOBS} (one person's test of 2019)",
            "A frozen user's scheduled reports were still sent when somebody tried it.",
        ),
    ),
    _NEVER_REMOVED,
)

REFRESH_JOB = Departures(
    "scheduled-refresh",
    EdgeKind.RUNS_AS,
    "a scheduled dashboard refresh or reporting snapshot",
    (
        _row(
            Act.DEACTIVATED,
            Outcome.STOPS,
            Certainty.POSSIBLE,
            f"{_INACTIVE_JOBS} (for other jobs; that these do the same is our reasoning)",
            "Jobs of a deactivated user fail at their next run; for this kind of job nobody wrote it down.",
        ),
    ),
    f"Nobody wrote down what freezing does to it. {_NEVER_REMOVED}",
)

DASHBOARD_VIEWER = Departures(
    "dashboard-running-user",
    EdgeKind.RUNS_AS,
    "a dashboard that shows everybody what one user may see",
    (
        _row(
            Act.DEACTIVATED,
            Outcome.STOPS,
            Certainty.LIKELY,
            "https://www.simplysfdc.com/2016/09/salesforce-i-cant-deactivate-user.html; "
            "https://salesforce.stackexchange.com/questions/24542",
            "The dashboard says that its running user is inactive, and is not refreshed any more.",
        ),
    ),
    f"Nobody wrote down what freezing does to it. {_NEVER_REMOVED}",
)

DEFAULT_CASE_OWNER = Departures(
    "default-case-owner",
    EdgeKind.ROUTES_TO,
    "the org's default case owner",
    (
        _row(
            Act.DEACTIVATED,
            Outcome.REFUSED,
            Certainty.CERTAIN,
            _CANNOT,
            "Salesforce refuses to deactivate the default case owner until another one is named.",
        ),
        _row(
            Act.FROZEN,
            Outcome.SURVIVES,
            Certainty.CERTAIN,
            f"{_CANNOT}; {_FREEZING}",
            "The default case owner can be frozen, and cases still go there.",
        ),
    ),
    _NEVER_REMOVED,
)

AGENT_USER = Departures(
    "agent-user",
    EdgeKind.RUNS_AS,
    "an AI agent that acts as its agent user",
    (),
    f"Nobody wrote down what an agent does when its user is deactivated or frozen. {_NEVER_REMOVED}",
)

ALL = (
    TOKEN,
    CLIENT_CREDENTIALS,
    SCHEDULED_APEX,
    REPORT_JOB,
    REFRESH_JOB,
    DASHBOARD_VIEWER,
    DEFAULT_CASE_OWNER,
    AGENT_USER,
)
