"""With whom a login goes off: gates between people who leave and what they hold."""

from __future__ import annotations

from stackmap.analysis.network import Member, aside
from stackmap.analysis.stack import ANONYMOUS, Account, Stack, Tie, anonymous_id
from stackmap.model import AccountType, Certainty, State

__all__ = ["holders_gates", "leaving_of"]


def leaving_of(stack: Stack, person: str) -> str:
    """What falls with somebody's logins when they leave.

    Of one who has left already it is not what stands for the person: their logins may be on all the same (semantics,
    rule 17: an account's own reading wins).
    """
    vertex = stack.graph.get(person)
    return aside("leaves", person) if vertex is not None and vertex.switched_off else person


def holders_gates(stack: Stack, account: Account | None) -> list[tuple[Member, ...]]:
    """With whom a login goes off (semantics, rules 16 to 20): each tuple is one gate of alternatives."""
    everybody_unnamed = Member(ANONYMOUS, State.STOPS, Certainty.CERTAIN, True, ANONYMOUS)
    if account is None:
        return [(everybody_unnamed,)]
    if account.type is AccountType.HUMAN and account.anonymous:
        alone = Member(anonymous_id(account.id), State.STOPS, Certainty.CERTAIN, False, anonymous_id(account.id))
        return [(alone,), (everybody_unnamed,)]
    if account.type is AccountType.UNKNOWN and not account.holders:
        return [(everybody_unnamed,)]
    if account.type not in {AccountType.HUMAN, AccountType.UNKNOWN}:
        return []
    unsure = account.sole_holder is None
    return [tuple(_held(stack, tie, unsure) for tie in account.holders)]


def _held(stack: Stack, tie: Tie, unsure: bool) -> Member:
    return Member(leaving_of(stack, tie.person), State.STOPS, tie.certainty, unsure, tie.person, tie.link)
