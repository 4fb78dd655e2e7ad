"""What commands write into stack.yaml, as changes: people, logins' types, and who is not the same person."""

from __future__ import annotations

from collections.abc import Sequence

from stackmap.declared.editing.changes import Change, Drop, Extend, Put, Value

__all__ = ["account_changes", "apart_changes", "person_changes"]


def person_changes(
    key: str, *, name: str = "", emails: Sequence[str] = (), logins: Sequence[str] = (), new: bool = True
) -> tuple[Change, ...]:
    """Write a new person, or add to one there is."""
    if new:
        said: dict[str, Value] = {"name": name}
        said |= {word: _one_or_many(values) for word, values in (("emails", emails), ("logins", logins)) if values}
        return (Put(("people", key), said),)
    added = (("emails", emails), ("logins", logins))
    return tuple(Extend(("people", key, word), tuple(values)) for word, values in added if values)


def account_changes(
    login: str, *, kind: str = "", reason: str | None = None, holders: Sequence[str] = (), new: bool = True
) -> tuple[Change, ...]:
    """Say of a login which type it has and why, and who holds it. `reason` "" takes away the reason there was."""
    path = ("accounts", login)
    if new:
        said: dict[str, Value] = {word: value for word, value in (("type", kind), ("reason", reason)) if value}
        said |= {"holders": _one_or_many(holders)} if holders else {}
        return (Put(path, said),)
    changes: list[Change] = [Put((*path, "type"), kind)] if kind else []
    if reason:
        changes.append(Put((*path, "reason"), reason))
    elif reason is not None:
        changes.append(Drop((*path, "reason")))
    return (*changes, Extend((*path, "holders"), tuple(holders))) if holders else tuple(changes)


def apart_changes(groups: Sequence[Sequence[str]]) -> tuple[Change, ...]:
    """Say of each group that these are not one person."""
    return (Extend(("apart",), tuple(tuple(group) for group in groups)),) if groups else ()


def _one_or_many(values: Sequence[str]) -> Value:
    return values[0] if len(values) == 1 else list(values)
