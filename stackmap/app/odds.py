"""How likely things are to break, when somebody says how likely each of some people is to leave."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from stackmap.analysis.odds.chances import odds
from stackmap.app.garbage import collector_paused
from stackmap.app.leaving import CHANGES_ROLE, USUAL
from stackmap.app.opening import Reading
from stackmap.app.people.asked import asked_about
from stackmap.errors import UsageError
from stackmap.model import Act
from stackmap.render.odds import OddsReport

__all__ = ["judge_odds", "read_odds"]

_LINE = re.compile(r"(?P<person>.*?)(?:[;\t](?P<either>[^;\t]*)|,(?P<plain>[^,;\t]*))")
_HEADING = re.compile(r"probability|chance|odds|likelihood|wahrscheinlichkeit", re.IGNORECASE)
_CHANCE = re.compile(r"(?P<number>\d{1,20}(?:[.,]\d{1,20})?)\s*(?P<percent>%|percent)?", re.IGNORECASE)
_EXAMPLE = 'write, say: "Dana Okafor", 30 %'


def read_odds(lines: Iterable[str]) -> list[tuple[str, float]]:
    """Who may leave, as they are called there, and how likely: one a line, as `NAME, 0.3` or `NAME, 30 %`.

    A first line of headings is passed over. Raises UsageError with the number of an entry that cannot be read.
    """
    said = list(lines)
    if said and (match := _LINE.fullmatch(said[0])) and _HEADING.fullmatch(_second(match)):
        del said[0]
    if not said:
        raise UsageError(f"the list of odds is empty; {_EXAMPLE}")
    return [_entry(number, line) for number, line in enumerate(said, start=1)]


def _second(match: re.Match[str]) -> str:
    return (match["either"] if match["plain"] is None else match["plain"]).strip().strip('"').strip()


def _entry(number: int, line: str) -> tuple[str, float]:
    match = _LINE.fullmatch(line)
    if match is None:
        raise UsageError(f"entry {number} of the list of odds has no probability; {_EXAMPLE}")
    person = match["person"].strip().strip('"').strip()
    if not person:
        raise UsageError(f"entry {number} of the list of odds names nobody; {_EXAMPLE}")
    return person, _chance(number, _second(match))


def _chance(number: int, text: str) -> float:
    """A share or a percentage. Of a bare number above 1 nobody can tell which was meant."""
    match = _CHANCE.fullmatch(text)
    value = float(match["number"].replace(",", ".")) if match else -1.0
    if match and match["percent"]:
        value /= 100
    if not 0 <= value <= 1:
        raise UsageError(
            f"entry {number} of the list of odds: the probability must be between 0 and 1, or between 0 % and 100 %; "
            f"{_EXAMPLE}"
        )
    return value


def judge_odds(reading: Reading, said: Iterable[tuple[str, float]], how: str = USUAL) -> OddsReport:
    """What is likely to be lost when each of these people leaves that likely, on their own. Nothing of it is stored.

    `how` is one of `leaving.WAYS`. Raises UsageError for a name that fits nobody or several, and for somebody named
    twice.
    """
    named = list(said)
    people = asked_about(reading, [name for name, _ in named], then="stackmap leave")
    if twice := next(_twice(people), None):
        first, second = twice
        raise UsageError(f"entries {first} and {second} of the list of odds mean the same person: keep one of them")
    act = Act(how) if how not in {USUAL, CHANGES_ROLE} else None
    analysis = reading.analysis(act, moving=how == CHANGES_ROLE)
    with collector_paused():
        found = odds(analysis, {person: chance for person, (_, chance) in zip(people, named, strict=True)})
    return OddsReport(
        snapshot=reading.snapshot.id,
        taken_at=reading.snapshot.taken_at,
        how=how,
        graph=reading.stack.graph,
        coverage=reading.coverage,
        odds=found,
        weighted=any(thing in reading.stack.policy.weights for thing in analysis.counted),
        without_login=[person for person in people if not reading.stack.accounts_of.get(person)],
        supposed=reading.supposed,
    )


def _twice(people: Iterable[str]) -> Iterator[tuple[int, int]]:
    met: dict[str, int] = {}
    for number, person in enumerate(people, start=1):
        if person in met:
            yield met[person], number
        met[person] = number
