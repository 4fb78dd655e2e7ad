"""What happens in n8n when a user is switched off: which acts do what, and how that is known."""

from __future__ import annotations

from stackmap.model import Act, Certainty, EdgeKind, Judgement, Outcome
from stackmap.sdk import Departure, Departures

__all__ = ["ALL", "CREDENTIAL_HOLDER", "INSTANCE_OWNER", "WORKFLOW_OWNER"]

_CHECKED = "2026-11-22"
_DELETE_A_USER = "docs.n8n.io/administer/manage-users-and-access/add-and-remove-users: copy or delete, as chosen"
_OBSERVED = "observed on n8n 1.123.50"
_CONTROLLER = "n8n-io/n8n, packages/cli/src/controllers/users.controller.ts of 1.123.50"

_DISABLED = (
    f"{_OBSERVED} with the flag set that its directory sync sets (packages/cli/src/ldap.ee): everything goes on; only "
    "sign-in, password reset and API keys look at the flag"
)
_NOT_FROZEN = "n8n knows no frozen login: a user is there, disabled by a directory sync, or deleted."

WORKFLOW_OWNER = Departures(
    "workflow-owner",
    EdgeKind.OWNED_BY,
    "a workflow in somebody's personal project",
    (
        Departure(
            Act.DEACTIVATED,
            Judgement(Outcome.SURVIVES, Certainty.LIKELY),
            _DISABLED,
            _CHECKED,
            "A directory sync (LDAP) that disables the user stops no workflow.",
        ),
        Departure(
            Act.REMOVED,
            Judgement(Outcome.STOPS, Certainty.CERTAIN),
            f"{_DELETE_A_USER}; {_OBSERVED}: the webhook answers 404, the workflow is gone",
            _CHECKED,
            "Deleting the user without a transfer deletes the workflow at once, for good.",
        ),
        Departure(
            Act.TRANSFERRED,
            Judgement(Outcome.SURVIVES, Certainty.LIKELY),
            f"{_DELETE_A_USER}; {_OBSERVED}: the webhook still answers 200, with its own credential too",
            _CHECKED,
            "Deleting the user with a transfer hands the workflow to another project, and it runs on.",
        ),
    ),
    _NOT_FROZEN,
)

CREDENTIAL_HOLDER = Departures(
    "credential-holder",
    EdgeKind.AUTHORIZED_BY,
    "a credential in somebody's personal project",
    (
        Departure(
            Act.DEACTIVATED,
            Judgement(Outcome.SURVIVES, Certainty.LIKELY),
            _DISABLED,
            _CHECKED,
            "A directory sync (LDAP) that disables the user leaves the credential in use.",
        ),
        Departure(
            Act.REMOVED,
            Judgement(Outcome.STOPS, Certainty.CERTAIN),
            f"{_DELETE_A_USER}; {_OBSERVED}: another person's workflow that used it answers 500",
            _CHECKED,
            "Deleting the user without a transfer deletes the credential, whoever else's workflow uses it.",
        ),
        Departure(
            Act.TRANSFERRED,
            Judgement(Outcome.SURVIVES, Certainty.LIKELY),
            f"{_DELETE_A_USER}; {_OBSERVED}: a workflow transferred together with its credential still answers 200",
            _CHECKED,
            "Deleting the user with a transfer hands the credential on together with the workflows.",
        ),
    ),
    _NOT_FROZEN,
)

INSTANCE_OWNER = Departures(
    "instance-owner",
    EdgeKind.OWNED_BY,
    "the n8n instance itself",
    (
        Departure(
            Act.DEACTIVATED,
            Judgement(Outcome.SURVIVES, Certainty.LIKELY),
            "n8n-io/n8n 1.123.50, packages/cli/src: only sign-in, password reset and API keys look at a user's flag",
            _CHECKED,
            "A directory sync (LDAP) that disables the instance owner stops nothing.",
        ),
        Departure(
            Act.REMOVED,
            Judgement(Outcome.REFUSED, Certainty.LIKELY),
            f"{_OBSERVED}: 400 for one's own user; {_CONTROLLER}: nobody else may delete the instance owner either",
            _CHECKED,
            "n8n refuses to delete the instance owner.",
        ),
        Departure(
            Act.TRANSFERRED,
            Judgement(Outcome.REFUSED, Certainty.LIKELY),
            f"{_OBSERVED}: refused; {_CONTROLLER}: both refusals come before any transfer",
            _CHECKED,
            "n8n refuses to delete the instance owner, with a transfer too.",
        ),
    ),
    _NOT_FROZEN,
)

ALL = (WORKFLOW_OWNER, CREDENTIAL_HOLDER, INSTANCE_OWNER)
