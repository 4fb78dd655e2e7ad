"""ST: tokens that the platform will not keep, or will not give again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from stackmap.model import EdgeKind, NodeKind, Severity, Vertex
from stackmap.rules.base import Blind, Change, Hit, Rule, needs_of, rule
from stackmap.rules.case import Case
from stackmap.rules.grips import held, persons_behind
from stackmap.rules.naming import several
from stackmap.rules.tokens import Token, counted, doubts, tokens_of

__all__ = ["RULES"]


@rule(
    "ST03",
    "A login holds as many tokens of one app as the platform keeps",
    Severity.HIGH,
    needs=needs_of(NodeKind.INTEGRATION, EdgeKind.AUTHORIZED_BY),
    change=Change("Clear the surplus tokens of {things}, one login for each installation"),
)
def token_ceiling(case: Case) -> Iterator[Hit | Blind]:
    """What it finds: a login that holds as many tokens of one app as the platform keeps for one login, or one less.

    Why it matters: at the limit, the next sign-in revokes one token: the oldest, or the one least recently used. Only
    whoever clicks "allow" may get to see that. Somebody tries something out on a laptop, and production stops.

    How to fix it:
    1. List the tokens with their last use, and find out which installation of the app holds each.
    2. Give every installation that has to keep working a login of its own.
    3. Revoke the tokens in which no use is seen and which nobody claims, one by one, a day apart.
    4. Verify that the app still works after each; then read the system again.

    When it is wrong: all the tokens are one installation's that signs in anew at every start, and it keeps only the
    latest; accept the finding with that reason.

    Evidence used: the stored tokens by login and app; how many the platform keeps, as its connector knows it.
    """
    for app in case.analysis.counted.values():
        limit = app.properties.get("token_limit")
        if app.kind is NodeKind.INTEGRATION and isinstance(limit, int) and not isinstance(limit, bool):
            yield from _near(case, app, limit)


def _near(case: Case, app: Vertex, limit: int) -> Iterator[Hit | Blind]:
    stored: dict[str, list[Token]] = defaultdict(list)
    for token in tokens_of(case, app):
        if token.grant.properties.get("token") is True and not _off(case, token):
            stored[token.holder].append(token)
    for login, tokens in sorted(stored.items()):
        if len(tokens) >= limit - 1:
            yield _ceiling(case, app, login, tokens, limit)
    yield from doubts(case, app, types=False)


def _ceiling(case: Case, app: Vertex, login: str, tokens: Sequence[Token], limit: int) -> Hit:
    full = len(tokens) >= limit
    whys = [] if full else ["one more is free"]
    whys.extend(["many people use it, each for themselves"] if tokens[0].personal else [])
    then = "the next sign-in revokes one" if full else "after one more, the next sign-in revokes one"
    count = f"{case.graph.called(login)} holds {counted(tokens)} of {case.graph.called(app.id)}, {limit} are kept"
    evidence = tuple(sorted({item for token in tokens for item in token.authorised.evidence}))
    return Hit(app.id, (login,), f"{count}: {then}", evidence, -len(whys), "; ".join(whys))


def _off(case: Case, token: Token) -> bool:
    account = case.stack.account(token.holder)
    return account is not None and account.off


@rule(
    "ST08",
    "App in use that is not installed",
    Severity.HIGH,
    needs=needs_of(NodeKind.INTEGRATION, EdgeKind.AUTHORIZED_BY),
    change=Change("Install {things} for good, and say who may use it"),
)
def phantom_app(case: Case) -> Iterator[Hit | Blind]:
    """What it finds: an app that is used in a system and is not installed there: no administrator ever did, or it was
    uninstalled. It is critical where a person's login holds its token.

    Why it matters: who connected it once may go on, but nobody new may, without a special right; an app that signs in
    by a code shown on a device may be blocked altogether. When the person with the token leaves, the successor cannot
    simply sign the app in again: an administrator has to install it first, or to give that right, and on the day of the
    outage nobody knows that.

    How to fix it:
    1. Find out what the app does and who needs it; if nobody does, block it and wait a month before you remove it.
    2. Let an administrator install it, in the system's list of the apps in use, and say by role who may use it.
    3. Sign it in anew as a login that belongs to no person, and revoke the old token.
    4. Verify that somebody else than the first user can connect it; then read the system again.

    When it is wrong: it was installed after the reading (read the system again), or whoever would sign it in next has
    the right to use apps that are not installed (accept the finding with that reason).

    Evidence used: the apps seen in tokens and log-ins, held against the list of installed apps; who authorised the
    tokens.
    """
    for app in case.analysis.counted.values():
        if app.kind is NodeKind.INTEGRATION and app.properties.get("installed") is False:
            yield _phantom(case, app)
            yield from doubts(case, app)


def _phantom(case: Case, app: Vertex) -> Hit:
    because = f"{case.graph.called(app.id)} is used, and no app of that name is installed"
    tokens = [one for one in tokens_of(case, app) if held(case, one) and persons_behind(case, one.holder)]
    if not tokens:
        return Hit(app.id, (), because, app.evidence)
    logins = sorted({case.graph.called(token.holder) for token in tokens})
    evidence = {item for token in tokens for item in token.authorised.evidence}
    because = f"{because}; {several(logins)} {'holds its token' if len(logins) == 1 else 'hold its tokens'}"
    why = "a person's login holds its token"
    return Hit(app.id, (), because, tuple(sorted({*app.evidence, *evidence})), 1, why)


RULES: tuple[Rule, ...] = (token_ceiling, phantom_app)
