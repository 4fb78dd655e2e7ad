"""What happens when a default user whom no API tells is deactivated or frozen, and how that is known."""

from __future__ import annotations

from stackmap.model import Act, Certainty, EdgeKind, Judgement, Outcome
from stackmap.sdk import Departure, Departures

__all__ = ["DEFAULT_LEAD_OWNER", "DEFAULT_WORKFLOW_USER", "LEAD_CREATOR", "WANTED"]

_CHECKED = "2026-11-22"
_PLACES = "https://help.salesforce.com/apex/HTViewSolution?id=000187291"
_CREATOR = "https://help.salesforce.com/s/articleView?id=000384761&type=1"
_WORKFLOW = "https://help.salesforce.com/s/articleView?id=000384586&type=1"
_NEVER_REMOVED = (
    "Salesforce has no deletion of users and hands nothing over: they are deactivated, or frozen for a while."
)


def _table(name: str, relation: EdgeKind, thing: str, who: str, source: str) -> Departures:
    return Departures(
        name,
        relation,
        thing,
        (
            Departure(
                Act.DEACTIVATED,
                Judgement(Outcome.REFUSED, Certainty.CERTAIN),
                source,
                _CHECKED,
                f"Salesforce refuses to deactivate {who} until another one is named.",
            ),
            Departure(
                Act.FROZEN,
                Judgement(Outcome.SURVIVES, Certainty.POSSIBLE),
                f"{_CREATOR} (freezing is offered); that everything goes on meanwhile is our reasoning",
                _CHECKED,
                f"A login can be frozen while it is still {who}.",
            ),
        ),
        _NEVER_REMOVED,
    )


DEFAULT_LEAD_OWNER = _table(
    "default-lead-owner",
    EdgeKind.ROUTES_TO,
    "the org's default lead owner",
    "the default lead owner",
    _PLACES,
)

LEAD_CREATOR = _table(
    "default-lead-creator",
    EdgeKind.RUNS_AS,
    "the org's default creator of leads from web forms",
    "the default lead creator",
    f"{_PLACES}; {_CREATOR}",
)

DEFAULT_WORKFLOW_USER = _table(
    "default-workflow-user",
    EdgeKind.RUNS_AS,
    "the org's default workflow user",
    "the default workflow user",
    f"{_PLACES}; {_WORKFLOW}",
)

WANTED = (DEFAULT_LEAD_OWNER, LEAD_CREATOR, DEFAULT_WORKFLOW_USER)
