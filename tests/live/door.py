"""A tiny loopback service that answers only to the right secret, so that a lost credential shows."""

from __future__ import annotations

import base64
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

HEADER = "X-Door-Key"
HEADER_SECRET = "door-header-secret"
USER = "door"
PASSWORD = "door-basic-secret"


class _Door(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        opens = _accepts(self.headers.get(HEADER), self.headers.get("Authorization"))
        self._answer(200 if opens else 401, {"opened": opens})

    def _answer(self, status: int, body: dict[str, bool]) -> None:
        payload = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(payload)))
        self.end_headers()
        self.wfile.write(payload)

    def log_message(self, format: str, *args: object) -> None:
        """Stay silent: the headers carry the secret."""


def _accepts(key: str | None, authorization: str | None) -> bool:
    basic = base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()
    return key == HEADER_SECRET or authorization == f"Basic {basic}"


@contextmanager
def open_door() -> Iterator[str]:
    """Serve on loopback while the block lasts; yields the address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Door)
    worker = threading.Thread(target=server.serve_forever, daemon=True)
    worker.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/"
    finally:
        server.shutdown()
        server.server_close()
        worker.join(timeout=5)
