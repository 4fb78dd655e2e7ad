"""With whom a login goes off: gates between people who leave and what they hold."""

from __future__ import annotations

from stackmap.analysis.accounts import Tie
from stackmap.analysis.anonymous import ANONYMOUS, anonymous_id
from stackmap.analysis.gates.gate import Member
from stackmap.analysis.gates.network import aside
from stackmap.analysis.stack import Stack
from stackmap.model import AccountType, Certainty, EdgeKind, Link, State, Vertex

__all__ = ["by_hand", "falls_with", "holders_gates", "leaving_of"]

_AS_SOMEBODY = frozenset({EdgeKind.RUNS_AS, EdgeKind.AUTHORIZED_BY, EdgeKind.ROUTES_TO})
"""Edges of what goes on without its person, as long as that person's login does."""


def by_hand(thing: Vertex) -> bool:
    """Whether your notes say of a link that somebody does it by hand (`how: manual`)."""
    return str(thing.properties.get("via", "")).casefold() == "manual"


def leaving_of(stack: Stack, person: str) -> str:
    """What falls with somebody's logins when they leave.

    Of one who has left already it is not what stands for the person: their logins may be on all the same (semantics,
    rule 17: an account's own reading wins).
    """
    vertex = stack.graph.get(person)
    return aside("leaves", person) if vertex is not None and vertex.switched_off else person


def falls_with(stack: Stack, link: Link, end: str) -> str:
    """The node with which `end` is lost to whatever hangs on it by this edge: most often the end itself.

    What runs as somebody who has left goes on while a login of theirs is on, and falls when their leaving is asked.
    """
    if link.kind not in _AS_SOMEBODY or not _still_logs_in(stack, end):
        return end
    thing = stack.graph.get(link.source)
    return end if thing is not None and by_hand(thing) else leaving_of(stack, end)


def _still_logs_in(stack: Stack, person: str) -> bool:
    return any(one.type.may_be_a_persons and not one.off for one in stack.accounts_of.get(person, ()))


def holders_gates(stack: Stack, login: str) -> list[tuple[Member, ...]]:
    """With whom a login goes off (semantics, rules 16 to 20): each tuple is one gate of alternatives."""
    everybody_unnamed = Member(ANONYMOUS, State.STOPS, Certainty.CERTAIN, True, ANONYMOUS)
    account = stack.accounts.get(login)
    if account is None:
        said = tuple(_held(stack, tie, unsure=True) for tie in stack.ties(login))
        return [(everybody_unnamed,), *([said] if said else [])]
    if account.type is AccountType.HUMAN and account.anonymous:
        alone = Member(anonymous_id(account.id), State.STOPS, Certainty.CERTAIN, False, anonymous_id(account.id))
        return [(alone,), (everybody_unnamed,)]
    if account.type is AccountType.UNKNOWN and not account.holders:
        return [(everybody_unnamed,)]
    if not account.type.may_be_a_persons:
        return []
    unsure = account.sole_holder is None
    return [tuple(_held(stack, tie, unsure=unsure) for tie in account.holders)]


def _held(stack: Stack, tie: Tie, *, unsure: bool) -> Member:
    return Member(leaving_of(stack, tie.person), State.STOPS, tie.certainty, unsure, tie.person, tie.link)
