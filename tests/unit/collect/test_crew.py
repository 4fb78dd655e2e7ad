"""Threads side by side: in order, bounded, and left behind when somebody wants to go."""

import threading
import time
from concurrent.futures import CancelledError

import pytest

from stackmap.collect import Crew


def test_every_task_is_done_and_leaving_waits_for_it() -> None:
    done: list[int] = []

    def slowly(number: int) -> int:
        time.sleep(0.01)
        done.append(number)
        return number * 2

    with Crew(2, threading.Event()) as crew:
        futures = [crew.submit(slowly, number) for number in range(6)]
    assert [future.result() for future in futures] == [0, 2, 4, 6, 8, 10]
    assert sorted(done) == [0, 1, 2, 3, 4, 5]


def test_no_more_than_agreed_work_at_once() -> None:
    lock, at_work, most = threading.Lock(), [0], [0]

    def work() -> None:
        with lock:
            at_work[0] += 1
            most[0] = max(most[0], at_work[0])
        time.sleep(0.01)
        with lock:
            at_work[0] -= 1

    with Crew(2, threading.Event()) as crew:
        for _ in range(8):
            crew.submit(work)
    assert most == [2]


def test_one_worker_does_them_in_order() -> None:
    done: list[int] = []
    with Crew(1, threading.Event()) as crew:
        for number in range(5):
            crew.submit(done.append, number)
    assert done == [0, 1, 2, 3, 4]


def test_what_a_task_raises_comes_with_its_result_and_stops_the_others() -> None:
    halt = threading.Event()

    def broken() -> None:
        raise KeyError("x")

    with pytest.raises(KeyError), Crew(1, halt) as crew:
        crew.submit(broken).result()
    assert halt.is_set()


def test_a_crew_that_ends_well_stops_nobody() -> None:
    halt = threading.Event()
    with Crew(1, halt) as crew:
        crew.submit(int)
    assert not halt.is_set()


def test_who_is_interrupted_leaves_a_hanging_task_behind_and_begins_no_other() -> None:
    hanging, begun = threading.Event(), threading.Event()
    crew = Crew(1, threading.Event())
    started = time.monotonic()
    with crew:
        crew.submit(hanging.wait, 30)
        later = crew.submit(begun.set)
        error = KeyboardInterrupt()
        crew.__exit__(type(error), error, None)
        hanging.set()
    assert time.monotonic() - started < 5
    with pytest.raises(CancelledError):
        later.result()
    assert not begun.is_set()
