"""The tokens that an app holds: whose they are, whether they are in use, and which would take over."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from stackmap.analysis import Presence, unseen
from stackmap.analysis.compiling.requirements import Requirement, requirements
from stackmap.model import AccountType, EdgeKind, Link, NodeKind, Vertex, kind_of
from stackmap.rules.base import Blind
from stackmap.rules.case import Case

__all__ = ["NO_USE_SEEN", "Token", "counted", "dormant", "doubts", "liveness", "only_live", "tokens_of"]

NO_USE_SEEN = "no use seen within 90 days"
"""Never "unused": what was not seen may have happened all the same."""


@dataclass(frozen=True, slots=True)
class Token:
    """One consent in force: the app holds it by `use`, somebody gave it by `authorised`.

    One that is not `stored` was only seen in log-ins: the app signs in as that login, and no token is known.
    `personal`: of an app that many people use, each for themselves (semantics, rule 15).
    """

    grant: Vertex
    use: Link
    authorised: Link
    personal: bool

    @property
    def holder(self) -> str:
        """The login, or the person named directly, with whose rights it works."""
        return self.authorised.target

    @property
    def stored(self) -> bool:
        """Whether the platform holds a token."""
        return _stored(self.grant)


def tokens_of(
    case: Case,
    app: Vertex,
    *,
    personal: bool | None = None,
    with_log_ins: bool = False,
    kinds: Collection[NodeKind] = (NodeKind.GRANT,),
) -> list[Token]:
    """The tokens of an app that were read and are not switched off, one for each login that authorised one.

    With `personal`, only those of personal use, or only the others. `with_log_ins`: also what only log-ins show.
    `kinds`: consents alone, or keys that somebody made, too.
    """
    own_use = {end for slot in _slots(case, app) if slot.personal for end in slot.ends}
    found: list[Token] = []
    for use in case.graph.out(app.id, EdgeKind.AUTHENTICATES_WITH):
        grant = case.graph.get(use.target)
        if grant is None or grant.kind not in kinds or grant.switched_off:
            continue
        if with_log_ins or _stored(grant):
            links = case.graph.out(grant.id, EdgeKind.AUTHORIZED_BY)
            found.extend(Token(grant, use, link, grant.id in own_use) for link in links)
    return [token for token in found if personal in {None, token.personal}]


def _stored(grant: Vertex) -> bool:
    return grant.properties.get("only_log_ins") is not True


def _slots(case: Case, app: Vertex) -> list[Requirement]:
    """What the app signs in with: alternatives in each requirement."""
    needs = requirements(case.stack, app.id)
    return [need for need in needs if any(_signs_in(link) for links in need.ends.values() for link in links)]


def _signs_in(link: Link) -> bool:
    return link.kind is EdgeKind.AUTHENTICATES_WITH


def liveness(tokens: Sequence[Token], *, only: bool) -> str:
    """Whether tokens are the only live ones of their app, in words."""
    subject, noun = ("these are", "tokens") if len(tokens) > 1 else ("it is", "token")
    return f"{subject}{'' if only else ' not'} the app's only live {noun}"


def counted(tokens: Sequence[Token]) -> str:
    """How many, in words: "a token", "3 tokens"."""
    return "a token" if len(tokens) == 1 else f"{len(tokens)} tokens"


def dormant(case: Case, tokens: Sequence[Token]) -> bool:
    """Whether none of these was seen in use within 90 days; where use was not read it counts as used."""
    return bool(tokens) and all(unseen(token.grant.properties, case.as_of) for token in tokens)


def only_live(case: Case, app: Vertex, tokens: Sequence[Token]) -> bool:
    """Whether nothing else that the app could sign in with is alive: on, and seen in use or not known to be idle.

    `tokens` are one login's; the app may need one for each place it signs in to, and one such place suffices.
    """
    own = {token.grant.id for token in tokens}
    for slot in _slots(case, app):
        others = [end for end in slot.ends if end not in own and _alive(case, end)]
        if own & slot.ends.keys() and len(others) < slot.need:
            return True
    return False


def _alive(case: Case, token: str) -> bool:
    vertex = case.graph.get(token)
    if case.stack.is_off(token) or (vertex is not None and unseen(vertex.properties, case.as_of)):
        return False
    holders = [case.stack.account(link.target) for link in case.graph.out(token, EdgeKind.AUTHORIZED_BY)]
    return not any(account is not None and account.off for account in holders)


def doubts(
    case: Case,
    app: Vertex,
    *,
    types: bool = True,
    with_log_ins: bool = False,
    kinds: Collection[NodeKind] = (NodeKind.GRANT,),
) -> Iterator[Blind]:
    """Why it cannot be told whose an app's tokens are, where it cannot: never read, or (`types`) of unknown type.

    `with_log_ins`: also of what only log-ins show. `kinds`: as for `tokens_of`.
    """
    holders = list(_holders(case, app, with_log_ins=with_log_ins, keys=NodeKind.CREDENTIAL in kinds))
    reasons = [*_unread(case, app, holders), *(_untyped(case, holders) if types else ())]
    for reason in dict.fromkeys(reasons):
        yield from (Blind(system, reason) for system in case.systems_of(app.id))


def _holders(case: Case, app: Vertex, *, with_log_ins: bool, keys: bool) -> Iterator[list[str]]:
    """Who authorised each of the app's tokens, as far as it was read; `keys`: or made the key that it presents.

    A key need not be anybody's, so one of which nobody is named raises no doubt.
    """
    for use in case.graph.out(app.id, EdgeKind.AUTHENTICATES_WITH):
        grant = case.graph.get(use.target)
        if grant is not None and not with_log_ins and not _stored(grant):
            continue
        kind = grant.kind if grant else kind_of(use.target)
        holders = [link.target for link in case.graph.out(use.target, EdgeKind.AUTHORIZED_BY)]
        told = keys and bool(holders) if kind is NodeKind.CREDENTIAL else True
        if told and not case.stack.is_off(use.target):
            yield holders


def _unread(case: Case, app: Vertex, tokens: Iterable[Sequence[str]]) -> Iterator[str]:
    for holders in tokens:
        if not holders or any(case.stack.presence(holder) is Presence.NEVER_READ for holder in holders):
            yield f"the login behind a token of {case.graph.called(app.id)} was not read"


def _untyped(case: Case, tokens: Iterable[Sequence[str]]) -> Iterator[str]:
    for holder in (holder for holders in tokens for holder in holders):
        account = case.stack.accounts.get(holder)
        if account is not None and account.type is AccountType.UNKNOWN and not account.off:
            yield f"whether {case.graph.called(holder)} is a person's login is not known"
