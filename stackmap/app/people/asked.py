"""Whom a command is asked about: by their names, also where the answer has stand-ins for them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from stackmap.app.opening import Behind, Reading
from stackmap.app.people.finding import find_people, team_members
from stackmap.errors import UsageError

__all__ = ["asked_about"]


def asked_about(reading: Reading, wanted: Iterable[str], team: str | None = None, *, then: str) -> list[str]:
    """The ids of these people and of a team's members, as they are in this reading.

    Raises UsageError for a name that fits nobody or several, and for a team that there is not. Where the reading has
    stand-ins, the error says which argument it was and no name; a stand-in of an earlier answer is understood as well.
    `then` is the command to ask again with.
    """
    if reading.behind is None:
        return [*find_people(reading, wanted, then=then), *(team_members(reading, team) if team else ())]
    return list(_by_real_names(reading, reading.behind, list(wanted), team, then))


def _by_real_names(reading: Reading, behind: Behind, wanted: list[str], team: str | None, then: str) -> Iterator[str]:
    found: dict[str, str] = {}
    for number, text in enumerate(wanted, start=1):
        if text not in found:
            found[text] = _found(reading, behind, text, number, then)
        yield found[text]
    if team:
        try:
            members = team_members(behind.reading, team)
        except UsageError:
            raise UsageError("no such team here, or nobody is in it; see: stackmap people --pseudonymise") from None
        yield from map(behind.pseudonyms.id, members)


def _found(reading: Reading, behind: Behind, text: str, number: int, then: str) -> str:
    for among in (behind.reading, reading):
        try:
            (person,) = find_people(among, (text,), then=then)
        except UsageError:
            continue
        return behind.pseudonyms.id(person) if among is behind.reading else person
    raise UsageError(
        f"the {_ordinal(number)} name fits nobody here, or more than one; name an e-mail or an id, "
        "or see who fits without --pseudonymise"
    )


def _ordinal(number: int) -> str:
    return {1: "first", 2: "second", 3: "third"}.get(number, f"{number}th")
