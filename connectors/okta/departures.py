"""What happens around Okta when a user is switched off: which acts do what, and how that is known."""

from __future__ import annotations

from stackmap.model import Act, Certainty, EdgeKind, Judgement, Outcome
from stackmap.sdk import Departure, Departures

__all__ = ["ALL", "API_TOKEN", "CONSENT", "PUSHED_LOGIN"]

_CHECKED = "2026-11-22"
_TOKENS = "help.okta.com/en-us/Content/Topics/security/api.htm: tokens are valid only while their creator is active"
_DEPROVISIONED = (
    "support.okta.com/help/s/article/How-an-API-Token-is-expired-and-get-deactivated: deactivating a user "
    "deprovisions the user's tokens at the same time"
)
_UNTIL = (
    "support.okta.com/help/s/article/api-token-validity-after-an-okta-admin-password-reset: tokens end when the user "
    "is deactivated or deleted; a locked or expired password does not end them"
)
_INVALID = (
    "support.okta.com/help/s/article/HTTP-401-Okta-E0000011-Invalid-Token-provided-error: a key is invalid while its "
    "creator is deactivated or suspended; against it "
    "support.okta.com/help/s/article/api-token-validity-after-an-okta-admin-password-reset names only deactivated and "
    "deleted users, so of suspended ones: likely"
)
_CONSENTS = (
    "developer.okta.com/docs/api/openapi/okta-management/management/tag/UserGrant: a consent holds until it is revoked "
    "or its user is deactivated or deleted"
)
_LIMITS = (
    "limits: usgp-deactivate-user-account.htm (deprovisioning has to be switched on; no inactive, private or "
    "deprecated app), help.okta.com, lcm/troubleshooting.htm (fails where the login behind the API connection was "
    "disabled)"
)
_USERS = (
    "help.okta.com, Content/Topics/users-groups-profiles/usgp-deactivate-user-account.htm, the table of what "
    "suspending, deactivating and deleting do"
)
_PUSH = (
    "help.okta.com/en-us/Content/Topics/Provisioning/lcm/lcm-deprovision-user.htm: deactivating a user deprovisions "
    "the user from the apps to which the user was provisioned"
)
_HANDED_OVER = "Okta knows no removal that hands tokens over: somebody else has to make a new one."

API_TOKEN = Departures(
    "api-token",
    EdgeKind.AUTHORIZED_BY,
    "an API token that somebody made",
    (
        Departure(
            Act.DEACTIVATED,
            Judgement(Outcome.STOPS, Certainty.CERTAIN),
            f"{_TOKENS}; {_DEPROVISIONED}",
            _CHECKED,
            "The token ends with its creator's deactivation: every program that uses it stops at once.",
        ),
        Departure(
            Act.REMOVED,
            Judgement(Outcome.STOPS, Certainty.CERTAIN),
            _UNTIL,
            _CHECKED,
            "Deleting the creator ends the token, if the deactivation that comes before has not.",
        ),
        Departure(
            Act.FROZEN,
            Judgement(Outcome.STOPS, Certainty.LIKELY),
            f"{_INVALID}; {_TOKENS}",
            _CHECKED,
            (
                "The token is refused while its creator is suspended: every program that uses it stops. Okta's pages "
                "differ."
            ),
        ),
    ),
    _HANDED_OVER,
)

CONSENT = Departures(
    "consent",
    EdgeKind.AUTHORIZED_BY,
    "an app to which somebody gave rights to Okta's own API",
    (
        Departure(
            Act.DEACTIVATED,
            Judgement(Outcome.STOPS, Certainty.CERTAIN),
            _CONSENTS,
            _CHECKED,
            "The consent ends with the deactivation. When the tokens end that the app already has is not told.",
        ),
        Departure(
            Act.REMOVED,
            Judgement(Outcome.STOPS, Certainty.CERTAIN),
            _CONSENTS,
            _CHECKED,
            "Deleting the user ends the consent, if the deactivation that comes before has not.",
        ),
    ),
    "Okta's pages do not say what suspending a user does to the consents. Okta hands none over.",
)

PUSHED_LOGIN = Departures(
    "pushed-login",
    EdgeKind.PROVISIONED_BY,
    "a login in another system that Okta switches off together with its user",
    (
        Departure(
            Act.DEACTIVATED,
            Judgement(Outcome.CASCADE, Certainty.LIKELY),
            f"{_PUSH}; {_LIMITS}",
            _CHECKED,
            "Okta tries to take the login in the other system with it. It fails where that system refuses, or where "
            "the login behind Okta's connection to it is off.",
        ),
        Departure(
            Act.FROZEN,
            Judgement(Outcome.SURVIVES, Certainty.CERTAIN),
            f"{_USERS}: a suspended user keeps the assigned apps",
            _CHECKED,
            "Suspending somebody in Okta leaves the login in the other system as it is.",
        ),
        Departure(
            Act.REMOVED,
            Judgement(Outcome.CASCADE, Certainty.LIKELY),
            f"{_USERS}: deleting withdraws the assigned apps, too; {_LIMITS}",
            _CHECKED,
            "Only a deactivated user can be deleted, so the login in the other system has gone before, where Okta "
            "could take it along.",
        ),
    ),
    "Okta knows no removal that hands over what somebody had.",
)

ALL = (API_TOKEN, CONSENT, PUSHED_LOGIN)
