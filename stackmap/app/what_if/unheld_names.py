"""What logins that nobody is known to hold are called, by whoever asks about them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import unquote

from stackmap.analysis import ANONYMOUS, anonymous_id, anonymous_login, unread_logins
from stackmap.app.opening import Reading
from stackmap.app.people.entries import list_people
from stackmap.app.people.finding import people_called
from stackmap.app.people.logins import logins_called
from stackmap.app.people.unclear import shown
from stackmap.errors import UsageError
from stackmap.model import AccountType, EdgeKind, fold_name
from stackmap.render.departure_beside import login_name
from stackmap.render.guards import plain
from stackmap.render.people import PersonEntry
from stackmap.render.places import name_with_place
from stackmap.render.words import person_name

__all__ = ["UnheldNames"]

_TYPES = frozenset({AccountType.HUMAN, AccountType.UNKNOWN})
_HOLDS = "whoever holds "
_STANDS_BEHIND = "whoever stands behind "
_IN = " in "
_EXAMPLES = 3


@dataclass
class UnheldNames:
    """The logins of one reading that nobody is known to hold, those that were never read among them."""

    reading: Reading

    @cached_property
    def people(self) -> Sequence[PersonEntry]:
        """Everybody in the reading."""
        return list_people(self.reading)

    @cached_property
    def logins(self) -> frozenset[str]:
        """Their ids."""
        stack = self.reading.stack
        read = (one.id for one in stack.accounts.values() if one.type in _TYPES and not one.holders)
        return frozenset({*read, *unread_logins(stack)})

    def meant(self, word: str) -> list[str]:
        """Those that a word may mean, none where it means somebody: as answers call them and their holders, or as
        logins are called. Raises nothing: this reading may be the one behind stand-ins.
        """
        if not word.strip() or people_called(self.reading, self.people, word):
            return []
        if told := self._as_told.get(_folded(word)):
            return sorted(told)
        found = logins_called(self.reading, anonymous_login(word.strip()) or word.strip())
        return found if self.logins.issuperset(found) else []

    def refuse_everybody(self, word: str) -> None:
        """Raise UsageError for what answers say of all of them together, with the names of some in this reading."""
        if _folded(word) != _folded(person_name(self.reading.stack.graph, ANONYMOUS)):
            return
        if word.strip() and not people_called(self.reading, self.people, word):
            raise self._everybody(word)

    @cached_property
    def _as_told(self) -> Mapping[str, set[str]]:
        """Every name that an answer has for one of them, to those that it has it for."""
        found: dict[str, set[str]] = defaultdict(set)
        for login in self.logins:
            for word in self._names(login):
                found[_folded(word)].add(login)
        return found

    def _names(self, login: str) -> Iterator[str]:
        graph = self.reading.stack.graph
        yield from (login, anonymous_id(login))
        bare = _IN.join(filter(None, (graph.name(login), self._place(login))))
        for placed in (name_with_place(graph, login), bare):
            yield from (placed, f"{_HOLDS}{placed}")
        yield from (login_name(graph, login), person_name(graph, anonymous_id(login)))
        if login not in self.reading.stack.accounts:
            for link in graph.into(login, EdgeKind.AUTHORIZED_BY):
                yield f"{_STANDS_BEHIND}{graph.name(link.source)}"
            yield _IN.join(filter(None, (f"{_HOLDS}{unquote(login.rpartition('/')[2])}", graph.system_name(login))))

    def _place(self, login: str) -> str:
        """The system of a login by its own name, whatever else is called so."""
        systems = self.reading.stack.graph.systems_of(login)
        return self.reading.stack.graph.name(systems[0]) if systems else ""

    def _everybody(self, word: str) -> UsageError:
        graph = self.reading.stack.graph
        told = f"{shown(word)} is everybody whom no list names, and nobody can be asked about as that"
        names = sorted(plain(person_name(graph, anonymous_id(login))) for login in self.logins)[:_EXAMPLES]
        return UsageError("\n".join([f"{told}; ask about one of them, say:", *(f"  {name}" for name in names)]))


def _folded(word: str) -> str:
    return fold_name(plain(word))
