"""Times that a made-up account writes relative to now, so that it does not age."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

__all__ = ["resolved"]

_RELATIVE = re.compile(r"([+-])(\d{1,5})([dhm])")
_UNITS = {"d": "days", "h": "hours", "m": "minutes"}
_OLD_API = "workflows"


def resolved(data: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    """The account with "-3d" and its like as HubSpot writes times: the old workflows API in milliseconds since 1970."""
    return {name: _value(value, now, epoch=name == _OLD_API) for name, value in data.items()}


def _value(value: Any, now: datetime, *, epoch: bool) -> Any:
    if isinstance(value, Mapping):
        return {name: _value(item, now, epoch=epoch) for name, item in value.items()}
    if isinstance(value, list):
        return [_value(item, now, epoch=epoch) for item in value]
    found = _RELATIVE.fullmatch(value) if isinstance(value, str) else None
    return _written(found, now, epoch=epoch) if found else value


def _written(found: re.Match[str], now: datetime, *, epoch: bool) -> str | int:
    sign, count, unit = found.groups()
    distance = timedelta(**{_UNITS[unit]: int(count)})
    then = (now + distance if sign == "+" else now - distance).astimezone(UTC)
    return int(then.timestamp() * 1000) if epoch else then.strftime("%Y-%m-%dT%H:%M:%S.000Z")
