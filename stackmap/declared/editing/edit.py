"""Changing stack.yaml as a careful person would: the lines that were asked for, and nothing else."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from stackmap.declared.editing.changes import Change, Drop, applied
from stackmap.declared.editing.splicing import candidates
from stackmap.declared.manifest import parse_manifest
from stackmap.declared.yaml_source import parse_yaml
from stackmap.errors import ConfigError

__all__ = ["edited", "lines_to_write"]

_MARK = "\ufeff"


def edited(text: str, changes: Sequence[Change], name: str = "stack.yaml") -> str:
    """The text with the changes made, and everything else as it was.

    The text is good, and afterwards says what it said before and the changes, no more and no less; otherwise a
    ConfigError says why, with the lines to write by hand.
    """
    mark, now = (_MARK, text[1:]) if text.startswith(_MARK) else ("", text)
    data: Mapping[str, Any] = parse_yaml(now, name).data
    for change in changes:
        wanted = applied(data, [change])
        now = _one(now, data, change, wanted, name)
        data = wanted
    if changes:
        parse_manifest(now, name)
    return mark + now


def _one(text: str, data: Mapping[str, Any], change: Change, wanted: Mapping[str, Any], name: str) -> str:
    for candidate in candidates(text, data, change):
        if _says(candidate, wanted, name):
            return candidate
    raise ConfigError(_refusal(change, name))


def _says(text: str, wanted: Mapping[str, Any], name: str) -> bool:
    try:
        found = parse_yaml(text, name).data
    except ConfigError:
        return False
    return json.dumps(found, sort_keys=True) == json.dumps(wanted, sort_keys=True)  # tells 1 from true, as == does not


def _refusal(change: Change, name: str) -> str:
    where = " > ".join(change.path)
    opening = f"{name}: the entry {where} cannot be edited safely by a command; nothing was written."
    if isinstance(change, Drop):
        what = "that entry" if change.value is None else f"this from it: {json.dumps(change.value, ensure_ascii=False)}"
        return f"{opening} Take out {what}."
    return f"{opening} Write it yourself:\n{lines_to_write([change])}"


def lines_to_write(changes: Sequence[Change]) -> str:
    """The changes as somebody would write them into an empty file."""
    text, data = "", dict[str, Any]()
    for change in changes:
        text = next(candidates(text, data, change), text)
        data = applied(data, [change])
    return text.rstrip("\n")
