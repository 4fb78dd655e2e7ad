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
    "endless",
    "foreign",
    "no_address",
    "no_connection",
    "no_header",
    "no_write",
    "not_json",
    "packed",
    "redirected",
    "stopped",
    "timed_out",
    "too_large",
    "too_slow",
    "unasked",
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
    return _failed(
        f"the certificate of {host} is not trusted; if it is your own, name its authority in ca_file", FixBy.OPERATOR
    )


def circles() -> Trouble:
    """An authenticator that never ends."""
    return _failed("signing in goes round in circles", FixBy.US)


def cut(shown: str) -> Trouble:
    """A body that ends before its time."""
    return _failed(f"the answer to {shown} was cut short", FixBy.VENDOR)


def endless(what: str) -> Trouble:
    """Pages that go on and on; `what` was seen of them."""
    return Trouble(Reach.PARTIAL, f"the vendor names a next page for ever: given up after {what}", FixBy.VENDOR)


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


def no_header(name: str, setting: str) -> Trouble:
    """A value that cannot be sent. `setting` is the one it came from, "" where that is not known."""
    which = f"the setting {setting}" if setting else "the login's value"
    return _failed(
        f"{which} cannot be sent in the header {name}: it holds something other than plain ASCII characters, or "
        "begins or ends with a blank: check it",
        FixBy.OPERATOR,
    )


def no_write(kind: str) -> Trouble:
    """Something that is no declared read."""
    return _failed(f"stackmap only reads: a {kind} was refused", FixBy.US)


def not_json(path: str, what: str = "is no JSON") -> Trouble:
    """An answer of success that cannot be read."""
    return _failed(f"the answer to {path} {what}; is base_url right?", FixBy.VENDOR)


def packed(path: str, asked: str) -> Trouble:
    """A content encoding, or several, that nobody asked for."""
    return _failed(f"the answer to {path} is packed in another way than was asked for ({asked}, once)", FixBy.VENDOR)


def redirected(path: str, where: str, status: int) -> Trouble:
    """A redirect: never followed, for it could carry secrets elsewhere. `where` is "" for what is no address."""
    if not where:
        return _failed(f"{path} redirects to something that is no address", FixBy.VENDOR, str(status))
    return _failed(
        f"{path} redirects to {where}; redirects are not followed: set base_url to where the API is",
        FixBy.OPERATOR,
        str(status),
    )


def stopped() -> Trouble:
    """Somebody wants no more of it."""
    return Trouble(Reach.SKIPPED, "the run was stopped", FixBy.OPERATOR)


def timed_out(shown: str) -> Trouble:
    """Silence."""
    return _failed(f"no answer to {shown} in time", FixBy.VENDOR)


def too_large(path: str, size: int) -> Trouble:
    """An answer beyond what is kept in memory."""
    return _failed(f"the vendor's answer to {path} is larger than {size} bytes, unpacked: not read on", FixBy.VENDOR)


def too_slow(seconds: float) -> Trouble:
    """An answer that trickles."""
    return _failed(f"one answer took longer than {seconds:g} s", FixBy.VENDOR)


def unasked(path: str, status: int) -> Trouble:
    """A 3xx that leads nowhere: "not modified", where nothing was asked on that condition, or a choice."""
    return _failed(f"{path} answers {status}, which holds no records and leads nowhere", FixBy.VENDOR, str(status))
