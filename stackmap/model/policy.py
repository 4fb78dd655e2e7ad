"""What people decide: weights, overridden departure rows, accepted findings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from stackmap.model.facts import Outcomes

__all__ = ["Acceptance", "Policy"]


@dataclass(frozen=True, slots=True)
class Acceptance:
    """A finding somebody lives with: which one, why, who says so, until when."""

    code: str
    subject: str
    reason: str
    owner: str
    until: date


@dataclass(frozen=True, slots=True)
class Policy:
    """`rows` replaces departures rows by name (`n8n:workflow-owner`); `weights` maps a thing's id to its weight.

    Each of `domains` lists e-mail domains that lead to the same mailboxes.
    """

    acceptances: tuple[Acceptance, ...] = ()
    rows: Mapping[str, Outcomes] = field(default_factory=dict)
    weights: Mapping[str, float] = field(default_factory=dict)
    domains: tuple[tuple[str, ...], ...] = ()
