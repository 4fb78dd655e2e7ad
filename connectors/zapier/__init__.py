"""Zapier: members, Zaps and connections, from files only."""

from __future__ import annotations

from connectors.zapier import departures
from connectors.zapier.exports import EXPORTS, USUAL_ACT
from stackmap.sdk import from_files

__all__ = ["CONNECTOR"]

CONNECTOR = from_files(
    "zapier",
    "zapier",
    "Zapier",
    EXPORTS,
    usual_act=USUAL_ACT,
    departures=departures.ALL,
    blind_spots=(
        (
            "Which Zap uses which connection: the files do not tell, so any Zap may run on a private connection, which "
            "ends."
        ),
        "What a Zap reads and writes, and whether it is switched on: the files do not tell.",
        "Members whose file nobody has downloaded: the file shows one member's Zaps and connections, and not whose.",
        "When a member was last there.",
    ),
    docs="https://help.zapier.com/hc/en-us/articles/8496281082253-Remove-members-from-your-Team-or-Enterprise-account",
)
