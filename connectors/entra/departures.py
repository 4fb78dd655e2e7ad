"""What happens around Entra when a user is switched off: which acts do what, and how that is known."""

from __future__ import annotations

from stackmap.model import Act, Certainty, EdgeKind, Judgement, Outcome
from stackmap.sdk import Departure, Departures

__all__ = ["ALL", "CONSENT"]

CONSENT = Departures(
    "consent",
    EdgeKind.AUTHORIZED_BY,
    "an app to which somebody gave rights to act as them",
    (
        Departure(
            Act.DEACTIVATED,
            # The page names disabling together with revoking the refresh tokens, so of disabling alone: likely.
            Judgement(Outcome.STOPS, Certainty.LIKELY),
            "learn.microsoft.com/entra/identity/users/users-revoke-access, When access is revoked: no new tokens for "
            "any application, and access ends when the access token expires (by default after an hour)",
            "2026-11-22",
            "The app can act as this user no longer than its access token lasts, by default an hour.",
        ),
    ),
    "Entra knows no frozen login and no removal that hands consents over. What deleting a user, without disabling the "
    "login first, does to tokens that are already out is not documented.",
)

ALL = (CONSENT,)
