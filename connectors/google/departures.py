"""What happens to a consent when the account that gave it is switched off, and how that is known."""

from __future__ import annotations

from stackmap.model import Act, Certainty, EdgeKind, Judgement, Outcome
from stackmap.sdk import Departure, Departures

__all__ = ["ALL", "APP_PASSWORD", "CONSENT"]

_CHECKED = "2026-11-22"
_NO_WORD = (
    "Google's pages on suspending (support.google.com/a/answer/33312) and archiving users say nothing of the apps "
    "that they let in. Its advice for leavers begins with a new password (support.google.com/a/answer/6329207), which "
    "ends the consents of apps with rights to mail (support.google.com/a/answer/6328616); the others have to be "
    "revoked one by one (knowledge.workspace.google.com/admin/users/maintain-data-security-after-an-employee-leaves)."
)

CONSENT = Departures(
    "consent",
    EdgeKind.AUTHORIZED_BY,
    "an app that somebody let in",
    (
        Departure(
            Act.REMOVED,
            Judgement(Outcome.STOPS, Certainty.LIKELY),
            "lifestack.dev/article/2017/09/25/deleting-gsuite-accounts: a deleted user's token is no longer valid (one "
            "third party, in 2017)",
            _CHECKED,
            "What an app does with a user's consent fails when that user's account is deleted.",
        ),
    ),
    _NO_WORD,
)

APP_PASSWORD = Departures(
    "app-password",
    EdgeKind.AUTHORIZED_BY,
    "an app password",
    (),
    "Google's pages do not say when an app password of somebody suspended or deleted ends. What a new password does to "
    "it they tell differently: no impact (support.google.com/a/answer/6328616), or, as copies of its page on resetting "
    "passwords have it, that all are revoked. Revoke them yourself.",
)

ALL = (CONSENT, APP_PASSWORD)
