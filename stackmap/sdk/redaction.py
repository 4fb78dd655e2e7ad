"""Keeps secrets out of log lines and messages."""

from __future__ import annotations

import json
import logging
import re
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from urllib.parse import quote, quote_plus

__all__ = ["Redaction"]

_SHORTEST = 6
_ESCAPED = re.compile(r"[^ -~]+|[\\'\"]+")
_MASK = "[secret]"
_ROOTS = ("stackmap", "connectors", "httpx", "httpcore", "httpx_retries")
_FORMATTER = logging.Formatter()


class Redaction(logging.Filter):
    """Knows the secrets of one run and masks them. Safe to share between threads.

    Values of less than six characters are left alone: masking them would garble every line and hide nothing.
    """

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        super().__init__()
        self._lock = threading.Lock()
        self._forms: tuple[str, ...] = ()
        for secret in secrets:
            self.learn(secret)

    def __repr__(self) -> str:
        return f"Redaction({len(self._forms)} forms)"

    def learn(self, secret: str) -> None:
        """Mask this value from now on, in the forms in which it travels (as it is, in a URL, in JSON).

        Of one that a repr would escape, each piece between: a library that refuses a header shows its bytes so.
        """
        if len(secret) < _SHORTEST:
            return
        forms = {secret, quote(secret, safe=""), quote(secret), quote_plus(secret), json.dumps(secret)[1:-1]}
        forms |= {piece for piece in _ESCAPED.split(secret) if len(piece) >= _SHORTEST}
        with self._lock:
            self._forms = tuple(sorted({*self._forms, *forms}, key=lambda form: (-len(form), form)))

    def mask(self, text: str) -> str:
        """`text` with every secret replaced."""
        for form in self._forms:
            text = text.replace(form, _MASK)
        return text

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite a log record, its traceback included. Never drops one."""
        record.msg = self.mask(record.getMessage())
        record.args = None
        if record.exc_info and not record.exc_text:
            record.exc_text = _FORMATTER.formatException(record.exc_info)
        if record.exc_text:
            record.exc_text = self.mask(record.exc_text)
        return True

    @contextmanager
    def over_logs(self, *names: str) -> Iterator[None]:
        """Mask what stackmap, the connectors, the named loggers and the HTTP library log, as long as this
        lasts.
        """
        loggers = _loggers((*_ROOTS, *names))
        for logger in loggers:
            logger.addFilter(self)
        try:
            yield
        finally:
            for logger in loggers:
                logger.removeFilter(self)


def _loggers(roots: tuple[str, ...]) -> list[logging.Logger]:
    """The named loggers and all below them: a logger's filter does not see what its children log."""
    known = [name for name in list(logging.root.manager.loggerDict) if name.split(".")[0] in roots]
    return [logging.getLogger(name) for name in sorted({*roots, *known})]
