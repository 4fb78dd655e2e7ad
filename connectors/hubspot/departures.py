"""What happens in HubSpot when a user is switched off: which acts do what, and how that is known.

HubSpot deactivates a user (no log-in, profile and history stay) and may then remove it; a removal comes only after a
deactivation: knowledge.hubspot.com/user-management/deactivate-hubspot-users.
"""

from __future__ import annotations

from stackmap.model import Act, Certainty, EdgeKind, Judgement, Outcome
from stackmap.sdk import Departure, Departures

__all__ = ["ALL", "INSTALLED_APP", "PERSONAL_KEY", "PRIVATE_APP", "SALESFORCE_SYNC", "SERVICE_KEY"]

_CHECKED = "2026-11-22"
_SPOTLIGHT = "developers.hubspot.com/spotlight, service keys"
_ONE_VENDOR = (
    "no statement of HubSpot's found; docs.sim.ai/integrations/hubspot-service-account: the token stays valid, some "
    "calls fail with USER_DOES_NOT_HAVE_PERMISSIONS once the creator is removed or is no super admin any more"
)
_ANOTHER_VENDOR = (
    "no statement of HubSpot's found; support.hypeanddexter.com/updating-the-owner-of-integration-glue-apps asks to "
    "reinstall under a generic user, since its apps may stop"
)
_PERSONAL = "developers.hubspot.com/docs/cms/personal-cms-access-key"
_SALESFORCE = (
    "knowledge.hubspot.com/salesforce/change-your-salesforce-integration-user-or-connect-a-different-salesforce-"
    "account-to-hubspot: the sync signs in as one Salesforce user, whose rights it needs; that it stops with that user "
    "is concluded"
)
_TWO_ACTS = "HubSpot knows no frozen login and no removal that hands things over."


def _row(act: Act, outcome: Outcome, certainty: Certainty, source: str, says: str) -> Departure:
    return Departure(act, Judgement(outcome, certainty), source, _CHECKED, says)


SERVICE_KEY = Departures(
    "service-key",
    EdgeKind.AUTHORIZED_BY,
    "a service key that somebody created",
    (
        _row(
            Act.DEACTIVATED,
            Outcome.SURVIVES,
            Certainty.CERTAIN,
            _SPOTLIGHT,
            "A service key is the account's, not its creator's: it goes on.",
        ),
        _row(
            Act.REMOVED,
            Outcome.SURVIVES,
            Certainty.CERTAIN,
            _SPOTLIGHT,
            "A service key goes on when its creator is gone. Who knows its value still does: rotate it.",
        ),
    ),
    _TWO_ACTS,
)

PRIVATE_APP = Departures(
    "private-app",
    EdgeKind.AUTHORIZED_BY,
    "a private app's token that somebody created",
    (
        _row(
            Act.DEACTIVATED,
            Outcome.UNKNOWN,
            Certainty.POSSIBLE,
            _ONE_VENDOR,
            "At risk: the app is tied to the super admin who created it; what deactivation does is not documented.",
        ),
        _row(
            Act.REMOVED,
            Outcome.UNKNOWN,
            Certainty.POSSIBLE,
            _ONE_VENDOR,
            "At risk: some calls are said to fail once the creator is removed.",
        ),
    ),
    _TWO_ACTS,
)

INSTALLED_APP = Departures(
    "installed-app",
    EdgeKind.AUTHORIZED_BY,
    "an app that somebody installed",
    (
        _row(
            Act.DEACTIVATED,
            Outcome.UNKNOWN,
            Certainty.POSSIBLE,
            _ANOTHER_VENDOR,
            "At risk: HubSpot does not say what becomes of an app whose installer is deactivated.",
        ),
        _row(
            Act.REMOVED,
            Outcome.UNKNOWN,
            Certainty.POSSIBLE,
            _ANOTHER_VENDOR,
            "At risk: HubSpot does not say what becomes of an app whose installer is removed.",
        ),
    ),
    _TWO_ACTS,
)

PERSONAL_KEY = Departures(
    "personal-access-key",
    EdgeKind.AUTHORIZED_BY,
    "somebody's personal access key for the command line tool",
    (
        _row(
            Act.DEACTIVATED,
            Outcome.STOPS,
            Certainty.CERTAIN,
            _PERSONAL,
            "The key is tied to the user: deployments and scripts that use it end with the user.",
        ),
        _row(
            Act.REMOVED,
            Outcome.STOPS,
            Certainty.LIKELY,
            f"{_PERSONAL}: for a disabled user; a removal comes after that",
            "The key has ended with the deactivation that comes before.",
        ),
    ),
    _TWO_ACTS,
)

SALESFORCE_SYNC = Departures(
    "salesforce-sync",
    EdgeKind.RUNS_AS,
    "HubSpot's Salesforce integration, which signs in as a Salesforce user",
    (
        _row(
            Act.DEACTIVATED,
            Outcome.STOPS,
            Certainty.LIKELY,
            _SALESFORCE,
            "The sync stops until a different Salesforce user with equal or higher rights is connected.",
        ),
        _row(
            Act.FROZEN,
            Outcome.STOPS,
            Certainty.LIKELY,
            _SALESFORCE,
            "A frozen Salesforce user cannot sign in, and neither can the sync.",
        ),
    ),
    "Salesforce users are never removed, and handing over their records does not hand over the sync.",
)

ALL = (SERVICE_KEY, PRIVATE_APP, INSTALLED_APP, PERSONAL_KEY, SALESFORCE_SYNC)
