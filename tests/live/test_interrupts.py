"""However the run ends, no server and no folder of its own is left."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
WAIT_SECONDS = 20

# A run in small: a folder, and in it a server that sleeps. `END` says how it ends by itself, if it does.
RUN = """
import sys, time
from pathlib import Path
from tests.live import interrupts, server

interrupts.end_in_order()
with server.scratch(Path(sys.argv[1])) as home:
    sleeper = ["sh", "-c", sys.argv[2]]
    with server.run_program(sleeper, home, home / "log") as process:
        Path(sys.argv[1], "pid").write_text(str(process.pid))
        {ending}
"""
PLAIN = "sleep 60"
STUBBORN = "trap '' TERM; while true; do sleep 0.1; done"


def start(folder: Path, ending: str, program: str = PLAIN) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", RUN.format(ending=ending), str(folder), program]
    return subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL)


def await_pid(folder: Path) -> int:
    limit = time.monotonic() + WAIT_SECONDS
    while time.monotonic() < limit:
        if (folder / "pid").exists() and (said := (folder / "pid").read_text(encoding="utf-8")):
            return int(said)
        time.sleep(0.05)
    raise TimeoutError("the run did not start its server")


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def assert_nothing_left(folder: Path, pid: int) -> None:
    assert not is_running(pid)
    assert [place.name for place in folder.iterdir()] == ["pid"]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP], ids=lambda number: str(number.name))
def test_an_interrupt_leaves_nothing(tmp_path: Path, number: signal.Signals) -> None:
    run = start(tmp_path, "time.sleep(60)")
    pid = await_pid(tmp_path)
    run.send_signal(number)
    assert run.wait(WAIT_SECONDS) == 128 + number
    assert_nothing_left(tmp_path, pid)


def test_a_second_interrupt_does_not_stop_the_tidying(tmp_path: Path) -> None:
    run = start(tmp_path, "server.STOP_SECONDS = 1; time.sleep(60)", STUBBORN)
    pid = await_pid(tmp_path)
    time.sleep(0.3)  # for the shell to set its trap
    run.send_signal(signal.SIGINT)
    time.sleep(0.3)
    run.send_signal(signal.SIGINT)
    assert run.wait(WAIT_SECONDS) == 128 + signal.SIGINT
    assert_nothing_left(tmp_path, pid)


def test_an_interrupt_while_a_server_is_being_stopped_waits_for_that(tmp_path: Path) -> None:
    run = start(tmp_path, "server.STOP_SECONDS = 1; time.sleep(0.5)", STUBBORN)
    pid = await_pid(tmp_path)
    time.sleep(0.9)
    run.send_signal(signal.SIGTERM)
    assert run.wait(WAIT_SECONDS) == 128 + signal.SIGTERM
    assert_nothing_left(tmp_path, pid)


@pytest.mark.parametrize("ending", ["raise LookupError", "pass"])
def test_neither_a_failure_nor_the_end_leaves_anything(tmp_path: Path, ending: str) -> None:
    run = start(tmp_path, ending)
    code = run.wait(WAIT_SECONDS)
    assert bool(code) is (ending != "pass")
    assert_nothing_left(tmp_path, await_pid(tmp_path))
