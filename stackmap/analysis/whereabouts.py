"""Who is here, who has left, and of whom nobody can tell: by directories, staff lists and your notes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

from stackmap.model import Evidence, Node, StackGraph, Vertex, day_of, system_of

__all__ = ["NOT_KNOWN", "Directories", "Whereabouts", "WhereaboutsOfAll", "Word"]

NOT_KNOWN = "not known: "
"""How the words begin of somebody of whom nobody can tell; the reason follows."""

_OFF, _SUSPENDED, _UNREAD = "login off", "login frozen", "not read whether the login is on"


@dataclass(frozen=True, slots=True)
class Word:
    """What one source says of somebody: a list of people, or a directory by their login (`how`, "" for a list).

    `here`: None where it has them and does not tell, with the reason in `doubt`.
    """

    source: str
    here: bool | None
    how: str = ""
    day: date | None = None
    doubt: str = ""

    def told(self, show: Callable[[date], str]) -> str:
        """The source, its login and its day."""
        about = ", ".join(filter(None, (self.how, f"read on {show(self.day)}" if self.day else "")))
        return f"{self.source} ({about})" if about else self.source


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Whether somebody is here: True, False (they have left), None (not known). By the newest word.

    `half`: where all their logins in directories are off, and nothing else tells: those directories whose users were
    not all read, so that they may have another login there. `absent`: lists said to hold everybody that do not have
    them. `idle`: what became of all logins they have anywhere, "" where one is in use.
    """

    here: bool | None
    words: tuple[Word, ...] = ()
    since: str = ""
    half: tuple[str, ...] = ()
    absent: tuple[Word, ...] = ()
    idle: str = ""

    @property
    def differing(self) -> tuple[Word, ...]:
        """Sources that say the opposite: also a directory that has their only login there off, read no earlier than
        whatever has them here.
        """
        if self.here is None:
            return ()
        return tuple(word for word in self.words if word.here is (not self.here) or self._is_newer_off(word))

    def _is_newer_off(self, word: Word) -> bool:
        on = [one for one in self.words if one.here]
        elsewhere = all(one.source != word.source for one in on)
        return bool(self.here) and word.how == _OFF and elsewhere and _age(word) <= min(map(_age, on), default=0)

    @property
    def doubts(self) -> tuple[str, ...]:
        """Why it is not known, as far as somebody has them."""
        if self.here is not None:
            return ()
        return tuple(dict.fromkeys(word.doubt for word in (*self.words, *self.absent) if word.doubt))

    def text(self, show: Callable[[date], str] = date.isoformat) -> str:
        """It in a few words, with who says so. `show` writes days."""
        by = " and ".join(dict.fromkeys(word.told(show) for word in self.words if word.here is self.here))
        but = " and ".join(dict.fromkeys(word.told(show) for word in self.differing))
        otherwise = f"; {but} says otherwise" if but else ""
        if self.here:
            return f"here, as far as {by} says{otherwise}"
        if self.here is False:
            return f"has left{f' (on {self.since})' if self.since else ''}, says {by}{otherwise}"
        why = "; ".join(self.doubts) if self.words or self.absent else "no directory and no staff list tells"
        said = " and ".join(f"{word.told(show)} said that they are here" for word in self.words if word.here)
        return "; ".join(filter(None, (f"{NOT_KNOWN}{why}", said, "" if self.words else self.idle)))


class WhereaboutsOfAll(Mapping[str, Whereabouts]):
    """Of everybody, by id, each judged when first asked for: a departure asks for the leavers alone."""

    def __init__(self, people: Iterable[str], judge: Callable[[str], Whereabouts]) -> None:
        self._people = dict.fromkeys(people)
        self._judge = cache(judge)

    def __getitem__(self, person: str) -> Whereabouts:
        if person not in self._people:
            raise KeyError(person)
        return self._judge(person)

    def __iter__(self) -> Iterator[str]:
        return iter(self._people)

    def __len__(self) -> int:
        return len(self._people)


@dataclass(frozen=True)
class Directories:
    """What tells who is here: the logins of directories, the directories read to the end, and when all was read.

    `is_login_of_one`: whether a login is one of a directory. `lists`: lists of people that are said to hold everybody,
    by source and inventory. `as_of`: the day on which what has no day of its own is judged.
    """

    graph: StackGraph
    is_login_of_one: Callable[[str], bool]
    whole: frozenset[str]
    lists: frozenset[tuple[str, str]]
    read_at: Mapping[tuple[str, str], datetime | None]
    as_of: date

    def judge(self, person: str, logins: Sequence[str], idle: str) -> Whereabouts:
        """Whether somebody with these logins is here. `idle`: what became of all of them."""
        vertex = self.graph.get(person)
        held = [one for login in logins if self.is_login_of_one(login) and (one := self.graph.get(login))]
        lists = list(self._lists(vertex, held)) if vertex else []
        gone = any(_is_concluded(fact, held) and self._said(fact) is False for fact in (vertex.facts if vertex else ()))
        own = [self._login(login, gone=gone, only_off=all(map(_is_off, held))) for login in held]
        words = tuple(sorted({*lists, *own}, key=_by_age))
        here = _decided(vertex, lists, own)
        since = self._since(vertex) if vertex and here is False else ""
        off = here is None and all(map(_is_off, held))
        half = {self.graph.system_name(login.id) for login in held if off and not self._is_whole(login.id)}
        return Whereabouts(here, words, since, tuple(sorted(half)), tuple(self._absent(vertex)), idle)

    def _lists(self, person: Vertex, logins: Iterable[Vertex]) -> Iterable[Word]:
        """What lists and notes say, without what was concluded from the logins themselves."""
        for fact in person.facts:
            here = self._said(fact)
            if here is not None and not _is_concluded(fact, logins):
                names = dict.fromkeys("your notes" if item.of_notes else item.source for item in fact.evidence)
                yield Word(" and ".join(names), here, "", self._day(fact.evidence))

    def _absent(self, person: Vertex | None) -> Iterable[Word]:
        """The lists of everybody that do not have somebody: no proof that they left, agency people are on none."""
        known = {(item.source, item.inventory) for item in person.evidence} if person else set()
        for source, inventory in sorted(self.lists - known):
            read_at = self.read_at.get((source, inventory))
            doubt = f"not on {source}, which is said to hold everybody"
            yield Word(source, None, "", read_at.date() if read_at else None, doubt)

    def _login(self, login: Vertex, *, gone: bool, only_off: bool) -> Word:
        """What a directory says by one login; `only_off`: all theirs are off; `gone`: so somebody has left."""
        name, day = self.graph.system_name(login.id), self._day(login.evidence)
        if login.properties.get("frozen") is True:
            return Word(name, None, _SUSPENDED, day, f"suspended in {name}")
        if login.active is None:
            return Word(name, None, _UNREAD, day, f"whether their login in {name} is on was not read")
        if login.active:
            return Word(name, True, "login on", day)
        if gone:
            return Word(name, False, _OFF, day)
        but = self._but(login.id, name) if only_off else ""
        return Word(name, None, _OFF, day, f"their login in {name} is switched off{but}")

    def _but(self, login: str, name: str) -> str:
        if self._is_whole(login):
            return ", and another login with the same address is not"
        return f", but the list of users of {name} was not wholly read: they may have another login there"

    def _is_whole(self, login: str) -> bool:
        """Whether all users of the directory were read."""
        systems = [system_of(system) or system for system in self.graph.systems_of(login)]
        return not self.whole.isdisjoint(systems or [system_of(login) or ""])

    def _said(self, fact: Node) -> bool | None:
        active = fact.properties.get("active")
        if isinstance(active, bool):
            return active
        return False if self._last_day(fact) else None

    def _since(self, person: Vertex) -> str:
        """The last day of somebody who has left, "" where none is known."""
        return next((day.isoformat() for fact in person.facts if (day := self._last_day(fact))), "")

    def _last_day(self, fact: Node) -> date | None:
        """Somebody's last day as a fact tells it; None for what is no day, or lay ahead when it was told."""
        last = day_of(fact.properties.get("left_on"))
        return last if last is not None and last < (self._day(fact.evidence) or self.as_of) else None

    def _day(self, evidence: Iterable[Evidence]) -> date | None:
        times = [when for item in evidence if (when := self.read_at.get((item.source, item.inventory)))]
        return max(times).date() if times else None


def _decided(person: Vertex | None, lists: Sequence[Word], logins: Sequence[Word]) -> bool | None:
    """What the merged word is worth: suspended or unread after the list that has them as here, nobody can tell."""
    said = person.active if person else None
    if said is None and any(word.here is False for word in lists):
        return False
    on = any(word.here for word in logins)
    if said is None:
        return True if on else None
    silent = [_age(word) for word in logins if word.here is None]
    if said and silent and not on and min(silent) <= min(map(_age, lists), default=0):
        return None
    return said


def _is_off(login: Vertex) -> bool:
    """Switched off for good: suspended is not."""
    return login.active is False and login.properties.get("frozen") is not True


def _is_concluded(fact: Node, logins: Iterable[Vertex]) -> bool:
    """Whether a fact about a person was concluded from their logins, and is not the word of a list."""
    own = {item for login in logins for item in login.evidence}
    return not fact.name and own.issuperset(fact.evidence)


def _age(word: Word) -> int:
    return -word.day.toordinal() if word.day else 0


def _by_age(word: Word) -> tuple[int, str, str]:
    """The newest first."""
    return _age(word), word.source, word.how
