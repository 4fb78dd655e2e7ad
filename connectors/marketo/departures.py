"""What happens in Marketo Engage when a user goes, and how that is known.

Campaigns, programs and lists name no user that they run as: no schema of AdobeDocs/marketo-apis (static/swagger-*.json)
has such a field. So nothing here hangs on a person's login but what signs in with it.
"""

from __future__ import annotations

from stackmap.model import Act, Certainty, EdgeKind, Judgement, Outcome
from stackmap.sdk import Departure, Departures

__all__ = ["ALL", "LAUNCHPOINT_SERVICE"]

_CHECKED = "2026-11-22"
_SERVICES = "AdobeDocs/marketo-developer.en, help/rest-api/custom-services.md"

LAUNCHPOINT_SERVICE = Departures(
    "launchpoint-service",
    EdgeKind.AUTHORIZED_BY,
    "the client id and secret of a LaunchPoint service",
    (
        Departure(
            Act.REMOVED,
            Judgement(Outcome.STOPS, Certainty.POSSIBLE),
            f"{_SERVICES}: a service belongs to exactly one API-only user and has its rights from it; that its calls "
            "end with the user is concluded",
            _CHECKED,
            "Deleting the API-only user may end what signs in with the service, for it has its rights from that user.",
        ),
    ),
    "What a locked or expired API-only user does to its services is not told. Marketo hands no user's services over.",
)

ALL = (LAUNCHPOINT_SERVICE,)
