"""Rows that no state tells: what the platform refuses, moves, or is documented to keep running (rules 4 and 5)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from stackmap.analysis.explain import Cause
from stackmap.analysis.network import gone_by
from stackmap.analysis.routes import judgements
from stackmap.analysis.stack import Stack
from stackmap.model import Act, Certainty, EdgeKind, Link, NodeKind, Outcome

__all__ = ["Silent", "silent_rows"]

_SHOWN = frozenset({Outcome.REFUSED, Outcome.MOVED, Outcome.SURVIVES})
_TOKENS = frozenset({NodeKind.GRANT, NodeKind.CREDENTIAL})
_BY_ACT = (EdgeKind.RUNS_AS, EdgeKind.AUTHORIZED_BY, EdgeKind.ROUTES_TO, EdgeKind.OWNED_BY, EdgeKind.DEPENDS_ON)


@dataclass(frozen=True, slots=True)
class Silent:
    """An outcome that passes nothing on. `gone` is the network node of the login that goes off.

    `heirs` are logins that its things move to: the row holds only while they stay.
    """

    thing: str
    outcome: Outcome
    certainty: Certainty
    because: tuple[Cause, ...]
    gone: str
    heirs: tuple[str, ...] = ()


def silent_rows(stack: Stack, fallen: Iterable[str], off_at_worst: Callable[[str], bool]) -> Iterator[Silent]:
    """The rows of the logins that go off.

    `fallen` are the network nodes that leaving made worse; `off_at_worst` tells whether a login may be off by then.
    """
    acts: dict[str, dict[Act, str]] = {}
    for name in fallen:
        went = gone_by(name)
        if went is not None:
            acts.setdefault(went[1], {})[went[0]] = name
    for account, by_act in sorted(acts.items()):
        known = stack.account(account)
        past = known.past_acts if known else frozenset()
        fresh = {act: name for act, name in by_act.items() if act not in past}
        for link in stack.graph.into(account, *_BY_ACT):
            if fresh and _lets_nothing_through(stack, link, {*by_act, *past}, off_at_worst):
                yield from _told(stack, link, fresh)


def _lets_nothing_through(stack: Stack, link: Link, acts: Iterable[Act], off_at_worst: Callable[[str], bool]) -> bool:
    """Whether an edge passes nothing under any of the acts, in either reading (rules 4 and 5)."""
    for fact in link.facts:
        heir = fact.properties.get("moved_to")
        for judgement in judgements(stack, fact, acts):
            passed_on = judgement.outcome is Outcome.MOVED and (heir is None or off_at_worst(heir))
            if passed_on or judgement.outcome not in _SHOWN:
                return False
    return True


def _told(stack: Stack, link: Link, fresh: Mapping[Act, str]) -> Iterator[Silent]:
    heirs = tuple(sorted({heir for fact in link.facts if (heir := fact.properties.get("moved_to"))}))
    for fact in link.facts:
        if link.kind is EdgeKind.OWNED_BY and fact.outcomes is None:
            continue
        for act, name in sorted(fresh.items()):
            for judgement in judgements(stack, fact, (act,)):
                for thing, certainty, because in _shown_on(stack, link):
                    grade = min(judgement.certainty, certainty)
                    yield Silent(thing, judgement.outcome, grade, because, name, heirs)


def _shown_on(stack: Stack, link: Link) -> Iterator[tuple[str, Certainty, tuple[Cause, ...]]]:
    """The things concerned: of a token, everything that authenticates with it."""
    source = stack.graph.get(link.source)
    if source is not None and source.kind in _TOKENS:
        for use in stack.graph.into(link.source, EdgeKind.AUTHENTICATES_WITH):
            grade = max(item.how.certainty for item in use.evidence)
            yield use.source, grade, (Cause(link.source, use),)
    else:
        yield link.source, Certainty.CERTAIN, (Cause(link.target, link),)
