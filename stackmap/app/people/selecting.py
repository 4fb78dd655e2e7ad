"""Some of the people and logins there are: by type, system, team, words, and what is open about them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Set
from dataclasses import dataclass, replace

from stackmap.analysis import Whereabouts
from stackmap.app.opening import Reading
from stackmap.app.people.finding import team_members
from stackmap.app.people.logins import logins_called, system_ids
from stackmap.app.people.words import name_key
from stackmap.errors import UsageError
from stackmap.model import AccountType, NodeKind, listed_whole, system_of
from stackmap.render.guards import plain
from stackmap.render.people import LoginEntry, PeopleReport, PersonEntry

__all__ = ["Selection", "selected"]

_EVERY_LOGIN = "Every login that was read is somebody's."
_NOTHING_OPEN = (
    "Nothing is left to decide: no tie was refused, and no sources differ about who is here. Who looks alike: stackmap "
    "people suggest"
)
_NOBODY_GONE = (
    "Nobody: no source says of anybody that they have left, no sources differ about it, nobody's logins are all off, "
    "and nobody is missing from a list that is said to hold everybody."
)


@dataclass(frozen=True, slots=True)
class Selection:
    """What to show. Everything that is set must hold; `team` and `gone` are true of people only, so that logins of
    nobody are left out; with `unresolved` people are.
    """

    type: AccountType | None = None
    system: str | None = None
    team: str | None = None
    search: str | None = None
    unresolved: bool = False
    gone: bool = False
    conflicts: bool = False

    @property
    def about_logins(self) -> bool:
        """Whether single logins are asked for."""
        return self.type is not None or self.system is not None


def selected(reading: Reading, report: PeopleReport, wanted: Selection) -> PeopleReport:
    """The part of a report that was asked for. Raises UsageError for a system or a team that there is not."""
    if wanted == Selection():
        return report
    words = ["as asked for"] if reading.behind else _words(wanted)  # beside stand-ins, no name is repeated
    chosen = replace(report, chosen=" ".join(["", *words]), caution=_caution(reading) if wanted.gone else "")
    if wanted == Selection(gone=True):
        chosen = replace(chosen, nothing=_NOBODY_GONE)
    fits, member = _fits(reading, wanted), _members(reading, wanted)
    called = frozenset(logins_called(reading, wanted.search) if wanted.search else ())
    people = [_narrowed(person, wanted, fits, called) for person in report.people if member(person)]
    if wanted.conflicts:
        found = [person for person in people if person is not None and person.whereabouts.differing]
        return replace(chosen, people=found, loose=(), nothing=_NOTHING_OPEN)
    kept = [person for person in people if person is not None and not wanted.unresolved]
    logins = () if wanted.team is not None or wanted.gone else report.loose
    loose = [login for login in logins if fits(login) and _found(login, wanted.search, called)]
    if wanted.unresolved and not loose:
        nothing = _EVERY_LOGIN if wanted == Selection(unresolved=True) else f"No login{chosen.chosen}."
        chosen = replace(chosen, nothing=nothing, caution=_hidden_logins(reading))
    return replace(chosen, people=kept, loose=loose, conflicts=(), suggestions=())


def _hidden_logins(reading: Reading) -> str:
    """That there may be logins which nobody saw; "" where every list of logins was read to the end."""
    kind = NodeKind.ACCOUNT
    systems = {item.system for item in reading.coverage if kind in item.kinds}
    systems |= {system_of(account) or "" for account in reading.stack.accounts}
    if systems and systems <= listed_whole(reading.coverage, kind):
        return ""
    return "Lists of logins that were read in part, or not at all, may hide some."


def _caution(reading: Reading) -> str:
    """What was not read of those who could tell who has left; "" where a directory or a staff list was read whole."""
    stack = reading.stack
    directories = [one for one in stack.graph.vertices(NodeKind.SYSTEM) if one.properties.get("directory") is True]
    whole = listed_whole(reading.coverage, NodeKind.ACCOUNT)
    half = sorted(one.name or one.id for one in directories if (system_of(one.id) or one.id) not in whole)
    if half:
        return (
            f"Not all may be here: the users of {' and '.join(half)} were not wholly read. "
            "Open those lists (stackmap doctor says how), then run stackmap collect"
        )
    if not any(one.words for one in stack.whereabouts.values()):
        return (
            "No directory and no staff list was read, so nobody can tell who has left: only people without a login in "
            "use show. Connect a directory, or import a staff list"
        )
    return ""


def _words(wanted: Selection) -> Iterator[str]:
    if wanted.gone:
        yield "with a sign of having left"
    if wanted.conflicts:
        yield "that could not be decided"
    if wanted.team:
        yield f"in {plain(wanted.team)}"
    held = "" if wanted.unresolved else "with a login "
    if wanted.type:
        yield f"{held}of type {wanted.type.value}"
    if wanted.system:
        yield f"{held}in {plain(wanted.system)}"
    if wanted.search:
        yield f'matching "{plain(wanted.search)}"'
    if wanted.unresolved:
        yield "that is nobody's"


def _fits(reading: Reading, wanted: Selection) -> Callable[[LoginEntry], bool]:
    systems = set(system_ids(reading, wanted.system)) if wanted.system else set()
    if wanted.system and not systems:
        known = sorted({plain(reading.stack.graph.system_name(account)) for account in reading.stack.accounts})
        raise UsageError(f'no logins were read in a system "{plain(wanted.system)}"; there are: {", ".join(known)}')

    def fits(login: LoginEntry) -> bool:
        within = not systems or bool(systems & {*login.places, system_of(login.id) or ""})
        return within and wanted.type in {None, login.type}

    return fits


def _members(reading: Reading, wanted: Selection) -> Callable[[PersonEntry], bool]:
    members = set(team_members(reading, wanted.team)) if wanted.team else set()

    def member(person: PersonEntry) -> bool:
        return (not wanted.team or person.id in members) and not (
            wanted.gone and person.here and not _in_doubt(person.whereabouts)
        )

    return member


def _in_doubt(whereabouts: Whereabouts) -> bool:
    """Whether something speaks against somebody's being here, though it does not prove that they have left."""
    missing = whereabouts.absent and whereabouts.here is not True
    return bool(whereabouts.half or whereabouts.differing or missing)


def _narrowed(
    person: PersonEntry, wanted: Selection, fits: Callable[[LoginEntry], bool], called: Set[str]
) -> PersonEntry | None:
    """The person with the logins that were asked for; None where none is left of those. `called`: the logins that the
    words to search for name, however answers write them.
    """
    if not wanted.about_logins and not wanted.search:
        return person
    logins = tuple(filter(fits, person.logins))
    if wanted.about_logins and not logins:
        return None
    about = (person.id, person.name, *person.emails, *person.teams)
    if not wanted.search or _holds(about, wanted.search):
        return replace(person, logins=logins)
    if not any(_found(one, wanted.search, called) for one in logins):
        return None
    return replace(person, logins=logins)


def _found(login: LoginEntry, text: str | None, called: Set[str]) -> bool:
    return text is None or login.id in called or _holds((login.id, login.name, login.email, login.system), text)


def _holds(values: tuple[str, ...], text: str) -> bool:
    return any(name_key(text) in name_key(value) for value in values)
