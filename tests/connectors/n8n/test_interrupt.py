"""Ctrl-C ends a reading at once, also while a server keeps silent, and stores nothing."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.connectors.n8n.reading import KEY

# A shell in the background hands on an ignored SIGINT; a terminal does not.
COLLECT = """
import signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)
sys.argv = ["stackmap", "collect", "--quiet"]
from stackmap.cli import main
main()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="SIGINT is sent as POSIX knows it")
def test_an_interrupt_ends_a_reading_that_hangs_and_stores_nothing(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        silent.settimeout(60)
        settings = f'    base_url: "http://127.0.0.1:{silent.getsockname()[1]}"\n    api_key: env:N8N_API_KEY\n'
        (tmp_path / "stackmap.yaml").write_text(f"connectors:\n  n8n:\n{settings}", encoding="utf-8")
        environment = {**os.environ, "N8N_API_KEY": KEY}
        with subprocess.Popen([sys.executable, "-c", COLLECT], cwd=tmp_path, env=environment) as reading:
            connection, _ = silent.accept()
            with connection:
                assert connection.recv(16), "a request came"
                started = time.monotonic()
                reading.send_signal(signal.SIGINT)
                code = reading.wait(timeout=60)
    assert time.monotonic() - started < 10, "the time-out is 30 s"
    assert code == 130
    assert not (tmp_path / "stackmap.db").exists()
