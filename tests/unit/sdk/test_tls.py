"""Stand-ins over https, and clients that trust an authority of your own beside the usual ones."""

import socket
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from stackmap.errors import ConfigError
from stackmap.model import FixBy
from stackmap.sdk import COMMON, Client, Get, Limits, Reply, Request, resolve_settings, serve
from stackmap.sdk.sandbox import cut
from tests.support.certificates import Certified, certified
from tests.unit.collect.vendor import CONNECTOR, KEY
from tests.unit.sdk.asking import Waits, trouble_of, unsigned


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Certified:
    return certified(tmp_path_factory.mktemp("authority"))


def fine(request: Request) -> Reply:
    return Reply(200, {"path": request.path})


def asking(url: str, own: Certified | None) -> Client:
    limits = Limits(pause=Waits(), timeout=5)
    return Client(url, unsigned, per_second=100_000, limits=limits, ca_file=str(own.ca_file) if own else "")


def test_who_trusts_the_authority_reads_over_https(own: Certified) -> None:
    with serve(fine, tls=own.server) as url, asking(url, own) as asked:
        assert url.startswith("https://127.0.0.1:")
        assert asked.send(Get("/x")).body == {"path": "/x"}


def test_a_stand_in_hears_whether_it_is_spoken_to_over_https(own: Certified) -> None:
    def told(request: Request) -> Reply:
        return Reply(200, {"scheme": request.headers["x-forwarded-proto"]})

    with serve(told, tls=own.server) as safe, serve(told) as plain:
        for url, who, scheme in ((safe, own, "https"), (plain, None, "http")):
            with asking(url, who) as asked:
                assert asked.send(Get("/x")).body == {"scheme": scheme}


def test_who_does_not_is_told_where_to_name_it(own: Certified) -> None:
    with serve(fine, tls=own.server) as url, asking(url, None) as asked:
        trouble = trouble_of(asked, Get("/x"))
    assert "ca_file" in trouble.reason
    assert trouble.fix_by is FixBy.OPERATOR


def test_the_usual_authorities_stay_trusted(own: Certified, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    usual = certified(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(usual.ca_file))
    with serve(fine, tls=usual.server) as url, asking(url, own) as asked:
        assert asked.send(Get("/x")).status == 200


def test_another_name_than_the_certificates_is_refused(own: Certified) -> None:
    with serve(fine, tls=own.server) as url, asking(url.replace("127.0.0.1", "localhost"), own) as asked:
        assert "certificate" in trouble_of(asked, Get("/x")).reason


def test_a_client_that_never_shakes_hands_holds_up_nobody(own: Certified) -> None:
    with serve(fine, tls=own.server) as url:
        parts = urlsplit(url)
        with socket.create_connection((parts.hostname, parts.port), timeout=5), asking(url, own) as asked:
            assert asked.send(Get("/x")).status == 200


def test_a_cut_answer_is_seen_as_one_over_https(own: Certified) -> None:
    with serve(cut()(fine), tls=own.server) as url, asking(url, own) as asked:
        assert "cut short" in trouble_of(asked, Get("/x")).reason


def test_a_taken_port_is_said_to_be_taken() -> None:
    with serve(fine) as url:
        port = urlsplit(url).port or 0
        with pytest.raises(ConfigError, match=rf"port {port} of 127.0.0.1 is taken"), serve(fine, port=port):
            pass


@pytest.mark.parametrize("text", ["", "no certificate"])
def test_a_file_without_a_certificate_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "ca.pem"
    path.write_text(text)
    with pytest.raises(ConfigError, match="ca_file: no certificate"):
        Client("https://api.example.test", unsigned, ca_file=str(path))
    with pytest.raises(ConfigError, match="ca_file: no certificate"):
        Client("https://api.example.test", unsigned, ca_file=str(tmp_path / "missing.pem"))


def test_plain_http_takes_no_file_of_authorities(own: Certified) -> None:
    with pytest.raises(ConfigError, match="https only"):
        asking("http://127.0.0.1:1", own)


def test_every_connector_takes_the_common_settings_and_shows_them_only_when_given() -> None:
    given = {"base_url": "https://acme.example.test", "key": KEY}
    (ca_file,) = COMMON
    assert ca_file.name not in resolve_settings(CONNECTOR, given)
    assert resolve_settings(CONNECTOR, {**given, "ca_file": "ca.pem"})["ca_file"] == "ca.pem"
