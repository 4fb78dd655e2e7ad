"""The sentences that say what is supposed: a few verbs, and names as people write them on both sides."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from stackmap.app.lists import masked
from stackmap.errors import UsageError

__all__ = ["NoSentenceError", "Sentence", "Verb", "readings_of"]


class NoSentenceError(UsageError):
    """What was said has none of the forms that are known."""


class Verb(StrEnum):
    """What stands between two names, as answers say it."""

    IS_OFF = "is off"
    IS_BACK = "is back"
    ADMINISTERS = "administers"
    ADMINISTERS_NO_LONGER = "no longer administers"
    OWNS = "owns"
    OWNS_NO_LONGER = "no longer owns"
    HOLDS = "holds"
    HOLDS_NO_LONGER = "no longer holds"
    IS_MEMBER = "is a member of"
    IS_MEMBER_NO_LONGER = "is no longer a member of"
    RUNS_AS = "runs as"
    ALSO_RUNS_AS = "also runs as"
    IS_AUTHORISED_BY = "is authorised by"
    BELONGS_TO = "belongs to"
    HANDS_WORK_TO = "hands work to"
    ALARMS = "alarms"


_OTHER_WORDS = {
    "is switched off": Verb.IS_OFF,
    "has left": Verb.IS_OFF,
    "leaves": Verb.IS_OFF,
    "is on": Verb.IS_BACK,
    "is switched on": Verb.IS_BACK,
    "also administers": Verb.ADMINISTERS,
    "also owns": Verb.OWNS,
    "also holds": Verb.HOLDS,
    "also alarms": Verb.ALARMS,
    "is the owner of": Verb.OWNS,
    "is an owner of": Verb.OWNS,
    "is member of": Verb.IS_MEMBER,
    "is also a member of": Verb.IS_MEMBER,
    "is no longer member of": Verb.IS_MEMBER_NO_LONGER,
    "is no longer the owner of": Verb.OWNS_NO_LONGER,
    "is no longer an owner of": Verb.OWNS_NO_LONGER,
    "is authorized by": Verb.IS_AUTHORISED_BY,
    "was authorised by": Verb.IS_AUTHORISED_BY,
    "was authorized by": Verb.IS_AUTHORISED_BY,
    "signs in as": Verb.RUNS_AS,
    "also signs in as": Verb.ALSO_RUNS_AS,
}
_ADMINISTRATORS = ("an administrator of", "administrator of", "an admin of", "admin of")
_VERBS = (
    {verb.value: verb for verb in Verb}
    | _OTHER_WORDS
    | {f"is {words}": Verb.ADMINISTERS for words in _ADMINISTRATORS}
    | {f"is also {words}": Verb.ADMINISTERS for words in _ADMINISTRATORS}
    | {f"is no longer {words}": Verb.ADMINISTERS_NO_LONGER for words in _ADMINISTRATORS}
)
_LONGEST = 3000
"""Letters of a sentence: two names with their systems, or two ids, are far shorter."""

_OF_ONE = frozenset({Verb.IS_OFF, Verb.IS_BACK})
_WITHOUT = "without "
_PHRASE = re.compile(
    r"(?<!\S)(?:" + "|".join(word.replace(" ", r"\s+") for word in sorted(_VERBS, key=len, reverse=True)) + r")(?!\S)",
    re.IGNORECASE,
)
_OPEN = ('"', "\u201c")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One way to read a sentence: whose, what, and of whom. `object` is "" where a verb has none."""

    text: str
    verb: Verb
    subject: str
    object: str = ""


def readings_of(text: str) -> list[Sentence]:
    """Every way to part a sentence at a verb. Raises NoSentenceError where it has none, or a name is missing, and
    UsageError where a quotation mark is open.

    Names may hold verbs themselves: which way is meant, only the names there are can tell. What stands in double
    quotation marks is one name.
    """
    if len(text) > _LONGEST:
        raise UsageError(f"it has {len(text)} characters, and a sentence at most {_LONGEST}: write one a line")
    if any(mark in masked(text) for mark in _OPEN):
        raise UsageError('a quotation mark is not closed: put " on both sides of a name, or none')
    if text.casefold().startswith(_WITHOUT):
        found = [Sentence(text, Verb.IS_OFF, text[len(_WITHOUT) :].strip())]
    else:
        found = list(_parted(text))
    if not found:
        raise NoSentenceError("no verb that is known")
    whole = [one for one in found if one.subject and bool(one.object) is not (one.verb in _OF_ONE)]
    if not whole:
        raise NoSentenceError("a name is missing, or one too many")
    return whole


def _parted(text: str) -> Iterator[Sentence]:
    for found in _PHRASE.finditer(masked(text)):
        verb = _VERBS[" ".join(found[0].casefold().split())]
        yield Sentence(text, verb, text[: found.start()].strip(), text[found.end() :].strip())
