"""Why the rows of a departure are as they are: their direct causes, and what lies behind those (semantics, rule 26)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from stackmap.analysis.compiling.routes import BY_ACT
from stackmap.analysis.departures.verdict import Verdict
from stackmap.analysis.gates.explain import Cause, Explainer
from stackmap.analysis.gates.marks import Reading, Run, run_of
from stackmap.analysis.sets.budget import Steps
from stackmap.model import Certainty, EdgeKey, EdgeKind, NodeKind, State

__all__ = ["Further", "Lost", "Reasons", "Why"]


_EFFORT = 200_000
"""Lost nodes to follow for further reasons in one answer, about a second: a circle of thousands would take minutes."""

_TOKENS = frozenset({NodeKind.GRANT, NodeKind.CREDENTIAL})


@dataclass(frozen=True, slots=True)
class Why:
    """The derivation of a node on the way that has no row of its own."""

    because: tuple[Cause, ...]
    because_at_worst: tuple[Cause, ...] | None


@dataclass(frozen=True, slots=True)
class Lost:
    """A node of the stack whose further reasons are asked for: its state in a reading, and its first reason."""

    node: str
    state: State
    reading: Reading
    because: tuple[Cause, ...]


@dataclass(frozen=True, slots=True)
class Further:
    """Further reasons. `whole`: no others were left unlooked for, as in very large circles some are."""

    reasons: tuple[tuple[Cause, ...], ...]
    whole: bool = True


class Reasons:
    """Derivations of one verdict; each run is counted through once, when first asked about."""

    def __init__(self, verdict: Verdict) -> None:
        self._verdict = verdict
        self._explainers: dict[Run, Explainer] = {}
        self._effort = Steps(_EFFORT)

    def because_of(
        self, node: str, state: State, reading: Reading, grade: Certainty = Certainty.POSSIBLE
    ) -> tuple[Cause, ...]:
        """The direct causes of the loss of a node of the stack."""
        return self.because(self._verdict.names(node), state, reading, grade)

    def because(
        self, names: Sequence[str], state: State, reading: Reading, grade: Certainty = Certainty.POSSIBLE
    ) -> tuple[Cause, ...]:
        """The direct causes of a loss. `names` are the network nodes that together stand for what was lost."""
        if state is State.WORKS:
            return ()
        return self._explainer(run_of(reading, grade)).because(names, state)

    def _explainer(self, run: Run) -> Explainer:
        if run not in self._explainers:
            self._explainers[run] = Explainer(self._verdict.compiled.network, run, self._verdict.people)
        return self._explainers[run]

    def also(self, asked: Sequence[Lost]) -> list[Further]:
        """Further reasons, each of which loses a node of the stack still once all before it were mended.

        At its state or a worse one, at whatever grade; earliest first. They take turns: one with a thousand reasons
        uses up no other's effort.
        """
        found: list[list[tuple[Cause, ...]]] = [[] for _ in asked]
        looks = [self._looks(lost, into) for lost, into in zip(asked, found, strict=True)]
        cut_short: set[int] = set()
        waiting = list(range(len(asked)))
        while waiting:
            open_ = [(place, effort) for place in waiting if (effort := next(looks[place], None)) is not None]
            waiting = [place for place, effort in open_ if self._effort.reserve(effort)]
            cut_short.update({place for place, _ in open_}.difference(waiting))
        return [Further(tuple(reasons), place not in cut_short) for place, reasons in enumerate(found)]

    def _looks(self, lost: Lost, found: list[tuple[Cause, ...]]) -> Iterator[int]:
        """Looks for one reason after the other, and before each tells how much work it is."""
        names, run, state = self._verdict.names(lost.node), run_of(lost.reading), lost.state
        explainer = self._explainer(run)

        def is_lost(name: str) -> bool:
            return self._verdict.state(name, lost.reading) >= state

        mended: frozenset[EdgeKey] = frozenset()
        causes = lost.because
        while edges := frozenset(cause.link.key for cause in causes if cause.link is not None) - mended:
            mended |= edges
            if not explainer.may_fall_without(mended, names, state, is_lost):
                return
            yield explainer.size(state)
            without = Explainer(
                self._verdict.compiled.network, run, self._verdict.people, mended, explainer.hosts(mended, state)
            )
            causes = without.because(names, state)
            found.extend([causes] if causes else [])

    def behind(self, causes: Iterable[Cause], told: set[str]) -> dict[str, Why]:
        """Every node on the way from these causes to the leavers, by id; those in `told` explain themselves."""
        found: dict[str, Why] = {}
        waiting = [cause.node for cause in causes]
        while waiting:
            node = waiting.pop()
            if node in found or node in told:
                continue
            why = self._why(node)
            if why is not None:
                found[node] = why
                waiting.extend(cause.node for cause in (*why.because, *(why.because_at_worst or ())))
        return dict(sorted(found.items()))

    def _why(self, node: str) -> Why | None:
        """Of what leaving made worse, by what it did; at worst only where nothing is proven of that."""
        names = self._verdict.names(node)
        fresh = self._newly(names, Reading.PROVEN)
        if not fresh and (maybe := self._newly(names, Reading.WORST)):
            return Why(self.because(maybe, self._worst_of(maybe, Reading.WORST), Reading.WORST), None)
        if fresh:
            return self._why_lost(fresh, names)
        went = self._gone_behind(node)
        before = self._why_already(node, names)
        if before is None or not went:
            return before or (Why(went, None) if went else None)
        return Why((*went, *before.because), before.because_at_worst)

    def _why_already(self, node: str, names: Sequence[str]) -> Why | None:
        """Of what was lost before anybody left."""
        if self._verdict.compiled.stack.is_off(node):
            return Why((Cause(node, None),), None)
        return self._why_lost(names, names)

    def _why_lost(self, lost: Sequence[str], names: Sequence[str]) -> Why | None:
        proven, worst = self._worst_of(lost, Reading.PROVEN), self._worst_of(names, Reading.WORST)
        at_worst = self.because(names, worst, Reading.WORST)
        if proven is State.WORKS:
            return Why(at_worst, None) if at_worst else None
        grades = [self._verdict.grade(name, proven) for name in lost if self._verdict.state(name) is proven]
        because = self.because(lost, proven, Reading.PROVEN, max(grades, default=Certainty.POSSIBLE))
        return Why(because, at_worst if worst is not proven else None)

    def _newly(self, names: Iterable[str], reading: Reading) -> list[str]:
        return [name for name in names if self._verdict.newly(name, reading)]

    def _worst_of(self, names: Iterable[str], reading: Reading) -> State:
        return max((self._verdict.state(name, reading) for name in names), default=State.WORKS)

    def _gone_behind(self, token: str) -> tuple[Cause, ...]:
        """The logins behind a token that go: it is named on the way to what goes on with it, or was off before."""
        graph = self._verdict.compiled.stack.graph
        vertex = graph.get(token)
        if vertex is None or vertex.kind not in _TOKENS:
            return ()
        links = graph.out(token, *BY_ACT)
        went = [link for link in links if any(map(self._verdict.newly, self._verdict.names(link.target)))]
        authorising = [link for link in went if link.kind is EdgeKind.AUTHORIZED_BY]
        return tuple(Cause(link.target, link) for link in authorising or went)
