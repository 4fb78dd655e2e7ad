"""What happens in Zapier when a member is removed, and how that is known.

Editions of the page "Remove members" (help.zapier.com, article 8496281082253) differ: the oldest says that shared Zaps
stay on and pass to the account owner, and that private ones turn off; a later one that private ones pass to the owner,
too; the newest lets whoever removes the member choose a new owner, and how long private connections last, and speaks no
longer of staying on. So what they say of Zaps is likely at most. A Zap fails when the connection it uses has ended.
"""

from __future__ import annotations

from stackmap.model import Act, Certainty, EdgeKind, Judgement, Outcome
from stackmap.sdk import Departure, Departures

__all__ = ["ACCOUNT_OWNER", "ALL", "PRIVATE_CONNECTION", "PRIVATE_ZAP", "SHARED_CONNECTION", "SHARED_ZAP"]

_CHECKED = "2026-11-22"
_REMOVING = (
    "https://help.zapier.com/hc/en-us/articles/8496281082253-Remove-members-from-your-Team-or-Enterprise-account"
)
_EDITIONS = f"{_REMOVING} (its editions differ)"
_OFFBOARDING = (
    f"{_EDITIONS}; https://community.zapier.com/product-updates/"
    "improved-offboarding-with-remove-member-feature-24676: Zaps and connections pass to the account owner"
)
_SHARED = (
    "https://community.zapier.com/product-updates/transferring-shared-app-connections-when-a-team-member-leaves-3025"
)
_OWNER = (
    "https://help.zapier.com/hc/en-us/articles/17946190203789-How-to-transfer-ownership-of-your-Team-or-Enterprise-"
    "account (only the owner can hand the account over); that others cannot remove the owner: "
    "https://www.stitchflow.com/user-management/zapier/manual (a third party)"
)
_REMOVED_ONLY = (
    "What becomes of this when a login is only closed is not known: Zapier's page on removing members does not speak "
    "of it, and of its page on SCIM, by which logins are closed, too, only the beginning was read."
)


def _row(act: Act, outcome: Outcome, certainty: Certainty, source: str, says: str) -> Departure:
    return Departure(act, Judgement(outcome, certainty), source, _CHECKED, says)


PRIVATE_ZAP = Departures(
    "private-zap",
    EdgeKind.OWNED_BY,
    "a Zap that only its owner can see",
    (
        _row(
            Act.REMOVED,
            Outcome.MOVED,
            Certainty.LIKELY,
            _OFFBOARDING,
            "The Zap passes to the account owner, or to whoever is chosen in the dialogue. One edition of the page "
            "said that it is turned off. On a private connection it fails when that ends.",
        ),
        _row(
            Act.TRANSFERRED,
            Outcome.SURVIVES,
            Certainty.LIKELY,
            _EDITIONS,
            "The Zap belongs to whoever was chosen. On a private connection it fails when that ends.",
        ),
    ),
    _REMOVED_ONLY,
)

SHARED_ZAP = Departures(
    "shared-zap",
    EdgeKind.OWNED_BY,
    "a Zap that is shared",
    (
        _row(
            Act.REMOVED,
            Outcome.MOVED,
            Certainty.LIKELY,
            _OFFBOARDING,
            "The Zap passes to the account owner, or to whoever is chosen in the dialogue. On a private connection it "
            "fails when that ends.",
        ),
        _row(
            Act.TRANSFERRED,
            Outcome.SURVIVES,
            Certainty.LIKELY,
            _EDITIONS,
            "The Zap belongs to whoever was chosen. On a private connection it fails when that ends.",
        ),
    ),
    _REMOVED_ONLY,
)

PRIVATE_CONNECTION = Departures(
    "private-connection",
    EdgeKind.AUTHORIZED_BY,
    "a connection to an app that only its owner can use",
    tuple(
        _row(
            act,
            Outcome.LATER,
            Certainty.LIKELY,
            _EDITIONS,
            "It ends 30 days after the member is removed, or when the app lets it expire, as chosen in the dialogue.",
        )
        for act in (Act.REMOVED, Act.TRANSFERRED)
    ),
    _REMOVED_ONLY,
)

SHARED_CONNECTION = Departures(
    "shared-connection",
    EdgeKind.AUTHORIZED_BY,
    "a connection to an app that is shared",
    (
        _row(
            Act.REMOVED,
            Outcome.MOVED,
            Certainty.CERTAIN,
            _SHARED,
            "The connection passes to the account owner, and Zaps that use it go on.",
        ),
        _row(
            Act.TRANSFERRED,
            Outcome.SURVIVES,
            Certainty.LIKELY,
            _EDITIONS,
            "The connection belongs to whoever was chosen.",
        ),
    ),
    _REMOVED_ONLY,
)

ACCOUNT_OWNER = Departures(
    "account-owner",
    EdgeKind.OWNED_BY,
    "the Zapier account itself",
    tuple(
        _row(
            act,
            Outcome.REFUSED,
            Certainty.LIKELY,
            _OWNER,
            "The owner cannot be removed before handing the account over, which nobody else can do, Zapier included.",
        )
        for act in (Act.REMOVED, Act.TRANSFERRED)
    ),
    (
        "What becomes of the account when the owner's login is only closed is not told. An owner who deletes the own "
        "account deletes everybody's: "
        "https://help.zapier.com/hc/en-us/articles/17946190203789-How-to-transfer-ownership-of-your-Team-or-Enterprise-"
        "account."
    ),
)

ALL = (PRIVATE_ZAP, SHARED_ZAP, PRIVATE_CONNECTION, SHARED_CONNECTION, ACCOUNT_OWNER)
