"""What to say when no answer can be had. No header, query, body or text of the HTTP library is repeated."""

from __future__ import annotations

import math

from stackmap.model import FixBy, Reach
from stackmap.sdk.asks import Trouble

__all__ = [
    "asked_to_wait",
    "certificate",
    "circles",
    "cut",
    "foreign",
    "no_address",
    "no_connection",
    "no_write",
    "not_json",
    "redirected",
    "timed_out",
    "too_large",
    "too_slow",
]


def _failed(reason: str, fix_by: FixBy, code: str = "") -> Trouble:
    return Trouble(Reach.FAILED, reason, fix_by, code)


def asked_to_wait(status: int, asked: float, allowed: float) -> Trouble:
    """A Retry-After beyond what one request may wait."""
    reason = (
        f"the vendor answered {status} and asks to wait {math.ceil(asked)} s; one request waits {allowed:g} s "
        "at most in all: run again later"
    )
    return _failed(reason, FixBy.OPERATOR if status == 429 else FixBy.VENDOR, str(status))


def certificate(host: str) -> Trouble:
    """TLS without trust."""
    return _failed(f"the certificate of {host} is not trusted; set SSL_CERT_FILE if it is your own", FixBy.OPERATOR)


def circles() -> Trouble:
    """An authenticator that never ends."""
    return _failed("signing in goes round in circles", FixBy.US)


def cut(shown: str) -> Trouble:
    """A body that ends before its time."""
    return _failed(f"the answer to {shown} was cut short", FixBy.VENDOR)


def foreign(where: str, *, link: bool) -> Trouble:
    """An address that is not the connector's."""
    if link:
        return _failed(
            f"the vendor's link to the next page leads to another address ({where}): not followed",
            FixBy.VENDOR,
        )
    return _failed(f"the connector asks {where}, which is not among its addresses: refused", FixBy.US)


def no_address() -> Trouble:
    """A link that cannot be read."""
    return _failed("the vendor's link to the next page is no address", FixBy.VENDOR)


def no_connection(host: str) -> Trouble:
    """Nobody there: no such name, refused, or no way to it."""
    return _failed(f"no connection to {host}: is base_url right, and is the server up?", FixBy.OPERATOR)


def no_write(kind: str) -> Trouble:
    """Something that is no declared read."""
    return _failed(f"stackmap only reads: a {kind} was refused", FixBy.US)


def not_json(path: str, what: str = "is no JSON") -> Trouble:
    """An answer of success that cannot be read."""
    return _failed(f"the answer to {path} {what}; is base_url right?", FixBy.VENDOR)


def redirected(path: str, where: str, status: int) -> Trouble:
    """A redirect: never followed, for it could carry secrets elsewhere."""
    return _failed(
        f"{path} redirects to {where}; redirects are not followed: set base_url to where the API is",
        FixBy.OPERATOR,
        str(status),
    )


def timed_out(shown: str) -> Trouble:
    """Silence."""
    return _failed(f"no answer to {shown} in time", FixBy.VENDOR)


def too_large(size: int) -> Trouble:
    """An answer beyond what is kept in memory."""
    return _failed(f"one answer is larger than {size} bytes: ask for smaller pages", FixBy.US)


def too_slow(seconds: float) -> Trouble:
    """An answer that trickles."""
    return _failed(f"one answer took longer than {seconds:g} s", FixBy.VENDOR)
