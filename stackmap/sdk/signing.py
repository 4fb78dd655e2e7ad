"""Authenticators that prove who asks with a private key (RFC 7523) instead of a secret that travels."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from stackmap.model import FixBy, Reach
from stackmap.sdk.asks import Authenticator, ReadError, ReadPost, Trouble
from stackmap.sdk.auth import fetched_token

if TYPE_CHECKING:
    import jwt

__all__ = ["client_assertion", "jwt_bearer"]

_GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer"
_ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
_LASTS = timedelta(minutes=5)
_CHECK = "check the key, and whom and what it may speak for; a wrong clock on this machine is refused too"


def _now() -> datetime:
    return datetime.now(UTC)


def jwt_bearer(
    path: str,
    *,
    key: str,
    claims: Callable[[datetime], Mapping[str, Any]],
    algorithm: str = "RS256",
    headers: Mapping[str, str] | None = None,
    clock: Callable[[], datetime] = _now,
) -> Authenticator:
    """A signed statement is exchanged for a token (RFC 7523, section 2.1).

    `key` is a private key as PEM or JWK text, `claims` gives the statement made at a time (times in it as numbers or
    datetimes), `headers` go into its header. Tokens are fetched and kept as by `client_credentials`. A key that cannot
    be used denies every request, without repeating any of it.
    """

    def request() -> ReadPost:
        assertion = _signed(claims(clock()), key, algorithm, headers)
        return ReadPost(path, form={"grant_type": _GRANT, "assertion": assertion})

    return fetched_token(request, refusal=("this key", _CHECK))


def client_assertion(
    path: str,
    *,
    client_id: str,
    key: str,
    audience: str,
    scope: str,
    key_id: str = "",
    algorithm: str = "RS256",
    clock: Callable[[], datetime] = _now,
) -> Authenticator:
    """Client credentials with a signed statement in place of the secret (RFC 7523, section 2.2).

    `audience` is whom the statement is made for, often the token address in full. A JWK may name its own algorithm and
    key id. Otherwise as `jwt_bearer`.
    """

    def request() -> ReadPost:
        made = clock()
        # No `jti`: a server that takes each only once would refuse the repetition of a request whose answer got lost.
        claims = {"iss": client_id, "sub": client_id, "aud": audience, "iat": made, "exp": made + _LASTS}
        assertion = _signed(claims, key, algorithm, {"kid": key_id} if key_id else None)
        form = {"grant_type": "client_credentials", "scope": scope, "client_assertion_type": _ASSERTION}
        return ReadPost(path, form={**form, "client_assertion": assertion})

    return fetched_token(request, refusal=("this client id and key", _CHECK))


def _signed(claims: Mapping[str, Any], key: str, algorithm: str, headers: Mapping[str, str] | None) -> str:
    import jwt  # noqa: PLC0415 - brings a cryptography library that no other command needs
    from cryptography.exceptions import UnsupportedAlgorithm  # noqa: PLC0415 - as above

    wrong = (jwt.PyJWTError, UnsupportedAlgorithm, ValueError, TypeError, AttributeError)
    try:
        read = _private_key(key, algorithm)
        named = {"kid": read.key_id} if read.key_id else {}
        return jwt.encode(dict(claims), read, read.algorithm_name, {**named, **(headers or {})})
    except wrong:
        raise ReadError(_unusable()) from None  # their texts may hold parts of the key


@lru_cache(maxsize=4)
def _private_key(text: str, algorithm: str) -> jwt.PyJWK:
    """A key, read once: to check that its factors are primes takes longer than a whole list does."""
    import jwt  # noqa: PLC0415 - as above

    if text.lstrip().startswith("{"):
        return jwt.PyJWK.from_json(text)
    method = jwt.get_algorithm_by_name(algorithm)
    return jwt.PyJWK.from_dict(method.to_jwk(method.prepare_key(text), as_dict=True), algorithm)


def _unusable() -> Trouble:
    reason = (
        "the private key cannot be used: it has to be the whole text from -----BEGIN to -----END, or a JWK, of a "
        "private key without a passphrase"
    )
    return Trouble(Reach.DENIED, reason, FixBy.OPERATOR, "unusable-key")
