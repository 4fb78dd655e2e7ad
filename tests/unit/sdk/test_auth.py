"""Signing: the right header, one refresh, one try with a wrong secret, and nothing to see."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from stackmap.model import FixBy, Reach
from stackmap.sdk import Get, ReadError, Reply, Request, Trouble, api_key, basic, bearer, client_credentials
from tests.unit.sdk.asking import client, trouble_of

SECRET = "made-up-client-secret"


class TokenVendor:
    """Gives tokens, and takes each for so many requests."""

    def __init__(self, lasts: int = 1_000_000, secret: str = SECRET) -> None:
        self.lasts = lasts
        self.secret = secret
        self.tokens = 0
        self.refused = 0
        self.uses = 0
        self.lock = threading.Lock()

    def __call__(self, request: Request) -> Reply:
        with self.lock:
            if request.path == "/v1/token":
                return self._token(request)
            if request.headers.get("authorization") != f"Bearer token-{self.tokens}" or self.uses >= self.lasts:
                return Reply(401, {"error": "token_expired"})
            self.uses += 1
            return Reply(200, {"ok": True})

    def _token(self, request: Request) -> Reply:
        if request.form().get("client_secret") != self.secret:
            self.refused += 1
            return Reply(401, {"error": "invalid_client", "error_description": f"not {request.body!r}"})
        self.tokens += 1
        self.uses = 0
        return Reply(200, {"access_token": f"token-{self.tokens}", "token_type": "bearer"})


def test_a_key_travels_in_its_header_and_the_others_stay() -> None:
    def strict(request: Request) -> Reply:
        return Reply(200, {"key": request.headers["x-key"], "mode": request.headers["x-mode"]})

    answer = client(strict, sign=api_key("X-Key", "abc-key")).send(Get("/x", headers={"X-Mode": "full"}))
    assert answer.body == {"key": "abc-key", "mode": "full"}


@pytest.mark.parametrize(
    ("sign", "header"),
    [(bearer("abc"), "Bearer abc"), (basic("Aladdin", "open sesame"), "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==")],
    ids=["bearer", "basic"],
)
def test_the_usual_schemes_look_as_standardised(sign: object, header: str) -> None:
    def say(request: Request) -> Reply:
        return Reply(200, request.headers["authorization"])

    assert client(say, sign=sign).send(Get("/x")).body == header  # type: ignore[arg-type]  # a signer that gives what it likes


def test_one_token_serves_all_requests() -> None:
    vendor = TokenVendor()
    asked = client(vendor, sign=client_credentials("/token", "an-id", SECRET))
    for _ in range(5):
        assert asked.send(Get("/x")).status == 200
    assert vendor.tokens == 1


def test_threads_share_one_token() -> None:
    vendor = TokenVendor()
    asked = client(vendor, sign=client_credentials("/token", "an-id", SECRET))
    with ThreadPoolExecutor(8) as pool:
        statuses = list(pool.map(lambda _: asked.send(Get("/x")).status, range(40)))
    assert set(statuses) == {200}
    assert vendor.tokens == 1


def test_an_expired_token_is_fetched_anew_once() -> None:
    vendor = TokenVendor(lasts=2)
    asked = client(vendor, sign=client_credentials("/token", "an-id", SECRET))
    assert [asked.send(Get("/x")).status for _ in range(6)] == [200] * 6
    assert vendor.tokens == 3


def test_a_request_that_is_refused_with_a_fresh_token_is_given_back() -> None:
    vendor = TokenVendor(lasts=0)
    asked = client(vendor, sign=client_credentials("/token", "an-id", SECRET))
    assert asked.send(Get("/x")).status == 401
    assert vendor.tokens == 2, "refreshed once, then stopped"


def test_a_wrong_secret_is_tried_once_and_never_repeated_in_words() -> None:
    vendor = TokenVendor(secret="another")
    asked = client(vendor, sign=client_credentials("/token", "an-id", SECRET))
    first, second = trouble_of(asked, Get("/x")), trouble_of(asked, Get("/y"))
    assert first == second
    assert (first.state, first.fix_by, first.vendor_code) == (Reach.DENIED, FixBy.OPERATOR, "invalid_client")
    assert SECRET not in first.reason
    assert vendor.refused == 1


def test_a_token_of_another_tenant_is_refused_before_it_is_used() -> None:
    vendor = TokenVendor()
    elsewhere = Trouble(Reach.DENIED, "this token belongs to another tenant", FixBy.OPERATOR, "tenant")
    asked = client(vendor, sign=client_credentials("/token", "an-id", SECRET, check=lambda _: elsewhere))
    assert [trouble_of(asked, Get("/x")), trouble_of(asked, Get("/y"))] == [elsewhere, elsewhere]
    assert vendor.tokens == 1, "asked once, then remembered"


@pytest.mark.parametrize(
    "reply", [Reply(500), Reply(200, {}), Reply(200, {"access_token": 5}), Reply(404, ["x"])], ids=str
)
def test_a_token_address_that_gives_none_is_trouble_but_not_remembered(reply: Reply) -> None:
    broken = [True]

    def vendor(request: Request) -> Reply:
        if request.path == "/v1/token":
            return reply if broken[0] else Reply(200, {"access_token": "t-123456"})
        return Reply(200, {})

    asked = client(vendor, sign=client_credentials("/token", "an-id", SECRET))
    with pytest.raises(ReadError):
        asked.send(Get("/x"))
    broken[0] = False
    assert asked.send(Get("/x")).status == 200


def test_a_lost_connection_while_fetching_a_token_locks_nobody_out() -> None:
    tries = [0]

    def vendor(request: Request) -> Reply:
        if request.path == "/v1/token":
            tries[0] += 1
            lost = tries[0] <= 1
            return Reply(200, b"{", {"content-length": "50"}) if lost else Reply(200, {"access_token": "t-123456"})
        return Reply(200, {})

    asked = client(vendor, sign=client_credentials("/token", "an-id", SECRET))
    trouble_of(asked, Get("/x"))
    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(asked.send, Get("/x")).result(timeout=10).status == 200


def test_id_and_secret_can_travel_in_the_header_and_more_fields_in_the_form() -> None:
    def vendor(request: Request) -> Reply:
        if request.path == "/v1/token":
            assert request.headers["authorization"].startswith("Basic ")
            assert request.form() == {"grant_type": "client_credentials", "scope": "read"}
            return Reply(200, {"token": "t-123456"})
        return Reply(200, request.headers["authorization"])

    sign = client_credentials("/token", "an-id", SECRET, in_header=True, extra={"scope": "read"}, token="token")
    assert client(vendor, sign=sign).send(Get("/x")).body == "Bearer t-123456"


def test_an_authenticator_shows_no_secret() -> None:
    for sign in (bearer(SECRET), basic("a", SECRET), client_credentials("/t", "an-id", SECRET)):
        assert SECRET not in repr(sign)
        assert SECRET not in repr(next(sign(Get("/x"))))
