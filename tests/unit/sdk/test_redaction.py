"""Secrets are masked wherever they might come out."""

import io
import logging
from collections.abc import Iterator

import pytest

from stackmap.sdk import Redaction

SECRET = 'p@ss/wörd "1"+x'


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What the root logger's handler writes, at every level."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logging.Formatter("%(name)s %(message)s"))
    level = logging.root.level
    logging.root.addHandler(handler)
    logging.root.setLevel(logging.DEBUG)
    yield stream
    logging.root.removeHandler(handler)
    logging.root.setLevel(level)


@pytest.mark.parametrize(
    "written",
    [
        SECRET,
        "p%40ss%2Fw%C3%B6rd%20%221%22%2Bx",
        "p%40ss%2Fw%C3%B6rd+%221%22%2Bx",
        '{"key": "p@ss/w\\u00f6rd \\"1\\"+x"}',
    ],
)
def test_a_secret_is_masked_in_each_form_in_which_it_travels(written: str) -> None:
    masked = Redaction([SECRET]).mask(f"before {written} after")
    assert "[secret]" in masked
    assert masked.startswith("before ")
    assert masked.endswith(" after")


def test_the_longer_of_two_secrets_is_masked_whole() -> None:
    assert Redaction(["abcdef", "abcdefghi"]).mask("abcdefghi") == "[secret]"


def test_a_word_too_short_to_be_a_secret_does_not_garble_every_line() -> None:
    assert Redaction(["", "a", "admin"]).mask("a plain admin line") == "a plain admin line"


@pytest.mark.parametrize("name", ["stackmap.sdk.http", "httpx", "httpcore.connection", "connectors.acme", "own.log"])
def test_log_lines_are_masked_also_of_child_loggers(log: io.StringIO, name: str) -> None:
    logger = logging.getLogger(name)
    with Redaction([SECRET]).over_logs("own"):
        logger.debug("sent %s to %s", SECRET, {"key": SECRET})
    assert log.getvalue().startswith(f"{name} sent [secret] to ")
    assert "ss/w" not in log.getvalue()


def test_tracebacks_are_masked(log: io.StringIO) -> None:
    with Redaction(["a-secret-value"]).over_logs():
        try:
            raise ValueError("a-secret-value")
        except ValueError:
            logging.getLogger("stackmap").exception("failed")
    assert "ValueError: [secret]" in log.getvalue()


def test_nothing_is_left_behind_on_the_loggers() -> None:
    redaction = Redaction([SECRET])
    with redaction.over_logs():
        assert redaction in logging.getLogger("httpx").filters
    assert redaction not in logging.getLogger("httpx").filters


def test_two_runs_side_by_side_mask_for_each_other(log: io.StringIO) -> None:
    first, second = Redaction(["first-secret"]), Redaction(["second-secret"])
    with first.over_logs(), second.over_logs():
        logging.getLogger("httpx").info("%s and %s", "first-secret", "second-secret")
    assert log.getvalue() == "httpx [secret] and [secret]\n"


def test_its_repr_shows_nothing() -> None:
    assert SECRET not in repr(Redaction([SECRET]))
