"""A login that nobody is known to hold: how to find out whose it is, and how to say so."""

from __future__ import annotations

import json
import shlex

from stackmap.analysis.what_if.changes import SUPPOSED_SOURCE
from stackmap.model import AccountType, StackGraph, is_unread
from stackmap.render.departure_beside import login_name
from stackmap.render.guards import plain
from stackmap.render.lines import wrapped

__all__ = ["programs_perhaps", "whose_login"]

_NOBODY_IS_KNOWN = "nobody is known to hold {login}. If you know whose it is, say so:"


def whose_login(graph: StackGraph, login: str, *, indent: str = "  ", told: str = _NOBODY_IS_KNOWN) -> list[str]:
    """What there is to do, the command on a line of its own, to be copied whole.

    `told` leads to the command and has a place for the `{login}`. One that no list has can only be noted, and of one
    that nobody could read there is more to explain.
    """
    name = login_name(graph, login)
    if is_unread(login):
        who = name.removeprefix("whoever ")
        return wrapped(f"no list says who {who}. How to find out, and how to say so: stackmap explain CV04", indent)
    to_do = f"stackmap people merge NAME {plain(shlex.quote(login))}"
    if _is_on_no_list(graph, login):
        to_do = f"in stack.yaml, below people and that person: logins: [{plain(json.dumps(login))}]"
    return [*wrapped(told.format(login=name), indent), f"{indent}  {to_do}"]


def _is_on_no_list(graph: StackGraph, login: str) -> bool:
    """Whether nobody read it: it is in the graph only where somebody is supposed to hold it."""
    vertex = graph.get(login)
    return vertex is None or all(item.source == SUPPOSED_SOURCE for item in vertex.evidence)


def programs_perhaps(graph: StackGraph, login: str, *, indent: str = "  ") -> list[str]:
    """Of a login of which no list tells what it is: that it may be a program's, what follows, what to do."""
    vertex = graph.get(login)
    if vertex is None or vertex.properties.get("account_type") != AccountType.UNKNOWN.value or is_unread(login):
        return []
    text = (
        f"whether {login_name(graph, login)} is a person's or a program's login is not known. A program's stays on, "
        "whoever leaves, so this answer holds only if it is a person's."
    )
    if _is_on_no_list(graph, login):
        return wrapped(f"{text} A list of the logins there would tell.", indent)
    command = f"stackmap people classify {plain(shlex.quote(login))} integration"
    return [*wrapped(f"{text} If it is a program's, say so:", indent), f"{indent}  {command}"]
