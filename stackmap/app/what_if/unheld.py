"""Logins that nobody is known to hold, asked about as whoever holds them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from urllib.parse import unquote

from stackmap.analysis import anonymous_id
from stackmap.analysis.what_if.changes import Added, Removed, supposed_edge, supposed_evidence
from stackmap.analysis.what_if.supposed import Instead
from stackmap.app.lists import Said, unquoted
from stackmap.app.opening import Reading
from stackmap.app.people.asked import asked_about
from stackmap.app.people.finding import find_person, is_somebody, people_called
from stackmap.app.people.unclear import Candidate, Then, again, several
from stackmap.app.what_if.course import with_changes
from stackmap.app.what_if.no_person import thing_told
from stackmap.app.what_if.unheld_names import UnheldNames
from stackmap.errors import UsageError
from stackmap.model import AccountType, EdgeKind, How, Node, NodeKind, is_unread
from stackmap.render.guards import plain
from stackmap.render.places import place_name
from stackmap.render.words import counted, person_name

__all__ = ["leavers_asked"]

_MOST = 10
"""How many lines of a list that fit nobody are told at once."""


def leavers_asked(
    reading: Reading, wanted: Sequence[Said | str], team: str | None = None, *, then: str
) -> tuple[Reading, list[str]]:
    """As `asked_about`; a word that is no person's may also be a login that nobody is known to hold, or that nobody
    read.

    In the reading that is given back whoever holds it is a person, called as answers call them ("whoever holds zaps2021
    in Zapier", "whoever stands behind Slack bot"). Where what is supposed gives such a login a holder, the reading
    tells that they are meant. Raises UsageError as `asked_about` does, and for a word that means several such logins;
    of what stands in a list, with its lines.
    """
    said = [one if isinstance(one, Said) else Said(one) for one in wanted]
    words = [unquoted(one.text) if one.file else one.text for one in said]
    try:
        given, people = _asked(reading, words, team, then)
    except UsageError as error:
        if (told := _by_line(reading, said, words, then)) is None:
            raise
        raise told from error
    return _with_those_meant(given, words, people), people


def _asked(reading: Reading, words: Sequence[str], team: str | None, then: str) -> tuple[Reading, list[str]]:
    try:
        return reading, asked_about(reading, words, team, then=then)
    except UsageError:
        meant = _meant(reading, words, then)
        if not any(meant):
            if reading.behind is None and (told := _things_told(UnheldNames(reading), words)):
                raise UsageError(told) from None
            raise
    given = _with_holders(reading, sorted({*meant} - {""}))
    shown = given.behind.pseudonyms.id if given.behind else str
    ids = [anonymous_id(shown(login)) if login else word for word, login in zip(words, meant, strict=True)]
    return given, asked_about(given, ids, team, then=then)


def _things_told(names: UnheldNames, words: Sequence[str]) -> str:
    """Of the first of these words that is nobody's and a thing's; "" where there is none among the first few."""
    reading, once = names.reading, dict.fromkeys(words)
    nobodys = (word for word in once if word.strip() and not people_called(reading, names.people, word))
    return next(filter(None, (thing_told(reading, word) for word in islice(nobodys, _MOST))), "")


def _meant(reading: Reading, words: Sequence[str], then: str) -> list[str]:
    """The login that each word means, where it means one; "" where it does not. They are the real ones, also where
    there are stand-ins, and nothing is told of those.
    """
    if reading.behind is None:
        names = UnheldNames(reading)
        one = {word: _one_at_most(names, word, _again(word, then)) for word in dict.fromkeys(words)}
        return [one[word] for word in words]
    names, shown = UnheldNames(reading.behind.reading), UnheldNames(reading)
    behind = {reading.behind.pseudonyms.id(login): login for login in names.logins}
    for word in words:
        shown.refuse_everybody(word)
    found = (names.meant(word) or [behind.get(one, "") for one in shown.meant(word)] for word in words)
    return [logins[0] if len(logins) == 1 else "" for logins in found]


def _one_at_most(names: UnheldNames, word: str, then: Then) -> str:
    names.refuse_everybody(word)
    logins = names.meant(word)
    if len(logins) > 1:
        graph = names.reading.stack.graph
        found = [Candidate(one, (graph.name(one), place_name(graph, one))) for one in logins]
        raise several(word, "logins that nobody is known to hold", found, then)
    return logins[0] if logins else ""


def _by_line(reading: Reading, said: Sequence[Said], words: Sequence[str], then: str) -> UsageError | None:
    """What is wrong with the lines of lists, all at once; None where it is something else. Of a reading with stand-ins
    nothing but which name it was may be told.
    """
    if reading.behind is not None or not any(one.file for one in said):
        return None
    names, told, more, looked_up = UnheldNames(reading), list[str](), 0, set[str]()
    for one, word in zip(said, words, strict=True):
        if word in looked_up:
            continue
        looked_up.add(word)
        if len(told) == _MOST:
            more += not (is_somebody(reading, names.people, word) or len(names.meant(word)) == 1)
        elif wrong := _wrong_with(names, one, word, then):
            told.append(wrong)
    if more:
        told.append(f"and {counted(more, 'more name')} that cannot be used")
    return UsageError("\n".join(told)) if told else None


def _wrong_with(names: UnheldNames, said: Said, word: str, then: str) -> str:
    """Why nobody can be asked about by a word; "" where somebody can."""
    ask = _in_its_line if said.file else _again(word, then)
    try:
        if not _one_at_most(names, word, ask):
            find_person(names.reading, names.people, word, ask)
    except UsageError as error:
        wrong = _things_told(names, [word]) or str(error)
        return f"{said.place}: {wrong}" if said.file else wrong
    return ""


def _again(word: str, then: str) -> Then:
    asked = then.split()
    return again(*asked, word, at=len(asked))


def _in_its_line(node_id: str) -> str:
    """What to do with an id where a line of a list fits several: the command stays as it is."""
    return f"write {plain(node_id)} in that line"


def _with_those_meant(reading: Reading, words: Sequence[str], people: Sequence[str]) -> Reading:
    """The reading, told who is meant by each login that is somebody's by what is supposed alone."""
    if (before := reading.unsupposed) is None:
        return reading
    names = UnheldNames(before.behind.reading if before.behind else before)
    found = []
    for word, person in zip(words, people, strict=False):  # a team's members follow those who were named
        logins = names.meant(word)
        shown = [before.behind.pseudonyms.id(one) for one in logins] if before.behind else logins
        if len(shown) == 1 and _holds(reading, person, shown[0]):
            found.append(Instead(shown[0], person))
    return replace(reading, supposed=replace(reading.supposed, instead=tuple(found))) if found else reading


def _holds(reading: Reading, person: str, login: str) -> bool:
    account = reading.stack.accounts.get(login)
    return account is not None and any(tie.person == person for tie in account.holders)


def _with_holders(reading: Reading, logins: Sequence[str]) -> Reading:
    """The reading in which each of these logins is somebody's, and so before what is supposed."""
    given = _held(reading, logins)
    return given if given.unsupposed is None else replace(given, unsupposed=_held(given.unsupposed, logins))


def _held(reading: Reading, logins: Sequence[str]) -> Reading:
    """The reading with a holder for each of these logins (real ids), behind stand-ins and before them."""
    if reading.behind is None:
        return with_changes(reading, list(_holders(reading, logins)), reading.supposed)
    behind = reading.behind
    real = with_changes(behind.reading, list(_holders(behind.reading, logins)), behind.reading.supposed)
    # Called by the stand-in of the login: a login's own name may look like any other word in a text.
    shown = list(_holders(reading, map(behind.pseudonyms.id, logins)))
    return replace(with_changes(reading, shown, reading.supposed), behind=replace(behind, reading=real))


def _holders(reading: Reading, logins: Iterable[str]) -> Iterator[Added | Removed]:
    """Somebody for each, who holds it unless it is held already: as in a reading before what is supposed.

    Of a login that nobody read it is not known whether it is a person's, so it goes off at worst only.
    """
    stack = reading.stack
    for login in logins:
        person = anonymous_id(login)
        name = person_name(stack.graph, person)
        yield Added(Node(NodeKind.PERSON, person, name, supposed_evidence("", How.OBSERVED)))
        account = stack.accounts.get(login)
        if account is None:
            said = {"account_type": AccountType.UNKNOWN.value}
            known_as = "" if is_unread(login) else unquote(login.rpartition("/")[2])
            yield Added(Node(NodeKind.ACCOUNT, login, known_as, supposed_evidence("", How.OBSERVED), said))
            # Whoever stands behind it is asked about, and no longer whoever was said to.
            yield from (Removed(EdgeKind.HAS_ACCOUNT, tie.person, login) for tie in stack.ties(login))
        if account is None or not account.holders:
            yield Added(supposed_edge(EdgeKind.HAS_ACCOUNT, person, login))
