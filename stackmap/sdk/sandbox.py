"""Stand-ins: a vendor's API as a function from request to reply, and ways to make one misbehave.

A stand-in is spoken to in this process (`transport`) or over a real socket on loopback (`serve`); either
way the real authentication, paging, retries and mapping run against it.
"""

from __future__ import annotations

import errno
import json
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, TypeAlias
from urllib.parse import parse_qsl, unquote, urlsplit

from stackmap.errors import ConfigError
from stackmap.sdk.hosts import is_loopback
from stackmap.sdk.http import RawReply, Transport, function_transport

__all__ = [
    "Fault",
    "Reply",
    "Request",
    "StandIn",
    "cut",
    "faulty",
    "not_json",
    "rate_limited",
    "read_request",
    "restated",
    "serve",
    "slow",
    "status",
    "stuck",
    "transport",
]


@dataclass(frozen=True, slots=True)
class Request:
    """What the client sent. `path` is decoded and without the query; header names are lower case."""

    method: str
    path: str
    query: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    body: bytes = field(default=b"", repr=False)

    def json(self) -> Any:
        """The body as JSON, None where there is none. Raises ValueError when it is something else."""
        return json.loads(self.body) if self.body.strip() else None

    def form(self) -> dict[str, str]:
        """The body as a form."""
        return dict(parse_qsl(self.body.decode("utf-8"), keep_blank_values=True))


@dataclass(frozen=True, slots=True)
class Reply:
    """What the stand-in answers. A body of bytes is sent as it is, anything else as JSON, None as nothing.

    `seconds` is how long the answer takes to come.
    """

    status: int
    body: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)
    seconds: float = 0.0

    def raw(self) -> RawReply:
        """The bytes and headers that travel."""
        if self.body is None:
            content = b""
        elif isinstance(self.body, bytes):
            content = self.body
        else:
            content = json.dumps(self.body).encode("utf-8")
        headers = {"content-type": "application/json", "content-length": str(len(content))}
        headers.update((name.lower(), value) for name, value in self.headers.items())
        return RawReply(self.status, content, headers, self.seconds)


StandIn: TypeAlias = Callable[[Request], Reply]
"""A vendor's API, as far as a connector uses it."""


Fault: TypeAlias = Callable[[StandIn], StandIn]
"""Makes a stand-in misbehave."""


def read_request(method: str, target: str, headers: Mapping[str, str], body: bytes) -> Request:
    """A request as a stand-in sees it, from what travels."""
    split = urlsplit(target)
    query = dict(parse_qsl(split.query, keep_blank_values=True))
    lowered = {name.lower(): value for name, value in headers.items()}
    return Request(method, unquote(split.path), query, lowered, body)


def transport(standin: StandIn) -> Transport:
    """A transport that asks the stand-in in this process."""

    def answer(method: str, target: str, headers: Mapping[str, str], body: bytes) -> RawReply:
        return standin(read_request(method, target, headers, body)).raw()

    return function_transport(answer)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False  # a client's kept-alive connection must not hold up the end

    def __init__(self, address: tuple[str, int], standin: StandIn, tls: ssl.SSLContext | None) -> None:
        super().__init__(address, _Handler)
        self.standin = standin
        self.scheme = "http" if tls is None else "https"
        if tls is not None:
            # Each connection shakes hands in its own thread: a client that dawdles holds up nobody else.
            self.socket = tls.wrap_socket(self.socket, server_side=True, do_handshake_on_connect=False)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up is no news."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # headers and body are two writes: the second would wait 40 ms for an ACK
    server: _Server

    def log_message(self, format: str, *args: Any) -> None:
        """Quiet: what was asked is the stand-in's business."""

    def _answer(self) -> None:
        length = int(self.headers.get("content-length") or 0)
        headers = {"X-Forwarded-Proto": self.server.scheme, **dict(self.headers.items())}
        request = read_request(self.command, self.path, headers, self.rfile.read(length))
        reply = self.server.standin(request).raw()
        time.sleep(reply.seconds)
        self.send_response(reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(reply.content)
        if int(reply.headers["content-length"]) != len(reply.content):
            self.close_connection = True

    # The names that http.server looks for; a write reaches the stand-in, which refuses it as the vendor would.
    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = _answer  # noqa: N815


@contextmanager
def serve(
    standin: StandIn, host: str = "127.0.0.1", port: int = 0, *, tls: ssl.SSLContext | None = None
) -> Iterator[str]:
    """Serve a stand-in on loopback as long as this lasts; gives its base URL. Port 0 takes a free one.

    With `tls`, a server's context that holds its certificate, over https; the header X-Forwarded-Proto tells a
    stand-in that names its own address which of the two it is. Requests come in threads: a stand-in that
    keeps state has to guard it. Raises ConfigError for any other host, and for a port that cannot be had.
    """
    if not is_loopback(host):
        raise ConfigError(f"stand-ins are served on loopback only, not on {host}")
    try:
        server = _Server((host, port), standin, tls)
    except OSError as error:
        why = "is taken" if error.errno == errno.EADDRINUSE else f"cannot be had ({error.strerror})"
        raise ConfigError(f"port {port} of {host} {why}: choose another one") from error
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield f"{'https' if tls else 'http'}://{host}:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def faulty(standin: StandIn, where: str | Callable[[Request], bool], fault: Fault) -> StandIn:
    """The same stand-in, except that requests to a path beginning with `where` (or for which it is true) go
    wrong.
    """
    broken = fault(standin)

    def answer(request: Request) -> Reply:
        hit = request.path.startswith(where) if isinstance(where, str) else where(request)
        return broken(request) if hit else standin(request)

    return answer


def status(code: int, body: Any = None) -> Fault:
    """Answer with a status, and nothing else of use."""
    reply = Reply(code, {"message": "made to fail"} if body is None else body)
    return lambda _: lambda _request: reply


def restated(code: int) -> Fault:
    """Answer as usual, under another status."""

    def fault(standin: StandIn) -> StandIn:
        return lambda request: replace(standin(request), status=code)

    return fault


def rate_limited(times: int | None = None, *, retry_after: int = 1) -> Fault:
    """Answer 429 with Retry-After, so many times per request and then as usual; for ever without `times`."""

    def fault(standin: StandIn) -> StandIn:
        lock, seen = threading.Lock(), dict[str, int]()

        def answer(request: Request) -> Reply:
            with lock:
                key = f"{request.method} {request.path} {sorted(request.query.items())} {request.body!r}"
                seen[key] = seen.get(key, 0) + 1
                spent = times is not None and seen[key] > times
            if spent:
                return standin(request)
            return Reply(429, {"message": "too many requests"}, {"retry-after": str(retry_after)})

        return answer

    return fault


def cut() -> Fault:
    """Send half of the answer and hang up."""

    def fault(standin: StandIn) -> StandIn:
        def answer(request: Request) -> Reply:
            whole = standin(request).raw()
            length = max(len(whole.content), 2)
            return Reply(whole.status, whole.content[: length // 2], {**whole.headers, "content-length": str(length)})

        return answer

    return fault


def not_json() -> Fault:
    """Answer 200 with a web page, as a proxy or a sign-in wall does."""
    return lambda _: lambda _request: Reply(200, b"<html>Please sign in</html>", {"content-type": "text/html"})


def slow(seconds: float) -> Fault:
    """Take so long for each answer."""

    def fault(standin: StandIn) -> StandIn:
        def answer(request: Request) -> Reply:
            whole = standin(request).raw()
            return Reply(whole.status, whole.content, whole.headers, seconds)

        return answer

    return fault


def stuck() -> Fault:
    """Give the first answer again and again: a cursor that repeats."""

    def fault(standin: StandIn) -> StandIn:
        lock, first = threading.Lock(), list[Reply]()

        def answer(request: Request) -> Reply:
            with lock:
                if not first:
                    first.append(standin(request))
                return first[0]

        return answer

    return fault
