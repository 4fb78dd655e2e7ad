"""People whom no source names: whoever holds a login that is tied to nobody, and at worst all of them as one."""

from __future__ import annotations

__all__ = ["ANONYMOUS", "anonymous_id", "anonymous_login", "is_anonymous"]

ANONYMOUS = "anonymous"
"""At worst, everybody whom no source names counts as this one person (semantics, rule 20)."""

_PREFIX = f"{ANONYMOUS}/"


def anonymous_id(account_id: str) -> str:
    """The person whom a human login tied to nobody stands for."""
    return f"{_PREFIX}{account_id}"


def anonymous_login(person: str) -> str | None:
    """The login that such a person stands for; None for all others, and for all of them as one."""
    login = person.removeprefix(_PREFIX)
    return None if login == person else login


def is_anonymous(person: str) -> bool:
    """Whether no source names this person; so too of all of them as one."""
    return person == ANONYMOUS or person.startswith(_PREFIX)
