"""Marketo Engage: users and LaunchPoint services, from files only."""

from __future__ import annotations

from connectors.marketo import departures
from connectors.marketo.exports import EXPORTS, USUAL_ACT
from stackmap.sdk import from_files

__all__ = ["CONNECTOR"]

CONNECTOR = from_files(
    "marketo",
    "marketo",
    "Marketo Engage",
    EXPORTS,
    usual_act=USUAL_ACT,
    departures=departures.ALL,
    blind_spots=(
        "Campaigns, programs, forms and lists, and which of them call webhooks: no file here holds them.",
        "As which user of the CRM the native sync signs in: look at Admin > CRM, and write it into your notes.",
        "Who administers the Adobe organisation: with Adobe's sign-in, people are kept in its Admin Console.",
        "Who knows the secret of a LaunchPoint service.",
    ),
    docs="https://experienceleague.adobe.com/docs/marketo/using/home.html",
    also_called=("Adobe Marketo", "Adobe Marketo Engage"),
)
