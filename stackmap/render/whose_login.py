"""A login that nobody is known to hold: how to find out whose it is, and how to say so."""

from __future__ import annotations

import shlex

from stackmap.model import StackGraph, is_unread
from stackmap.render.departure_beside import login_name
from stackmap.render.guards import plain
from stackmap.render.lines import wrapped

__all__ = ["whose_login"]

_NOBODY_IS_KNOWN = "nobody is known to hold {login}. If you know whose it is, say so:"


def whose_login(graph: StackGraph, login: str, *, indent: str = "  ", told: str = _NOBODY_IS_KNOWN) -> list[str]:
    """What there is to do, the command on a line of its own, to be copied whole.

    `told` leads to the command and has a place for the `{login}`; one that nobody could read has no such command.
    """
    name = login_name(graph, login)
    if is_unread(login):
        who = name.removeprefix("whoever ")
        return wrapped(f"no list says who {who}. How to find out, and how to say so: stackmap explain CV04", indent)
    command = f"stackmap people merge NAME {plain(shlex.quote(login))}"
    return [*wrapped(told.format(login=name), indent), f"{indent}  {command}"]
