"""The client: signs what a connector asks, sends it, and hands back what came."""

from __future__ import annotations

import logging
import threading
from collections.abc import Mapping
from http.cookiejar import DefaultCookiePolicy
from types import TracebackType
from typing import Self

import httpx
from httpx_retries import RetryTransport

from stackmap.sdk import bodies, troubles
from stackmap.sdk.asks import Answer, Ask, Authenticator, Get, ReadError, ReadPost, Trouble
from stackmap.sdk.headers import check_headers
from stackmap.sdk.http import addresses
from stackmap.sdk.http.attempts import Paced, Transport, patience
from stackmap.sdk.pace import Limits, Pace
from stackmap.sdk.redaction import Redaction

__all__ = ["Client"]

_log = logging.getLogger(__package__)
_MOST_STEPS_TO_SIGN = 6
_PLAIN_HEADERS = {"accept", "content-type"}


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
        self._base = addresses.checked(base_url)
        trusted = addresses.trusted(ca_file, self._base) if ca_file else True
        self._origins = frozenset(
            {addresses.origin(self._base), *(addresses.origin(addresses.checked(item)) for item in origins)}
        )
        self._authenticate = authenticator
        self._limits = limits or Limits()
        self._halt = halt or threading.Event()
        self._settings = settings or {}
        self._redaction = redaction or Redaction()
        self._answered = False
        self._unreachable: Trouble | None = None
        paced = Paced(transport or httpx.HTTPTransport(verify=trusted), pace or Pace(), per_second, self._halt)
        self._http = httpx.Client(
            transport=RetryTransport(transport=paced, retry=patience(self._limits, self._halt)),
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
        return f"Client({addresses.shown(self._base)})"

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
        allowed = {addresses.origin(self._base)} if link else self._origins
        if addresses.origin(url) not in allowed or url.userinfo:
            raise ReadError(troubles.foreign(addresses.shown(url), link=link))
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
    raise ReadError(troubles.redirected(path, addresses.shown(where) if where.host else "", status))


def _lost(error: httpx.TransportError, shown: str, host: str) -> Trouble:
    if isinstance(error, httpx.ConnectError | httpx.ConnectTimeout):
        untrusted = "certificate" in str(error).lower()
        return troubles.certificate(host) if untrusted else troubles.no_connection(host)
    if isinstance(error, httpx.TimeoutException):
        return troubles.timed_out(shown)
    return troubles.cut(shown)
