"""How sentences of rules name several things."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from stackmap.model import Act
from stackmap.rules.case import Case

__all__ = ["off_words", "several"]

_PAST = {Act.FROZEN: "frozen", Act.REMOVED: "not there any more"}


def several(names: Sequence[str], shown: int = 3) -> str:
    """Names as a sentence lists them: "a, b and c"; beyond `shown`, "a, b, c and 4 more"."""
    if len(names) > shown:
        return f"{', '.join(names[:shown])} and {len(names) - shown} more"
    *first, last = names or ("",)
    return f"{', '.join(first)} and {last}" if first else last


def off_words(case: Case, logins: Iterable[str]) -> str:
    """What became of logins that are off: "switched off", "frozen", or both of them where they differ."""
    return " or ".join(sorted({word for login in logins for word in _past(case, login)}, reverse=True))


def _past(case: Case, login: str) -> Iterator[str]:
    account = case.stack.account(login)
    if account is not None and account.off:
        (act, *more) = sorted(account.past_acts)
        yield "switched off" if more else _PAST.get(act, "switched off")
