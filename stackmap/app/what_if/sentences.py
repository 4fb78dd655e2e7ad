"""The sentences that say what is supposed: a few verbs, and names as people write them on both sides."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from stackmap.app.people.unclear import shown
from stackmap.app.what_if.forms import forms_told
from stackmap.errors import UsageError

__all__ = ["Sentence", "Verb", "readings_of", "unquoted"]


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
    RUNS_AS = "runs as"
    ALSO_RUNS_AS = "also runs as"
    IS_AUTHORISED_BY = "is authorised by"
    BELONGS_TO = "belongs to"
    HANDS_WORK_TO = "hands work to"
    ALARMS = "alarms"


_OTHER_WORDS = {
    "is switched off": Verb.IS_OFF,
    "is on": Verb.IS_BACK,
    "is authorized by": Verb.IS_AUTHORISED_BY,
    "was authorised by": Verb.IS_AUTHORISED_BY,
    "was authorized by": Verb.IS_AUTHORISED_BY,
    "signs in as": Verb.RUNS_AS,
    "also signs in as": Verb.ALSO_RUNS_AS,
}
_VERBS = {verb.value: verb for verb in Verb} | _OTHER_WORDS
_OF_ONE = frozenset({Verb.IS_OFF, Verb.IS_BACK})
_WITHOUT = "without "
_QUOTES = {'"': '"', "\u201c": "\u201d", "'": "'"}
_PHRASE = re.compile(
    r"(?<!\S)(?:" + "|".join(word.replace(" ", r"\s+") for word in sorted(_VERBS, key=len, reverse=True)) + r")(?!\S)",
    re.IGNORECASE,
)
_QUOTED = re.compile('"[^"]*"|\u201c[^\u201d]*\u201d')


@dataclass(frozen=True, slots=True)
class Sentence:
    """One way to read a sentence: whose, what, and of whom. `object` is "" where a verb has none."""

    text: str
    verb: Verb
    subject: str
    object: str = ""


def readings_of(text: str) -> list[Sentence]:
    """Every way to part a sentence at a verb. Raises UsageError where it has none, or a name is missing.

    Names may hold verbs themselves: which way is meant, only the names there are can tell. What stands in double
    quotation marks is one name.
    """
    if text.casefold().startswith(_WITHOUT):
        found = [Sentence(text, Verb.IS_OFF, text[len(_WITHOUT) :].strip())]
    else:
        found = list(_parted(text))
    if not found:
        raise UsageError(f"no verb that is known in the sentence {shown(text)}.\nWhat can be said:\n{forms_told()}")
    whole = [one for one in found if one.subject and bool(one.object) is not (one.verb in _OF_ONE)]
    if not whole:
        raise UsageError(
            f"a name is missing, or one too many, in the sentence {shown(text)}.\nWhat can be said:\n{forms_told()}"
        )
    return whole


def unquoted(word: str) -> str:
    """A name without quotation marks around it."""
    return word[1:-1].strip() if len(word) > 1 and _QUOTES.get(word[0]) == word[-1] else word


def _parted(text: str) -> Iterator[Sentence]:
    masked = _QUOTED.sub(lambda quoted: "\0" * len(quoted[0]), text)
    for found in _PHRASE.finditer(masked):
        verb = _VERBS[" ".join(found[0].casefold().split())]
        yield Sentence(text, verb, text[: found.start()].strip(), text[found.end() :].strip())
