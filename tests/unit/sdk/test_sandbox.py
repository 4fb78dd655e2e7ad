"""Stand-ins answer alike in this process and over a socket, and misbehave on request."""

import http.client
import threading
from urllib.parse import urlsplit

import pytest

from stackmap.errors import ConfigError
from stackmap.model import FixBy
from stackmap.sdk import Client, Get, Limits, Reply, Request, faulty, serve
from stackmap.sdk.sandbox import cut, not_json, rate_limited, read_request, slow, status, stuck
from tests.unit.sdk.asking import Waits, client, trouble_of, unsigned


def fine(request: Request) -> Reply:
    return Reply(200, {"path": request.path, "n": request.query.get("n")})


def ask(url: str, method: str = "GET", path: str = "/", body: str = "") -> tuple[int, bytes]:
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=5)
    try:
        connection.request(method, path, body or None)
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


def test_a_request_is_decoded_for_the_stand_in() -> None:
    request = read_request("GET", "/a%20b/c?q=x%26y&empty=", {"X-Key": "k"}, b'{"a": 1}')
    assert (request.path, dict(request.query)) == ("/a b/c", {"q": "x&y", "empty": ""})
    assert request.headers == {"x-key": "k"}
    assert request.json() == {"a": 1}


def test_a_request_shows_neither_headers_nor_body() -> None:
    assert "secret" not in repr(read_request("POST", "/", {"X-Key": "secret"}, b"secret"))


def test_it_is_served_on_loopback_and_gone_afterwards() -> None:
    before = threading.active_count()
    with serve(fine) as url:
        assert url.startswith("http://127.0.0.1:")
        assert ask(url, path="/x?n=1") == (200, b'{"path": "/x", "n": "1"}')
    with pytest.raises(ConnectionRefusedError):
        ask(url)
    assert threading.active_count() <= before


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1", "example.test"])  # noqa: S104 - it is refused
def test_it_is_served_nowhere_else(host: str) -> None:
    with pytest.raises(ConfigError, match="loopback only"), serve(fine, host=host):
        pass


def test_a_write_reaches_the_stand_in_which_can_refuse_it() -> None:
    with serve(lambda request: Reply(405 if request.method != "GET" else 200, {})) as url:
        assert [ask(url, method)[0] for method in ("DELETE", "PUT", "PATCH", "POST")] == [405] * 4


def test_many_ask_at_once() -> None:
    with serve(fine) as url, Client(url, unsigned, per_second=100_000) as asked:
        threads = [threading.Thread(target=lambda: asked.send(Get("/x"))) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert asked.send(Get("/last")).status == 200


def test_only_what_is_named_goes_wrong() -> None:
    asked = client(faulty(fine, "/v1/bad", status(500)))
    assert asked.send(Get("/bad/x")).status == 500
    assert asked.send(Get("/good")).status == 200


def test_a_rate_limit_counts_each_request_apart() -> None:
    limited = rate_limited(1)(fine)
    first, second = Request("GET", "/x"), Request("GET", "/y")
    assert [limited(item).status for item in (first, second, first, second)] == [429, 429, 200, 200]


def test_a_stuck_stand_in_repeats_its_first_answer() -> None:
    asked = client(stuck()(fine))
    assert asked.send(Get("/x", {"n": 1})).body == asked.send(Get("/x", {"n": 2})).body


@pytest.mark.parametrize(
    ("fault", "words"),
    [(cut(), "cut short"), (not_json(), "is no JSON"), (slow(3600), "in time")],
    ids=["cut", "not JSON", "slow"],
)
def test_a_fault_is_seen_as_what_it_is_in_this_process(fault: object, words: str) -> None:
    trouble = trouble_of(client(fault(fine)), Get("/x"))  # type: ignore[operator]  # a fault of several shapes
    assert words in trouble.reason
    assert trouble.fix_by is FixBy.VENDOR


@pytest.mark.parametrize(
    ("fault", "words"),
    [(cut(), "cut short"), (not_json(), "is no JSON"), (slow(0.3), "in time")],
    ids=["cut", "not JSON", "slow"],
)
def test_a_fault_is_seen_as_what_it_is_over_a_socket(fault: object, words: str) -> None:
    limits = Limits(pause=Waits(), timeout=0.1)
    with serve(fault(fine)) as url, Client(url, unsigned, per_second=1000, limits=limits) as asked:  # type: ignore[operator]  # a fault of several shapes
        assert words in trouble_of(asked, Get("/x")).reason
