"""One attempt after another: each takes its host's turn, and is repeated only as long as patience lasts."""

from __future__ import annotations

import threading
from typing import TypeAlias

import httpx
from httpx_retries import Retry

from stackmap.sdk import troubles
from stackmap.sdk.asks import ReadError
from stackmap.sdk.headers import until_reset
from stackmap.sdk.pace import Limits, Pace, rest

__all__ = ["Paced", "Transport", "patience"]

Transport: TypeAlias = httpx.BaseTransport
"""Carries one request. Ask `function_transport` for one that answers in this process."""


class Paced(httpx.BaseTransport):
    """Takes the host's turn before each attempt, retries included."""

    def __init__(self, inner: Transport, pace: Pace, per_second: float, halt: threading.Event) -> None:
        self._inner = inner
        self._pace = pace
        self._per_second = per_second
        self._halt = halt

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        if not self._pace.take(request.url.host, self._per_second, self._halt):
            raise ReadError(troubles.stopped())
        return self._inner.handle_request(request)

    def close(self) -> None:
        self._inner.close()


def patience(limits: Limits, halt: threading.Event) -> Retry:
    """The library's retry policy, with our clock, and without sitting out more than the whole budget."""

    class Patience(Retry):
        def sleep(self, response: httpx.Response | Exception) -> None:
            left = max(0.0, limits.wait - self.elapsed_sleep)
            asked = _retry_after(self, response)
            if asked > left and isinstance(response, httpx.Response):
                raise ReadError(troubles.asked_to_wait(response.status_code, asked, limits.wait))
            seconds = min(asked or self.backoff_strategy(), left)
            if not rest(seconds, limits, halt):
                raise ReadError(troubles.stopped())
            self.elapsed_sleep += seconds

    return Patience(
        total=limits.retries,
        allowed_methods=("GET", "POST"),  # every POST that gets this far is a declared read
        # Not after a silence of the whole time-out: who does not answer once in that time rarely does the next.
        retry_on_exceptions=(httpx.NetworkError, httpx.RemoteProtocolError, httpx.ConnectTimeout),
        backoff_factor=limits.backoff,
        backoff_jitter=0.5,
        max_backoff_wait=limits.wait,
        total_timeout=limits.wait,
    )


def _retry_after(retry: Retry, response: httpx.Response | Exception) -> float:
    if not isinstance(response, httpx.Response):
        return 0.0
    given = response.headers.get("Retry-After", "")
    try:
        if given or response.status_code != 429:
            return retry.parse_retry_after(given) if given else 0.0
        return until_reset({name.lower(): value for name, value in response.headers.items()})
    except ValueError:
        return 0.0
