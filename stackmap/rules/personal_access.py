"""PA: things that sign in as a person."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from stackmap.analysis import Account, Presence, anonymous_id
from stackmap.analysis.routes import judgements
from stackmap.model import (
    STATE_OF_OUTCOME,
    AccountType,
    Act,
    Edge,
    EdgeKind,
    Evidence,
    Link,
    NodeKind,
    Outcome,
    Severity,
    Vertex,
)
from stackmap.rules.base import Blind, Change, FixedAt, Hit, Rule, needs_of, rule
from stackmap.rules.case import Case

__all__ = ["RULES"]

_HANGS = {EdgeKind.RUNS_AS: "runs as", EdgeKind.OWNED_BY: "lies in the own space of"}


@dataclass(slots=True)
class _Grip:
    """How one thing hangs on one login, or (login "") on persons whom people named directly."""

    thing: Vertex
    login: str
    persons: tuple[str, ...]
    links: list[Link] = field(default_factory=list)
    known: bool = False


@rule(
    "PA02",
    "Runs as a person",
    Severity.CRITICAL,
    needs=needs_of(_HANGS),
    change=Change("Move {things} off one person's login", FixedAt.LOGIN),
)
def runs_as_person(case: Case) -> Iterator[Hit | Blind]:
    """What it finds: an integration or automation that runs as one person's login, or that lies in one person's own
    space on a platform where it goes down with that space. What happens to the login is judged by what the platform's
    administrators usually do.

    Why it matters: the day the person's login is switched off, the thing stops, at once or at its next run. It also
    changes with every promotion, password reset and lost permission of that person.

    How to fix it:
    1. Make a login that belongs to no person and may use only the interface, with the rights that this thing needs and
    no more.
    2. Verify its rights on a copy or a quiet hour: a new owner who lacks one fails later, not at once.
    3. Re-point the thing to it: reconnect it as that login, or move it to a shared space.
    4. Let it run once, then read the system again: this finding is gone when it worked.

    When it is wrong: the login is a service login with a person's name on it (declare its type in your notes), or
    somebody else can take over within the time anybody would notice (declare the alternative as a group).

    Evidence used: what each thing runs as, and whose space it lies in; the type of the login and who holds it; the
    platform's row of what switching the login off does.
    """
    for thing in case.running(NodeKind.INTEGRATION, NodeKind.AUTOMATION):
        for grip in _grips(case, thing):
            yield _hit(case, grip)
        yield from _unreadable(case, thing)


def _grips(case: Case, thing: Vertex) -> Iterator[_Grip]:
    grips: dict[str, _Grip] = {}
    for link in case.graph.out(thing.id, *_HANGS):
        persons = _persons(case, link.target)
        known = _loses(case, link)
        if persons and known is not None:
            login = link.target if link.target in case.stack.accounts else ""
            grip = grips.setdefault(login, _Grip(thing, login, ()))
            grip.persons = tuple(sorted({*grip.persons, *persons}))
            grip.links.append(link)
            grip.known = grip.known or known
    yield from grips.values()


def _persons(case: Case, target: str) -> tuple[str, ...]:
    """The one person a login stands for; none for every other login."""
    vertex = case.graph.get(target)
    if vertex is not None and vertex.kind is NodeKind.PERSON:
        return (target,)
    account = case.stack.accounts.get(target)
    if account is None:
        return ()
    if account.sole_holder:
        return (account.sole_holder.person,)
    return (anonymous_id(account.id),) if account.anonymous else ()


def _loses(case: Case, link: Link) -> bool | None:
    """Whether losing the login is known to break the thing; None: it does not. What a thing runs as is needed even
    where nobody knows what happens; whose space it lies in only where the platform says so.
    """
    outcomes = {outcome for fact in link.facts for outcome in _outcomes(case, link, fact)}
    if outcomes & STATE_OF_OUTCOME.keys():
        return True
    return False if link.kind is EdgeKind.RUNS_AS and Outcome.UNKNOWN in outcomes else None


def _outcomes(case: Case, link: Link, fact: Edge) -> Iterator[Outcome]:
    """What the usual act does; for somebody named directly, what any act does."""
    acts = (case.stack.usual_act(link.target),) if link.target in case.stack.accounts else tuple(Act)
    return (judgement.outcome for judgement in judgements(case.stack, fact, acts))


def _hit(case: Case, grip: _Grip) -> Hit:
    whys: list[str] = []
    if grip.thing.kind is NodeKind.AUTOMATION:
        whys.append("one automation, not a whole app")
    if not grip.known:
        whys.append("what happens when the login is switched off is not known")
    if not any(case.breaks(person, grip.thing.id) for person in grip.persons):
        whys.append("it goes on without this login")
    evidence: tuple[Evidence, ...] = tuple(sorted({item for link in grip.links for item in link.evidence}))
    path = (grip.login,) if grip.login else ()
    return Hit(grip.thing.id, path, _because(case, grip), evidence, -len(whys), "; ".join(whys))


def _because(case: Case, grip: _Grip) -> str:
    names = " and ".join(case.person_name(person) for person in grip.persons)
    says = " and ".join(sorted({_HANGS[link.kind] for link in grip.links}))
    if not grip.login:
        return f"{case.graph.name(grip.thing.id)} {says} {names}"
    login = case.graph.name(grip.login)
    whose = f"the login of {names}" if login == names else f"{login}, the login of {names}"
    return f"{case.graph.name(grip.thing.id)} {says} {whose}"


def _unreadable(case: Case, thing: Vertex) -> Iterator[Blind]:
    for link in case.graph.out(thing.id, EdgeKind.RUNS_AS):
        if link.target not in case.stack.accounts and case.stack.presence(link.target) is Presence.NEVER_READ:
            reason = f"the login that {case.graph.name(thing.id)} runs as was not read"
        elif _unsure(case.stack.accounts.get(link.target)):
            reason = f"whether {case.graph.name(link.target)} is a person's login is not known"
        else:
            continue
        yield from (Blind(system, reason) for system in case.systems_of(thing.id))


def _unsure(account: Account | None) -> bool:
    return account is not None and account.type is AccountType.UNKNOWN


RULES: tuple[Rule, ...] = (runs_as_person,)
