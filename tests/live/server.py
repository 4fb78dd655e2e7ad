"""Installs, starts and stops an n8n server on loopback, its whole state in one folder that can be copied."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from tests.live import interrupts

VERSION = "1.123.50"
INSTALL_SECONDS = 1800
START_SECONDS = 120
STOP_SECONDS = 15

Say = Callable[[str], None]

# 1.x asks for a spreadsheet library from a host outside the npm registry; the registry's own edition serves.
_MANIFEST = {"private": True, "dependencies": {"n8n": VERSION}, "overrides": {"xlsx": "0.18.5"}}

_SETTINGS = {
    "N8N_LISTEN_ADDRESS": "127.0.0.1",
    "N8N_HOST": "127.0.0.1",
    "N8N_SECURE_COOKIE": "false",
    "N8N_DIAGNOSTICS_ENABLED": "false",
    "N8N_VERSION_NOTIFICATIONS_ENABLED": "false",
    "N8N_TEMPLATES_ENABLED": "false",
    "N8N_PERSONALIZATION_ENABLED": "false",
    "N8N_HIRING_BANNER_ENABLED": "false",
    "N8N_LICENSE_AUTO_RENEW_ENABLED": "false",
    "N8N_COMMUNITY_PACKAGES_ENABLED": "false",
    "N8N_DISABLE_UI": "true",  # starts a third faster, and leaves 75 MB less to copy for every departure
    "N8N_DYNAMIC_BANNERS_ENABLED": "false",
    "N8N_RUNNERS_ENABLED": "false",
    "EXTERNAL_FRONTEND_HOOKS_URLS": "",
    "NO_COLOR": "1",
}


class ServerError(RuntimeError):
    """The server could not be installed or started; the message names the log or quotes its end."""


@dataclass(frozen=True, slots=True)
class Running:
    """A server that answers at `url`, with its state in `home`."""

    url: str
    home: Path
    pid: int


def live_folder() -> Path:
    """The folder kept between runs: STACKMAP_LIVE_DIR, else ~/.cache/stackmap-live."""
    named = os.environ.get("STACKMAP_LIVE_DIR")
    return Path(named) if named else Path.home() / ".cache" / "stackmap-live"


def free_port() -> int:
    """A loopback port that nobody listens on right now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def install(folder: Path, say: Say) -> Path:
    """The n8n program below `folder`; installs it first where it is absent (1.7 GB, 4 to 11 minutes)."""
    place = folder / f"n8n-{VERSION}"
    program = place / "node_modules" / "n8n" / "bin" / "n8n"
    finished = place / "installed"
    if finished.exists() and program.exists():
        return program
    for tool in ("node", "npm"):
        if shutil.which(tool) is None:
            raise ServerError(f"{tool} is not on the PATH; n8n {VERSION} needs Node 20.19 or newer, and npm")
    place.mkdir(parents=True, exist_ok=True)
    (place / "package.json").write_text(json.dumps(_MANIFEST), encoding="utf-8")
    _npm_install(place, say)
    finished.write_text(VERSION, encoding="utf-8")
    return program


def _npm_install(place: Path, say: Say) -> None:
    log = place / "install.log"
    say(f"installing n8n {VERSION} into {place} (once; 4 to 11 minutes, log: {log})")
    began = time.monotonic()
    with run_program(["npm", "install", "--no-audit", "--no-fund"], place, log) as npm:
        while npm.poll() is None:
            spent = int(time.monotonic() - began)
            if spent > INSTALL_SECONDS:
                raise ServerError(f"npm did not finish within {INSTALL_SECONDS} s; read {log}")
            if spent % 30 < 2:
                say(f"  {spent} s, {_packages(place)} packages unpacked")
            time.sleep(2)
    if npm.returncode != 0:
        raise ServerError(f"npm install ended with {npm.returncode}; read {log}")


def _packages(place: Path) -> int:
    modules = place / "node_modules"
    return sum(1 for _ in modules.iterdir()) if modules.is_dir() else 0


@contextmanager
def serve(program: Path, home: Path, port: int) -> Iterator[Running]:
    """Run the server on `home` while the block lasts; it answers and its workflows are active on entry."""
    home.mkdir(parents=True, exist_ok=True)
    log = home / "server.log"
    with run_program(["node", str(program), "start"], home, log, _environment(home, port)) as node:
        running = Running(f"http://127.0.0.1:{port}", home, node.pid)
        _await_answer(node, running, log)
        yield running


@contextmanager
def run_program(
    command: list[str], place: Path, log: Path, environment: dict[str, str] | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a program in a process group of its own; however the block ends, the group is gone after it."""
    process = None
    with log.open("wb") as out:
        try:
            with interrupts.held():
                process = subprocess.Popen(
                    command,
                    cwd=place,
                    env=environment,
                    stdin=subprocess.DEVNULL,
                    stdout=out,
                    stderr=subprocess.STDOUT,
                    start_new_session=True,
                )
            yield process
        finally:
            with interrupts.held():
                if process is not None:
                    _end(process)


def _environment(home: Path, port: int) -> dict[str, str]:
    base = {"PATH": os.environ["PATH"], "HOME": str(home), "LANG": "C.UTF-8"}
    own = {"N8N_USER_FOLDER": str(home), "N8N_PORT": str(port), "WEBHOOK_URL": f"http://127.0.0.1:{port}/"}
    return base | _SETTINGS | own


def _await_answer(node: subprocess.Popen[bytes], running: Running, log: Path) -> None:
    """The HTTP port opens before the workflows are active; the editor's line in the log comes after both."""
    limit = time.monotonic() + START_SECONDS
    while time.monotonic() < limit:
        if node.poll() is not None:
            raise ServerError(f"n8n ended with {node.returncode} while starting:\n{_tail(log)}")
        if "Editor is now accessible" in log.read_text(encoding="utf-8", errors="replace"):
            httpx.get(f"{running.url}/healthz/readiness", timeout=10, trust_env=False).raise_for_status()
            return
        time.sleep(0.2)
    raise ServerError(f"n8n did not answer within {START_SECONDS} s:\n{_tail(log)}")


def _tail(log: Path) -> str:
    """The end of a log; the scratch folder it lies in is gone when the message is read."""
    return log.read_text(encoding="utf-8", errors="replace")[-2000:]


def _end(process: subprocess.Popen[bytes]) -> None:
    """Ask the process group to stop, then insist; only ever a group that this module started."""
    for how in (signal.SIGTERM, signal.SIGKILL):
        if process.poll() is not None:
            return
        os.killpg(process.pid, how)
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            continue


@contextmanager
def scratch(folder: Path) -> Iterator[Path]:
    """A new folder below `folder`, gone with all it holds however the block ends."""
    made = None
    try:
        with interrupts.held():
            made = Path(tempfile.mkdtemp(prefix="run-", dir=folder))
        yield made
    finally:
        with interrupts.held():
            if made is not None:
                shutil.rmtree(made)


def copy_state(source: Path, target: Path) -> None:
    """Replace `target` by a copy of `source`; neither may be in use, or the database may be torn."""
    if target.exists():
        shutil.rmtree(target)
    shutil.copytree(source, target)
