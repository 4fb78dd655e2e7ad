"""What a request's headers can carry."""

from __future__ import annotations

import re
from collections.abc import Mapping

from stackmap.sdk import troubles
from stackmap.sdk.asks import ReadError

__all__ = ["check_headers"]

_SENDABLE = re.compile(r"(?:[!-~](?:[ -~\t]*[!-~])?)?")  # RFC 9110, section 5.5, without what is obsolete


def check_headers(headers: Mapping[str, str], settings: Mapping[str, str]) -> None:
    """Raise ReadError for a value that cannot be sent, naming the setting that it comes from where one does."""
    for name, value in headers.items():
        if not _SENDABLE.fullmatch(value):
            raise ReadError(troubles.no_header(name, _culprit(value, settings)))


def _culprit(value: str, settings: Mapping[str, str]) -> str:
    bad = (key for key, given in settings.items() if given in value and not _SENDABLE.fullmatch(given))
    return next(bad, "")
