"""Logins that are no newcomer's to touch: programs' own, shared ones, and what looks like a leftover."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from stackmap.analysis import Account, things_behind
from stackmap.app.guide.view import GuideView
from stackmap.identity.login_names import read_name
from stackmap.model import AccountType, product_of
from stackmap.render.guide_page import LeaveAlone

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
        AccountType.INTEGRATION: "a new password, a lost right or a sign-out stops what runs as it",
        AccountType.VENDOR_MANAGED: "the vendor's own parts need it",
        AccountType.SHARED: "several people use it; ask for a login of your own",
        AccountType.UNKNOWN: "nobody has written down who or what uses it; find out before anything is done to it",
    }
)
_LEFTOVER = "a personal login"
_OFF = "It is switched off, and these still point to it: it may be deleted only after they are moved"
_PERSON_LIKE = "its name reads like a person's, perhaps of somebody who has left, and it is none; "


def leave_alone(view: GuideView) -> Iterator[LeaveAlone]:
    """By system and name. A login of a person is among them only when it is off and things still point to it."""
    found = [one for account in view.stack.accounts.values() if (one := _one(view, account))]
    yield from sorted(found, key=lambda one: (one.system.casefold(), one.name.casefold(), one.what, one.runs))


def _one(view: GuideView, account: Account) -> LeaveAlone | None:
    runs = tuple(sorted((view.name(thing) for thing in things_behind(view.stack, account.id)), key=str.casefold))
    system = view.say(view.sights.system_name(account.id))
    if account.off:
        personal = account.type is AccountType.HUMAN
        name, what = (_LEFTOVER, "switched off") if personal else (view.name(account.id), f"{_WHAT[account.type]}, off")
        return LeaveAlone(name, system, what, runs, _OFF) if runs else None
    if account.type not in _WHAT:
        return None
    like = _PERSON_LIKE if _reads_like_a_person(view, account) else ""
    why = f"{like}{_WHY[account.type]}"
    return LeaveAlone(view.name(account.id), system, _WHAT[account.type], runs, why[0].upper() + why[1:])


def _reads_like_a_person(view: GuideView, account: Account) -> bool:
    """A program's login that somebody might take for an ex-employee's, and tidy away."""
    if not account.type.is_a_programs:
        return False
    places = {word for node in view.stack.accounts for word in (product_of(node) or "").casefold().split("-")}
    signs = read_name(view.graph.name(account.id), places)
    return signs.full and signs.spaced and signs.clean and not signs.machine
