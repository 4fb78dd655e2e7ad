"""The client: what it sends, what it refuses, how long it waits, and what it says."""

import gzip
import time
import tracemalloc
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import cast

import pytest

from stackmap.errors import ConfigError
from stackmap.model import FixBy, Reach
from stackmap.sdk import (
    Answer,
    Ask,
    Client,
    Get,
    Limits,
    Pace,
    ReadError,
    ReadPost,
    Redaction,
    Reply,
    Request,
    Trouble,
    api_key,
    serve,
    transport,
)
from tests.unit.sdk.asking import BASE, Waits, client, trouble_of, unsigned


def echo(request: Request) -> Reply:
    return Reply(
        200,
        {
            "method": request.method,
            "path": request.path,
            "query": dict(request.query),
            "body": request.body.decode(),
        },
    )


def test_a_get_goes_below_the_base_url_and_leaves_none_out() -> None:
    answer = client(echo).send(Get("/users", {"limit": 5, "after": None, "all": True}))
    assert answer.body["path"] == "/v1/users"
    assert answer.body["query"] == {"limit": "5", "all": "true"}


def test_parameters_join_the_query_that_a_path_already_has() -> None:
    answer = client(echo).send(Get("/users?limit=5", {"after": "x"}))
    assert answer.body["query"] == {"limit": "5", "after": "x"}


def test_a_declared_read_post_sends_json_or_a_form() -> None:
    asked = client(echo)
    assert asked.send(ReadPost("/search", body={"q": 1})).body["body"] in {'{"q":1}', '{"q": 1}'}
    assert asked.send(ReadPost("/token", form={"grant_type": "x"})).body["body"] == "grant_type=x"


@dataclass(frozen=True)
class Delete:
    path: str
    headers: dict[str, str]


def test_anything_but_a_get_or_a_declared_read_is_refused_before_it_is_sent() -> None:
    sent: list[Request] = []

    def watch(request: Request) -> Reply:
        sent.append(request)
        return Reply(200)

    trouble = trouble_of(client(watch), cast(Ask, Delete("/users/1", {})))
    assert "only reads" in trouble.reason
    assert not sent


@pytest.mark.parametrize("base_url", ["http://api.example.test", "ftp://api.example.test", "api.example.test", ""])
def test_a_base_url_that_would_send_secrets_in_clear_is_a_configuration_error(base_url: str) -> None:
    with pytest.raises(ConfigError):
        client(echo, base_url=base_url)


def test_a_login_in_the_base_url_is_refused_without_repeating_it() -> None:
    with pytest.raises(ConfigError) as caught:
        client(echo, base_url="https://dana:hunter2hunter2@api.example.test")
    assert "hunter2" not in str(caught.value)


@pytest.mark.parametrize("host", ["localhost:8080", "127.0.0.1", "127.8.8.8:1", "[::1]:99"])
def test_plain_http_is_fine_on_loopback(host: str) -> None:
    assert client(echo, base_url=f"http://{host}").send(Get("/x")).status == 200


def test_a_link_is_followed_from_the_root_of_the_same_host() -> None:
    asked = client(echo)
    assert asked.send(Get("/services/q-2000?x=1", link=True)).body["path"] == "/services/q-2000"
    assert asked.send(Get("https://api.example.test/p?after=2", link=True)).body["query"] == {"after": "2"}


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example/next",
        "//evil.example/next",
        "http://api.example.test/next",
        "https://api.example.test:8443/next",
        "https://api.example.test@evil.example/next",
        "https://user@api.example.test/next",
        "\\\\evil.example/next",
        "https:evil.example/next",
    ],
)
def test_a_link_to_another_address_is_not_followed(address: str) -> None:
    hosts: list[str] = []

    def watch(request: Request) -> Reply:
        hosts.append(request.headers["host"])
        return Reply(200)

    asked = client(watch)
    try:
        trouble = trouble_of(asked, Get(address, link=True))
    except AssertionError:
        assert hosts == ["api.example.test"], "it stayed on the host"
    else:
        assert not hosts
        assert (trouble.state, trouble.fix_by) == (Reach.FAILED, FixBy.VENDOR)


def test_a_declared_origin_may_be_asked_by_the_connector_but_not_by_a_link() -> None:
    asked = client(echo, origins=("https://login.example.test",))
    assert asked.send(ReadPost("https://login.example.test/token", form={})).status == 200
    assert trouble_of(asked, Get("https://login.example.test/x", link=True)).fix_by is FixBy.VENDOR
    assert trouble_of(asked, Get("https://elsewhere.example.test/x")).fix_by is FixBy.US


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_not_followed(status: int) -> None:
    paths: list[str] = []

    def moved(request: Request) -> Reply:
        paths.append(request.path)
        return Reply(status, None, {"location": "https://new.example.test/v2?token=abc"})

    trouble = trouble_of(client(moved), Get("/users"))
    assert paths == ["/v1/users"]
    assert trouble.fix_by is FixBy.OPERATOR
    assert "https://new.example.test;" in trouble.reason
    assert "abc" not in trouble.reason


@pytest.mark.parametrize("status", [429, 502, 503, 504])
@pytest.mark.parametrize("ask", [Get("/x"), ReadPost("/x", body={})], ids=["get", "post"])
def test_overload_is_met_with_patience(status: int, ask: Ask) -> None:
    seen: list[str] = []

    def overloaded(request: Request) -> Reply:
        seen.append(request.method)
        return Reply(status) if len(seen) <= 2 else Reply(200, {"ok": True})

    waits = Waits()
    assert client(overloaded, limits=Limits(pause=waits)).send(ask).body == {"ok": True}
    assert len(seen) == 3
    assert 0 < waits.seconds[0] < waits.seconds[1]


def test_retry_after_is_honoured_in_seconds() -> None:
    seen: list[str] = []

    def limited(request: Request) -> Reply:
        seen.append(request.path)
        return Reply(429, None, {"Retry-After": "7"}) if len(seen) == 1 else Reply(200, {})

    waits = Waits()
    assert client(limited, limits=Limits(pause=waits)).send(Get("/x")).status == 200
    assert waits.seconds == [7.0]


def test_a_retry_after_that_cannot_be_read_falls_back_to_our_own_wait() -> None:
    seen: list[str] = []

    def limited(request: Request) -> Reply:
        seen.append(request.path)
        return Reply(429, None, {"Retry-After": "soon"}) if len(seen) == 1 else Reply(200, {})

    waits = Waits()
    assert client(limited, limits=Limits(pause=waits, backoff=2.0)).send(Get("/x")).status == 200
    assert 0 < waits.seconds[0] <= 4.0


def test_a_longer_wait_than_allowed_is_not_sat_out() -> None:
    waits = Waits()
    limited = client(lambda _: Reply(429, None, {"Retry-After": "3600"}), limits=Limits(pause=waits))
    trouble = trouble_of(limited, Get("/x"))
    assert "3600 s" in trouble.reason
    assert trouble.fix_by is FixBy.OPERATOR
    assert not waits.seconds


def test_all_waits_of_one_request_together_are_bounded() -> None:
    waits = Waits()
    limits = Limits(pause=waits, wait=20.0, retries=50)
    limited = client(lambda _: Reply(429, None, {"Retry-After": "6"}), limits=limits)
    assert "waits 20 s" in trouble_of(limited, Get("/x")).reason
    assert waits.seconds == [6.0, 6.0, 6.0]


def test_a_plain_error_is_handed_back_at_once() -> None:
    seen: list[str] = []

    def broken(request: Request) -> Reply:
        seen.append(request.path)
        return Reply(500, b"<html>oops</html>")

    assert client(broken).send(Get("/x")) == Answer(
        500, None, {"content-type": "application/json", "content-length": "17"}
    )
    assert len(seen) == 1


def test_an_answer_that_is_no_json_is_the_vendors_trouble() -> None:
    trouble = trouble_of(client(lambda _: Reply(200, b"<html>secret page</html>")), Get("/x"))
    assert (trouble.state, trouble.fix_by) == (Reach.FAILED, FixBy.VENDOR)
    assert "secret page" not in trouble.reason


def test_json_too_deep_to_read_is_trouble_not_a_crash() -> None:
    trouble = trouble_of(client(lambda _: Reply(200, b"[" * 100_000)), Get("/x"))
    assert trouble.state is Reach.FAILED


def test_an_empty_answer_has_no_body() -> None:
    assert client(lambda _: Reply(204)).send(Get("/x")).body is None


def test_a_body_beyond_the_bound_is_not_read_on() -> None:
    limits = Limits(answer_bytes=1000, pause=Waits())
    trouble = trouble_of(client(lambda _: Reply(200, ["x" * 2000]), limits=limits), Get("/x"))
    assert "larger than 1000 bytes" in trouble.reason


def test_the_bound_counts_the_unpacked_body() -> None:
    packed = gzip.compress(b"[" + b" " * 1_000_000 + b"]")
    assert len(packed) < 10_000
    limits = Limits(answer_bytes=10_000, pause=Waits())
    bomb = client(lambda _: Reply(200, packed, {"content-encoding": "gzip"}), limits=limits)
    assert "larger than" in trouble_of(bomb, Get("/x")).reason


def test_a_body_that_cannot_be_unpacked_is_trouble() -> None:
    broken = client(lambda _: Reply(200, b"not gzip at all", {"content-encoding": "gzip"}))
    assert "cannot be unpacked" in trouble_of(broken, Get("/x")).reason


def packed_as(content: bytes, encoding: str, status: int = 200) -> Client:
    return client(lambda _: Reply(status, content, {"content-encoding": encoding}))


def test_gzip_and_nothing_else_is_asked_for() -> None:
    seen: list[str] = []

    def watch(request: Request) -> Reply:
        seen.append(request.headers["accept-encoding"])
        return Reply(200, gzip.compress(b'{"a": 1}'), {"content-encoding": "gzip"})

    assert client(watch).send(Get("/x")).body == {"a": 1}
    assert seen == ["gzip"]


@pytest.mark.parametrize("encoding", ["gzip, gzip", "br", "deflate", "zstd", "gzip, identity, gzip", "nonsense"])
def test_a_packing_that_was_not_asked_for_is_the_vendors_trouble(encoding: str) -> None:
    trouble = trouble_of(packed_as(gzip.compress(gzip.compress(b"{}")), encoding), Get("/x"))
    assert (trouble.state, trouble.fix_by) == (Reach.FAILED, FixBy.VENDOR)
    assert "packed in another way" in trouble.reason


@pytest.mark.parametrize("encoding", ["", "identity", "GZIP", "x-gzip", "identity, gzip"])
def test_one_packing_by_any_of_its_names_is_unpacked(encoding: str) -> None:
    content = gzip.compress(b"[1]") if "gzip" in encoding.lower() else b"[1]"
    assert packed_as(content, encoding).send(Get("/x")).body == [1]


def test_a_packed_body_that_ends_too_early_or_goes_on_after_its_end_is_trouble() -> None:
    whole = gzip.compress(b'{"data": []}')
    for content in (whole[:-4], whole + b"more", whole[:10]):
        trouble = trouble_of(packed_as(content, "gzip"), Get("/x"))
        assert "cannot be unpacked" in trouble.reason
        assert trouble.fix_by is FixBy.VENDOR


def test_an_empty_body_may_call_itself_packed() -> None:
    assert packed_as(b"", "gzip").send(Get("/x")).body is None


def test_a_refusal_speaks_for_itself_however_it_is_packed() -> None:
    answer = packed_as(b"not what it says", "br", status=403).send(Get("/x"))
    assert (answer.status, answer.body) == (403, None)


def test_a_small_answer_that_unpacks_to_a_large_one_fills_no_memory() -> None:
    bound = 2_000_000
    content = gzip.compress(b" " * 100_000_000)
    bomb = client(
        lambda _: Reply(200, content, {"content-encoding": "gzip"}), limits=Limits(answer_bytes=bound, pause=Waits())
    )
    tracemalloc.start()
    try:
        trouble = trouble_of(bomb, Get("/x"))
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert trouble.fix_by is FixBy.VENDOR
    assert "vendor's answer to /v1/x is larger than 2000000 bytes" in trouble.reason
    assert most < 2 * bound


def test_what_is_no_number_is_no_json() -> None:
    assert "no JSON" in trouble_of(client(lambda _: Reply(200, b'{"id": NaN}')), Get("/x")).reason


def test_an_answer_that_trickles_for_too_long_is_given_up() -> None:
    ticks = iter(range(0, 10_000, 100))
    limits = Limits(answer_seconds=50, clock=lambda: float(next(ticks)), pause=Waits())
    trouble = trouble_of(client(lambda _: Reply(200, {"a": 1}), limits=limits), Get("/x"))
    assert "longer than 50 s" in trouble.reason


def test_no_connection_is_said_once_for_all() -> None:
    waits = Waits()
    nobody = Client("http://127.0.0.1:9", unsigned, per_second=100_000, limits=Limits(pause=waits))
    first = trouble_of(nobody, Get("/x"))
    waited = len(waits.seconds)
    assert trouble_of(nobody, Get("/y")) == first
    assert first.fix_by is FixBy.OPERATOR
    assert waited > 0
    assert len(waits.seconds) == waited, "the second request did not try again"


def test_cookies_are_not_kept() -> None:
    cookies: list[str | None] = []

    def setting(request: Request) -> Reply:
        cookies.append(request.headers.get("cookie"))
        return Reply(200, {}, {"set-cookie": "session=abc; Path=/"})

    asked = client(setting)
    asked.send(Get("/x"))
    asked.send(Get("/x"))
    assert cookies == [None, None]


def test_a_netrc_file_signs_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine api.example.test login dana password made-up-password\n", encoding="utf-8")
    monkeypatch.setenv("NETRC", str(netrc))
    seen: list[str | None] = []

    def watch(request: Request) -> Reply:
        seen.append(request.headers.get("authorization"))
        return Reply(200, {})

    client(watch).send(Get("/x"))
    assert seen == [None]


def test_what_an_authenticator_adds_is_learned_as_a_secret() -> None:
    def sign(ask: Ask) -> Generator[Ask, Answer, None]:
        yield Get(ask.path, headers={"Authorization": "Bearer fetched-at-run-time"})

    redaction = Redaction()
    client(echo, sign=sign, redaction=redaction).send(Get("/x"))
    assert redaction.mask("token fetched-at-run-time leaked") == "token [secret] leaked"


def test_an_authenticator_that_never_ends_is_stopped() -> None:
    def circling(ask: Ask) -> Generator[Ask, Answer, None]:
        while True:
            yield ask

    assert trouble_of(client(echo, sign=circling), Get("/x")).fix_by is FixBy.US


def test_neither_repr_nor_messages_show_headers_queries_or_paths_with_secrets() -> None:
    redaction = Redaction(["path-token-123"])
    cutting = client(
        lambda _: Reply(200, b"{", {"content-length": "99"}), redaction=redaction, limits=Limits(pause=Waits())
    )
    ask = Get("/path-token-123/x", {"q": "query-value"}, {"X-Key": "header-value"})
    shown = f"{cutting!r} {trouble_of(cutting, ask).reason}"
    assert "header-value" not in shown
    assert "query-value" not in shown
    assert "path-token-123" not in shown
    assert "header-value" not in repr(ask)
    assert "form-value" not in repr(ReadPost("/t", form={"s": "form-value"}, body={"s": "form-value"}))


def test_a_host_is_asked_no_faster_than_agreed() -> None:
    pace = Pace()
    started = time.monotonic()
    for _ in range(25):
        pace.take("one.example", 20)
    assert time.monotonic() - started >= 0.15


def test_clients_that_share_a_pace_share_a_hosts_allowance() -> None:
    pace = Pace()
    pair = [Client(BASE, unsigned, transport=transport(echo), per_second=20, pace=pace) for _ in range(2)]
    started = time.monotonic()
    for asked in pair:
        for _ in range(13):
            asked.send(Get("/x"))
    assert time.monotonic() - started >= 0.15


def test_a_fraction_of_a_request_per_second_is_a_pace_too() -> None:
    pace = Pace()
    started = time.monotonic()
    pace.take("slow.example", 0.5 * 20)
    for _ in range(11):
        pace.take("slow.example", 0.5 * 20)
    assert time.monotonic() - started >= 0.08


def test_the_same_holds_over_a_real_socket() -> None:
    def strict(request: Request) -> Reply:
        if request.headers.get("user-agent") != "stackmap (read-only)":
            return Reply(400)
        return echo(request)

    with serve(strict) as url, Client(url, unsigned, per_second=1000) as asked:
        assert asked.send(Get("/x", {"name": "Müller & Söhne"})).body["query"] == {"name": "Müller & Söhne"}
        assert asked.send(ReadPost("/q", body={"a": 1})).body["method"] == "POST"


def test_a_link_that_is_no_address_is_the_vendors_trouble() -> None:
    trouble = trouble_of(client(echo), Get("https://host:port/x", link=True))
    assert (trouble.state, trouble.fix_by) == (Reach.FAILED, FixBy.VENDOR)
    assert trouble_of(client(echo), Get("/next\x00page", link=True)).fix_by is FixBy.VENDOR


@pytest.mark.parametrize("location", ["https://host:port", "http://[::1", "\x01http://x", "https://\x7f"])
def test_a_redirect_to_what_is_no_address_is_the_vendors_trouble(location: str) -> None:
    seen: list[str] = []

    def moved(request: Request) -> Reply:
        seen.append(request.path)
        return Reply(302, None, {"location": location})

    trouble = trouble_of(client(moved), Get("/x"))
    assert trouble.reason == "/v1/x redirects to something that is no address"
    assert (trouble.state, trouble.fix_by, trouble.vendor_code) == (Reach.FAILED, FixBy.VENDOR, "302")
    assert len(seen) == 1


@pytest.mark.parametrize("status", [300, 304, 305])
def test_a_3xx_that_leads_nowhere_says_so(status: int) -> None:
    trouble = trouble_of(client(lambda _: Reply(status)), Get("/x"))
    assert trouble.reason == f"/v1/x answers {status}, which holds no records and leads nowhere"
    assert trouble.fix_by is FixBy.VENDOR


@pytest.mark.parametrize("value", ["schlüssel-4711", "key-4711\nX-Other: 1", " key-4711", "key-4711\n", "key\x004711"])
def test_a_value_that_no_header_can_carry_is_the_operators_to_mend_and_is_not_shown(value: str) -> None:
    sent: list[str] = []

    def watch(request: Request) -> Reply:
        sent.append(request.path)
        return Reply(200, {})

    asked = Client(BASE, api_key("X-Key", value), transport=transport(watch), settings={"url": BASE, "token": value})
    trouble = trouble_of(asked, Get("/x"))
    assert (trouble.state, trouble.fix_by) == (Reach.FAILED, FixBy.OPERATOR)
    assert trouble.reason.startswith("the setting token cannot be sent in the header X-Key")
    assert "4711" not in trouble.reason
    assert not sent


def test_a_stopped_client_sends_nothing_more() -> None:
    halt = Event()
    asked = Client(BASE, unsigned, transport=transport(echo), halt=halt)
    assert asked.send(Get("/x")).status == 200
    halt.set()
    assert trouble_of(asked, Get("/x")).reason == "the run was stopped"


def test_a_base_url_that_cannot_be_read_is_a_configuration_error() -> None:
    with pytest.raises(ConfigError, match="cannot be read"):
        client(echo, base_url="https://api.example.test:port")


def test_an_authenticator_may_give_up_before_anything_is_sent() -> None:
    def refusing(ask: Ask) -> Generator[Ask, Answer, None]:
        if ask.path:
            raise ReadError(Trouble(Reach.DENIED, "no login", FixBy.OPERATOR))
        yield ask

    assert trouble_of(client(echo, sign=refusing), Get("/x")).reason == "no login"


def test_its_repr_names_the_host_only() -> None:
    assert repr(client(echo)) == "Client(https://api.example.test)"
