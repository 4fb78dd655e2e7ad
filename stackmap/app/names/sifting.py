"""Whether a text could name anybody at all: a quick look, for most texts name nobody."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

from stackmap.app.names.forms import Form, Use

__all__ = ["NameSieve"]

_RUN = re.compile(r"[A-Za-z0-9]+")
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")
_APOSTROPHES = re.compile("['`]")
_MOST_KEPT = 200_000


class NameSieve:
    """Lets through every text in which one of the forms could stand, and few others. It never holds a name back.

    A form begins and ends with a word (lead router, leadRouter), but for those that may lie within a longer run of
    letters. `goes_on` says whether a name may be followed, without a blank, by the rest of a word.
    """

    def __init__(self, forms: Mapping[str, Form], goes_on: Callable[[str, str], bool]) -> None:
        self._forms = forms
        self._goes_on = goes_on
        self._starts = _starts(forms)
        self._wide = frozenset(letters for letters, form in forms.items() if form.use is Use.INSIDE)
        self._wide_starts = _starts(self._wide)
        self._runs: dict[str, tuple[str, ...] | None] = {}

    def lets_through(self, text: str) -> bool:
        """Whether to look at the text closely."""
        if not self._forms:
            return False
        if not text.isascii() or _APOSTROPHES.search(text):
            return True
        words: list[str] = []
        for run in _RUN.findall(text):
            found = self._words(run)
            if found is None:
                return True
            words.extend(found)
        return any(self._begins(words, index) for index in range(len(words)))

    def _words(self, run: str) -> tuple[str, ...] | None:
        """The words of a run of letters and digits; None where a form may lie within."""
        if run not in self._runs:
            if len(self._runs) > _MOST_KEPT:
                self._runs.clear()
            words = tuple(word.lower() for word in _WORD.findall(run))
            low = run.lower()
            found = any(self._within(low, at) for at in range(len(low))) or any(map(self._is_followed, words))
            self._runs[run] = None if found else words
        return self._runs[run]

    def _within(self, letters: str, start: int) -> bool:
        end = start + 1
        while end <= len(letters) and letters[start:end] in self._wide_starts:
            if letters[start:end] in self._wide:
                return True
            end += 1
        return False

    def _is_followed(self, word: str) -> bool:
        return any(word[:end] in self._forms and self._goes_on(word[:end], word[end:]) for end in range(1, len(word)))

    def _begins(self, words: list[str], index: int) -> bool:
        joined = words[index]
        while joined in self._starts:
            if joined in self._forms:
                return True
            index += 1
            if index == len(words):
                return False
            joined += words[index]
        return False


def _starts(forms: Iterable[str]) -> frozenset[str]:
    return frozenset(letters[:end] for letters in forms for end in range(1, len(letters) + 1))
