"""Which type a login has, from its own evidence and with reasons in words. Who it belongs to comes later.

The words that tell are data: `ROBOT_WORDS`, `WEAK_ROBOT_WORDS` and `ROLE_MAILBOXES`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from stackmap.identity.emails import local_part
from stackmap.model import AccountType

__all__ = ["ROBOT_WORDS", "ROLE_MAILBOXES", "WEAK_ROBOT_WORDS", "Given", "Traits", "TypeJudgement", "judge_type"]


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


ROBOT_WORDS = _set(
    """api automation automations connector cron daemon etl integration integrations noreply scheduler service
    serviceaccount svc sync webhook"""
)
"""A login named so signs in for a program, whoever's name stands beside it."""

WEAK_ROBOT_WORDS = _set("bot batch robot script system test")
"""These are also people's names or habits: they only tell where nothing points at a person."""

_ANY_ROBOT_WORD = ROBOT_WORDS | WEAK_ROBOT_WORDS

ROLE_MAILBOXES = _set(
    """accounts admin admins billing campaigns careers contact crm customercare customerservice customersupport
    events events-team feedback finance hello helpdesk hr info it jobs legal leads mail marketing marketing-ops
    marketingops mops newsletter office ops partners postmaster press privacy revops sales sales-ops salesops
    security social socialmedia support team webinar webinars webmaster"""
)
"""Mailboxes of a function. Several people read them, so several can sign in with them."""

_TEAM_SUFFIXES = ("team", "crew", "group")
_MIN_NAME = 2
_LETTERS = re.compile(r"[^\W\d_]+")
_NO_REPLY = re.compile(r"\b(no|do[\W_]?not)[\W_]?reply\b")
_FULL_NAME = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_BETWEEN = re.compile(r"[\s.,]+")
_INSIDE = re.compile(r"['’._-]|\d+$")


@dataclass(frozen=True, slots=True)
class Given:
    """A type that a source gives: who says so, in words, and with which reasons."""

    type: AccountType
    says: str
    reasons: tuple[str, ...] = ()


@dataclass(slots=True)
class Traits:
    """What is known about one login: what sources call it, its addresses, and the types they give."""

    names: set[str] = field(default_factory=set)
    emails: set[str] = field(default_factory=set)
    declared: list[Given] = field(default_factory=list)
    observed: list[Given] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class TypeJudgement:
    """A type, and why, one sentence each."""

    type: AccountType
    reasons: tuple[str, ...]


def judge_type(traits: Traits) -> TypeJudgement:
    """The declared type, else the type that the systems give, else what name and address tell, else unknown."""
    if traits.declared:
        return _given(traits.declared)
    observed = [given for given in traits.observed if given.type is not AccountType.UNKNOWN]
    if observed:
        return _given(observed)
    return _by_signs(traits)


def _given(given: Iterable[Given]) -> TypeJudgement:
    ordered = sorted(given, key=lambda item: (item.type.value, item.says, item.reasons))
    types = {item.type for item in ordered}
    reasons = [reason for item in ordered for reason in (item.reasons or (f"{item.says}: {item.type.value}",))]
    if len(types) == 1:
        return TypeJudgement(ordered[0].type, tuple(dict.fromkeys(reasons)))
    sides = " but ".join(dict.fromkeys(f"{item.says}: {item.type.value}" for item in ordered))
    return TypeJudgement(AccountType.UNKNOWN, (f"the sources differ: {sides}",))


@dataclass(frozen=True, slots=True)
class _Sign:
    type: AccountType
    reason: str
    weak: bool = False


def _by_signs(traits: Traits) -> TypeJudgement:
    signs = sorted(set(_signs(traits)), key=lambda sign: (sign.weak, sign.type.value, sign.reason))
    strong = [sign for sign in signs if not sign.weak]
    for wanted in (AccountType.SHARED, AccountType.INTEGRATION):
        if found := tuple(sign.reason for sign in strong if sign.type is wanted):
            return TypeJudgement(wanted, found)
    reasons = tuple(sign.reason for sign in signs)
    types = {sign.type for sign in signs}
    if len(types) == 1:
        return TypeJudgement(types.pop(), reasons)
    none = ("neither its name nor its address tells whether a person uses it",)
    return TypeJudgement(AccountType.UNKNOWN, reasons or none)


def _signs(traits: Traits) -> Iterator[_Sign]:
    locals_ = {local_part(address) for address in traits.emails}
    for local in locals_:
        if _is_role(local):
            yield _Sign(AccountType.SHARED, f"its address is a role mailbox ({local}@)")
    for text, what in [*((name, "name") for name in traits.names), *((local, "address") for local in locals_)]:
        words = _words(text.rpartition("@")[0] or text)
        for word in words & _ANY_ROBOT_WORD:
            yield _Sign(AccountType.INTEGRATION, f"its {what} holds the word {word!r}", word in WEAK_ROBOT_WORDS)
    if any(_is_personal(name, local) for name in traits.names for local in locals_):
        yield _Sign(AccountType.HUMAN, "it has a first and a last name, and an address made of them", weak=True)


def _is_role(local: str) -> bool:
    """A role by itself, or a team's name: `marketing`, `marketing.emea`, `growth-team`."""
    parts = local.replace(".", "-").replace("_", "-").split("-")
    return (
        local in ROLE_MAILBOXES
        or (parts[0] in ROLE_MAILBOXES and len(parts) > 1)
        or (parts[-1] in _TEAM_SUFFIXES and len(parts) > 1)
    )


def _words(text: str) -> set[str]:
    folded = text.casefold()
    words = set(_LETTERS.findall(folded))
    if "reply" in folded and _NO_REPLY.search(folded):
        words.add("noreply")
    return words


def _is_personal(name: str, local: str) -> bool:
    """Whether a mailbox is made of a first and a last name: dana.okafor, dokafor, danao, okafor.d, dana, okafor."""
    parts = [part for part in _BETWEEN.split(_plain(name)) if part]
    if len(parts) < _MIN_NAME or not all(map(_FULL_NAME.fullmatch, parts)):
        return False
    whole = _INSIDE.sub("", "".join(parts))
    first, last = _INSIDE.sub("", parts[0]), _INSIDE.sub("", parts[-1])
    known = {whole, first, last, first + last, last + first, first[0] + last, first + last[0]}
    known |= {last + first[0], last[0] + first}
    return _INSIDE.sub("", _plain(local)) in known


def _plain(text: str) -> str:
    """Folded, and without accents."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char))
