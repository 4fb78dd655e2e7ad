"""Who should be able to take over what, so that no single person's leaving stops anything."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from stackmap.analysis.succession.asked import asked_about as asked_of
from stackmap.analysis.succession.idle import not_seen_there
from stackmap.analysis.succession.milder import milder
from stackmap.analysis.succession.plan import second_holders
from stackmap.analysis.succession.remains import OneMore
from stackmap.analysis.succession.rights import rights_gained
from stackmap.app.garbage import collector_paused
from stackmap.app.opening import Reading
from stackmap.app.people.asked import asked_about
from stackmap.app.people.unclear import shown
from stackmap.app.people.words import nearest
from stackmap.app.what_if.thing_names import things_called
from stackmap.errors import UsageError
from stackmap.model import Vertex
from stackmap.render.guards import plain
from stackmap.render.succession import SecondHoldersReport

__all__ = ["plan_second_holders"]

_SHOWN = 8


def plan_second_holders(
    reading: Reading, things: Sequence[str] = (), leaving: Sequence[str] = (), at_most: int | None = None
) -> SecondHoldersReport:
    """The fewest second holders for these things, by name or id (none: for all), and who they could be.

    `leaving`: people, as `leave` takes them, who leave first; they are stored nowhere. `at_most`: how many one person
    takes. Raises UsageError for a name that fits nothing, nobody, or several.
    """
    going = asked_about(reading, leaving, then="stackmap bus-factor --second-holders --leaving")
    wanted = _find_things(reading, things) if things else None
    with collector_paused():
        report = _report(reading, wanted, going, at_most)
    return replace(report, asked_with=_options(things, len(leaving), at_most))


def _options(things: Sequence[str], leaving: int, at_most: int | None) -> tuple[str, ...]:
    """What was asked, to be asked again; of those who leave first nothing but how often one was named."""
    asked = [word for thing in things for word in ("--thing", thing)]
    return (*asked, *["--leaving", "NAME"] * leaving, *(() if at_most is None else ("--at-most", f"{at_most}")))


def _report(
    reading: Reading, wanted: tuple[str, ...] | None, going: Sequence[str], at_most: int | None
) -> SecondHoldersReport:
    analysis = reading.analysis()
    plan = second_holders(analysis, wanted, leaving=going, at_most=at_most)
    hand_overs = (*plan.running.hand_overs, *plan.care.hand_overs)
    seconds = {one.hold: one.second for one in hand_overs if one.second is not None}
    return SecondHoldersReport(
        snapshot=reading.snapshot.id,
        taken_at=reading.snapshot.taken_at,
        graph=reading.stack.graph,
        coverage=reading.coverage,
        plan=plan,
        wanted=wanted,
        leaving=tuple(going),
        supposed=reading.supposed,
        asked=asked_of(OneMore(analysis, going, wanted), wanted, plan) if wanted else (),
        milder=milder(analysis, wanted, going) if wanted else {},
        rights=rights_gained(analysis, seconds.items()),
        unseen=not_seen_there(analysis, seconds),
        stand_ins=reading.behind is not None,
    )


def _find_things(reading: Reading, wanted: Iterable[str]) -> tuple[str, ...]:
    counted = [vertex for vertex in reading.stack.graph.things() if not vertex.switched_off]
    return tuple(dict.fromkeys(_find(reading, counted, text) for text in wanted))


def _find(reading: Reading, counted: Sequence[Vertex], text: str) -> str:
    found = things_called(reading.stack.graph, counted, text)
    if len(found) == 1:
        return found[0].id
    by_id = {one.id: one for one in counted}
    near = found or [by_id[thing] for thing in nearest(text, {one.id: (one.name, one.id) for one in counted})]
    raise UsageError("\n".join([_told(text, found, near), *(_line(reading, one) for one in near[:_SHOWN])]))


def _told(text: str, found: Sequence[Vertex], near: Sequence[Vertex]) -> str:
    if found:
        return f"{len(found)} things are called {shown(text)}; say which, by its id:"
    told = f"none of the things that were read is called {shown(text)}"
    return f"{told}; nearest:" if near else f"{told}. See: stackmap bus-factor --all"


def _line(reading: Reading, one: Vertex) -> str:
    about = (one.id, plain(one.name), plain(reading.stack.graph.system_name(one.id)))
    return "  " + "   ".join(filter(None, about))
