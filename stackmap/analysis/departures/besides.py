"""What stands beside the rows of an answer about one person, in numbers: of everybody at once."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from stackmap.analysis.departures.answer import Analysis
from stackmap.analysis.departures.logins import admin_changes, known_credentials, shared_logins
from stackmap.analysis.departures.named_owners import nobody_answers, owners_named, people_behind
from stackmap.analysis.departures.partial import goes_on_with_less
from stackmap.analysis.departures.verdict import Verdict
from stackmap.analysis.mailboxes import mail_to
from stackmap.analysis.stack import Stack

__all__ = ["Besides", "besides"]


@dataclass(frozen=True, slots=True)
class Besides:
    """How much of what an answer tells beside its rows.

    `logins`: those of the person that were read. `administrators`: systems with one administrator less. `secrets`:
    those they could use. `mail`: logins that stay on and whose mail goes to them. `partial`: what goes on with less,
    and `forsaken`: what nobody who stays is named to answer for; both None for whoever has rows.
    """

    logins: int
    administrators: int
    secrets: int
    mail: int
    partial: int | None = None
    forsaken: int | None = None


def besides(analysis: Analysis, without_rows: Collection[str]) -> Mapping[str, Besides]:
    """Of every person. What hangs on the rows themselves is only counted for those who have none."""
    stack, wanted = analysis.stack, frozenset(without_rows)
    people = stack.people
    administrators = Counter(one for change in admin_changes(stack, people) for one in change.before)
    secrets = {person: len(known) for person, known in _secrets(stack).items()}
    mail = Counter(person for _, person in mail_to(stack, people))
    forsaken = Counter(_last_named(analysis))
    return {
        person: Besides(
            len(stack.accounts_of.get(person, ())),
            administrators[person],
            secrets.get(person, 0),
            mail[person],
            sum(1 for _ in goes_on_with_less(Verdict(analysis, (person,)))) if person in wanted else None,
            forsaken[person] if person in wanted else None,
        )
        for person in people
    }


def _secrets(stack: Stack) -> Mapping[str, set[str]]:
    """The secrets that each person could use, by id of the login or credential: as `rotations`, of everybody."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for secret, people in (*shared_logins(stack), *known_credentials(stack)):
        for person in people:
            found[person].add(secret)
    return found


def _last_named(analysis: Analysis) -> Iterator[str]:
    """For each thing whoever is the last of those named for it: the same as `forsaken`, of everybody without rows."""
    stack = analysis.stack
    for thing in analysis.counted:
        named = owners_named(stack, thing)
        people = {person for link in named for person in people_behind(stack, link.target)}
        if people and not nobody_answers(stack, named):
            yield from (person for person in people if nobody_answers(stack, named, {person}))
