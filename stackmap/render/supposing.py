"""What an answer supposes, in words and as JSON: said before everything else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from stackmap.analysis.departures.fixes import is_set_up_on_screens
from stackmap.analysis.what_if.supposed import Ending, Supposed, Supposition
from stackmap.model import EdgeKind, StackGraph, system_of
from stackmap.render.differences import difference_json, difference_lines
from stackmap.render.guards import plain
from stackmap.render.lines import wrapped
from stackmap.render.places import name_with_place, place_name
from stackmap.render.words import and_listed, full_day

__all__ = ["supposed_in_short", "supposed_json", "supposed_lines", "told"]

_MOST = 3
_OWNS = "owns"
_ADMINISTERS_NO_LONGER = "no longer administers"
_RUNS = frozenset({"runs as", "also runs as"})


def supposed_lines(graph: StackGraph, supposed: Supposed) -> list[str]:
    """A block for the top of an answer, with an empty line behind it; nothing where nothing is supposed."""
    lines: list[str] = []
    if supposed.suppositions:
        lines.append("Supposing, beside what was read (nothing of it is stored):")
        for one in supposed.suppositions:
            lines.extend(wrapped(told(graph, one), "  "))
    for asked in supposed.instead:
        login, person = name_with_place(graph, asked.login), plain(graph.called(asked.person))
        text = f"You asked about {login}: supposed so, {person} holds it, so {person} is meant."
        lines.extend(wrapped(text, hanging="  "))
    if supposed.on is not None:
        lines.extend(_on_that_day(graph, supposed))
    if supposed.difference is not None:
        lines.extend(difference_lines(graph, supposed.difference))
    return [*lines, ""] if lines else []


def supposed_in_short(graph: StackGraph, supposed: Supposed) -> str:
    """The same in one line; "" where nothing is supposed."""
    parts = [said(graph, one) for one in supposed.suppositions]
    if supposed.on is not None:
        parts.append(f"as of {full_day(supposed.on)}")
    return f"Supposing: {'; '.join(parts)}" if parts else ""


def supposed_json(graph: StackGraph, supposed: Supposed) -> dict[str, Any]:
    """The keys `supposing`, `asked`, `changes` and `on`, each only where there is something to say."""
    document: dict[str, Any] = {}
    if supposed.suppositions:
        document["supposing"] = [_supposition(graph, one) for one in supposed.suppositions]
    if supposed.instead:
        document["asked"] = [{"login": one.login, "person": one.person} for one in supposed.instead]
    if supposed.difference is not None:
        document["changes"] = difference_json(supposed.difference)
    if supposed.on is not None:
        document["on"] = {
            "day": supposed.on.isoformat(),
            "ended": [_ending(graph, one) for one in supposed.endings],
        }
    return document


def said(graph: StackGraph, one: Supposition) -> str:
    """The sentence with the names of this reading; it can be given again as it stands."""
    return " ".join(
        filter(None, (name_with_place(graph, one.subject), one.verb, one.object and name_with_place(graph, one.object)))
    )


def told(graph: StackGraph, one: Supposition) -> str:
    """The same with what goes with it without having been said."""
    return said(graph, one) + _beside(graph, one) + _but(graph, one)


def _supposition(graph: StackGraph, one: Supposition) -> Mapping[str, Any]:
    return {
        "said": said(graph, one),
        "subject": one.subject,
        "verb": one.verb,
        "object": one.object or None,
        "logins": list(one.by),
        "beside": list(one.beside),
        "new_login": one.new_login,
        "already": one.already,
        **({"api_only": True} if _is_for_the_api_only(graph, one) else {}),
        **({"still_owner": True} if _still_owns(graph, one) else {}),
    }


def _ending(graph: StackGraph, one: Ending) -> Mapping[str, Any]:
    vertex = graph.get(one.node)
    return {
        "id": one.node,
        "kind": vertex.kind.value if vertex else None,
        "name": graph.name(one.node),
        "system": graph.system_name(one.node) or None,
        "day": one.day.isoformat(),
        "things": list(one.things),
    }


def _beside(graph: StackGraph, one: Supposition) -> str:
    """What goes with a supposition without having been said."""
    if one.already:
        return " (so already: it changes nothing)"
    if one.new_login:
        return f" (with a new login: none of {name_with_place(graph, one.subject)}'s own was read there)"
    if one.beside:
        others = and_listed([name_with_place(graph, person) for person in one.beside])
        return f" (beside {others}: it is shared then, and stays on while one of them is here)"
    if one.verb == _OWNS and (tied := _tied_owner(graph, one)):
        place, owner = plain(place_name(graph, tied)), plain(graph.called(tied))
        other = f"{name_with_place(graph, one.object)} belongs to {name_with_place(graph, one.subject)}"
        return f' (answers for it; in {place} it still belongs to {owner}. To change that, say: "{other}")'
    logins = ", ".join(name_with_place(graph, login) for login in one.by)
    return f" (with the login{'s' * bool(one.by[1:])} {logins})" if logins else ""


def _but(graph: StackGraph, one: Supposition) -> str:
    """What a supposition could be taken to mean, and does not."""
    if _is_for_the_api_only(graph, one):
        login = name_with_place(graph, one.object)
        return (
            f" (but {login} is a login for the API only: it cannot open the screens on which this is set up. First "
            "check that it can run as it; the numbers take it that it can)"
        )
    if _still_owns(graph, one):
        owner = plain(graph.called(one.subject))
        thing = name_with_place(graph, one.object)
        return f" (but {thing} still belongs to {owner}, who can look after it as its owner)"
    return ""


def _is_for_the_api_only(graph: StackGraph, one: Supposition) -> bool:
    """Whether something that is set up on screens is to run as a login that cannot open any, as its platform tells."""
    if one.already or one.verb not in _RUNS or not is_set_up_on_screens(graph.get(one.subject)):
        return False
    login = graph.get(one.object)
    return login is not None and login.properties.get("api_only") is True


def _still_owns(graph: StackGraph, one: Supposition) -> bool:
    """Whether somebody who administers a thing no longer is its owner all the same: owners care for it, too."""
    owners = {link.target for link in graph.out(one.object, EdgeKind.OWNED_BY)} if one.object else set[str]()
    return one.verb == _ADMINISTERS_NO_LONGER and not one.already and one.subject in owners


def _tied_owner(graph: StackGraph, one: Supposition) -> str:
    """The login that a platform ties a thing to as its owner's, where another of that system is the owner's; or ""."""
    links = graph.out(one.object, EdgeKind.OWNED_BY)
    tied = [link.target for link in links if any(fact.outcomes is not None for fact in link.facts)]
    theirs = {link.target for link in graph.out(one.subject, EdgeKind.HAS_ACCOUNT)}
    there = {system_of(login) for login in theirs}
    return tied[0] if tied and theirs.isdisjoint(tied) and system_of(tied[0]) in there else ""


def _on_that_day(graph: StackGraph, supposed: Supposed) -> Iterator[str]:
    if supposed.on is None:
        return
    day = full_day(supposed.on)
    if not supposed.endings:
        yield from wrapped(
            f"As of {day}: nothing of which a date was read ends by then. What lasts so many days from a start that "
            "was not read is not counted as over. What else changes, nobody knows."
        )
        return
    yield from wrapped(f"As of {day}, by the dates that were read (what else changes by then, nobody knows):")
    for one in supposed.endings:
        yield from wrapped(f"{name_with_place(graph, one.node)} ends on {full_day(one.day)}{_used(graph, one)}", "  ")


def _used(graph: StackGraph, one: Ending) -> str:
    names = [plain(graph.called(thing)) for thing in one.things]
    more = f" and {len(names) - _MOST} more" if len(names) > _MOST else ""
    return f": {', '.join(names[:_MOST])}{more}" if names else ""
