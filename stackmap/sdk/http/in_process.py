"""A transport that answers in this process: the way to a stand-in without a socket."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import httpx

from stackmap.sdk.http.attempts import Transport

__all__ = ["RawReply", "function_transport"]


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
