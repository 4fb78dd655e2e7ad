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

__all__ = ["api_key", "basic", "bearer", "client_credentials", "with_header"]

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
    lock = threading.Lock()
    held: list[str] = []
    refused: list[Trouble] = []

    def fetch(stale: str) -> Generator[Ask, Answer, str]:
        with lock:
            if refused:
                raise ReadError(refused[0])
            if held and held[0] != stale:
                return held[0]
            answer = yield request
            given = lookup(answer.body, token)
            got = answer.status < 300 and isinstance(given, str) and bool(given)
            trouble = (check(answer) if check and got else None) if got else _no_token(answer)
            if trouble is None:
                held[:] = [str(given)]
                return held[0]
            if trouble.state is Reach.DENIED:
                refused.append(trouble)
            raise ReadError(trouble)

    def sign(ask: Ask) -> Generator[Ask, Answer, None]:
        current = yield from fetch("")
        answer = yield with_header(ask, "Authorization", f"Bearer {current}")
        if answer.status == 401:
            current = yield from fetch(current)
            yield with_header(ask, "Authorization", f"Bearer {current}")

    return sign


def _basic(user: str, password: str) -> str:
    return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode("ascii")


def _no_token(answer: Answer) -> Trouble:
    error = lookup(answer.body, "error")
    code = error if isinstance(error, str) and _CODE.fullmatch(error) else ""
    if answer.status in {400, 401, 403}:
        said = f" ({code})" if code else ""
        return Trouble(
            Reach.DENIED,
            f"the vendor gives no token for this client id and secret{said}: check both, and that the app is "
            "switched on",
            FixBy.OPERATOR,
            code or str(answer.status),
        )
    reason = f"the vendor's token address answered {answer.status} and gave no token"
    return Trouble(Reach.FAILED, reason, FixBy.VENDOR, code or str(answer.status))
