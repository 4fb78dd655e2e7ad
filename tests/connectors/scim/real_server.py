"""scim2-server, a SCIM server made by others: started on loopback, filled over HTTP, stopped again."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.parse import quote
from urllib.request import Request, urlopen

import pytest

TOKEN = "a-token-of-this-test-only"
_USER = "urn:ietf:params:scim:schemas:core:2.0:User"
_GROUP = "urn:ietf:params:scim:schemas:core:2.0:Group"
_ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
_PATCH = "urn:ietf:params:scim:api:messages:2.0:PatchOp"


@dataclass(frozen=True)
class Directory:
    """A running server, written to by the test that started it."""

    url: str

    def call(self, method: str, path: str, body: Any = None) -> Any:
        sent = None if body is None else json.dumps(body).encode()
        headers = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/scim+json"}
        request = Request(self.url + path, sent, headers, method=method)  # noqa: S310 - the loopback server of the test
        with urlopen(request, timeout=10) as answer:  # noqa: S310 - as above
            said = answer.read()
        return json.loads(said) if said else None

    def hire(self, login: str, *, boss: str = "", **more: Any) -> str:
        """A new user's id."""
        extension = {"department": "Marketing", **({"manager": {"value": boss}} if boss else {})}
        emails = [{"value": f"{login}@example.test", "type": "work", "primary": True}]
        row = {"schemas": [_USER, _ENTERPRISE], "userName": login, "emails": emails, _ENTERPRISE: extension, **more}
        return str(self.call("POST", "/Users", row)["id"])

    def gather(self, name: str, members: list[str]) -> str:
        """A new group's id."""
        row = {"schemas": [_GROUP], "displayName": name, "members": [{"value": item} for item in members]}
        return str(self.call("POST", "/Groups", row)["id"])

    def switch_off(self, user_id: str) -> None:
        operation = {"op": "replace", "path": "active", "value": False}
        self.call("PATCH", f"/Users/{user_id}", {"schemas": [_PATCH], "Operations": [operation]})

    def counted(self, condition: str) -> int:
        """How many users the server itself finds."""
        return int(self.call("GET", f"/Users?count=0&filter={quote(condition)}")["totalResults"])


def _program() -> str:
    beside = Path(sys.executable).with_name("scim2-server")
    found = str(beside) if beside.exists() else shutil.which("scim2-server")
    if found is None:
        pytest.skip("scim2-server is not installed (pip install scim2-server): nothing was tried on a real server")
    return found


@contextmanager
def started(*options: str) -> Iterator[Directory]:
    """A server as long as this lasts."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [_program(), "--hostname", "127.0.0.1", "--port", str(port), "--bearer-token", TOKEN, *options]
    environment = {**os.environ, "SCIM2_SERVER_SECRET": "seals the cursors of this test"}
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, stdout=quiet, stderr=quiet, env=environment) as process:
        try:
            directory = Directory(f"http://127.0.0.1:{port}/v2")
            _wait(directory, process)
            yield directory
        finally:
            process.terminate()


def _wait(directory: Directory, process: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + 30
    while True:
        try:
            directory.call("GET", "/ServiceProviderConfig")
            return
        except URLError:
            assert process.poll() is None, "scim2-server ended by itself"
            assert time.monotonic() < until, "scim2-server does not answer"
            time.sleep(0.05)
