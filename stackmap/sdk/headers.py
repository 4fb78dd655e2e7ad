"""What a request's headers can carry, and what an answer's say about waiting."""

from __future__ import annotations

import re
from collections.abc import Mapping
from email.utils import parsedate_to_datetime

from stackmap.sdk import troubles
from stackmap.sdk.asks import ReadError

__all__ = ["check_headers", "until_reset"]

_RESETS = ("x-rate-limit-reset", "x-ratelimit-reset", "ratelimit-reset")
_LONGEST = 24 * 60 * 60

_SENDABLE = re.compile(r"(?:[!-~](?:[ -~\t]*[!-~])?)?")  # RFC 9110, section 5.5, without what is obsolete


def check_headers(headers: Mapping[str, str], settings: Mapping[str, str]) -> None:
    """Raise ReadError for a value that cannot be sent, naming the setting that it comes from where one does."""
    for name, value in headers.items():
        if not _SENDABLE.fullmatch(value):
            raise ReadError(troubles.no_header(name, _culprit(value, settings)))


def _culprit(value: str, settings: Mapping[str, str]) -> str:
    bad = (key for key, given in settings.items() if given in value and not _SENDABLE.fullmatch(given))
    return next(bad, "")


def until_reset(headers: Mapping[str, str]) -> float:
    """How many seconds after an answer its rate limit is spent no more; 0.0 where that cannot be told.

    The limit's end is a time (seconds since 1970) that vendors without Retry-After give. It is held against the
    answer's own `Date`, so that a wrong clock on this machine does no harm:
    developer.okta.com/docs/reference/rl-best-practices. What is a number of milliseconds, or of seconds to wait, is
    more than a day off, and left alone. Header names are lower case.
    """
    given = next((headers[name] for name in _RESETS if name in headers), "")
    try:
        seconds = float(given) - parsedate_to_datetime(headers["date"]).timestamp()
    except (KeyError, TypeError, ValueError, OverflowError):
        return 0.0
    return seconds if 0 < seconds <= _LONGEST else 0.0
