"""The bus-factor report: what hangs on how few, worst first, with evidence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property

from stackmap.analysis import ANONYMOUS, Analysis, BusFactor, Departure, Fate, Row, bus_factors, fix_for, login_fates
from stackmap.analysis.network import Reading as InReading
from stackmap.analysis.routes import place_of
from stackmap.analysis.standing import Standing, standing
from stackmap.app.asking import check
from stackmap.app.garbage import collector_paused
from stackmap.app.map_nodes import Sights
from stackmap.app.opening import Reading
from stackmap.app.scope import only_noted, read_sources
from stackmap.model import Certainty, Evidence, Outcome, State, Vertex, is_thing
from stackmap.render.chains import chain
from stackmap.render.report_page import Hanging, Loss, Report, Uncared, Unsure
from stackmap.render.words import HEADINGS, full_day, person_name

__all__ = ["bus_factor_report"]

_CHAIN = frozenset({Outcome.STOPS, Outcome.STARVES, Outcome.LATER, Outcome.UNKNOWN})
_FAILS = frozenset({Outcome.STOPS, Outcome.STARVES})
_NOTES = "manifest"
_UNTOLD = "hangs on what was not read"
_AT_WORST = {State.STOPS: "at worst it stops", State.STARVES: "at worst it runs on old data"}


def bus_factor_report(reading: Reading) -> Report:
    """Everything the report of a reading says."""
    with collector_paused():
        return _Reporter(reading, reading.analysis()).report()


@dataclass
class _Held:
    """A thing that one person's leaving takes, with the rows that say how."""

    vertex: Vertex
    rows: tuple[tuple[str, Row], ...]
    takes: frozenset[str]
    direct: bool


class _Reporter:
    def __init__(self, reading: Reading, analysis: Analysis) -> None:
        self._reading = reading
        self._analysis = analysis
        self._stack = analysis.stack
        self._graph = analysis.stack.graph
        self._verdicts = check(reading)
        self._sights = Sights(reading, analysis, self._verdicts)
        self._departure = cache(self._leave)

    def report(self) -> Report:
        fates = login_fates(self._analysis, ())
        return Report(
            read_on=full_day(self._reading.snapshot.taken_at.date()),
            as_of=full_day(self._stack.as_of),
            graph=self._graph,
            sources=read_sources(self._reading),
            only_noted=only_noted(self._reading),
            untied=sum(fate.what is Fate.COULD_BE_THEIRS for fate in fates),
            coverage=self._reading.coverage,
            standings=Counter(self._standings.values()),
            hanging=tuple(self._hanging()),
            unsure=tuple(self._unsure()),
            uncared=tuple(self._uncared()),
            verdicts=self._verdicts,
        )

    @cached_property
    def _factors(self) -> Mapping[str, BusFactor]:
        return {factor.thing: factor for factor in bus_factors(self._analysis)}

    @cached_property
    def _standings(self) -> Mapping[str, Standing]:
        return {thing: standing(factor) for thing, factor in self._factors.items()}

    def _in(self, group: Standing) -> list[str]:
        return [thing for thing, found in self._standings.items() if found is group]

    def _leave(self, person: str) -> Departure:
        return self._analysis.leave((person,))

    def _hanging(self) -> list[Hanging]:
        held = {thing: self._held(thing) for thing in self._in(Standing.ONE_PERSON)}
        shown = {thing for thing, one in held.items() if one.direct}
        below = {thing for root in shown for thing in held[root].takes}
        shown |= held.keys() - below
        return sorted(
            (self._shown(held[thing]) for thing in shown),
            key=lambda one: (-one.weight, one.name.casefold(), one.name, one.system),
        )

    def _held(self, thing: str) -> _Held:
        vertex = self._analysis.counted[thing]
        people = [people[0] for people in self._factors[thing].minimal_sets if len(people) == 1]
        rows = tuple((person, row) for person in people for row in self._rows(person, thing) if row.outcome in _FAILS)
        direct = any(not self._is_thing(cause.node) for _, row in rows for cause in row.because)
        return _Held(vertex, rows, self._lost_with(thing), direct)

    def _rows(self, person: str, thing: str) -> Iterator[Row]:
        return (row for row in self._departure(person).rows if row.thing == thing and row.outcome in _CHAIN)

    def _is_thing(self, node: str) -> bool:
        vertex = self._graph.get(node)
        return vertex is not None and is_thing(vertex)

    def _lost_with(self, thing: str) -> frozenset[str]:
        """The other things that are known to be lost when this one stops."""
        solver, network = self._analysis.solver(InReading.PROVEN), self._analysis.network
        own = {thing, place_of(self._stack, thing)}
        worse = solver.fall([network.index[node] for node in sorted(own) if node in network.index])
        lost = {network.names[node] for node in worse}
        solver.undo()
        return frozenset(lost & self._analysis.counted.keys() - {thing})

    def _weight(self, things: Iterable[str]) -> float:
        weights = self._reading.policy.weights
        return sum(weights.get(thing, 1.0) for thing in sorted(things))

    def _shown(self, held: _Held) -> Hanging:
        thing, known = held.vertex, held.vertex.properties
        cost = known.get("cost_per_day")
        names = sorted((self._named(other) for other in held.takes), key=lambda name: (name.casefold(), name))
        return Hanging(
            self._sights.named(thing),
            self._where(thing),
            str(known.get("means", "")),
            str(known.get("noticed_after", "")),
            f"{cost:g}" if isinstance(cost, int | float) else "",
            tuple(self._loss(person, row) for person, row in held.rows),
            tuple(names),
            self._weight({thing.id, *held.takes}),
        )

    def _named(self, thing: str) -> str:
        vertex = self._graph.get(thing)
        return self._sights.named(vertex) if vertex else thing

    def _where(self, thing: Vertex) -> str:
        system = self._sights.system_name(thing.id)
        return "" if system == thing.name else system

    def _loss(self, person: str, row: Row) -> Loss:
        told = sorted(row.because, key=lambda cause: cause.node not in self._graph)
        more = f" (and {len(told) - 1} more)" if len(told) > 1 else ""
        why = f"{chain(self._graph, self._departure(person), row.thing, told[0])}{more}" if told else _UNTOLD
        sure = row.certainty.word if row.certainty is not None else ""
        worse = _AT_WORST.get(row.at_worst, "") if row.at_worst is not None else ""
        return Loss(
            HEADINGS[row.outcome].lower(),
            ", ".join(part for part in (sure, worse) if part),
            why,
            fix_for(self._graph, row),
            tuple(self._seen(row).items()),
        )

    def _seen(self, row: Row) -> Mapping[str, str]:
        """Where the edges to the direct causes were seen, each place once, with its address."""
        found: dict[str, str] = {}
        for evidence in (item for cause in row.because if cause.link for item in cause.link.evidence):
            (proof,) = self._sights.proofs((evidence,))
            where = " ".join(part for part in (proof.inventory, proof.record) if part)
            sure = "" if evidence.how.certainty is Certainty.CERTAIN else proof.how
            found.setdefault(
                ", ".join(part for part in (proof.system, where, self._day(evidence), sure) if part), proof.link
            )
        return found

    def _day(self, evidence: Evidence) -> str:
        """When it was seen: with its list, else with its source; notes are read anew each time."""
        if evidence.source == _NOTES:
            return ""
        lists = {(item.source, item.inventory): item.read_at for item in self._reading.coverage}
        sources = {source.name: source.read_at for source in self._reading.sources}
        when = lists.get((evidence.source, evidence.inventory)) or sources.get(evidence.source)
        return full_day(when.date()) if when else ""

    def _unsure(self) -> list[Unsure]:
        wanted = set(self._in(Standing.MAYBE_ONE_PERSON))
        found: dict[str, Unsure] = {}
        for person in (*self._stack.people, ANONYMOUS):
            if wanted - found.keys() and any(thing in wanted for thing, _ in self._analysis.outcomes((person,))):
                for row in self._departure(person).rows:
                    if row.thing in wanted and row.outcome in _CHAIN:
                        found.setdefault(row.thing, self._open(person, row))
        return sorted(found.values(), key=lambda one: (not one.means, one.name.casefold(), one.name))

    def _open(self, person: str, row: Row) -> Unsure:
        vertex = self._analysis.counted[row.thing]
        causes = row.because_at_worst or row.because
        why = (
            chain(self._graph, self._departure(person), row.thing, causes[0])
            if causes
            else "hangs on what was not read"
        )
        means = str(vertex.properties.get("means", ""))
        return Unsure(self._sights.named(vertex), self._where(vertex), means, why, fix_for(self._graph, row))

    def _uncared(self) -> Iterator[Uncared]:
        few = {thing: self._carers(thing) for thing, one in self._factors.items() if one.care_at_worst in {0, 1}}
        under = {thing: self._shares_with(thing, few) for thing in few}
        ranked = sorted(few, key=lambda thing: (len(few[thing]), -self._weight((thing,)), self._named(thing), thing))
        for thing in ranked:
            if under[thing]:
                continue
            vertex = self._analysis.counted[thing]
            also = tuple(sorted(self._named(other) for other, system in under.items() if system == thing))
            means = str(vertex.properties.get("means", ""))
            who = " and ".join(person_name(self._graph, person) for person in few[thing])
            yield Uncared(self._sights.named(vertex), self._where(vertex), means, who, also)

    def _carers(self, thing: str) -> tuple[str, ...]:
        return tuple(sorted({one.person for one in self._analysis.care.carers(thing) if one.sure}))

    def _shares_with(self, thing: str, few: Mapping[str, tuple[str, ...]]) -> str:
        """The system in which a thing lies, where its carers are the system's; "" for a thing of its own."""
        systems = [system for system in self._graph.systems_of(thing) if system != thing]
        return next((system for system in systems if few.get(system) == few[thing]), "")
