"""Evidence and the like as the machine-readable outputs write it."""

from __future__ import annotations

from typing import Any

from stackmap.model import Evidence

__all__ = ["evidence_dict"]


def evidence_dict(evidence: Evidence) -> dict[str, Any]:
    """One piece of evidence. `link` is null where the vendor's screen is not known."""
    return {
        "source": evidence.source,
        "inventory": evidence.inventory,
        "record": evidence.record,
        "how": evidence.how.value,
        "link": evidence.link or None,
    }
