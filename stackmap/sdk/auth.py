"""Authenticators: generators that sign a request and see what it brings. Secrets stay in their closures."""

from __future__ import annotations

import base64
import re
import threading
from collections.abc import Callable, Generator, Mapping
from dataclasses import replace

from stackmap.model import FixBy, Reach
from stackmap.sdk.asks import Answer, Ask, Authenticator, ReadError, ReadPost, Trouble
from stackmap.sdk.records import lookup

__all__ = ["api_key", "basic", "bearer", "client_credentials", "fetched_token", "with_header"]

_CODE = re.compile(r"[A-Za-z][A-Za-z0-9_.-]{2,40}")


def with_header(ask: Ask, name: str, value: str) -> Ask:
    """The same request with one more header."""
    return replace(ask, headers={**ask.headers, name: value})


def api_key(header: str, value: str) -> Authenticator:
    """A key in a header of the vendor's choice."""

    def sign(ask: Ask) -> Generator[Ask, Answer, None]:
        yield with_header(ask, header, value)

    return sign


def bearer(token: str) -> Authenticator:
    """A token that was made by hand and does not change."""
    return api_key("Authorization", f"Bearer {token}")


def basic(user: str, password: str) -> Authenticator:
    """User and password (RFC 7617)."""
    return api_key("Authorization", _basic(user, password))


def client_credentials(
    path: str,
    client_id: str,
    client_secret: str,
    *,
    extra: Mapping[str, str] | None = None,
    in_header: bool = False,
    token: str = "access_token",  # noqa: S107 - where the token stands in the answer
    check: Callable[[Answer], Trouble | None] | None = None,
) -> Authenticator:
    """OAuth 2.0 client credentials: one token for all, fetched when first needed, and once more after a 401.

    `path` is where tokens are had, `extra` further form fields (scope, audience). With `in_header` id and
    secret travel as basic authentication. `check` looks at the answer that holds the token, and says what is
    wrong with it (a token of another tenant, say). A refusal is remembered: a wrong secret is tried once, not once
    per inventory.
    """
    form = {"grant_type": "client_credentials", **(extra or {})}
    headers = {"Authorization": _basic(client_id, client_secret)} if in_header else {}
    if not in_header:
        form |= {"client_id": client_id, "client_secret": client_secret}
    request = ReadPost(path, form=form, headers=headers)
    refusal = "this client id and secret", "check both, and that the app is switched on"
    return fetched_token(lambda: request, token=token, check=check, refusal=refusal)


def fetched_token(
    request: Callable[[], ReadPost],
    *,
    refusal: tuple[str, str],
    token: str = "access_token",  # noqa: S107 - where the token stands in the answer
    check: Callable[[Answer], Trouble | None] | None = None,
) -> Authenticator:
    """One bearer token for all requests and threads, fetched when first needed, and once more after a 401.

    `request` makes what asks for a token, each time anew, and may raise ReadError. Whatever is DENIED is remembered and
    never tried again. `refusal` says for what no token was given, and what to check.
    """

    def judged(answer: Answer) -> Trouble | None:
        given = lookup(answer.body, token)
        if answer.status >= 300 or not isinstance(given, str) or not given:
            return _no_token(answer, *refusal)
        return check(answer) if check else None

    kept = _Kept(request, judged, token)

    def sign(ask: Ask) -> Generator[Ask, Answer, None]:
        current = yield from kept.other_than("")
        answer = yield with_header(ask, "Authorization", f"Bearer {current}")
        if answer.status == 401:
            current = yield from kept.other_than(current)
            yield with_header(ask, "Authorization", f"Bearer {current}")

    return sign


class _Kept:
    """One token for all threads, or the reason why there is none: both are asked for by whoever comes first."""

    def __init__(self, request: Callable[[], ReadPost], judged: Callable[[Answer], Trouble | None], place: str) -> None:
        self._request = request
        self._judged = judged
        self._place = place
        self._lock = threading.Lock()
        self._token = ""
        self._refused: Trouble | None = None

    def other_than(self, stale: str) -> Generator[Ask, Answer, str]:
        """The token, unless it is the one that was found stale: then a new one."""
        with self._lock:
            if self._refused is not None:
                raise ReadError(self._refused)
            if self._token in {"", stale}:
                yield from self._fetch()
            return self._token

    def _fetch(self) -> Generator[Ask, Answer, None]:
        try:
            answer = yield self._request()
            if trouble := self._judged(answer):
                raise ReadError(trouble)
        except ReadError as error:
            if error.trouble.state is Reach.DENIED:
                self._refused = error.trouble
            raise
        self._token = str(lookup(answer.body, self._place))


def _basic(user: str, password: str) -> str:
    return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode("ascii")


def _no_token(answer: Answer, what: str, hint: str) -> Trouble:
    error = lookup(answer.body, "error")
    code = error if isinstance(error, str) and _CODE.fullmatch(error) else ""
    if answer.status in {400, 401, 403}:
        said = f" ({code})" if code else ""
        reason = f"the vendor gives no token for {what}{said}: {hint}"
        return Trouble(Reach.DENIED, reason, FixBy.OPERATOR, code or str(answer.status))
    reason = f"the vendor's token address answered {answer.status} and gave no token"
    return Trouble(Reach.FAILED, reason, FixBy.VENDOR, code or str(answer.status))
