"""Hashes of somebody's addresses, which stand in ids: whoever has the salt can try whose they are."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from stackmap.declared.manifest_names import mailbox_id
from stackmap.model import normalise_email
from stackmap.sdk.scope import hashed_id

__all__ = ["Hashes"]

_HASH = re.compile(r"(?<![0-9A-Za-z])(?:h-[0-9a-f]{6,20}|[0-9a-f]{12})(?![0-9A-Za-z])")
"""As lists have them, cut short in the names of sources, and as notes do."""


@dataclass(frozen=True, slots=True)
class Hashes:
    """Every hash of these words that may stand anywhere, and what is to stand there instead."""

    known: frozenset[str] = frozenset()
    token: str = ""

    @classmethod
    def of(cls, words: Iterable[str], salt: str, token: str) -> Self:
        """Of addresses as they are written and as they are compared, and of what else a list may know somebody by."""
        every = {form for word in words for form in (word, normalise_email(word)) if form.strip()}
        noted = {mailbox_id(word).rpartition("/")[2] for word in every if "@" in word}
        return cls(frozenset({*(hashed_id(word, salt) for word in every), *noted}), token)

    def replaced(self, text: str) -> str:
        """The text without them."""
        if not self.known:
            return text
        return _HASH.sub(lambda found: self.token if self._has(found[0]) else found[0], text)

    def _has(self, found: str) -> bool:
        return found in self.known or (found.startswith("h-") and any(one.startswith(found) for one in self.known))
