"""The one way to a vendor: read-only, paced, patient within bounds, and discreet.

Nothing else names the HTTP library. Retries of 429, 502, 503, 504 and lost connections happen below
`Client.send`; every other answer is handed back as it is, for the runner to judge. What cannot be an
answer raises `ReadError`.
"""

from __future__ import annotations

import logging
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from http.cookiejar import DefaultCookiePolicy
from pathlib import Path
from types import TracebackType
from typing import Self, TypeAlias

import httpx
from httpx_retries import Retry, RetryTransport

from stackmap.errors import ConfigError
from stackmap.sdk import bodies, troubles
from stackmap.sdk.asks import Answer, Ask, Authenticator, Get, ReadError, ReadPost, Trouble
from stackmap.sdk.headers import check_headers, until_reset
from stackmap.sdk.hosts import is_loopback
from stackmap.sdk.pace import Limits, Pace, rest
from stackmap.sdk.redaction import Redaction

__all__ = ["Client", "RawReply", "Transport", "function_transport"]

_log = logging.getLogger(__name__)
_MOST_STEPS_TO_SIGN = 6
_PLAIN_HEADERS = {"accept", "content-type"}

Transport: TypeAlias = httpx.BaseTransport
"""Carries one request. Ask `function_transport` for one that answers in this process."""


class _Paced(httpx.BaseTransport):
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


def _patience(limits: Limits, halt: threading.Event) -> Retry:
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


class Client:
    """Sends what a connector asks and hands back what came. Share one per connector and run, also between
    threads.

    Raises ConfigError when `base_url` is unusable or would send secrets in clear. `origins` are further
    addresses that declared requests (never links) may go to. Once `halt` is set, whatever waits gives up.
    `settings`, by name, are what the authenticator was made of: one that no header can carry is named.
    `ca_file` holds certificate authorities to trust beside the usual ones.
    """

    def __init__(
        self,
        base_url: str,
        authenticator: Authenticator,
        *,
        transport: Transport | None = None,
        per_second: float = 5.0,
        limits: Limits | None = None,
        pace: Pace | None = None,
        redaction: Redaction | None = None,
        origins: tuple[str, ...] = (),
        halt: threading.Event | None = None,
        settings: Mapping[str, str] | None = None,
        ca_file: str = "",
    ) -> None:
        self._base = _checked(base_url)
        trusted = _trusted(ca_file, self._base) if ca_file else True
        self._origins = frozenset({_origin(self._base), *(_origin(_checked(item)) for item in origins)})
        self._authenticate = authenticator
        self._limits = limits or Limits()
        self._halt = halt or threading.Event()
        self._settings = settings or {}
        self._redaction = redaction or Redaction()
        self._answered = False
        self._unreachable: Trouble | None = None
        paced = _Paced(transport or httpx.HTTPTransport(verify=trusted), pace or Pace(), per_second, self._halt)
        self._http = httpx.Client(
            transport=RetryTransport(transport=paced, retry=_patience(self._limits, self._halt)),
            timeout=self._limits.timeout,
            follow_redirects=False,
            event_hooks={"response": [_refuse_redirect]},
            trust_env=False,  # a .netrc must not sign our requests
            headers={
                "Accept": "application/json",
                "Accept-Encoding": bodies.PACKING,
                "User-Agent": "stackmap (read-only)",
            },
        )
        # Without a state of its own a client can be shared by threads, and no session cookie outlives its answer.
        self._http.cookies.jar.set_policy(DefaultCookiePolicy(allowed_domains=[]))

    def __repr__(self) -> str:
        return f"Client({_shown(self._base)})"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def send(self, ask: Ask) -> Answer:
        """Sign a request, send it, and give the last answer, whatever its status.

        Raises ReadError when there is none: no connection, no JSON, a redirect, a foreign address, too much.
        """
        flow = self._authenticate(ask)
        try:
            signed = next(flow)
            for _ in range(_MOST_STEPS_TO_SIGN):
                self._learn(ask, signed)
                answer = self._exchange(signed)
                try:
                    signed = flow.send(answer)
                except StopIteration:
                    return answer
        finally:
            flow.close()
        raise ReadError(troubles.circles())

    def _learn(self, ask: Ask, signed: Ask) -> None:
        """What the authenticator added to the headers is secret."""
        for name, value in signed.headers.items():
            if ask.headers.get(name) != value and name.lower() not in _PLAIN_HEADERS:
                self._redaction.learn(value)
                self._redaction.learn(value.rpartition(" ")[2])

    def _exchange(self, ask: Ask) -> Answer:
        if self._unreachable is not None:
            raise ReadError(self._unreachable)
        check_headers(ask.headers, self._settings)
        request = self._request(ask)
        shown = f"{request.method} {self._redaction.mask(request.url.path)}"
        try:
            answer = self._receive(request)
        except httpx.TransportError as error:
            trouble = _lost(error, shown, request.url.host)
            if isinstance(error, httpx.ConnectError | httpx.ConnectTimeout) and not self._answered:
                self._unreachable = trouble
            raise ReadError(trouble) from error
        self._answered = True
        _log.debug("%s -> %d", shown, answer.status)
        return answer

    def _request(self, ask: Ask) -> httpx.Request:
        if isinstance(ask, Get):
            url = self._address(ask.path, link=ask.link)
            url = url.copy_merge_params(query) if (query := ask.query()) else url
            return self._http.build_request("GET", url, headers=dict(ask.headers))
        if isinstance(ask, ReadPost):
            url = self._address(ask.path, link=False)
            if ask.form is not None:
                return self._http.build_request("POST", url, data=dict(ask.form), headers=dict(ask.headers))
            return self._http.build_request("POST", url, json=ask.body, headers=dict(ask.headers))
        raise ReadError(troubles.no_write(type(ask).__name__))

    def _address(self, path: str, *, link: bool) -> httpx.URL:
        try:
            if link:
                url = self._base.join(path)
            elif path.startswith(("https://", "http://")):
                url = httpx.URL(path)
            else:
                url = httpx.URL(f"{str(self._base).rstrip('/')}/{path.lstrip('/')}")
        except httpx.InvalidURL as error:
            raise ReadError(troubles.no_address()) from error
        allowed = {_origin(self._base)} if link else self._origins
        if _origin(url) not in allowed or url.userinfo:
            raise ReadError(troubles.foreign(_shown(url), link=link))
        return url

    def _receive(self, request: httpx.Request) -> Answer:
        response = self._http.send(request, stream=True)
        path = request.url.path
        try:
            packing = response.headers.get("Content-Encoding", "")
            body = bodies.received(response.iter_raw(), packing, path, self._limits, self._halt)
        except ReadError:
            if response.status_code < 400 or self._halt.is_set():
                raise
            body = b""  # a refusal speaks for itself, whatever it came with
        finally:
            response.close()
        headers = {name.lower(): value for name, value in response.headers.items()}
        return Answer(response.status_code, bodies.parsed(response.status_code, body, path), headers)


def _refuse_redirect(response: httpx.Response) -> None:
    """Called before the library looks at where a redirect leads: it would stumble over what is no address."""
    status, path = response.status_code, response.request.url.path
    if not 300 <= status < 400:
        return
    given = response.headers.get("Location", "")
    if not given:
        raise ReadError(troubles.unasked(path, status))
    try:
        where = response.request.url.join(given)
    except httpx.InvalidURL:
        raise ReadError(troubles.redirected(path, "", status)) from None
    raise ReadError(troubles.redirected(path, _shown(where) if where.host else "", status))


def _lost(error: httpx.TransportError, shown: str, host: str) -> Trouble:
    if isinstance(error, httpx.ConnectError | httpx.ConnectTimeout):
        untrusted = "certificate" in str(error).lower()
        return troubles.certificate(host) if untrusted else troubles.no_connection(host)
    if isinstance(error, httpx.TimeoutException):
        return troubles.timed_out(shown)
    return troubles.cut(shown)


def _trusted(ca_file: str, base: httpx.URL) -> ssl.SSLContext:
    """Whom the HTTP library trusts by itself, and the authorities of a file."""
    if base.scheme != "https":
        raise ConfigError("ca_file is for https only, and the base URL is plain http: leave it out")
    context = httpx.create_ssl_context()
    try:
        context.load_verify_locations(cafile=Path(ca_file).expanduser())
    except (OSError, RuntimeError, ValueError) as error:
        kind = type(error).__name__
        raise ConfigError(f"ca_file: no certificate in PEM form can be read there ({kind})") from error
    return context


def _checked(base_url: str) -> httpx.URL:
    try:
        url = httpx.URL(base_url)
    except httpx.InvalidURL:
        raise ConfigError("the base URL cannot be read: write https://host") from None
    if url.scheme not in {"http", "https"} or not url.host:
        raise ConfigError(f"the base URL must begin with https://, got {_shown(url)}")
    if url.userinfo or url.query or url.fragment:
        raise ConfigError(f"the base URL may hold no login, query or fragment: write {_shown(url)}")
    if url.scheme == "http" and not is_loopback(url.host):
        raise ConfigError(f"plain http would send secrets in clear to {url.host}: use https")
    return url


def _origin(url: httpx.URL) -> tuple[str, str, int]:
    return url.scheme, url.host, url.port or {"http": 80, "https": 443}.get(url.scheme, 0)


def _shown(url: httpx.URL) -> str:
    """Scheme, host and port: all of an address that may be repeated."""
    port = f":{url.port}" if url.port else ""
    return f"{url.scheme}://{url.host}{port}"


@dataclass(frozen=True, slots=True)
class RawReply:
    """What a stand-in answers, down to the bytes. A `content-length` above the content's is a cut answer; an
    answer that takes more `seconds` than the client's time-out never comes.
    """

    status: int
    content: bytes
    headers: Mapping[str, str]
    seconds: float = 0.0


class _FunctionTransport(httpx.BaseTransport):
    def __init__(self, answer: Callable[[str, str, Mapping[str, str], bytes], RawReply]) -> None:
        self._answer = answer

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        headers = {name.lower(): value for name, value in request.headers.items()}
        target = request.url.raw_path.decode("ascii")
        reply = self._answer(request.method, target, headers, request.read())
        patience = request.extensions.get("timeout", {}).get("read")
        if patience is not None and reply.seconds > patience:
            raise httpx.ReadTimeout("no answer in time", request=request)
        return httpx.Response(reply.status, headers=dict(reply.headers), stream=_Body(reply))


class _Body(httpx.SyncByteStream):
    def __init__(self, reply: RawReply) -> None:
        self._reply = reply

    def __iter__(self) -> Iterator[bytes]:
        yield self._reply.content
        if int(self._reply.headers.get("content-length", "0")) > len(self._reply.content):
            raise httpx.RemoteProtocolError("the connection was closed before the whole answer came")


def function_transport(answer: Callable[[str, str, Mapping[str, str], bytes], RawReply]) -> Transport:
    """A transport that answers in this process: called with method, target (path and query), headers and
    body.
    """
    return _FunctionTransport(answer)
