"""Logins that are no newcomer's to touch: programs' own, shared ones, and what looks like a leftover."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from stackmap.analysis import Account, Way, ties_behind
from stackmap.app.guide.view import GuideView
from stackmap.identity.login_names import read_name
from stackmap.model import AccountType, EdgeKind, product_of
from stackmap.render.guide_page import LeaveAlone, Tied

__all__ = ["leave_alone"]

_WHAT: Mapping[AccountType, str] = MappingProxyType(
    {
        AccountType.INTEGRATION: "login of a program",
        AccountType.VENDOR_MANAGED: "made and managed by the vendor",
        AccountType.SHARED: "shared login",
        AccountType.UNKNOWN: "not known: a program's or a person's",
    }
)
_WHY: Mapping[AccountType, str] = MappingProxyType(
    {
        AccountType.INTEGRATION: "a new password, a lost right or a sign-out may stop what hangs on it",
        AccountType.VENDOR_MANAGED: "the vendor's own parts need it",
        AccountType.SHARED: "several people use it; ask for a login of your own",
        AccountType.UNKNOWN: "nobody has written down who or what uses it; find out before anything is done to it",
    }
)
_TIED: Mapping[tuple[EdgeKind, ...], Tied] = MappingProxyType(
    {
        (EdgeKind.RUNS_AS,): Tied.RUNS_AS,
        (EdgeKind.AUTHENTICATES_WITH, EdgeKind.AUTHORIZED_BY): Tied.SIGNS_IN,
        (EdgeKind.OWNED_BY,): Tied.OWNED,
        (EdgeKind.ROUTES_TO,): Tied.WORK,
        (EdgeKind.ROUTES_TO, EdgeKind.MEMBER_OF): Tied.QUEUE,
        (EdgeKind.NOTIFIES,): Tied.ALARMS,
    }
)
"""By the edges that lead from a thing to a login; any other way tells no more than that it does."""
_LEFTOVER = "a personal login"
_OFF = "It is switched off, and these still point to it: nothing may be done to it before they point elsewhere"
_PERSON_LIKE = "its name reads like a person's, perhaps of somebody who has left, and it is none; "


def leave_alone(view: GuideView) -> Iterator[LeaveAlone]:
    """By system and name. A login of a person is among them only when it is off and things still point to it."""
    found = [one for account in view.stack.accounts.values() if (one := _one(view, account))]
    yield from sorted(found, key=_by_system_and_name)


def _by_system_and_name(one: LeaveAlone) -> tuple[object, ...]:
    hangs = [(tied.value, names) for tied, names in one.hangs]
    return one.system.casefold(), one.name.casefold(), one.what, hangs


def _one(view: GuideView, account: Account) -> LeaveAlone | None:
    hangs = _hangs(view, account)
    system = view.say(view.sights.system_name(account.id))
    if account.off:
        personal = account.type is AccountType.HUMAN
        name, what = (_LEFTOVER, "switched off") if personal else (view.name(account.id), f"{_WHAT[account.type]}, off")
        return LeaveAlone(name, system, what, hangs, _OFF) if hangs else None
    if account.type not in _WHAT:
        return None
    like = _PERSON_LIKE if _reads_like_a_person(view, account) else ""
    why = f"{like}{_WHY[account.type]}"
    return LeaveAlone(view.name(account.id), system, _WHAT[account.type], hangs, why[0].upper() + why[1:])


def _hangs(view: GuideView, account: Account) -> tuple[tuple[Tied, tuple[str, ...]], ...]:
    """The names of what hangs on a login, by how; of several ways of one thing by the first."""
    found: dict[Tied, list[str]] = defaultdict(list)
    for thing, ways in ties_behind(view.stack, account.id).items():
        found[_first(ways)].append(view.name(thing))
    return tuple((tied, tuple(sorted(found[tied], key=str.casefold))) for tied in Tied if tied in found)


def _first(ways: Iterable[Way]) -> Tied:
    tied = {_TIED.get(tuple(link.kind for link in way), Tied.OTHER) for way in ways}
    return next(one for one in Tied if one in tied)


def _reads_like_a_person(view: GuideView, account: Account) -> bool:
    """A program's login that somebody might take for an ex-employee's, and tidy away."""
    if not account.type.is_a_programs:
        return False
    places = {word for node in view.stack.accounts for word in (product_of(node) or "").casefold().split("-")}
    signs = read_name(view.graph.name(account.id), places)
    return signs.full and signs.spaced and signs.clean and not signs.machine
