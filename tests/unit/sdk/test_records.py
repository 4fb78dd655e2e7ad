"""Places inside records, and times."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from stackmap.model import NodeKind, make_id
from stackmap.sdk import MISSING, Scope, lookup, maps, parse_time, text, used_within

RECORD: dict[str, Any] = {"a": {"b": [{"c": 1}, {"c": None}]}, "@odata.nextLink": "n", "d": {"x.y": 2}}
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("", RECORD),
        ("a.b.0.c", 1),
        ("a.b.1.c", None),
        ("@odata.nextLink", "n"),
        ("d.x.y", 2),
        ("a.b.2.c", MISSING),
        ("a.b.c", MISSING),
        ("a.b.-1", MISSING),
        ("nothing", MISSING),
        ("a.b.0.c.d", MISSING),
        ("@odata.nextLink.0", MISSING),
    ],
)
def test_a_dotted_path_finds_what_is_there_and_nothing_else(path: str, found: object) -> None:
    assert lookup(RECORD, path, MISSING) == found


def test_null_is_not_the_same_as_missing() -> None:
    assert lookup({"a": None}, "a", MISSING) is None
    assert lookup({}, "a", MISSING) is MISSING


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-22T12:00:00Z",
        "2026-11-22T12:00:00.000Z",
        "2026-11-22T12:00:00.000+0000",
        "2026-11-22T14:00:00+02:00",
        "2026-11-22T12:00:00",
        1795348800000,
    ],
)
def test_times_are_read_as_utc(text: object) -> None:
    assert parse_time(text) == NOW


@pytest.mark.parametrize("text", ["", "yesterday", None, True, [], float("nan"), 10**30])
def test_what_is_no_time_is_none(text: object) -> None:
    assert parse_time(text) is None


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, ("yes", "yes", "yes")),
        (30, ("yes", "yes", "yes")),
        (31, ("no", "yes", "yes")),
        (90, ("no", "yes", "yes")),
        (91, ("no", "no", "yes")),
        (181, ("no", "no", "no")),
        (-1, ("yes", "yes", "yes")),
    ],
)
def test_use_is_kept_as_windows(days: int, words: tuple[str, str, str]) -> None:
    assert used_within(NOW - timedelta(days=days), NOW) == dict(zip(("30", "90", "180"), words, strict=True))


def test_use_that_nobody_noted_is_unknown_and_never_used_is_no() -> None:
    assert set(used_within(None, NOW).values()) == {"unknown"}
    assert set(used_within(None, NOW, never=True).values()) == {"no"}


def test_windows_do_not_depend_on_the_offset_a_time_is_written_in() -> None:
    there = (NOW - timedelta(days=30)).astimezone(timezone(timedelta(hours=13)))
    assert used_within(there.isoformat(), NOW)["30"] == "yes"


@pytest.mark.parametrize("vendor_id", ["17", "a/b", "a b", "dana@x", "ü", "005A", "x-y_z.~", 17])
def test_a_scope_builds_the_same_ids_as_the_model(vendor_id: object) -> None:
    at = Scope("acme", "eu/main", "s", "users", NOW)
    assert at.id(NodeKind.ACCOUNT, vendor_id) == make_id("acme", "eu/main", NodeKind.ACCOUNT, str(vendor_id))


def test_an_empty_vendor_id_is_no_id() -> None:
    with pytest.raises(ValueError, match="may not be empty"):
        Scope("acme", "eu", "s", "users", NOW).id(NodeKind.ACCOUNT, "")


@pytest.mark.parametrize(
    ("path", "found"),
    [("a.b", "said"), ("a.blank", None), ("a.number", None), ("a", None), ("x.y", None), ("a.b.c", None)],
)
def test_a_text_is_had_without_the_blanks_around_it_and_nothing_else_is_a_text(path: str, found: str | None) -> None:
    assert text({"a": {"b": " said ", "blank": " ", "number": 7}}, path) == found


def test_of_a_list_only_the_objects_are_had_and_what_is_no_list_has_none() -> None:
    row = {"many": [{"id": 1}, "odd", None, {"id": 2}], "one": {"id": 1}}
    assert maps(row, "many") == maps(row["many"]) == [{"id": 1}, {"id": 2}]
    assert maps(row, "one") == maps(row, "none") == maps(None) == []
