"""Days as facts carry them."""

from __future__ import annotations

from datetime import date, datetime

__all__ = ["day_of"]


def day_of(value: object) -> date | None:
    """The day that a fact's property tells as text (ISO 8601, a time may follow); None for what is no day."""
    if not isinstance(value, str):
        return None
    try:
        return datetime.fromisoformat(value).date()
    except ValueError:
        return None
