"""What happens in HubSpot when a user is switched off: which acts do what, and how that is known.

HubSpot deactivates a user (no log-in, profile and history stay) and may then remove it; a removal comes only after a
deactivation: knowledge.hubspot.com/user-management/deactivate-hubspot-users.
"""

from __future__ import annotations

from stackmap.model import Act, Certainty, EdgeKind, Judgement, Outcome
from stackmap.sdk import Departure, Departures

__all__ = ["ALL", "INSTALLED_APP", "PERSONAL_KEY", "PRIVATE_APP", "SALESFORCE_SYNC", "SERVICE_KEY"]

_CHECKED = "2026-11-22"
_SERVICE_KEYS = "developers.hubspot.com/changelog/service-keys"
_PRIVATE_APPS = (
    "developers.hubspot.com/docs/apps/legacy-apps/private-apps/overview: on USER_DOES_NOT_HAVE_PERMISSIONS rotate the "
    "token, or add the user back who was removed; docs.sim.ai/integrations/hubspot-service-account: it is some calls "
    "that fail, and they may when the creator's rights change, too"
)
_ANOTHER_VENDOR = (
    "no statement of HubSpot's found; support.hypeanddexter.com/updating-the-owner-of-integration-glue-apps asks to "
    "reinstall under a generic user, since its apps may stop"
)
_DISABLED = "developers.hubspot.com/docs/cms/personal-cms-access-key: disabling the user disables the key"
_PERSONAL_KEYS = (
    "developers.hubspot.com/docs/developer-tooling/local-development/hubspot-cli/personal-access-key, Managing "
    "personal access keys: removing a user deactivates it"
)
_SALESFORCE = (
    "knowledge.hubspot.com/salesforce/change-your-salesforce-integration-user-or-connect-a-different-salesforce-"
    "account-to-hubspot: the sync signs in as one Salesforce user, whose rights it needs; that it stops with that user "
    "is concluded"
)
_TWO_ACTS = "HubSpot knows no frozen login and no removal that hands over tokens; records can be reassigned."


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
            _SERVICE_KEYS,
            "A service key is the account's, not its creator's: what uses it goes on.",
        ),
        _row(
            Act.REMOVED,
            Outcome.SURVIVES,
            Certainty.CERTAIN,
            _SERVICE_KEYS,
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
            f"{_PRIVATE_APPS}; of deactivation neither speaks",
            "At risk: calls fail once the creator is removed; whether deactivation does it, too, is not documented.",
        ),
        _row(
            Act.REMOVED,
            Outcome.UNKNOWN,
            Certainty.POSSIBLE,
            _PRIVATE_APPS,
            "At risk in part: some calls fail, until a super admin who stays rotates the token and puts it in.",
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
            _DISABLED,
            "The key is tied to the user: deployments and scripts that use it end with the user.",
        ),
        _row(
            Act.REMOVED,
            Outcome.STOPS,
            Certainty.CERTAIN,
            _PERSONAL_KEYS,
            "Removing the user ends the key, if the deactivation that comes before has not.",
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
            Certainty.POSSIBLE,
            f"{_SALESFORCE}; nothing found that speaks of a frozen user",
            "A frozen Salesforce user cannot sign in; whether the sync goes on with the token it has is not told.",
        ),
    ),
    "Salesforce users are never removed, and handing over their records does not hand over the sync.",
)

ALL = (SERVICE_KEY, PRIVATE_APP, INSTALLED_APP, PERSONAL_KEY, SALESFORCE_SYNC)
