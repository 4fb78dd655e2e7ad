"""What is open because somebody has left already: the findings of the rules about the departed that concern them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from stackmap.analysis.departures.named_owners import people_behind
from stackmap.analysis.mailboxes import mailbox_of
from stackmap.model import EdgeKind, Finding, NotEvaluated
from stackmap.rules import departed
from stackmap.rules.case import Case
from stackmap.rules.catalogue import Verdicts, evaluate

__all__ = ["LeftBehind", "left_behind"]


@dataclass(frozen=True, slots=True)
class LeftBehind:
    """What somebody who has left is the reason of: open findings, worst first, and where more may be."""

    findings: tuple[Finding, ...]
    not_evaluated: tuple[NotEvaluated, ...]


def left_behind(case: Case, people: Iterable[str], verdicts: Verdicts | None = None) -> dict[str, LeftBehind]:
    """Of those of these people who have left, what is open because of it. Nothing is judged where nobody has, nor where
    the `verdicts` of all rules are given.
    """
    whereabouts = case.stack.whereabouts
    gone = [person for person in people if person in whereabouts and whereabouts[person].here is False]
    if not gone:
        return {}
    judged = verdicts or evaluate(case, departed.RULES)
    concerned = [
        (finding, frozenset(_CONCERNED[finding.code](case, finding.subject)))
        for finding in judged.findings
        if finding.code in _CONCERNED and finding.accepted is None
    ]
    unseen = tuple(item for item in judged.not_evaluated if item.code in _CONCERNED)
    return {person: LeftBehind(tuple(one for one, about in concerned if person in about), unseen) for person in gone}


def _holders(case: Case, login: str) -> Iterator[str]:
    return (tie.person for tie in case.stack.accounts[login].holders)


def _owners(case: Case, thing: str) -> Iterator[str]:
    for link in case.graph.out(thing, EdgeKind.OWNED_BY):
        if link.declared:
            yield from people_behind(case.stack, link.target)


def _mailbox(case: Case, login: str) -> Iterator[str]:
    person = mailbox_of(case.stack, case.stack.accounts[login])
    if person is not None:
        yield person


_CONCERNED: Mapping[str, Callable[[Case, str], Iterator[str]]] = MappingProxyType(
    {"OO11": _holders, "OO08": _owners, "PA09": _mailbox}
)
"""Whom a finding is about, by its rule: findings themselves hold no persons."""
