"""Findings: what a rule says about a stack, and what it could not say."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import IntEnum

from stackmap.model.facts import Evidence
from stackmap.model.policy import Acceptance

__all__ = ["Finding", "NotEvaluated", "Severity", "fingerprint"]


class Severity(IntEnum):
    """How bad it is when the person leaves; a larger number is worse."""

    INFO = 0
    LOW = 1
    MEDIUM = 2
    HIGH = 3
    CRITICAL = 4

    @property
    def word(self) -> str:
        """The word used in files and outputs."""
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class Finding:
    """One hit of one rule. `path` holds ids of things and accounts that led to it, never of persons.

    `graded` says why the severity is not the rule's own.
    """

    code: str
    severity: Severity
    title: str
    subject: str
    because: str
    path: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    fix: str
    fingerprint: str
    accepted: Acceptance | None = None
    graded: str = ""


@dataclass(frozen=True, slots=True)
class NotEvaluated:
    """A rule that could not be judged in one system, because these inventories were not wholly read."""

    code: str
    system: str
    inventories: tuple[str, ...]
    reason: str


def fingerprint(code: str, subject: str, path: tuple[str, ...]) -> str:
    """16 hex digits that stay the same while wording, severity and persons change."""
    text = "\x1f".join((code, subject, *path))
    return hashlib.sha256(text.encode()).hexdigest()[:16]
