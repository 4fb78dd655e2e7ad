"""Logins that several rows of one list are about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from stackmap.declared.tables.lines import listed_lines
from stackmap.model import Fact, How, Node, NodeKind

__all__ = ["named_twice"]

_BESIDE = frozenset({NodeKind.ACCOUNT, NodeKind.ROLE, NodeKind.GROUP, NodeKind.SYSTEM})
_TOLD = 5


def named_twice(rows: Iterable[tuple[int, Sequence[Fact]]]) -> Iterator[str]:
    """Which rows are about one login, which of them counts, and why; a sentence each for the first few logins.

    Facts of one id are united later, and the first to say something is believed.
    """
    lines: dict[str, list[int]] = defaultdict(list)
    for line, facts in rows:
        if login := _login(facts):
            lines[login].append(line)
    several = [found for found in lines.values() if len(found) > 1]
    for first, *rest in several[:_TOLD]:
        said = f"what only {listed_lines(rest)} say{'s' if len(rest) == 1 else ''} is added"
        yield f"{listed_lines([first, *rest])} are about one login: line {first} counts, for it comes first; {said}"
    if len(several) > _TOLD:
        starts = [found[0] for found in several[_TOLD:]]
        yield f"and so it is with {len(starts)} more logins, first seen on {listed_lines(starts)}"


def _login(facts: Sequence[Fact]) -> str:
    """The one login that a row of a list of logins is about, "" for a row that is about something else."""
    nodes = [fact for fact in facts if isinstance(fact, Node)]
    logins = {node.id for node in nodes if node.kind is NodeKind.ACCOUNT and node.evidence[0].how is How.OBSERVED}
    about = len(logins) == 1 and all(node.kind in _BESIDE for node in nodes)
    return logins.pop() if about else ""
