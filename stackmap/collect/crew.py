"""Threads that work side by side and never keep a program from ending."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from types import TracebackType
from typing import Any, ParamSpec, Self, TypeVar

__all__ = ["Crew"]

_P = ParamSpec("_P")
_T = TypeVar("_T")
_GRACE = 0.5


class Crew:
    """A pool of so many `workers`, used as a context; tasks are begun in the order in which they are submitted.

    Leaving it waits for all tasks. Leaving it by an exception, a Ctrl-C in the thread that waits for a result
    included, sets `halt`, for which tasks have to look out, drops what was not begun, and waits half a second at most:
    who then still hangs in a connection is left behind, in a daemon thread. (`ThreadPoolExecutor` would wait for
    the time-out, and the interpreter once more at its end.)
    """

    def __init__(self, workers: int, halt: threading.Event) -> None:
        self._halt = halt
        self._tasks: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._futures: list[Future[Any]] = []
        self._threads = [
            threading.Thread(target=self._work, name=f"stackmap-{number}", daemon=True)
            for number in range(max(1, workers))
        ]

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def submit(self, task: Callable[_P, _T], *given: _P.args, **named: _P.kwargs) -> Future[_T]:
        """Have a task done; its result, or what it raises, is the future's."""
        future: Future[_T] = Future()

        def work() -> None:
            if future.set_running_or_notify_cancel():
                try:
                    future.set_result(task(*given, **named))
                except BaseException as error:  # noqa: BLE001 - it is raised where the result is asked for
                    future.set_exception(error)

        self._futures.append(future)
        self._tasks.put(work)
        return future

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        until = None
        if error is not None:
            self._halt.set()
            until = time.monotonic() + _GRACE
            for future in self._futures:
                future.cancel()
        for _ in self._threads:
            self._tasks.put(None)
        for thread in self._threads:
            thread.join(None if until is None else max(0.0, until - time.monotonic()))

    def _work(self) -> None:
        while (task := self._tasks.get()) is not None:
            task()
