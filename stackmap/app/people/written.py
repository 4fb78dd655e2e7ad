"""How answers write a login: with its system, with what it is, with whose it is; taken apart again."""

from __future__ import annotations

import re
from collections.abc import Iterator

from stackmap.model import Act

__all__ = ["bare_logins", "parted_at", "whose_login"]

_IN = " in "
"""Parts a login from its system, as answers write it."""

_BEFORE = ("the login ", "login ", "whoever holds ")
"""What answers put before the name of a login, and of whoever holds one that is nobody's."""

_BEHIND = tuple(f" ({word})" for word in ("shared login", *(act.value for act in Act)))
"""What answers put behind it: of secrets to change, and of logins that go off."""

_WHOSE = re.compile(r"(?P<who>.+?)['\u2019]s\s+login(?:\s+(?P<which>.+))?", re.IGNORECASE)


def bare_logins(text: str) -> Iterator[str]:
    """A login without what is said before and behind its name, the least taken away first."""
    bare = text.strip()
    yield bare
    if behind := next((one for one in _BEHIND if bare.casefold().endswith(one)), ""):
        bare = bare[: -len(behind)].strip()
        yield bare
    if before := next((one for one in _BEFORE if bare.casefold().startswith(one)), ""):
        yield bare[len(before) :].strip()


def parted_at(text: str, parts: str) -> Iterator[tuple[str, str]]:
    """A system and a login, wherever one of these signs may part the two."""
    for at, char in enumerate(text):
        if char in parts:
            yield text[:at].strip(), text[at + 1 :].strip()


def placed_in(text: str) -> Iterator[tuple[str, str]]:
    """The same of "d.kim in Salesforce", the longest name of a login first."""
    at = text.rfind(_IN)
    while at > 0:
        yield text[at + len(_IN) :].strip(), text[:at].strip()
        at = text.rfind(_IN, 0, at)


def whose_login(text: str) -> tuple[str, str] | None:
    """Of "Dana Okafor's login d.okafor in n8n" whose it is, and which ("" where nothing follows); None for others."""
    found = _WHOSE.fullmatch(text.strip())
    return (found["who"], found["which"] or "") if found else None
