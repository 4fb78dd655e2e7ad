"""Reading records: places inside them, times, and how long ago something was used."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final

__all__ = ["MISSING", "USED_WINDOWS", "lookup", "maps", "parse_time", "text", "used_within"]


class _Missing:
    def __repr__(self) -> str:
        return "MISSING"

    def __bool__(self) -> bool:
        return False


MISSING: Final = _Missing()
"""Nothing there, where None would mean that the vendor wrote null."""

USED_WINDOWS: Final = (30, 90, 180)
"""Days. Log-in times are kept as windows only: exact times would be surveillance."""


def lookup(value: Any, path: str, default: Any = None) -> Any:
    """What stands at a dotted path (`paging.next.after`, `items.0.id`); `default` where nothing does.

    "" is the value itself. A key that holds dots itself (`@odata.nextLink`) is found as it is.
    """
    if not path:
        return value
    if isinstance(value, Mapping) and path in value:
        return value[path]
    head, dot, rest = path.partition(".")
    if isinstance(value, Mapping) and head in value:
        return lookup(value[head], rest, default) if dot else value[head]
    if isinstance(value, Sequence) and not isinstance(value, str) and head.isdecimal():
        return lookup(value[int(head)], rest, default) if int(head) < len(value) else default
    return default


def text(value: Any, path: str = "") -> str | None:
    """The text at a dotted path without blanks around it; None where there is none, or nothing but blanks."""
    found = lookup(value, path)
    return found.strip() or None if isinstance(found, str) else None


def maps(value: Any, path: str = "") -> list[Mapping[str, Any]]:
    """The objects in the list at a dotted path, without anything else that stands among them."""
    found = lookup(value, path)
    return [item for item in found if isinstance(item, Mapping)] if isinstance(found, list) else []


def parse_time(value: object) -> datetime | None:
    """An ISO 8601 text, or a number of milliseconds since 1970, as UTC; None where it is neither.

    A text without an offset is taken for UTC.
    """
    try:
        if isinstance(value, int | float) and not isinstance(value, bool):
            return datetime.fromtimestamp(value / 1000, UTC)
        if isinstance(value, str):
            read = datetime.fromisoformat(value.strip())
            return read.astimezone(UTC) if read.tzinfo else read.replace(tzinfo=UTC)
    except (ValueError, OverflowError, OSError):
        return None
    return None


def used_within(when: object, taken_at: datetime, *, never: bool = False) -> dict[str, str]:
    """The property `used_within`: per window of days "yes", "no" or "unknown".

    `when` is a datetime or anything `parse_time` reads; without one it is "unknown", or "no" where the
    vendor says that it was `never` used. A time after `taken_at` counts as used.
    """
    last = when if isinstance(when, datetime) else parse_time(when)
    if last is None:
        return dict.fromkeys(map(str, USED_WINDOWS), "no" if never else "unknown")
    age = taken_at - last
    return {str(days): "yes" if age <= timedelta(days) else "no" for days in USED_WINDOWS}
