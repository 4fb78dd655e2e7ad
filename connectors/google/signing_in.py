"""Signing in: a service account speaks for an administrator, with no more rights than the list that is asked needs."""

from __future__ import annotations

import json
from collections.abc import Callable, Generator, Mapping
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit

from stackmap.model import FixBy, Reach
from stackmap.sdk import Answer, Ask, Authenticator, ReadError, Settings, Trouble, jwt_bearer

__all__ = ["BASE_URL", "Right", "authenticate", "base_url", "token_origin"]

BASE_URL = "https://admin.googleapis.com"
_TOKENS_AT = "https://oauth2.googleapis.com/token"
_SCOPE = "https://www.googleapis.com/auth/admin.directory."
_LASTS = timedelta(minutes=30)  # an hour at most: developers.google.com/identity/protocols/oauth2/service-account
_NOT_DELEGATED = frozenset({"unauthorized_client", "access_denied"})


class Right(StrEnum):
    """The least rights by which Google opens what is read: the scopes of its discovery document."""

    USERS = "user.readonly"
    GROUPS = "group.readonly"
    ROLES = "rolemanagement.readonly"
    SECURITY = "user.security"


def base_url(settings: Settings) -> str:
    """Where the API is."""
    return (settings.get("base_url") or BASE_URL).strip().rstrip("/")


def _token_url(settings: Settings) -> str:
    if given := settings.get("token_url", ""):
        return given.strip()
    return _TOKENS_AT if base_url(settings) == BASE_URL else f"{base_url(settings)}/token"


def token_origin(settings: Settings) -> tuple[str, ...]:
    """The host that gives tokens, as a further address."""
    url = urlsplit(_token_url(settings))
    return (f"{url.scheme}://{url.netloc}",)


def authenticate(settings: Settings, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> Authenticator:
    """One token for all rights; where the administrator delegated fewer, one token for each.

    Google refuses a token with "client not authorized for any of the scopes requested" (seen in Byron/google-apis-rs,
    discussion 487), and does not say of which. Asked one by one, a missing right closes only the lists that need it.
    """
    key = _key_file(settings["key"])
    together = _speaking(key, settings, clock, tuple(Right))
    apart = {right: _speaking(key, settings, clock, (right,)) for right in Right}

    def sign(ask: Ask) -> Generator[Ask, Answer, None]:
        if not key:
            raise ReadError(_NO_KEY)
        try:
            yield from together(ask)
        except ReadError as error:
            if error.trouble.vendor_code not in _NOT_DELEGATED:
                raise
            yield from apart[_right(ask.path)](ask)

    return sign


def _speaking(
    key: Mapping[str, str], settings: Settings, clock: Callable[[], datetime], rights: tuple[Right, ...]
) -> Authenticator:
    """The service account, speaking for the administrator with these rights."""
    url = _token_url(settings)
    scope = " ".join(_SCOPE + right for right in rights)

    def claims(now: datetime) -> dict[str, Any]:
        spoken = {"iss": key["client_email"], "sub": settings["admin"].strip(), "aud": url, "scope": scope}
        return {**spoken, "iat": now, "exp": now + _LASTS}

    named = {"kid": key["private_key_id"]} if "private_key_id" in key else {}
    return jwt_bearer(url, key=key.get("private_key", ""), claims=claims, headers=named, clock=clock)


def _right(path: str) -> Right:
    below = path.partition("/directory/v1/")[2]
    if below.startswith("users/"):
        return Right.SECURITY
    if below.startswith("groups"):
        return Right.GROUPS
    return Right.ROLES if below.startswith("customer/") else Right.USERS


_NO_KEY = Trouble(
    Reach.DENIED,
    "the key is no key file of a service account: it has to be the whole JSON file that Google Cloud made",
    FixBy.OPERATOR,
    "unusable-key",
)


def _key_file(text: str) -> Mapping[str, str]:
    """The texts of a key file, none where it is something else."""
    try:
        key = json.loads(text)
    except ValueError:
        return {}
    said = {name: value for name, value in key.items() if isinstance(value, str)} if isinstance(key, dict) else {}
    return said if {"client_email", "private_key"} <= said.keys() else {}
