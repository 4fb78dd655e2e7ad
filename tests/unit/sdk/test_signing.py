"""Signing with a private key: what is stated, for whom, how long; one try; nothing of the key to see."""

import json
import threading
from datetime import UTC, datetime
from functools import cache
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from jwt.algorithms import ECAlgorithm, RSAAlgorithm

from stackmap.model import FixBy, Reach
from stackmap.sdk import Authenticator, Get, Reply, Request, client_assertion, jwt_bearer
from tests.unit.sdk.asking import client, trouble_of

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
AUDIENCE = "https://login.example.test/token"


@cache
def rsa_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@cache
def pem(passphrase: bytes = b"") -> str:
    locked = serialization.BestAvailableEncryption(passphrase) if passphrase else serialization.NoEncryption()
    form = serialization.PrivateFormat.PKCS8
    return rsa_key().private_bytes(serialization.Encoding.PEM, form, locked).decode()


def public_pem() -> str:
    form = serialization.PublicFormat.SubjectPublicKeyInfo
    return rsa_key().public_key().public_bytes(serialization.Encoding.PEM, form).decode()


class Vendor:
    """Gives a token for a statement that its public key bears out, and keeps what was stated."""

    def __init__(self, public: Any = None, algorithm: str = "RS256") -> None:
        self.public = public or rsa_key().public_key()
        self.algorithm = algorithm
        self.stated: list[dict[str, Any]] = []
        self.headers: list[dict[str, Any]] = []
        self.forms: list[dict[str, str]] = []
        self.lock = threading.Lock()

    def __call__(self, request: Request) -> Reply:
        with self.lock:
            if request.path != "/v1/token":
                return Reply(200, request.headers["authorization"])
            form = request.form()
            self.forms.append(form)
            statement = form.get("assertion") or form["client_assertion"]
            self.headers.append(jwt.get_unverified_header(statement))
            try:
                options: Any = {"verify_aud": False, "verify_exp": False, "verify_iat": False}
                self.stated.append(jwt.decode(statement, self.public, [self.algorithm], options=options))
            except jwt.InvalidTokenError:
                return Reply(400, {"error": "invalid_grant", "error_description": f"not {statement}"})
            return Reply(200, {"access_token": f"token-{len(self.stated)}"})


def bearer_of(key: str, **more: Any) -> Authenticator:
    def claims(now: datetime) -> dict[str, Any]:
        return {"iss": "robot", "sub": "admin", "iat": now}

    return jwt_bearer("/token", key=key, claims=claims, clock=lambda: NOW, **more)


def assertion_of(key: str, **more: Any) -> Authenticator:
    given = {"client_id": "an-id", "audience": AUDIENCE, "scope": "read list", "clock": lambda: NOW, **more}
    return client_assertion("/token", key=key, **given)


def test_a_signed_statement_is_exchanged_for_one_token() -> None:
    vendor = Vendor()
    asked = client(vendor, sign=bearer_of(pem(), headers={"kid": "k1"}))
    assert [asked.send(Get("/x")).body for _ in range(3)] == ["Bearer token-1"] * 3
    assert vendor.stated == [{"iss": "robot", "sub": "admin", "iat": NOW.timestamp()}]
    assert vendor.headers == [{"alg": "RS256", "kid": "k1", "typ": "JWT"}]
    assert vendor.forms[0]["grant_type"] == "urn:ietf:params:oauth:grant-type:jwt-bearer"


def test_a_client_proves_itself_with_a_statement_that_lasts_five_minutes() -> None:
    vendor = Vendor()
    client(vendor, sign=assertion_of(pem(), key_id="k2")).send(Get("/x"))
    made = int(NOW.timestamp())
    stated = {"iss": "an-id", "sub": "an-id", "aud": AUDIENCE, "iat": made, "exp": made + 300}
    assert vendor.stated == [stated]
    assert vendor.headers[0]["kid"] == "k2"
    form = {name: value for name, value in vendor.forms[0].items() if name != "client_assertion"}
    assert form == {
        "grant_type": "client_credentials",
        "scope": "read list",
        "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
    }


def test_a_jwk_names_its_own_key_id_and_algorithm() -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    text = json.dumps({**ECAlgorithm.to_jwk(key, as_dict=True), "kid": "k3", "alg": "ES256"})
    vendor = Vendor(key.public_key(), "ES256")
    assert client(vendor, sign=assertion_of(text)).send(Get("/x")).status == 200
    assert (vendor.headers[0]["alg"], vendor.headers[0]["kid"]) == ("ES256", "k3")


def unusable_keys() -> dict[str, str]:
    body = pem().splitlines()
    return {
        "nonsense": "certainly-not-a-key",
        "empty": "",
        "cut": "\n".join([*body[:5], body[-1]]),
        "with a passphrase": pem(b"open sesame"),
        "public": public_pem(),
        "public JWK": json.dumps(RSAAlgorithm.to_jwk(rsa_key().public_key(), as_dict=True)),
        "other JSON": '{"kty": "unheard-of", "secret": "certainly-not-a-key"}',
        "broken JSON": '{"kty": "RSA", certainly-not-a-key',
    }


@pytest.mark.parametrize("sort", sorted(unusable_keys()))
@pytest.mark.parametrize("signed", [bearer_of, assertion_of])
def test_a_key_that_cannot_be_used_denies_everything_and_is_not_repeated(signed: Any, sort: str) -> None:
    key, vendor = unusable_keys()[sort], Vendor()
    asked = client(vendor, sign=signed(key))
    first, second = trouble_of(asked, Get("/x")), trouble_of(asked, Get("/y"))
    assert first == second
    assert (first.state, first.fix_by) == (Reach.DENIED, FixBy.OPERATOR)
    assert "private key cannot be used" in first.reason
    assert not vendor.forms, "nothing was sent"
    assert not any(line in first.reason for line in key.splitlines() if len(line) > 8)


def test_the_cause_of_an_unusable_key_is_not_chained_for_its_text_may_hold_the_key() -> None:
    from stackmap.sdk import ReadError

    with pytest.raises(ReadError) as raised:
        next(bearer_of('{"kty": "RSA", certainly-not-a-key')(Get("/x")))
    assert raised.value.__cause__ is None
    assert raised.value.__suppress_context__


def test_a_refused_statement_is_tried_once_and_not_repeated_in_words() -> None:
    vendor = Vendor(rsa.generate_private_key(public_exponent=65537, key_size=2048).public_key())
    asked = client(vendor, sign=bearer_of(pem()))
    first, second = trouble_of(asked, Get("/x")), trouble_of(asked, Get("/y"))
    assert first == second
    assert (first.state, first.vendor_code) == (Reach.DENIED, "invalid_grant")
    assert vendor.forms[0]["assertion"] not in first.reason
    assert len(vendor.forms) == 1


def test_each_statement_is_made_anew() -> None:
    times = iter([NOW, NOW.replace(hour=13)])
    vendor = Vendor()

    def forgetful(request: Request) -> Reply:
        fresh = request.headers.get("authorization") == "Bearer token-1"
        return Reply(401) if fresh and request.path == "/v1/x" else vendor(request)

    sign = jwt_bearer("/token", key=pem(), claims=lambda now: {"iat": now}, clock=lambda: next(times))
    assert client(forgetful, sign=sign).send(Get("/x")).body == "Bearer token-2"
    assert [stated["iat"] for stated in vendor.stated] == [NOW.timestamp(), NOW.timestamp() + 3600]


def test_no_key_shows_in_an_authenticator() -> None:
    for sign in (bearer_of(pem()), assertion_of(pem())):
        assert "PRIVATE" not in repr(sign)
        assert "eyJ" not in repr(next(sign(Get("/x"))))
