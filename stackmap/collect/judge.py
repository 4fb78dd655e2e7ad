"""What an answer's status says about an inventory."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from stackmap.model import FixBy, Reach
from stackmap.sdk import Answer, Inventory, Trouble, lookup

__all__ = ["judge", "vendor_code"]

_CODE_AT = ("errorCode", "code", "error.code", "error", "errors.0.code", "category", "errors.0.errorCode")
_CODE = re.compile(r"[A-Za-z][A-Za-z0-9_.-]{2,40}|\d{2,6}")


def judge(answer: Answer, inventory: Inventory) -> Trouble | None:
    """None for an answer that holds records. The inventory's own `outcome` speaks first, then the status."""
    if inventory.outcome is not None and (found := inventory.outcome(answer)) is not None:
        return found
    if answer.status == 200:
        return None
    state, reason, fix_by = _by_status(answer.status, inventory)
    return Trouble(state, reason, fix_by, vendor_code(answer.body) or str(answer.status))


def _by_status(status: int, inventory: Inventory) -> tuple[Reach, str, FixBy]:
    if status < 300:
        return Reach.FAILED, f"the vendor answered {status}: only a 200 holds a list, and whole", FixBy.VENDOR
    if status == 401:
        return Reach.DENIED, "the vendor does not accept the key or token (401): check it", FixBy.OPERATOR
    if status == 403:
        return Reach.DENIED, f"not permitted (403): needs {_needs(inventory.needs)}", FixBy.ADMIN
    if status in inventory.absent_on or status == 405:
        return Reach.ABSENT, f"this tenant or edition does not offer it ({status})", FixBy.NOBODY
    if status == 429:
        return Reach.FAILED, "the vendor's rate limit is spent (429): run again later", FixBy.OPERATOR
    if status >= 500:
        return Reach.FAILED, f"the vendor failed ({status}), also when asked again", FixBy.VENDOR
    return Reach.FAILED, f"the vendor does not understand our request ({status})", FixBy.US


def _needs(needs: Sequence[str]) -> str:
    return ", ".join(needs) or "a permission that the vendor does not name"


def vendor_code(body: Any) -> str:
    """The vendor's own word for its error, where the body holds one that looks like a code, else ""."""
    first = body[0] if isinstance(body, list) and body else body
    for path in _CODE_AT:
        found = lookup(first, path)
        if isinstance(found, str | int) and not isinstance(found, bool) and _CODE.fullmatch(str(found)):
            return str(found)
    return ""
