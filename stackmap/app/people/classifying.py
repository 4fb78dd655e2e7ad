"""What to write into your notes so that a login is of another type."""

from __future__ import annotations

from functools import partial

from stackmap.app.opening import Reading
from stackmap.app.people.changing import Plan
from stackmap.app.people.logins import account_of, find_login, note_word, noted_logins
from stackmap.app.people.unclear import again
from stackmap.declared.editing import account_changes
from stackmap.model import AccountType
from stackmap.render.guards import plain

__all__ = ["classify_plan"]


def classify_plan(word: str, kind: AccountType, reason: str | None, reading: Reading) -> Plan:
    """This login is of that type, whatever else speaks for another."""
    account = find_login(reading, word, again("stackmap", "people", "classify", word, kind.value, at=3))
    key = next((key for key in noted_logins(reading) if account_of(reading, key) == account), "")
    old = reading.stack.accounts[account].type
    said = plain(reason) if reason is not None else "" if key and old is not kind else None  # it was for another type
    changes = account_changes(key or note_word(reading, account), kind=kind.value, reason=said, new=not key)
    graph = reading.stack.graph
    called = ", ".join(filter(None, (graph.system_name(account), graph.name(account))))
    remark = f"{plain(called)}: type {old.value} before, {kind.value} now."
    return Plan(changes, partial(_not_classified, account, kind), (remark,))


def _not_classified(account: str, kind: AccountType, _before: Reading, after: Reading) -> list[str]:
    judged = after.stack.accounts[account]
    return [] if judged.type is kind else [f"{account} would still count as {judged.type.value}"]
