"""How a thing hangs on one person's login: by what it runs as, by whose space it lies in, by the tokens it holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import Enum

from stackmap.analysis import Presence, anonymous_id
from stackmap.analysis.compiling.holders import by_hand
from stackmap.analysis.compiling.routes import judgements
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
    Vertex,
    kind_of,
)
from stackmap.rules.base import Blind
from stackmap.rules.case import Case
from stackmap.rules.tokens import NO_USE_SEEN, Token, counted, dormant

__all__ = [
    "HANGS",
    "Family",
    "Grip",
    "family",
    "grips",
    "held",
    "open_end",
    "persons_behind",
    "told",
    "unreadable",
    "unsure",
    "whose",
]

HANGS = (EdgeKind.OWNED_BY, EdgeKind.RUNS_AS)
"""What a thing may hang on a login by, tokens aside."""


class Family(Enum):
    """Which rule looks at a thing that hangs on a person's login: each thing has one, so that it is found once."""

    SYNC = "sync"
    AGENT = "agent"
    AI = "AI connection"
    JOB = "scheduled job"
    DASHBOARD = "dashboard"
    OTHER = "other"


def family(thing: Vertex) -> Family:
    """The family of a thing, by the properties that its connector gave it."""
    if thing.kind is NodeKind.AUTOMATION:
        return _BY_TYPE.get(str(thing.properties.get("automation_type")), Family.OTHER)
    app = thing.properties.get("app_kind")
    if app == "native sync" or "link" in thing.properties:
        return Family.SYNC
    if app == "agent":
        return Family.AGENT
    return Family.AI if thing.properties.get("ai") is True else Family.OTHER


_BY_TYPE = {"scheduled job": Family.JOB, "dashboard": Family.DASHBOARD, "agent": Family.AGENT}


@dataclass(slots=True)
class Grip:
    """How one thing hangs on one login, or (login "") on persons whom people named directly.

    `known`: the vendor's row says that losing the login breaks it.
    """

    thing: Vertex
    login: str
    persons: tuple[str, ...] = ()
    links: list[Link] = field(default_factory=list)
    tokens: list[Token] = field(default_factory=list)
    known: bool = False

    @property
    def path(self) -> tuple[str, ...]:
        """The login, as a finding's path holds it."""
        return (self.login,) if self.login else ()

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """Everything it was seen by, sorted."""
        links = [*self.links, *(link for token in self.tokens for link in (token.use, token.authorised))]
        return tuple(sorted({item for link in links for item in link.evidence}))


def grips(case: Case, thing: Vertex, tokens: Iterable[Token] = (), *, by_tokens_only: bool = False) -> list[Grip]:
    """The grips of a thing in the order met: what it runs as and lies in, then these of its tokens."""
    found: dict[str, Grip] = {}
    for link in [] if by_tokens_only else case.graph.out(thing.id, *HANGS):
        grip = None if _over(case, link.target) else _gripped(case, thing, link, found)
        if grip:
            grip.links.append(link)
    for token in tokens:
        grip = _gripped(case, thing, token.authorised, found) if held(case, token) else None
        if grip:
            grip.tokens.append(token)
    return list(found.values())


def _over(case: Case, login: str) -> bool:
    """Whether what usually happens to a leaver's login has happened to this one: what it broke is broken already."""
    account = case.stack.account(login)
    return account is not None and case.stack.usual_act(login) in account.past_acts


def _gripped(case: Case, thing: Vertex, link: Link, found: dict[str, Grip]) -> Grip | None:
    persons, known = persons_behind(case, link.target), _loses(case, link)
    if not persons or known is None:
        return None
    login = link.target if link.target in case.stack.accounts else ""
    grip = found.setdefault(login, Grip(thing, login))
    grip.persons = tuple(sorted({*grip.persons, *persons}))
    grip.known = grip.known or known
    return grip


def held(case: Case, token: Token) -> bool:
    """Whether somebody still holds a token: its login is on, or the person named directly is here."""
    account = case.stack.account(token.holder)
    return not account.off if account else case.stack.still_here(token.holder)


def persons_behind(case: Case, target: str) -> tuple[str, ...]:
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
    """Whether losing the login is known to break what hangs on it; None: it does not.

    What a thing runs as, and who authorised a token, is needed even where nobody knows what happens; whose space it
    lies in only where the platform says so.
    """
    outcomes = {outcome for fact in link.facts for outcome in _outcomes(case, link, fact)}
    if outcomes & STATE_OF_OUTCOME.keys():
        return True
    return False if link.kind is not EdgeKind.OWNED_BY and Outcome.UNKNOWN in outcomes else None


def _outcomes(case: Case, link: Link, fact: Edge) -> Iterator[Outcome]:
    """What the usual act does; for somebody named directly, what any act does."""
    acts = (case.stack.usual_act(link.target),) if link.target in case.stack.accounts else tuple(Act)
    return (judgement.outcome for judgement in judgements(case.stack, fact, acts))


def told(case: Case, grip: Grip) -> str:
    """A grip as a sentence without its subject: "runs as d.kim, the login of Kim".

    Idle tokens are called so; whether the vendor says what becomes of the thing, `open_end` tells.
    """
    says = {EdgeKind.RUNS_AS: _runs_as, EdgeKind.OWNED_BY: _lies_in}
    parts = [says[kind](case, grip) for kind in sorted({link.kind for link in grip.links}, reverse=True)]
    return " and ".join([*parts, _signs_in(case, grip)] if grip.tokens else parts)


def open_end(grip: Grip) -> str:
    """What follows a sentence about a grip where nobody knows what losing the login does; else ""."""
    return "" if grip.known else "; what becomes of it when the login goes is not known"


def whose(case: Case, login: str, persons: Iterable[str]) -> str:
    """A login and the persons behind it as a sentence names them; "" stands for persons named directly."""
    people, name = _people(case, persons), case.graph.called(login)
    if not login:
        return people
    return f"{people}'s login" if name == people else f"{name}, the login of {people}"


def _people(case: Case, persons: Iterable[str]) -> str:
    return " and ".join(case.person_name(person) for person in persons)


def _runs_as(case: Case, grip: Grip) -> str:
    if by_hand(grip.thing):
        return f"is done by hand {'with' if grip.login else 'by'} {whose(case, grip.login, grip.persons)}"
    return f"runs as {whose(case, grip.login, grip.persons)}"


def _signs_in(case: Case, grip: Grip) -> str:
    asleep = f", {NO_USE_SEEN}" if dormant(case, grip.tokens) else ""
    of = "that login" if grip.login and grip.links else whose(case, grip.login, grip.persons)
    stored = [token for token in grip.tokens if token.stored]
    return f"signs in with {counted(stored)} of {of}{asleep}" if stored else f"was seen to sign in as {of}{asleep}"


def _lies_in(case: Case, grip: Grip) -> str:
    people, login = _people(case, grip.persons), case.graph.called(grip.login)
    if grip.login and not any(person in case.graph for person in grip.persons):
        return f"lies in the personal space of {login}, the login of {people}"
    return f"lies in {people}'s personal space" + (f" (login {login})" if grip.login and login != people else "")


def unreadable(case: Case, thing: Vertex) -> Iterator[Blind]:
    """Why it cannot be told whether a thing runs as a person, where it cannot."""
    for link in case.graph.out(thing.id, EdgeKind.RUNS_AS):
        if not unsure(case, link.target):
            continue
        if link.target in case.graph:
            reason = f"whether {case.graph.called(link.target)} is a person's login is not known"
        else:
            reason = f"the login that {case.graph.called(thing.id)} runs as was not read"
        yield from (Blind(system, reason) for system in case.systems_of(thing.id))


def unsure(case: Case, login: str) -> bool:
    """Whether nobody can say whose a login is: it was never read, or it is of unknown type."""
    account = case.stack.accounts.get(login)
    if account is not None:
        return account.type is AccountType.UNKNOWN
    return kind_of(login) in {NodeKind.ACCOUNT, None} and case.stack.presence(login) is Presence.NEVER_READ
