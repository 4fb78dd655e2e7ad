"""Why the rows of a departure are as they are: their direct causes, and what lies behind those (semantics, rule 26)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from stackmap.analysis.departures.verdict import Verdict
from stackmap.analysis.gates.explain import Cause, Explainer
from stackmap.analysis.gates.marks import Reading, Run, run_of
from stackmap.analysis.sets.budget import Steps
from stackmap.model import Certainty, EdgeKey, EdgeKind, State

__all__ = ["Further", "Reasons", "Why"]


_EFFORT = 200_000
"""Lost nodes to follow for further reasons in one answer, about a second: a circle of thousands would take minutes."""


@dataclass(frozen=True, slots=True)
class Why:
    """The derivation of a node on the way that has no row of its own."""

    because: tuple[Cause, ...]
    because_at_worst: tuple[Cause, ...] | None


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

    def also(self, node: str, state: State, reading: Reading, because: Sequence[Cause]) -> Further:
        """Further reasons, each of which loses a node of the stack still once all before it were mended.

        `because` is the first. At this state or a worse one, at whatever grade; earliest first.
        """
        names, run = self._verdict.names(node), run_of(reading)
        explainer = self._explainer(run)

        def is_lost(name: str) -> bool:
            return self._verdict.state(name, reading) >= state

        found: list[tuple[Cause, ...]] = []
        mended: frozenset[EdgeKey] = frozenset()
        causes = tuple(because)
        while edges := frozenset(cause.link.key for cause in causes if cause.link is not None) - mended:
            mended |= edges
            if not explainer.may_fall_without(mended, names, state, is_lost):
                break
            if not self._effort.reserve(explainer.size(state)):
                return Further(tuple(found), whole=False)
            without = Explainer(
                self._verdict.compiled.network, run, self._verdict.people, mended, explainer.hosts(mended, state)
            )
            causes = without.because(names, state)
            found.extend([causes] if causes else [])
        return Further(tuple(found))

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
        verdict = self._verdict
        names = verdict.names(node)
        fresh = [name for name in names if verdict.newly(name)]
        if not fresh and verdict.compiled.stack.is_off(node):
            return Why((Cause(node, None),), None)
        proven = max((verdict.state(name) for name in names), default=State.WORKS)
        worst = max((verdict.state(name, Reading.WORST) for name in names), default=State.WORKS)
        at_worst = self.because(names, worst, Reading.WORST)
        if proven is State.WORKS:
            return Why(at_worst, None) if at_worst else self._why_it_goes_on(node)
        grades = [verdict.grade(name, proven) for name in fresh or names if verdict.state(name) is proven]
        because = self.because(names, proven, Reading.PROVEN, max(grades, default=Certainty.POSSIBLE))
        return Why(because, at_worst if worst is not proven else None)

    def _why_it_goes_on(self, token: str) -> Why | None:
        """A token that goes on working is named on the way to what survives with it."""
        links = self._verdict.compiled.stack.graph.out(token, EdgeKind.AUTHORIZED_BY)
        went = [link for link in links if any(map(self._verdict.newly, self._verdict.names(link.target)))]
        return Why(tuple(Cause(link.target, link) for link in went), None) if went else None
