"""What each person alone would break: as text, JSON (`stackmap.everyone/1`) and CSV."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any

from stackmap.analysis import Everyone, LoginFate
from stackmap.analysis.departures.besides import Besides
from stackmap.analysis.what_if.supposed import Supposed
from stackmap.model import Coverage, Outcome, StackGraph
from stackmap.render.bus_factor_gone import Gone, gone_lines
from stackmap.render.bus_factor_table import opening, table
from stackmap.render.coverage import coverage_dicts, gaps
from stackmap.render.departure import write_json
from stackmap.render.departure_beside import login_name
from stackmap.render.guards import plain
from stackmap.render.lines import wrapped
from stackmap.render.supposing import supposed_json, supposed_lines
from stackmap.render.words import and_listed, counted

__all__ = ["EveryoneReport", "everyone_csv", "everyone_json", "everyone_text"]

_ROWS = (
    Outcome.STOPS,
    Outcome.STARVES,
    Outcome.LATER,
    Outcome.UNKNOWN,
    Outcome.UNOWNED,
    Outcome.REFUSED,
    Outcome.MOVED,
    Outcome.MUTED,
    Outcome.SURVIVES,
)
_KEYS = (
    *(outcome.value for outcome in _ROWS),
    *("tokens", "handed_tokens", "administrators", "rotate", "mail", "partial", "forsaken", "logins", "gone"),
)
_SHOWN_IN = (
    (Outcome.REFUSED, "blocks", "last day", 10),
    (Outcome.STOPS, "", "stops", 7),
    (Outcome.STARVES, "old", "data", 6),
    (Outcome.LATER, "", "later", 7),
    (Outcome.UNKNOWN, "may", "stop", 6),
    (Outcome.UNOWNED, "no", "carer", 7),
)
"""The columns: two lines of heading, and how wide."""

_LESSER = (
    ("moved", "changes hands", "change hands"),
    ("handed_tokens", "key or connection changes hands", "keys or connections change hands"),
    ("tokens", "key or connection ends, or may", "keys or connections end, or may"),
    ("muted", "alarm reaches nobody", "alarms reach nobody"),
    ("forsaken", "thing with nobody named for it left", "things with nobody named for them left"),
    ("partial", "thing goes on with less", "things go on with less"),
    ("administrators", "system with one administrator less", "systems with one administrator less"),
    ("rotate", "secret to change", "secrets to change"),
    ("mail", "login whose mail goes to them", "logins whose mail goes to them"),
    ("survives", "survives, as documented", "survive, as documented"),
)
"""What is told only of those whose leaving does nothing worse."""

_NAME = 30
_PEOPLE = 20
_LOGINS = 6
"""How wide names are at most, how many people with lesser things only and how many logins are shown without --all."""


@dataclass(frozen=True, slots=True)
class EveryoneReport:
    """What each person alone would break. `anybodys`: logins that could be theirs, whose holder could not be read."""

    taken_at: datetime
    graph: StackGraph
    coverage: Sequence[Coverage]
    people: Sequence[Everyone]
    gone: Mapping[str, Gone] = field(default_factory=dict)
    supposed: Supposed = field(default_factory=Supposed)
    besides: Mapping[str, Besides] = field(default_factory=dict)
    anybodys: Sequence[LoginFate] = ()


def everyone_json(report: EveryoneReport) -> str:
    """`stackmap.everyone/1`: the counts under the names that `leave --format json` has for the rows themselves."""
    document = {
        "schema": "stackmap.everyone/1",
        **supposed_json(report.graph, report.supposed),
        "people": [
            {"id": one.person, "name": report.graph.name(one.person), **_counts(report, one)} for one in report.people
        ],
        "could_be_theirs": [
            {
                "id": fate.id,
                "name": report.graph.name(fate.id),
                "system": report.graph.system_name(fate.id) or None,
                "things": list(fate.things),
            }
            for fate in report.anybodys
        ],
        "coverage": coverage_dicts(report.coverage),
    }
    return write_json(document)


def everyone_csv(report: EveryoneReport) -> str:
    """One row per person; empty where something is not counted."""
    rows = [
        [one.person, report.graph.name(one.person), *("" if n is None else str(n) for n in told.values())]
        for one, told in ((one, _counts(report, one)) for one in report.people)
    ]
    return table(("id", "name", *_KEYS), rows)


def _counts(report: EveryoneReport, one: Everyone) -> Mapping[str, Any]:
    """Everything that is counted of a person, by the key that JSON has for it."""
    beside, gone = report.besides.get(one.person, Besides(0, 0, 0, 0)), report.gone.get(one.person)
    handed = one.tokens.get(Outcome.MOVED, 0)
    told = (
        *(one.counts[outcome] for outcome in _ROWS),
        sum(one.tokens.values()) - handed,
        handed,
        beside.administrators,
        beside.secrets,
        beside.mail,
        beside.partial,
        beside.forsaken,
        beside.logins,
        gone.key if gone else None,
    )
    return dict(zip(_KEYS, told, strict=True))


def everyone_text(report: EveryoneReport, *, everything: bool = False) -> str:
    """By name, not ranked: this is a list of what hangs on whose login, not of people."""
    people = sorted(report.people, key=lambda one: (report.graph.name(one.person).casefold(), one.person))
    worst = [one for one in people if _stands_in_table(one)]
    others = {one.person: _lesser(report, one) for one in people if not _stands_in_table(one)}
    lesser = {person: told for person, told in others.items() if told}
    lines = [*supposed_lines(report.graph, report.supposed), *opening(report.coverage, report.taken_at), ""]
    lines.extend(_table(report, worst))
    lines.extend(gone_lines(report.gone, [*(one.person for one in worst), *lesser], short=True))
    lines.extend(_lesser_things(report, lesser, everything=everything))
    lines.extend(["", *_of_the_rest(report, [person for person in others if person not in lesser])])
    lines.extend(_could_be_theirs(report, everything=everything))
    lines.extend(gaps(report.coverage))
    return "\n".join(lines) + "\n"


def _stands_in_table(one: Everyone) -> bool:
    return any(one.counts[outcome] for outcome, *_ in _SHOWN_IN)


def _table(report: EveryoneReport, people: Sequence[Everyone]) -> Iterator[str]:
    yield "What hangs on each person's logins alone (by name; how many things)"
    if not people:
        return
    names = [plain(report.graph.name(one.person))[:_NAME] for one in people]
    width = max(20, *map(len, names)) + 2
    for heading in ([first for _, first, _, _ in _SHOWN_IN], [second for _, _, second, _ in _SHOWN_IN]):
        yield " " * width + "".join(f"{word:>{column[-1]}}" for word, column in zip(heading, _SHOWN_IN, strict=True))
    for one, name in zip(people, names, strict=True):
        cells = "".join(f"{one.counts[outcome] or '-':>{wide}}" for outcome, _, _, wide in _SHOWN_IN)
        left = f"  ({report.gone[one.person].short})" if one.person in report.gone else ""
        yield f"  {name:<{width - 2}}{cells}{left}"
    text = "Alarms, administrators, changes of hands, secrets and the like of those above: stackmap leave NAME"
    yield from wrapped(text, "  ", "  ")


def _lesser(report: EveryoneReport, one: Everyone) -> str:
    """What else hangs on somebody, in a few words; "" for nothing."""
    told = _counts(report, one)
    return ", ".join(counted(number, single, many) for key, single, many in _LESSER if (number := told[key]))


def _lesser_things(report: EveryoneReport, lesser: Mapping[str, str], *, everything: bool) -> Iterator[str]:
    if not lesser:
        return
    yield ""
    yield "On these only lesser things hang (which ones: stackmap leave NAME)"
    for person, told in islice(lesser.items(), None if everything else _PEOPLE):
        yield from wrapped(f"{_name(report, person)} · {told}", "  ")
    if not everything and len(lesser) > _PEOPLE:
        yield f"  and {len(lesser) - _PEOPLE} more: --all"


def _of_the_rest(report: EveryoneReport, people: Sequence[str]) -> Iterator[str]:
    """Of everybody else: those who are gone and those without a login are no all-clear."""
    gone = [person for person in people if person in report.gone]
    unseen = [person for person in people if person not in report.gone and not _has_login(report, person)]
    rest = len(people) - len(gone) - len(unseen)
    if rest:
        yield f"Nothing that was read hangs on {counted(rest, 'other person', 'other people')} alone."
    if unseen:
        names = and_listed([_name(report, person) for person in unseen[:_LOGINS]])
        more = f", and of {len(unseen) - _LOGINS} more" if len(unseen) > _LOGINS else ""
        yield from wrapped(f"No login was found of {names}{more}: little can be said.", hanging="  ")
    if gone:
        names = "; ".join(_name(report, person) for person in gone[:_LOGINS])
        more = f"; and {len(gone) - _LOGINS} more" if len(gone) > _LOGINS else ""
        has_left = any(report.gone[person] is Gone.LEFT for person in gone)
        still = " What is open because somebody has left: stackmap leave NAME" if has_left else ""
        yield from wrapped(f"Nothing more hangs on {names}{more}.{still}", hanging="  ")


def _has_login(report: EveryoneReport, person: str) -> bool:
    beside = report.besides.get(person)
    return beside is None or beside.logins > 0


def _could_be_theirs(report: EveryoneReport, *, everything: bool) -> Iterator[str]:
    """Logins whose holder could not be read: what hangs on them may hang on anybody above."""
    fates = sorted(report.anybodys, key=lambda fate: _read_first(report.graph, fate))
    if not fates:
        return
    things = {thing for fate in fates for thing in fate.things}
    shown = fates if everything else fates[:_LOGINS]
    names = [f"{login_name(report.graph, fate.id)} ({len(fate.things)})" for fate in shown]
    more = f"; and {len(fates) - len(shown)} more: --all" if len(shown) < len(fates) else ""
    hang = f"{counted(len(things), 'thing')} {'hangs' if len(things) == 1 else 'hang'}"
    yield from wrapped(
        f"Not counted above: {counted(len(fates), 'login')} whose holder could not be read. {hang} on "
        f"{'it' if len(fates) == 1 else 'them'}, and could hang on anybody: {'; '.join(names)}{more}",
        hanging="  ",
    )


def _read_first(graph: StackGraph, fate: LoginFate) -> tuple[bool, str, str]:
    """Logins that were read before those that only a token proves to exist; then by name."""
    return fate.id not in graph, login_name(graph, fate.id).casefold(), fate.id


def _name(report: EveryoneReport, person: str) -> str:
    name = plain(report.graph.name(person))
    return f"{name} ({report.gone[person].short})" if person in report.gone else name
