"""One reading of one stack at one grade: membership of groups, then the fixpoint (rules 10, 21, 22).

The least one from *works*, but along edges of supply the greatest of what is broken: see `README.md`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tests.oracle.circles import Circle, circles, is_supply
from tests.oracle.facts import ACTS, AS_SOMEBODY, LATER, STARVES, STOPS, Edge, Stack
from tests.oracle.gates import Gate, Requirement, requirements
from tests.oracle.logins import Acts, Departure, felt, logins, struck

Levels = Mapping[Gate, int]
CAP_OF_WORD = {"stops": STOPS, "starves": STARVES, "later": LATER, "muted": STOPS}


@dataclass(frozen=True, slots=True)
class World:
    """What is fixed before the fixpoint: the acts of accounts and the gates that are off by themselves."""

    departure: Departure
    acts: Acts
    floor: Levels


@dataclass(frozen=True, slots=True)
class Kept:
    """The members of a requirement that count, and how: see `Run._keep`."""

    members: tuple[Gate, ...]
    need: int
    broken: bool = False
    as_unknown: bool = False
    too_few_listed: bool = False


@dataclass(frozen=True, slots=True)
class Sight:
    """The levels that a gate sees where it is fed, where it needs something, and where no edge leads."""

    fed: Levels
    needed: Levels
    bare: Levels


def _plain(levels: Levels) -> Sight:
    return Sight(levels, levels, levels)


class Run:
    """States under any set of leavers, in one reading (`proven`, `worst`) and at one grade."""

    def __init__(self, stack: Stack, reading: str, grade: str) -> None:
        self.stack = stack
        self.reading = reading
        self.grade = grade
        self._worlds: dict[tuple[frozenset[str], str], World] = {}
        self._levels: dict[tuple[frozenset[str], str], dict[Gate, int]] = {}
        self._logins = logins(stack)
        self._accounts = frozenset(login.account for login in self._logins)
        self._requirements = requirements(stack)
        self._gates = self._all_gates()
        self._fixed_floor = {gate: self._own_level(gate.node) for gate in self._gates}
        self._unread = frozenset(
            gate for gate in self._gates if stack.never_read(gate.node) and gate.node not in self._accounts
        )
        nobody = self.world(frozenset(), "deactivated")
        self._proven_baseline = (
            Run(stack, "proven", grade).levels(frozenset(), "deactivated") if reading == "worst" else nobody.floor
        )
        self._kept = {
            gate: [(needs, self._keep(needs, nobody)) for needs in self._requirements[gate]]
            for gate in self._requirements
        }

    def world(self, gone: frozenset[str], how: str) -> World:
        if (gone, how) not in self._worlds:
            self._worlds[gone, how] = self._world(gone, how)
        return self._worlds[gone, how]

    def _world(self, gone: frozenset[str], how: str) -> World:
        departure = Departure(gone, how, self.reading, self.grade)
        now = struck(self.stack, self._logins, departure)
        acts = {x.account: x.acts_read | now.get(x.account, frozenset()) for x in self._logins}
        floor = dict(self._fixed_floor)
        for gate in self._gates:
            left = gate.node in gone and self.stack.kind(gate.node) == "Person"
            if left or (departure.anonymous_gone and gate in self._unread):
                floor[gate] = STOPS
        return World(departure, acts, floor)

    def levels(self, gone: frozenset[str], how: str) -> dict[Gate, int]:
        """The fixpoint. Of an account: what it has by its requirements alone."""
        if (gone, how) not in self._levels:
            self._levels[gone, how] = self._fixpoint(self.world(gone, how))
        return self._levels[gone, how]

    def _fixpoint(self, world: World) -> dict[Gate, int]:
        levels = dict.fromkeys(self._gates, 0)
        for circle in circles(self.stack, tuple(self._gates)):
            if not circle.supplied:
                levels |= self._needing(circle, world, levels, {})
                continue
            levels |= self._proven_of(circle, world, levels)
            if circle.mixed and self.reading == "worst":
                levels |= self._doubted(circle, world, levels)
        return levels

    def _needing(self, circle: Circle, world: World, levels: Levels, fed: dict[Gate, int]) -> dict[Gate, int]:
        """The least of what is broken in a circle. What is fed is fed by what `fed` says, where that says anything."""
        here = dict.fromkeys(circle.gates, 0)
        while (after := self._once(circle, world, _among(levels, fed=here | fed, needed=here, bare=here))) != here:
            here = after
        return here

    def _proven_of(
        self, circle: Circle, world: World, levels: Levels, floor: Mapping[Gate, int] | None = None
    ) -> dict[Gate, int]:
        """What is needed may be needed in a circle; what feeds has to come from somewhere for all that is needed."""
        needed = dict.fromkeys(circle.gates, 0)
        while True:
            here = dict.fromkeys(circle.gates, STOPS)
            while (after := self._above(floor, circle, world, levels, here, needed)) != here:
                here = after
            if here == needed:
                return here
            needed = here

    def _above(
        self, floor: Levels | None, circle: Circle, world: World, levels: Levels, here: Levels, needed: Levels
    ) -> dict[Gate, int]:
        found = self._once(circle, world, _among(levels, fed=here, needed=needed, bare=here))
        return {gate: max(level, floor[gate]) if floor else level for gate, level in found.items()}

    def _doubted(self, circle: Circle, world: World, levels: Levels) -> dict[Gate, int]:
        """Also what is needed may be what feeds; but somebody feeds whatever works while nobody left."""
        before = {gate: levels[gate] for gate in circle.gates}
        if not world.departure.gone:
            return before
        nobody = self.world(frozenset(), "deactivated")
        fed_today = self._fed_from_outside(circle, nobody, self.levels(frozenset(), "deactivated"), frozenset())
        unfed = frozenset(gate for gate, level in fed_today.items() if level)
        while True:
            doubted = self._fed_from_outside(circle, world, {**levels, **before}, unfed)
            floor = {gate: max(level, before[gate]) for gate, level in doubted.items()}
            after = self._proven_of(circle, world, levels, floor)
            if after == before:
                return after
            before = after

    def _fed_from_outside(
        self, circle: Circle, world: World, levels: Levels, stand: frozenset[Gate]
    ) -> dict[Gate, int]:
        rest = Circle(tuple(gate for gate in circle.gates if gate not in stand))
        fed = dict.fromkeys(rest.gates, STOPS)
        while (after := self._needing(rest, world, levels, fed)) != fed:
            fed = after
        return {gate: levels[gate] for gate in stand} | fed

    def _once(self, circle: Circle, world: World, sight: Sight) -> dict[Gate, int]:
        return {gate: self._level(gate, world, sight) for gate in circle.gates}

    def states(self, gone: frozenset[str], how: str) -> dict[str, int]:
        """The level of every node; an account that has undergone any act counts as stopped."""
        world, levels = self.world(gone, how), self.levels(gone, how)
        return {node: self._total(Gate(node), world, levels) for node in sorted(self.stack.nodes)}

    def _all_gates(self) -> list[Gate]:
        named = {*self.stack.nodes, *(edge.end for edge in self.stack.edges)}
        gates = {Gate(node) for node in named} | set(self._requirements)
        for group in self._requirements.values():
            gates.update(gate for needs in group for gate in needs.members)
        return sorted(gates)

    def _own_level(self, node: str) -> int:
        if node in self._accounts:
            return 0
        return STOPS if self.stack.is_off(node) or self.stack.is_missing(node) else 0

    def _level(self, gate: Gate, world: World, sight: Sight) -> int:
        if gate.node not in self.stack.nodes:
            return world.floor[gate]
        passed = [self._passed(needs, kept, world, sight) for needs, kept in self._kept.get(gate, ())]
        return max([world.floor[gate], *passed])

    def _passed(self, needs: Requirement, kept: Kept, world: World, sight: Sight) -> int:
        if kept.broken:
            return needs.full
        values = [self._value(needs, gate, world, sight, kept.as_unknown) for gate in kept.members]
        if kept.too_few_listed:
            rest = needs.full if world.departure.anonymous_gone else 0
            return max([rest, *values]) if world.departure.at_worst else 0
        best_first = sorted([*values, 0] if needs.own_start else values)
        return best_first[kept.need - 1]

    def _keep(self, needs: Requirement, nobody: World) -> Kept:
        """Who is a member: decided before anybody leaves, so that leaving never mends anything."""
        if needs.alone:
            return Kept(tuple(needs.members), 1)
        left = [gate for gate in needs.members if not self._is_dead(needs, gate, nobody)]
        if needs.listed < needs.need:
            return Kept(tuple(left), needs.need, as_unknown=True, too_few_listed=True)
        if len(left) + needs.own_start < needs.need:
            return Kept((), needs.need, broken=True)
        seen = [gate for gate in left if needs.personal or not self._is_unseen(needs, gate)]
        emptied = len(seen) + needs.own_start < needs.need
        at_worst = self.reading == "worst"
        members = seen if at_worst and not emptied else left
        need = len(members) + needs.own_start if at_worst and needs.assumed else needs.need
        return Kept(tuple(members), need, as_unknown=at_worst and emptied)

    def _is_dead(self, needs: Requirement, gate: Gate, nobody: World) -> bool:
        off = self.stack.is_off(gate.node) or self.stack.is_missing(gate.node)
        levels = self._proven_baseline
        stopped = needs.assumed and self._total(gate, nobody, levels) == STOPS
        passed = self._value(needs, gate, nobody, _plain(levels))
        return (off or (stopped and self.reading == "worst")) and passed >= needs.full

    def _is_unseen(self, needs: Requirement, gate: Gate) -> bool:
        edges = needs.members[gate]
        declared = any(edge.declared for edge in edges)
        return not declared and all(self.stack.is_unseen(gate.node, edge) for edge in edges)

    def _total(self, gate: Gate, world: World, levels: Levels) -> int:
        return STOPS if world.acts.get(gate.node) else levels[gate]

    def _value(self, needs: Requirement, gate: Gate, world: World, sight: Sight, as_unknown: bool = False) -> int:
        edges = needs.members[gate]
        if not edges:
            return sight.bare[gate]
        if as_unknown:
            seen_by = [edge for edge in edges if world.departure.allows(edge.evidence_grade)]
            lost = max((self._end_level(edge, gate, world, self._seen(edge, sight)) for edge in seen_by), default=0)
            return min(needs.full, STOPS if seen_by and world.acts.get(gate.node) else lost)
        return min(needs.full, max(self.passes(edge, gate, world, self._seen(edge, sight)) for edge in edges))

    def _seen(self, edge: Edge, sight: Sight) -> Levels:
        return sight.fed if is_supply(self.stack, edge) else sight.needed

    def _felt(self, edge: Edge, gate: Gate, world: World) -> frozenset[str]:
        acts = world.acts.get(gate.node, frozenset())
        login = next((login for login in self._logins if login.account == gate.node), None)
        return felt(self.stack, edge, login, world.departure.how, acts) if login else acts

    def passes(self, edge: Edge, gate: Gate, world: World, levels: Levels) -> int:
        """What one edge passes on from its target (rules 2, 21, 22)."""
        by_acts = worst_of(edge, self._felt(edge, gate, world), world)
        level = self._end_level(edge, gate, world, levels)
        if level <= by_acts:
            return by_acts
        return max(by_acts, min(worst_of(edge, ACTS, world), level))

    def _end_level(self, edge: Edge, gate: Gate, world: World, levels: Levels) -> int:
        """The state of an edge's end: whoever is gone and still logs in runs things until their leaving is asked."""
        runs_as = edge.kind in AS_SOMEBODY and not self.stack.by_hand(edge.start)
        if runs_as and self.stack.logs_in_though_gone(gate.node):
            return STOPS if gate.node in world.departure.gone else 0
        return levels[gate]


def _among(levels: Levels, *, fed: Levels, needed: Levels, bare: Levels) -> Sight:
    return Sight({**levels, **fed}, {**levels, **needed}, {**levels, **bare})


def worst_of(edge: Edge, acts: Iterable[str], world: World) -> int:
    """The most that the edge can pass under these acts."""
    return max((_cap(edge, act, world) for act in acts), default=0)


def _cap(edge: Edge, act: str, world: World) -> int:
    word, heir = edge.word(act), edge.properties.get("moved_to")
    if not world.departure.allows(edge.grade(act)):
        return 0
    if word == "moved" and heir is not None:
        return STOPS if world.departure.at_worst and world.acts.get(heir) else 0
    if word in ("unknown", "moved"):
        return STOPS if world.departure.at_worst else 0
    return CAP_OF_WORD.get(word, 0)
