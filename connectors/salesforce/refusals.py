"""What Salesforce's error codes mean for a list: denied, absent, or not now.

Codes: https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/errorcodes.htm, and from general use.
"""

from __future__ import annotations

from collections.abc import Callable

from stackmap.model import FixBy, Reach
from stackmap.sdk import Answer, Trouble, lookup

__all__ = ["judged", "not_signed_in"]

_UNKNOWN_OBJECT = frozenset({"INVALID_TYPE", "NOT_FOUND"})
_NO_SESSION = "INVALID_SESSION_ID"
_GENERAL = {
    _NO_SESSION: (
        Reach.DENIED,
        FixBy.OPERATOR,
        "Salesforce does not accept the access token (any more): check it, or sign in again",
    ),
    "API_DISABLED_FOR_ORG": (Reach.DENIED, FixBy.ADMIN, "the API is closed to this login: it needs API Enabled"),
    "API_CURRENTLY_DISABLED": (Reach.DENIED, FixBy.ADMIN, "the API is closed to this login: it needs API Enabled"),
    "REQUEST_LIMIT_EXCEEDED": (
        Reach.FAILED,
        FixBy.OPERATOR,
        "the org's daily calls are spent: run again tomorrow, or ask for more",
    ),
}


def judged(needs: str, *, edition: str = "") -> Callable[[Answer], Trouble | None]:
    """Judges refusals of one list.

    An object that a login may not see does not exist for it: that is a missing permission (`needs`), but for objects
    that come with an edition or feature (`edition`), which most orgs that do not show them do not have.
    """

    def outcome(answer: Answer) -> Trouble | None:
        code = _code(answer)
        if code in _GENERAL:
            state, fix_by, reason = _GENERAL[code]
            return Trouble(state, reason, fix_by, code)
        if code in _UNKNOWN_OBJECT and edition:
            reason = f"this org does not have {edition}, or shows it to other logins only"
            return Trouble(Reach.ABSENT, reason, FixBy.NOBODY, code)
        if code in _UNKNOWN_OBJECT or code.startswith("INSUFFICIENT_ACCESS"):
            return Trouble(Reach.DENIED, f"not shown to this login: needs {needs}", FixBy.ADMIN, code)
        return None

    return outcome


def not_signed_in(answer: Answer) -> Trouble | None:
    """Judges the question who is signed in, which needs no permission: all it can be refused for is the token."""
    if answer.status not in {401, 403}:
        return None
    state, fix_by, reason = _GENERAL[_NO_SESSION]
    return Trouble(state, reason, fix_by, _NO_SESSION)


def _code(answer: Answer) -> str:
    found = lookup(answer.body, "0.errorCode") if answer.status >= 400 else None
    return found if isinstance(found, str) else ""
