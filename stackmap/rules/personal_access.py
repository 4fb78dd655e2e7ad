"""PA: apps, syncs and automations that sign in as a person. Jobs and dashboards have a file of their own."""

from __future__ import annotations

from collections.abc import Iterator

from stackmap.model import EdgeKind, NodeKind, Severity
from stackmap.rules.base import Blind, Change, FixedAt, Hit, Rule, needs_of, rule
from stackmap.rules.case import Case
from stackmap.rules.grips import HANGS, Family, Grip, family, grips, open_end, told, unreadable
from stackmap.rules.tokens import NO_USE_SEEN, dormant, doubts, liveness, only_live, tokens_of

__all__ = ["OFF_ONE_LOGIN", "OUT_OF_ONE_HAND", "RULES", "goes_on"]

OFF_ONE_LOGIN = Change("Move {things} off {login}", FixedAt.LOGIN)
"""One change for all that hangs on a login, whichever rule found it."""

_TOKENS = frozenset({NodeKind.GRANT, NodeKind.CREDENTIAL})
"""A consent that one person gave, and a key that one person made: either lets the app in with that person's rights."""

OUT_OF_ONE_HAND = Change("Let a program do {things} instead of {people}", FixedAt.LOGIN)
"""Stands for the other where somebody does it by hand."""

_BY_TOKEN = frozenset({Family.OTHER, Family.AGENT})
"""Whose tokens PA01 judges; of syncs and AI connections other rules do."""


@rule(
    "PA01",
    "Token held by a person",
    Severity.HIGH,
    needs=needs_of(NodeKind.INTEGRATION, EdgeKind.AUTHORIZED_BY),
    change=OFF_ONE_LOGIN,
)
def token_held_by_person(case: Case) -> Iterator[Hit | Blind]:
    """What it finds: an app that signs in with a token which one person authorised, or with an API key which one person
    made, and which stops, or may stop, when that person's login goes. It is judged by what the platform's
    administrators usually do with a leaver's login. An app that many people use, each with a token of their own, is
    left out.

    Why it matters: the app does everything as that person. Once the login is off, the app gets no new token, and stops
    at the latest when its current one runs out; by then nobody remembers who once clicked "allow". Where it is the only
    token in use, the whole app stops.

    How to fix it:
    1. Make a login that belongs to no person and has the rights that this app needs, and no more.
    2. In the app's own settings, connect it anew while you are signed in as that login. A token that somebody made and
    pasted in is rotated by somebody who stays, or replaced by a key that belongs to the system itself.
    3. Verify that it works: one full run in a quiet hour, and the new token shows use.
    4. Revoke the person's token, and read the system again: the finding is gone when the change worked.

    When it is wrong: the login is a service login with a person's name on it (write its type into your notes), or
    people use the app each for themselves (accept the finding with that reason).

    Evidence used: each token or key, the app it belongs to and the login that authorised or made it; whether that login
    is a person's and active; the token's last use as the system tells it; what the vendor documents of such a login's
    going.
    """
    for app in case.running(NodeKind.INTEGRATION):
        if family(app) in _BY_TOKEN:
            found = grips(case, app, tokens_of(case, app, personal=False, kinds=_TOKENS), by_tokens_only=True)
            yield from (_by_token(case, grip) for grip in found)
            yield from doubts(case, app, kinds=_TOKENS)


def _by_token(case: Case, grip: Grip) -> Hit:
    because = f"{case.graph.called(grip.thing.id)} {told(case, grip)}{open_end(grip)}"
    shifts = {
        liveness(grip.tokens, only=True): int(only_live(case, grip.thing, grip.tokens)),
        NO_USE_SEEN: -int(dormant(case, grip.tokens)),
        "what happens when the login is switched off is not known": -int(not grip.known),
    }
    raised = sum(shifts.values())
    why = "; ".join(says for says, shift in shifts.items() if shift * raised > 0)
    return Hit(grip.thing.id, grip.path, because, grip.evidence, raised, why)


@rule(
    "PA02",
    "Runs as a person",
    Severity.CRITICAL,
    needs=needs_of(HANGS),
    change=OFF_ONE_LOGIN,
)
def runs_as_person(case: Case) -> Iterator[Hit | Blind]:
    """What it finds: an integration or automation that runs as one person's login, or that lies in one person's
    personal space, where removing the person removes it or stops it; and work between systems that your notes call
    manual, which one person does by hand. It is judged by what the platform's administrators usually do with a leaver's
    login: deactivate it, or remove it. Syncs, scheduled jobs, dashboards and AI have rules
    of their own (PA03, PA07, PA08, AI01, AI03).

    Why it matters: the day the person's login goes, the thing stops, at once or at its next run. Until then it can do
    exactly what that person can, so a promotion, a password reset or a lost permission can stop it too.

    How to fix it:
    1. Where it runs as a person: make a login that belongs to no person, that can use the API only, and that has the
    rights this thing needs and no more; then sign the thing in as that login.
    2. Where it lies in a personal space: move it into a space that a team shares, and sign in its connections anew
    where they do not move along.
    3. Where somebody does it by hand: let a program do it, with a login that belongs to no person; until then, show a
    second person how.
    4. Verify it with one run in a quiet hour: a missing right often shows only when the thing runs.
    5. Read the system again, and set your notes right where they told of it: the finding is gone when the change
    worked.

    When it is wrong: the login is a service login with a person's name on it (write its type into your notes), or a
    second connection takes over by itself (write both into your notes, as alternatives in one group).

    Evidence used: what each thing runs as, and whose space it lies in; whether the login is a person's, and whose; what
    the vendor documents, or was seen to happen, when such a login goes.
    """
    for thing in case.running(NodeKind.INTEGRATION, NodeKind.AUTOMATION):
        if family(thing) is Family.OTHER:
            yield from (_as_person(case, grip) for grip in grips(case, thing))
            yield from unreadable(case, thing)


def _as_person(case: Case, grip: Grip) -> Hit:
    whys: list[str] = []
    if grip.thing.kind is NodeKind.AUTOMATION:
        whys.append("one automation, not a whole app")
    if not grip.known:
        whys.append("what happens when the login is switched off is not known")
    whys.extend(goes_on(case, grip))
    because = f"{case.graph.called(grip.thing.id)} {told(case, grip)}"
    return Hit(grip.thing.id, grip.path, because, grip.evidence, -len(whys), "; ".join(whys))


def goes_on(case: Case, grip: Grip) -> list[str]:
    """The reason to rank a finding lower where a thing works without the login; none where it breaks, or may."""
    breaks = any(case.breaks(person, grip.thing.id) for person in grip.persons)
    return [] if breaks else ["it goes on without this login"]


@rule(
    "PA03",
    "The sync between two systems hangs on a person's login",
    Severity.CRITICAL,
    needs=needs_of(NodeKind.INTEGRATION, (EdgeKind.RUNS_AS, EdgeKind.AUTHORIZED_BY)),
    change=OFF_ONE_LOGIN,
)
def sync_user_is_person(case: Case) -> Iterator[Hit | Blind]:
    """What it finds: a sync between two systems that runs as one person's login in either of them, or that such a
    login authorised. Where another login's live token may carry it on, it is ranked one lower.

    Why it matters: marketing and sales stop seeing each other's changes when the login goes, records drift apart from
    then on, and many syncs tell only the person who set them up. Until then the sync sees what that person sees: a new
    role, and records vanish from it.

    How to fix it:
    1. Make a login for the sync alone, in the system where it signs in as a person.
    2. Compare the rights first: the new login needs the same or more, on every object and field that is synced.
    3. In the sync's settings, connect the new login; it may compare everything once, so pick a quiet hour.
    4. Switch on the vendor's e-mails about a suspended sync, to an address that several people read.
    5. Verify it both ways: change a test record here and there, and look at the sync's error list.
    6. Read both systems again: the finding is gone when the change worked.

    When it is wrong: the login is a service login with a person's name on it; write its type into your notes.

    Evidence used: the syncs that either system shows, what they run as, and who authorised their tokens; whether that
    login is a person's; what the vendor documents of such a login's going.
    """
    for sync in case.running(NodeKind.INTEGRATION):
        if family(sync) is Family.SYNC:
            tokens = tokens_of(case, sync, personal=False, with_log_ins=True)
            yield from (_sync(case, grip) for grip in grips(case, sync, tokens))
            yield from unreadable(case, sync)
            yield from doubts(case, sync, with_log_ins=True)


def _sync(case: Case, grip: Grip) -> Hit:
    whys = goes_on(case, grip)
    if not grip.links and not whys and not only_live(case, grip.thing, grip.tokens):
        whys.append(liveness(grip.tokens, only=False))
    whys.extend([NO_USE_SEEN] if not grip.links and dormant(case, grip.tokens) else [])
    because = f"{case.graph.called(grip.thing.id)} {told(case, grip)}{open_end(grip)}"
    return Hit(grip.thing.id, grip.path, because, grip.evidence, -len(whys), "; ".join(whys))


RULES: tuple[Rule, ...] = (token_held_by_person, runs_as_person, sync_user_is_person)
