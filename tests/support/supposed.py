"""Stacks as they would be: changes applied to the facts behind a stack, as the commands do it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from stackmap.analysis import Stack
from stackmap.analysis.what_if.applying import apply_changes
from stackmap.analysis.what_if.changes import Change
from stackmap.app.opening import Reading
from stackmap.declared import Manifest
from stackmap.identity import Identity
from stackmap.model import Fact, Snapshot, build_graph
from tests.support.loading import stack_of

_TAKEN = datetime(2026, 11, 22, 9, tzinfo=UTC)


def facts_of(stack: Stack) -> list[Fact]:
    """Every fact behind a stack."""
    nodes = [fact for vertex in stack.graph.vertices() for fact in vertex.facts]
    return [*nodes, *(fact for link in stack.graph.links() for fact in link.facts)]


def supposed(stack: Stack, *changes: Change) -> Stack:
    """The stack after these changes."""
    return with_facts(stack, apply_changes(facts_of(stack), changes))


def with_facts(stack: Stack, facts: Iterable[Fact]) -> Stack:
    """The stack of other facts, read as far and judged on the same day."""
    return replace(stack, graph=build_graph(facts, stack.coverage))


def reading_of_lines(lines: Sequence[Mapping[str, Any]]) -> Reading:
    """A reading of nothing but these lines, with nobody's notes."""
    stack = stack_of(lines)
    facts = tuple(facts_of(stack))
    return Reading(Snapshot(1, _TAKEN, facts, stack.coverage), (), Manifest(), Identity(facts), stack)
