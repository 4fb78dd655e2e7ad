"""Logins that nobody is known to hold, asked about as whoever holds them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from stackmap.analysis import ANONYMOUS, anonymous_id
from stackmap.analysis.what_if.changes import Added, supposed_edge, supposed_evidence
from stackmap.app.opening import Reading
from stackmap.app.people.asked import asked_about
from stackmap.app.people.entries import list_people
from stackmap.app.people.finding import people_called
from stackmap.app.people.logins import logins_called
from stackmap.app.people.unclear import Candidate, again, several
from stackmap.app.pseudonyms.reading import Pseudonyms
from stackmap.app.what_if.course import with_changes
from stackmap.errors import UsageError
from stackmap.model import AccountType, EdgeKind, How, Node, NodeKind
from stackmap.render.places import place_name
from stackmap.render.words import person_name

__all__ = ["leavers_asked"]

_TYPES = frozenset({AccountType.HUMAN, AccountType.UNKNOWN})
_WHOEVER = "whoever holds "
_IN = " in "


def leavers_asked(
    reading: Reading, wanted: Sequence[str], team: str | None = None, *, then: str
) -> tuple[Reading, list[str]]:
    """As `asked_about`; a word that is no person's may also be a login that nobody is known to hold.

    In the reading that is given back whoever holds it is a person, called as bus factors call them ("whoever holds
    zaps2021 in Zapier"). Raises UsageError as that does, and for a word that means several such logins.
    """
    try:
        return reading, asked_about(reading, wanted, team, then=then)
    except UsageError:
        given = _with_holders(reading, wanted, then)
        if given is reading:
            raise
        return given, asked_about(given, wanted, team, then=then)


def _with_holders(reading: Reading, words: Sequence[str], then: str) -> Reading:
    """The reading in which each such login is somebody's. Names are the real ones, also where there are stand-ins."""
    named = reading.behind.reading if reading.behind else reading
    meant = [_unheld(named, word) for word in words]
    if reading.behind is None:
        for word, logins in zip(words, meant, strict=True):
            _one_at_most(reading, word, logins, then)
    logins = sorted({one for found in meant if len(found) == 1 for one in found})
    if not logins:
        return reading
    given = _held(reading, logins)
    return given if given.unsupposed is None else replace(given, unsupposed=_held(given.unsupposed, logins))


def _unheld(reading: Reading, word: str) -> list[str]:
    """The logins that a word means, where nobody is called so and nobody is known to hold any of them."""
    if not word.strip() or people_called(reading, list_people(reading), word):
        return []
    found = logins_called(reading, _as_a_login(word))
    return found if all(_is_unheld(reading, one) for one in found) else []


def _one_at_most(reading: Reading, word: str, logins: Sequence[str], then: str) -> None:
    if len(logins) > 1:
        graph, asked = reading.stack.graph, then.split()
        found = [Candidate(one, (graph.name(one), place_name(graph, one))) for one in logins]
        raise several(word, "logins that nobody is known to hold", found, again(*asked, word, at=len(asked)))


def _as_a_login(word: str) -> str:
    """A login as it is looked up, of what answers call its holder."""
    bare = word.strip().removeprefix(f"{ANONYMOUS}/")
    if not bare.casefold().startswith(_WHOEVER):
        return bare
    login, _, system = bare[len(_WHOEVER) :].rpartition(_IN)
    return f"{system}:{login}" if login else system


def _is_unheld(reading: Reading, login: str) -> bool:
    account = reading.stack.accounts[login]
    return account.type in _TYPES and not account.holders


def _held(reading: Reading, logins: Iterable[str]) -> Reading:
    """The reading with a holder for each of these logins (real ids), behind stand-ins and before them."""
    if reading.behind is None:
        return with_changes(reading, list(_holders(reading, logins)), reading.supposed)
    behind = reading.behind
    changes = list(_holders(behind.reading, logins))
    shown = [_under_stand_ins(reading, behind.pseudonyms, change) for change in changes]
    real = with_changes(behind.reading, changes, behind.reading.supposed)
    return replace(with_changes(reading, shown, reading.supposed), behind=replace(behind, reading=real))


def _under_stand_ins(reading: Reading, names: Pseudonyms, change: Added) -> Added:
    """A holder goes by the stand-in of the login: a login's own name may look like any other word in a text."""
    fact = names.fact(change.fact)
    return Added(replace(fact, name=person_name(reading.stack.graph, fact.id)) if isinstance(fact, Node) else fact)


def _holders(reading: Reading, logins: Iterable[str]) -> Iterator[Added]:
    """Somebody for each, who holds it unless it is held already: as in a reading before what is supposed."""
    for login in logins:
        person = anonymous_id(login)
        name = person_name(reading.stack.graph, person)
        yield Added(Node(NodeKind.PERSON, person, name, supposed_evidence("", How.OBSERVED)))
        if _is_unheld(reading, login):
            yield Added(supposed_edge(EdgeKind.HAS_ACCOUNT, person, login))
