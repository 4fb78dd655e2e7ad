"""How fast and how patiently a vendor is asked."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from pyrate_limiter import Limiter, Rate, SingleBucketFactory, StateBucket

__all__ = ["Limits", "Pace", "rest"]

_LISTEN = 0.25


@dataclass(frozen=True, slots=True)
class Limits:
    """How patient a client is. Seconds throughout.

    `wait` bounds what one request may spend waiting between attempts, a vendor's Retry-After included: a
    longer one is not sat out. `answer_bytes` counts the body, packed or unpacked. No list holds more than
    `pages` pages per request, nor so many `empty_pages` in a row: vendors whose pages never end are left
    with what was read. `pause` (None: a real wait, which a stop of the run ends) and `clock` are passed in
    so that tests do not wait.
    """

    wait: float = 60.0
    retries: int = 5
    backoff: float = 0.5
    timeout: float = 30.0
    answer_seconds: float = 300.0
    answer_bytes: int = 64 * 1024 * 1024
    pages: int = 100_000
    empty_pages: int = 100
    pause: Callable[[float], None] | None = None
    clock: Callable[[], float] = time.monotonic


def rest(seconds: float, limits: Limits, halt: threading.Event) -> bool:
    """Wait so long. False, and at once, when `halt` is set before the time is over."""
    if limits.pause is None:
        return not halt.wait(seconds)
    limits.pause(seconds)
    return not halt.is_set()


class Pace:
    """Requests per second, kept per host. Share one between clients, and they share the host's allowance."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._limiters: dict[str, Limiter] = {}

    def take(self, host: str, per_second: float, halt: threading.Event | None = None) -> bool:
        """Wait for this host's turn; False when `halt` is set first. The first rate given for a host stands."""
        with self._lock:
            limiter = self._limiters.get(host)
            if limiter is None:
                limiter = self._limiters[host] = _limiter(per_second)
        while not (halt and halt.is_set()):
            if limiter.try_acquire(host, timeout=_LISTEN):
                return True
        return False


def _limiter(per_second: float) -> Limiter:
    rate = Rate(int(per_second), 1000) if per_second >= 1 else Rate(1, math.ceil(1000 / per_second))
    return Limiter(SingleBucketFactory(StateBucket([rate]), schedule_leak=False), buffer_ms=0)
