"""How often each thing happens in the made-up company, as parts of one."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

__all__ = ["Mix"]


@dataclass(frozen=True, slots=True)
class Mix:
    """Shares of people first, then of their logins, then of everything that is no person (per employee).

    `forwarded` is nothing by default: a leaver's address given to the manager as a further address of theirs.
    """

    left: float = 0.18
    contractor: float = 0.06
    acquired: float = 0.08
    married: float = 0.035
    namesake: float = 0.012
    recycled: float = 0.008
    word: float = 0.012
    robotic_title: float = 0.02
    forwarded: float = 0.0

    short_name: float = 0.35
    short_address: float = 0.025
    swapped: float = 0.03
    initial: float = 0.015
    initials_only: float = 0.004
    wrong_case: float = 0.03
    nameless: float = 0.02
    plus: float = 0.02
    declared_domain: float = 0.04
    undeclared_domain: float = 0.025
    private: float = 0.008
    second_login: float = 0.012

    programs: float = 0.06
    undecidable: float = 0.012
    mailboxes: float = 0.03
    roles: float = 0.008

    def hard(self) -> Mix:
        """Twice of everything nasty; how many come and go stays."""
        kept = {"left", "contractor", "short_name", "forwarded"}
        twice = {item.name: 2 * getattr(self, item.name) for item in fields(self) if item.name not in kept}
        return replace(self, **twice, forwarded=0.03)
