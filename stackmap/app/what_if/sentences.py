"""The sentences that say what is supposed: a few verbs, and names as people write them on both sides."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from stackmap.app.people.unclear import shown
from stackmap.errors import UsageError
from stackmap.render.guards import plain

__all__ = ["NoSentenceError", "Said", "Sentence", "Verb", "masked", "readings_of", "unquoted"]


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
_OF_ONE = frozenset({Verb.IS_OFF, Verb.IS_BACK})
_WITHOUT = "without "
_QUOTES = {'"': '"', "\u201c": "\u201d", "'": "'"}
_PHRASE = re.compile(
    r"(?<!\S)(?:" + "|".join(word.replace(" ", r"\s+") for word in sorted(_VERBS, key=len, reverse=True)) + r")(?!\S)",
    re.IGNORECASE,
)
_QUOTED = re.compile('"[^"]*"|\u201c[^\u201d]*\u201d')
_OPEN = ('"', "\u201c")


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence as somebody gave it: on the command line, or in a `line` of a `file`."""

    text: str
    file: str = ""
    line: int = 0

    @property
    def told(self) -> str:
        """The sentence with its place, as an error begins."""
        where = f"{plain(self.file)}:{self.line}: in the line" if self.file else "in the sentence"
        return f"{where} {shown(self.text)}"


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


def masked(text: str) -> str:
    """A text of the same length in which nothing of what stands in double quotation marks is left."""
    return _QUOTED.sub(lambda quoted: "\0" * len(quoted[0]), text)


def unquoted(word: str) -> str:
    """A name without quotation marks around it."""
    return word[1:-1].strip() if len(word) > 1 and _QUOTES.get(word[0]) == word[-1] else word


def _parted(text: str) -> Iterator[Sentence]:
    for found in _PHRASE.finditer(masked(text)):
        verb = _VERBS[" ".join(found[0].casefold().split())]
        yield Sentence(text, verb, text[: found.start()].strip(), text[found.end() :].strip())
