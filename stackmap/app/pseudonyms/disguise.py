"""Stand-ins for people in everything that is shown: one pass over all strings of a reading."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from urllib.parse import quote, unquote

from stackmap.app.names.forms import Form
from stackmap.app.names.matching import GLUE, Letters, NameMatcher, read_letters
from stackmap.app.pseudonyms.hashes import Hashes
from stackmap.app.pseudonyms.initials import Initials
from stackmap.app.pseudonyms.nicknames import is_function, nickname_forms
from stackmap.app.pseudonyms.phones import without_phones
from stackmap.app.pseudonyms.subjects import NO_MAIL, Subject, code_of, forms_of
from stackmap.identity.given_names import GIVEN_NAMES
from stackmap.model import normalise_email

__all__ = ["SEVERAL", "Disguise"]

SEVERAL = "somebody"
"""Where a name fits more than one person."""

_EMAIL = re.compile(r"[^\s@,;:<>()\[\]\"'/=|]+@[\w-]+(?:\.[\w-]+)+")
_NUMBERED = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_ENCODED = re.compile(r"[^\s\"'<>]*%[0-9A-Fa-f]{2}[^\s\"'<>]*")
_LETTER = re.compile(r"[^\W\d_]")
_BETWEEN = re.compile(r"[\s.,_-]*(?:[^\W\d_]\.?)?[\s.,_-]*")
_PLAIN_WORD = re.compile(r"(?:\A|(?<=[\s(]))[a-z]+(?=[\s.,;:)]|\Z)")
_FILE = re.compile(r"\.(?:csv|jsonl?|tsv|txt|xlsx?|ya?ml)\b", re.IGNORECASE)


class _Way(Enum):
    """How a text is read, and what is to stand in it."""

    TEXT = auto()
    WORD = auto()
    """A stand-in has to be one word, as in an id."""
    SENTENCE = auto()
    """stackmap speaks: its own words are nobody's name."""


@dataclass(frozen=True, slots=True)
class _Named:
    """From where to where a text names whom: None where that is not clear."""

    start: int
    end: int
    subject: Subject | None


class Disguise:
    """Replaces what these people are called. The same text always gives the same text.

    `only`: the ids of those who are replaced; the others' names stay, and so does every address that is nobody's here.
    `hashes`: of their addresses, where those are to be replaced as well.
    """

    def __init__(
        self,
        subjects: Sequence[Subject],
        taken: Collection[str],
        salt: str,
        only: Collection[str] | None = None,
        hashes: Hashes | None = None,
    ) -> None:
        self._salt = salt
        self._only = only
        self._hashes = hashes or Hashes()
        self._by_email = {email: subject for subject in subjects for email in subject.emails}
        self._by_number = {number.casefold(): subject for subject in subjects for number in subject.numbers}
        self._owners, forms = _forms(subjects, taken)
        self._names = NameMatcher(forms)
        self._initials = Initials([one for one in subjects if self._is_meant(one)], SEVERAL, loosely=only is None)
        self._known: dict[tuple[str, _Way, str], str] = {}

    def text(self, text: str) -> str:
        """The text without names, addresses, initials and telephone numbers."""
        return self._once(text, _Way.TEXT)

    def sentence(self, text: str) -> str:
        """A sentence of stackmap's own without what it repeats of others: names, files, variables.

        Its own words stay, whoever is called Writer: a stand-in in their place would tell the name. Others' stand in
        it with a capital or a sign, or several together; a plain word alone is ours, unless it is a given name.
        """
        return self._once(text, _Way.SENTENCE)

    def part(self, text: str, whose: Subject | None = None) -> str:
        """One part of an id, encoded as it was. `whose`: who is meant where a name fits several."""
        bare = unquote(text)
        said = self._once(bare, _Way.WORD, whose)
        return text if said == bare else quote(said, safe="-_.~")

    def line(self, text: str) -> str:
        """A line of notes, where a stand-in has to be one word."""
        return self._once(text, _Way.WORD)

    def number(self, number: str) -> str:
        """What stands for an employee number, whoever has it."""
        subject = self._by_number.get(number.casefold())
        return subject.token if subject and self._is_meant(subject) else self._unknown(number)

    def _unknown(self, number: str) -> str:
        return number if self._only is not None else f"number-{code_of(self._salt, number, 6).lower()}"

    def names(self, text: str) -> bool:
        """Whether a text names one of those who are replaced, initials aside."""
        if self._hashes.replaced(text) != text:
            return True
        if any(self._address(found[0]) != found[0] for found in _EMAIL.finditer(text)):
            return True
        return self._with_numbers(text) != text or self._without_names(text, _Way.TEXT, None) != text

    def _once(self, text: str, way: _Way, whose: Subject | None = None) -> str:
        key = text, way, whose.id if whose else ""
        if key not in self._known:
            self._known[key] = self._replaced(text, way, whose)
        return self._known[key]

    def _is_meant(self, subject: Subject) -> bool:
        return self._only is None or subject.id in self._only

    def _replaced(self, text: str, way: _Way, whose: Subject | None) -> str:
        text = self._hashes.replaced(text)
        if not _LETTER.search(text):  # most vendors' ids
            return self._without_phones(text)
        composed = text if text.isascii() else _composed(text)
        said = _ENCODED.sub(lambda found: self._encoded(found[0], whose), composed) if "%" in composed else composed
        said = _EMAIL.sub(lambda found: self._address(found[0]), said) if "@" in said else said
        said = self._with_numbers(said)
        said = self._initials.replaced(self._without_names(said, way, whose))
        said = self._without_phones(said)
        return text if said == composed else said

    def _without_phones(self, text: str) -> str:
        return text if self._only is not None else without_phones(text)

    def _encoded(self, text: str, whose: Subject | None) -> str:
        bare = unquote(text)
        said = self._once(bare, _Way.WORD, whose)
        return text if said == bare else quote(said, safe="/:?&=#@+-_.~,;()!*[]")

    def _address(self, email: str) -> str:
        local, _, domain = email.partition("@")
        if domain == NO_MAIL:
            return email
        if subject := self._by_email.get(normalise_email(email)):
            return email if is_function(local) or not self._is_meant(subject) else subject.address
        if is_function(local) or self._only is not None:
            return email
        return f"{code_of(self._salt, normalise_email(email) or email, 5).lower()}@{NO_MAIL}"

    def _with_numbers(self, text: str) -> str:
        """Without employee numbers that are no other number: EMP-4711, not 4711."""
        return _NUMBERED.sub(lambda found: self._told(found[0]), text) if self._by_number else text

    def _told(self, word: str) -> str:
        subject = self._by_number.get(word.casefold())
        return subject.token if subject and self._is_meant(subject) and _LETTER.search(word) else word

    def _without_names(self, text: str, way: _Way, whose: Subject | None) -> str:
        if not self._names.may_name(text):
            return text
        read = read_letters(text)
        ours = _own_words(text) if way is _Way.SENTENCE else frozenset()
        matches = [at for at in self._names.matches(read) if _place(read, *at) not in ours]
        named = [self._named(read, start, end, whose) for start, end in matches]
        said, done = "", 0
        for one in _joined(text, [one for one in named if one is not None]):
            said += text[done : one.start]
            said += _stand_in(one.subject, said[-1:], text[one.end : one.end + 1], token=way is _Way.WORD)
            done = one.end
        return said + text[done:]

    def _named(self, read: Letters, start: int, end: int, whose: Subject | None) -> _Named | None:
        letters = read.letters[start:end]
        fits = self._owners.get(letters) or self._shared(letters)  # shared: "Dana M. Okafor" is found as a whole
        meant = [one for one in fits.values() if self._is_meant(one)]
        if not meant:
            return None
        sure = whose if whose in meant else meant[0] if len(fits) == 1 or self._only is not None else None
        return _Named(*_place(read, start, end), sure)

    def _shared(self, letters: str) -> Mapping[str, Subject]:
        ends = [self._owners[letters[at:]] for at in range(1, len(letters)) if letters[at:] in self._owners]
        starts = [self._owners[letters[:at]] for at in range(1, len(letters)) if letters[:at] in self._owners]
        both = {key: one for end in ends for start in starts for key, one in end.items() if key in start}
        return both or {key: one for end in ends for key, one in end.items()}


def _place(read: Letters, start: int, end: int) -> tuple[int, int]:
    return read.spans[start][0], read.spans[end - 1][1]


def _own_words(text: str) -> frozenset[tuple[int, int]]:
    """Where the plain words of a sentence of ours stand. The name of a file may hold blanks: then none is sure."""
    if _FILE.search(text):
        return frozenset()
    words = _PLAIN_WORD.finditer(text)
    return frozenset(word.span() for word in words if GIVEN_NAMES.isdisjoint({word[0], word[0].removesuffix("s")}))


def _composed(text: str) -> str:
    """In composed form (NFC), without signs that are not seen."""
    return unicodedata.normalize("NFC", "".join(char for char in text if unicodedata.category(char) != "Cf"))


def _forms(
    subjects: Sequence[Subject], taken: Collection[str]
) -> tuple[Mapping[str, Mapping[str, Subject]], list[Form]]:
    """Who may be called by which letters. A short form is somebody's only where nobody's name is the same."""
    owners: dict[str, dict[str, Subject]] = defaultdict(dict)
    forms: list[Form] = []
    short: list[tuple[Form, Subject]] = []
    for subject in subjects:
        short.extend((form, subject) for form in nickname_forms(subject.names, taken))
        for form in forms_of(subject, taken):
            owners[form.letters][subject.id] = subject
            forms.append(form)
    named = frozenset(owners)
    for form, subject in short:
        if form.letters not in named:
            owners[form.letters][subject.id] = subject
            forms.append(form)
    return dict(owners), forms


def _joined(text: str, found: Iterable[_Named]) -> Iterator[_Named]:
    """Names of one person that follow each other ("Dana A. Okafor") are one."""
    before: _Named | None = None
    for one in found:
        if before and _same(before, one) and _BETWEEN.fullmatch(text, before.end, one.start):
            before = _Named(before.start, one.end, before.subject or one.subject)
            continue
        if before:
            yield before
        before = one
    if before:
        yield before


def _same(one: _Named, other: _Named) -> bool:
    return one.subject is None or other.subject is None or one.subject.id == other.subject.id


def _stand_in(subject: Subject | None, before: str, after: str, *, token: bool) -> str:
    """In a sentence "Person K7F2"; in an id, or joined to other words, `person-k7f2`."""
    joined = before.isalnum() or before in GLUE or after.isalnum() or after in {"_", "-", "+", "@"}
    if not token and not (joined and before + after):
        return subject.shown if subject else SEVERAL
    said = subject.token if subject else SEVERAL
    return f"{'-' if before.isalnum() else ''}{said}{'-' if after.isalnum() else ''}"
