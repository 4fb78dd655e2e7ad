"""What happens in Salesforce when a user is deactivated or frozen, and how that is known."""

from __future__ import annotations

from stackmap.model import Act, Certainty, EdgeKind, Judgement, Outcome
from stackmap.sdk import Departure, Departures

__all__ = [
    "AGENT_USER",
    "ALL",
    "AUTOMATED_CASE_USER",
    "CLIENT_CREDENTIALS",
    "DASHBOARD_REFRESH",
    "DASHBOARD_VIEWER",
    "DATA_EXPORT",
    "DEFAULT_CASE_OWNER",
    "NEVER_REMOVED",
    "REPORTING_SNAPSHOT",
    "REPORT_NOTIFICATION",
    "SCHEDULED_APEX",
    "SCHEDULED_REPORT",
    "TOKEN",
]

_CHECKED = "2026-11-22"
NEVER_REMOVED = (
    "Salesforce has no deletion of users and hands nothing over: they are deactivated, or frozen for a while."
)
_ARTICLE = "https://help.salesforce.com/s/articleView?id={}&type=1"
_INACTIVE_TOKENS = (
    "https://www.nango.dev/blog/salesforce-oauth-refresh-token-invalid-grant; "
    "https://github.com/restforce/restforce/issues/303 (invalid_grant: inactive user); "
    "https://support.skyvia.com/portal/en/kb/articles/salesforce-inactive-user-error; no page of Salesforce's found"
)
_INACTIVE_CLIENTS = "https://nhimg.org/?p=38036 (a third party; no page of Salesforce's found)"
_FREEZING = "https://help.salesforce.com/s/articleView?id=platform.users_freeze.htm&type=5"
_INACTIVE_JOBS = "https://www.infallibletechie.com/2018/11/what-happens-when-user-is-inactivated.html"
_INACTIVE_PACKAGE_JOB = f"{_ARTICLE.format('000380795')} (the job of one of its own packages)"
_INACTIVE_SNAPSHOTS = (
    "https://help.salesforce.com/apex/HTViewHelpDoc?id=data_scheduling_analytic_snap.htm; "
    "https://help.salesforce.com/s/articleView?id=analytics.data_troubleshooting_snapshots.htm&type=5"
)
_INACTIVE_REFRESHES = (
    "https://www.ajaydubedi.com/tutorials/salesforce-advance-administrator-notes-dashboards/ (a third party)"
)
_FROZEN_JOBS = "https://salesforce.stackexchange.com/questions/288882"
_DEFAULT_OWNERS = _ARTICLE.format("000384586")
_CANNOT = f"{_DEFAULT_OWNERS}; https://help.salesforce.com/apex/HTViewSolution?id=000187291"
_FREEZING_UNDOCUMENTED = f"Nobody wrote down what freezing does to it. {NEVER_REMOVED}"


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
            _INACTIVE_TOKENS,
            "The app gets no new access token for a deactivated user: it stops at its next refresh at the latest.",
        ),
        _row(
            Act.FROZEN,
            Outcome.STOPS,
            Certainty.POSSIBLE,
            f"{_FREEZING}: log-ins are refused; that refreshing a token counts as one is our reasoning",
            "A frozen user cannot log in; an access token that is already out may live until it runs out.",
        ),
    ),
    NEVER_REMOVED,
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
            _INACTIVE_CLIENTS,
            "No token is given for a deactivated user: the app stops at the latest when its access token runs out.",
        ),
        _row(
            Act.FROZEN,
            Outcome.STOPS,
            Certainty.POSSIBLE,
            f"{_FREEZING}: log-ins are refused; that asking for a token counts as one is our reasoning",
            "A frozen user cannot log in; whether the app still gets tokens for one is not documented.",
        ),
    ),
    NEVER_REMOVED,
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
            f"{_INACTIVE_PACKAGE_JOB}; {_INACTIVE_JOBS} (the errors)",
            "The job fails at its next run: it has to be deleted, and an active user has to schedule it anew.",
        ),
    ),
    f"Reports about jobs of frozen users contradict each other ({_FROZEN_JOBS}). {NEVER_REMOVED}",
)

SCHEDULED_REPORT = Departures(
    "scheduled-report",
    EdgeKind.RUNS_AS,
    "a scheduled report, taken to run as the owner of its job",
    (
        _row(
            Act.DEACTIVATED,
            Outcome.STOPS,
            Certainty.LIKELY,
            f"{_INACTIVE_JOBS} (a third party; no page of Salesforce's about subscriptions found)",
            "A report does not run once the user it runs as is inactive.",
        ),
        _row(
            Act.FROZEN,
            Outcome.SURVIVES,
            Certainty.POSSIBLE,
            f"{_FROZEN_JOBS} (one person's test of 2019)",
            "A frozen user's scheduled reports were still sent when somebody tried it.",
        ),
    ),
    NEVER_REMOVED,
)

REPORT_NOTIFICATION = Departures(
    "report-notification",
    EdgeKind.RUNS_AS,
    "a notification about a report, taken to run as the owner of its job",
    (
        _row(
            Act.DEACTIVATED,
            Outcome.STOPS,
            Certainty.POSSIBLE,
            f"{_INACTIVE_JOBS} (for scheduled reports; that these do the same is our reasoning)",
            "Reports of an inactive user do not run; of notifications about reports nobody says so.",
        ),
    ),
    _FREEZING_UNDOCUMENTED,
)

REPORTING_SNAPSHOT = Departures(
    "reporting-snapshot",
    EdgeKind.RUNS_AS,
    "a reporting snapshot, taken to run as the owner of its job",
    (
        _row(
            Act.DEACTIVATED,
            Outcome.STOPS,
            Certainty.CERTAIN,
            _INACTIVE_SNAPSHOTS,
            "It does not run once its running user is inactive, and administrators who may manage users, data and "
            "billing are mailed.",
        ),
    ),
    _FREEZING_UNDOCUMENTED,
)

DASHBOARD_REFRESH = Departures(
    "dashboard-refresh",
    EdgeKind.RUNS_AS,
    "a scheduled dashboard refresh, taken to run as the owner of its job",
    (
        _row(
            Act.DEACTIVATED,
            Outcome.STOPS,
            Certainty.LIKELY,
            _INACTIVE_REFRESHES,
            "It does not run once the dashboard's running user is inactive, and an administrator is mailed.",
        ),
    ),
    _FREEZING_UNDOCUMENTED,
)

DATA_EXPORT = Departures(
    "data-export",
    EdgeKind.RUNS_AS,
    "the scheduled data export",
    (
        _row(
            Act.DEACTIVATED,
            Outcome.STOPS,
            Certainty.CERTAIN,
            _ARTICLE.format("000385011"),
            "It fails once the user who scheduled it is deactivated, and every active user with Modify All Data is "
            "mailed.",
        ),
    ),
    _FREEZING_UNDOCUMENTED,
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
    _FREEZING_UNDOCUMENTED,
)

DEFAULT_CASE_OWNER = Departures(
    "default-case-owner",
    EdgeKind.ROUTES_TO,
    "the org's default case owner, found by user name",
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
            # The page offers freezing and does not say what cases do meanwhile: possible, and no more.
            Certainty.POSSIBLE,
            f"{_DEFAULT_OWNERS} (freezing is offered); that cases still arrive is our reasoning",
            "A login can be frozen while it is still the default case owner.",
        ),
    ),
    NEVER_REMOVED,
)

AUTOMATED_CASE_USER = Departures(
    "automated-case-user",
    EdgeKind.RUNS_AS,
    "the org's automated case user, found by user name",
    (
        _row(
            Act.DEACTIVATED,
            Outcome.REFUSED,
            Certainty.CERTAIN,
            _CANNOT,
            "Salesforce refuses to deactivate the automated case user until another one is named.",
        ),
        _row(
            Act.FROZEN,
            Outcome.SURVIVES,
            # As above: of what happens in a frozen user's name the page says nothing.
            Certainty.POSSIBLE,
            f"{_DEFAULT_OWNERS} (freezing is offered); that cases are still changed is our reasoning",
            "A login can be frozen while it is still the automated case user.",
        ),
    ),
    NEVER_REMOVED,
)

AGENT_USER = Departures(
    "agent-user",
    EdgeKind.RUNS_AS,
    "an AI agent that acts as its agent user",
    (),
    f"Nobody wrote down what an agent does when its user is deactivated or frozen. {NEVER_REMOVED}",
)

ALL = (
    TOKEN,
    CLIENT_CREDENTIALS,
    SCHEDULED_APEX,
    SCHEDULED_REPORT,
    REPORT_NOTIFICATION,
    REPORTING_SNAPSHOT,
    DASHBOARD_REFRESH,
    DATA_EXPORT,
    DASHBOARD_VIEWER,
    DEFAULT_CASE_OWNER,
    AUTOMATED_CASE_USER,
    AGENT_USER,
)
