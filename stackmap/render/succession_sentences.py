"""Hand-overs as sentences that `--scenario` and `--with` take, so that a plan can be tried.

By ids, in quotation marks, for a name may be another's too; the names stand in the comment above.
"""

from __future__ import annotations

from collections.abc import Iterator

from stackmap.analysis.succession.holds import Hold, Way
from stackmap.analysis.succession.plan import HandOver
from stackmap.model import EdgeKind, NodeKind, StackGraph
from stackmap.render.guards import plain
from stackmap.render.words import LOSES

__all__ = ["scenario_lines", "scenario_sentence"]

_IN_A_SYSTEM = frozenset({Way.LOGIN, Way.MEMBER})
_RUNS = frozenset({NodeKind.INTEGRATION, NodeKind.AUTOMATION})


def scenario_sentence(graph: StackGraph, one: HandOver) -> str | None:
    """What `--with` takes to suppose this hand-over; None where nobody was found, or no sentence can say it."""
    if one.second is None or any('"' in end for end in (one.hold.about, one.second, one.login or "")):
        return None
    # A login that an earlier sentence shares is no longer its person's alone, so a member is named by it.
    second = one.login if one.hold.way is Way.MEMBER and one.login else one.second
    return _said(graph, one, f'"{one.hold.about}"', f'"{second}"')


def scenario_lines(graph: StackGraph, one: HandOver) -> Iterator[str]:
    """A hand-over as lines of a scenario: in names as a comment, and as a sentence; nothing where nobody was found."""
    if one.second is None:
        return
    who = plain(graph.name(one.second))
    system = plain(graph.system_name(one.hold.about)) if one.hold.way in _IN_A_SYSTEM else ""
    about = " in ".join(filter(None, (plain(graph.called(one.hold.about)), system)))
    sentence = scenario_sentence(graph, one)
    if sentence is not None:
        yield f"# {_said(graph, one, about, who)}"
        yield sentence
        return
    yield f"# No sentence can say this, so it is left out: {_unsaid(graph, one, about, who)}"


def _unsaid(graph: StackGraph, one: HandOver, about: str, who: str) -> str:
    if one.hold.way is Way.MEMBER:
        return f"add {who} to {about}"
    how = f", which {LOSES[one.hold.edge.kind]} {plain(graph.name(one.hold.person))}" if one.hold.edge else ""
    return f"{about}{how}; second holder: {who}"


def _said(graph: StackGraph, one: HandOver, about: str, second: str) -> str | None:
    """The sentence, with what is held and its second holder as they are called there."""
    if one.hold.way is Way.LOGIN:
        return f"{second} holds {about}"
    if one.hold.way is Way.CARE:
        return f"{second} {'administers' if one.login else 'owns'} {about}"
    if one.hold.way is Way.MEMBER:
        return f"{second} is a member of {about}"
    return f"{about} also runs as {second}" if _runs_as_one(graph, one.hold) else None


def _runs_as_one(graph: StackGraph, hold: Hold) -> bool:
    """Whether something runs as this person only, so that another can stand in."""
    vertex, keys = graph.get(hold.about), [link.key for link in graph.out(hold.about, EdgeKind.RUNS_AS)]
    return vertex is not None and vertex.kind in _RUNS and keys == [hold.edge] and not keys[0].group
