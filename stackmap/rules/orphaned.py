"""OO: what is left of people who are gone, what holds a leaver back, and what nobody answers for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from stackmap.analysis import Presence, unseen
from stackmap.analysis.compiling.routes import BY_ACT, refuses
from stackmap.model import EdgeKind, How, Link, NodeKind, Severity, Vertex
from stackmap.rules.base import Blind, Change, FixedAt, Hit, Rule, needs_of, rule
from stackmap.rules.case import Case
from stackmap.rules.grips import persons_behind, unsure, whose
from stackmap.rules.naming import off_words, several
from stackmap.rules.tokens import Token, counted, doubts, tokens_of

__all__ = ["RULES"]

_WINDOWS = (30, 90, 180)
_KINDS = (NodeKind.INTEGRATION, NodeKind.AUTOMATION)


@rule(
    "OO01",
    "Token of a login that is switched off or frozen",
    Severity.HIGH,
    needs=needs_of(NodeKind.INTEGRATION, EdgeKind.AUTHORIZED_BY, NodeKind.ACCOUNT),
    change=Change("Clear the tokens of switched-off and frozen logins in {system}", FixedAt.SYSTEM),
)
def token_of_inactive_login(case: Case) -> Iterator[Hit | Blind]:
    """What it finds: a token that was authorised by a login which is inactive or frozen now.

    Why it matters: either the app has stopped already and nobody has noticed, or it stops when its current token runs
    out, or the token still works for somebody who has left. Each is worth knowing today; and when the login is ever
    switched on again, the token may come back.

    How to fix it:
    1. Look at the app's own log: does it still work, and with which login?
    2. If it is needed, connect it anew as a login that belongs to no person, and verify one full run.
    3. Revoke the old token in the system, and read the system again.

    When it is wrong: the platform lists tokens that it has revoked already; accept the finding with that reason.

    Evidence used: each token with the login that authorised it; which logins are inactive or frozen; the token's last
    use as the system tells it.
    """
    for app in case.analysis.counted.values():
        if app.kind is NodeKind.INTEGRATION:
            yield from _left_behind(case, app)
            yield from doubts(case, app, types=False)


def _left_behind(case: Case, app: Vertex) -> Iterator[Hit]:
    """One finding for each login; of an app that many people use for themselves, one for all."""
    found: dict[tuple[str, ...], list[Token]] = defaultdict(list)
    for token in tokens_of(case, app):
        account = case.stack.accounts.get(token.holder)
        if account is not None and account.off:
            found[() if token.personal else (account.id,)].append(token)
    for path, tokens in sorted(found.items()):
        steps, why = (0, "") if path else (-1, "people use it each for themselves")
        evidence = tuple(sorted({item for token in tokens for item in token.authorised.evidence}))
        yield Hit(app.id, path, _left(case, app, tokens), evidence, steps, why)


def _left(case: Case, app: Vertex, tokens: list[Token]) -> str:
    logins = sorted({token.holder for token in tokens})
    are = f"which {'is' if len(logins) == 1 else 'are'} {off_words(case, logins)}"
    names = several([case.graph.called(login) for login in logins])
    window = min((days for token in tokens if (days := _last_seen(case, token.grant))), default=0)
    used = f", and use was seen within {window} days" if window else ""
    return f"{case.graph.called(app.id)} holds {counted(tokens)} of {names}, {are}{used}"


def _last_seen(case: Case, grant: Vertex) -> int:
    """The shortest window in which a token was read as used, in days; 0 where none says so."""
    windows = grant.properties.get("used_within")
    if isinstance(windows, Mapping):
        return next((days for days in _WINDOWS if windows.get(str(days)) == "yes"), 0)
    return 90 if "last_used" in grant.properties and not unseen(grant.properties, case.as_of) else 0


@rule(
    "OO02",
    "Alarm that reaches nobody",
    Severity.HIGH,
    needs=needs_of(NodeKind.AUTOMATION, EdgeKind.NOTIFIES, NodeKind.ACCOUNT),
    change=Change("Send the alarms of {things} to a mailbox that several people read", FixedAt.SYSTEM),
    from_absence=True,
)
def alarm_to_nobody(case: Case) -> Iterator[Hit | Blind]:
    """What it finds: an active automation whose notices of failure go only to logins that are switched off or frozen,
    to people who have left, or to addresses that are gone. Where the recipient is only concluded from what the platform
    does by default, it is ranked one lower.

    Why it matters: it fails, and nobody is told. Such failures are found weeks later, by a customer or in a report, and
    by then the lost records cannot be told from those that never were.

    How to fix it:
    1. Set the recipient of the failure notices to a mailbox that several people read. Where the platform mails whoever
    saved the automation last, look for two settings of the whole system: the one that sends such notices to a list
    instead, and the list itself; put the mailbox on it.
    2. Search that mailbox, or the old one, for failures of the last months.
    3. Verify it: let a copy of the automation fail on purpose, and see the notice arrive.

    When it is wrong: a setting of the system sends the notices to a list already, or a monitor reads the log and tells
    somebody else; write that into your notes as a NOTIFIES edge.

    Evidence used: whom the system tells of failures, as its lists say or by its default ("by default"); which logins
    and people are still active.
    """
    for thing in case.analysis.counted.values():
        targets = [link.target for link in case.graph.out(thing.id, EdgeKind.NOTIFIES)]
        if thing.kind is not NodeKind.AUTOMATION or not targets:
            continue
        heard = {_hears(case, target) for target in targets}
        if heard == {False}:
            yield _unheard(case, thing, targets)
        elif True not in heard:
            reason = f"who reads the failure notices of {case.graph.called(thing.id)} was not read"
            yield from (Blind(system, reason) for system in case.systems_of(thing.id))


def _unheard(case: Case, thing: Vertex, targets: Iterable[str]) -> Hit:
    names = several(sorted({case.graph.called(target) for target in targets}))
    links = case.graph.out(thing.id, EdgeKind.NOTIFIES)
    evidence = tuple(sorted({item for link in links for item in link.evidence}))
    because = f"the failure notices of {case.graph.called(thing.id)} go to {names} only, and nobody reads them"
    if all(item.how in _CONCLUDED for item in evidence):
        return Hit(thing.id, (), f"by default, {because}", evidence, -1, _ONLY_THE_DEFAULT)
    return Hit(thing.id, (), because, evidence)


_CONCLUDED = frozenset({How.INFERRED_KEY, How.INFERRED_NAME})
_ONLY_THE_DEFAULT = "that is concluded from how the platform does it by default"


def _hears(case: Case, target: str) -> bool | None:
    """Whether a notice to it reaches anybody; None where it was never read."""
    account = case.stack.account(target)
    if account is not None:
        holders = [tie.person for tie in account.holders]
        return not account.off and (not holders or any(map(case.stack.still_here, holders)))
    vertex = case.graph.get(target)
    if vertex is None:
        return False if case.stack.presence(target) is Presence.MISSING else None
    if vertex.kind is NodeKind.PERSON:
        return case.stack.still_here(target)
    readers = [link.target for link in case.graph.out(target, EdgeKind.MAILBOX_OF)]
    return not vertex.switched_off and (not readers or any(map(case.stack.still_here, readers)))


@rule(
    "OO04",
    "The platform will refuse to switch a login off",
    Severity.HIGH,
    needs=needs_of(EdgeKind.ROUTES_TO, (EdgeKind.OWNED_BY, EdgeKind.RUNS_AS)),
    change=Change("Re-point {things}, so that {login} can be switched off", FixedAt.LOGIN),
)
def blocks_the_last_day(case: Case) -> Iterator[Hit | Blind]:
    """What it finds: something that names one person's login, and because of which the platform refuses what its
    administrators usually do with a leaver's login.

    Why it matters: it blocks the last day. Whoever switches the login off gets an error at the end of that day; often
    it is then left on, with everything that the person could do.

    How to fix it:
    1. If there is no time left: freeze the login, where the platform can. That stops the sign-in before the changes
    below are made; make them next.
    2. Point it to a login that belongs to no person, or, where the setting takes one, to a queue or a team; where only
    a person will do, to somebody who stays, and note it in your notes.
    3. Verify with a test record that work still lands where somebody sees it.
    4. Look for the same login in settings that no list shows; the platform's error may name them one at a time.
    5. Read the system again: the finding is gone when the change worked.

    When it is wrong: the login is a service login with a person's name on it; write its type into your notes.

    Evidence used: what hands work to each login, runs as it or is owned by it; what the vendor documents about
    switching such a login off; settings that no list shows only where your notes name them.
    """
    for link in case.graph.links(*BY_ACT):
        account = case.stack.account(link.target)
        if not _refuses(case, link) or (account is not None and account.off):
            continue
        if persons_behind(case, link.target):
            yield from (_blocking(case, thing, link) for thing in _concerned(case, link))
        elif unsure(case, link.target):
            reason = f"whether {case.graph.called(link.target)} is a person's login is not known"
            yield from (Blind(system, reason) for system in case.systems_of(link.source))


def _refuses(case: Case, link: Link) -> bool:
    act = case.stack.usual_act(link.target)
    return any(refuses(case.stack, fact, act) for fact in link.facts)


def _concerned(case: Case, link: Link) -> list[str]:
    """The things that name a login; of a token, those that sign in with it."""
    source = case.graph.get(link.source)
    token = source is not None and source.kind in {NodeKind.GRANT, NodeKind.CREDENTIAL}
    users = case.graph.into(link.source, EdgeKind.AUTHENTICATES_WITH) if token else [link]
    return sorted({use.source for use in users if use.source in case.analysis.counted})


def _blocking(case: Case, thing: str, link: Link) -> Hit:
    named = whose(case, link.target, persons_behind(case, link.target))
    because = f"{case.graph.called(thing)} {_NAMES_A_LOGIN[link.kind]} {named}, and that blocks its last day"
    return Hit(thing, (link.target,), because, link.evidence)


_NAMES_A_LOGIN = {
    EdgeKind.RUNS_AS: "runs as",
    EdgeKind.AUTHORIZED_BY: "signs in with a token of",
    EdgeKind.ROUTES_TO: "hands work to",
    EdgeKind.OWNED_BY: "is owned by",
    EdgeKind.DEPENDS_ON: "depends on",
}


@rule(
    "OO07",
    "No owner in your notes",
    Severity.MEDIUM,
    needs=needs_of(_KINDS),
    change=Change("Name an owner of {things} in your notes", FixedAt.SYSTEM),
)
def no_declared_owner(case: Case) -> Iterator[Hit | Blind]:
    """What it finds: an active integration or automation for which your notes (stack.yaml) and imported files name no
    owner, neither for the thing itself nor for the system it lies in.

    Why it matters: when it fails, everybody thinks that somebody else looks after it. The owner that the system itself
    shows is often only whoever built it, so it does not count here.

    How to fix it:
    1. Ask the team that would notice the failure first; they own it, or they know who does.
    2. Write the owner, and a backup, beside the thing or its system in your notes.
    3. Verify that both can open it in the system: an owner without rights cannot act.

    When it is wrong: a team looks after everything in that system; write the team as the owner of the system, once. Or
    the owner stands in another catalogue: import that as a fact file.

    Evidence used: the system's list of integrations and automations; the owners in your notes and imported files.
    """
    for thing in case.analysis.counted.values():
        if thing.kind in _KINDS and not _answered_for(case, thing.id):
            yield Hit(thing.id, (), f"{case.graph.called(thing.id)} has no owner in your notes", thing.evidence)


def _answered_for(case: Case, thing: str) -> bool:
    places = (thing, *case.graph.systems_of(thing))
    return any(link.declared for place in places for link in case.graph.out(place, EdgeKind.OWNED_BY))


RULES: tuple[Rule, ...] = (token_of_inactive_login, alarm_to_nobody, blocks_the_last_day, no_declared_owner)
