"""SH: logins of no person that too much shares."""

from __future__ import annotations

from collections.abc import Iterator

from stackmap.analysis import unseen
from stackmap.model import AccountType, EdgeKind, Link, NodeKind, Severity
from stackmap.rules.base import Blind, Change, FixedAt, Hit, Rule, needs_of, rule
from stackmap.rules.case import Case
from stackmap.rules.grips import unsure
from stackmap.rules.naming import several

__all__ = ["RULES"]


@rule(
    "SH01",
    "Several apps share one integration login",
    Severity.HIGH,
    needs=needs_of(NodeKind.INTEGRATION, (EdgeKind.RUNS_AS, EdgeKind.AUTHORIZED_BY)),
    change=Change("Give each app in {system} a login of its own", FixedAt.SYSTEM),
)
def one_login_many_apps(case: Case) -> Iterator[Hit | Blind]:
    """What it finds: a login that belongs to no person, and as which two apps or more sign in or run.

    Why it matters: a new password, a lock or a lost right takes all of them down at once. Nobody can tell which app
    changed a record, so nobody dares to change the login, and it collects the rights of all.

    How to fix it:
    1. Make one login for each app, with the rights that this app needs and no more. Where the platform has a licence
    for the API only, it suffices for an app that uses nothing else.
    2. Move one app at a time, the least important first, and verify one full run before the next.
    3. Leave the old login to the last app, and take the rights of the others off it.

    When it is wrong: the apps are parts of one product that one vendor runs with one login; accept the finding with
    that reason.

    Evidence used: what each app runs as; the tokens with the login that authorised each; the type of the login.
    """
    for login in sorted(_used_logins(case)):
        apps, in_use = _apps(case, login)
        account = case.stack.account(login)
        if len(apps) < 2 or (account is not None and account.off):
            continue
        if account is not None and account.type is AccountType.INTEGRATION:
            yield _shared(case, login, apps, in_use)
        elif unsure(case, login):
            reason = f"the type of {case.graph.called(login)}, as which {len(apps)} apps sign in, is not known"
            yield from (Blind(system, reason) for system in case.systems_of(login))


def _used_logins(case: Case) -> set[str]:
    return {link.target for link in case.graph.links(EdgeKind.RUNS_AS, EdgeKind.AUTHORIZED_BY)}


def _apps(case: Case, login: str) -> tuple[dict[str, list[Link]], set[str]]:
    """The apps that act as a login, with the edges that say so; and those not known to be idle."""
    found: dict[str, list[Link]] = {}
    in_use: set[str] = set()
    for link in case.graph.into(login, EdgeKind.RUNS_AS, EdgeKind.AUTHORIZED_BY):
        token = link.kind is EdgeKind.AUTHORIZED_BY
        uses = case.graph.into(link.source, EdgeKind.AUTHENTICATES_WITH) if token else [link]
        if token and case.stack.is_off(link.source):
            continue
        for app in sorted({use.source for use in uses}):
            if app in case.analysis.counted and case.analysis.counted[app].kind is NodeKind.INTEGRATION:
                found.setdefault(app, []).append(link)
                in_use.update([] if token and _idle(case, link.source) else [app])
    return dict(sorted(found.items())), in_use


def _idle(case: Case, token: str) -> bool:
    vertex = case.graph.get(token)
    return vertex is not None and unseen(vertex.properties, case.as_of)


def _shared(case: Case, login: str, apps: dict[str, list[Link]], in_use: set[str]) -> Hit:
    names = several([case.graph.called(app) for app in apps])
    because = f"{case.graph.called(login)} is the login of {len(apps)} apps: {names}"
    evidence = tuple(sorted({item for links in apps.values() for link in links for item in link.evidence}))
    idle = len(in_use) < 2
    why = "of all but one, no use was seen within 90 days" if idle else ""
    return Hit(login, (), because, evidence, -int(idle), why)


RULES: tuple[Rule, ...] = (one_login_many_apps,)
