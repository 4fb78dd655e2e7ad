"""The one way to a vendor: read-only, paced, patient within bounds, and discreet.

Nothing else names the HTTP library. Retries of 429, 502, 503, 504 and lost connections happen below
`Client.send`; every other answer is handed back as it is, for the runner to judge. What cannot be an
answer raises `ReadError`.
"""

from __future__ import annotations

import ipaddress
import json
import logging
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from http.cookiejar import DefaultCookiePolicy
from types import TracebackType
from typing import Any, Self, TypeAlias

import httpx
from httpx_retries import Retry, RetryTransport

from stackmap.errors import ConfigError
from stackmap.sdk import troubles
from stackmap.sdk.asks import Answer, Ask, Authenticator, Get, ReadError, ReadPost, Trouble
from stackmap.sdk.pace import Limits, Pace
from stackmap.sdk.redaction import Redaction

__all__ = ["Client", "RawReply", "Transport", "function_transport", "is_loopback"]

_log = logging.getLogger(__name__)
_MOST_STEPS_TO_SIGN = 6
_PLAIN_HEADERS = {"accept", "content-type"}

Transport: TypeAlias = httpx.BaseTransport
"""Carries one request. Ask `function_transport` for one that answers in this process."""


class _Paced(httpx.BaseTransport):
    """Takes the host's turn before each attempt, retries included."""

    def __init__(self, inner: Transport, pace: Pace, per_second: float) -> None:
        self._inner = inner
        self._pace = pace
        self._per_second = per_second

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self._pace.take(request.url.host, self._per_second)
        return self._inner.handle_request(request)

    def close(self) -> None:
        self._inner.close()


def _patience(limits: Limits) -> Retry:
    """The library's retry policy, with our clock, and without sitting out more than the whole budget."""

    class Patience(Retry):
        def sleep(self, response: httpx.Response | Exception) -> None:
            left = max(0.0, limits.wait - self.elapsed_sleep)
            asked = _retry_after(self, response)
            if asked > left and isinstance(response, httpx.Response):
                raise ReadError(troubles.asked_to_wait(response.status_code, asked, limits.wait))
            seconds = min(asked or self.backoff_strategy(), left)
            limits.pause(seconds)
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
    given = response.headers.get("Retry-After", "") if isinstance(response, httpx.Response) else ""
    try:
        return retry.parse_retry_after(given) if given else 0.0
    except ValueError:
        return 0.0


class Client:
    """Sends what a connector asks and hands back what came. Share one per connector and run, also between
    threads.

    Raises ConfigError when `base_url` is unusable or would send secrets in clear. `origins` are further
    addresses that declared requests (never links) may go to.
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
    ) -> None:
        self._base = _checked(base_url)
        self._origins = frozenset({_origin(self._base), *(_origin(_checked(item)) for item in origins)})
        self._authenticate = authenticator
        self._limits = limits or Limits()
        self._redaction = redaction or Redaction()
        self._answered = False
        self._unreachable: Trouble | None = None
        paced = _Paced(transport or httpx.HTTPTransport(), pace or Pace(), per_second)
        self._http = httpx.Client(
            transport=RetryTransport(transport=paced, retry=_patience(self._limits)),
            timeout=self._limits.timeout,
            follow_redirects=False,
            trust_env=False,  # a .netrc must not sign our requests
            headers={"Accept": "application/json", "User-Agent": "stackmap (read-only)"},
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
            params = {name: _word(value) for name, value in ask.params.items() if value is not None}
            url = self._address(ask.path, link=ask.link)
            url = url.copy_merge_params(params) if params else url
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
        try:
            if response.is_redirect or 300 <= response.status_code < 400:
                raise ReadError(
                    troubles.redirected(
                        request.url.path,
                        _shown(response.url.join(response.headers.get("Location", ""))),
                        response.status_code,
                    )
                )
            body = b"".join(self._bounded(response))
        except httpx.DecodingError as error:
            raise ReadError(troubles.not_json(request.url.path, "cannot be unpacked")) from error
        finally:
            response.close()
        headers = {name.lower(): value for name, value in response.headers.items()}
        return Answer(response.status_code, _parsed(response.status_code, body, request.url.path), headers)

    def _bounded(self, response: httpx.Response) -> Iterator[bytes]:
        size, until = 0, self._limits.clock() + self._limits.answer_seconds
        for chunk in response.iter_bytes():
            size += len(chunk)
            if size > self._limits.answer_bytes:
                raise ReadError(troubles.too_large(self._limits.answer_bytes))
            if self._limits.clock() > until:
                raise ReadError(troubles.too_slow(self._limits.answer_seconds))
            yield chunk


def _word(value: str | int | bool) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def _parsed(status: int, body: bytes, path: str) -> Any:
    """The JSON of a body. An error's body need not be JSON: its status speaks for itself."""
    if not body.strip():
        return None
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        if status >= 400:
            return None
        raise ReadError(troubles.not_json(path)) from None


def _lost(error: httpx.TransportError, shown: str, host: str) -> Trouble:
    if isinstance(error, httpx.ConnectError | httpx.ConnectTimeout):
        untrusted = "certificate" in str(error).lower()
        return troubles.certificate(host) if untrusted else troubles.no_connection(host)
    if isinstance(error, httpx.TimeoutException):
        return troubles.timed_out(shown)
    return troubles.cut(shown)


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


def is_loopback(host: str) -> bool:
    """Whether a host name or address is this machine itself."""
    if host.lower().rstrip(".") == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


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
