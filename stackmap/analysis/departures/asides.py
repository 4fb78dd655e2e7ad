"""Rows that no state tells: what the platform refuses, moves, or is documented to keep running (rules 4 and 5)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from stackmap.analysis.compiling.routes import BY_ACT, Routes, judgements, refuses
from stackmap.analysis.gates.explain import Cause
from stackmap.analysis.gates.network import gone_by, off
from stackmap.analysis.stack import Stack
from stackmap.model import Act, Certainty, EdgeKind, Link, NodeKind, Outcome

__all__ = ["SILENT", "Silent", "silent_rows"]

SILENT = frozenset({Outcome.REFUSED, Outcome.MOVED, Outcome.SURVIVES})
"""The outcomes that pass nothing on."""

_TOKENS = frozenset({NodeKind.GRANT, NodeKind.CREDENTIAL})


@dataclass(frozen=True, slots=True)
class Silent:
    """An outcome that passes nothing on. `gone` is the network node of the login that goes off.

    `heirs` are the network nodes of the logins that its things move to: the row holds only while they stay.
    """

    thing: str
    outcome: Outcome
    certainty: Certainty
    because: tuple[Cause, ...]
    gone: str
    heirs: tuple[str, ...] = ()


_ActsAtWorst: TypeAlias = Callable[[str], Collection[Act]]
"""By which acts a login may go off because somebody leaves."""


def silent_rows(routes: Routes, fallen: Iterable[str], at_worst: _ActsAtWorst) -> Iterator[Silent]:
    """The rows of the logins that go off; of a token that nothing is known to sign in with, its own.

    `fallen` are the network nodes that leaving made worse, proven; what may stop at worst is never called safe.
    """
    stack = routes.stack
    acts: dict[str, dict[Act, str]] = {}
    for name in fallen:
        went = gone_by(name)
        if went is not None:
            acts.setdefault(went[1], {})[went[0]] = name
    for account, by_act in sorted(acts.items()):
        known = stack.account(account)
        past = known.past_acts if known else frozenset()
        fresh = {act: name for act, name in by_act.items() if act not in past}
        refused = routes.refused_act(account) if Act.DEACTIVATED in fresh else None
        for link in stack.graph.into(account, *BY_ACT):
            if any(refuses(stack, fact, refused) for fact in link.facts):
                yield from _refused(stack, link, refused, fresh[Act.DEACTIVATED])
            elif fresh and _lets_nothing_through(stack, link, {*by_act, *past, *at_worst(account)}, at_worst):
                yield from _told(stack, link, fresh)


def _lets_nothing_through(stack: Stack, link: Link, acts: Collection[Act], at_worst: _ActsAtWorst) -> bool:
    """Whether an edge passes nothing under any of the acts, in either reading (rules 4 and 5)."""
    for fact in link.facts:
        heir = fact.properties.get("moved_to")
        for judgement in judgements(stack, fact, acts):
            heir_stays = heir is not None and not stack.is_off(heir) and not at_worst(heir)
            passed_on = judgement.outcome is Outcome.MOVED and not heir_stays
            if passed_on or judgement.outcome not in SILENT:
                return False
    return True


def _refused(stack: Stack, link: Link, act: Act | None, name: str) -> Iterator[Silent]:
    """What an act other than deactivation is refused for; the login counts as deactivated for the rest."""
    for fact in link.facts:
        for judgement in judgements(stack, fact, (act,) if act else ()):
            if judgement.outcome is Outcome.REFUSED:
                for thing, certainty, because in _shown_on(stack, link):
                    yield Silent(thing, Outcome.REFUSED, min(judgement.certainty, certainty), because, name)


def _told(stack: Stack, link: Link, fresh: Mapping[Act, str]) -> Iterator[Silent]:
    heirs = tuple(sorted({off(heir) for fact in link.facts if (heir := fact.properties.get("moved_to"))}))
    for fact in link.facts:
        if link.kind is EdgeKind.OWNED_BY and fact.outcomes is None:
            continue
        for act, name in sorted(fresh.items()):
            for judgement in judgements(stack, fact, (act,)):
                for thing, certainty, because in _shown_on(stack, link):
                    grade = min(judgement.certainty, certainty)
                    yield Silent(thing, judgement.outcome, grade, because, name, heirs)


def _shown_on(stack: Stack, link: Link) -> Iterator[tuple[str, Certainty, tuple[Cause, ...]]]:
    """The things concerned: of a token, everything that authenticates with it, else itself."""
    source = stack.graph.get(link.source)
    uses = stack.graph.into(link.source, EdgeKind.AUTHENTICATES_WITH)
    if uses and source is not None and source.kind in _TOKENS:
        for use in uses:
            grade = max(item.how.certainty for item in use.evidence)
            yield use.source, grade, (Cause(link.source, use),)
    else:
        yield link.source, Certainty.CERTAIN, (Cause(link.target, link),)
