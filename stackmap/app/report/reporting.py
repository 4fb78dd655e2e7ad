"""The bus-factor report: what hangs on how few, worst first, with evidence."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from stackmap.analysis import ANONYMOUS, Analysis, BusFactor, Departure, Fate, Row, login_fates
from stackmap.analysis.bus_factor.standing import Standing, standing
from stackmap.analysis.compiling.routes import place_of
from stackmap.analysis.gates.marks import RUN_MARKS, Run
from stackmap.app.asking import check, gone_people
from stackmap.app.explaining import platforms_say
from stackmap.app.garbage import collector_paused
from stackmap.app.map.sights import Sights
from stackmap.app.opening import Reading
from stackmap.app.report.rank import Ranking
from stackmap.app.report.ways import Ways
from stackmap.app.scope import not_read_themselves, read_sources
from stackmap.model import Outcome, Vertex, is_thing
from stackmap.render.bus_factor_gone import Gone
from stackmap.render.bus_factor_pairs import may_have_pairs, pairs_by_thing
from stackmap.render.report_page import Hanging, Paired, Report, Uncared, Unsure, Way
from stackmap.render.words import full_day, person_name

__all__ = ["bus_factor_report"]

_CHAIN = frozenset({Outcome.STOPS, Outcome.STARVES, Outcome.LATER, Outcome.UNKNOWN})
_FAILS = frozenset({Outcome.STOPS, Outcome.STARVES})


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
        self._ways = Ways(reading, self._sights)
        self._ranking = Ranking(reading, self._sights, self._verdicts)
        self._departure = cache(self._leave)

    def report(self) -> Report:
        fates = login_fates(self._analysis, ())
        noted, named = not_read_themselves(self._reading)
        unread = sum(factor.care_at_worst == "unknown" for factor in self._factors.values())
        may_be_paired, all_pairs = may_have_pairs(tuple(self._factors.values()))
        return Report(
            read_on=full_day(self._reading.snapshot.taken_at.date()),
            as_of=full_day(self._stack.as_of),
            graph=self._graph,
            sources=read_sources(self._reading),
            only_noted=noted,
            only_named=named,
            untied=sum(fate.what is Fate.COULD_BE_THEIRS for fate in fates),
            coverage=self._reading.coverage,
            standings=Counter(self._standings.values()),
            hanging=tuple(self._hanging()),
            unsure=tuple(self._unsure()),
            uncared=tuple(self._uncared()),
            verdicts=self._verdicts,
            platforms_say={row: says for row, says in platforms_say(None).items() if row not in self._noted_rows},
            systems=self._sights.systems,
            paired=self._paired(),
            may_be_paired=may_be_paired,
            all_pairs=all_pairs,
            care_read=len(self._factors) - unread,
            care_not_read=unread,
        )

    @property
    def _noted_rows(self) -> frozenset[str]:
        return frozenset(self._reading.policy.rows)

    @property
    def _factors(self) -> Mapping[str, BusFactor]:
        return self._sights.factors

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
        ranked = sorted(shown, key=lambda thing: (self._ranking.key(thing, held[thing].takes), *self._by_name(thing)))
        return [self._shown(held[thing]) for thing in ranked]

    def _paired(self) -> tuple[Paired, ...]:
        found = pairs_by_thing(tuple(self._factors.values()))
        takes = {thing: self._lost_with(thing) for thing in found}
        ranked = sorted(found, key=lambda thing: (self._ranking.key(thing, takes[thing]), *self._by_name(thing)))
        return tuple(self._one_paired(thing, found[thing]) for thing in ranked)

    def _one_paired(self, thing: str, pairs: Iterable[Sequence[str]]) -> Paired:
        vertex = self._analysis.counted[thing]
        people = tuple(tuple(map(self._person, pair)) for pair in pairs)
        return Paired(self._sights.named(vertex), self._where(vertex), people, self._standings[thing])

    def _person(self, person: str) -> str:
        name = person_name(self._graph, person)
        return f"{name} ({self._gone[person].value})" if person in self._gone else name

    @cached_property
    def _gone(self) -> Mapping[str, Gone]:
        return gone_people(self._reading)

    def _by_name(self, thing: str) -> tuple[str, str]:
        return self._named(thing).casefold(), thing

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
        solver, network = self._analysis.solver, self._analysis.network
        own = [network.index[node] for node in (thing, place_of(self._stack, thing)) if node in network.index]
        lost = {network.names[node] for node in solver.fall((node, RUN_MARKS[Run.POSSIBLE]) for node in own)}
        return frozenset(lost & self._analysis.counted.keys() - {thing})

    def _shown(self, held: _Held) -> Hanging:
        thing, known = held.vertex, held.vertex.properties
        cost = known.get("cost_per_day")
        names = sorted(map(self._weighed, held.takes), key=lambda name: (name.casefold(), name))
        means = str(known.get("means", ""))
        return Hanging(
            self._sights.named(thing),
            self._where(thing),
            means,
            str(known.get("noticed_after", "")),
            f"{cost:g}" if isinstance(cost, int | float) else "",
            self._ranking.noted_weight(thing.id),
            "" if means else self._stakes(held.takes),
            tuple(self._ways.loss(self._departure(person), row) for person, row in held.rows),
            tuple(names),
        )

    def _weighed(self, thing: str) -> str:
        weight = self._ranking.noted_weight(thing)
        return f"{self._named(thing)} ({weight})" if weight else self._named(thing)

    def _stakes(self, takes: Iterable[str]) -> str:
        """What the business notices of the heaviest thing among these of which anybody wrote that down."""
        told = {thing: means for thing in takes if (means := self._analysis.counted[thing].properties.get("means"))}
        heaviest = min(told, key=lambda thing: (-self._ranking.weight(thing), self._named(thing), thing), default="")
        return f"with it goes {self._named(heaviest)}: {told[heaviest]}" if heaviest else ""

    def _named(self, thing: str) -> str:
        vertex = self._graph.get(thing)
        return self._sights.named(vertex) if vertex else thing

    def _where(self, thing: Vertex) -> str:
        system = self._sights.system_name(thing.id)
        return "" if system == thing.name else system

    def _unsure(self) -> list[Unsure]:
        wanted = set(self._in(Standing.MAYBE_ONE_PERSON))
        found: dict[str, list[tuple[tuple[Way, ...], str]]] = defaultdict(list)
        for person in (*self._stack.people, ANONYMOUS):
            if wanted and any(thing in wanted for thing, _ in self._analysis.outcomes((person,))):
                departure = self._departure(person)
                for row in departure.rows:
                    if row.thing in wanted and row.outcome in _CHAIN:
                        found[row.thing].append(self._ways.at_worst(departure, row))
        return sorted(
            (self._open(thing, told) for thing, told in found.items()),
            key=lambda one: (not one.means, one.name.casefold(), one.name),
        )

    def _open(self, thing: str, told: Sequence[tuple[tuple[Way, ...], str]]) -> Unsure:
        vertex = self._analysis.counted[thing]
        means = str(vertex.properties.get("means", ""))
        ways = dict.fromkeys(way for found, _ in told for way in found)
        return Unsure(self._sights.named(vertex), self._where(vertex), means, tuple(ways), told[0][1])

    def _uncared(self) -> Iterator[Uncared]:
        yield from self._not_known_to_be_cared_for()
        few = {thing: self._carers(thing) for thing, one in self._factors.items() if one.care_at_worst in {0, 1}}
        under = {thing: self._shares_with(thing, few) for thing in few}
        for thing in sorted(few, key=lambda thing: (len(few[thing]), *self._heaviest_first(thing))):
            if under[thing]:
                continue
            also = tuple(sorted(self._named(other) for other, system in under.items() if system == thing))
            who = " and ".join(person_name(self._graph, person) for person in few[thing])
            yield self._one_uncared(thing, who, also)

    def _not_known_to_be_cared_for(self) -> Iterator[Uncared]:
        """Things whose owners in writing are gone, and of which it was not read who else looks after them."""
        gone = [thing for thing in self._sights.owner_gone if self._factors[thing].care_at_worst == "unknown"]
        for thing in sorted(gone, key=self._heaviest_first):
            yield self._one_uncared(thing, None, ())

    def _one_uncared(self, thing: str, who: str | None, also: tuple[str, ...]) -> Uncared:
        vertex = self._analysis.counted[thing]
        means, gone = str(vertex.properties.get("means", "")), self._sights.owner_gone.get(thing, "")
        return Uncared(self._sights.named(vertex), self._where(vertex), means, who, also, gone)

    def _heaviest_first(self, thing: str) -> tuple[float, str, str]:
        return -self._ranking.weight(thing), self._named(thing), thing

    def _carers(self, thing: str) -> tuple[str, ...]:
        return tuple(sorted({one.person for one in self._analysis.care.carers(thing) if one.sure}))

    def _shares_with(self, thing: str, few: Mapping[str, tuple[str, ...]]) -> str:
        """The system in which a thing lies, where its carers are the system's; "" for a thing of its own."""
        systems = [system for system in self._graph.systems_of(thing) if system != thing]
        return next((system for system in systems if few.get(system) == few[thing]), "")
