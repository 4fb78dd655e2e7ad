"""OO: things nobody answers for."""

from __future__ import annotations

from collections.abc import Iterator

from stackmap.model import EdgeKind, NodeKind, Severity
from stackmap.rules.base import Blind, Change, FixedAt, Hit, Rule, needs_of, rule
from stackmap.rules.case import Case

__all__ = ["RULES"]

_KINDS = (NodeKind.INTEGRATION, NodeKind.AUTOMATION)


@rule(
    "OO07",
    "No owner in your notes",
    Severity.MEDIUM,
    needs=needs_of(_KINDS),
    change=Change("Name an owner of {things} in your notes", FixedAt.SYSTEM),
)
def no_declared_owner(case: Case) -> Iterator[Hit | Blind]:
    """What it finds: an active integration or automation for which your notes (stack.yaml) and imported files name no
    owner, neither for the thing itself nor for the system it lies in.

    Why it matters: when it fails, everybody thinks that somebody else looks after it. The owner that the system itself
    shows is often only whoever built it, so it does not count here.

    How to fix it:
    1. Ask the team that would notice the failure first; they own it, or they know who does.
    2. Write the owner, and a backup, beside the thing or its system in your notes.
    3. Verify that both can open it in the system: an owner without rights cannot act.

    When it is wrong: a team looks after everything in that system; write the team as the owner of the system, once. Or
    the owner stands in another catalogue: import that as a fact file.

    Evidence used: the system's list of integrations and automations; the owners in your notes and imported files.
    """
    for thing in case.analysis.counted.values():
        if thing.kind in _KINDS and not _answered_for(case, thing.id):
            yield Hit(thing.id, (), f"{case.graph.name(thing.id)} has no owner in your notes", thing.evidence)


def _answered_for(case: Case, thing: str) -> bool:
    places = (thing, *case.graph.systems_of(thing))
    return any(link.declared for place in places for link in case.graph.out(place, EdgeKind.OWNED_BY))


RULES: tuple[Rule, ...] = (no_declared_owner,)
