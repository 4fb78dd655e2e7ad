"""What a platform does when a login goes off, and who says so: shown on the map beside the evidence of a link."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date

from stackmap.model import Act, Link, Policy
from stackmap.render.map_page import Proof
from stackmap.render.map_words import WORDS
from stackmap.render.sources import link_row
from stackmap.render.words import full_day
from stackmap.sdk import Connector, Departures

__all__ = ["row_proofs", "said_of"]

_ADDRESS = re.compile(r"https://[^\s;,)\]]+[^\s;,)\].:]")


def row_proofs(connectors: Iterable[Connector], policy: Policy) -> Mapping[str, Proof]:
    """Every departures row (`product:row`) under its platform's usual act, with the source's address as link.

    Notes that say otherwise stand in its place.
    """
    found: dict[str, Proof] = {}
    for connector in connectors:
        for table in connector.departures:
            name = f"{connector.product}:{table.name}"
            found.setdefault(name, _proof(name, table, connector.usual_act, policy))
    return found


def _proof(name: str, table: Departures, act: Act, policy: Policy) -> Proof:
    noted = policy.rows[name].by_act.get(act) if name in policy.rows else None
    if noted is not None:
        return Proof(_happens(noted.outcome.value, act), name, "your notes", noted.certainty.word, "")
    for row in table.rows:
        if row.act is act:
            address = _ADDRESS.search(row.source)
            happens = _happens(row.judgement.outcome.value, act)
            checked = f"checked {full_day(date.fromisoformat(row.checked))}"
            return Proof(
                happens, name, row.source, row.judgement.certainty.word, checked, address.group() if address else ""
            )
    return Proof(_happens("unknown", act), name, table.gap, "not known", "")


def _happens(outcome: str, act: Act) -> str:
    return f"{WORDS[outcome].one if outcome in WORDS else outcome} when the login is {act.value}"


def said_of(rows: Mapping[str, Proof], links: Iterable[Link]) -> tuple[Proof, ...]:
    """The rows that judge these links, each once."""
    names = dict.fromkeys(link_row(link) for link in links)
    return tuple(rows[name] for name in names if name in rows)
