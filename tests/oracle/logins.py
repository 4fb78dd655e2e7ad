"""Which logins go off when people leave (rules 16 to 20), before any state is computed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from tests.oracle.facts import ACTS, ANONYMOUS, Edge, Stack, rank

Acts = Mapping[str, frozenset[str]]

BY_ACT = ("RUNS_AS", "AUTHORIZED_BY", "ROUTES_TO", "OWNED_BY", "DEPENDS_ON")


@dataclass(frozen=True, slots=True)
class Login:
    """What decides whether a login goes off by itself."""

    account: str
    type: str
    holders: tuple[str, ...]
    tie_grade: str
    never_read: bool
    acts_read: frozenset[str]
    refused: frozenset[str] = frozenset()
    """Acts that the platform refuses to do to it, as long as some edge stands."""


@dataclass(frozen=True, slots=True)
class Departure:
    """Who is gone, what happens to their logins, and in which reading that is asked."""

    gone: frozenset[str]
    how: str
    reading: str
    grade: str

    @property
    def at_worst(self) -> bool:
        return self.reading == "worst"

    @property
    def anonymous_gone(self) -> bool:
        """At worst all anonymous holders are one person: one gone, all gone."""
        return self.at_worst and any(person == ANONYMOUS or person.startswith(f"{ANONYMOUS}/") for person in self.gone)

    def allows(self, grade: str) -> bool:
        return rank(grade) >= rank(self.grade)


@lru_cache(maxsize=4)
def logins(stack: Stack) -> tuple[Login, ...]:
    """Every account that is a node, or that an edge leads to."""
    ends = {edge.end for edge in stack.edges}
    heirs = {edge.properties["moved_to"] for edge in stack.edges if "moved_to" in edge.properties}
    accounts = {node for node in {*stack.nodes, *ends} if stack.is_account(node)} | heirs
    return tuple(_login(stack, account) for account in sorted(accounts))


def _login(stack: Stack, account: str) -> Login:
    holders = tuple(stack.holders(account))
    return Login(
        account,
        stack.account_type(account),
        holders,
        stack.tie_grade(account) if holders else "certain",
        stack.never_read(account),
        stack.acts_read(account),
        frozenset(act for act in ACTS if act != "deactivated" and _is_refused(stack, account, act)),
    )


def _is_refused(stack: Stack, account: str, act: str) -> bool:
    if stack.account_type(account) not in ("human", "unknown") or stack.is_missing(account):
        return False
    return any(edge.end == account and edge.says_outcome and edge.word(act) == "refused" for edge in stack.of(*BY_ACT))


def counts_as(login: Login, how: str) -> str:
    """The act it really undergoes: a refused one leaves it deactivated for everything else."""
    return "deactivated" if how in login.refused else how


def is_refused_by(edge: Edge, login: Login, how: str) -> bool:
    """Is this edge one for which the platform refuses the act?"""
    return how in login.refused and edge.says_outcome and edge.word(how) == "refused"


def felt(stack: Stack, edge: Edge, login: Login, how: str, acts: frozenset[str]) -> frozenset[str]:
    """The acts on a login that one edge feels: not the one that stands in for what is refused because of it."""
    dragged = {
        drag.properties.get("act", "deactivated") for drag in stack.of("PROVISIONED_BY") if drag.start == edge.end
    }
    if not is_refused_by(edge, login, how) or "deactivated" in dragged | login.acts_read:
        return acts
    return acts - {"deactivated"}


def struck(stack: Stack, known: Sequence[Login], departure: Departure) -> dict[str, frozenset[str]]:
    """The acts that accounts undergo because of this departure, dragged ones included."""
    acts = {login.account: act for login in known if (act := _own_act(login, departure))}
    undergone = {account: frozenset({act}) for account, act in acts.items()}
    drags = stack.of("PROVISIONED_BY")
    changed = True
    while changed:
        changed = False
        for edge in drags:
            before = undergone.get(edge.start, frozenset())
            act = edge.properties.get("act", "deactivated")
            pulled = any(_drags(edge, cause, departure) for cause in undergone.get(edge.end, ()))
            if pulled and act not in before:
                undergone[edge.start] = before | {act}
                changed = True
    return undergone


def _drags(edge: Edge, act: str, departure: Departure) -> bool:
    word = edge.word(act)
    cascades = word == "cascade" or (word == "unknown" and departure.at_worst)
    return cascades and departure.allows(edge.grade(act))


def _own_act(login: Login, departure: Departure) -> str | None:
    if login.never_read and departure.anonymous_gone:
        return counts_as(login, departure.how)
    if not login.holders:
        return _untied_act(login, departure)
    everybody_left = departure.gone.issuperset(login.holders) and departure.allows(login.tie_grade)
    sure = login.type == "human" and len(login.holders) == 1
    doubtful = login.type in ("human", "unknown") and departure.at_worst
    return counts_as(login, departure.how) if everybody_left and (sure or doubtful) else None


def _untied_act(login: Login, departure: Departure) -> str | None:
    if login.type == "human":
        named = f"{ANONYMOUS}/{login.account}" in departure.gone
        return counts_as(login, departure.how) if departure.anonymous_gone or named else None
    unread_type = login.type == "unknown" and "removed" not in login.acts_read
    return counts_as(login, departure.how) if unread_type and departure.anonymous_gone else None
