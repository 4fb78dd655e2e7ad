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

_HANGS = (EdgeKind.OWNED_BY, EdgeKind.RUNS_AS)


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
    """What it finds: an integration or automation that runs as one person's login, or that lies in one person's
    personal space, where removing the person removes it or stops it. It is judged by what the platform's administrators
    usually do with a leaver's login: deactivate it, or remove it.

    Why it matters: the day the person's login goes, the thing stops, at once or at its next run. Until then it can do
    exactly what that person can, so a promotion, a password reset or a lost permission can stop it too.

    How to fix it:
    1. Where it runs as a person: make a login that belongs to no person, that can use the API only, and that has the
    rights this thing needs and no more; then sign the thing in as that login.
    2. Where it lies in a personal space: move it into a space that a team shares, and sign in its connections anew
    where they do not move along.
    3. Verify it with one run in a quiet hour: a missing right often shows only when the thing runs.
    4. Read the system again: the finding is gone when the change worked.

    When it is wrong: the login is a service login with a person's name on it (write its type into your notes), or a
    second connection takes over by itself (write both into your notes, as alternatives in one group).

    Evidence used: what each thing runs as, and whose space it lies in; whether the login is a person's, and whose; what
    the vendor documents, or was seen to happen, when such a login goes.
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
    says = {EdgeKind.RUNS_AS: _runs_as, EdgeKind.OWNED_BY: _lies_in}
    told = [says[kind](case, grip) for kind in sorted({link.kind for link in grip.links}, reverse=True)]
    return f"{case.graph.name(grip.thing.id)} {' and '.join(told)}"


def _runs_as(case: Case, grip: _Grip) -> str:
    names, login = _names(case, grip), case.graph.name(grip.login)
    if not grip.login:
        return f"runs as {names}"
    return f"runs as {names}'s login" if login == names else f"runs as {login}, the login of {names}"


def _lies_in(case: Case, grip: _Grip) -> str:
    names, login = _names(case, grip), case.graph.name(grip.login)
    if grip.login and not any(person in case.graph for person in grip.persons):
        return f"lies in the personal space of {login}, the login of {names}"
    return f"lies in {names}'s personal space" + (f" (login {login})" if grip.login and login != names else "")


def _names(case: Case, grip: _Grip) -> str:
    return " and ".join(case.person_name(person) for person in grip.persons)


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
