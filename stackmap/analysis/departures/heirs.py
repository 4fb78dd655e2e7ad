"""To whom a platform hands what belonged to a login that goes off (semantics, rule 4)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from stackmap.analysis.compiling.routes import BY_ACT, judgements
from stackmap.analysis.departures.answer import Analysis, Row
from stackmap.analysis.gates.explain import Cause
from stackmap.analysis.stack import Stack
from stackmap.model import EdgeKind, Link, Outcome

__all__ = ["Heir", "heirs"]

_MAY_MOVE = frozenset({Outcome.MOVED, Outcome.UNKNOWN})


@dataclass(frozen=True, slots=True)
class Heir:
    """A login to which something is handed, and whose it is as far as that is known."""

    login: str
    people: tuple[str, ...]


def heirs(analysis: Analysis, row: Row) -> tuple[Heir, ...] | None:
    """To whom the thing of a row is handed; empty where nobody says to whom, None where it is not handed on."""
    if row.outcome not in _MAY_MOVE:
        return None
    links = [link for cause in row.because for link in _to_logins(analysis.stack, cause)]
    said = [to for link in links for to in _moved_to(analysis, link)]
    return tuple(_heir(analysis.stack, login) for login in sorted(set(filter(None, said)))) if said else None


def _to_logins(stack: Stack, cause: Cause) -> Iterator[Link]:
    """The edges to logins by which something is lost: its own, or those of the token it signs in with."""
    if cause.link is None:
        return
    if cause.link.kind is EdgeKind.AUTHENTICATES_WITH:
        yield from stack.graph.out(cause.link.target, EdgeKind.AUTHORIZED_BY)
    elif cause.link.kind in BY_ACT:
        yield cause.link


def _moved_to(analysis: Analysis, link: Link) -> Iterator[str]:
    """The login that each source names as heir, "" where it names none, if the platform hands the thing on."""
    acts = analysis.routes.acts_on(link.target)
    for fact in link.facts:
        if any(said.outcome is Outcome.MOVED for said in judgements(analysis.stack, fact, acts)):
            yield str(fact.properties.get("moved_to") or "")


def _heir(stack: Stack, login: str) -> Heir:
    account = stack.account(login)
    return Heir(login, tuple(tie.person for tie in account.holders) if account else ())
