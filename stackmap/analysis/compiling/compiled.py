"""A stack compiled once under one way of leaving, to be asked many times."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from stackmap.analysis.compiling.care import Care
from stackmap.analysis.compiling.compile import compile_network
from stackmap.analysis.compiling.routes import Leaving, Routes
from stackmap.analysis.compiling.supply import Circles, DoubtfulCircle, circles
from stackmap.analysis.gates.network import Network
from stackmap.analysis.gates.solve import Solver
from stackmap.analysis.loose_tokens import loose_tokens
from stackmap.analysis.stack import Stack
from stackmap.model import Vertex

__all__ = ["CompiledStack"]


@dataclass
class CompiledStack:
    """A stack, its gates and their solver, made when first asked for."""

    stack: Stack
    how: Leaving = field(default_factory=Leaving)

    @cached_property
    def network(self) -> Network:
        """The compiled gates."""
        return compile_network(self.stack, self.how, self._circles)

    @cached_property
    def routes(self) -> Routes:
        """What edges pass on, and which acts logins undergo."""
        return Routes(self.stack, self.how)

    @cached_property
    def care(self) -> Care:
        """Who cares for what."""
        return Care(self.routes)

    @cached_property
    def solver(self) -> Solver:
        """The solver of the gates, standing at the baseline."""
        return Solver(self.network)

    @cached_property
    def counted(self) -> Mapping[str, Vertex]:
        """The things that are counted: those that are not switched off, by id."""
        return {vertex.id: vertex for vertex in self.stack.graph.things() if not vertex.switched_off}

    @cached_property
    def circular(self) -> tuple[DoubtfulCircle, ...]:
        """Circles that mix supply with other edges, or are too large: what looks redundant in them may feed itself."""
        return self._circles.doubtful

    @cached_property
    def _circles(self) -> Circles:
        return circles(self.stack)

    @cached_property
    def loose_tokens(self) -> frozenset[str]:
        """The tokens that nothing is known to sign in with."""
        return frozenset(loose_tokens(self.stack))
