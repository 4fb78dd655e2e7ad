"""What happens to each thing, section by section: what it hangs on, who says so, to whom it passes, what to do."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import attrgetter

from stackmap.analysis import Cause, Row
from stackmap.analysis.departures.doors import behind_door
from stackmap.analysis.departures.heirs import Heir
from stackmap.analysis.what_if.changes import SUPPOSED_SOURCE
from stackmap.model import Certainty, How, NodeKind, Outcome, State, kind_of
from stackmap.render.chains import CHAIN, chain, leads_to_a_leaver, missing
from stackmap.render.coverage import list_name
from stackmap.render.departure import DepartureReport
from stackmap.render.departure_beside import login_name
from stackmap.render.departure_verdict import ending, shown
from stackmap.render.departure_ways import ways_told
from stackmap.render.guards import plain
from stackmap.render.lines import wrapped
from stackmap.render.sources import rows_behind
from stackmap.render.words import HEADINGS, counted, day

__all__ = ["handed_tokens", "sections", "tokens"]

_AT_WORST = {State.STOPS: "stop", State.STARVES: "run on old data", State.LATER: "stop later"}
_ABOVE = {Outcome.MOVED: "changes hands, above", Outcome.UNKNOWN: "may stop, above"}
"""What stands further up of a thing that has nobody left to care either."""

_GOES_ON = frozenset({Outcome.REFUSED, Outcome.MOVED, Outcome.UNOWNED, Outcome.MUTED, Outcome.SURVIVES})
"""Of what goes on, what notes say it means to the business is no consequence of this departure."""

_FURTHER = 2
"""So many further reasons are told of a thing."""

_JOINED = {How.INFERRED_KEY: ", joined by a key", How.INFERRED_NAME: ", joined by a name"}
"""Why a verdict may be less sure than the platform's row: the edge itself was concluded."""


def sections(report: DepartureReport, *, everything: bool) -> Iterator[str]:
    """A section for each outcome that there is."""
    for outcome in HEADINGS:
        found = [row for row in report.departure.rows if row.outcome is outcome]
        if found:
            yield from _section(report, outcome, found, everything=everything)
            yield ""


def _section(report: DepartureReport, outcome: Outcome, rows: Sequence[Row], *, everything: bool) -> list[str]:
    first = shown(report, rows, everything=everything)
    above = _told_above(report, everything=everything) if outcome is Outcome.UNOWNED else {}
    short = [row for row in first if row.thing in above]
    lines = [f"{HEADINGS[outcome]}  ({len(rows)})"]
    for row in first:
        if row not in short:
            lines.extend(_thing(report, row, everything=everything))
    for row in short:
        lines.extend(wrapped(_named(report, row, above[row.thing]), "  "))
    lines.extend(_fix(report, short[0], "  ") if short else ())
    if len(first) < len(rows):
        lines.append(f"  and {len(rows) - len(first)} more: --all")
    return lines


def _told_above(report: DepartureReport, *, everything: bool) -> dict[str, str]:
    """The things that an earlier section tells in full, and the few words that name them again."""
    rows = report.departure.rows
    found = {outcome: [row for row in rows if row.outcome is outcome] for outcome in _ABOVE}
    return {
        row.thing: words
        for outcome, words in _ABOVE.items()
        for row in shown(report, found[outcome], everything=everything)
    }


def tokens(report: DepartureReport, *, everything: bool) -> Iterator[str]:
    """Keys and connections that end while no list says what uses them."""
    rows = report.departure.tokens
    if rows:
        told = {row.thing: HEADINGS[row.outcome].casefold() for row in rows}
        yield from _of_tokens(report, rows, ending(rows, "end"), told, everything=everything)


def handed_tokens(report: DepartureReport, *, everything: bool) -> Iterator[str]:
    """Those that only change hands."""
    rows = report.departure.handed_tokens
    if rows:
        yield from _of_tokens(report, rows, "change hands", {}, everything=everything)


def _of_tokens(
    report: DepartureReport, rows: Sequence[Row], what: str, told: Mapping[str, str], *, everything: bool
) -> Iterator[str]:
    first = shown(report, rows, everything=everything)
    yield f"KEYS AND CONNECTIONS THAT {what.upper()}, NO LIST SAYS WHAT USES THEM  ({len(rows)})"
    for row in first:
        yield from wrapped(_named(report, row, told.get(row.thing, "")), "  ")
        yield from _causes(report, row, everything=everything)
    yield from _fix(report, first[0], "  ")
    if len(first) < len(rows):
        yield f"  and {len(rows) - len(first)} more: --all"
    yield ""


def _thing(report: DepartureReport, row: Row, *, everything: bool) -> Iterator[str]:
    yield from wrapped(_named(report, row, _before(report, row)), "  ")
    if row.thing in report.means:
        goes_on = "if it stopped: " if row.outcome in _GOES_ON else ""
        yield from wrapped(goes_on + plain(report.means[row.thing]), "    ")
    yield from _causes(report, row, everything=everything)
    yield from _fix(report, row)
    yield from _further(report, row, everything=everything)


def _further(report: DepartureReport, row: Row, *, everything: bool) -> Iterator[str]:
    """What brings a row about still when its first reason is mended; of many, the first two."""
    ways = list(dict.fromkeys(_reason(report, row, causes) for causes in row.also))
    told = ways if everything else ways[:_FURTHER]
    for way in told:
        yield from wrapped(f"and then still: {way}", "    ")
    if len(told) < len(ways):
        yield f"    and {counted(len(ways) - len(told), 'more reason')}: --all"
    if not row.all_told:
        yield from wrapped("and then perhaps still for another reason: looking for all of them takes too long", "    ")


def _reason(report: DepartureReport, row: Row, causes: Sequence[Cause]) -> str:
    first = min(causes, key=lambda one: not leads_to_a_leaver(report.departure, one))
    others = f" (and {len(causes) - 1} more)" if len(causes) > 1 else ""
    return chain(report.graph, report.departure, row.thing, first) + others + _seen(report, first)


def _named(report: DepartureReport, row: Row, told: str = "") -> str:
    """A thing with its system, what else is `told` of it, and how sure that is."""
    system, name = plain(report.graph.system_name(row.thing)), plain(report.graph.called(row.thing))
    where = "" if system in {name, plain(report.graph.name(row.thing))} else system
    return " · ".join(part for part in (name, where, told, _sureness(report, row)) if part)


def _before(report: DepartureReport, row: Row) -> str:
    """What is said of a thing that is broken whoever leaves, and that this departure makes worse."""
    broken = report.departure.already_broken
    at = bisect_left(broken, row.thing, key=attrgetter("thing"))  # sorted by thing
    if row.outcome not in CHAIN or at == len(broken) or broken[at].thing != row.thing:
        return ""
    if broken[at].certainty is None:
        return "may be broken already"
    return f"broken already, {'may get' if row.outcome is Outcome.UNKNOWN else 'gets'} worse"


def _causes(report: DepartureReport, row: Row, *, everything: bool) -> Iterator[str]:
    heirs = report.heirs.get((row.thing, row.outcome.value))
    ways = ways_told(report.departure, row, everything=everything)
    own = [one for one in ways.told if not _is_heir(one, heirs or ()) and not _is_further_door(report, one, ways.told)]
    # What the leavers bring about first; what was off already only explains why nothing takes over.
    ranked = sorted((not leads_to_a_leaver(report.departure, one), at) for at, one in enumerate(own))
    # Two ways that read the same (two entries of one workflow, say) are told once.
    for way in dict.fromkeys(_way(report, row, own[at], idle=before and not ranked[0][0]) for before, at in ranked):
        yield from wrapped(way, "    ")
    yield from wrapped(ways.counted(report.graph), "    ")
    if heirs is not None:
        yield from wrapped(f"the platform hands it to {_heirs(report, heirs)}", "    ")


def _is_further_door(report: DepartureReport, cause: Cause, told: Iterable[Cause]) -> bool:
    """Whether a cause is one more address of what is told beside it, and was never there: both are ours alone, and
    that a workflow has no second one is no news.
    """
    link, graph = cause.link, report.graph
    if link is None or not link.group or cause.node in graph or kind_of(cause.node) is not NodeKind.ENDPOINT:
        return False
    doors = [
        one.node for one in told if one.link is not None and (one.link.kind, one.link.group) == (link.kind, link.group)
    ]
    return any(behind_door(graph, node) != node for node in doors)


def _way(report: DepartureReport, row: Row, cause: Cause, *, idle: bool) -> str:
    """One way in which a thing is lost, with who says so. `idle`: lost before, beside one that a leaver takes."""
    graph, departure = report.graph, report.departure
    absent = missing(graph, departure, cause) if idle else ""
    way = f"no other takes over: {absent} is not there" if absent else chain(graph, departure, row.thing, cause)
    return way + _seen(report, cause) + _said_by(report, row, cause)


def _is_heir(cause: Cause, heirs: Iterable[Heir]) -> bool:
    """Whether a cause is the login that a thing would pass to: the thing does not hang on that yet."""
    return cause.link is not None and cause.link.target != cause.node in {heir.login for heir in heirs}


def _heirs(report: DepartureReport, heirs: Sequence[Heir]) -> str:
    """To whom something is handed: by name where the login is somebody's, and whether they leave, too."""
    names = []
    for heir in heirs:
        name = " and ".join(plain(report.graph.called(person)) for person in heir.people)
        leaves = ", who leaves, too" if heir.people and set(heir.people) <= set(report.departure.leavers) else ""
        names.append((name or login_name(report.graph, heir.login)) + leaves)
    return "; ".join(names) or "somebody else: to whom is not said"


def _fix(report: DepartureReport, row: Row, indent: str = "    ") -> list[str]:
    return wrapped(f"fix: {plain(report.fixes[row.thing, row.outcome.value])}", indent)


def _sureness(report: DepartureReport, row: Row) -> str:
    parts = []
    if row.certainty is not None and row.certainty is not Certainty.CERTAIN:
        parts.append(row.certainty.word)
    if row.at_worst is not None:
        parts.append(f"at worst it would {_AT_WORST[row.at_worst]}")
    if not row.alone and len(report.departure.leavers) > 1:
        parts.append("only together")
    return ", ".join(parts)


def _seen(report: DepartureReport, cause: Cause) -> str:
    """Where the edge to a cause was seen, and when."""
    if cause.link is None:
        return ""
    first = cause.link.evidence[0]
    read = {(item.source, item.inventory): item.read_at for item in report.coverage}
    when = read.get((first.source, first.inventory)) or report.taken_at
    if first.source == SUPPOSED_SOURCE:
        return "  [supposed]"
    if first.how is How.DECLARED:
        return f"  [your notes, {plain(first.record)}]" if first.record else "  [declared]"
    joined = _JOINED.get(first.how, "")
    return f"  [{plain(list_name(first))}, {day(when.date())}{joined}]"


def _said_by(report: DepartureReport, row: Row, cause: Cause) -> str:
    """The departures rows that this cause rests on, and whether your notes know better."""
    names = rows_behind(report.departure, row, cause)
    return "".join(f" [{plain(name)}{', your notes' if name in report.noted_rows else ''}]" for name in names)
