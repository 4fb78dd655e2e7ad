"""Where a text names somebody: forms of names, found in letters however they are joined."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from stackmap.app.names.forms import Form, Use, folded, unspaced, widest
from stackmap.app.names.sifting import NameSieve

__all__ = ["APOSTROPHE", "GLUE", "POSSESSIVE", "Letters", "NameMatcher", "read_letters"]


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_MARKERS = frozenset({"as", "by", "for", "from", "of", "with"})
GLUE = frozenset("_-.+")
"""What joins the words of a name where no blank may stand."""

APOSTROPHE = "['’`\u2018\u00b4\u02bc]"
POSSESSIVE = re.compile(rf"{APOSTROPHE}s(?![^\W_])", re.IGNORECASE)
_OMITTED = re.compile(rf"{APOSTROPHE}(?!s(?![^\W_]))(?=[^\W\d_])", re.IGNORECASE)
_INITIALLED = re.compile(r"[^\W\d_]\.\s?[^\W\d_]")
_NONE, _CASE, _JOINT, _SPACE = range(4)
_KEY = 3
_LEAST_JOINED = 4
_THINGS = _set(
    """backup bot book box computer copy desktop doc export feed file flow folder form import job key laptop list load
    login mac macbook machine mail notebook page report router script server sheet sheets sync table task test token
    tool upload user zap"""
)
"""What people write behind a name without a blank: katiesheet, danalaptop."""


@dataclass(frozen=True, slots=True)
class Letters:
    """A text's folded letters and digits, where each comes from, and what lies before each (and after the last)."""

    text: str
    letters: str
    spans: list[tuple[int, int]]
    gaps: list[int]

    def word_before(self, index: int) -> int:
        """Where the word starts that ends there."""
        start = index - 1
        while start > 0 and self.gaps[start] == _NONE:
            start -= 1
        return max(start, 0)


class NameMatcher:
    """Finds forms of names in texts."""

    def __init__(self, forms: Iterable[Form]) -> None:
        self._forms = widest(forms)
        self._sieve = NameSieve(self._forms, _goes_on)
        lengths: defaultdict[str, set[int]] = defaultdict(set)
        for letters in self._forms:
            lengths[letters[:_KEY]].add(len(letters))
        self._lengths = {start: sorted(found, reverse=True) for start, found in lengths.items()}

    def __bool__(self) -> bool:
        return bool(self._forms)

    def may_name(self, text: str) -> bool:
        """False only where nobody is named: quick, for most texts name nobody."""
        return self._sieve.lets_through(text)

    def matches(self, read: Letters) -> Iterator[tuple[int, int]]:
        """From which letter to which one is named, in order."""
        index = done = 0
        while index < len(read.letters):
            form = self._form_at(read, index)
            if form is None:
                index += 1
                continue
            end = index + len(form.letters)
            yield self._with_given(read, index, done) if form.use < Use.GIVEN else index, end
            index = done = end

    def _form_at(self, read: Letters, index: int) -> Form | None:
        """The longest form that starts there."""
        for size in range(_KEY, 0, -1):
            for length in self._lengths.get(read.letters[index : index + size], ()):
                form = self._forms.get(read.letters[index : index + length])
                if form is not None and len(form.letters) == length and _means(read, form, index):
                    return form
        return None

    def _with_given(self, read: Letters, index: int, done: int) -> int:
        """Where the name starts that ends in that family name: before up to two initials, and a given name."""
        start = index
        for _ in range(3):
            before = read.word_before(start)
            if not read.gaps[start] or not done <= before < start:
                break
            form = self._forms.get(read.letters[before:start])
            if form is not None and Use.GIVEN <= form.use < Use.POSSESSIVE:
                return before
            if start - before > 1:
                break
            start = before
        return index


def _means(read: Letters, form: Form, start: int) -> bool:
    """Whether the form, which stands there, means somebody there."""
    end = start + len(form.letters)
    inner = {at: gap for at in range(start + 1, end) if (gap := read.gaps[at]) > _CASE}
    if any(at - start not in form.breaks for at in inner):
        return False
    if not (read.gaps[start] and read.gaps[end]):
        inside = form.use is Use.INSIDE and not inner
        return inside or (form.use <= Use.ANYWHERE and (unspaced(form.letters) or _joined_to_a_thing(read, start, end)))
    first, last = read.spans[start][0], read.spans[end - 1][1]
    match form.use:
        case Use.INSIDE | Use.ANYWHERE:
            return True
        case Use.UNSPACED:
            joined = _SPACE not in inner.values() or _INITIALLED.match(read.text, first)
            ends_in_initial = len(form.letters) - 1 in form.breaks  # ravi.m, but not dana_o365
            return bool(joined) and not (ends_in_initial and read.text[last : last + 1].isdigit())
        case Use.TITLED:
            return read.text[first:last].istitle()
    if POSSESSIVE.match(read.text, last):
        return True
    capital = form.use is Use.GIVEN or read.text[first].isupper()
    return form.use is not Use.POSSESSIVE and capital and _speaks_of_somebody(read, start, end)


def _joined_to_a_thing(read: Letters, start: int, end: int) -> bool:
    """Whether a word starts with these letters and goes on with what somebody has: katiesheet."""
    if not read.gaps[start]:
        return False
    after = next(at for at in range(end, len(read.gaps)) if read.gaps[at])
    return _goes_on(read.letters[start:end], read.letters[end:after])


def _goes_on(name: str, rest: str) -> bool:
    return len(name) >= _LEAST_JOINED and rest in _THINGS


def _speaks_of_somebody(read: Letters, start: int, end: int) -> bool:
    """Whether what stands before these letters, or that nothing else stands there, says that a person is meant."""
    if start == 0 and end == len(read.letters):
        return True
    first = read.spans[start][0]
    if read.text[max(first - 2, 0) : first].rstrip().endswith(("(", "[")):
        return True
    word = read.letters[read.word_before(start) : start] if start else ""
    return word in _MARKERS or (word == "to" and read.letters.endswith("belongsto", 0, start))


def read_letters(text: str) -> Letters:
    """The letters of a text that stands in composed form (NFC)."""
    letters: list[str] = []
    spans: list[tuple[int, int]] = []
    gaps: list[int] = []
    gap, last = _SPACE, -1
    for index, char in enumerate(text):
        bare = folded(char)
        if not bare:
            if spans and unicodedata.category(char)[0] == "M":
                spans[-1] = (spans[-1][0], index + 1)
            elif not (gap == _NONE and last == index - 1 and _OMITTED.match(text, index)):
                gap = max(gap, _JOINT if char in GLUE or POSSESSIVE.match(text, index) else _SPACE)
            continue
        before = max(gap, _case_gap(text, last, index)) if last >= 0 else _SPACE
        letters.append(bare)
        spans.extend((index, index + 1) for _ in bare)
        gaps.extend((before, *(_NONE for _ in bare[1:])))
        gap, last = _NONE, index
    return Letters(text, "".join(letters), spans, [*gaps, _SPACE])


def _case_gap(text: str, last: int, index: int) -> int:
    """Whether a word starts there by its case or kind: DanaOkafor, HTMLReport, okafor2."""
    one, other = text[last], text[index]
    starts = one.islower() or (one.isupper() and text[index + 1 : index + 2].islower())
    turned = one.isdigit() != other.isdigit() or unspaced(one) != unspaced(other)
    return _CASE if turned or (other.isupper() and starts) else _NONE
